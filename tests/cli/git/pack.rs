//! `pack --since`: what changed since the last review, told from a story of a dozen records.

pub mod story;

use super::repository::{CONFIG, SECURITY, TECHNOLOGY};
use crate::harness::Folder;
use story::{ACTION_AGREED, Story};

/// The text between a heading and the next.
#[track_caller]
fn section<'p>(pack: &'p str, heading: &str) -> &'p str {
    let start = format!("\n{heading}");
    let at = pack
        .find(&start)
        .unwrap_or_else(|| panic!("no `{heading}` in {pack}"));
    let body = &pack[at + 1..];
    let body = &body[body.find('\n').unwrap()..];
    let end = body.find("\n#").unwrap_or(body.len());
    body[..end].trim()
}

/// The same without charts: their titles and findings are those of other tests.
fn without_charts(section: &str) -> String {
    let mut paragraphs = section.split("\n\n").peekable();
    let mut kept = Vec::new();
    while let Some(paragraph) = paragraphs.next() {
        let is_title = paragraph.starts_with("**") && paragraph.ends_with("**");
        let is_chart = is_title && paragraphs.peek().is_some_and(|next| !next.starts_with('|'));
        match is_chart {
            true => drop(paragraphs.next()),
            false => kept.push(paragraph),
        }
    }
    kept.join("\n\n")
}

/// The cell of a row of the header.
#[track_caller]
fn header<'p>(pack: &'p str, name: &str) -> &'p str {
    let start = format!("| {name} | ");
    let mut lines = pack.lines();
    let line = lines.find_map(|line| line.strip_prefix(&start));
    let cell = line.unwrap_or_else(|| panic!("no `{name}` in {pack}"));
    cell.strip_suffix(" |").unwrap()
}

#[test]
fn a_part_of_its_own_says_what_became_of_risks_actions_kpis_and_findings() {
    let story = Story::told();
    let pack = story.pack("--since last");
    let summary = section(
        &pack,
        "## What changed since the annual review of 10 Mar 2026",
    );
    let expected = format!(
        "\
Against revision {commit}:

- **Risks**: 1 grown: RISK-1 Lost \\| stolen keys (12 medium → 20 high); 1 new: RISK-3 A supplier fails (9 medium); 1 closed: RISK-2.
- **Actions**: 1 new: ACT-4; 1 put off: ACT-1 Rotate the keys (due 15 May 2026 → 26 Jun 2026, second extension); 1 completed: ACT-2; 1 verified: ACT-3; 1 cancelled: ACT-6.
- **KPIs**: 1 worse: KPI-REVIEWED Rights that were reviewed (met → missed); 1 weakened: KPI-TRAINED Trained staff (target ≥ 97 % → ≥ 95 % from 1 Apr 2026).
- **Findings**: 1 new: FND-2 No restore was tried (major nonconformity); 1 closed: FND-1.
- **Objectives**: 1 worse: OBJ-1 Nobody keeps rights they do not need (achieved → not achieved).
- **Besides**: 1 policy, 4 results, 1 review, isms.toml (risk) (`ismsctl diff {commit} {head}` tells of each).",
        commit = story.minutes,
        head = story.head
    );
    assert_eq!(summary, expected);
    assert_eq!(
        header(&pack, "Compared with"),
        format!(
            "the annual review of 10 Mar 2026: revision {}, entered on 10 Mar 2026, the last commit by the day of \
             REV-1, which records no revision",
            story.minutes
        )
    );
    assert_eq!(header(&pack, "Revision"), story.head);
}

