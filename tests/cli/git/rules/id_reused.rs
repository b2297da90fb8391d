//! `id-reused`: an id names one record for ever.

use super::records::{context, risk};
use crate::git::repository::{CONFIG, History, SECURITY, TECHNOLOGY};

const REUSED: &str = "id-reused RISK-1";

fn other() -> String {
    risk("RISK-1").replace("A risk", "Another risk")
}

/// A history in which RISK-1 was taken away before the branch `work` begins.
fn gone() -> History {
    let history = History::of(&[("risks/r.yaml", &risk("RISK-1"))]);
    history.remove("risks/r.yaml");
    history.commit(TECHNOLOGY, "2026-01-03", "Tidy up");
    history.branch("work");
    history
}

#[test]
fn another_record_needs_an_id_of_its_own() {
    let history = gone();
    history.write("risks/new.yaml", &other());
    assert_eq!(history.new_since("main"), [REUSED]);
    history.commit(SECURITY, "2026-02-01", "Enter a risk");
    assert_eq!(history.new_since("main"), [REUSED]);
    let commit = history
        .repository
        .revparse_single("main")
        .unwrap()
        .id()
        .to_string();
    let run = history.run("check --base main").out;
    let told = format!(
        "the id `RISK-1` was that of another record, which commit {} took away",
        &commit[..7]
    );
    assert!(run.contains(&told), "{run}");
    assert!(run.contains("risks/new.yaml:1:5"), "{run}");
    // Given up again in the same range, it is no matter.
    history.write("risks/new.yaml", &other().replace("RISK-1", "RISK-2"));
    history.commit(SECURITY, "2026-02-02", "Give it an id of its own");
    let found = history.new_since("main");
    assert_eq!(found, ["deleted-before-retention RISK-1"]);
}

#[test]
fn one_that_comes_back_as_it_was_is_the_same() {
    let history = gone();
    let turned = risk("RISK-1").replace("id: RISK-1\n", "") + "id: RISK-1\n";
    history.write("risks/elsewhere.yaml", &turned);
    assert_eq!(history.new_since("main"), [""; 0]);
    history.commit(SECURITY, "2026-02-01", "Bring it back");
    history.replace("risks/elsewhere.yaml", "A risk", "Another risk");
    history.commit(SECURITY, "2026-02-02", "Change it");
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn what_went_within_the_range_counts_and_so_does_another_kind() {
    let history = History::of(&[
        ("risks/r.yaml", &risk("RISK-1")),
        ("risks/s.yaml", &risk("RISK-2")),
    ]);
    history.branch("work");
    history.remove("risks/r.yaml");
    history.commit(SECURITY, "2026-02-01", "Tidy up");
    history.write("context/c.yaml", &context("RISK-1"));
    history.commit(SECURITY, "2026-02-02", "Enter an issue");
    let found = history.new_since("main");
    assert_eq!(found, [REUSED, "deleted-before-retention RISK-1"]);
}

#[test]
fn a_file_that_moves_takes_its_ids_with_it() {
    let history = History::of(&[("risks/r.yaml", &risk("RISK-1"))]);
    history
        .remove("risks/r.yaml")
        .write("risks/a/b.yaml", &other());
    history.commit(SECURITY, "2026-01-05", "Move and rename it");
    history.branch("work");
    history
        .remove("risks/a/b.yaml")
        .write("risks/c.yaml", &risk("RISK-1"));
    history.commit(SECURITY, "2026-02-01", "Move it back");
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn what_was_disposed_of_keeps_its_id() {
    let stub = "id: RISK-1\ndisposed: {on: 2026-01-03, by: ciso, basis: Erased on request}\n";
    // Whether the record itself was ever committed, or the stub came from elsewhere.
    for beginning in [&*risk("RISK-1"), stub] {
        let history = History::of(&[("risks/r.yaml", beginning)]);
        history.write("risks/r.yaml", stub);
        history.commit(SECURITY, "2026-01-03", "Dispose of it");
        history.branch("work");
        history.write("risks/r.yaml", &other());
        history.commit(SECURITY, "2026-02-01", "Enter a risk");
        assert_eq!(history.new_since("main"), [REUSED]);
    }
    let history = History::of(&[("risks/r.yaml", &risk("RISK-1"))]);
    history.write("risks/r.yaml", stub);
    history.commit(SECURITY, "2026-01-03", "Dispose of it");
    history.branch("work");
    history.write("risks/r.yaml", &risk("RISK-1"));
    assert_eq!(
        history.new_since("main"),
        [""; 0],
        "a disposal that is undone"
    );
}

#[test]
fn all_lines_of_history_count() {
    let history = History::of(&[("context/c.yaml", &context("CTX-1"))]);
    history.branch("side");
    history.write("risks/r.yaml", &risk("RISK-1"));
    history.commit(SECURITY, "2026-01-03", "Enter a risk");
    history.remove("risks/r.yaml");
    let side = history.commit(SECURITY, "2026-01-04", "Take it away");
    history.check_out("main");
    history.write("context/d.yaml", &context("CTX-2"));
    let main = history.commit(SECURITY, "2026-01-05", "Go on");
    history.commit_on(&[main, side], SECURITY, "2026-01-06", "Merge");
    history.branch("work");
    history.write("risks/new.yaml", &other());
    assert_eq!(history.new_since("main"), [REUSED]);
}

#[test]
fn a_row_that_returns_is_the_same_thing() {
    let head = "id,opened\n";
    let asset = "laptop-1,2025-01-01\n";
    for (register, returning, is_reused) in [
        ("", "laptop-1,2026-02-01\n", false),
        ("[registers.assets]\nopened = \"opened\"\n", asset, false),
        (
            "[registers.assets]\nopened = \"opened\"\n",
            "laptop-1,2026-02-01\n",
            true,
        ),
    ] {
        let history = History::new();
        history.write("isms.toml", &format!("{CONFIG}{register}"));
        history.write("registers/assets.csv", &format!("{head}{asset}"));
        history.commit(SECURITY, "2026-01-02", "Begin");
        history.write("registers/assets.csv", head);
        history.commit(SECURITY, "2026-01-03", "Sold");
        history.branch("work");
        history.write("registers/assets.csv", &format!("{head}{returning}"));
        history.commit(SECURITY, "2026-02-01", "Back");
        let found = history.new_since("main");
        assert_eq!(
            found == ["id-reused assets/laptop-1"],
            is_reused,
            "{found:?}"
        );
        assert_eq!(found.is_empty(), !is_reused, "{found:?}");
    }
}
