//! `review close`

use super::{ACTION, MINUTES, ROLES, TYPES, history, read};
use crate::git::repository::{History, SECURITY, TECHNOLOGY};
use crate::harness::{CONFIG, Folder};
use ismsctl::text::Checksum;
use serde_json::Value;

const FILE: &str = "reviews/all.yaml";

/// The state before the meeting is committed; the minutes and the action they opened are not.
fn met() -> History {
    let (planned, rest) = MINUTES.split_once("  inputs:").unwrap();
    assert!(rest.contains("ACT-1"));
    let history = history(&[(FILE, planned)]);
    history
        .write(FILE, MINUTES)
        .write("actions/one.yaml", ACTION);
    history
}

fn head(history: &History) -> String {
    let head = history.repository.head().unwrap();
    head.target().unwrap().to_string()
}

/// The digest over the inputs of a state.
fn digest(history: &History, revision: &str) -> String {
    let words = format!("report risk-register --format json --rev {revision}");
    let report = history.folder.at("2026-04-20", &words).json();
    report["digest"].as_str().unwrap().to_owned()
}

const CLOSE: &str = "review close REV-2026-Q1 --held 2026-04-10";

#[test]
fn the_day_and_the_pack_are_recorded_and_all_else_stays() {
    let history = met();
    let head = head(&history);
    let digest = digest(&history, "HEAD");
    let said = history.folder.at("2026-04-20", CLOSE).fine();
    assert_eq!(
        said,
        format!(
            "\
REV-2026-Q1  First quarter
  held         10 Apr 2026
  pack         made from {}, the last commit
  sha256       {digest}

wrote held, pack into reviews/all.yaml
next  once the minutes are agreed: ismsctl review close REV-2026-Q1 --sign WHO
",
            &head[..7]
        )
    );
    let expected = MINUTES
        .replace(
            "planned: 2026-04-10\n",
            "planned: 2026-04-10\n  held: 2026-04-10\n",
        )
        .replace(
            "action: ACT-1}\n",
            &format!("action: ACT-1}}\n  pack:\n    revision: {head}\n    sha256: {digest}\n"),
        );
    assert_eq!(read(&history, FILE), expected);
    // Once more there is nothing to do.
    let again = history.folder.at("2026-04-20", CLOSE).fine();
    assert!(
        again.contains("has all of it; nothing was written"),
        "{again}"
    );
    assert_eq!(read(&history, FILE), expected);
}