#[test]
fn every_point_of_the_agenda_says_it_where_it_says_how_things_stand() {
    let story = Story::told();
    let pack = story.pack("--since last");
    assert_eq!(
        without_charts(section(&pack, "### a)")),
        "\
2 completed in the period or since the annual review of 10 Mar 2026; 1 open, 1 of them overdue.

| Action | Owner | Due | State | Since 10 Mar 2026 |
| :-- | :-- | :-- | :-- | :-- |
| Name a deputy (ACT-0) | cto | 20 Mar 2026 | completed 5 Mar 2026 |  |
| Write the checklist (ACT-2) | cto | 30 Apr 2026 | completed 28 Apr 2026 | was open |
| Rotate the keys (ACT-1) | cto | 26 Jun 2026 | **overdue, 4 d** | due 15 May 2026 → 26 Jun 2026 (second extension) |"
    );
    assert_eq!(
        without_charts(section(&pack, "### d1)")),
        "\
2 raised and 1 closed in the period, 1 open.

| Finding | Type | Source | Owner | Age | Root cause | Actions | Since 10 Mar 2026 |
| :-- | :-- | :-- | :-- | --: | :-- | :-- | :-- |
| No restore was tried (FND-2) | major nonconformity | KPI-REVIEWED | cto | 31 d | not yet | none | new |

> No corrective or preventive action is open.

Findings closed since the annual review of 10 Mar 2026:

- **Closed** on 2 Jun 2026: FND-1 Rights of two leavers were still there, minor nonconformity

Corrective and preventive actions since the annual review of 10 Mar 2026:

- **Verified** on 20 May 2026: ACT-3 Ask every team for its list
- **Cancelled** on 20 May 2026: ACT-6 Ask twice a year"
    );
    let measured = without_charts(section(&pack, "### d2)"));
    let changes = &measured[measured.find("Verdicts").unwrap()..];
    assert_eq!(
        changes,
        "\
Verdicts and targets that changed since the annual review of 10 Mar 2026:

- **Worse**: KPI-REVIEWED Rights that were reviewed, met (2026-02: 98 %) → missed (2026-05: 90 %)
- **Weakened**: KPI-TRAINED Trained staff, target ≥ 97 % → ≥ 95 % from 1 Apr 2026"
    );
    assert_eq!(
        without_charts(section(&pack, "### d4)")),
        "\
| Objective | Owner | Due | KPIs | State | Since 10 Mar 2026 |
| :-- | :-- | :-- | :-- | :-- | :-- |
| Nobody keeps rights they do not need (OBJ-1) | cto | 31 Dec 2026 | KPI-REVIEWED pending | no data | achieved → not achieved, by the last periods judged; due 30 Sep 2026 → 31 Dec 2026 |"
    );
    assert_eq!(
        without_charts(section(&pack, "### f)")),
        "\
3 risks open: 0 critical, 1 high, 1 medium, 1 low. Above the appetite of 11: 1; 1 under treatment.

What became of risks since the annual review of 10 Mar 2026:

- **Grown**: RISK-1 Lost \\| stolen keys, 12 medium → 20 high (ciso on 12 May 2026: Exploited in &lt;the&gt; wild); treatment none → mitigate
- **New**: RISK-3 A supplier fails, 9 medium
- **Closed** on 20 May 2026: RISK-2 The old portal is open, was 8 medium

| Risk | Owner | L × I | Score | Band | Treatment | Acceptance |
| :-- | :-- | :-- | --: | :-- | :-- | :-- |
| Lost \\| stolen keys (RISK-1) | cto | 4 × 5 | **20** | high | mitigate by 31 Jul 2026 |  |
| A supplier fails (RISK-3) | cto | 3 × 3 | 9 | medium | none |  |
| A leaver takes data (RISK-4) | cto | 2 × 2 | 4 | low | none |  |

Actions of treatment since the annual review of 10 Mar 2026:

- **New**: ACT-4 Buy hardware keys, due 31 Jul 2026"
    );
}

#[test]
fn the_revision_that_the_review_records_counts_before_its_day() {
    let story = Story::told();
    story.history.replace(
        "reviews/REV-1.yaml",
        "held: 2026-03-10\n",
        &format!("held: 2026-03-10\npack: {{revision: {}}}\n", story.prepared),
    );
    let pack = story.pack("--since last");
    let compared = format!(
        "the annual review of 10 Mar 2026: revision {}, entered on 6 Mar 2026, the revision that REV-1 records",
        story.prepared
    );
    assert_eq!(header(&pack, "Compared with"), compared);
    // What the review itself decided is new since its pack.
    let actions = section(&pack, "### a)");
    assert!(
        actions.contains("| **overdue, 4 d** | new |") && actions.contains("28 Apr 2026 | new |"),
        "{actions}"
    );
    // The review has to be signed off for `last-review`.
    let refused = story.run("--since last-review").refused();
    assert_eq!(
        refused,
        "ismsctl: no review was signed off yet, so there is no last-review\n"
    );
    story.history.replace(
        "reviews/REV-1.yaml",
        "pack:",
        "signed_off: {by: cto, on: 2026-03-12}\npack:",
    );
    assert_eq!(
        header(&story.pack("--since last-review"), "Compared with"),
        compared
    );
    // One that is gone is not replaced by a guess.
    let recorded = format!("revision: {}", story.prepared);
    story
        .history
        .replace("reviews/REV-1.yaml", &recorded, "revision: abcdef1");
    let refused = story.run("--since last").refused();
    assert!(
        refused.starts_with("ismsctl: the revision of REV-1: there is no revision `abcdef1`"),
        "{refused}"
    );
}

