//! The wording of figures: one for every format.

use super::{KpiRow, PointRow};
use crate::assess::kpi::{Failure, KpiSeries, Reason, Signal, Trend, Verdict};
use crate::records::Unit;
use crate::records::quantity::{format_number, format_value};
use crate::records::target::Direction;
use crate::report::document::{Cell, Tone};
use chrono::NaiveDate;

/// The word for a verdict.
pub fn verdict_word(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Met) => "met",
        Some(Verdict::Near) => "near",
        Some(Verdict::Missed) => "missed",
        Some(Verdict::Waived) => "waived",
        Some(Verdict::NoData) => "no data",
        Some(Verdict::Pending) => "pending",
        None => "no target",
    }
}

/// How a verdict stands: waived is never as good as met, and what is not known is neither good nor bad.
pub fn verdict_tone(verdict: Option<Verdict>) -> Tone {
    match verdict {
        Some(Verdict::Met) => Tone::Good,
        Some(Verdict::Near | Verdict::Waived) => Tone::Warn,
        Some(Verdict::Missed) => Tone::Bad,
        Some(Verdict::NoData | Verdict::Pending) => Tone::Muted,
        None => Tone::Plain,
    }
}

/// `, the third period in a row`, of so many that missed their target.
pub fn run_words(missed: usize) -> String {
    match missed {
        0 | 1 => String::new(),
        2 => ", the second period in a row".to_owned(),
        3 => ", the third period in a row".to_owned(),
        more => format!(", for {more} periods in a row"),
    }
}

/// The sign beside a verdict, so that colour carries nothing alone.
pub fn verdict_sign(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Met) => "✓",
        Some(Verdict::Near) => "~",
        Some(Verdict::Missed) => "✗",
        Some(Verdict::Waived) => "w",
        Some(Verdict::NoData) => "?",
        Some(Verdict::Pending) => "…",
        None => " ",
    }
}

/// The word for a trend; empty when nobody said which way is better.
pub fn trend_word(trend: Option<Trend>) -> &'static str {
    match trend {
        Some(Trend::Improving) => "improving",
        Some(Trend::Steady) => "steady",
        Some(Trend::Worsening) => "worsening",
        None => "",
    }
}

/// What is out of the ordinary about a point of a series; of a run on one side of the mean also which side it is, since
/// only one of them asks for something.
pub fn signal_words(series: &KpiSeries, index: usize) -> Option<&'static str> {
    let point = series.points.get(index)?;
    match point.signal? {
        Signal::OutsideLimits => Some("beyond ordinary variation"),
        Signal::RunOf8 => {
            let (value, mean) = (point.figure.value?, series.limits_at(index)?.mean);
            Some(run_of_8(value > mean, series.direction, series.by_record))
        }
        Signal::None => None,
    }
}

fn run_of_8(is_above: bool, direction: Option<Direction>, by_record: bool) -> &'static str {
    let is_better = match direction {
        Some(Direction::HigherIsBetter) => Some(is_above),
        Some(Direction::LowerIsBetter) => Some(!is_above),
        None => None,
    };
    match (is_better, is_above, by_record) {
        (Some(true), _, false) => "eight periods in a row on the better side of the mean",
        (Some(true), _, true) => "eight records in a row on the better side of the mean",
        (Some(false), _, false) => "eight periods in a row on the worse side of the mean",
        (Some(false), _, true) => "eight records in a row on the worse side of the mean",
        (None, true, false) => "eight periods in a row above the mean",
        (None, true, true) => "eight records in a row above the mean",
        (None, false, false) => "eight periods in a row below the mean",
        (None, false, true) => "eight records in a row below the mean",
    }
}

impl PointRow {
    /// Whether it is out of the ordinary.
    pub fn stands_out(&self) -> bool {
        !matches!(self.signal, None | Some(Signal::None))
    }

