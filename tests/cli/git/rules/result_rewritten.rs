//! `result-rewritten`.

use super::{of_change, of_edit, told, with};
use crate::git::repository::{History, SECURITY, TECHNOLOGY};

const RULE: &str = "result-rewritten";
const PATH: &str = "results/r.yaml";
const RESULT: &str = "id: RES-1\nkpi: KPI-1\nperiod: 2026-03\ndate: 2026-04-02\nperformed_by: ciso\n\
                      value: 93\noutcome: fail\nnotes: As exported\n";
/// The same without an id.
const UNNAMED: &str = "- {kpi: KPI-1, period: 2026-02, date: 2026-03-03, value: 91}\n\
                       - {kpi: KPI-1, period: 2026-03, date: 2026-04-02, value: 93, method: manual}\n";

fn edit(from: &str, to: &str) -> Vec<String> {
    of_edit(RULE, PATH, RESULT, from, to)
}

fn unnamed(from: &str, to: &str) -> Vec<String> {
    of_edit(RULE, PATH, UNNAMED, from, to)
}

#[test]
fn figures_dates_subject_and_performer_stay() {
    for (from, to, message) in [
        (
            "value: 93",
            "value: 97",
            "the value of this result was 93 and is now 97",
        ),
        (
            "value: 93\n",
            "",
            "the value of this result was 93 and is now gone",
        ),
        (
            "value: 93",
            "value: 93\nnumerator: 93",
            "the numerator of this result was not given and is now 93",
        ),
        (
            "outcome: fail",
            "outcome: pass",
            "the outcome of this result was `fail` and is now `pass`",
        ),
        (
            "date: 2026-04-02",
            "date: 2026-04-01",
            "the date of this result was 2026-04-02 and is now 2026-04-01",
        ),
        (
            "period: 2026-03",
            "period: 2026-04",
            "the period of this result was 2026-03 and is now 2026-04",
        ),
        (
            "kpi: KPI-1",
            "kpi: KPI-2",
            "the KPI of this result was `KPI-1` and is now `KPI-2`",
        ),
        (
            "kpi: KPI-1",
            "kpi: KPI-1\nactivity: ACT-1",
            "the activity of this result was not given and is now `ACT-1`",
        ),
        (
            "performed_by: ciso",
            "performed_by: cto",
            "the performer of this result was `ciso` and is now `cto`",
        ),
    ] {
        assert_eq!(edit(from, to), [message], "{to}");
    }
}

#[test]
fn what_was_done_about_it_may_be_added_and_spelling_means_nothing() {
    for (from, to) in [
        ("notes: As exported", "notes: As exported and checked"),
        (
            "outcome: fail",
            "outcome: fail\nevidence: [{url: 'https://example.org/1'}]",
        ),
        ("outcome: fail", "outcome: fail\nfindings: [FND-1]"),
        (
            "outcome: fail",
            "outcome: fail\nhandled: {by: ciso, on: 2026-04-03, note: Looked at}",
        ),
        (
            "outcome: fail",
            "outcome: fail\ndistributed: {to: Board, on: 2026-04-03}",
        ),
        ("outcome: fail", "outcome: fail\nmethod: manual"),
        ("outcome: fail", "outcome: fail\nsupersedes: RES-0"),
        ("value: 93", "value: 93.0"),
        ("value: 93", "value: '93'"),
        ("date: 2026-04-02", "date: '2026-04-02' # the day after"),
        (
            "kpi: KPI-1\nperiod: 2026-03\n",
            "period: 2026-03\nkpi: KPI-1\n",
        ),
    ] {
        assert_eq!(edit(from, to), [""; 0], "{to}");
    }
    let time = RESULT.replace("value: 93", "value: 30 days");
    assert_eq!(of_edit(RULE, PATH, &time, "30 days", "30d"), [""; 0]);
    assert_eq!(of_edit(RULE, PATH, &time, "30 days", "31d").len(), 1);
}