#[test]
fn a_day_is_the_last_commit_by_then_and_a_revision_is_itself() {
    let story = Story::told();
    for (spec, compared) in [
        (
            "2026-03-31",
            format!(
                "31 Mar 2026: revision {}, entered on 10 Mar 2026, the last commit by then",
                story.minutes
            ),
        ),
        (
            "@2026-03-09",
            format!(
                "9 Mar 2026: revision {}, entered on 6 Mar 2026, the last commit by then",
                story.prepared
            ),
        ),
        (
            "presented",
            format!(
                "presented of 6 Mar 2026: revision {}, entered on 6 Mar 2026",
                story.prepared
            ),
        ),
        (
            story.prepared.as_str(),
            format!(
                "the revision of 6 Mar 2026: revision {}, entered on 6 Mar 2026",
                story.prepared
            ),
        ),
    ] {
        let pack = story.pack(&format!("--since {spec}"));
        assert_eq!(header(&pack, "Compared with"), compared, "{spec}");
    }
    let pack = story.pack("--since 2026-05-25");
    // By then the risk had grown and the other was closed; the finding was not.
    let risks = section(&pack, "### f)");
    assert!(
        risks.contains("No change since 25 May 2026.") && !risks.contains("Grown"),
        "{risks}"
    );
    let findings = section(&pack, "### d1)");
    assert!(
        findings
            .contains("Findings closed since 25 May 2026:\n\n- **Closed** on 2 Jun 2026: FND-1"),
        "{findings}"
    );
}

#[test]
fn what_names_nothing_earlier_is_refused() {
    let story = Story::told();
    story.history.write("notes.txt", "no record");
    for (words, message) in [
        (
            "--since nothing",
            "there is no revision `nothing`; `git log --oneline --all` shows what there is"
                .to_owned(),
        ),
        (
            "--since presnted",
            "there is no revision `presnted`; did you mean `presented`?".to_owned(),
        ),
        (
            "--since 2026-02-30",
            "--since: `2026-02-30` is not a date: 2026-02 has 28 days".to_owned(),
        ),
        (
            "--since 2025-12-01",
            "there was no commit on 2025-12-01 yet; the first, ".to_owned(),
        ),
        (
            "--since 2026-01-01",
            format!(
                "`--since 2026-01-01`: there is no isms.toml in {} at its top; the workspace is younger, so name a later \
                 revision",
                story.empty
            ),
        ),
        (
            "--since last --type quarterly",
            "no review of the type quarterly was held before, so there is no last one".to_owned(),
        ),
        (
            "--since last --review REV-1",
            "no review of the type annual was held before, so there is no last one".to_owned(),
        ),
        (
            "--rev presented --since HEAD",
            format!(
                "`--since HEAD`: {} was entered on 2026-06-20, and {}, which the pack shows, on 2026-03-06; name \
                 something earlier",
                story.head, story.prepared
            ),
        ),
    ] {
        let refused = story.run(words).refused();
        let message = format!("ismsctl: {message}");
        assert!(refused.starts_with(&message), "{words}: {refused}");
    }
    let early = story.history.folder.at("2026-03-31", "pack --since HEAD");
    assert_eq!(
        early.refused(),
        format!(
            "ismsctl: `--since HEAD`: {} was entered on 2026-06-20, and the pack looks at 2026-03-31; name something \
             earlier\n",
            story.head
        )
    );
    let outside = Folder::new();
    outside.write("isms.toml", CONFIG);
    let refused = outside
        .at(crate::harness::JUNE, "pack --since last")
        .refused();
    assert!(refused.contains("is not in a git repository"), "{refused}");
}

