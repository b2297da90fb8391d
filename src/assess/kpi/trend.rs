//! Whether a figure got better.

use crate::records::quantity::format_number;
use crate::records::target::Direction;
use schemars::JsonSchema;
use serde::Serialize;

/// How a figure compares with the latest earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trend {
    Improving,
    Steady,
    Worsening,
}

/// The trend from one figure to the next; steady when both are shown the same, with two decimals. `None` when
/// nobody said which way is better.
pub fn trend(earlier: f64, value: f64, direction: Option<Direction>) -> Option<Trend> {
    let rises = value > earlier;
    let better = direction? == Direction::HigherIsBetter;
    Some(if format_number(earlier, 2) == format_number(value, 2) {
        Trend::Steady
    } else if rises == better {
        Trend::Improving
    } else {
        Trend::Worsening
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_decides_what_is_better() {
        use Direction::{HigherIsBetter as Up, LowerIsBetter as Down};
        let cases = [
            (90.0, 93.0, Some(Up), Some(Trend::Improving)),
            (90.0, 93.0, Some(Down), Some(Trend::Worsening)),
            (93.0, 90.0, Some(Up), Some(Trend::Worsening)),
            (93.0, 90.0, Some(Down), Some(Trend::Improving)),
            (93.331, 93.334, Some(Up), Some(Trend::Steady)),
            (93.334, 93.336, Some(Up), Some(Trend::Improving)),
            (-0.001, 0.001, Some(Down), Some(Trend::Steady)),
            (90.0, 93.0, None, None),
            (90.0, 90.0, None, None),
        ];
        for (earlier, value, direction, expected) in cases {
            assert_eq!(
                trend(earlier, value, direction),
                expected,
                "{earlier} → {value}"
            );
        }
    }
}
