//! `target-weakened`: the commit that changes something is of 15 June 2026, the programme began with the year.

use super::{of_change, of_edit, told, with};
use crate::git::repository::{History, SECURITY};

const RULE: &str = "target-weakened";
const PATH: &str = "kpis/k.yaml";
const KPI: &str = "id: KPI-1\ntitle: Figure\narea: work\nowner: ciso\nunit: percent\ncadence: monthly\n\
                   measure: recorded\ntarget: \">= 95%\"\nnear: \">= 90%\"\n";

fn edit(from: &str, to: &str) -> Vec<String> {
    of_edit(RULE, PATH, KPI, from, to)
}

fn target(to: &str) -> Vec<String> {
    edit("target: \">= 95%\"", &format!("target: {to}"))
}

#[test]
fn a_target_that_becomes_easier_in_place_is_an_offence() {
    assert_eq!(
        target("\">= 90%\""),
        ["the target was ≥ 95 % and now it is ≥ 90 %, also for what was measured before"]
    );
    assert_eq!(target("\"> 90%\"").len(), 1);
    assert_eq!(
        edit("target: \">= 95%\"\n", ""),
        ["the target was ≥ 95 % and now there is none, also for what was measured before"]
    );
    // From the past on, or without what was asked for until then.
    assert_eq!(
        target("[{target: '>= 95%'}, {from: 2026-04-01, target: '>= 90%'}]"),
        [
            "the target from 2026-04-01 on was ≥ 95 % and now it is ≥ 90 %, also for what was measured before"
        ]
    );
    assert_eq!(
        target("[{from: 2026-07-01, target: '>= 90%'}]"),
        ["the target was ≥ 95 % and now there is none, also for what was measured before"]
    );
}

#[test]
fn harder_targets_and_spellings_are_in_order() {
    for to in [
        "\">= 97%\"",
        "100%",
        "\"≥ 95 %\"",
        "[{target: '>= 95%'}]",
        "increasing over 3 periods",
        "[{from: 2026-01-01, target: '>= 95%'}]",
    ] {
        assert_eq!(target(to), [""; 0], "{to}");
    }
    assert_eq!(edit("cadence: monthly", "cadence: quarterly"), [""; 0]);
    assert_eq!(
        edit("measure: recorded", "measure: {recorded: last}"),
        [""; 0]
    );
}

#[test]
fn a_dated_entry_is_the_proper_way() {
    for from in ["2026-06-15", "2026-07-01", "2026-06-01"] {
        let list = format!("[{{target: '>= 95%'}}, {{from: {from}, target: '>= 90%'}}]");
        assert_eq!(target(&list), [""; 0], "{from}");
    }
    // May had ended.
    assert_eq!(
        target("[{target: '>= 95%'}, {from: 2026-05-31, target: '>= 90%'}]").len(),
        1
    );
}

#[test]
fn entries_of_the_past_stay_and_those_to_come_may_change() {
    let list = with(
        KPI,
        "\">= 95%\"",
        "[{from: 2026-01-01, target: '>= 90%'}, {from: 2026-04-01, target: '>= 95%'}, {from: 2026-10-01, target: '>= 98%'}]",
    );
    let edit = |from: &str, to: &str| of_edit(RULE, PATH, &list, from, to);
    assert_eq!(
        edit("'>= 95%'", "'>= 92%'"),
        [
            "the target from 2026-04-01 on was ≥ 95 % and now it is ≥ 92 %, also for what was measured before"
        ]
    );
    assert_eq!(edit(", {from: 2026-04-01, target: '>= 95%'}", "").len(), 1);
    assert_eq!(edit("from: 2026-04-01", "from: 2026-06-01").len(), 1);
    assert_eq!(edit("from: 2026-10-01", "from: 2027-01-01"), [""; 0]);
    assert_eq!(edit(", {from: 2026-10-01, target: '>= 98%'}", ""), [""; 0]);
    assert_eq!(
        edit(
            "{from: 2026-10-01",
            "{from: 2026-08-01, target: '>= 80%'}, {from: 2026-10-01"
        ),
        [""; 0]
    );
}

