//! The five steps of learning after an incident or an audit (Annex A 5.27, clause 10.1).

use super::{Duties, Link, Links};
use crate::assess::obligations::{Obligation, ObligationKind};
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::audit::Audit;
use crate::records::finding::Finding;
use crate::records::incident::{Incident, Lesson, Lessons};
use chrono::NaiveDate;
use foldhash::HashMap;

/// Names of the five steps, in order, as they are written in `lessons`.
pub const STEPS: [&str; 5] = ["document", "analyse", "identify", "implement", "verify"];

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LessonStep<'v> {
    /// Its name, one of [`STEPS`].
    pub name: &'static str,
    /// Day on which it was taken, and what came of it.
    pub done: Option<(NaiveDate, &'v str)>,
    /// Day by which it is to be taken, where one is set.
    pub due: Option<NaiveDate>,
}

/// The lessons of an incident or an audit.
pub struct LessonsChain<'v> {
    /// The record.
    pub seen: Seen<'v>,
    /// Day on which the incident was resolved or the audit performed; nothing is asked for before.
    pub ended: Option<NaiveDate>,
    /// The steps, in order.
    pub steps: [LessonStep<'v>; 5],
}

impl LessonsChain<'_> {
    /// Names of the steps that are missing: none before the end, and the last two only where there is something to
    /// implement and verify.
    pub fn missing(&self) -> Vec<&'static str> {
        let asked = |(index, step): &(usize, &LessonStep<'_>)| {
            step.done.is_none() && (*index < 3 || step.due.is_some())
        };
        let steps = self.steps.iter().enumerate();
        let steps = steps.filter(|step| self.ended.is_some() && asked(step));
        steps.map(|(_, step)| step.name).collect()
    }

    /// Whether something was learned at all.
    pub fn has_begun(&self) -> bool {
        self.steps.iter().any(|step| step.done.is_some())
    }
}

/// Incidents whose severity asks for lessons or that have some, then audits that were performed.
pub(super) fn lessons<'v>(
    view: &'v View<'_>,
    links: &Links<'v>,
    duties: &Duties<'_>,
) -> Vec<LessonsChain<'v>> {
    let asked = &view.config().incident.lessons_within;
    let incidents = view.typed::<Incident>(Kind::Incident);
    let incidents = incidents.filter_map(|(seen, incident)| {
        let is_asked = asked.contains_key(&incident.severity);
        let is_shown = is_asked || has_some(incident.lessons.as_ref());
        is_shown.then(|| of_incident(view, seen, incident, duties))
    });
    let findings = by_source(view);
    let audits = view.typed::<Audit>(Kind::Audit);
    let audits =
        audits.filter(|(_, audit)| audit.performed.is_some() || has_some(audit.lessons.as_ref()));
    let audits = audits.map(|(seen, audit)| of_audit(view, seen, audit, links, &findings));
    incidents.chain(audits).collect()
}

/// Whether a step was taken by the day; before the first one `lessons` may be there with nothing in it.
fn has_some(lessons: Option<&Lessons>) -> bool {
    let steps = steps(lessons, [None; 5]);
    steps.iter().any(|step| step.done.is_some())
}

fn of_incident<'v>(
    view: &View<'_>,
    seen: Seen<'v>,
    incident: &'v Incident,
    duties: &Duties<'_>,
) -> LessonsChain<'v> {
    let all: Vec<&Obligation> = duties.get(ObligationKind::Lessons, seen.id()).collect();
    let due = |title: String| all.iter().find(|it| it.title == title).map(|it| it.due);
    let first = due(seen.title().to_owned());
    let later = |step: &str| due(format!("{}: {step}", seen.title()));
    let dues = [first, first, first, later("implement"), later("verify")];
    LessonsChain {
        seen,
        ended: incident.resolved.map(|moment| moment.day(view.calendar())),
        steps: steps(incident.lessons.as_ref(), dues),
    }
}

/// The first three steps after an audit have no clock; the last two follow the actions that come from the audit and
/// its findings.
fn of_audit<'v>(
    view: &View<'_>,
    seen: Seen<'v>,
    audit: &'v Audit,
    links: &Links<'v>,
    findings: &HashMap<&str, Vec<(&'v str, &'v Finding)>>,
) -> LessonsChain<'v> {
    let own = links.of_source(seen.id()).iter().copied();
    let raised = findings.get(seen.id()).into_iter().flatten();
    let raised = raised.flat_map(|(id, finding)| links.of_finding(id, finding));
    let kept = own.chain(raised);
    let kept: Vec<Link<'_>> = kept
        .filter(|link| link.action.cancelled.is_none())
        .collect();
    let implement = kept.iter().map(|link| link.action.due.0).max();
    let within = view.config().action.verify_within.to_delta();
    let verify = kept
        .iter()
        .filter_map(|link| verification(link.action, within));
    LessonsChain {
        seen,
        ended: audit.performed.map(|day| day.0),
        steps: steps(
            audit.lessons.as_ref(),
            [None, None, None, implement, verify.max()],
        ),
    }
}

/// The day by which a corrective action is to be verified.
fn verification(action: &Action, within: chrono::TimeDelta) -> Option<NaiveDate> {
    use crate::records::action::ActionType;
    let done = action.completed.unwrap_or(action.due).0;
    let corrective = action.r#type == ActionType::Corrective;
    corrective
        .then(|| done.checked_add_signed(within))
        .flatten()
}

/// Findings by the record they come from.
fn by_source<'v>(view: &'v View<'_>) -> HashMap<&'v str, Vec<(&'v str, &'v Finding)>> {
    let mut findings: HashMap<&str, Vec<_>> = HashMap::default();
    for (seen, finding) in view.typed::<Finding>(Kind::Finding) {
        let of_source = findings.entry(&finding.source).or_default();
        of_source.push((seen.id(), finding));
    }
    findings
}

fn steps<'v>(lessons: Option<&'v Lessons>, dues: [Option<NaiveDate>; 5]) -> [LessonStep<'v>; 5] {
    let taken: [Option<&'v Lesson>; 5] = match lessons {
        None => [None; 5],
        Some(lessons) => [
            lessons.document.as_ref(),
            lessons.analyse.as_ref(),
            lessons.identify.as_ref(),
            lessons.implement.as_ref(),
            lessons.verify.as_ref(),
        ],
    };
    std::array::from_fn(|index| LessonStep {
        name: STEPS[index],
        done: taken[index].map(|lesson| (lesson.date.0, &*lesson.note)),
        due: dues[index],
    })
}