#[test]
fn changes_that_are_not_committed_count_and_what_is_dated_later_does_not() {
    let story = Story::told();
    let pack = story.pack("--since HEAD");
    let nothing = format!(
        "Nothing has changed since HEAD of 20 Jun 2026 ({}).",
        story.head
    );
    assert!(
        section(&pack, "## What changed since").contains(&nothing),
        "{pack}"
    );
    assert!(!pack.contains("No change since"), "said once: {pack}");

    let late = "id: RISK-9\ntitle: Not known yet\nowner: cto\ncategory: access\nidentified: 2026-07-03\nlikelihood: 5\nimpact: 5\nstatus: open\n";
    story.history.write("risks/RISK-9.yaml", late);
    story.history.replace(
        "actions/ACT-1.yaml",
        "due: 2026-06-26\n",
        "due: 2026-08-31\n",
    );
    story.history.replace(
        "actions/ACT-1.yaml",
        "\nstatus: open",
        "\n- {from: 2026-06-26, to: 2026-08-31, by: ciso, on: 2026-07-02, reason: Still no machine.}\nstatus: open",
    );
    let pack = story.pack("--since HEAD");
    assert_eq!(
        header(&pack, "Revision"),
        format!("{}, changed since", story.head)
    );
    // The extension is agreed on 2 July, the risk is found on the third: as of 30 June neither is known.
    assert_eq!(pack.matches("RISK-9").count(), 0, "{pack}");
    assert!(
        !section(&pack, "### a)").contains("Since 20 Jun 2026"),
        "{pack}"
    );

    story
        .history
        .replace("risks/RISK-3.yaml", "likelihood: 3", "likelihood: 2");
    story.history.write("actions/ACT-5.yaml", ACTION_AGREED);
    let pack = story.pack("--since HEAD");
    let risks = section(&pack, "### f)");
    assert!(
        risks.contains("- **Lowered**: RISK-3 A supplier fails, 9 medium → 6 medium\n"),
        "{risks}"
    );
    let actions = section(&pack, "### a)");
    assert!(
        actions.contains("| Ask the supplier (ACT-5) | cto | 31 Jul 2026 | open | new |"),
        "{actions}"
    );
}

#[test]
fn whatever_becomes_of_a_record_has_its_words() {
    let story = Story::told();
    story.turn_about();
    let pack = story.run("--draft --since HEAD").out;
    for (point, lines) in [
        (
            "### a)",
            &[
                "| Rotate the keys (ACT-1) | ciso | 31 Jul 2026 | open, extended 2 times | due 26 Jun 2026 → 31 Jul 2026 \
                 (without an extension); owner cto → ciso |",
                "| Write the checklist (ACT-2) | cto | 31 Aug 2026 | open, extended 2 times | reopened; due 30 Apr 2026 → \
                 31 Aug 2026 (2 extensions) |",
                "- **No longer on record**: ACT-0 Name a deputy, was completed 5 Mar 2026",
            ][..],
        ),
        (
            "### d1)",
            &[
                "| No restore was tried (FND-2) | minor nonconformity | KPI-REVIEWED | cto | 31 d | found | none | was \
                 major nonconformity; root cause found |",
                "- **New**: FND-3 A door stood open, observation, closed 29 Jun 2026",
                "- **Not effective** on 29 Jun 2026: ACT-3 Ask every team for its list",
            ],
        ),
        (
            "### d2)",
            &[
                "- **Weakened**: KPI-REVIEWED Rights that were reviewed, missed (2026-05: 90 %) → met (2026-05: 90 %); \
                 target ≥ 95 % → ≥ 85 %",
                "- **Changed**: KPI-TRAINED Trained staff, measured otherwise",
                "- **New**: KPI-OTHER Another, no data",
            ],
        ),
        (
            "### d4)",
            &["- **Ended** on 29 Jun 2026: OBJ-1 Nobody keeps rights they do not need"],
        ),
        (
            "### f)",
            &[
                "- **Lowered**: RISK-1 Lost \\| stolen keys, 20 high → 12 medium (ciso on 25 Jun 2026); treatment due 31 Jul \
                 2026 → 30 Sep 2026",
                "- **Reopened**: RISK-2 The old portal is open, now 8 medium",
                "- **No longer on record**: RISK-3 A supplier fails, was 9 medium",
                "- **Changed**: RISK-4 A leaver takes data, 2 × 2 → 4 × 1, still 4 low; acceptance none → stale",
                "- **Brought forward**: ACT-4 Buy hardware keys, due 31 Jul 2026 → 15 Jul 2026",
            ],
        ),
    ] {
        let said = section(&pack, point);
        for line in lines {
            assert!(said.lines().any(|said| said == *line), "{line}\nin {said}");
        }
    }
    let summary = section(&pack, "## What changed since");
    for part in [
        "1 reopened: RISK-2 The old portal is open (now 8 medium); 1 changed: RISK-4 (2 × 2 → 4 × 1, still 4 low);",
        "1 put off: ACT-1 Rotate the keys (due 26 Jun 2026 → 31 Jul 2026, without an extension);",
        "1 weakened: KPI-REVIEWED Rights that were reviewed (missed → met, target ≥ 95 % → ≥ 85 %);",
    ] {
        assert!(summary.contains(part), "{part}\nin {summary}");
    }
}

