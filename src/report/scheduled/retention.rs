//! `retention`: how long records are kept by which rule, what may be disposed of, and what was (clause 7.5.3).

use super::{Cell, Report, Section};
use crate::assess::retention::{KeptState, Retention, retention};
use crate::report::basis::counted;
use chrono::NaiveDate;

/// Records that may go within this time are listed beforehand.
const AHEAD: chrono::Days = chrono::Days::new(90);

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    let kept = retention(report.basis.view);
    let mut sections = vec![rules(report, &kept), disposal(report, &kept)];
    sections.extend(disposed(report));
    sections
}

/// What was disposed of since the period began, in the order of days, so that none falls between two reports; no section
/// where no record ever was.
fn disposed(report: &Report<'_>) -> Option<Section> {
    let stubs = report.basis.view.snapshot().stubs();
    if stubs.len() == 0 {
        return None;
    }
    let mut gone: Vec<_> = stubs
        .map(|stub| (stub.disposal().on.0, stub))
        .filter(|(day, _)| report.from <= *day && *day <= report.basis.as_of())
        .collect();
    gone.sort_by_key(|(day, stub)| (*day, stub.id()));
    let rows = gone.into_iter().map(|(day, stub)| {
        [
            Cell::text(stub.id()),
            Cell::text(stub.title()),
            Cell::text(stub.kind().plural()),
            Cell::Day(day),
            Cell::text(&*stub.disposal().by),
            Cell::text(&*stub.disposal().basis),
        ]
    });
    let section = Section::new(
        "disposed",
        "Disposed of since the period began",
        &[
            ("record", "Record"),
            ("title", "What"),
            ("over", "Records"),
            ("on", "On"),
            ("by", "By"),
            ("basis", "Basis"),
        ],
    );
    Some(section.rows(rows).or("Nothing was disposed of."))
}

/// The rules, and how many records each keeps.
fn rules(report: &Report<'_>, kept: &Retention<'_>) -> Section {
    let view = report.basis.view;
    let rules = view.config().retention.iter().enumerate();
    let rows = rules.map(|(position, rule)| {
        let members = kept.records.iter().filter(|it| it.rule == position);
        let count = |wanted: fn(&KeptState<'_>) -> bool| {
            Cell::count(members.clone().filter(|it| wanted(&it.state)).count())
        };
        [
            Cell::text(&*rule.over),
            Cell::text(rule.r#where.as_deref().unwrap_or_default()),
            Cell::text(&*rule.from),
            Cell::text(rule.keep.to_string()),
            Cell::count(members.clone().count()),
            count(|state| matches!(state, KeptState::Running)),
            count(|state| matches!(state, KeptState::NotStarted)),
            count(|state| matches!(state, KeptState::Over)),
            count(|state| matches!(state, KeptState::Held(_))),
            count(|state| matches!(state, KeptState::Unclear)),
        ]
    });
    let section = Section::new(
        "rules",
        "How long records are kept",
        &[
            ("over", "Records"),
            ("where", "Which"),
            ("from", "From"),
            ("keep", "Keep"),
            ("records", ">Records"),
            ("running", ">Running"),
            ("not_started", ">Not begun"),
            ("over_time", ">May go"),
            ("held", ">Held"),
            ("unclear", ">Unclear"),
        ],
    )
    .rows(rows)
    .or("isms.toml has no rule on retention ([[retention]]).");
    match kept.unclear.len() {
        0 => section,
        count => section.say(format!(
            "Of {} nobody can tell whether a rule keeps them.",
            counted(count, "record")
        )),
    }
}

/// What may go now or soon, the first day first.
fn disposal(report: &Report<'_>, kept: &Retention<'_>) -> Section {
    let view = report.basis.view;
    let horizon = view.day().checked_add_days(AHEAD).unwrap_or(view.day());
    let mut soon: Vec<(NaiveDate, _)> = kept
        .records
        .iter()
        .filter_map(|it| Some((it.disposal()?, it)))
        .filter(|(day, _)| *day <= horizon)
        .collect();
    soon.sort_by_key(|(day, it)| (*day, it.seen.id()));
    let rules = &view.config().retention;
    let rows = soon.into_iter().map(|(day, it)| {
        let rule = rules.get(it.rule);
        let state = match it.state {
            KeptState::Over => Cell::alarm("may go".to_owned()),
            KeptState::Held(by) => Cell::text(format!("held: {by} is open and names it")),
            KeptState::Unclear => Cell::text("unclear: a rule may keep it longer"),
            KeptState::Running | KeptState::NotStarted => Cell::text("kept"),
        };
        [
            Cell::id(it.seen.id()),
            Cell::text(it.seen.title()),
            Cell::text(rule.map_or("", |rule| &rule.over)),
            Cell::day(it.from),
            Cell::text(rule.map_or_else(String::new, |rule| rule.keep.to_string())),
            Cell::Day(day),
            state,
        ]
    });
    Section::new(
        "disposal",
        "To be disposed of, now and in the next 90 days",
        &[
            ("record", "Record"),
            ("title", "What"),
            ("over", "Records"),
            ("from", "Counted from"),
            ("keep", "Keep"),
            ("may_go", "May go from"),
            ("state", "State"),
        ],
    )
    .rows(rows)
    .or("Nothing may go within 90 days.")
}
