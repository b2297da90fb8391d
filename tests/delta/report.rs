//! How changes are told: on a terminal, in a comment on a pull request, as JSON.

use crate::story::{before, day, report, told};
use crate::support::{CONFIG, State, between};
use ismsctl::render::terminal::{Paint, width};
use ismsctl::render::{json, markdown, terminal};
use ismsctl::report::diff::DiffReport;
use serde_json::Value;

const PLAIN: bool = false;

fn screen(report: &DiffReport, commits: bool, columns: usize) -> String {
    terminal::diff::render(report, commits, Paint::new(PLAIN), columns)
}

/// What changed when a record of a kind is edited.
fn edited(path: &str, before: &str, after: &str) -> DiffReport {
    let (one, other) = (
        State::sound(&[(path, before)], "2026-03-31"),
        State::sound(&[(path, after)], "2026-06-30"),
    );
    report(between(&one, &other))
}

#[test]
fn a_quarter_fits_the_screen() {
    let text = screen(&told(), false, 80);
    let expected = "\
since the review of 31 Mar 2026 (a81e0c2 → 4f2c91a, 37 commits)

Risks      + RISK-015  Subprocessor outage     12 medium
           − RISK-009  Old file server         closed
           ↑ RISK-003  Unpatched edge devices  12 medium → 20 high
                       ciso, 12 May \"Exploited in the wild\"
Actions    ✓ ACT-011, ACT-012  completed
           ↦ ACT-014  Action ACT-014  due 15 May → 30 Jun (second extension)
KPIs       ! KPI-TRAIN  Figure KPI-TRAIN
                        target weakened ≥ 97 % → ≥ 95 % from 2026-04-01
           ✗ KPI-VULN   Figure KPI-VULN   met → missed
Results    + 6 added
";
    assert_eq!(text, expected);
}

