//! Whether a figure is more than ordinary variation: the XmR chart of individual values and moving ranges.

use super::aggregate::Sum;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::VecDeque;

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

impl Limits {
    /// Differences of this size come from the arithmetic, not from the process: a figure that never changed lies on
    /// its mean whatever the last bit of a division says.
    fn least(&self, value: f64) -> f64 {
        let scale = self.mean.abs().max(value.abs()).max(self.upper.abs());
        scale * 1e-12
    }

    /// Whether a value lies outside.
    pub fn exclude(&self, value: f64) -> bool {
        let least = self.least(value);
        value > self.upper + least || value < self.lower - least
    }
}

/// A chart that grows value by value, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Chart {
    count: usize,
    sum: Sum,
    ranges: Sum,
    /// The last eight values, the latest last.
    latest: VecDeque<f64>,
}

impl Chart {
    /// Adds the next value.
    pub(super) fn push(&mut self, value: f64) {
        if let Some(before) = self.latest.back() {
            self.ranges.add((value - before).abs());
        }
        self.sum.add(value);
        self.count += 1;
        if self.latest.len() == RUN {
            self.latest.pop_front();
        }
        self.latest.push_back(value);
    }

    /// The limits over all values; none for fewer than six.
    pub(super) fn limits(&self) -> Option<Limits> {
        if self.count < FEWEST {
            return None;
        }
        let mean = self.sum.total() / self.count as f64;
        let reach = FACTOR * self.ranges.total() / (self.count - 1) as f64;
        Some(Limits {
            mean,
            lower: mean - reach,
            upper: mean + reach,
            values: self.count,
        })
    }

    /// What the latest value says; none for fewer than six.
    pub(super) fn signal(&self) -> Option<Signal> {
        let limits = self.limits()?;
        let last = *self.latest.back()?;
        let least = limits.least(last);
        if limits.exclude(last) {
            return Some(Signal::OutsideLimits);
        }
        let side = |value: &f64| match value - limits.mean {
            above if above > least => 1,
            below if below < -least => -1,
            _ => 0,
        };
        let own = side(&last);
        let run = self.latest.len() == RUN && own != 0;
        Some(
            match run && self.latest.iter().all(|value| side(value) == own) {
                true => Signal::RunOf8,
                false => Signal::None,
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: &[f64]) -> Chart {
        let mut chart = Chart::default();
        values.iter().for_each(|value| chart.push(*value));
        chart
    }

    fn signal(values: &[f64]) -> Option<Signal> {
        chart(values).signal()
    }

    #[test]
    fn fewer_than_six_values_say_nothing() {
        assert_eq!(signal(&[]), None);
        assert_eq!(signal(&[1.0, 2.0, 1.0, 2.0, 50.0]), None);
        assert_eq!(signal(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0]), Some(Signal::None));
    }

    #[test]
    fn limits_are_the_mean_and_ranges_beside_it() {
        // Mean 2, moving ranges 2 2 2 2 2: 2 ± 5.32.
        let limits = chart(&[1.0, 3.0, 1.0, 3.0, 1.0, 3.0]).limits().unwrap();
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
        // Fifteen values with a mean of 5; the last eight lie above it, but for one.
        let before = [1.0, 4.0, 1.0, 4.0, 1.0, 4.0];
        let above = [9.0, 6.0, 9.0, 6.0, 9.0, 6.0, 6.0, 9.0];
        let on_mean = [9.0, 6.0, 9.0, 5.0, 9.0, 6.0, 6.0, 9.0];
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let balanced = [before.as_slice(), &[0.5], &above].concat();
        assert!(mean(&balanced) > 4.0);
        assert_eq!(signal(&balanced), Some(Signal::RunOf8));
        // 15 + x + 59 = 5 × 15 for x = 1.
        let broken = [before.as_slice(), &[1.0], &on_mean].concat();
        assert_eq!(mean(&broken), 5.0);
        assert_eq!(signal(&broken), Some(Signal::None));
    }

    #[test]
    fn a_constant_is_no_signal_whatever_its_last_bit() {
        let constant = [2600.0 / 27.0; 18];
        assert_eq!(signal(&constant), Some(Signal::None));
        let zeros = [0.0; 18];
        assert_eq!(signal(&zeros), Some(Signal::None));
    }
}
