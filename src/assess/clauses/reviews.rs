//! Clause 9.3: management reviews at planned intervals, their inputs and their results.

use super::{Ground, Sheet};
use crate::assess::Seen;
use crate::assess::kpi::{NoFigure, Verdict};
use crate::assess::obligations::ObligationKind;
use crate::assess::reviews::{InputState, Material, asked, is_full, sign_days};
use crate::records::Kind;
use crate::records::config::InputName;
use crate::records::context::{Context, ContextType};
use crate::records::objective::Objective;
use crate::records::review::{DecisionKind, Review};
use crate::records::risk::Risk;
use chrono::NaiveDate;

/// A review that was held, and the day.
type Held<'v> = (Seen<'v>, &'v Review, NaiveDate);

pub(super) fn write(ground: &Ground<'_>, sheets: &mut Vec<Sheet>) {
    let reviews = ground.view.typed::<Review>(Kind::Review);
    let mut held: Vec<Held<'_>> = reviews
        .filter_map(|(seen, review)| Some((seen, review, review.held?.0)))
        .collect();
    held.sort_by_key(|(seen, _, day)| (*day, seen.id()));
    sheets.push(intervals(ground, &held));
    let material = Material::of(ground.view.snapshot());
    for (name, clause, asks) in INPUTS {
        let mut sheet = ground.sheet(clause, asks);
        input(ground, &held, name, &material, &mut sheet);
        material_of(ground, name, &mut sheet);
        sheets.push(sheet);
    }
    sheets.push(results(ground, &held));
}

const INPUTS: [(InputName, &str, &str); 10] = [
    (
        InputName::A,
        "9.3.2 a",
        "reviews consider what became of the actions of earlier reviews",
    ),
    (
        InputName::B,
        "9.3.2 b",
        "reviews consider changes in external and internal issues",
    ),
    (
        InputName::C,
        "9.3.2 c",
        "reviews consider changes in what interested parties need",
    ),
    (
        InputName::D1,
        "9.3.2 d1",
        "reviews consider nonconformities and corrective actions",
    ),
    (
        InputName::D2,
        "9.3.2 d2",
        "reviews consider what was monitored and measured",
    ),
    (
        InputName::D3,
        "9.3.2 d3",
        "reviews consider the results of audits",
    ),
    (
        InputName::D4,
        "9.3.2 d4",
        "reviews consider whether objectives are achieved",
    ),
    (
        InputName::E,
        "9.3.2 e",
        "reviews consider feedback of interested parties",
    ),
    (
        InputName::F,
        "9.3.2 f",
        "reviews consider risk assessments and the state of treatment",
    ),
    (
        InputName::G,
        "9.3.2 g",
        "reviews consider opportunities for improvement",
    ),
];

fn intervals(ground: &Ground<'_>, held: &[Held<'_>]) -> Sheet {
    let mut sheet = ground.sheet(
        "9.3.1",
        "top management reviews the system at planned intervals: is it suitable, adequate and effective",
    );
    for (seen, _, day) in held.iter().filter(|(_, _, day)| ground.is_recent(*day)) {
        sheet.proof(seen.id(), "held", Some(*day));
    }
    for obligation in ground.overdue(&[ObligationKind::ManagementReview]) {
        let subject = &obligation.subject;
        let of = match (obligation.period, &obligation.r#for) {
            (Some(period), _) => format!(" for {period}"),
            (None, Some(record)) => format!(" for {record}"),
            (None, None) => String::new(),
        };
        sheet.gap_of(
            subject,
            format!(
                "the review {subject}{of} was not held, due on {}",
                obligation.due
            ),
        );
    }
    let mut full = held
        .iter()
        .filter(|(_, review, _)| is_full(ground.view.config(), review));
    if let Some((seen, review, _)) = full.next_back()
        && review.conclusion.is_none()
    {
        sheet.gap_of(seen.id(), format!("{} came to no conclusion", seen.id()));
    }
    if sheet.is_unproved() {
        sheet.gap(match held.last() {
            Some((_, _, day)) => format!("no management review has been held since {day}"),
            None => "no management review has been held so far".to_owned(),
        });
    }
    sheet
}

