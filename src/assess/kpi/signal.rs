//! Whether a figure is more than ordinary variation: the XmR chart of individual values and moving ranges.

use super::aggregate::sum;
use schemars::JsonSchema;
use serde::Serialize;

/// The fewest values from which limits are drawn.
pub const FEWEST: usize = 6;
/// Values in a row on one side of the mean that are a signal.
pub const RUN: usize = 8;
/// Distance of the limits from the mean, in mean moving ranges.
const FACTOR: f64 = 2.66;

/// What the chart says about its last value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    OutsideLimits,
    #[serde(rename = "run-of-8")]
    RunOf8,
    None,
}

/// The limits of ordinary variation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Mean of the values.
    pub mean: f64,
    /// Mean less 2.66 mean moving ranges; may lie below what the figure can reach.
    pub lower: f64,
    /// Mean and 2.66 mean moving ranges.
    pub upper: f64,
    /// How many values they are drawn from.
    pub values: usize,
}

/// The limits over some values, oldest first; `None` for fewer than six.
pub fn limits(values: &[f64]) -> Option<Limits> {
    if values.len() < FEWEST {
        return None;
    }
    let ranges: Vec<f64> = values
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).abs())
        .collect();
    let mean = sum(values) / values.len() as f64;
    let reach = FACTOR * sum(&ranges) / ranges.len() as f64;
    Some(Limits {
        mean,
        lower: mean - reach,
        upper: mean + reach,
        values: values.len(),
    })
}

/// What the last of some values, oldest first, says; `None` for fewer than six.
pub fn signal(values: &[f64]) -> Option<Signal> {
    let limits = limits(values)?;
    let last = *values.last()?;
    // Differences of this size come from the arithmetic, not from the process: a figure that never changed
    // lies on its mean whatever the last bit of a division says.
    let scale = limits.mean.abs().max(last.abs()).max(limits.upper.abs());
    let least = scale * 1e-12;
    if last > limits.upper + least || last < limits.lower - least {
        return Some(Signal::OutsideLimits);
    }
    let side = |value: &f64| match value - limits.mean {
        above if above > least => 1,
        below if below < -least => -1,
        _ => 0,
    };
    let sides = values.iter().rev().map(side);
    let run = match side(&last) {
        0 => 0,
        own => sides.take_while(|side| *side == own).count(),
    };
    Some(if run >= RUN {
        Signal::RunOf8
    } else {
        Signal::None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_six_values_say_nothing() {
        assert_eq!(signal(&[]), None);
        assert_eq!(signal(&[1.0, 2.0, 1.0, 2.0, 50.0]), None);
        assert_eq!(signal(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0]), Some(Signal::None));
    }

    #[test]
    fn limits_are_the_mean_and_ranges_beside_it() {
        // Mean 2, moving ranges 2 2 2 2 2: 2 ± 5.32.
        let limits = limits(&[1.0, 3.0, 1.0, 3.0, 1.0, 3.0]).unwrap();
        assert_eq!(limits.mean, 2.0);
        assert!((limits.lower + 3.32).abs() < 1e-12);
        assert!((limits.upper - 7.32).abs() < 1e-12);
    }

    #[test]
    fn a_jump_is_outside() {
        let mut values = vec![10.0, 11.0, 10.0, 11.0, 10.0, 11.0, 10.0, 11.0, 10.0, 11.0];
        values.push(25.0);
        assert_eq!(signal(&values), Some(Signal::OutsideLimits));
        values.push(10.0);
        assert_eq!(signal(&values), Some(Signal::None));
    }

    #[test]
    fn the_eighth_on_one_side_is_a_run_and_the_seventh_is_not() {
        // Noise wide enough that nothing is outside the limits.
        let low = [1.0, 4.0, 1.0, 4.0, 1.0, 4.0, 1.0, 4.0];
        let high = [6.0, 9.0, 6.0, 9.0, 6.0, 9.0, 6.0, 9.0];
        let mut values = low.to_vec();
        values.extend(&high[..7]);
        assert_eq!(signal(&values), Some(Signal::None));
        values.push(high[7]);
        assert_eq!(signal(&values), Some(Signal::RunOf8));
    }

    #[test]
    fn a_value_on_the_mean_breaks_a_run() {
        // The mean is 5 and the eighth from the end lies on it.
        let values = [
            1.0, 4.0, 1.0, 4.0, 1.0, 4.0, 1.0, 4.0, 5.0, 6.0, 9.0, 6.0, 9.0, 6.0, 9.0, 9.0,
        ];
        let mean = sum(&values) / values.len() as f64;
        assert!(mean < 5.0);
        let on_mean = [2.0, 8.0, 2.0, 8.0, 5.0, 5.5, 4.5];
        assert_eq!(sum(&on_mean) / 7.0, 5.0);
        assert_eq!(signal(&on_mean), Some(Signal::None));
    }

    #[test]
    fn a_constant_is_no_signal_whatever_its_last_bit() {
        let constant = [2600.0 / 27.0; 18];
        assert_eq!(signal(&constant), Some(Signal::None));
        let zeros = [0.0; 18];
        assert_eq!(signal(&zeros), Some(Signal::None));
    }
}