#[test]
fn all_that_is_missing_is_told_at_once() {
    let history = met();
    history
        .replace(
            FILE,
            "attendees: [cto, ciso]\n  inputs",
            "attendees: [ciso]\n  inputs",
        )
        .replace(FILE, "  chair: cto\n", "")
        .replace(FILE, "{state: No change.}", "{state: }")
        .replace(FILE, ", action: ACT-1", "");
    let before = read(&history, FILE);
    let run = history
        .folder
        .at("2026-04-20", "review close REV-2026-Q1 --sign cto");
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert_eq!(
        run.out,
        "\
REV-2026-Q1  First quarter

  ✗ it has not been held: `held` is not set
    name the day of the meeting: `--held DAY`
    reviews/all.yaml:9:3

  ✗ `cto` had to attend `REV-2026-Q1` and did not
    list them under `attendees`, `apologies`, or who stood in for them under
    `delegates`
    reviews/all.yaml:11:14  review-quorum

  ✗ the input b (changes in issues) was not considered in `REV-2026-Q1`: nothing
    is noted, and no record of the period tells about it
    note what was said under `inputs`; that nothing changed is worth a line too:
    `b: {state: No change.}`
    reviews/all.yaml:12:3  review-input-missing

  ✗ no action carries out this improvement of `REV-2026-Q1`
    open an action with `source: REV-2026-Q1`, an owner and a due date, and name
    it here as `action`
    reviews/all.yaml:15:14  review-action-untracked

4 things are missing; nothing was written
"
    );
    assert_eq!(read(&history, FILE), before);
    let run = history
        .folder
        .at("2026-04-20", "review close REV-2026-Q1 --format json");
    let report = run.json();
    assert_eq!((run.status, &report["closed"]), (1, &Value::Bool(false)));
    let rules: Vec<&Value> = report["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["rule"])
        .collect();
    assert_eq!(rules[0], &Value::Null);
    assert_eq!(
        rules[1..],
        [
            "review-quorum",
            "review-input-missing",
            "review-action-untracked"
        ]
    );
    // A type that considers everything owes a conclusion; and decisions are owed in any case.
    history.replace("isms.toml", "inputs = [\"a\", \"b\"]\n", "");
    let (without, _) = before.split_once("  decisions").unwrap();
    history.write(FILE, without);
    let report = history
        .folder
        .at("2026-04-20", &format!("{CLOSE} --format json"))
        .json();
    let told = report["missing"].to_string();
    assert!(
        told.contains("without decisions and without a conclusion"),
        "{told}"
    );
}

#[test]
fn an_action_that_is_named_has_to_be_there() {
    let history = met();
    history.remove("actions/one.yaml");
    let run = history.folder.at("2026-04-20", CLOSE);
    assert_eq!(run.status, 1);
    assert!(
        run.out.contains("no action has the id `ACT-1`"),
        "{}",
        run.out
    );
    // What the record ignores is not asked for.
    history.replace(FILE, ", action: ACT-1", "");
    let ignored = "kind: improvement}\n  ignore: [{rule: review-action-untracked, reason: Done at once., until: 2026-12-31}]\n";
    history.replace(FILE, "kind: improvement}\n", ignored);
    history.folder.at("2026-04-20", CLOSE).fine();
}

#[test]
fn the_pack_is_the_last_commit_before_the_minutes() {
    let history = met();
    let seen = head(&history);
    history.replace(
        FILE,
        "planned: 2026-04-10\n",
        "planned: 2026-04-10\n  held: 2026-04-10\n",
    );
    history.commit(SECURITY, "2026-04-10", "Minutes");
    history.replace(FILE, "First quarter", "The first quarter");
    history.commit(SECURITY, "2026-04-11", "More minutes");
    let report = history
        .folder
        .at("2026-04-20", "review close REV-2026-Q1 --format json")
        .json();
    assert_eq!(report["pack"]["revision"], seen.as_str());
    assert_eq!(report["fields"], serde_json::json!(["pack"]));
}

#[test]
fn a_pack_that_was_changed_is_none() {
    let history = met();
    let (planned, _) = MINUTES.split_once("  inputs:").unwrap();
    history.write(FILE, planned).remove("actions/one.yaml");
    let pack = "pack --review REV-2026-Q1 --rev HEAD -o out";
    assert_eq!(history.folder.at("2026-03-31", pack).status, 0);
    history
        .write(FILE, MINUTES)
        .write("actions/one.yaml", ACTION);
    let words = format!("{CLOSE} --pack out --dry-run");
    history.folder.at("2026-04-20", &words).fine();
    let page = read(&history, "out/pack.md");
    history.write("out/pack.md", &format!("{page}All is well.\n"));
    history.write("out/more.md", "More.");
    let refused = history.folder.at("2026-04-20", &words).refused();
    assert!(
        refused.contains("--pack: out is not the pack that was written: pack.md was changed after it was written, more.md was put there by somebody else;"),
        "{refused}"
    );
}

#[test]
fn a_commit_that_is_named_lies_between_the_period_and_the_meeting() {
    let history = History::new();
    history.write(
        "isms.toml",
        &format!("{}{TYPES}", crate::git::repository::CONFIG),
    );
    history.commit(SECURITY, "2025-12-31", "Begin");
    let (planned, _) = MINUTES.split_once("  inputs:").unwrap();
    history.write(FILE, planned);
    history.commit(SECURITY, "2026-03-02", "Plan");
    history
        .write(FILE, MINUTES)
        .write("actions/one.yaml", ACTION);
    let close = |revision: &str| {
        let words = format!("{CLOSE} --dry-run --revision {revision}");
        history.folder.at("2026-04-20", &words)
    };
    let refused = close("HEAD~1").refused();
    assert!(
        refused.contains(
            "was entered on 2025-12-31, before the period of REV-2026-Q1 began on 2026-01-01"
        ),
        "{refused}"
    );
    assert_eq!(close("HEAD").err, "");
    history.write("risks/new.yaml", RISK);
    history.write(FILE, planned).remove("actions/one.yaml");
    history.commit(SECURITY, "2026-04-11", "A risk");
    history
        .write(FILE, MINUTES)
        .write("actions/one.yaml", ACTION);
    let run = close("HEAD");
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.err
            .contains("was entered on 2026-04-11, and REV-2026-Q1 was held on 2026-04-10"),
        "{run:?}"
    );
    history.commit(SECURITY, "2026-04-11", "Minutes");
    let run = close("HEAD");
    assert!(
        run.err.contains(" holds minutes of REV-2026-Q1 already"),
        "{run:?}"
    );
}

