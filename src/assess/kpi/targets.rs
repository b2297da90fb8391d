//! Whether the targets of a KPI suit its unit and say which way is better.

use super::problem::{Problem, ProblemRule};
use crate::records::kpi::Kpi;
use crate::records::quantity::CalendarUnit;
use crate::records::target::{TargetError, TargetKind};
use crate::records::{Cadence, Target};

fn refused(pointer: &str, error: &TargetError) -> Problem {
    Problem::new(ProblemRule::Target, pointer, error.to_string()).help(error.help())
}

/// The pointer of every target, and the target.
fn targets(kpi: &Kpi) -> Vec<(String, &Target)> {
    let Some(targets) = &kpi.target else {
        return Vec::new();
    };
    match targets.0.as_slice() {
        [one] if one.from.is_none() => vec![("/target".to_owned(), &one.target)],
        list => {
            let list = list.iter().enumerate();
            list.map(|(index, dated)| (format!("/target/{index}/target"), &dated.target))
                .collect()
        }
    }
}

/// Checks targets, `near` and deviations.
pub(super) fn check(kpi: &Kpi, problems: &mut Vec<Problem>) {
    let targets = targets(kpi);
    for (pointer, target) in &targets {
        if let Err(error) = target.check(kpi.unit, kpi.direction) {
            problems.push(refused(pointer, &error));
        }
    }
    if let Some(near) = &kpi.near {
        let wrong = targets
            .iter()
            .find_map(|(_, target)| target.check_near(near, kpi.unit).err());
        match wrong {
            Some(error) => problems.push(refused("/near", &error)),
            None if targets.is_empty() => {
                let message = format!("near `{}` stands without a target", near.written);
                problems.push(
                    Problem::new(ProblemRule::Target, "/near", message)
                        .help("add `target`, or leave `near` out"),
                );
            }
            None => {}
        }
    }
    for (index, deviation) in kpi.deviations.iter().enumerate() {
        if let Err(error) = deviation.target.check(kpi.unit, kpi.direction) {
            problems.push(refused(&format!("/deviations/{index}/target"), &error));
        }
    }
}

/// The unit of the calendar that a target asks at least one in: the KPI's figure is then the percentage of
/// these in its period that have one.
pub(super) fn every(kpi: &Kpi, problems: &mut Vec<Problem>) -> Option<CalendarUnit> {
    let mut found: Option<CalendarUnit> = None;
    for (pointer, target) in targets(kpi) {
        let TargetKind::Every(unit) = target.kind else {
            continue;
        };
        match found {
            Some(other) if other != unit => {
                let message = format!(
                    "`every {}` follows `every {}`, but a KPI has one figure",
                    unit.word(),
                    other.word()
                );
                problems.push(
                    Problem::new(ProblemRule::Target, pointer, message)
                        .help("use the same unit of the calendar in all targets"),
                );
            }
            _ if is_longer(unit, &kpi.cadence) => {
                let message = format!("`every {}` asks for more than a period holds", unit.word());
                problems.push(
                    Problem::new(ProblemRule::Target, pointer, message)
                        .help("judge it at a slower cadence"),
                );
            }
            _ => found = Some(unit),
        }
    }
    found
}

/// Whether a unit of the calendar is longer than the periods of a cadence.
fn is_longer(unit: CalendarUnit, cadence: &Cadence) -> bool {
    let length = match cadence {
        Cadence::Daily => 1.0 / 365.25,
        Cadence::Weekly => 7.0 / 365.25,
        Cadence::Monthly => 1.0 / 12.0,
        Cadence::Quarterly => 0.25,
        Cadence::SemiAnnual => 0.5,
        Cadence::Annual => 1.0,
        Cadence::Every { span, .. } => {
            f64::from(span.months()) / 12.0 + f64::from(span.days()) / 365.25
        }
        Cadence::Continuous { .. } | Cadence::Each => return false,
    };
    unit.years() > length
}
