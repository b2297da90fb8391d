//! `due-date-moved`.

use super::{of_change, of_edit, told, with};
use crate::git::repository::{History, SECURITY};

const RULE: &str = "due-date-moved";
const PATH: &str = "actions/a.yaml";
const ACTION: &str = "id: ACT-1\ntitle: Action\nowner: cto\ntype: improvement\nsource: RISK-1\n\
                      opened: 2026-01-02\ndue: 2026-05-29\nstatus: open\n";

fn extended(due: &str, extensions: &str) -> String {
    let moved = with(ACTION, "due: 2026-05-29", &format!("due: {due}"));
    format!("{moved}extensions:\n{extensions}")
}

const FIRST: &str =
    "  - {from: 2026-05-29, to: 2026-07-31, by: ciso, on: 2026-05-20, reason: Late}\n";
const SECOND: &str =
    "  - {from: 2026-07-31, to: 2026-08-31, by: ciso, on: 2026-06-10, reason: Later}\n";

#[test]
fn a_later_date_without_an_extension_is_an_offence() {
    assert_eq!(
        of_edit(RULE, PATH, ACTION, "due: 2026-05-29", "due: 2026-07-31"),
        ["the due date was 2026-05-29 and is now 2026-07-31, and no extension says so"]
    );
    // One to another day, and one that was used up.
    assert_eq!(
        of_change(RULE, PATH, ACTION, &extended("2026-08-15", FIRST)).len(),
        1
    );
    let used = extended("2026-07-31", FIRST);
    let again = with(&used, "due: 2026-07-31", "due: 2026-08-31");
    assert_eq!(
        of_change(RULE, PATH, &used, &again),
        ["the due date was 2026-07-31 and is now 2026-08-31, and no extension says so"]
    );
}

#[test]
fn extensions_and_earlier_dates_are_in_order() {
    let once = extended("2026-07-31", FIRST);
    assert_eq!(of_change(RULE, PATH, ACTION, &once), [""; 0]);
    let twice = extended("2026-08-31", &format!("{SECOND}{FIRST}"));
    assert_eq!(of_change(RULE, PATH, ACTION, &twice), [""; 0]);
    assert_eq!(of_change(RULE, PATH, &once, &twice), [""; 0]);
    assert_eq!(
        of_edit(RULE, PATH, ACTION, "due: 2026-05-29", "due: 2026-04-30"),
        [""; 0]
    );
    assert_eq!(
        of_edit(RULE, PATH, ACTION, "due: 2026-05-29", "due: \"2026-05-29\""),
        [""; 0]
    );
}

#[test]
fn the_offence_stays_with_its_commit_though_the_extension_comes_later() {
    let history = History::of(&[(PATH, ACTION)]);
    history.replace(PATH, "due: 2026-05-29", "due: 2026-07-31");
    history.commit(SECURITY, "2026-05-28", "Put it off");
    history.write(PATH, &extended("2026-07-31", FIRST));
    history.commit(SECURITY, "2026-06-01", "Say why");
    assert_eq!(
        told(&history, "HEAD~2", RULE),
        ["Put it off: the due date was 2026-05-29 and is now 2026-07-31, and no extension says so"]
    );
    assert_eq!(told(&history, "HEAD~1", RULE), [""; 0]);
}

#[test]
fn who_agreed_first_and_moved_the_date_afterwards_has_agreed() {
    let agreed = extended("2026-05-29", FIRST);
    let moved = extended("2026-07-31", FIRST);
    assert_eq!(of_change(RULE, PATH, &agreed, &moved), [""; 0]);
}

#[test]
fn the_place_is_told_in_the_files_at_hand_or_in_the_commit() {
    let history = History::of(&[(PATH, ACTION)]);
    history.replace(PATH, "due: 2026-05-29", "due: 2026-07-31");
    let place = |base: &str| {
        let json = history
            .run(&format!("check --base {base} --format json"))
            .json();
        let found = json["diagnostics"].as_array().unwrap().iter();
        let found = found.filter(|one| one["rule"] == RULE);
        let place = |one: &serde_json::Value| {
            format!(
                "{} {}:{} {}",
                one["path"], one["line"], one["column"], one["revision"]
            )
        };
        found.map(place).collect::<Vec<_>>()
    };
    assert_eq!(place("HEAD"), ["\"actions/a.yaml\" 7:6 null"]);
    let commit = history
        .commit(SECURITY, "2026-05-28", "Put it off")
        .to_string();
    history.replace(PATH, "due: 2026-07-31", "due: 2026-05-29");
    history.commit(SECURITY, "2026-05-29", "Put it back");
    let short = &commit[..7];
    assert_eq!(
        place("HEAD~2"),
        [format!("\"actions/a.yaml\" 7:6 \"{short}\"")]
    );
}