/// The plan is committed; then decisions without `held`, on this day; then something else, on that.
fn minuted(minutes: &str, altered: &str) -> (History, String) {
    let history = met();
    let seen = head(&history);
    history.commit(SECURITY, minutes, "Decisions");
    history.write("risks/new.yaml", RISK);
    history.commit(SECURITY, altered, "A risk");
    (history, seen)
}

const RISK: &str = "id: RISK-1\ntitle: A risk\nowner: ciso\ncategory: x\nidentified: 2026-04-09\nlikelihood: 2\nimpact: 2\nstatus: open\n";

#[test]
fn minutes_without_the_day_are_minutes_as_well() {
    let (history, seen) = minuted("2026-04-10", "2026-04-10");
    let json = format!("{CLOSE} --format json");
    let report = history.folder.at("2026-04-20", &json).json();
    assert_eq!(report["pack"]["revision"], seen.as_str(), "{report:#}");
    // Wherever the file lies.
    let (history, seen) = minuted("2026-04-10", "2026-04-10");
    history
        .write("reviews/2026/first.yaml", &read(&history, FILE))
        .remove(FILE);
    history.commit(SECURITY, "2026-04-10", "Move");
    let report = history.folder.at("2026-04-20", &json).json();
    assert_eq!(report["pack"]["revision"], seen.as_str(), "{report:#}");
}

#[test]
fn what_was_entered_after_the_meeting_is_never_what_it_saw() {
    // The minutes are not committed, and something else is, too late.
    let history = met();
    let seen = head(&history);
    let actions = read(&history, "actions/one.yaml");
    let (planned, _) = MINUTES.split_once("  inputs:").unwrap();
    history.write(FILE, planned).remove("actions/one.yaml");
    history.write("risks/new.yaml", RISK);
    history.commit(SECURITY, "2026-04-11", "A risk");
    history
        .write(FILE, MINUTES)
        .write("actions/one.yaml", &actions);
    let said = history.folder.at("2026-04-20", CLOSE).fine();
    let expected = format!(
        "made from {}, the last commit by the day of the meeting\n",
        &seen[..7]
    );
    assert!(said.contains(&expected), "{said}");
    // Days are those of the workspace: noon in UTC is the next day far in the east.
    let history = met();
    history.replace(
        "isms.toml",
        "name = \"Test\"",
        "name = \"Test\"\ntimezone = \"Pacific/Kiritimati\"",
    );
    history.commit(SECURITY, "2026-04-10", "Minutes");
    let report = history
        .folder
        .at("2026-04-20", &format!("{CLOSE} --format json"))
        .json();
    assert_eq!(report["pack"]["revision"], seen.as_str(), "{report:#}");
    // Nothing at all is that old.
    let history = History::new();
    history.write(
        "isms.toml",
        &format!("{}{TYPES}", crate::git::repository::CONFIG),
    );
    history.write(FILE, planned);
    history.commit(SECURITY, "2026-04-15", "Begin");
    history
        .write(FILE, MINUTES)
        .write("actions/one.yaml", ACTION);
    let refused = history.folder.at("2026-04-20", CLOSE).refused();
    assert!(
        refused.contains("no commit was entered by 2026-04-10, the day REV-2026-Q1 was held"),
        "{refused}"
    );
}