    /// The value in the KPI's unit, or `no data`.
    pub fn value_words(&self, unit: Unit) -> String {
        let Some(value) = self.value else {
            return "no data".to_owned();
        };
        let shown = format_value(value, unit);
        let target = self.target.as_deref().unwrap_or_default();
        if self.verdict == Some(Verdict::Met) || !target.ends_with(&shown) {
            return shown;
        }
        // Rounded it would read like the target that it misses: as many decimals as tell them apart.
        let rounded = format_number(value, 2);
        let unit = shown.strip_prefix(&rounded).unwrap_or_default();
        let longer = (3..=12).map(|decimals| format!("{}{unit}", format_number(value, decimals)));
        longer
            .into_iter()
            .find(|words| !target.ends_with(words))
            .unwrap_or(shown)
    }
}

impl KpiRow {
    /// Verdict of the latest period that is over; pending while there is none, if there is a target.
    pub fn verdict(&self) -> Option<Verdict> {
        match &self.current {
            Some(point) => point.verdict,
            None => self.series.last().and_then(|point| point.verdict),
        }
    }

    /// The point that is told: the latest that is over, else the open one.
    pub fn told(&self) -> Option<&PointRow> {
        self.current.as_ref().or(self.series.last())
    }

    /// The value of the latest period that is over; a dash while none is.
    pub fn value_words(&self) -> String {
        self.current
            .as_ref()
            .map_or_else(|| "–".to_owned(), |point| point.value_words(self.unit))
    }

    /// The target in force.
    pub fn target_words(&self) -> String {
        self.told()
            .and_then(|point| point.target.clone())
            .unwrap_or_default()
    }

    /// The target in few columns: `↓ 4 periods` for `decreasing over 4 periods`.
    pub fn short_target(&self) -> String {
        let words = self.target_words();
        let shapes = [
            ("not decreasing over ", "not ↓ "),
            ("not increasing over ", "not ↑ "),
            ("decreasing over ", "↓ "),
            ("increasing over ", "↑ "),
        ];
        let mut shorter = shapes
            .iter()
            .filter_map(|(long, short)| Some(format!("{short}{}", words.strip_prefix(long)?)));
        shorter.next().unwrap_or(words)
    }

    /// The verdict as a word.
    pub fn verdict_words(&self) -> &'static str {
        match self.told() {
            Some(_) => verdict_word(self.verdict()),
            None => "not judged",
        }
    }

    /// The value of the latest period that is over, as a cell.
    pub fn value_cell(&self) -> Cell {
        match self.current.as_ref().and_then(|point| point.value) {
            Some(value) => Cell::Figure(value, self.value_words()),
            None => Cell::mark(Tone::Muted, self.value_words()),
        }
    }

    /// The verdict as a cell.
    pub fn verdict_cell(&self) -> Cell {
        let tone = self
            .told()
            .map_or(Tone::Muted, |_| verdict_tone(self.verdict()));
        Cell::mark(tone, self.verdict_words())
    }

    /// Whether it is judged on some day of a span.
    pub fn is_judged_between(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= last)
            && self.until.is_none_or(|until| first <= until)
    }

    /// `33.33 % of the records met the target`, where every record is judged by itself.
    pub fn share_words(&self) -> Option<String> {
        let share = self.share_met?;
        Some(format!(
            "{} of the records judged met the target",
            format_value(share, Unit::Percent)
        ))
    }

    /// The trend of the current figure as a word.
    pub fn trend_words(&self) -> &'static str {
        trend_word(self.current.as_ref().and_then(|point| point.trend))
    }

    /// Whether the current figure is out of the ordinary.
    pub fn stands_out(&self) -> bool {
        self.current.as_ref().is_some_and(PointRow::stands_out)
    }

    /// `, the third period in a row`, when the target has been missed more than once.
    pub fn run_words(&self) -> String {
        run_words(self.missed_in_a_row)
    }

    /// The periods that are over as a row of blocks; `·` where there is no data.
    pub fn sparkline(&self) -> String {
        const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let over: Vec<Option<f64>> = self
            .series
            .iter()
            .filter(|point| !point.provisional)
            .map(|point| point.value)
            .collect();
        let values = || over.iter().flatten().copied();
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        let block = |value: f64| {
            let steps = (BLOCKS.len() - 1) as f64;
            // All the same: a line in the middle says nothing about high or low.
            let share = if high > low {
                (value - low) / (high - low)
            } else {
                0.5
            };
            BLOCKS
                .get((share * steps).round() as usize)
                .copied()
                .unwrap_or('·')
        };
        over.iter().map(|value| value.map_or('·', block)).collect()
    }
}

