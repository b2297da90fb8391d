//! `future-dated`: what has happened is not dated after the day on which it was entered.

use super::records::{ACTIVITY, audit, context, policy, result};
use crate::git::repository::{CONFIG, History, SECURITY, signature};

fn history() -> History {
    let history = History::of(&[("activities/a.yaml", ACTIVITY)]);
    history.branch("work");
    history
}

#[test]
fn facts_lie_in_the_past() {
    let history = history();
    history.write("results/r.yaml", &result("RES-1", "2026-02-01"));
    history.commit(SECURITY, "2026-02-01", "On the day");
    assert_eq!(history.new_since("main"), [""; 0]);
    history.write("results/s.yaml", &result("RES-2", "2026-02-02"));
    history.commit(SECURITY, "2026-02-01", "A day early");
    assert_eq!(history.new_since("main"), ["future-dated RES-2"]);
    let run = history.run("check --base main");
    assert_eq!(run.status, 0);
    assert!(
        run.out
            .contains("`date` is 2026-02-02, and was entered on 2026-02-01"),
        "{}",
        run.out
    );
    // The work tree is entered today.
    history.write(
        "context/c.yaml",
        &context("CTX-1").replace("2026-01-01", "2026-07-01"),
    );
    let found = history.new_since("main");
    assert_eq!(found, ["future-dated CTX-1", "future-dated RES-2"]);
}

#[test]
fn every_kind_of_fact_counts_and_no_plan() {
    let history = history();
    let planned = audit("AUD-1", "2026-09-01").replace("performed: 2026-09-01\n", "");
    history.write("audits/a.yaml", &planned);
    history.write(
        "policies/p.yaml",
        &policy(&[("2026-02-01", "ciso")])
            .replace("effective: 2026-01-01", "effective: 2026-09-01"),
    );
    history.commit(SECURITY, "2026-02-01", "Plan");
    assert_eq!(history.new_since("main"), [""; 0]);
    history.write("audits/a.yaml", &audit("AUD-1", "2026-09-01"));
    history.write(
        "policies/p.yaml",
        &policy(&[("2026-02-01", "ciso"), ("2026-09-01", "ciso")]),
    );
    let incident = "id: INC-1\ntitle: An event\nowner: cto\nseverity: sev3\ndetected: 2026-02-01T08:00:00Z\nresolved: 2026-02-03T08:00:00Z\nnotification: {required: true, reason: Many, by: ciso, sent: [{to: Authority, at: 2026-02-04T08:00:00Z}]}\n";
    history.write("incidents/i.yaml", incident);
    history.commit(SECURITY, "2026-02-01", "As if it were done");
    let run = history.run("check --base main").out;
    for told in [
        "`performed` is 2026-09-01",
        "`review_log.1.date` is 2026-09-01",
        "`resolved` is 2026-02-03",
        "`notification.sent.0.at` is 2026-02-04",
    ] {
        assert!(run.contains(told), "{told}: {run}");
    }
    assert_eq!(run.matches("[future-dated]").count(), 4, "{run}");
}

#[test]
fn days_are_those_of_the_workspace() {
    let history = History::new();
    let config = CONFIG.replace(
        "since = 2026-01-01",
        "since = 2026-01-01\ntimezone = \"Pacific/Auckland\"",
    );
    history
        .write("isms.toml", &config)
        .write("activities/a.yaml", ACTIVITY);
    history.commit(SECURITY, "2026-01-02", "Begin");
    history.branch("work");
    history.write("results/r.yaml", &result("RES-1", "2026-02-02"));
    // Noon of 1 February in UTC is an hour into the second in Auckland.
    history.commit(SECURITY, "2026-02-01", "Enter a result");
    assert_eq!(
        signature(SECURITY, "2026-02-01").when().seconds() % 86400,
        12 * 3600
    );
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn what_was_entered_earlier_is_told_once() {
    let history = history();
    history.write("results/s.yaml", &result("RES-2", "2026-02-09"));
    history.commit(SECURITY, "2026-02-01", "Early");
    history.branch("next");
    history
        .remove("results/s.yaml")
        .write("results/t.yaml", &result("RES-2", "2026-02-09"));
    history.commit(SECURITY, "2026-02-02", "Move it");
    history.replace(
        "results/t.yaml",
        "outcome: pass",
        "outcome: pass, notes: Fine",
    );
    assert_eq!(history.new_since("work"), [""; 0]);
    assert_eq!(history.new_since("main"), ["future-dated RES-2"]);
}

#[test]
fn rows_have_the_facts_that_isms_toml_names() {
    let history = History::new();
    let register = "[registers.vendors]\nopened = \"onboarded\"\nclosed = \"offboarded\"\nfacts = [\"assessed\"]\n";
    history.write("isms.toml", &format!("{CONFIG}{register}"));
    history.commit(SECURITY, "2026-01-02", "Begin");
    history.branch("work");
    history.write(
        "registers/vendors/a.yaml",
        "id: acme\nonboarded: 2026-03-01\noffboarded: 2026-09-01\nassessed: 2026-02-01\n",
    );
    history.commit(
        SECURITY,
        "2026-02-01",
        "Enter a supplier who comes and goes",
    );
    assert_eq!(history.new_since("main"), [""; 0]);
    history.replace(
        "registers/vendors/a.yaml",
        "assessed: 2026-02-01",
        "assessed: [2026-02-01, 2026-02-05]",
    );
    history.commit(SECURITY, "2026-02-02", "Assess them");
    assert_eq!(history.new_since("main"), ["future-dated vendors/acme"]);
}

#[test]
fn a_disposal_lies_in_the_past_too() {
    let history = History::of(&[("context/c.yaml", &context("CTX-1"))]);
    history.write(
        "context/c.yaml",
        "id: CTX-1\ndisposed: {on: 2026-02-02, by: ciso, basis: Erased on request}\n",
    );
    history.commit(SECURITY, "2026-02-01", "Dispose of it");
    assert_eq!(history.new_since("HEAD~1"), ["future-dated CTX-1"]);
    history.commit_on(
        &[history.repository.revparse_single("HEAD~1").unwrap().id()],
        SECURITY,
        "2026-02-02",
        "Dispose of it",
    );
    assert_eq!(history.new_since("HEAD~1"), [""; 0]);
}
