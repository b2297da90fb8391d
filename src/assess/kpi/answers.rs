//! What was done about a missed target (clause 10.2 a): one answer to that question for every output.

use super::series::KpiSeries;
use crate::assess::people::approves;
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::finding::Finding;
use crate::records::kpi::Kpi;
use chrono::NaiveDate;
use foldhash::HashMap;

/// What sort of answer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerKind {
    /// A finding whose source is the KPI.
    Finding,
    /// An action whose source is the KPI.
    Action,
    /// An approved deviation of the KPI itself.
    Deviation,
}

/// Something done about a missed target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// Day on which it was raised, opened or approved.
    pub begun: NaiveDate,
    /// Id of the finding or action; of the KPI for a deviation.
    pub id: String,
    /// What it is.
    pub kind: AnswerKind,
    /// Day on which it was over (closed, completed, cancelled, expired), after which a miss needs another answer.
    pub ended: Option<NaiveDate>,
}

impl Answer {
    /// Whether it answers a miss of a target that looks at the days from `began` on: it was still at work then, or
    /// came later. A late answer is one too.
    pub fn is_to(&self, began: NaiveDate) -> bool {
        self.ended.is_none_or(|ended| ended >= began)
    }
}

/// Everything known on the day of a view that answers a miss of a KPI whose target looks at the days from `began`
/// on (see [`KpiSeries::began`]), oldest first.
pub fn answers(view: &View<'_>, kpi: &str, began: NaiveDate) -> Vec<Answer> {
    let findings = view.typed::<Finding>(Kind::Finding);
    let findings = findings.filter(|(_, finding)| *finding.source == *kpi);
    let actions = view.typed::<Action>(Kind::Action);
    let actions = actions.filter(|(_, action)| *action.source == *kpi);
    let own = findings.map(|(seen, finding)| of_finding(seen, finding));
    let own = own.chain(actions.map(|(seen, action)| of_action(seen, action)));
    to_miss(own.chain(deviations(view, kpi)).collect(), began)
}

/// The same for many KPIs of a view, whose findings and actions are looked through once.
pub struct Answers<'v> {
    view: &'v View<'v>,
    by_source: HashMap<&'v str, Vec<Answer>>,
}

impl<'v> Answers<'v> {
    /// What answers the misses of all KPIs of a view.
    pub fn of(view: &'v View<'v>) -> Self {
        let mut by_source: HashMap<&str, Vec<Answer>> = HashMap::default();
        for (seen, finding) in view.typed::<Finding>(Kind::Finding) {
            let own = by_source.entry(&finding.source).or_default();
            own.push(of_finding(seen, finding));
        }
        for (seen, action) in view.typed::<Action>(Kind::Action) {
            let own = by_source.entry(&action.source).or_default();
            own.push(of_action(seen, action));
        }
        Self { view, by_source }
    }

    /// What answers a miss of a KPI, as [`answers`] says.
    pub fn to(&self, kpi: &str, began: NaiveDate) -> Vec<Answer> {
        let own = self.by_source.get(kpi).cloned().unwrap_or_default();
        let own = own.into_iter().chain(deviations(self.view, kpi));
        to_miss(own.collect(), began)
    }
}

fn of_finding(seen: Seen<'_>, finding: &Finding) -> Answer {
    Answer {
        begun: finding.raised.0,
        id: seen.id().to_owned(),
        kind: AnswerKind::Finding,
        ended: finding.closed.map(|day| day.0),
    }
}

fn of_action(seen: Seen<'_>, action: &Action) -> Answer {
    let cancelled = action.cancelled.as_ref().map(|cancelled| cancelled.on);
    Answer {
        begun: action.opened.0,
        id: seen.id().to_owned(),
        kind: AnswerKind::Action,
        ended: action.completed.or(cancelled).map(|day| day.0),
    }
}

/// Those that are to a miss, oldest first.
fn to_miss(mut found: Vec<Answer>, began: NaiveDate) -> Vec<Answer> {
    found.retain(|answer| answer.is_to(began));
    found.sort();
    found
}

/// The deviations that somebody entitled approved.
fn deviations(view: &View<'_>, id: &str) -> Vec<Answer> {
    let Some(kpi) = view.get(id).and_then(|seen| seen.typed::<Kpi>()) else {
        return Vec::new();
    };
    let approved = kpi.deviations.iter().filter(|deviation| {
        let (approver, on) = (&deviation.approved_by, deviation.on.0);
        approves(view.config(), approver, &kpi.owner, on).is_ok()
    });
    let answer = approved.map(|deviation| Answer {
        begun: deviation.on.0,
        id: id.to_owned(),
        kind: AnswerKind::Deviation,
        ended: Some(deviation.until.0),
    });
    answer.collect()
}

impl KpiSeries {
    /// The first day of what the target of a point looks at: of its own period, or of several.
    pub fn began(&self, index: usize) -> Option<NaiveDate> {
        let point = self.points.get(index)?;
        let target = point.target.as_ref();
        let periods = target.map_or(1, |target| usize::from(target.periods()));
        let earliest = self.points.get((index + 1).saturating_sub(periods))?;
        Some(earliest.first.unwrap_or(earliest.last))
    }
}
