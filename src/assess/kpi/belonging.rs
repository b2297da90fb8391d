//! To which days a result belongs: those of its own period; else the earliest period of its subject that was
//! still open when it was made; else its date.

use crate::assess::View;
use crate::records::result::Result as Outcome;
use crate::records::{Cadence, Calendar, Config, Day, Duration, Kind, Record};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// The days a result stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

/// What is known of the results of a day.
#[derive(Debug, Default)]
pub(super) struct Belonging {
    /// By index of the record in the snapshot; superseded results have none.
    pub(super) homes: BTreeMap<usize, Home>,
    pub(super) superseded: BTreeSet<usize>,
}

/// When the results of a subject are due.
struct Schedule {
    cadence: Cadence,
    since: Option<Day>,
    grace: i64,
}

/// Days of a grace; a part of a day is one.
pub(super) fn grace_days(grace: Duration) -> i64 {
    let day = 86_400;
    grace.seconds().div_euclid(day) + i64::from(grace.seconds().rem_euclid(day) > 0)
}

/// What a result is of, and the records it was made for.
type Subject<'v> = (&'v str, Vec<&'v str>);

/// Places all results known on the day of a view.
pub(super) fn belonging(view: &View<'_>) -> Belonging {
    let results: Vec<_> = view.typed::<Outcome>(Kind::Result).collect();
    let named: BTreeSet<&str> = results
        .iter()
        .filter_map(|(_, result)| result.supersedes.as_deref())
        .collect();
    let mut found = Belonging::default();
    let mut groups: BTreeMap<Subject<'_>, Vec<(usize, &Outcome)>> = BTreeMap::new();
    for (seen, result) in &results {
        let index = seen.entry().index();
        if named.contains(seen.id()) {
            found.superseded.insert(index);
            continue;
        }
        if let Some(period) = &result.period {
            let home = Home {
                first: period.first(view.calendar()),
                last: period.last(view.calendar()),
            };
            found.homes.insert(index, home);
        }
        let subject = result.subjects().next().unwrap_or_default();
        let about = result.r#for.iter().map(|record| &**record).collect();
        groups
            .entry((subject, about))
            .or_default()
            .push((index, result));
    }
    for ((_, about), mut group) in groups {
        group.sort_by_key(|(index, result)| (result.date, *index));
        let schedule = match (about.is_empty(), group.first()) {
            (true, Some((_, result))) => schedule(result, view),
            _ => None,
        };
        place(&group, schedule.as_ref(), view, &mut found.homes);
    }
    found
}

/// Places the results of one subject that do not name their period, in the order of their dates.
fn place(
    group: &[(usize, &Outcome)],
    schedule: Option<&Schedule>,
    view: &View<'_>,
    homes: &mut BTreeMap<usize, Home>,
) {
    let calendar = view.calendar();
    let mut discharged: BTreeSet<NaiveDate> = group
        .iter()
        .filter_map(|(index, _)| homes.get(index))
        .map(|home| home.last)
        .collect();
    for (index, result) in group {
        if homes.contains_key(index) {
            continue;
        }
        let day = result.date.0;
        let home = schedule
            .and_then(|schedule| window(day, schedule, &discharged, calendar))
            .unwrap_or(Home {
                first: day,
                last: day,
            });
        discharged.insert(home.last);
        homes.insert(*index, home);
    }
}

/// The earliest period not discharged in whose window (start to deadline) a day falls, else that of the day.
fn window(
    day: NaiveDate,
    schedule: &Schedule,
    discharged: &BTreeSet<NaiveDate>,
    calendar: &Calendar,
) -> Option<Home> {
    let back = u64::try_from(schedule.grace).unwrap_or(0);
    let earliest = day.checked_sub_days(Days::new(back)).unwrap_or(day);
    let since = schedule.since.map_or(earliest, |since| since.0);
    let mut own = None;
    for period in schedule
        .cadence
        .periods(earliest.max(since.min(day)), day, calendar)
    {
        let (first, last) = (period.first(calendar), period.last(calendar));
        let home = Home { first, last };
        let reaches = last
            .checked_add_days(Days::new(back))
            .is_none_or(|deadline| day <= deadline);
        if reaches && !discharged.contains(&last) {
            return Some(home);
        }
        own = Some(home);
    }
    own
}

/// When results of this subject are due: by its activity, KPI, control or report, the first that has periods.
fn schedule(result: &Outcome, view: &View<'_>) -> Option<Schedule> {
    let config = view.config();
    let records = [
        result.activity.as_deref(),
        result.kpi.as_deref(),
        result.control.as_deref(),
    ];
    let of_report = || {
        let report = config.reports.get(result.report.as_deref()?)?;
        Some(due(report.cadence, report.since, report.grace, config))
    };
    records
        .into_iter()
        .flatten()
        .find_map(|id| of_record(id, view))
        .or_else(of_report)
        .filter(|schedule| schedule.cadence.has_periods())
}

fn of_record(id: &str, view: &View<'_>) -> Option<Schedule> {
    let (cadence, since, grace) = match view.snapshot().get(id)?.record()? {
        Record::Activity(activity) => (activity.cadence?, activity.since, activity.grace),
        Record::Kpi(kpi) => (kpi.cadence, kpi.since, kpi.grace),
        Record::Control(control) => {
            let monitor = control.monitor.as_ref()?;
            (monitor.cadence, monitor.since, monitor.grace)
        }
        _ => return None,
    };
    let schedule = due(cadence, since, grace, view.config());
    schedule.cadence.has_periods().then_some(schedule)
}

fn due(cadence: Cadence, since: Option<Day>, grace: Option<Duration>, config: &Config) -> Schedule {
    let grace = grace.unwrap_or_else(|| config.isms.grace.of(&cadence));
    Schedule {
        cadence,
        since: since.or(config.isms.since),
        grace: grace_days(grace),
    }
}
