//! What speaks for and against a control: results of what monitors it, KPIs that name it, duties that are overdue.

use crate::assess::kpi::{KpiSeries, NoFigure, Point, Verdict};
use crate::assess::obligations::{Obligation, ObligationKind, Obligations, State};
use crate::assess::standing::{Standing, usable_period};
use crate::assess::{Seen, View};
use crate::records::activity::Activity;
use crate::records::control::Control;
use crate::records::kpi::Kpi;
use crate::records::result::{Outcome, Result};
use crate::records::{Day, Kind};
use crate::workspace::Collection;
use chrono::NaiveDate;
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Why a control stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonKind {
    /// It is no longer claimed since the day after `day`.
    Ended,
    /// The statement of applicability excludes it.
    NotApplicable,
    /// The statement of applicability says that it is not in place.
    NotImplemented,
    /// The latest result of a monitor fails.
    ResultFails,
    /// The latest verdict on a KPI is missed.
    KpiMissed,
    /// A duty is overdue; `day` is when it was due.
    Overdue,
    /// A file that may hold a result, an activity or a KPI of it cannot be read.
    Unreadable,
    /// A KPI has no figure although it should have one.
    KpiNotComputed,
    /// Nobody can tell for which records an activity is due, because its condition fails.
    DutiesUnclear,
    /// Nothing looks after it.
    NothingMonitors,
    /// The latest result of a monitor does not fail.
    ResultHolds,
    /// What a record calls for was done on `day`, as the record itself says.
    DutyDone,
    /// The latest verdict on a KPI is met, near or waived.
    KpiHolds,
    /// A monitor has had no result so far.
    NothingYet,
    /// A KPI had nothing to measure in its latest period, or has no verdict yet.
    NothingMeasured,
}

/// A reason, and the record behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it says.
    pub kind: ReasonKind,
    /// Id of the result, KPI, activity or control; the path of a file that cannot be read; empty for what the control
    /// says of itself.
    pub record: String,
    /// Period of a figure or duty.
    pub period: Option<String>,
    /// Day of the result, or on which the duty was due.
    pub day: Option<NaiveDate>,
    /// The verdict on a KPI.
    pub verdict: Option<Verdict>,
}

impl Reason {
    fn new(kind: ReasonKind, record: &str) -> Self {
        Self {
            kind,
            record: record.to_owned(),
            period: None,
            day: None,
            verdict: None,
        }
    }

    /// Where it stands in a list: what decides first.
    pub(super) fn order(&self) -> impl Ord + '_ {
        (self.kind, &self.record, self.day)
    }
}

/// What a control says of itself that tells it apart: it has ended, is excluded, or is not in place yet.
pub(super) fn apart(control: &Control, day: NaiveDate) -> Option<Reason> {
    if let Some(until) = control.until.filter(|until| until.0 < day) {
        let ended = Reason::new(ReasonKind::Ended, "");
        return Some(Reason {
            day: Some(until.0),
            ..ended
        });
    }
    let line = control.applicability.as_ref()?;
    if !line.applicable {
        return Some(Reason::new(ReasonKind::NotApplicable, ""));
    }
    (!line.implemented).then(|| Reason::new(ReasonKind::NotImplemented, ""))
}

/// What looks after a control on the day.
pub(super) struct Monitors<'v> {
    own: Option<&'v str>,
    activities: Vec<&'v str>,
    kpis: Vec<&'v str>,
}

impl<'v> Monitors<'v> {
    pub(super) fn is_empty(&self) -> bool {
        self.own.is_none() && self.activities.is_empty() && self.kpis.is_empty()
    }

    pub(super) fn ids(&self) -> Vec<&'v str> {
        let others = self.activities.iter().chain(&self.kpis).copied();
        let mut ids: Vec<&str> = self.own.into_iter().chain(others).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// The latest result of a source.
#[derive(Clone, Copy)]
struct Latest<'v> {
    /// Last day it tells about, and the day on which it was done.
    when: (NaiveDate, NaiveDate),
    id: &'v str,
    fails: bool,
}

impl<'v> Latest<'v> {
    /// The later of two; of two on one day the one that fails.
    fn later(self, other: Self) -> Self {
        let key = |it: &Self| (it.when, it.fails);
        if key(&other) > key(&self) {
            other
        } else {
            self
        }
    }
}

type By<'v, T> = HashMap<&'v str, T>;

/// What all controls are judged by, looked through once.
pub(super) struct Ground<'v, 'a> {
    day: NaiveDate,
    activities: By<'v, Vec<&'v str>>,
    kpis: By<'v, Vec<&'v str>>,
    /// The latest result of each activity that names no control.
    of_activity: By<'v, Latest<'v>>,
    /// The latest result that names a control, by activity; the empty name for none.
    of_control: By<'v, BTreeMap<&'v str, Latest<'v>>>,
    series: HashMap<&'a str, &'a KpiSeries>,
    overdue: HashMap<&'a str, Vec<&'a Obligation>>,
    /// The duty of each activity that was done last, on behalf of a record.
    done: HashMap<&'a str, &'a Obligation>,
    /// Files that may hold an activity, a KPI or a result.
    unreadable: Vec<&'v str>,
    /// Activities of which nobody can tell what they are due for.
    unclear: BTreeSet<&'a str>,
}