#[test]
fn of_minutes_begun_before_the_meeting_nobody_can_tell_what_it_saw() {
    let (history, _) = minuted("2026-04-08", "2026-04-09");
    let refused = history.folder.at("2026-04-20", CLOSE).refused();
    assert!(
        refused.contains("the minutes were begun in ")
            && refused
                .contains(" on 2026-04-08, before it was held on 2026-04-10; name the commit"),
        "{refused}"
    );
    let named = format!("{CLOSE} --revision HEAD --format json");
    let report = history.folder.at("2026-04-20", &named).json();
    assert_eq!(report["pack"]["revision"], head(&history).as_str());
}

#[test]
fn what_the_meeting_saw_is_never_guessed() {
    let history = met();
    history.write("risks/new.yaml", "# Nothing yet.\nid: RISK-1\ntitle: A risk\nowner: ciso\ncategory: x\nidentified: 2026-04-09\nlikelihood: 2\nimpact: 2\nstatus: open\n");
    let before = read(&history, FILE);
    let refused = history.folder.at("2026-04-20", CLOSE).refused();
    assert!(
        refused.contains("what the meeting saw is not clear: since the last commit (")
            && refused.contains(") RISK-1 changed as well"),
        "{refused}"
    );
    assert_eq!(read(&history, FILE), before);
    // An action that was there before is no outcome of this meeting; comments and formatting are no change.
    history.remove("risks/new.yaml");
    history.write(
        "isms.toml",
        &format!("# Why.\n{}", read(&history, "isms.toml")),
    );
    history
        .folder
        .at("2026-04-20", &format!("{CLOSE} --dry-run"))
        .fine();
    history.replace("isms.toml", "grace = \"15d\"", "grace = \"20d\"");
    let refused = history.folder.at("2026-04-20", CLOSE).refused();
    assert!(refused.contains("isms.toml changed as well"), "{refused}");
    // Named, it is taken.
    for words in ["--revision nonsense", "--revision HEAD~1"] {
        let refused = history
            .folder
            .at("2026-04-20", &format!("{CLOSE} {words}"))
            .refused();
        assert!(
            refused.starts_with("ismsctl: --revision: there is no revision"),
            "{refused}"
        );
    }
    let report = history.folder.at(
        "2026-04-20",
        &format!("{CLOSE} --revision main --format json"),
    );
    assert_eq!(report.json()["pack"]["revision"], head(&history).as_str());
    // A name for the same commit changes nothing; without one the recorded pack stays.
    let again = history
        .folder
        .at("2026-04-20", "review close REV-2026-Q1 --revision HEAD")
        .fine();
    assert!(again.contains("nothing was written"), "{again}");
    history
        .folder
        .at("2026-04-20", "review close REV-2026-Q1")
        .fine();
}

