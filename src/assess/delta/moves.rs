//! What became graver or less grave, and what was put off or brought forward.

use super::change::{ChangeKind, Facts, PlanMove, Rated, Reassessment};
use super::version::Version;
use crate::assess::risk::assessments;
use crate::records::Kind;
use crate::records::action::{Action, Extension};
use crate::records::finding::{Finding, FindingType};
use crate::records::incident::Incident;
use std::cmp::Ordering;

/// The planned days of a kind, as paths.
fn plans(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Action | Kind::Objective => &["due"],
        Kind::Risk => &["treatment.due", "review.next"],
        Kind::Policy | Kind::Control => &["review.next"],
        Kind::Audit | Kind::Review => &["planned"],
        Kind::Context
        | Kind::Kpi
        | Kind::Activity
        | Kind::Result
        | Kind::Incident
        | Kind::Finding => &[],
    }
}

/// The planned days that moved. One that came or went is only a change.
pub(super) fn moved(before: &Version<'_>, after: &Version<'_>) -> Vec<PlanMove> {
    let paths = before.kind().map_or(&[][..], plans);
    let days = paths.iter().filter_map(|path| {
        let (from, to) = (before.day_at(path)?, after.day_at(path)?);
        (from != to).then(|| {
            let later = if to > from { after } else { before };
            let extension = match *path {
                "due" => extension(later, from.max(to)),
                _ => None,
            };
            PlanMove {
                path,
                from,
                to,
                extension,
            }
        })
    });
    days.collect()
}

/// The how manieth extension of an action leads to a day, from 1, in the order in which they were agreed.
fn extension(version: &Version<'_>, to: chrono::NaiveDate) -> Option<usize> {
    let action = version.typed::<Action>()?;
    let mut all: Vec<&Extension> = action.extensions.iter().collect();
    all.sort_by_key(|extension| extension.on);
    let last = all.iter().rposition(|extension| extension.to.0 == to)?;
    Some(last + 1)
}

/// Severity of an incident, type of a finding.
pub(super) fn gravity(version: &Version<'_>) -> Option<String> {
    match version.kind()? {
        Kind::Incident => Some(version.typed::<Incident>()?.severity.to_string()),
        Kind::Finding => Some(type_word(version.typed::<Finding>()?.r#type).to_owned()),
        _ => None,
    }
}

fn type_word(ty: FindingType) -> &'static str {
    match ty {
        FindingType::Major => "major",
        FindingType::Minor => "minor",
        FindingType::Observation => "observation",
        FindingType::Opportunity => "opportunity",
    }
}

/// Whether it is graver or less grave than it was.
pub(super) fn turn(before: &Version<'_>, after: &Version<'_>, facts: &Facts) -> Option<ChangeKind> {
    let order = match before.kind()? {
        Kind::Risk => {
            let score = |rating: &Option<Rated>| rating.as_ref().and_then(|it| it.score);
            let scores = score(&facts.rating.before).zip(score(&facts.rating.after))?;
            scores.1.cmp(&scores.0)
        }
        Kind::Finding => {
            let rank = |version: &Version<'_>| {
                let finding = version.typed::<Finding>()?;
                Some(match finding.r#type {
                    FindingType::Major => 3,
                    FindingType::Minor => 2,
                    FindingType::Observation => 1,
                    FindingType::Opportunity => 0,
                })
            };
            rank(after)?.cmp(&rank(before)?)
        }
        Kind::Incident => {
            let severities = (
                facts.gravity.before.as_deref()?,
                facts.gravity.after.as_deref()?,
            );
            let mut scales = [before, after]
                .into_iter()
                .filter_map(|side| severity_order(side, severities));
            let order = scales.next()?;
            // Scales that contradict each other say nothing.
            scales.all(|other| other == order).then_some(order)?
        }
        _ => return None,
    };
    match order {
        Ordering::Greater => Some(ChangeKind::Escalated),
        Ordering::Less => Some(ChangeKind::DeEscalated),
        Ordering::Equal => None,
    }
}

/// How the second severity stands to the first on the scale of a side, which begins with the gravest.
fn severity_order(side: &Version<'_>, severities: (&str, &str)) -> Option<Ordering> {
    let scale = &side.config.incident.severities;
    let place = |severity: &str| scale.iter().position(|it| **it == *severity);
    Some(place(severities.0)?.cmp(&place(severities.1)?))
}

/// The latest assessment of a risk on the day of the later side, unless the earlier side had it.
pub(super) fn reassessment(
    before: Option<&Version<'_>>,
    after: &Version<'_>,
) -> Option<Reassessment> {
    let risk = after.risk()?;
    let mut all = assessments(risk);
    all.retain(|(_, assessment)| assessment.date.0 <= after.day);
    let (_, latest) = all.pop()?;
    let known = before.and_then(Version::risk).is_some_and(|risk| {
        let mut all = risk.assessments.iter();
        all.any(|it| {
            let same = (it.date, it.likelihood, it.impact)
                == (latest.date, latest.likelihood, latest.impact);
            same && it.by == latest.by && it.note == latest.note
        })
    });
    (!known).then(|| Reassessment {
        by: latest.by.to_string(),
        date: latest.date.0,
        note: latest.note.as_deref().map(str::to_owned),
    })
}
