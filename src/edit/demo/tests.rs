use super::story::{Operation, Story, commits, revisions};
use super::*;
use std::path::Path;

/// The files of the example, as the list of `example.rs` spells them.
fn list() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/management-review");
    let mut paths: Vec<String> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&root).unwrap();
            path.to_string_lossy().replace('\\', "/")
        })
        .collect();
    paths.sort();
    let lines: String = paths
        .iter()
        .map(|path| format!("    \"{path}\"\n"))
        .collect();
    format!("files! {{\n{lines}}}\n")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test that writes on request")]
fn the_list_of_files_is_that_of_the_example() {
    const BEGIN: &str = "// The list begins here.\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/edit/demo/example.rs");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, found) = text.split_once(BEGIN).unwrap();
    if std::env::var_os("ISMSCTL_UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{}", list())).unwrap();
        return;
    }
    assert_eq!(
        found,
        list(),
        "run `ISMSCTL_UPDATE=1 cargo test --lib demo` and look at the story"
    );
}

const TWO: &str = "\
# A comment.

=== 2025-01-01 10:00 +0100 chief-executive
tag: first The first one
Say: hello

Approved-by: @privacy-lead
--- grow until 2024-12-31 isms.toml schemas/
--- write notes.md
+one
+two

=== 2025-01-02 10:00 +0100 privacy-lead
mark: second
Second
--- change notes.md
 one
-two
@@
+zero
 one
--- move notes.md other.md
";

#[test]
fn a_story_is_read() {
    let entries = commits(TWO).unwrap();
    let [first, second] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert_eq!(first.author, "chief-executive");
    assert_eq!(
        first.tag,
        Some(("first".to_owned(), "The first one".to_owned()))
    );
    assert_eq!(first.message, "Say: hello\n\nApproved-by: @privacy-lead\n");
    assert!(matches!(
        &first.operations[0],
        Operation::Grow { paths, until: Some(day) }
            if paths == &["isms.toml", "schemas/"] && day.to_string() == "2024-12-31"
    ));
    assert_eq!(second.mark.as_deref(), Some("second"));
    assert_eq!(second.operations.len(), 2);
}

#[test]
fn a_story_is_read_strictly() {
    for (text, line, complaint) in [
        ("stray", 1, "begins with `===`"),
        ("=== 2025-01-01 10:00 nobody", 1, "2025-01-01 10:00"),
        ("=== 2025-13-01 10:00 +0100 nobody", 1, "2025-13-01"),
        (
            "=== 2025-01-01 10:00 +0100 a\nS\n--- grwo x",
            3,
            "no operation `grwo`",
        ),
        (
            "=== 2025-01-01 10:00 +0100 a\nS\n--- grow",
            3,
            "names no file",
        ),
        (
            "=== 2025-01-01 10:00 +0100 a\nS\n--- grow until x y",
            3,
            "not a date",
        ),
        (
            "=== 2025-01-01 10:00 +0100 a\nS\n--- grow until 2025-01-01",
            3,
            "names no file",
        ),
        (
            "=== 2025-01-01 10:00 +0100 a\nS\n--- grow a  b",
            3,
            "names no file",
        ),
        (
            "=== 2025-01-01 10:00 +0100 a\nS\n--- remove a b",
            3,
            "takes one file",
        ),
        (
            "=== 2025-01-01 10:00 +0100 a\nS\n--- move a",
            3,
            "two paths",
        ),
        (
            "=== 2025-01-01 10:00 +0100 a\nS\n--- remove a\n-x",
            4,
            "belongs to no change",
        ),
        (
            "=== 2025-01-01 10:00 +0100 a\nS\n--- change a\nx",
            4,
            "begins with none of",
        ),
        (
            "=== 2025-01-01 10:00 +0100 a\ntag: x\nS",
            2,
            "a tag has a message",
        ),
    ] {
        let (at, error) = commits(text).unwrap_err();
        assert_eq!(at, line, "{text}: {error}");
        assert!(error.contains(complaint), "{text}: {error}");
    }
    assert_eq!(revisions("-a").unwrap_err().0, 1);
    assert_eq!(revisions("=== 2025-01-01").unwrap_err().0, 1);
    let unsorted = revisions("=== 2025-01-02 a\n-a\n+b\n=== 2025-01-01 a\n-b\n+c").unwrap_err();
    assert!(unsorted.1.contains("earlier than"), "{unsorted:?}");
}

