//! KPIs on the first page: which way each one goes, in a sentence with its figure, target, run and owner.

use super::super::kpis::answered;
use super::super::since::{Turn, crossing};
use super::super::{Pack, long};
use super::{Statement, sentence};
use crate::assess::delta::last_judged;
use crate::assess::kpi::{KpiSeries, Point, Signal, Trend, Verdict, misses};
use crate::records::quantity::format_value;
use crate::report::document::Line;
use crate::report::kpi::{KpiRow, PointRow, run_words, signal_words, verdict_word};

/// Which way a KPI goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    Better,
    Worse,
    /// Off its target, or without data, neither better nor worse.
    AsBefore,
}

/// A KPI at the latest point that is judged.
struct Told<'t> {
    row: &'t KpiRow,
    series: &'t KpiSeries,
    index: usize,
    point: &'t Point,
    words: PointRow,
    before: Option<Before>,
}

/// What there is to say of KPIs that changed, or that are off their targets; those without data as before share a line.
pub fn statements(pack: &Pack<'_>) -> Vec<(Course, Statement)> {
    let told = pack.kpis.iter().filter_map(|row| Told::of(pack, row));
    let mut unknown = Vec::new();
    let mut statements = Vec::new();
    for told in told {
        match (told.course(pack), told.verdict()) {
            // While the next figure is awaited, the one before it tells nothing new.
            (Some(Course::AsBefore), Some(Verdict::NoData)) if !told.is_current() => {}
            (Some(Course::AsBefore), Some(Verdict::NoData)) => {
                let line = Line::from(format!("{} (", told.row.title)).record(&told.row.id);
                let period = pack.basis.reference(&told.point.period);
                let line = line.plain(", ").then(period).plain(told.reason());
                let owner = pack.basis.who(&told.row.owner);
                unknown.push(line.plain(format!("; owner {owner})")));
            }
            (Some(course), _) => statements.push((course, told.statement(pack, course))),
            (None, _) => {}
        }
    }
    if !unknown.is_empty() {
        let gravity = (1, 0, 0);
        let line = sentence(unknown, "KPI", ["has no figure", "have no figure"]);
        statements.push((Course::AsBefore, Statement { gravity, line }));
    }
    statements
}

/// Position of the latest point with a verdict that is not pending, of those that a test holds for.
fn judged(series: &KpiSeries, wanted: impl Fn(&Point) -> bool) -> Option<usize> {
    series.points.iter().rposition(|point| {
        let is_judged = point.verdict.is_some_and(|it| it != Verdict::Pending);
        is_judged && (series.by_record || !point.provisional) && wanted(point)
    })
}

impl<'t> Told<'t> {
    fn of(pack: &'t Pack<'_>, row: &'t KpiRow) -> Option<Self> {
        let series = pack.series(&row.id)?;
        let index = judged(series, |_| true)?;
        let point = series.points.get(index)?;
        Some(Self {
            before: Before::of(pack, series),
            words: PointRow::of(point, series.unit),
            row,
            series,
            index,
            point,
        })
    }

    fn verdict(&self) -> Option<Verdict> {
        self.point.verdict
    }

    /// Which way it goes. A crossed verdict decides; of one that stays bad, its trend.
    fn course(&self, pack: &Pack<'_>) -> Option<Course> {
        let verdict = self.verdict()?;
        let changes = pack.changes.as_ref();
        let news = changes.and_then(|it| it.kpis.iter().find(|news| news.id == self.row.id));
        let before = self.before.as_ref().map(|before| before.verdict);
        let crossed = before.and_then(|before| crossing(Some(before), Some(verdict)));
        let turn = match news.map(|news| news.turn) {
            Some(turn @ (Turn::Worse | Turn::Weakened | Turn::Better)) => Some(turn),
            Some(_) => None,
            None => crossed,
        };
        let is_beyond = self.point.signal == Some(Signal::OutsideLimits);
        Some(match (turn, verdict, self.point.trend) {
            (Some(Turn::Worse | Turn::Weakened), ..) => Course::Worse,
            // What is met because less is asked did not get better.
            (Some(Turn::Better), ..) if self.is_eased() => Course::Worse,
            (Some(Turn::Better), ..) => Course::Better,
            (_, Verdict::Met, Some(Trend::Worsening)) if is_beyond => Course::Worse,
            (_, Verdict::Met | Verdict::Pending, _) => return None,
            (_, Verdict::NoData, _) => Course::AsBefore,
            (_, _, Some(Trend::Improving)) => Course::Better,
            (_, _, Some(Trend::Worsening)) => Course::Worse,
            _ => Course::AsBefore,
        })
    }

    /// Whether another target is in force than a point earlier, and the figure did not improve.
    fn is_eased(&self) -> bool {
        let earlier = self.index.checked_sub(1);
        let earlier = earlier.and_then(|index| self.series.points.get(index));
        let is_other = earlier.is_some_and(|earlier| earlier.target != self.point.target);
        is_other && self.point.trend != Some(Trend::Improving)
    }

