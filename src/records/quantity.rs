//! Quantities: a number with or without a unit, its conversion, and the short form in which tables
//! show a figure.

use std::fmt;
use std::str::FromStr;

use crate::records::spelling::{SpellingError, quoted, split_number, tidied};
use crate::records::text_value::{TextValue, text_value};

mod unit;

pub use unit::{CalendarUnit, Dimension, Unit};

const HELP: &str =
    "write a number and, unless it is the KPI's own, a unit, for example `95%` or `1.5h`";

/// A finite number with the unit it was written in; without one it takes the unit of the KPI.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// In `unit`; percentages are 0 to 100. Never -0.
    pub value: f64,
    pub unit: Option<Unit>,
}

/// A quantity that cannot be told in the unit asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{from} cannot be compared with {to}")]
pub struct DimensionMismatch {
    pub from: Unit,
    pub to: Unit,
}

impl Quantity {
    /// The number in `unit`. Durations are converted with one multiplication and one division
    /// (2 d are 48 h); of two rates only the same is comparable; a bare number is in `unit` already.
    pub fn in_unit(&self, unit: Unit) -> Result<f64, DimensionMismatch> {
        match (self.unit, unit) {
            (None, _) => Ok(self.value),
            (Some(from), to) if from == to => Ok(self.value),
            (Some(Unit::Time(from)), Unit::Time(to)) => {
                Ok(self.value * from.seconds() as f64 / to.seconds() as f64)
            }
            (Some(from), to) => Err(DimensionMismatch { from, to }),
        }
    }

    /// For people and unrounded: `7 d`, `99.95 %`, `1 / quarter`. A bare number is shown in `unit`.
    pub fn human(&self, unit: Unit) -> String {
        with_symbol(self.value.to_string(), self.unit.unwrap_or(unit))
    }
}

impl FromStr for Quantity {
    type Err = SpellingError;

    /// Reads `95%`, `95 %`, `30 days`, `4h`, `0.5`, `1 / quarter`, `3 count`.
    fn from_str(text: &str) -> Result<Self, SpellingError> {
        let refusal = |reason: String| {
            SpellingError::new(
                format!("{} is not a quantity: {reason}", quoted(text)),
                HELP,
            )
        };
        let tidy = tidied(text);
        let (number, rest) =
            split_number(&tidy).ok_or_else(|| refusal("it does not start with a number".into()))?;
        if rest.starts_with(',') {
            return Err(refusal("decimals are written with a point".into()));
        }
        let unit = match rest {
            "" => None,
            rest => Some(rest.parse::<Unit>().map_err(|error| SpellingError {
                message: refusal(error.message).message,
                help: error.help,
            })?),
        };
        match number.parse::<f64>() {
            // Adding zero turns -0 into 0.
            Ok(value) if value.is_finite() => Ok(Quantity {
                value: value + 0.0,
                unit,
            }),
            _ => Err(refusal("its number is out of range".into())),
        }
    }
}

impl fmt::Display for Quantity {
    /// Canonical: `95%`, `4h`, `0.5`, `1 / quarter`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            None => write!(out, "{}", self.value),
            Some(Unit::Percent) => write!(out, "{}%", self.value),
            Some(Unit::Time(unit)) => write!(out, "{}{}", self.value, unit.symbol()),
            Some(Unit::Rate(per)) => write!(out, "{} / {}", self.value, per.word()),
            Some(unit) => write!(out, "{} {unit}", self.value),
        }
    }
}

/// A figure as tables show it: at most two decimals, no trailing zeros, never -0, with the symbol of
/// its unit: `93 %`, `9.2 d`, `0.33 / quarter`, `0`. Verdicts never use this rounded form: 99.996 %
/// is shown as `100 %` and still misses a target of 100 %.
pub fn format_value(value: f64, unit: Unit) -> String {
    with_symbol(format_number(value, 2), unit)
}

/// A number with at most `decimals` decimals, trailing zeros trimmed, never -0. `no data` for what
/// is not finite, which no figure ever is.
pub fn format_number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "no data".into();
    }
    let rounded = format!("{value:.decimals$}");
    let trimmed = match rounded.contains('.') {
        true => rounded.trim_end_matches('0').trim_end_matches('.'),
        false => &rounded,
    };
    match trimmed {
        "-0" => "0".into(),
        number => number.into(),
    }
}

fn with_symbol(number: String, unit: Unit) -> String {
    match unit {
        Unit::Percent => format!("{number} %"),
        Unit::Time(unit) => format!("{number} {}", unit.symbol()),
        Unit::Rate(per) => format!("{number} / {}", per.word()),
        Unit::Count | Unit::Ratio | Unit::Score | Unit::Currency => number,
    }
}

impl TextValue for Quantity {
    const NAME: &'static str = "Quantity";
    const FORMAT: &'static str = "isms-quantity";
    const DESCRIPTION: &'static str = "A number with its unit; a bare number is in the unit of the \
        KPI.";
    const EXAMPLES: &'static [&'static str] = &["95%", "4h", "0.5", "1 / quarter"];
    const IS_VERBATIM: bool = true;

    fn spelled(&self) -> String {
        self.to_string()
    }
}
text_value!(Quantity);

#[cfg(test)]
mod tests;