/// Why a record is not part of a figure, for people.
pub fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::Open => "open",
        Reason::Where => "by where",
        Reason::OtherPeriod => "in other periods",
        Reason::Future => "in the future",
        Reason::NotOpen => "not open then",
        Reason::Superseded => "superseded",
        Reason::WithoutFigure => "without a figure",
        Reason::OddPeriod => "with a period of another cadence",
    }
}

/// What failed, on which record.
pub fn failure_words(failure: &Failure) -> String {
    match &failure.record {
        Some(record) => format!("{record}: {}", failure.message),
        None => failure.message.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: &[Option<f64>]) -> KpiRow {
        let point = |value: &Option<f64>| PointRow {
            period: "2026-01".to_owned(),
            value: *value,
            numerator: None,
            denominator: None,
            count: None,
            open_late: None,
            target: None,
            target_spelling: None,
            last: NaiveDate::MIN,
            verdict: value.map(|value| {
                if value > 5.0 {
                    Verdict::Missed
                } else {
                    Verdict::Met
                }
            }),
            trend: None,
            signal: None,
            provisional: false,
        };
        KpiRow {
            id: "KPI-X".to_owned(),
            title: "x".to_owned(),
            owner: String::new(),
            path: String::new(),
            unit: Unit::Count,
            direction: None,
            current: None,
            series: values.iter().map(point).collect(),
            share_met: None,
            left_out: Vec::new(),
            reason: None,
            waiver: None,
            off_target_since: None,
            missed_in_a_row: 0,
            since: None,
            until: None,
            decide: None,
        }
    }

    #[test]
    fn a_run_says_on_which_side_of_the_mean_it_is() {
        let (higher, lower) = (Direction::HigherIsBetter, Direction::LowerIsBetter);
        for (direction, is_above, side) in [
            (Some(higher), true, "on the better side of"),
            (Some(higher), false, "on the worse side of"),
            (Some(lower), true, "on the worse side of"),
            (Some(lower), false, "on the better side of"),
            (None, true, "above"),
            (None, false, "below"),
        ] {
            for (by_record, what) in [(false, "periods"), (true, "records")] {
                let words = format!("eight {what} in a row {side} the mean");
                assert_eq!(run_of_8(is_above, direction, by_record), words);
            }
        }
    }

    #[test]
    fn sparklines_scale_and_show_gaps() {
        assert_eq!(
            row(&[Some(0.0), None, Some(7.0), Some(3.5)]).sparkline(),
            "▁·█▅"
        );
        assert_eq!(row(&[Some(2.0), Some(2.0)]).sparkline(), "▅▅");
        assert_eq!(row(&[]).sparkline(), "");
    }

    #[test]
    fn a_run_of_misses_is_told_in_words() {
        let mut missed = row(&[]);
        for (count, words) in [
            (1, ""),
            (2, ", the second period in a row"),
            (15, ", for 15 periods in a row"),
        ] {
            missed.missed_in_a_row = count;
            assert_eq!(missed.run_words(), words);
        }
    }

    #[test]
    fn a_miss_never_reads_like_its_target() {
        let mut point = row(&[Some(99.999)]).series.remove(0);
        point.target = Some("≥ 100 %".to_owned());
        point.verdict = Some(Verdict::Missed);
        assert_eq!(point.value_words(Unit::Percent), "99.999 %");
    }
}