/// What is wrong with a story of these commits.
fn refusal(text: &str) -> String {
    let entries = commits(text).unwrap();
    let told = state::tell(&Story {
        entries,
        revisions: Vec::new(),
    });
    told.err().expect("the story holds")
}

#[test]
fn a_story_that_does_not_hold_is_refused() {
    const FIRST: &str = "=== 2025-01-02 10:00 +0100 chief-executive\nS\n--- write a\n+x\n";
    let second = |rest: &str| format!("{FIRST}=== 2025-01-03 10:00 +0100 {rest}\n");
    for (text, complaint) in [
        (
            second("chief-executive\nS\n--- write a\n+y"),
            "there already",
        ),
        (
            second("chief-executive\nS\n--- write isms.toml\n+y"),
            "belongs to the example",
        ),
        (
            second("chief-executive\nS\n--- write b\n x"),
            "begin with `+`",
        ),
        (
            second("chief-executive\nS\n--- change b\n-x"),
            "no `b` to change",
        ),
        (
            second("chief-executive\nS\n--- change a\n-y"),
            "a: no place reads `y`",
        ),
        (
            second("chief-executive\nS\n--- remove b"),
            "no `b` to remove",
        ),
        (second("chief-executive\nS\n--- move b c"), "no `b` to move"),
        (
            second("chief-executive\nS\n--- grow nothing.yaml"),
            "has no `nothing.yaml`",
        ),
        (
            second("chief-executive\nS\n--- grow risks/RISK-014.yaml"),
            "nothing of `risks/RISK-014.yaml`",
        ),
        (second("chief-executive\nS"), "changes nothing"),
        (
            second("nobody\nS\n--- remove a"),
            "`nobody` is not one of the people",
        ),
        (
            second("chief-executive\nS @nobody\n--- remove a"),
            "`nobody` is not",
        ),
        (second("chief-executive\nmerge: b\nS"), "no branch `b`"),
        (
            second("chief-executive\non: b\nS\n--- remove a"),
            "`b` is never merged",
        ),
        (FIRST.repeat(2), "not later"),
        (
            format!(
                "{}=== 2025-01-04 10:00 +0100 chief-executive\nS\n--- change a\n-x\n+z\n\
                 === 2025-01-05 10:00 +0100 chief-executive\nmerge: b\nS\n",
                second("chief-executive\non: b\nS\n--- change a\n-x\n+y")
            ),
            "both sides changed `a`",
        ),
    ] {
        let error = refusal(&text);
        assert!(error.contains(complaint), "{text}: {error}");
    }
}

#[test]
fn the_story_ends_with_the_example() {
    let story = story::read().unwrap();
    let commits = state::tell(&story).unwrap();
    let end = &commits.last().unwrap().files;
    for (path, text) in example::FILES {
        assert_eq!(end.get(*path).map(String::as_str), Some(*text), "{path}");
    }
    let own: Vec<&str> = end
        .keys()
        .map(String::as_str)
        .filter(|path| example::FILES.iter().all(|(own, _)| own != path))
        .collect();
    assert_eq!(own, ["actions/project.yaml", "reviews/2024-annual.yaml"]);
}

mod past_days {
    use super::past::{self, Births};
    use crate::records::date::parse_date;

    fn on(text: &str, day: &str) -> Option<String> {
        let mut births = Births::default();
        births.read(text);
        births.read("- {id: ACT-9, opened: 2025-06-01}\n");
        past::on(text, parse_date(day).unwrap(), &births)
    }