    /// How many points in a row miss, up to this one.
    fn run(&self) -> usize {
        let upto = self.series.points.iter().take(self.index + 1).rev();
        let missed = |point: &&Point| point.verdict == Some(Verdict::Missed);
        upto.take_while(missed).count()
    }

    fn statement(&self, pack: &Pack<'_>, course: Course) -> Statement {
        let answers = self.answers(pack);
        let class = match (course, self.verdict()) {
            (_, Some(Verdict::Missed)) if answers.is_none() => 7,
            (_, Some(Verdict::Missed)) => 6,
            (Course::Worse, Some(Verdict::NoData | Verdict::Waived)) => 5,
            (_, Some(Verdict::Waived | Verdict::NoData)) => 4,
            (_, Some(Verdict::Near)) => 3,
            // Better above all is what meets its target again.
            (Course::Better, _) => 8,
            _ => 2,
        };
        let run = i64::try_from(self.run()).unwrap_or(i64::MAX);
        let line = Line::naming(&self.row.title, &self.row.id).plain(" ");
        let line = line
            .then(self.state(pack, course))
            .plain(self.compared(course))
            .plain(format!("; owner {}", pack.basis.who(&self.row.owner)));
        let line = match (self.verdict(), answers) {
            (Some(Verdict::Missed), Some(ids)) => line.plain("; answered by ").then(ids),
            (Some(Verdict::Missed), None) => line.plain("; no finding or action answers it"),
            _ => line,
        };
        Statement {
            gravity: (class, run, urgency(self.row, self.point)),
            line: line.plain("."),
        }
    }

    fn answers(&self, pack: &Pack<'_>) -> Option<Line> {
        let since = misses(self.series.points.get(..=self.index)?);
        let first = since.first()?;
        let ids = answered(pack, &self.row.id, first.first.unwrap_or(first.last));
        (!ids.is_empty()).then(|| pack.basis.references(ids.iter().map(String::as_str)))
    }

    /// Its verdict, figure, period and target; with since when.
    fn state(&self, pack: &Pack<'_>, course: Course) -> Line {
        let period = pack.basis.reference(&self.point.period);
        let target = self.words.target.clone().unwrap_or_default();
        let figure = |lead: &str| {
            let (value, of) = self.figure();
            let line = Line::from(format!("{lead}{value} {of} ")).then(period.clone());
            line.plain(format!(" against {target}"))
        };
        let line = match self.verdict() {
            Some(Verdict::NoData) => {
                return Line::from("has no figure for ")
                    .then(period)
                    .plain(format!(" (target {target}){}", self.reason()));
            }
            Some(Verdict::Met) => figure("meets its target: ").plain(self.easing(pack, course)),
            Some(Verdict::Near) => figure("is near its target: "),
            Some(Verdict::Waived) => {
                figure("misses its target under an approved deviation: ").plain(self.waiver())
            }
            _ => figure("is missed: ").plain(run_words(self.run())),
        };
        match self.since() {
            Some(since) => line.plain(format!(", off target since {since}")),
            None => line,
        }
    }

    /// Its figure and the word between it and its period; of a target over several periods the figures of all.
    fn figure(&self) -> (String, &'static str) {
        match window_words(self.series, self.index) {
            Some(words) => (words, "up to"),
            None => {
                let of = if self.series.by_record { "for" } else { "in" };
                (self.words.value_words(self.series.unit), of)
            }
        }
    }

    /// What was before: the figure of the point before where the trend agrees with the heading, the verdict that it is
    /// compared with where that is another one, and whether all this is out of the ordinary.
    fn compared(&self, course: Course) -> String {
        let other = self.before.as_ref();
        let other = other.filter(|before| Some(before.verdict) != self.verdict());
        let word = match (course, self.point.trend) {
            (Course::Better, Some(Trend::Improving)) => "improved",
            (Course::Worse, Some(Trend::Worsening)) => "worsened",
            _ => "",
        };
        let earlier = self.series.points.iter().take(self.index).rev();
        let mut earlier = earlier.filter(|point| point.figure.value.is_some());
        let mut words = String::new();
        match (earlier.next().filter(|_| !word.is_empty()), other) {
            (Some(earlier), Some(before)) if before.is_like(earlier) => {
                let value = PointRow::of(earlier, self.series.unit).value_words(self.series.unit);
                let verdict = verdict_word(Some(before.verdict));
                words = format!(", {word} from {value} in {} ({verdict})", earlier.period);
            }
            (Some(earlier), before) => {
                let value = PointRow::of(earlier, self.series.unit).value_words(self.series.unit);
                words = format!(", {word} from {value} in {}", earlier.period);
                if let Some(before) = before {
                    words.push_str(&format!(" ({})", before.words));
                }
            }
            (None, Some(before)) => words = format!(" ({})", before.words),
            (None, None) => {}
        }
        if let Some(signal) = signal_words(self.series, self.index) {
            words.push_str(&format!(", {signal}"));
        }
        words
    }