#[test]
fn every_change_names_its_commit_where_that_is_asked_for() {
    let text = screen(&told(), true, 80);
    assert!(
        text.contains(
            "ciso, 12 May \"Exploited in the wild\"\n             77aa0b1  12 May 2026  Chief of security\n               Raise RISK-003 after the exploit became public\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("✓ ACT-011  Action ACT-011  completed\n"),
        "{text}"
    );
}

#[test]
fn lines_fit_any_terminal_but_for_words() {
    for columns in [60, 80, 100, 160] {
        for commits in [false, true] {
            for line in screen(&told(), commits, columns).lines() {
                assert!(width(line) <= columns, "{columns}: {line}");
            }
        }
    }
}

#[test]
fn nothing_changed_is_told_and_writes_no_comment() {
    let state = before();
    let report = report(between(&state, &state));
    assert_eq!(
        screen(&report, false, 80),
        "since the review of 31 Mar 2026 (a81e0c2 → 4f2c91a, 37 commits)\n\nnothing changed\n"
    );
    assert_eq!(markdown::diff::render(&report, false), "");
}

#[test]
fn days_that_are_not_those_of_the_commits_are_told() {
    let mut report = told();
    report.from.as_of = day("2026-06-30");
    assert_eq!(
        report.assessed().as_deref(),
        Some("both assessed as of 30 Jun 2026")
    );
    report.from.as_of = day("2026-04-01");
    assert!(
        screen(&report, false, 80).contains("\nassessed as of 1 Apr 2026 and of 30 Jun 2026\n")
    );
    report.from.words = None;
    report.to.commit = None;
    report.commits = None;
    assert_eq!(report.since(), "since last-review of 31 Mar 2026");
    assert_eq!(report.range(), "a81e0c2 → work tree");
    // The files on disk have no day of their own: that they are judged on another one is told.
    report.from.as_of = report.from.date;
    report.to.date = report.to.as_of;
    assert_eq!(
        report.assessed().as_deref(),
        Some("assessed as of 31 Mar 2026 and of 30 Jun 2026")
    );
    report.to.as_of = report.from.as_of;
    report.to.date = report.from.as_of;
    assert_eq!(report.assessed(), None);
}

#[test]
fn what_could_not_be_read_opens_the_screen() {
    let risk = "id: R\ntitle: Outage\nowner: cto\ncategory: it\nidentified: 2026-01-10\nstatus: open\nlikelihood: 2\nimpact: 2\n";
    let one = State::sound(&[("risks/a.yaml", risk)], "2026-03-31");
    let other = State::new(
        &[("risks/a.yaml", &risk.replace("impact", "impcat"))],
        "2026-03-31",
    );
    let report = report(between(&one, &other));
    let text = screen(&report, false, 80);
    assert!(
        text.contains("Left out, because they cannot be read: risks/a.yaml: R.\n"),
        "{text}"
    );
    assert!(text.contains("Gone, or only unreadable: R.\n"), "{text}");
    assert!(text.ends_with("nothing changed\n"));
    let comment = markdown::diff::render(&report, false);
    assert!(comment.starts_with("> Left out,"), "{comment}");
}

/// A change as its line says it.
fn line(path: &str, before: &str, after: &str) -> String {
    let report = edited(path, before, after);
    let text = screen(&report, false, 200);
    let line = text.lines().nth(2).unwrap();
    line.split_once("  ").unwrap().1.trim().to_owned()
}

#[test]
fn the_words_say_what_became_of_a_record() {
    let action =
        "id: A\ntitle: Keys\nowner: cto\ntype: corrective\nsource: F\nopened: 2026-01-10\n";
    let risk =
        "id: R\ntitle: Outage\nowner: cto\ncategory: it\nidentified: 2026-01-10\nstatus: open\n";
    let kpi = "id: K\ntitle: Share\nowner: cto\narea: it\nmeasure: recorded\nunit: percent\n";
    let cases = [
        (
            "actions/a.yaml",
            action,
            "due: 2026-05-01\nstatus: open",
            "due: 2026-08-01\nstatus: open",
            "↦ A  Keys  due 1 May → 1 Aug (without an extension)",
        ),
        (
            "actions/a.yaml",
            action,
            "due: 2026-05-01\nstatus: open",
            "due: 2027-01-01\nstatus: completed\ncompleted: 2026-05-01\nnotes: Late",
            "✓ A  Keys  completed;  due 1 May 2026 → 1 Jan 2027 (without an extension);  also notes",
        ),
        (
            "actions/a.yaml",
            action,
            "due: 2026-05-01\nstatus: open",
            "due: 2026-04-01\nstatus: open",
            "↤ A  Keys  due 1 May → 1 Apr",
        ),
        (
            "actions/a.yaml",
            action,
            "due: 2026-05-01\nstatus: open",
            "due: 2026-05-01\nstatus: cancelled\ncancelled: {on: 2026-05-01, by: cto, reason: Moot}",
            "− A  Keys  cancelled",
        ),
        (
            "actions/a.yaml",
            action,
            "due: 2026-05-01\nstatus: completed\ncompleted: 2026-02-01",
            "due: 2026-05-01\nstatus: open",
            "↺ A  Keys  reopened",
        ),
        (
            "risks/a.yaml",
            risk,
            "likelihood: 4\nimpact: 4",
            "likelihood: 1\nimpact: 4",
            "↓ R  Outage  16 high → 4 low",
        ),
        (
            "risks/a.yaml",
            risk,
            "likelihood: 4\nimpact: 4\ncontrols: [C-1]\ntags: [a]",
            "likelihood: 4\nimpact: 4\ncontrols: [C-2, C-1]\ndescription: It may be long, and often is.\nnotes: Short",
            "~ R  Outage  description added, controls + C-2, tags − a and 1 more",
        ),
        (
            "risks/a.yaml",
            risk,
            "likelihood: 4\nimpact: 4\nacceptance: {until: 2026-12-31, score: 16, rationale: a}",
            "likelihood: 4\nimpact: 4\nacceptance: {score: 16, rationale: a}",
            "! R  Outage  acceptance until weakened 2026-12-31 → no end",
        ),
        (
            "kpis/a.yaml",
            kpi,
            "cadence: monthly",
            "cadence: quarterly\ngrace: 60d",
            "! K  Share  cadence weakened monthly → quarterly;  grace weakened 10d → 60d",
        ),
        (
            "kpis/a.yaml",
            kpi,
            "cadence: quarterly",
            "cadence: monthly",
            "~ K  Share  cadence tightened quarterly → monthly",
        ),
    ];
    for (path, head, before, after, told) in cases {
        let of = |rest: &str| format!("{head}{rest}\n");
        assert_eq!(line(path, &of(before), &of(after)), told, "{after}");
    }
    let owner = (
        format!("{risk}likelihood: 1\nimpact: 1\n"),
        risk.replace("owner: cto", "owner: ciso") + "likelihood: 1\nimpact: 1\n",
    );
    assert_eq!(
        line("risks/a.yaml", &owner.0, &owner.1),
        "~ R  Outage  owner cto → ciso"
    );
    let policy =
        "id: P\ntitle: Rules\nowner: ceo\nversion: 1\neffective: 2026-01-01\nreview: {every: 1y}\n";
    let gone = format!("{policy}until: 2026-04-30\n");
    assert_eq!(line("policies/a.yaml", policy, &gone), "− P  Rules  ended");
}

#[test]
fn very_many_rows_are_counted() {
    let rows = |count: usize, gone: bool| {
        let off = if gone { "2026-05-01" } else { "" };
        let rows: String = (0..count)
            .map(|n| format!("v{n},cto,2026-01-10,{off}\n"))
            .collect();
        format!("name,keeper,onboarded,offboarded\n{rows}")
    };
    let files = [rows(30, false), rows(30, true), rows(3, true)];
    let path = "registers/vendors.csv";
    let text = screen(&edited(path, &files[0], &files[1]), false, 80);
    assert!(
        text.ends_with("\n\nRegisters  − vendors  30 closed\n"),
        "{text}"
    );
    let text = screen(&edited(path, &files[0], &rows(3, false)), false, 80);
    assert!(
        text.ends_with("\n\nRegisters  − vendors  27 removed\n"),
        "{text}"
    );
    let text = screen(&edited(path, &rows(3, false), &files[2]), false, 80);
    assert!(
        text.ends_with("− vendors/v0, vendors/v1, vendors/v2  closed\n"),
        "{text}"
    );
}

#[test]
fn isms_toml_is_told_at_the_end() {
    let other = CONFIG.replace("title = \"IT\"", "title = \"Information technology\"");
    let text = screen(&edited("isms.toml", CONFIG, &other), false, 80);
    assert!(
        text.ends_with("\nisms.toml  ~ areas.it.title IT → Information technology\n"),
        "{text}"
    );
}

#[test]
fn nothing_in_a_record_moves_the_cursor() {
    let risk = |title: &str| {
        format!(
            "id: R\ntitle: \"{title}\"\nowner: cto\ncategory: it\nidentified: 2026-01-10\nstatus: open\nlikelihood: 1\nimpact: 1\n"
        )
    };
    let report = edited(
        "risks/a.yaml",
        &risk("a"),
        &risk("\\e[31mred\\nnext\\u202e"),
    );
    for text in [screen(&report, true, 80), screen(&report, false, 300)] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn a_comment_begins_with_what_matters() {
    let text = markdown::diff::render(&told(), false);
    let expected = "\
**14 records changed** since the review of 31 Mar 2026: 1 risk escalated, 1 KPI weakened, 1 KPI now missed, 1 action slipped, 1 risk added, 6 results added, 1 risk closed, 2 actions completed

- ↑ **RISK-003** Unpatched edge devices: 12 medium → 20 high
- ! **KPI-TRAIN** Figure KPI-TRAIN: target weakened ≥ 97 % → ≥ 95 % from 2026-04-01
- ✗ **KPI-VULN** Figure KPI-VULN: met → missed
- ↦ **ACT-014** Action ACT-014: due 15 May → 30 Jun (second extension)

<details>
<summary>All changes (a81e0c2 → 4f2c91a, 37 commits)</summary>

#### Risks

| | Record | Field | Before | After |
| :-- | :-- | :-- | :-- | :-- |
| + | **RISK-015** Subprocessor outage: 12 medium |  |  |  |
| − | **RISK-009** Old file server: closed | status | open | closed |
|  |  | closed |  | 2026-05-30 |
| ↑ | **RISK-003** Unpatched edge devices: 12 medium → 20 high (ciso, 12 May \"Exploited in the wild\") | assessments\\[2026-05-12\\] |  | date: 2026-05-12, by: ciso, likelihood: 5, impact: 4, note: Exploited in the wild |
|  |  | score | 12 | 20 |
|  |  | band | medium | high |

#### Actions
";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.ends_with("\n</details>\n"), "{text}");
}

#[test]
fn nothing_in_a_record_breaks_a_comment() {
    let risk = |title: &str, notes: &str| {
        format!(
            "id: R\ntitle: \"{title}\"\nowner: cto\ncategory: it\nidentified: 2026-01-10\nstatus: open\nlikelihood: 1\nimpact: 1\nnotes: \"{notes}\"\n"
        )
    };
    let hostile = "| x\\n\\n</details><script>alert(1)</script> `a` [b](javascript:c) @everyone";
    let report = edited("risks/a.yaml", &risk("a", "b"), &risk(hostile, hostile));
    let text = markdown::diff::render(&report, true);
    assert_eq!(text.matches("</details>").count(), 1, "{text}");
    assert!(
        !text.contains("<script>") && !text.contains("[b](") && !text.contains("@everyone"),
        "{text}"
    );
    let row = text
        .lines()
        .find(|line| line.contains("| notes |"))
        .unwrap();
    let pipes = row
        .match_indices('|')
        .filter(|(at, _)| *at == 0 || row.as_bytes()[at - 1] != b'\\');
    assert_eq!(pipes.count(), 6, "{row}");
}

#[test]
fn a_comment_has_an_end() {
    let text = "x".repeat(5_000);
    let risk = |n: usize, notes: &str| {
        format!(
            "- {{id: R-{n}, title: {text}, owner: cto, category: it, identified: 2026-01-10, status: open, likelihood: 1, impact: 1, notes: {notes}}}\n"
        )
    };
    let all = |notes: &str| (0..400).map(|n| risk(n, notes)).collect::<String>();
    let report = edited("risks/a.yaml", &all("a"), &all("b"));
    let comment = markdown::diff::render(&report, false);
    assert!(comment.chars().count() < 60_000, "{}", comment.len());
    assert!(
        comment.contains(" changes left out, because a comment has an end"),
        "{}",
        &comment[comment.len() - 300..]
    );
    assert!(comment.ends_with("</details>\n"));
}

#[test]
fn json_is_what_its_schema_says() {
    let report = told();
    let text = json::diff::render(&report);
    let value: Value = serde_json::from_str(&text).unwrap();
    let schema = include_str!("../../schemas/output/diff.schema.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let mistakes: Vec<String> = schema
        .iter_errors(&value)
        .map(|it| it.to_string())
        .collect();
    assert_eq!(mistakes, [""; 0]);
    assert_eq!(value["version"], 1);
    assert_eq!(value["as_of"], "2026-06-30");
    assert_eq!(value["from"]["revision"], "last-review");
    assert_eq!(value["to"]["date"], "2026-06-30");
    let changes = value["changes"].as_array().unwrap();
    let risk = changes.iter().find(|it| it["id"] == "RISK-003").unwrap();
    assert_eq!(
        (&risk["kind"], &risk["change"]),
        (&"risk".into(), &"escalated".into())
    );
    assert_eq!(
        risk["fields"][1],
        serde_json::json!({"path": "score", "from": 12, "to": 20})
    );
    assert_eq!(risk["fields"][0]["path"], "assessments[2026-05-12]");
    assert_eq!(risk["fields"][0]["from"], Value::Null);
    assert_eq!(
        risk["commit"]["subject"],
        "Raise RISK-003 after the exploit became public"
    );
    assert_eq!(risk["moved_from"], Value::Null);
    let action = changes.iter().find(|it| it["id"] == "ACT-014").unwrap();
    assert_eq!(
        (&action["path"], &action["moved_from"]),
        (&"actions/done/all.yaml".into(), &"actions/all.yaml".into())
    );
    let kpi = changes.iter().find(|it| it["id"] == "KPI-VULN").unwrap();
    assert_eq!(
        kpi["fields"],
        serde_json::json!([{"path": "verdict", "from": "met", "to": "missed"}])
    );
}

#[test]
fn a_pack_can_pick_what_it_tells() {
    let (one, other) = (before(), crate::story::after());
    let delta = crate::support::between(&one, &other);
    let of = |kind, change: &str| -> Vec<String> {
        let all = delta
            .of(kind)
            .filter(|it| it.kinds.iter().any(|kind| kind.word() == change));
        all.map(|it| it.id.clone()).collect()
    };
    use ismsctl::records::Kind;
    assert_eq!(of(Kind::Risk, "added"), ["RISK-015"]);
    assert_eq!(of(Kind::Risk, "closed"), ["RISK-009"]);
    assert_eq!(of(Kind::Action, "closed"), ["ACT-011", "ACT-012"]);
    assert_eq!(of(Kind::Action, "slipped"), ["ACT-014"]);
    let raised = delta.of(Kind::Risk).find(|it| it.id == "RISK-003").unwrap();
    let score = |rated: &Option<ismsctl::assess::delta::Rated>| rated.as_ref().unwrap().score;
    let rating = &raised.facts.rating;
    assert_eq!(
        (score(&rating.before), score(&rating.after)),
        (Some(12), Some(20))
    );
}