/// The reviews of the last year that had the input on their table.
fn input(
    ground: &Ground<'_>,
    held: &[Held<'_>],
    name: InputName,
    material: &Material,
    sheet: &mut Sheet,
) {
    let config = ground.view.config();
    let asking = || {
        held.iter()
            .filter(|(_, review, _)| asked(config, review).contains(&name))
    };
    let mut last = None;
    for (seen, review, day) in asking() {
        let state = material.input(review, name);
        if state != InputState::Missing {
            last = Some(*day);
        }
        if !ground.is_recent(*day) {
            continue;
        }
        let id = seen.id();
        match state {
            InputState::Noted => sheet.proof(id, "noted in the minutes", Some(*day)),
            InputState::Computed => sheet.proof(id, "computed from the records", Some(*day)),
            InputState::Missing => sheet.gap_of(
                id,
                format!("{id} of {day} did not consider {}", name.about()),
            ),
        }
    }
    if sheet.is_empty() {
        sheet.gap(match last {
            Some(day) => format!("no review has considered {} since {day}", name.about()),
            None => format!("no review has considered {} so far", name.about()),
        });
    }
}

/// What the records lack that the next review would look for.
fn material_of(ground: &Ground<'_>, name: InputName, sheet: &mut Sheet) {
    match name {
        InputName::B => fresh(
            ground,
            &[ContextType::ExternalIssue, ContextType::InternalIssue],
            "issue",
            sheet,
        ),
        InputName::C => fresh(
            ground,
            &[ContextType::PartyNeed],
            "need of an interested party",
            sheet,
        ),
        InputName::E => fresh(ground, &[ContextType::Feedback], "feedback", sheet),
        InputName::D2 => figures(ground, sheet),
        InputName::D4 => objectives(ground, sheet),
        InputName::F => assessments(ground, sheet),
        InputName::A | InputName::D1 | InputName::D3 | InputName::G => {}
    }
}

/// Whether something of these types was recorded within the last year.
fn fresh(ground: &Ground<'_>, wanted: &[ContextType], word: &str, sheet: &mut Sheet) {
    let records = ground.view.typed::<Context>(Kind::Context);
    let latest = records
        .filter(|(_, it)| wanted.contains(&it.r#type))
        .map(|(_, it)| it.date.0)
        .max();
    match latest {
        Some(day) if ground.is_recent(day) => {}
        Some(day) => sheet.gap(format!("no {word} recorded since {day}")),
        None => sheet.gap(format!("no {word} recorded")),
    }
}

/// KPIs that should have a figure and have none.
fn figures(ground: &Ground<'_>, sheet: &mut Sheet) {
    for series in ground.series {
        let Some(point) = series.current() else {
            continue;
        };
        let excused = matches!(point.reason, None | Some(NoFigure::NothingToMeasure));
        if point.verdict == Some(Verdict::NoData) && !excused {
            sheet.gap_of(
                &series.id,
                format!("{} has no figure for {}", series.id, point.period),
            );
        }
    }
}

/// An objective is achieved when all its KPIs are met, and has no data when one of them has none.
fn objectives(ground: &Ground<'_>, sheet: &mut Sheet) {
    let verdict = |id: &str| {
        let series = ground.series.iter().find(|series| series.id == id)?;
        series.current()?.verdict
    };
    for (seen, objective) in ground.view.typed::<Objective>(Kind::Objective) {
        if objective.until.is_some_and(|until| until.0 < ground.day()) {
            continue;
        }
        let id = seen.id();
        let is_unknown = |kpi: &str| {
            matches!(
                verdict(kpi),
                None | Some(Verdict::NoData | Verdict::Pending)
            )
        };
        let unknown: Vec<&str> = objective
            .kpis
            .iter()
            .map(|kpi| &**kpi)
            .filter(|kpi| is_unknown(kpi))
            .collect();
        if !unknown.is_empty() {
            sheet.gap_of(
                id,
                format!("{id} has no data, for want of {}", unknown.join(", ")),
            );
        } else if objective
            .kpis
            .iter()
            .all(|kpi| verdict(kpi) == Some(Verdict::Met))
        {
            sheet.proof(id, "achieved", Some(ground.day()));
        } else {
            sheet.proof(id, "not achieved", Some(ground.day()));
        }
    }
}

/// Whether a risk was assessed or identified within the last year.
fn assessments(ground: &Ground<'_>, sheet: &mut Sheet) {
    let risks = ground.view.typed::<Risk>(Kind::Risk);
    let days = risks.flat_map(|(_, risk)| {
        let assessed = risk.assessments.iter().map(|assessment| assessment.date.0);
        let reviewed = risk.review_log.iter().map(|entry| entry.date.0);
        assessed.chain(reviewed).chain([risk.identified.0])
    });
    match days.max() {
        Some(day) if ground.is_recent(day) => {}
        Some(day) => sheet.gap(format!("no risk has been assessed since {day}")),
        None => sheet.gap("no risk is recorded"),
    }
}

/// Decisions, what carries them out, and the sign-off, of the last year.
fn results(ground: &Ground<'_>, held: &[Held<'_>]) -> Sheet {
    let mut sheet = ground.sheet(
        "9.3.3",
        "results are decisions on improvement and change, and they are documented",
    );
    for (seen, review, day) in held.iter().filter(|(_, _, day)| ground.is_recent(*day)) {
        let id = seen.id();
        let Some(signed) = &review.signed_off else {
            if (ground.day() - *day).num_days() > sign_days(ground.view.config(), review) {
                sheet.gap_of(
                    id,
                    format!("the minutes of {id}, held on {day}, are not signed off"),
                );
            }
            continue;
        };
        match review.decisions.len() {
            0 => sheet.gap_of(id, format!("{id} is signed off without decisions")),
            1 => sheet.proof(id, "1 decision, signed off", Some(signed.on.0)),
            count => sheet.proof(
                id,
                format_args!("{count} decisions, signed off"),
                Some(signed.on.0),
            ),
        }
        for (index, decision) in review.decisions.iter().enumerate() {
            if decision.kind != DecisionKind::Objective && decision.action.is_none() {
                sheet.gap_of(
                    id,
                    format!("decision {} of {id} names no action", index + 1),
                );
            }
        }
    }
    if sheet.is_unproved() {
        sheet.gap("no signed minutes with decisions within the last year");
    }
    sheet
}
