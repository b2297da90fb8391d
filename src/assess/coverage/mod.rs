//! What the audit programme has covered (clause 9.2.2): per area, clause and control when it was last audited, by which
//! audit, and until when it must be again.
//!
//! A type of audit with a `cycle` must cover everything within that time; only audits of the type itself count, and only
//! what they name. The clock of what was never audited starts with the programme.

mod scheme;

pub use scheme::{CLAUSES, Named};

use super::{View, earliest_result};
use crate::records::audit::Audit;
use crate::records::config::AuditType;
use crate::records::control::Control;
use crate::records::{CalendarSpan, Config, Kind};
use chrono::NaiveDate;

/// Days for the report of an audit where its type does not say.
const REPORT_DAYS: i64 = 30;

/// Days within which the results of an audit are to be reported; a part of a day counts as none.
pub fn report_days(config: &Config, audit: &Audit) -> i64 {
    let kind = config.audits.get(&*audit.r#type);
    let within = kind.and_then(|kind| kind.report_within);
    within.map_or(REPORT_DAYS, |within| within.seconds().div_euclid(86_400))
}

/// What is to be covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Areas,
    Clauses,
    Controls,
}

impl Scope {
    /// The word, which is the key of `cycle` as well.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Areas => "areas",
            Scope::Clauses => "clauses",
            Scope::Controls => "controls",
        }
    }
}

/// Where an area, clause or control stands in the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageState {
    /// Audited within the cycle that ends on the as-of day.
    Covered,
    /// Not audited yet, and there is time left.
    Open,
    /// Not audited within the cycle.
    Overdue,
}

/// An audit and its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dated<'v> {
    /// Day on which it was performed, or for which it is planned.
    pub day: NaiveDate,
    /// Id of the audit.
    pub audit: &'v str,
}

/// An area, clause or control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'v> {
    /// Its id or number.
    pub id: &'v str,
    /// Its title; empty for clauses.
    pub title: &'v str,
    /// The latest audit that covered it, however long ago.
    pub last: Option<Dated<'v>>,
    /// The next audit planned that names it.
    pub planned: Option<Dated<'v>>,
    /// Last day by which it must be audited (again).
    pub until: NaiveDate,
    /// Where it stands.
    pub state: CoverageState,
}

/// Everything of one scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension<'v> {
    /// What it is.
    pub scope: Scope,
    /// Time within which all of it must be audited.
    pub cycle: CalendarSpan,
    /// The items, in order.
    pub items: Vec<Item<'v>>,
}

/// A type of audit of the programme.
pub struct TypeCoverage<'v> {
    /// Its name in isms.toml.
    pub name: &'v str,
    /// What isms.toml says of it.
    pub r#type: &'v AuditType,
    /// Day from which it runs.
    pub start: NaiveDate,
    /// The latest audit performed.
    pub last: Option<Dated<'v>>,
    /// The next one planned and not yet performed.
    pub planned: Option<Dated<'v>>,
    /// What must be covered, as far as `cycle` says so.
    pub dimensions: Vec<Dimension<'v>>,
}

impl<'v> Dimension<'v> {
    /// The items in a state.
    pub fn with(&self, state: CoverageState) -> impl Iterator<Item = &Item<'v>> {
        self.items.iter().filter(move |item| item.state == state)
    }
}

/// The types of the programme, by name, with what they covered as of the day of a view.
pub fn programme<'v>(view: &'v View<'_>) -> Vec<TypeCoverage<'v>> {
    let types = view.config().audits.iter();
    types
        .map(|(name, kind)| coverage(view, name, kind))
        .collect()
}

