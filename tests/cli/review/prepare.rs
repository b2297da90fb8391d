//! `review prepare`

use super::{ACTION, INCIDENT, MINUTES, ROLES, TYPES, history, read};
use crate::harness::{CONFIG, Folder, JUNE};

#[test]
fn the_next_period_is_planned_after_the_last_one_held() {
    let history = history(&[("reviews/all.yaml", MINUTES), ("actions/one.yaml", ACTION)]);
    history.replace(
        "reviews/all.yaml",
        "planned: 2026-04-10\n",
        "planned: 2026-04-10\n  held: 2026-04-10\n",
    );
    let said = history
        .folder
        .at("2026-04-20", "review prepare quarterly")
        .fine();
    assert_eq!(
        said,
        "\
REV-2026-Q2  Quarterly review, 2026-Q2
  looks at     1 Apr 2026 to 30 Jun 2026
  planned for  10 Jul 2026; to be held by 15 Jul 2026
  prepared by  ciso
  must attend  cto, ciso
  id           like REV-2026-Q1; `--id` names another

wrote reviews/REV-2026-Q2.yaml
next  ismsctl pack --review REV-2026-Q2   what the meeting looks at
      ismsctl review close REV-2026-Q2 --held DAY   once it was held
"
    );
    assert_eq!(
        read(&history, "reviews/REV-2026-Q2.yaml"),
        "\
# Planned, not yet held: `ismsctl pack --review REV-2026-Q2` renders what it
# looks at; actions that carry over are computed there, not copied here.
id: REV-2026-Q2
title: Quarterly review, 2026-Q2
owner: ciso
type: quarterly
planned: 2026-07-10
period: {from: 2026-04-01, to: 2026-06-30}
chair: cto
# Who came; must attend: cto, ciso; may attend: auditor.
attendees: []
# What the room says to each point (9.3.2); what the records tell need not be repeated.
inputs:
  a: {state: }  # actions of earlier reviews
  b: {state: }  # changes in issues
# After the meeting: decisions, conclusion, and then
# `ismsctl review close REV-2026-Q2 --held DAY`.
"
    );
    // It is a sound record, and there is one only.
    let check = history
        .folder
        .at("2026-04-20", "check reviews --format json")
        .json();
    assert_eq!(check["summary"]["errors"], 0, "{check:#}");
    let refused = history
        .folder
        .at("2026-04-20", "review prepare quarterly")
        .refused();
    assert_eq!(
        refused,
        "ismsctl: the review of the type quarterly for 2026-Q2 is planned already: REV-2026-Q2, on 2026-07-10 \
         (`ismsctl pack --review REV-2026-Q2`); `--period 2026-Q3` plans the one after it\n"
    );
    let later = history.folder.at(
        "2026-04-20",
        "review prepare quarterly --period 2026-Q3 --format json",
    );
    assert_eq!(later.json()["id"], "REV-2026-Q3");
    assert_eq!(later.json()["written"], true);
}

#[test]
fn what_is_asked_for_counts_before_what_is_usual() {
    let history = history(&[("reviews/all.yaml", MINUTES)]);
    let words = "review prepare quarterly --period 2026-Q2 --id MR.7 --planned 2026-07-01 --owner audit --format json";
    let report = history.folder.at("2026-06-01", words).json();
    for (key, value) in [
        ("id", "MR.7"),
        ("planned", "2026-07-01"),
        ("owner", "audit"),
        ("deadline", "2026-07-15"),
        ("period", "2026-Q2"),
        ("path", "reviews/MR.7.yaml"),
    ] {
        assert_eq!(report[key], value, "{report:#}");
    }
    assert!(read(&history, "reviews/MR.7.yaml").contains("\nplanned: 2026-07-01\n"));
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = Folder::example("management-review");
    let before = folder.files();
    let said = folder.at(JUNE, "review prepare annual --dry-run").fine();
    assert!(
        said.contains("\nreviews/REV-2026-ANNUAL.yaml would hold:\n\n  # Planned"),
        "{said}"
    );
    assert!(
        said.contains("\n  planned for  28 Jan 2027; to be held by 30 Jan 2027\n"),
        "{said}"
    );
    assert!(
        said.contains("\n    g: {state: }  # opportunities for improvement\n"),
        "{said}"
    );
    assert!(folder.files() == before);
}

