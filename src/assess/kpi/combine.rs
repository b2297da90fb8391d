//! How several results of a period become one figure.

use super::aggregate::sum;
use super::feeds::Fed;
use super::figure::Figure;
use super::problem::{Failure, FailureRule};
use crate::records::Unit;
use crate::records::kpi::Combination;

/// What a result says, in the unit of the KPI.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said {
    Value(f64),
    Fraction(f64, f64),
}

impl Said {
    /// The figure in the unit. A fraction is multiplied before it is divided: 57 of 100 are 57 percent, not
    /// 56.99….
    pub(super) fn value(self, unit: Unit) -> f64 {
        match self {
            Said::Value(value) => value,
            Said::Fraction(numerator, denominator) if unit == Unit::Percent => {
                100.0 * numerator / denominator
            }
            Said::Fraction(numerator, denominator) => numerator / denominator,
        }
    }

    fn is_fraction(self) -> bool {
        matches!(self, Said::Fraction(..))
    }

    fn figure(self, unit: Unit) -> Figure {
        let (numerator, denominator) = match self {
            Said::Value(_) => (None, None),
            Said::Fraction(numerator, denominator) => (Some(numerator), Some(denominator)),
        };
        Figure {
            value: Some(self.value(unit)),
            numerator,
            denominator,
            ..Figure::default()
        }
    }
}

/// The one figure of several results, oldest first; `None` of none.
///
/// # Errors
/// They cannot be combined in this way; the failure names the later of two results at fault, or none when the
/// measure itself is.
pub(super) fn combine(
    said: &[(Fed<'_>, Said)],
    combination: Option<Combination>,
    unit: Unit,
) -> Result<Option<Figure>, Failure> {
    let Some((_, last)) = said.last() else {
        return Ok(None);
    };
    let combination = suitable(said, combination)?;
    let values: Vec<f64> = said.iter().map(|(_, said)| said.value(unit)).collect();
    let total = sum(&values);
    let extreme = |better: fn(f64, f64) -> bool| {
        let all = said.iter().map(|(_, said)| *said);
        let best = all.reduce(|best, next| {
            if better(next.value(unit), best.value(unit)) {
                next
            } else {
                best
            }
        });
        best.unwrap_or(*last).figure(unit)
    };
    Ok(Some(match combination {
        Combination::Last => last.figure(unit),
        Combination::Min => extreme(|next, best| next < best),
        Combination::Max => extreme(|next, best| next > best),
        Combination::Sum if last.is_fraction() => pooled(said).figure(unit),
        Combination::Sum => Figure {
            value: Some(total),
            sum: Some(total),
            ..Figure::default()
        },
        Combination::Mean => Figure {
            value: Some(total / values.len() as f64),
            sum: Some(total),
            ..Figure::default()
        },
    }))
}

/// The sum of the numerators over the sum of the denominators.
fn pooled(said: &[(Fed<'_>, Said)]) -> Said {
    let parts = said.iter().filter_map(|(_, said)| match said {
        Said::Fraction(numerator, denominator) => Some((*numerator, *denominator)),
        Said::Value(_) => None,
    });
    let (numerators, denominators): (Vec<f64>, Vec<f64>) = parts.unzip();
    Said::Fraction(sum(&numerators), sum(&denominators))
}

/// The combination, when the results of a period go together in it.
fn suitable(
    said: &[(Fed<'_>, Said)],
    combination: Option<Combination>,
) -> Result<Combination, Failure> {
    let [.., (other, _), (last, said_last)] = said else {
        let alone = said.first().is_some_and(|(_, said)| said.is_fraction());
        return match combination {
            Some(Combination::Mean) if alone => Err(averaged()),
            combination => Ok(combination.unwrap_or(Combination::Last)),
        };
    };
    let (last_id, other_id) = (last.seen.id(), other.seen.id());
    let at_fault =
        |message: String| Failure::new(FailureRule::Combination, "/measure", message).on(last_id);
    let Some(combination) = combination else {
        let message = format!("`{last_id}` is a second figure beside `{other_id}`");
        return Err(at_fault(message).help(
            "`measure: recorded` takes one result a period; say how several combine (`recorded: sum`), \
             or name the one it corrects in `supersedes`",
        ));
    };
    let mut all = said.iter().map(|(_, said)| said.is_fraction());
    let is_mixed = all.any(|is_fraction| is_fraction != said_last.is_fraction());
    match combination {
        Combination::Last if other.result.date == last.result.date => {
            let day = last.result.date;
            let message = format!("`{other_id}` and `{last_id}` are both the last, of {day}");
            Err(at_fault(message)
                .help("correct a date, or name the one it corrects in `supersedes`"))
        }
        Combination::Last => Ok(combination),
        _ if is_mixed => {
            let message = "a value and a fraction cannot be combined".to_owned();
            Err(at_fault(message).help("record all of them in the same way"))
        }
        Combination::Mean if said_last.is_fraction() => Err(averaged()),
        _ => Ok(combination),
    }
}

fn averaged() -> Failure {
    let message = "fractions are not averaged: groups of unequal size would weigh the same";
    Failure::new(FailureRule::Combination, "/measure", message.to_owned())
        .help("pool them with `recorded: sum`")
}