fn coverage<'v>(view: &'v View<'_>, name: &'v str, kind: &'v AuditType) -> TypeCoverage<'v> {
    let audits = Audits::of(view, name);
    let since = kind.since.or(view.config().isms.since).map(|since| since.0);
    let start = since
        .or_else(|| earliest_result(view))
        .unwrap_or(view.day());
    let cycle = kind.cycle.as_ref();
    let spans = [
        (Scope::Areas, cycle.and_then(|cycle| cycle.areas)),
        (Scope::Clauses, cycle.and_then(|cycle| cycle.clauses)),
        (Scope::Controls, cycle.and_then(|cycle| cycle.controls)),
    ];
    let dimensions = spans.into_iter().filter_map(|(scope, cycle)| {
        let cycle = cycle?;
        let universe = universe(view, scope, start).into_iter();
        let items = universe
            .map(|(id, title, from)| item(id, title, from, cycle, scope, &audits, view.day()));
        Some(Dimension {
            scope,
            cycle,
            items: items.collect(),
        })
    });
    TypeCoverage {
        name,
        r#type: kind,
        start,
        last: audits.performed.last().map(|(dated, _)| *dated),
        planned: audits.planned.first().map(|(dated, _)| *dated),
        dimensions: dimensions.collect(),
    }
}

/// What is to be covered in a scope: id, title and the day on which its first cycle begins. Controls that have ended
/// or do not apply are not audited; one that is monitored from a later day on is new then.
fn universe<'v>(
    view: &'v View<'_>,
    scope: Scope,
    start: NaiveDate,
) -> Vec<(&'v str, &'v str, NaiveDate)> {
    match scope {
        Scope::Areas => {
            let areas = view.config().areas.iter();
            areas
                .map(|(id, area)| (&**id, &*area.title, start))
                .collect()
        }
        Scope::Clauses => CLAUSES
            .into_iter()
            .map(|clause| (clause, "", start))
            .collect(),
        Scope::Controls => {
            let controls = view.typed::<Control>(Kind::Control);
            let claimed = controls.filter(|(_, control)| {
                control.until.is_none_or(|until| view.day() <= until.0)
                    && control
                        .applicability
                        .as_ref()
                        .is_none_or(|line| line.applicable)
            });
            let mut controls: Vec<_> = claimed
                .map(|(seen, control)| {
                    let since = control.monitor.as_ref().and_then(|monitor| monitor.since);
                    (
                        seen.id(),
                        seen.title(),
                        since.map_or(start, |since| since.0.max(start)),
                    )
                })
                .collect();
            controls.sort_unstable();
            controls
        }
    }
}

/// The audits of one type: those performed, and those planned, each in the order of their days.
struct Audits<'v> {
    performed: Vec<(Dated<'v>, &'v Audit)>,
    planned: Vec<(Dated<'v>, &'v Audit)>,
}

impl<'v> Audits<'v> {
    fn of(view: &'v View<'_>, name: &str) -> Self {
        let (mut performed, mut planned) = (Vec::new(), Vec::new());
        for (seen, audit) in view.typed::<Audit>(Kind::Audit) {
            if *audit.r#type != *name {
                continue;
            }
            let (list, day) = match audit.performed {
                Some(day) => (&mut performed, day),
                None => (&mut planned, audit.planned),
            };
            let dated = Dated {
                day: day.0,
                audit: seen.id(),
            };
            list.push((dated, audit));
        }
        performed.sort_by_key(|(dated, _)| *dated);
        planned.sort_by_key(|(dated, _)| *dated);
        Self { performed, planned }
    }
}

fn covers(audit: &Audit, scope: Scope, id: &str) -> bool {
    match scope {
        Scope::Areas => audit.areas.iter().any(|area| **area == *id),
        Scope::Controls => audit.controls.iter().any(|control| **control == *id),
        Scope::Clauses => audit
            .clauses
            .iter()
            .any(|clause| Named::read(clause).covers(id)),
    }
}

fn item<'v>(
    id: &'v str,
    title: &'v str,
    from: NaiveDate,
    cycle: CalendarSpan,
    scope: Scope,
    audits: &Audits<'v>,
    day: NaiveDate,
) -> Item<'v> {
    let named = |(_, audit): &&(Dated<'v>, &'v Audit)| covers(audit, scope, id);
    let last = audits
        .performed
        .iter()
        .rev()
        .find(named)
        .map(|(dated, _)| *dated);
    let planned = audits.planned.iter().find(named).map(|(dated, _)| *dated);
    let counted = last.map_or(from, |last| last.day);
    let until = cycle.after(counted).unwrap_or(NaiveDate::MAX);
    let state = match last {
        _ if day > until => CoverageState::Overdue,
        Some(_) => CoverageState::Covered,
        None => CoverageState::Open,
    };
    Item {
        id,
        title,
        last,
        planned,
        until,
        state,
    }
}
