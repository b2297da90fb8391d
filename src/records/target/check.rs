//! Whether a target suits the KPI it belongs to: unit, direction, and `near` beside it.

use super::{Direction, Op, Target, TargetKind, direction_of};
use crate::records::quantity::Unit;

/// Why a target does not suit its KPI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    #[error("target `{target}` is in {written}, but the KPI is in {unit}")]
    DimensionDiffers {
        target: String,
        written: Unit,
        unit: Unit,
    },
    #[error("target `{target}` does not say whether higher or lower is better")]
    DirectionMissing { target: String },
    #[error("target `{target}` is met at 100 percent, but the KPI is in {unit}")]
    EveryNeedsPercent { target: String, unit: Unit },
    #[error("`near` does not go with target `{target}`")]
    NearNotAllowed { target: String },
    #[error("near `{near}` is not a plain comparison")]
    NearNotPlain { near: String },
    #[error("near `{near}` is never reached beside target `{target}`")]
    NearNotWider { near: String, target: String },
}

impl TargetError {
    /// How to mend it.
    pub fn help(&self) -> String {
        match self {
            TargetError::DimensionDiffers { unit, .. } => {
                format!("write the target in {unit} or change the KPI's unit")
            }
            TargetError::DirectionMissing { .. } => "use an operator, for example `>= 95%` or \
                `<= 4h` (of the bare forms only `100%` and `0` imply one), or give the KPI a \
                `direction`"
                .into(),
            TargetError::EveryNeedsPercent { .. } => {
                "the figure is the percentage of days, weeks, months or quarters with at least one: \
                 write `unit: percent`"
                    .into()
            }
            TargetError::NearNotAllowed { .. } => "near goes with a plain comparison only, for \
                example `>= 95%` or `<= 4h`"
                .into(),
            TargetError::NearNotPlain { .. } => {
                "write near as one comparison, for example `>= 90%` or `<= 6h`".into()
            }
            TargetError::NearNotWider { .. } => "near must reach beyond the target on the side \
                that misses it, for example `>= 90%` beside `>= 95%`, or `<= 6h` beside `<= 4h`"
                .into(),
        }
    }
}

impl Target {
    /// Checks the target against the KPI's unit and direction.
    pub fn check(&self, unit: Unit, direction: Option<Direction>) -> Result<(), TargetError> {
        match self.kind {
            TargetKind::Compare { quantity, .. } | TargetKind::Sustained { quantity, .. } => {
                quantity
                    .in_unit(unit)
                    .map_err(|mismatch| TargetError::DimensionDiffers {
                        target: self.written.clone(),
                        written: mismatch.from,
                        unit,
                    })?;
            }
            TargetKind::Every(_) if unit != Unit::Percent => {
                return Err(TargetError::EveryNeedsPercent {
                    target: self.written.clone(),
                    unit,
                });
            }
            TargetKind::Every(_) | TargetKind::Trend { .. } => {}
        }
        if direction_of(self).or(direction).is_none() {
            return Err(TargetError::DirectionMissing {
                target: self.written.clone(),
            });
        }
        Ok(())
    }

    /// Checks `near` beside this target: both plain comparisons, the same dimension, and near wider
    /// than the target. A bare number as near is `=` and fails here with an operator in the help.
    pub fn check_near(&self, near: &Target, unit: Unit) -> Result<(), TargetError> {
        let TargetKind::Compare { op, quantity } = self.kind else {
            return Err(TargetError::NearNotAllowed {
                target: self.written.clone(),
            });
        };
        let TargetKind::Compare {
            op: near_op,
            quantity: near_quantity,
        } = near.kind
        else {
            return Err(TargetError::NearNotPlain {
                near: near.written.clone(),
            });
        };
        let differs = |target: &Target, written: Unit| TargetError::DimensionDiffers {
            target: target.written.clone(),
            written,
            unit,
        };
        let bound = quantity
            .in_unit(unit)
            .map_err(|error| differs(self, error.from))?;
        let near_bound = near_quantity
            .in_unit(unit)
            .map_err(|error| differs(near, error.from))?;
        if is_wider(near_op, near_bound, op, bound) {
            Ok(())
        } else {
            Err(TargetError::NearNotWider {
                near: near.written.clone(),
                target: self.written.clone(),
            })
        }
    }
}

/// Whether the first comparison accepts all the second does and more. Beside `=` any comparison
/// that is not `=` itself may be meant.
fn is_wider(near: Op, near_bound: f64, op: Op, bound: f64) -> bool {
    let adds_bound = near.holds(bound, near_bound) && !op.holds(bound, bound);
    match op {
        Op::Equal => near != Op::Equal,
        _ if near.direction() != op.direction() => false,
        Op::AtLeast | Op::Above => near_bound < bound || (near_bound == bound && adds_bound),
        Op::AtMost | Op::Below => near_bound > bound || (near_bound == bound && adds_bound),
    }
}
