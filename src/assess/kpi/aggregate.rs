//! Figures of records become one figure.

use crate::records::kpi::Aggregate;

/// The aggregate of some values, each divided by `scale`; `None` for an empty set of which there is no such
/// figure (the sum of nothing is 0), and for the aggregates that count instead of computing.
///
/// Values are summed before they are divided, so that lengths of time, which come in whole milliseconds, give
/// the exact quotient: three times 2 h 40 min have a mean of 160 min.
pub fn aggregate(kind: Aggregate, values: &[f64], scale: f64) -> Option<f64> {
    let count = values.len() as f64;
    let some = !values.is_empty();
    match kind {
        Aggregate::Sum => Some(sum(values) / scale),
        Aggregate::Mean => some.then(|| sum(values) / (count * scale)),
        Aggregate::Median => median(&sorted(values)).map(|value| value / scale),
        Aggregate::Min => values.iter().copied().reduce(f64::min).map(|v| v / scale),
        Aggregate::Max => values.iter().copied().reduce(f64::max).map(|v| v / scale),
        Aggregate::P90 => percentile(&sorted(values), 90.0).map(|value| value / scale),
        Aggregate::P95 => percentile(&sorted(values), 95.0).map(|value| value / scale),
        Aggregate::Count | Aggregate::Share | Aggregate::Rate => None,
    }
}

/// The sum, with the rounding errors of the additions carried along (Neumaier): ten times 0.1 is 1.
pub fn sum(values: &[f64]) -> f64 {
    let mut sum = Sum::default();
    values.iter().for_each(|value| sum.add(*value));
    sum.total()
}

/// A sum that grows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    sum: f64,
    carried: f64,
}

impl Sum {
    pub(super) fn add(&mut self, value: f64) {
        let next = self.sum + value;
        self.carried += if self.sum.abs() >= value.abs() {
            (self.sum - next) + value
        } else {
            (value - next) + self.sum
        };
        self.sum = next;
    }

    pub(super) fn total(self) -> f64 {
        // Beyond the range of doubles the correction is not a number; the sum then says it is infinite.
        if self.sum.is_finite() {
            self.sum + self.carried
        } else {
            self.sum
        }
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some((sorted[middle - 1] + upper) / 2.0)
}

/// Linear interpolation between the closest ranks, the first and last value being 0 and 100 percent.
fn percentile(sorted: &[f64], percent: f64) -> Option<f64> {
    let top = sorted.len().checked_sub(1)?;
    // Multiplied before it is divided: the ninetieth of eleven is rank 9 exactly.
    let rank = percent * top as f64 / 100.0;
    let (below, above) = (rank.floor(), rank.ceil());
    let (low, high) = (sorted[below as usize], sorted[above as usize]);
    Some(low + (high - low) * (rank - below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn aggregates_of_some_values() {
        let values = [4.0, 1.0, 3.0, 2.0];
        let cases = [
            (Aggregate::Sum, 10.0),
            (Aggregate::Mean, 2.5),
            (Aggregate::Median, 2.5),
            (Aggregate::Min, 1.0),
            (Aggregate::Max, 4.0),
            // Rank 2.7: 3 and 0.7 of the way to 4.
            (Aggregate::P90, 3.7),
            (Aggregate::P95, 3.85),
        ];
        for (kind, expected) in cases {
            let figure = aggregate(kind, &values, 1.0).unwrap();
            assert!((figure - expected).abs() < 1e-12, "{kind:?}: {figure}");
        }
        let eleven: Vec<f64> = (0..11).map(f64::from).collect();
        assert_eq!(aggregate(Aggregate::P90, &eleven, 1.0), Some(9.0));
        assert_eq!(aggregate(Aggregate::P95, &[7.0], 1.0), Some(7.0));
        assert_eq!(
            aggregate(Aggregate::Median, &[3.0, 1.0, 2.0], 1.0),
            Some(2.0)
        );
    }

    #[test]
    fn nothing_has_a_sum_and_no_mean() {
        assert_eq!(aggregate(Aggregate::Sum, &[], 1.0), Some(0.0));
        for kind in [
            Aggregate::Mean,
            Aggregate::Median,
            Aggregate::Min,
            Aggregate::Max,
            Aggregate::P90,
            Aggregate::P95,
        ] {
            assert_eq!(aggregate(kind, &[], 1.0), None, "{kind:?}");
        }
    }

    #[test]
    fn rounding_does_not_add_up() {
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[1e16, 1.0, -1e16]), 1.0);
        // 2 h 40 min three times, in hours.
        let third = 9_600_000.0;
        let mean = aggregate(Aggregate::Mean, &[third; 3], 3_600_000.0);
        assert_eq!(mean, Some(160.0 * 60.0 / 3600.0));
    }

    proptest! {
        #[test]
        fn every_aggregate_lies_between_least_and_greatest(
            values in prop::collection::vec(-1e6_f64..1e6, 1..40)
        ) {
            let least = aggregate(Aggregate::Min, &values, 1.0).unwrap();
            let greatest = aggregate(Aggregate::Max, &values, 1.0).unwrap();
            for kind in [Aggregate::Mean, Aggregate::Median, Aggregate::P90, Aggregate::P95] {
                let figure = aggregate(kind, &values, 1.0).unwrap();
                prop_assert!(least - 1e-6 <= figure && figure <= greatest + 1e-6);
            }
        }

        #[test]
        fn the_order_of_records_changes_nothing_but_the_last_bits(
            mut values in prop::collection::vec(-1e6_f64..1e6, 1..40)
        ) {
            let before: Vec<_> = [Aggregate::Mean, Aggregate::Median, Aggregate::P95]
                .iter().map(|kind| aggregate(*kind, &values, 1.0).unwrap()).collect();
            values.reverse();
            for (kind, before) in [Aggregate::Mean, Aggregate::Median, Aggregate::P95].iter().zip(before) {
                prop_assert!((aggregate(*kind, &values, 1.0).unwrap() - before).abs() < 1e-9);
            }
        }
    }
}