    #[test]
    fn records_appear_on_their_day() {
        let text = "# Timeless.\n- {id: A, date: 2025-01-01}\n# About B.\n- id: B\n  date: 2025-02-01\n  title: x\n- {id: C, date: 2025-01-15}\n";
        assert_eq!(on(text, "2024-12-31"), None);
        assert_eq!(
            on(text, "2025-01-31").unwrap(),
            "# Timeless.\n- {id: A, date: 2025-01-01}\n- {id: C, date: 2025-01-15}\n"
        );
        assert_eq!(on(text, "2025-02-01").unwrap(), text);
    }

    #[test]
    fn an_action_goes_its_way() {
        let text = "\
id: ACT-1
opened: 2025-01-10
due: 2025-12-31
progress:
  - {date: 2025-02-01, note: Begun.}
  - {date: 2025-03-01, note: More.}
status: verified
completed: 2025-04-01
evidence:
  - {url: \"https://example.org\"}
verification: {by: ciso, on: 2025-05-01, effective: true, note: Seen.}
";
        let status = |day| {
            let text = on(text, day).unwrap();
            let status = text.lines().find(|line| line.starts_with("status"));
            status.unwrap().to_owned()
        };
        assert_eq!(
            on(text, "2025-01-10").unwrap(),
            "id: ACT-1\nopened: 2025-01-10\ndue: 2025-12-31\nstatus: open\n"
        );
        assert_eq!(status("2025-01-11"), "status: in-progress");
        let february = on(text, "2025-02-28").unwrap();
        assert!(february.contains("Begun.") && !february.contains("More."));
        assert_eq!(status("2025-04-30"), "status: completed");
        assert!(on(text, "2025-04-01").unwrap().contains("evidence:"));
        assert_eq!(on(text, "2025-05-01").unwrap(), text);
    }

    #[test]
    fn a_finding_names_no_action_that_is_not_there() {
        let text = "\
- id: FND-1
  raised: 2025-05-01
  root_cause: {date: 2025-05-20, by: ciso, text: Why.}
  actions: [ACT-9]
  status: closed
  closed: 2025-07-01
  closed_by: ciso
";
        assert_eq!(
            on(text, "2025-05-01").unwrap(),
            "- id: FND-1\n  raised: 2025-05-01\n  status: open\n"
        );
        assert_eq!(
            on(text, "2025-06-01").unwrap(),
            "- id: FND-1\n  raised: 2025-05-01\n  root_cause: {date: 2025-05-20, by: ciso, text: Why.}\n  actions: [ACT-9]\n  status: in-progress\n"
        );
    }

    #[test]
    fn what_lies_deeper_goes_as_well() {
        let text = "\
id: R
identified: 2025-01-01
acceptance:
  by:
    - {who: dpo, on: 2025-02-01}
    - {who: ceo, on: 2025-02-03}
  until: 2026-01-31
  score: 10
lessons:
  document: {date: 2025-01-05, note: a}
  verify: {date: 2025-03-05, note: b}
sent: {aware: 2025-01-02T10:00:00+01:00, list: [{to: a, at: 2025-01-03T10:00:00Z}, {to: b, at: 2025-01-04T10:00:00Z}]}
";
        assert_eq!(
            on(text, "2025-01-03").unwrap(),
            "id: R\nidentified: 2025-01-01\nsent: {aware: 2025-01-02T10:00:00+01:00, list: [{to: a, at: 2025-01-03T10:00:00Z}]}\n"
        );
        assert_eq!(
            on(text, "2025-01-01").unwrap(),
            "id: R\nidentified: 2025-01-01\n"
        );
        let february = on(text, "2025-02-02").unwrap();
        assert!(
            february.contains("who: dpo") && !february.contains("who: ceo"),
            "{february}"
        );
        assert!(!february.contains("verify"));
    }
}

#[test]
fn an_empty_folder_is_filled_and_left_empty_after_a_failure() {
    let folder = std::env::temp_dir().join(format!("ismsctl-demo-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    let refused = repository::write(&folder, &[]).unwrap_err();
    assert!(matches!(refused, DemoError::Git { .. }), "{refused}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    let refused = repository::write(&folder.join("a/b"), &[]).unwrap_err();
    assert!(refused.to_string().contains("nothing was left behind"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    std::fs::remove_dir(folder).unwrap();
}