#[test]
fn other_forms_of_targets_are_compared_by_what_they_let_through() {
    let of = |unit: &str, from: &str, to: &str| {
        let base = "id: KPI-1\ntitle: Figure\narea: work\nowner: ciso\ncadence: monthly\nmeasure: recorded\n";
        let text = |target: &str| {
            format!("{base}unit: {unit}\ndirection: lower-is-better\ntarget: {target}\n")
        };
        of_change(RULE, PATH, &text(from), &text(to)).len()
    };
    assert_eq!(of("h", "\"<= 4h\"", "\"<= 1d\""), 1);
    assert_eq!(of("h", "\"<= 24h\"", "\"<= 1d\""), 0);
    assert_eq!(of("h", "\"<= 1d\"", "\"<= 4h\""), 0);
    assert_eq!(of("count", "0", "\"<= 2\""), 1);
    assert_eq!(of("count", "\"= 5\"", "\"= 7\""), 1);
    assert_eq!(of("count", "\"= 5\"", "\"= 4\""), 0);
    assert_eq!(of("count", "0 for 3 periods", "0 for 2 periods"), 1);
    assert_eq!(of("count", "0 for 3 periods", "0 for 4 periods"), 0);
    assert_eq!(
        of(
            "count",
            "decreasing over 4 periods",
            "not increasing over 4 periods"
        ),
        1
    );
    assert_eq!(
        of(
            "count",
            "not increasing over 4 periods",
            "decreasing over 4 periods"
        ),
        0
    );
    assert_eq!(of("percent", "every month", "every quarter"), 1);
}

#[test]
fn near_is_widened_with_a_dated_target_only() {
    assert_eq!(
        edit("near: \">= 90%\"", "near: \">= 80%\""),
        ["`near` was ≥ 90 % and now it is ≥ 80 %, also for what was measured before"]
    );
    let without = with(KPI, "near: \">= 90%\"\n", "");
    assert_eq!(
        of_change(RULE, PATH, &without, KPI),
        ["`near` is now ≥ 90 %, also for what was measured and missed before"]
    );
    assert_eq!(of_change(RULE, PATH, KPI, &without), [""; 0]);
    assert_eq!(edit("near: \">= 90%\"", "near: \">= 92%\""), [""; 0]);
    let dated = |from: &str| {
        let list = format!("[{{target: '>= 95%'}}, {{from: {from}, target: '>= 90%'}}]");
        let text = with(KPI, "\">= 95%\"", &list);
        of_change(
            RULE,
            PATH,
            KPI,
            &with(&text, "near: \">= 90%\"", "near: \">= 80%\""),
        )
    };
    assert_eq!(dated("2026-07-01"), [""; 0]);
    // Both in retrospect.
    assert_eq!(dated("2026-02-01").len(), 2);
}

#[test]
fn what_has_not_begun_may_be_planned_anew() {
    let coming = format!("{KPI}since: 2026-07-01\n");
    assert_eq!(
        of_edit(RULE, PATH, &coming, "\">= 95%\"", "\">= 90%\""),
        [""; 0]
    );
    let none = with(KPI, "target: \">= 95%\"\nnear: \">= 90%\"\n", "");
    assert_eq!(of_change(RULE, PATH, &none, KPI), [""; 0]);
}

#[test]
fn deviations_cover_what_was_approved() {
    let text = format!(
        "{KPI}deviations:\n  - {{target: '>= 85%', on: 2026-05-01, until: 2026-07-31, approved_by: ciso, reason: Move}}\n"
    );
    let edit = |from: &str, to: &str| of_edit(RULE, PATH, &text, from, to);
    assert_eq!(
        edit("until: 2026-07-31", "until: 2026-12-31"),
        [
            "the deviation approved by `ciso` on 2026-05-01 ended on 2026-07-31 and now ends on 2026-12-31"
        ]
    );
    assert_eq!(
        edit("'>= 85%'", "'>= 70%'"),
        ["the deviation approved by `ciso` on 2026-05-01 was to ≥ 85 % and is now to ≥ 70 %"]
    );
    assert_eq!(edit("until: 2026-07-31", "until: 2026-06-30"), [""; 0]);
    assert_eq!(of_change(RULE, PATH, KPI, &text), [""; 0]);
}

#[test]
fn a_mistake_elsewhere_in_the_record_hides_nothing() {
    let history = History::of(&[(PATH, KPI)]);
    history.replace(PATH, "title: Figure", "titel: Figure");
    history.replace(PATH, "\">= 95%\"", "\">= 90%\"");
    history.commit(SECURITY, "2026-06-15", "Misspell");
    history.replace(PATH, "titel: Figure", "title: Figure");
    history.commit(SECURITY, "2026-06-16", "Spell");
    assert_eq!(
        told(&history, "HEAD~2", RULE),
        ["Misspell: the target was ≥ 95 % and now it is ≥ 90 %, also for what was measured before"]
    );
}