#[test]
fn without_a_type_it_is_the_first_that_is_due_and_not_planned() {
    let folder = Folder::example("management-review");
    let first = folder.at(JUNE, "review prepare --format json").json();
    assert_eq!(
        (&first["id"], &first["for"][0]),
        (&"PIR-2026-07".into(), &"INC-031".into())
    );
    assert_eq!(
        (&first["from"], &first["to"]),
        (&"2026-06-08".into(), &"2026-06-09".into())
    );
    // What should have been held already is held as soon as can be.
    assert_eq!(first["planned"], JUNE);
    let second = folder.at(JUNE, "review prepare --format json").json();
    assert_eq!(
        (&second["id"], &second["for"][0]),
        (&"PIR-2026-08".into(), &"INC-032".into())
    );
    // The quarterly one is planned.
    let third = folder.at(JUNE, "review prepare --format json").json();
    assert_eq!(
        (&third["type"], &third["planned"]),
        (&"pre-audit".into(), &"2026-09-01".into())
    );
    let check = folder.at(JUNE, "check --format json").json();
    assert_eq!(check["summary"]["errors"], 0, "{check:#}");
}

#[test]
fn a_record_may_be_named() {
    let history = history(&[("incidents/one.yaml", INCIDENT)]);
    let words = "review prepare post-incident --for INC-1 --format json";
    let report = history.folder.at("2026-03-06", words).json();
    assert_eq!(report["id"], "REV-POST-INCIDENT-INC-1");
    assert_eq!(report["title"], "Post-incident review for INC-1");
    // 14 March is a Saturday.
    assert_eq!(
        (&report["planned"], &report["deadline"]),
        (&"2026-03-13".into(), &"2026-03-14".into())
    );
    assert!(read(&history, "reviews/REV-POST-INCIDENT-INC-1.yaml").contains("\nfor: [INC-1]\n"));
    let refused = history.folder.at("2026-03-06", words).refused();
    assert!(
        refused.contains("for INC-1 is planned already: REV-POST-INCIDENT-INC-1"),
        "{refused}"
    );
}

#[test]
fn the_layout_says_where() {
    let folder = Folder::new();
    let layout = "[layout]\nreviews = \"meetings/9.3\"\n";
    folder.write("isms.toml", format!("{CONFIG}{ROLES}{TYPES}{layout}"));
    let report = folder.at(
        "2026-04-01",
        "review prepare quarterly --owner ciso --format json",
    );
    let report = report.json();
    assert_eq!(report["path"], "meetings/9.3/REV-QUARTERLY-2026-Q1.yaml");
    assert_eq!(report["id_like"], serde_json::Value::Null);
    let check = folder.at("2026-04-01", "check --format json").json();
    assert_eq!(
        (&check["summary"]["errors"], &check["summary"]["records"]),
        (&0.into(), &1.into())
    );
}

#[test]
fn what_cannot_be_planned_is_refused_and_says_how_it_can() {
    let history = history(&[
        ("reviews/all.yaml", MINUTES),
        ("incidents/one.yaml", INCIDENT),
    ]);
    let before = history.folder.files();
    for (words, complaint) in [
        (
            "quartely",
            "there is no review type `quartely`; did you mean `quarterly`?",
        ),
        (
            "quarterly --period 2026-04",
            "--period: `2026-04` is no period of the type quarterly",
        ),
        ("quarterly --period 26", "--period: "),
        ("quarterly --planned tomorrow", "--planned: "),
        (
            "quarterly --period 2026-Q4 --planned 2026-01-01",
            "--planned: 2026-01-01 lies before 2026-Q4 begins on 2026-10-01",
        ),
        (
            "quarterly --period 2026-Q2 --id INC-1",
            "--id: `INC-1` is taken",
        ),
        (
            "quarterly --period 2026-Q2 --id a/b",
            "--id: `a/b` is no id",
        ),
        (
            "quarterly --period 2026-Q2 --owner cio",
            "knows no person or role `cio`; did you mean `ciso`",
        ),
        (
            "post-incident --for INC-11",
            "--for: there is no record `INC-11`; did you mean `INC-1`?",
        ),
        (
            "post-incident --period 2026",
            "are held for records, not for periods",
        ),
        (
            "special",
            "the type special has neither cadence nor trigger; say when it is held with --planned",
        ),
        (
            "special --planned 2026-05-04",
            "name one with --owner, or set `owner` under [reviews.special]",
        ),
        (
            "quarterly --rev HEAD",
            "--rev: records of the past cannot be written",
        ),
    ] {
        let refused = history
            .folder
            .at("2026-04-20", &format!("review prepare {words}"))
            .refused();
        assert!(refused.contains(complaint), "{words}: {refused}");
    }
    // A file that is there is nobody's to overwrite.
    history.write("reviews/MR-1.yaml", "# mine\n");
    let words = "review prepare quarterly --period 2026-Q2 --id MR-1";
    let refused = history.folder.at("2026-04-20", words).refused();
    assert!(refused.contains("exists already"), "{refused}");
    history.remove("reviews/MR-1.yaml");
    assert!(history.folder.files() == before);
}
