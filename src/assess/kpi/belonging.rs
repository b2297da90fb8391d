//! To which days a result belongs: those of its own period; else the earliest period of its subject that was
//! still open when it was made; else its date.

use super::figure::Reason;
use crate::assess::View;
use crate::assess::allotment::{Completion, Slot, allot, shifted, slots, whole_days};
use crate::assess::standing::{Standing, earliest_result};
use crate::records::result::Result as Outcome;
use crate::records::{Cadence, Calendar, Day, Duration, Kind, Period, Record};
use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};

/// The days a result stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    /// The day on which it was first there, before any correction.
    pub(super) date: NaiveDate,
}

/// What is known of the results of a day.
#[derive(Debug)]
pub(super) struct Belonging {
    /// By index of the record in the snapshot; superseded results have none, nor those whose period the calendar
    /// refuses.
    homes: Vec<Option<Home>>,
    pub(super) superseded: HashSet<usize>,
}

impl Belonging {
    /// The days a result stands for, or why it stands for none.
    pub(super) fn home(&self, index: usize) -> Result<Home, Reason> {
        let reason = match self.superseded.contains(&index) {
            true => Reason::Superseded,
            false => Reason::OddPeriod,
        };
        self.homes.get(index).copied().flatten().ok_or(reason)
    }
}

/// When the results of a subject are due.
struct Schedule {
    cadence: Cadence,
    since: NaiveDate,
    until: Option<Day>,
    /// In days.
    grace: i64,
}

/// What a result is of, and the records it was made for.
type Subject<'v> = (&'v str, Vec<&'v str>);

/// A result that counts.
struct Made<'v> {
    index: usize,
    result: &'v Outcome,
    completion: Completion,
}

/// Places all results known on the day of a view.
pub(super) fn belonging(view: &View<'_>) -> Belonging {
    let calendar = view.calendar();
    let standing = Standing::of(view);
    let general = general_since(view);
    let mut found = Belonging {
        homes: vec![None; view.snapshot().entries().len()],
        superseded: HashSet::default(),
    };
    // In no order: where the results of one group belong does not hang on those of another.
    let mut groups: HashMap<Subject<'_>, Vec<Made<'_>>> = HashMap::default();
    for (seen, result) in view.typed::<Outcome>(Kind::Result) {
        let index = seen.entry().index();
        if standing.is_superseded(seen.id()) {
            found.superseded.insert(index);
            continue;
        }
        let Ok(period) = standing.period(result, calendar) else {
            continue;
        };
        let date = standing.first_date(result);
        let subject = result.subjects().next().unwrap_or_default();
        let about = result.r#for.iter().map(|record| &**record).collect();
        let made = Made {
            index,
            result,
            completion: Completion { date, period },
        };
        groups.entry((subject, about)).or_default().push(made);
    }
    for ((_, about), mut group) in groups {
        group.sort_by(|a, b| {
            let (one, other) = (a.completion.order(), b.completion.order());
            one.cmp(&other).then(a.index.cmp(&b.index))
        });
        // Results that all name their period need none to be found for them.
        let is_asked = group.iter().any(|made| made.completion.period.is_none());
        let schedule = match (is_asked && about.is_empty(), group.first()) {
            (true, Some(first)) => schedule(first.result, general, view),
            _ => None,
        };
        place(&group, schedule.as_ref(), calendar, &mut found.homes);
    }
    found
}

/// `[isms] since`; without it the earliest day that a result known on the day stands for; without any the day
/// itself.
pub(super) fn general_since(view: &View<'_>) -> NaiveDate {
    let since = view.config().isms.since.map(|since| since.0);
    since
        .or_else(|| earliest_result(view))
        .unwrap_or(view.day())
}

/// Places the results of one subject, in their order.
fn place(
    group: &[Made<'_>],
    schedule: Option<&Schedule>,
    calendar: &Calendar,
    homes: &mut [Option<Home>],
) {
    let completions: Vec<Completion> = group.iter().map(|made| made.completion).collect();
    let slots = schedule.map_or_else(Vec::new, |schedule| schedule.slots(&completions, calendar));
    let places = allot(&slots, &completions, calendar);
    for (made, place) in group.iter().zip(places) {
        let date = made.completion.date;
        let days = |period: Period| (period.first(calendar), period.last(calendar));
        let (first, last) = match (made.completion.period, place) {
            (Some(period), _) => days(period),
            (None, Some(index)) => (slots[index].first, slots[index].last),
            // Before the first period or after the last.
            (None, None) => schedule
                .and_then(|schedule| schedule.cadence.period_containing(date, calendar))
                .map_or((date, date), days),
        };
        homes[made.index] = Some(Home { first, last, date });
    }
}

impl Schedule {
    /// The periods that some completions, in order, can belong to: none whose deadline was before the first of them.
    fn slots(&self, completions: &[Completion], calendar: &Calendar) -> Vec<Slot> {
        let Some((first, last)) = completions.first().zip(completions.last()) else {
            return Vec::new();
        };
        let earliest = shifted(first.date, -self.grace.max(0)).unwrap_or(first.date);
        let start = self.since.max(earliest);
        let (until, grace) = (self.until, self.grace);
        slots(&self.cadence, (start, last.date), until, grace, calendar)
    }
}

/// When results of this subject are due: by its activity, KPI, control or report, the first that has periods.
fn schedule(result: &Outcome, general: NaiveDate, view: &View<'_>) -> Option<Schedule> {
    let config = view.config();
    let records = [
        result.activity.as_deref(),
        result.kpi.as_deref(),
        result.control.as_deref(),
    ];
    let of_report = || {
        let report = config.reports.get(result.report.as_deref()?)?;
        Some((report.cadence, report.since, None, report.grace))
    };
    let has_periods = |due: &Due| due.0.has_periods();
    let (cadence, since, until, grace) = records
        .into_iter()
        .flatten()
        .filter_map(|id| of_record(id, view))
        .find(has_periods)
        .or_else(|| of_report().filter(has_periods))?;
    let grace = grace.unwrap_or_else(|| config.isms.grace.of(&cadence));
    Some(Schedule {
        cadence,
        since: since.map_or(general, |since| since.0),
        until,
        grace: whole_days(grace),
    })
}

/// Cadence, `since`, `until` and grace as they are written.
type Due = (Cadence, Option<Day>, Option<Day>, Option<Duration>);

fn of_record(id: &str, view: &View<'_>) -> Option<Due> {
    Some(match view.snapshot().get(id)?.record()? {
        Record::Activity(it) => (it.cadence?, it.since, it.until, it.grace),
        Record::Kpi(it) => (it.cadence, it.since, it.until, it.grace),
        Record::Control(it) => {
            let monitor = it.monitor.as_ref()?;
            (monitor.cadence, monitor.since, it.until, monitor.grace)
        }
        _ => return None,
    })
}