#[test]
fn a_folder_of_a_pack_says_what_it_was_made_from() {
    let history = met();
    let (revision, right) = (head(&history), digest(&history, "HEAD"));
    let wrong = "0".repeat(64);
    let listed = |json: &str| {
        history.write("out/pack.json", json);
        let sum = Checksum::of(json.as_bytes());
        history.write("out/MANIFEST", &format!("{sum}  pack.json\n"));
    };
    let pack = |revision: &str, digest: &str| {
        listed(&format!(
            "{{\"revision\": {revision}, \"digest\": \"{digest}\", \"more\": []}}"
        ));
    };
    let words = format!("{CLOSE} --pack out");
    let refused = history.folder.at("2026-04-20", &words).refused();
    assert!(refused.contains("out"), "{refused}");
    history.write("out/MANIFEST", "");
    let refused = history.folder.at("2026-04-20", &words).refused();
    assert!(refused.contains("pack.json is not there"), "{refused}");
    for (revision, digest, complaint) in [
        ("null", right.as_str(), "names no commit under `revision`"),
        ("\"main\"", &right, "names no commit under `revision`"),
        (&format!("\"{revision}\""), "abc", "has no `digest` of 64"),
        (
            &format!("\"{revision}\""),
            &wrong,
            "the pack was made from other records: its digest is 000",
        ),
        (
            &format!("\"{}\"", "1".repeat(40)),
            &right,
            "--pack: there is no revision",
        ),
    ] {
        pack(revision, digest);
        let refused = history.folder.at("2026-04-20", &words).refused();
        assert!(refused.contains(complaint), "{refused}");
    }
    for (review, complaint) in [
        (
            "\"id\": \"REV-2025-Q4\", \"type\": \"quarterly\"",
            "pack.json is of the pack for REV-2025-Q4, not for REV-2026-Q1 of the type quarterly",
        ),
        (
            "\"id\": null, \"type\": \"special\"",
            "pack.json is of the pack for a review of the type special, not for REV-2026-Q1",
        ),
    ] {
        let made = format!("\"revision\": \"{revision}\", \"digest\": \"{right}\"");
        listed(&format!("{{{made}, \"review\": {{{review}}}}}"));
        let refused = history.folder.at("2026-04-20", &words).refused();
        assert!(refused.contains(complaint), "{refused}");
    }
    assert_eq!(read(&history, FILE), MINUTES);
    pack(&format!("\"{revision}\""), &right);
    let said = history.folder.at("2026-04-20", &words).fine();
    assert!(said.contains(", as out/pack.json says\n"), "{said}");
    assert!(
        read(&history, FILE).contains(&format!("    revision: {revision}\n    sha256: {right}\n"))
    );
}

#[test]
fn outside_git_a_pack_is_recorded_only_when_there_is_none_to_record() {
    let folder = Folder::new();
    folder.write("isms.toml", format!("{CONFIG}{ROLES}{TYPES}"));
    folder.write(FILE, MINUTES.replace('\n', "\r\n"));
    folder.write("actions/one.yaml", ACTION);
    let refused = folder.at("2026-04-20", CLOSE).refused();
    assert!(
        refused.contains("`--no-pack` closes the review all the same"),
        "{refused}"
    );
    let said = folder
        .at("2026-04-20", &format!("{CLOSE} --no-pack --sign cto"))
        .fine();
    assert!(
        said.contains("\n  pack         none is recorded\n"),
        "{said}"
    );
    assert!(
        said.contains("\n  signed off   by cto on 20 Apr 2026\n"),
        "{said}"
    );
    let text = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
    let expected = MINUTES
        .replace(
            "planned: 2026-04-10\n",
            "planned: 2026-04-10\n  held: 2026-04-10\n",
        )
        .replace(
            "action: ACT-1}\n",
            "action: ACT-1}\n  signed_off: {by: cto, on: 2026-04-20}\n",
        );
    assert_eq!(text, expected.replace('\n', "\r\n"));
}