    /// The first day of the run of points off target that ends here.
    fn since(&self) -> Option<String> {
        let off = [Verdict::Near, Verdict::Waived, Verdict::Missed];
        let is_off = self.verdict().is_some_and(|verdict| off.contains(&verdict));
        let run = misses(self.series.points.get(..=self.index)?);
        // A run of one period says since when by naming it.
        let first = run.first().filter(|_| is_off && run.len() > 1)?;
        Some(long(first.first.unwrap_or(first.last)))
    }

    /// What is asked less than before, where that is why it stands under worse.
    fn easing(&self, pack: &Pack<'_>, course: Course) -> String {
        let changes = pack.changes.iter().flat_map(|changes| &changes.kpis);
        let mut weakened = changes.filter(|news| news.turn == Turn::Weakened);
        let weakened = weakened.find(|news| news.id == self.row.id);
        if let Some(brief) = weakened.and_then(|news| news.brief.as_ref()) {
            return format!(", while less is asked ({brief})");
        }
        let before = self.series.points.get(self.index.wrapping_sub(1));
        let before = before.filter(|_| course == Course::Worse && self.is_eased());
        let before = before.and_then(|point| point.target.as_ref());
        before.map_or_else(String::new, |target| {
            format!(", which was {} before", target.human(self.series.unit))
        })
    }

    fn is_current(&self) -> bool {
        self.series.current == Some(self.index)
    }

    fn reason(&self) -> String {
        let reason = self.row.reason.as_ref().filter(|_| self.is_current());
        reason.map_or_else(String::new, |reason| format!(": {reason}"))
    }

    /// Who approved the deviation until when; the reason stands in the dashboard.
    fn waiver(&self) -> String {
        let waiver = self.row.waiver.as_ref().filter(|_| self.is_current());
        let approved = waiver.and_then(|waiver| waiver.split(": ").next());
        approved.map_or_else(String::new, |approved| format!(", {approved}"))
    }
}

/// What sets a KPI apart from others that are off target for as long: it is beyond ordinary variation, somebody said
/// what follows from it, and how far it is off, in thousandths of its target.
pub fn urgency(kpi: &KpiRow, point: &Point) -> i64 {
    let is_beyond = point.signal == Some(Signal::OutsideLimits);
    let bound = point.target.as_ref().and_then(|it| it.bound(kpi.unit));
    let share = point.figure.value.zip(bound).map(|(value, bound)| {
        let share = (value - bound).abs() / bound.abs().max(1.0);
        (share * 1000.0).min(999.0) as i64
    });
    i64::from(is_beyond) * 2000 + i64::from(kpi.decide.is_some()) * 1000 + share.unwrap_or_default()
}

/// The figures that a target over several periods looks at, oldest first: `1, 0, 0`.
pub fn window_words(series: &KpiSeries, index: usize) -> Option<String> {
    let point = series.points.get(index)?;
    let periods = usize::from(point.target.as_ref()?.periods());
    let start = (index + 1).checked_sub(periods).filter(|_| periods > 1)?;
    let window = series.points.get(start..=index)?.iter();
    let words = window.map(|point| match point.figure.value {
        Some(value) => format_value(value, series.unit),
        None => "no data".to_owned(),
    });
    Some(words.collect::<Vec<_>>().join(", "))
}

/// The figure of the latest period that is over; of a target over several periods the figures of all.
pub fn figure_words(pack: &Pack<'_>, kpi: &KpiRow) -> String {
    let series = pack.series(&kpi.id);
    let window = series.and_then(|series| window_words(series, series.current?));
    window.unwrap_or_else(|| kpi.value_words())
}

/// What a KPI is compared with.
struct Before {
    verdict: Verdict,
    period: String,
    /// `met with 5.5 d in 2026-03`
    words: String,
}

impl Before {
    /// The verdict known at the earlier state, else the one on the last period before the time that the review looks at.
    fn of(pack: &Pack<'_>, series: &KpiSeries) -> Option<Self> {
        let Some(changes) = &pack.changes else {
            let index = judged(series, |point| point.last < pack.subject.from)?;
            return Self::at(series, index);
        };
        let side = &changes.since.side;
        let known = last_judged(side.series, &series.id).filter(|_| changes.since.is_sound())?;
        let earlier = side.series?.iter().find(|it| it.id == series.id)?;
        Self::at(earlier, earlier.position(&known.period)?)
    }

    /// Whether a point says as much: it is the same, or it was judged alike.
    fn is_like(&self, point: &Point) -> bool {
        self.period == point.period || point.verdict == Some(self.verdict)
    }

    fn at(series: &KpiSeries, index: usize) -> Option<Self> {
        let point = series.points.get(index)?;
        let (verdict, period) = (point.verdict?, point.period.clone());
        let word = verdict_word(Some(verdict));
        let words = match (verdict, window_words(series, index)) {
            (Verdict::NoData, _) => format!("{word} for {period}"),
            (_, Some(window)) => format!("{word} with {window} up to {period}"),
            (_, None) => {
                let value = PointRow::of(point, series.unit).value_words(series.unit);
                format!("{word} with {value} in {period}")
            }
        };
        Some(Self {
            verdict,
            period,
            words,
        })
    }
}