#[test]
fn a_correction_is_another_result() {
    let both = format!(
        "- {}- {{id: RES-2, kpi: KPI-1, period: 2026-03, date: 2026-04-09, value: 97, supersedes: RES-1}}\n",
        RESULT.trim_end().replace('\n', "\n  ") + "\n"
    );
    assert_eq!(of_change(RULE, PATH, RESULT, &both), [""; 0]);
    // What it corrects stays.
    let other = with(&both, "supersedes: RES-1", "supersedes: RES-0");
    assert_eq!(
        of_change(RULE, PATH, &both, &other),
        ["the result in `supersedes` of this result was `RES-1` and is now `RES-0`"]
    );
}

#[test]
fn a_result_without_an_id_is_known_again() {
    for (from, to, message) in [
        (
            "value: 93",
            "value: 97",
            "the value of this result was 93 and is now 97",
        ),
        (
            "date: 2026-04-02",
            "date: 2026-03-31",
            "the date of this result was 2026-04-02 and is now 2026-03-31",
        ),
        (
            "period: 2026-03",
            "period: 2026-04",
            "the period of this result was 2026-03 and is now 2026-04",
        ),
        (
            "{kpi: KPI-1, period: 2026-03",
            "{kpi: KPI-2, period: 2026-03",
            "the KPI of this result was `KPI-1` and is now `KPI-2`",
        ),
        (
            "{kpi: KPI-1, period: 2026-03",
            "{id: RES-3, kpi: KPI-1, period: 2026-04",
            "the period of this result was 2026-03 and is now 2026-04",
        ),
    ] {
        assert_eq!(unnamed(from, to), [message], "{to}");
    }
    // Nothing of it is left but its place.
    let found = unnamed(
        "kpi: KPI-1, period: 2026-03, date: 2026-04-02, value: 93",
        "kpi: KPI-2, period: 2026-05, date: 2026-06-02, value: 99",
    );
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn an_id_may_be_written_into_a_result_that_had_none() {
    assert_eq!(
        unnamed(
            "{kpi: KPI-1, period: 2026-03",
            "{id: RES-3, kpi: KPI-1, period: 2026-03"
        ),
        [""; 0]
    );
    // Two that were entered on one day are told apart in this way.
    let twins = "- {kpi: KPI-1, date: 2026-03-03, value: 91}\n- {kpi: KPI-1, date: 2026-03-03, value: 95}\n";
    let named = with(
        twins,
        "{kpi: KPI-1, date: 2026-03-03, value: 91}",
        "{id: A, kpi: KPI-1, date: 2026-03-03, value: 91}",
    );
    assert_eq!(of_change(RULE, PATH, twins, &named), [""; 0]);
    let lines: Vec<&str> = twins.lines().rev().collect();
    assert_eq!(
        of_change(RULE, PATH, twins, &(lines.join("\n") + "\n")),
        [""; 0]
    );
}

#[test]
fn a_result_with_another_id_is_another_result() {
    // That the first is gone is for another rule.
    let other = with(RESULT, "id: RES-1", "id: RES-2");
    let other = with(&other, "value: 93", "value: 97");
    assert_eq!(of_change(RULE, PATH, RESULT, &other), [""; 0]);
    let unnamed = with(RESULT, "id: RES-1\n", "");
    assert_eq!(of_change(RULE, PATH, RESULT, &unnamed), [""; 0]);
    let rewritten = with(&unnamed, "value: 93", "value: 97");
    assert_eq!(of_change(RULE, PATH, RESULT, &rewritten).len(), 1);
}

#[test]
fn new_results_and_moves_are_no_change() {
    let history = History::of(&[(PATH, UNNAMED)]);
    let lines: Vec<&str> = UNNAMED.lines().collect();
    history.remove(PATH);
    history.write("results/2026/march.yaml", &format!("{}\n", lines[1]));
    history.write(
        "results/2026/february.yaml",
        &format!(
            "{}\n- {{kpi: KPI-1, period: 2026-01, date: 2026-02-03, value: 91}}\n",
            lines[0]
        ),
    );
    history.commit(SECURITY, "2026-06-15", "Sort by month");
    assert_eq!(told(&history, "HEAD~1", RULE), [""; 0]);
}

#[test]
fn the_commit_is_named_even_if_a_later_one_mends_it() {
    let history = History::of(&[(PATH, RESULT)]);
    history.replace(PATH, "value: 93", "value: 97");
    history.commit(TECHNOLOGY, "2026-06-15", "Make it look better");
    history.replace(PATH, "value: 97", "value: 93");
    history.commit(SECURITY, "2026-06-16", "Put it back");
    assert_eq!(
        told(&history, "HEAD~2", RULE),
        ["Make it look better: the value of this result was 93 and is now 97"]
    );
    // Who looks at the repair alone sees a figure on record that changed.
    assert_eq!(
        told(&history, "HEAD~1", RULE),
        ["Put it back: the value of this result was 97 and is now 93"]
    );
    let screen = history.run("check --base HEAD~2").out;
    assert!(screen.contains("Make it look better"), "{screen}");
    assert!(
        screen.contains("add a result that `supersedes: RES-1`"),
        "{screen}"
    );
}

#[test]
fn what_is_not_committed_is_judged_as_well() {
    let history = History::of(&[(PATH, RESULT)]);
    history.replace(PATH, "value: 93", "value: 97");
    assert_eq!(
        told(&history, "HEAD", RULE),
        ["not committed: the value of this result was 93 and is now 97"]
    );
    history.replace(PATH, "value: 97", "value: 93");
    history.write(
        "results/new.yaml",
        "{kpi: KPI-1, period: 2026-04, date: 2026-05-04, value: 90}\n",
    );
    assert_eq!(told(&history, "HEAD", RULE), [""; 0]);
    history.replace("results/new.yaml", "90", "92");
    assert_eq!(told(&history, "HEAD", RULE), [""; 0]);
}

#[test]
fn a_file_that_could_not_be_read_in_between_hides_nothing() {
    for broken in [
        "id: RES-1\nvalue: [\n",
        "id: RES-1\n<<<<<<< ours\nvalue: 93\n",
    ] {
        let history = History::of(&[(PATH, RESULT)]);
        history.write(PATH, broken);
        history.commit(SECURITY, "2026-06-15", "Break it");
        history.write(PATH, &with(RESULT, "value: 93", "value: 97"));
        history.commit(SECURITY, "2026-06-16", "Mend it");
        assert_eq!(
            told(&history, "HEAD~2", RULE),
            ["Mend it: the value of this result was 93 and is now 97"]
        );
    }
}

#[test]
fn a_record_that_did_not_fit_in_between_hides_nothing() {
    for text in [RESULT, UNNAMED] {
        let history = History::of(&[(PATH, text)]);
        history.write(PATH, &with(text, "value: 93", "vlaue: 93"));
        history.commit(SECURITY, "2026-06-15", "Misspell it");
        history.write(PATH, &with(text, "value: 93", "value: 97"));
        history.commit(SECURITY, "2026-06-16", "Spell it");
        assert_eq!(
            told(&history, "HEAD~2", RULE),
            [
                "Misspell it: the value of this result was 93 and is now gone",
                "Spell it: the value of this result was not given and is now 97",
            ]
        );
    }
}

#[test]
fn what_was_lawfully_disposed_of_was_not_rewritten() {
    let stub = "id: RES-1\ndisposed: {on: 2026-06-15, by: ciso, basis: Kept for a month}\n";
    assert_eq!(of_change(RULE, PATH, RESULT, stub), [""; 0]);
}

#[test]
fn the_base_decides_whether_a_result_is_excused() {
    let excused =
        format!("{RESULT}ignore: [{{rule: {RULE}, reason: Typed wrongly, until: 2026-12-31}}]\n");
    assert_eq!(
        of_edit(RULE, PATH, &excused, "value: 93", "value: 97"),
        [""; 0]
    );
    assert_eq!(
        of_change(
            RULE,
            PATH,
            RESULT,
            &with(&excused, "value: 93", "value: 97")
        )
        .len(),
        1
    );
}
