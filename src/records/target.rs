//! Targets of KPIs: what a figure is compared with, and what it takes to meet it. Figures are
//! compared as computed, never as rounded for display.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::records::quantity::{CalendarUnit, Quantity, Unit};
use crate::records::text_value::{TextValue, text_value};

mod check;
mod parse;

pub use check::TargetError;

/// A target as written in a record. Two targets are equal when they ask for the same thing, however
/// they are spelled: `≥ 95 %` equals `>= 95%`.
#[derive(Debug, Clone)]
pub struct Target {
    pub kind: TargetKind,
    /// The text of the record.
    pub written: String,
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// What a target asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TargetKind {
    /// `>= 95%`: the figure of the period compares so.
    Compare { op: Op, quantity: Quantity },
    /// `0 for 3 periods`: each of the last `periods` figures, this one included, compares so.
    Sustained {
        op: Op,
        quantity: Quantity,
        periods: u16,
    },
    /// `decreasing over 4 periods`: this figure and the `periods - 1` before it.
    Trend { shape: TrendShape, periods: u16 },
    /// `every month`: the figure is the percentage of months with at least one; met at 100.
    Every(CalendarUnit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    AtLeast,
    Above,
    AtMost,
    Below,
    Equal,
}

impl Op {
    /// `>=`, `>`, `<=`, `<`, `=`.
    pub fn ascii(self) -> &'static str {
        match self {
            Op::AtLeast => ">=",
            Op::Above => ">",
            Op::AtMost => "<=",
            Op::Below => "<",
            Op::Equal => "=",
        }
    }

    /// `≥`, `>`, `≤`, `<`, `=`.
    pub fn sign(self) -> &'static str {
        match self {
            Op::AtLeast => "≥",
            Op::AtMost => "≤",
            _ => self.ascii(),
        }
    }

    /// Whether `value` stands in this relation to `bound`, exactly. False when either is NaN.
    pub fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Op::AtLeast => value >= bound,
            Op::Above => value > bound,
            Op::AtMost => value <= bound,
            Op::Below => value < bound,
            Op::Equal => value == bound,
        }
    }

    /// Which way is better; None for `=`.
    pub fn direction(self) -> Option<Direction> {
        match self {
            Op::AtLeast | Op::Above => Some(Direction::HigherIsBetter),
            Op::AtMost | Op::Below => Some(Direction::LowerIsBetter),
            Op::Equal => None,
        }
    }
}

/// Which way a figure gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    // No doc comments on the variants: they would turn the flat enum into a union.
    HigherIsBetter,
    LowerIsBetter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrendShape {
    Decreasing,
    Increasing,
    NotDecreasing,
    NotIncreasing,
}

impl TrendShape {
    pub fn words(self) -> &'static str {
        match self {
            TrendShape::Decreasing => "decreasing",
            TrendShape::Increasing => "increasing",
            TrendShape::NotDecreasing => "not decreasing",
            TrendShape::NotIncreasing => "not increasing",
        }
    }

    pub fn direction(self) -> Direction {
        match self {
            TrendShape::Decreasing | TrendShape::NotIncreasing => Direction::LowerIsBetter,
            TrendShape::Increasing | TrendShape::NotDecreasing => Direction::HigherIsBetter,
        }
    }

    /// Whether the figures, oldest first, have this shape. Decreasing: never up, and the last below
    /// the first or all at 0. Increasing mirrors it; what cannot grow further is all at 100 percent, or a ratio of 1.
    /// False for fewer than two figures.
    pub fn holds(self, values: &[f64], unit: Unit) -> bool {
        let (Some(first), Some(last)) = (values.first(), values.last()) else {
            return false;
        };
        let all_at = |bound: f64| values.iter().all(|value| *value == bound);
        let never_up = values.windows(2).all(|pair| pair[1] <= pair[0]);
        let never_down = values.windows(2).all(|pair| pair[1] >= pair[0]);
        values.len() > 1
            && match self {
                TrendShape::Decreasing => never_up && (last < first || all_at(0.0)),
                TrendShape::Increasing => {
                    let full = match unit {
                        Unit::Percent => Some(100.0),
                        Unit::Ratio => Some(1.0),
                        _ => None,
                    };
                    never_down && (last > first || full.is_some_and(all_at))
                }
                TrendShape::NotIncreasing => never_up,
                TrendShape::NotDecreasing => never_down,
            }
    }
}

