//! From values to places.

use super::words::{SMALL, width};
use crate::records::quantity::format_number;

/// From the least and the greatest value to the lower and upper edge of a plot.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    low: f64,
    high: f64,
    bottom: f64,
    top: f64,
}

impl Scale {
    /// A scale over finite values. A span of nothing is widened, so that a constant stands in the middle.
    pub fn new(low: f64, high: f64, bottom: f64, top: f64) -> Self {
        let (low, high) = match high > low {
            true => (low, high),
            false => {
                let reach = (low.abs() * 0.1).max(0.5);
                let low = if low == 0.0 { 0.0 } else { low - reach };
                (low.max(f64::MIN), (high + reach).min(f64::MAX))
            }
        };
        Self {
            low,
            high,
            bottom,
            top,
        }
    }

    /// The place of a value; one beyond the scale stands at its edge.
    pub fn place(&self, value: f64) -> f64 {
        // Halves, since the span of two finite numbers may be infinite.
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        let share = if share.is_finite() { share } else { 0.5 };
        self.bottom + share.clamp(0.0, 1.0) * (self.top - self.bottom)
    }

    /// Whether a value lies on the scale.
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// A few round values on the scale.
    pub fn ticks(&self, wanted: f64) -> Vec<f64> {
        let step = step(self.high / wanted - self.low / wanted);
        if !step.is_finite() || step <= 0.0 {
            return vec![self.low, self.high];
        }
        let first = (self.low / step).ceil();
        let ticks = (0..=10).map(|count| (first + f64::from(count)) * step);
        let least = step * 1e-9;
        ticks.filter(|tick| *tick <= self.high + least).collect()
    }
}

/// The next of 1, 2, 5, 10 … that is not smaller.
fn step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    let factors = [1.0, 2.0, 5.0, 10.0];
    let fitting = factors.iter().map(|factor| factor * power);
    fitting
        .into_iter()
        .find(|step| *step >= least * 0.999_999)
        .unwrap_or(10.0 * power)
}

/// A round value for an axis: with as many decimals as its neighbours need, and with an exponent where it would be long.
pub fn tick_words(value: f64, ticks: &[f64]) -> String {
    let gap = ticks
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .fold(f64::INFINITY, f64::min);
    let decimals = match gap {
        gap if gap.is_finite() && gap > 0.0 && gap < 1.0 => (-gap.log10()).ceil().clamp(1.0, 12.0),
        _ => 2.0,
    };
    short(format_number(value, decimals as usize), value)
}

/// A figure as it is, or with an exponent where it would be too long to draw.
pub fn short(words: String, value: f64) -> String {
    match width(&words, SMALL) > 90.0 {
        true => format!("{value:.2e}"),
        false => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_on_the_scale() {
        let ticks = |low, high| Scale::new(low, high, 0.0, 100.0).ticks(4.0);
        assert_eq!(ticks(0.0, 10.0), [0.0, 5.0, 10.0]);
        assert_eq!(ticks(93.0, 100.0), [94.0, 96.0, 98.0, 100.0]);
        assert_eq!(ticks(-3.0, 3.0), [-2.0, 0.0, 2.0]);
        for (low, high) in [
            (0.0, 0.0),
            (-1e308, 1e308),
            (1e-300, 2e-300),
            (5.0, 5.0),
            (-7.0, -7.0),
        ] {
            let ticks = ticks(low, high);
            assert!(
                ticks.len() < 12 && ticks.iter().all(|tick| tick.is_finite()),
                "{ticks:?}"
            );
        }
    }

    #[test]
    fn places_stay_between_the_edges() {
        let scale = Scale::new(-1e308, 1e308, 150.0, 10.0);
        for value in [-1e308, 0.0, 1e308, f64::MAX, f64::NAN] {
            assert!((10.0..=150.0).contains(&scale.place(value)));
        }
        assert_eq!(Scale::new(4.0, 4.0, 100.0, 0.0).place(4.0), 50.0);
    }

    #[test]
    fn long_figures_take_an_exponent() {
        assert_eq!(tick_words(1e300, &[0.0, 1e300]), "1.00e300");
        assert_eq!(tick_words(0.002, &[0.0, 0.002]), "0.002");
        assert_eq!(tick_words(50.0, &[0.0, 50.0]), "50");
    }
}