#[test]
fn a_pack_of_a_revision_is_compared_on_its_own_line() {
    let story = Story::told();
    // Nothing on disk is read.
    story.history.write("risks/RISK-1.yaml", "id: [");
    let words = "pack --rev presented --since 2026-02-10 --type annual";
    let pack = story.history.folder.at("2026-03-07", words).fine();
    assert_eq!(header(&pack, "Revision"), story.prepared);
    assert_eq!(
        header(&pack, "Compared with"),
        format!(
            "10 Feb 2026: revision {}, entered on 9 Feb 2026, the last commit by then",
            story.begun
        )
    );
    let summary = section(&pack, "## What changed since");
    assert!(
        summary.contains("- **KPIs**: 1 first judged: KPI-TRAINED; 1 better: KPI-REVIEWED.\n"),
        "{summary}"
    );
    assert!(summary.contains(&format!(
        "`ismsctl diff {} {}` tells",
        story.begun, story.prepared
    )));
    // A commit on another line is no part of its past.
    story.history.check_out("presented");
    story.history.branch("elsewhere");
    story.history.write("x.txt", "x");
    let elsewhere = story.history.commit(TECHNOLOGY, "2026-04-02", "Elsewhere");
    story.history.check_out("main");
    let pack = story.pack(&format!("--rev {elsewhere} --since 2026-05-31"));
    assert_eq!(
        header(&pack, "Compared with"),
        format!(
            "31 May 2026: revision {}, entered on 2 Apr 2026, the last commit by then",
            &elsewhere.to_string()[..7]
        )
    );
}

#[test]
fn what_could_not_be_read_then_is_said_and_is_neither_new_nor_gone() {
    let story = Story::told();
    let (history, broken) = (&story.history, "id: RISK-4\ntitle: [\n");
    history.check_out("presented").branch("broken");
    history.write("risks/RISK-4.yaml", broken);
    history.write(
        "findings/FND-1.yaml",
        "id: FND-1\ntitle: A list\nowner: [cto]\n",
    );
    let then = history.commit(SECURITY, "2026-03-08", "Break two files");
    history.check_out("main");
    let pack = story.pack(&format!("--since {then}"));
    let summary = section(&pack, "## What changed since");
    let short = &then.to_string()[..7];
    for doubt in [
        format!(
            "> Not compared, because it cannot be read at {short}: findings/FND-1.yaml: FND-1, risks/RISK-4.yaml, risks/RISK-4.yaml: RISK-4."
        ),
        "> May be new, or was only unreadable: FND-1, RISK-3, RISK-4.".to_owned(),
    ] {
        assert!(summary.contains(&doubt), "{doubt} in {summary}");
    }
}

#[test]
fn without_a_usable_isms_toml_then_no_score_is_compared() {
    let story = Story::told();
    let history = &story.history;
    history.check_out("presented").branch("broken");
    history.replace("isms.toml", "appetite = 12", "appetite = \"much\"");
    let then = history.commit(SECURITY, "2026-03-08", "Break the method");
    history.check_out("main");
    let pack = story.pack(&format!("--since {then}"));
    let said = format!(
        "> isms.toml could not be used at {}: scores, acceptances and verdicts are not compared.",
        &then.to_string()[..7]
    );
    assert!(
        section(&pack, "## What changed since").contains(&said),
        "{pack}"
    );
    let risks = section(&pack, "### f)");
    assert!(
        !risks.contains("Grown") && !risks.contains("was 8"),
        "{risks}"
    );
    assert!(
        risks.contains("- **Closed** on 20 May 2026: RISK-2"),
        "{risks}"
    );
    assert!(!section(&pack, "### d2)").contains("Worse"), "{pack}");
}

#[test]
fn without_since_a_pack_is_as_it_was() {
    let story = Story::told();
    let pack = story.pack("");
    assert!(
        !pack.contains("Compared with") && !pack.contains("Since 10 Mar 2026"),
        "{pack}"
    );
    assert!(
        section(&pack, "### f)").contains("| Band | Change | Treatment |"),
        "{pack}"
    );
}