fn in_force(since: Option<Day>, until: Option<Day>, day: NaiveDate) -> bool {
    since.is_none_or(|since| since.0 <= day) && until.is_none_or(|until| day <= until.0)
}

/// The latest done duty of each activity among those that records call for.
fn done_for_records(obligations: &[Obligation]) -> HashMap<&str, &Obligation> {
    let mut done: HashMap<&str, &Obligation> = HashMap::default();
    let of_records = obligations
        .iter()
        .filter(|it| it.kind == ObligationKind::Activity && it.r#for.is_some());
    for duty in of_records.filter(|it| it.done.is_some()) {
        let latest = done.entry(&duty.subject).or_insert(duty);
        if (duty.done, &duty.r#for) > (latest.done, &latest.r#for) {
            *latest = duty;
        }
    }
    done
}

impl<'v, 'a> Ground<'v, 'a> {
    pub(super) fn of(
        view: &'v View<'_>,
        obligations: &'a Obligations,
        series: &'a [KpiSeries],
    ) -> Self {
        let day = view.day();
        let mut ground = Self {
            day,
            activities: By::default(),
            kpis: By::default(),
            of_activity: By::default(),
            of_control: By::default(),
            series: series.iter().map(|it| (it.id.as_str(), it)).collect(),
            overdue: HashMap::default(),
            done: done_for_records(&obligations.list),
            unreadable: unreadable(view),
            unclear: obligations
                .unclear
                .iter()
                .filter_map(|it| it.asked_by.as_deref())
                .collect(),
        };
        for (seen, activity) in view.typed::<Activity>(Kind::Activity) {
            if in_force(activity.since, activity.until, day) {
                for control in &activity.controls {
                    ground
                        .activities
                        .entry(control)
                        .or_default()
                        .push(seen.id());
                }
            }
        }
        for (seen, kpi) in view.typed::<Kpi>(Kind::Kpi) {
            if in_force(kpi.since, kpi.until, day) {
                for control in &kpi.controls {
                    ground.kpis.entry(control).or_default().push(seen.id());
                }
            }
        }
        let overdue = obligations
            .list
            .iter()
            .filter(|it| it.state == State::Overdue);
        for obligation in overdue {
            let subject = obligation.subject.as_str();
            ground.overdue.entry(subject).or_default().push(obligation);
        }
        ground.take_in_results(view);
        ground
    }

    fn take_in_results(&mut self, view: &'v View<'_>) {
        let standing = Standing::of(view);
        for (seen, result) in view.typed::<Result>(Kind::Result) {
            let Ok(period) = usable_period(result, view.calendar()) else {
                continue;
            };
            if standing.is_superseded(seen.id()) {
                continue;
            }
            let date = result.date.0;
            let told = period.map_or(date, |period| period.last(view.calendar()));
            let latest = Latest {
                when: (told, date),
                id: seen.id(),
                fails: result.outcome == Some(Outcome::Fail),
            };
            let activity = result.activity.as_deref().unwrap_or_default();
            let place = match result.control.as_deref() {
                Some(control) => Some(
                    self.of_control
                        .entry(control)
                        .or_default()
                        .entry(activity)
                        .or_insert(latest),
                ),
                None if activity.is_empty() => None,
                None => Some(self.of_activity.entry(activity).or_insert(latest)),
            };
            if let Some(place) = place {
                *place = place.later(latest);
            }
        }
    }

    pub(super) fn day(&self) -> NaiveDate {
        self.day
    }

    pub(super) fn monitors(&self, seen: Seen<'v>, control: &Control) -> Monitors<'v> {
        let listed =
            |index: &By<'v, Vec<&'v str>>| index.get(seen.id()).cloned().unwrap_or_default();
        let own = control.monitor.as_ref();
        let own = own.filter(|monitor| in_force(monitor.since, None, self.day));
        Monitors {
            own: own.map(|_| seen.id()),
            activities: listed(&self.activities),
            kpis: listed(&self.kpis),
        }
    }

    /// Nothing is known to look after it; a file that cannot be read may hold what does.
    pub(super) fn without_monitor(&self, seen: Seen<'v>) -> Vec<Reason> {
        let nothing = Reason::new(ReasonKind::NothingMonitors, seen.id());
        self.unread().chain([nothing]).collect()
    }

    fn unread(&self) -> impl Iterator<Item = Reason> {
        let paths = self.unreadable.iter();
        paths.map(|path| Reason::new(ReasonKind::Unreadable, path))
    }

    /// Everything for and against a control that is monitored.
    pub(super) fn reasons(&self, seen: Seen<'v>, monitors: &Monitors<'v>) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.unread().collect();
        self.add_results(seen, monitors, &mut reasons);
        for kpi in &monitors.kpis {
            reasons.extend(self.series.get(kpi).map(|series| judged(series)));
        }
        self.add_overdue(seen, monitors, &mut reasons);
        let unclear = monitors
            .activities
            .iter()
            .filter(|id| self.unclear.contains(*id));
        reasons.extend(unclear.map(|id| Reason::new(ReasonKind::DutiesUnclear, id)));
        reasons
    }

    fn add_results(&self, seen: Seen<'v>, monitors: &Monitors<'v>, reasons: &mut Vec<Reason>) {
        let named = self.of_control.get(seen.id());
        let mut sources: BTreeMap<&str, Option<Latest<'_>>> = BTreeMap::new();
        if monitors.own.is_some() {
            sources.insert("", None);
        }
        for activity in &monitors.activities {
            sources.insert(activity, self.of_activity.get(activity).copied());
        }
        for (source, latest) in named.into_iter().flatten() {
            let known = sources.entry(source).or_default();
            *known = Some(known.map_or(*latest, |known| known.later(*latest)));
        }
        for (source, latest) in sources {
            let source = if source.is_empty() { seen.id() } else { source };
            reasons.push(match latest {
                None => self.without_result(source),
                Some(latest) => {
                    let kind = match latest.fails {
                        true => ReasonKind::ResultFails,
                        false => ReasonKind::ResultHolds,
                    };
                    Reason {
                        day: Some(latest.when.1),
                        ..Reason::new(kind, latest.id)
                    }
                }
            });
        }
    }

    /// An activity that records call for may be done without a result: the row's own date says so.
    fn without_result(&self, source: &str) -> Reason {
        match self.done.get(source) {
            Some(duty) => Reason {
                day: duty.done,
                ..Reason::new(
                    ReasonKind::DutyDone,
                    duty.r#for.as_deref().unwrap_or(source),
                )
            },
            None => Reason::new(ReasonKind::NothingYet, source),
        }
    }

    /// Duties of the control itself, and of what monitors it.
    fn add_overdue(&self, seen: Seen<'v>, monitors: &Monitors<'v>, reasons: &mut Vec<Reason>) {
        use ObligationKind::{Activity, Control, ControlReview, EvidenceExpiry, Measurement};
        let own = [(
            seen.id(),
            [Control, ControlReview, EvidenceExpiry].as_slice(),
        )];
        let activities = monitors
            .activities
            .iter()
            .map(|id| (*id, [Activity].as_slice()));
        let kpis = monitors
            .kpis
            .iter()
            .map(|id| (*id, [Measurement].as_slice()));
        for (subject, kinds) in own.into_iter().chain(activities).chain(kpis) {
            let overdue = self.overdue.get(subject).into_iter().flatten();
            for obligation in overdue.filter(|it| kinds.contains(&it.kind)) {
                reasons.push(Reason {
                    period: obligation.period.map(|period| period.to_string()),
                    day: Some(obligation.due),
                    ..Reason::new(ReasonKind::Overdue, subject)
                });
            }
        }
    }
}

/// What the latest verdict on a KPI says. A verdict that is pending leaves the one before it standing.
fn judged(series: &KpiSeries) -> Reason {
    let is_judged = |point: &&Point| !matches!(point.verdict, None | Some(Verdict::Pending));
    let Some(point) = series.points.iter().rev().find(is_judged) else {
        let kind = match series.problems.is_empty() && series.unreadable.is_empty() {
            true => ReasonKind::NothingMeasured,
            false => ReasonKind::KpiNotComputed,
        };
        return Reason::new(kind, &series.id);
    };
    let kind = match (point.verdict, &point.reason) {
        (Some(Verdict::Missed), _) => ReasonKind::KpiMissed,
        (Some(Verdict::NoData), Some(NoFigure::NothingToMeasure)) => ReasonKind::NothingMeasured,
        (Some(Verdict::NoData), _) => ReasonKind::KpiNotComputed,
        _ => ReasonKind::KpiHolds,
    };
    Reason {
        period: Some(point.period.clone()),
        day: Some(point.last),
        verdict: point.verdict,
        ..Reason::new(kind, &series.id)
    }
}

/// Files whose records may say something about any control.
fn unreadable<'v>(view: &'v View<'_>) -> Vec<&'v str> {
    let telling = [Kind::Activity, Kind::Kpi, Kind::Result].map(Collection::Kind);
    let broken = view.snapshot().broken().iter();
    let telling = broken.filter(|broken| telling.contains(&broken.collection));
    let mut paths: Vec<&str> = telling.map(|broken| &*broken.path).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}