impl Target {
    /// How many periods the target looks at, this one included: 1 for a plain comparison.
    pub fn periods(&self) -> u16 {
        match self.kind {
            TargetKind::Compare { .. } | TargetKind::Every(_) => 1,
            TargetKind::Sustained { periods, .. } | TargetKind::Trend { periods, .. } => periods,
        }
    }

    /// Whether `near` may stand beside it: only beside a plain comparison.
    pub fn allows_near(&self) -> bool {
        matches!(self.kind, TargetKind::Compare { .. })
    }

    /// Whether one figure, in `unit`, meets the target; for a sustained one whether it does its part.
    /// None where one figure cannot tell (trends), or when the dimensions differ. NaN meets nothing.
    pub fn compare(&self, value: f64, unit: Unit) -> Option<bool> {
        match self.kind {
            TargetKind::Compare { op, quantity } | TargetKind::Sustained { op, quantity, .. } => {
                let bound = quantity.in_unit(unit).ok()?;
                Some(op.holds(value, bound))
            }
            TargetKind::Every(_) => (unit == Unit::Percent).then_some(value >= 100.0),
            TargetKind::Trend { .. } => None,
        }
    }

    /// The bound that every figure is held against, in `unit`; None for trends, and when the dimensions differ.
    pub fn bound(&self, unit: Unit) -> Option<f64> {
        match self.kind {
            TargetKind::Compare { quantity, .. } | TargetKind::Sustained { quantity, .. } => {
                quantity.in_unit(unit).ok()
            }
            TargetKind::Every(_) => (unit == Unit::Percent).then_some(100.0),
            TargetKind::Trend { .. } => None,
        }
    }

    /// For people, unrounded: `≤ 7 d`, `≥ 95 %`, `≤ 0 for 3 periods`, `decreasing over 4 periods`.
    /// Of the bare forms the sign stays hidden: `100 %`, `0`. A bare number is shown in `unit`.
    pub fn human(&self, unit: Unit) -> String {
        let comparison = |op: Op, quantity: Quantity| {
            let number = quantity.human(unit);
            let obvious = Some(op) == quantity.implied_op();
            match obvious {
                true => number,
                false => format!("{} {number}", op.sign()),
            }
        };
        match self.kind {
            TargetKind::Compare { op, quantity } => comparison(op, quantity),
            TargetKind::Sustained {
                op,
                quantity,
                periods,
            } => format!("{} for {periods} periods", comparison(op, quantity)),
            _ => self.to_string(),
        }
    }
}

/// Which way is better by the target's own operator; None for `=`, where the KPI's `direction` says.
pub fn direction_of(target: &Target) -> Option<Direction> {
    match target.kind {
        TargetKind::Compare { op, .. } | TargetKind::Sustained { op, .. } => op.direction(),
        TargetKind::Trend { shape, .. } => Some(shape.direction()),
        TargetKind::Every(_) => Some(Direction::HigherIsBetter),
    }
}

impl Quantity {
    /// The operator of a bare value that leaves no doubt: at least for 100 %, at most for 0.
    fn implied_op(&self) -> Option<Op> {
        if self.value == 0.0 {
            Some(Op::AtMost)
        } else if self.value == 100.0 && self.unit == Some(Unit::Percent) {
            Some(Op::AtLeast)
        } else {
            None
        }
    }
}

impl fmt::Display for Target {
    /// Canonical and ASCII: `<= 7d`, `>= 100%`, `<= 0 for 3 periods`, `every month`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TargetKind::Compare { op, quantity } => write!(out, "{} {quantity}", op.ascii()),
            TargetKind::Sustained {
                op,
                quantity,
                periods,
            } => write!(out, "{} {quantity} for {periods} periods", op.ascii()),
            TargetKind::Trend { shape, periods } => {
                write!(out, "{} over {periods} periods", shape.words())
            }
            TargetKind::Every(unit) => write!(out, "every {}", unit.word()),
        }
    }
}

impl TextValue for Target {
    const NAME: &'static str = "Target";
    const FORMAT: &'static str = "isms-target";
    const DESCRIPTION: &'static str = "What the figure should be: a comparison (100% means at \
        least, 0 at most), one held for several periods, a trend over several periods, or at least \
        one every day, week, month or quarter.";
    const EXAMPLES: &'static [&'static str] = &[
        ">= 95%",
        "< 4h",
        "100%",
        "0 for 3 periods",
        "< 1 / quarter",
        "decreasing over 4 periods",
        "every month",
    ];
    const IS_VERBATIM: bool = true;

    fn spelled(&self) -> String {
        self.written.clone()
    }
}
text_value!(Target);

#[cfg(test)]
mod tests;