#[test]
fn signed_minutes_do_not_change_and_their_history_is_sound() {
    let history = met();
    history.folder.at("2026-04-10", CLOSE).fine();
    history.commit(SECURITY, "2026-04-10", "Minutes");
    let said = history
        .folder
        .at("2026-04-14", "review close REV-2026-Q1 --sign cto")
        .fine();
    assert!(
        said.contains("wrote signed_off into reviews/all.yaml"),
        "{said}"
    );
    history.commit(TECHNOLOGY, "2026-04-14", "Sign");
    let signed = read(&history, FILE);
    for words in ["", "--no-pack", "--sign ciso", "--revision HEAD"] {
        let refused = history
            .folder
            .at("2026-04-20", &format!("review close REV-2026-Q1 {words}"))
            .refused();
        assert!(
            refused.starts_with("ismsctl: REV-2026-Q1 was signed off by cto on 2026-04-14"),
            "{refused}"
        );
    }
    assert_eq!(read(&history, FILE), signed);
    let check = history
        .folder
        .at("2026-04-20", "check --base HEAD~2 --format json")
        .json();
    let told: Vec<&Value> = check["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["rule"])
        .collect();
    assert!(told.is_empty(), "{told:?}");
    // Both at once are as good.
    let other = met();
    other
        .folder
        .at("2026-04-14", &format!("{CLOSE} --sign cto"))
        .fine();
    other.commit(TECHNOLOGY, "2026-04-14", "Minutes, signed");
    let check = other
        .folder
        .at("2026-04-20", "check --base HEAD~1 --format json")
        .json();
    assert_eq!(check["diagnostics"], Value::Array(Vec::new()), "{check:#}");
    // The pack is what `last-review` names.
    let diff = other
        .folder
        .at("2026-04-20", "diff last-review --format json")
        .json();
    assert!(diff["changes"].to_string().contains("ACT-1"), "{diff:#}");
}

#[test]
fn a_signatory_who_was_not_there_is_told() {
    let history = met();
    let sign = |who: &str| {
        let words = format!("{CLOSE} --dry-run --sign {who}");
        history.folder.at("2026-04-20", &words)
    };
    // A person stands for the role that attended.
    for who in ["cto", "ciso", "security", "technology"] {
        assert_eq!(sign(who).err, "", "{who}");
    }
    let run = sign("auditor");
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.err.contains(
            "auditor signs the minutes of a meeting that they neither chaired nor attended"
        ),
        "{run:?}"
    );
    history.replace(
        FILE,
        "  chair: cto\n",
        "  chair: cto\n  delegates: [{of: ciso, who: audit}]\n",
    );
    assert_eq!(sign("auditor").err, "");
}

#[test]
fn what_was_not_meant_is_refused() {
    let history = met();
    for (words, complaint) in [
        (
            "REV-2026-Q9",
            "there is no review `REV-2026-Q9`; did you mean",
        ),
        ("ACT-1", "there is no review `ACT-1`"),
        (
            "REV-2026-Q1 --held 2026-04-21",
            "cannot have been held on 2026-04-21: today is 2026-04-20",
        ),
        ("REV-2026-Q1 --held soon", "--held: "),
        (
            "REV-2025-Q4 --held 2026-01-09",
            "the record says that REV-2025-Q4 was held on 2026-01-08",
        ),
        (
            "REV-2026-Q1 --held 2026-04-10 --sign ctoo",
            "knows no person or role `ctoo`; did you mean `cto`",
        ),
        (
            "REV-2026-Q1 --held 2026-04-10 --sign cto --signed-on 2026-04-09",
            "does not lie between the meeting and today",
        ),
        (
            "REV-2026-Q1 --held 2026-04-10 --sign cto --signed-on 2026-04-21",
            "does not lie between the meeting and today",
        ),
        (
            "REV-2026-Q1 --rev HEAD",
            "--rev: records of the past cannot be written",
        ),
    ] {
        let refused = history
            .folder
            .at("2026-04-20", &format!("review close {words}"))
            .refused();
        assert!(refused.contains(complaint), "{words}: {refused}");
    }
    assert_eq!(read(&history, FILE), MINUTES);
}

#[test]
#[cfg(unix)]
fn a_record_that_cannot_be_written_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let history = met();
    let path = history.folder.path().join(FILE);
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).unwrap();
    let refused = history.folder.at("2026-04-20", CLOSE).refused();
    assert!(
        refused.contains("is read-only; nothing was written"),
        "{refused}"
    );
    assert_eq!(read(&history, FILE), MINUTES);
    let names = std::fs::read_dir(path.parent().unwrap()).unwrap();
    assert_eq!(names.count(), 1);
}
