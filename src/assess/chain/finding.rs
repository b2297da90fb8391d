//! A finding and what became of it: which step of clause 10.2 was taken when, and which is missing.

use super::{Duties, Link, Links, Outcome, Source, has_evidence};
use crate::assess::expr::status_on;
use crate::assess::obligations::ObligationKind;
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::action::ActionType;
use crate::records::finding::{Finding, FindingType};
use chrono::NaiveDate;

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What follows from it is known (10.2 a).
    Consequences,
    /// Similar cases were looked for (10.2 b 3).
    Similar,
    /// The cause is known (10.2 b 2).
    RootCause,
    /// Actions were agreed (10.2 c).
    Actions,
    /// They were completed (10.2 c).
    Completion,
    /// There is evidence of that (10.2 g).
    Evidence,
    /// Somebody looked whether they worked (10.2 d).
    Verification,
    /// They did, or their successors (10.2 d).
    Effectiveness,
    /// It was closed.
    Closure,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Taken, on a day where the records tell one.
    Done(Option<NaiveDate>),
    /// Missing, and due on a day where one is set.
    Missing(Option<NaiveDate>),
    /// Nobody asks for it.
    NotAsked,
}

/// A finding on a day.
pub struct FindingChain<'v> {
    /// The record.
    pub seen: Seen<'v>,
    /// What it says.
    pub finding: &'v Finding,
    /// Where it was found.
    pub source: Source<'v>,
    /// Status by its dates.
    pub status: &'v str,
    /// Days from the day it was raised to the day it was closed, else to the as-of day.
    pub age: i64,
    /// Every step, in order.
    pub steps: Vec<(Step, StepState)>,
    /// Its actions, each followed by those that succeed it.
    pub actions: Vec<ChainedAction<'v>>,
}

/// An action in the chain of a finding.
pub struct ChainedAction<'v> {
    /// The record.
    pub seen: Seen<'v>,
    /// What it says.
    pub link: Link<'v>,
    /// Where it stands, its successors included.
    pub outcome: Outcome,
}

impl FindingChain<'_> {
    /// The first step that is missing.
    pub fn next(&self) -> Option<Step> {
        let missing = |state: &StepState| matches!(state, StepState::Missing(_));
        let mut open = self.steps.iter().filter(|(_, state)| missing(state));
        open.next().map(|(step, _)| *step)
    }

    /// Where a step stands.
    pub fn step(&self, step: Step) -> StepState {
        let found = self.steps.iter().find(|(one, _)| *one == step);
        found.map_or(StepState::NotAsked, |(_, state)| *state)
    }
}

pub(super) fn findings<'v>(
    view: &'v View<'_>,
    links: &Links<'v>,
    duties: &Duties<'_>,
    wanted: impl Fn(&str, &Finding) -> bool,
) -> Vec<FindingChain<'v>> {
    let all = view.typed::<Finding>(Kind::Finding);
    let all = all.filter(|(seen, finding)| wanted(seen.id(), finding));
    all.map(|(seen, finding)| {
        let actions = chained(view, links, links.of_finding(seen.id(), finding));
        let until = finding.closed.map_or(view.day(), |closed| closed.0);
        FindingChain {
            seen,
            finding,
            source: Source::of(view, &finding.source),
            status: status_on(seen).unwrap_or_default(),
            age: (until - finding.raised.0).num_days(),
            steps: steps(seen, finding, &actions, duties),
            actions,
        }
    })
    .collect()
}

/// The actions of a finding with their successors behind them, each once.
fn chained<'v>(
    view: &'v View<'_>,
    links: &Links<'v>,
    own: Vec<Link<'v>>,
) -> Vec<ChainedAction<'v>> {
    let mut order: Vec<Link<'v>> = Vec::new();
    let mut waiting: Vec<Link<'v>> = own.into_iter().rev().collect();
    while let Some(link) = waiting.pop() {
        if order.iter().any(|seen| seen.id == link.id) {
            continue;
        }
        order.push(link);
        let mut next: Vec<Link<'v>> = links.successors(link).collect();
        next.reverse();
        waiting.append(&mut next);
    }
    let chained = order.into_iter().filter_map(|link| {
        Some(ChainedAction {
            seen: view.get(link.id)?,
            link,
            outcome: links.outcome(link),
        })
    });
    chained.collect()
}

/// A finding that is no nonconformity asks for actions only, and one that was declined for nothing but to be closed.
fn steps(
    seen: Seen<'_>,
    finding: &Finding,
    actions: &[ChainedAction<'_>],
    duties: &Duties<'_>,
) -> Vec<(Step, StepState)> {
    let nonconformity = matches!(finding.r#type, FindingType::Major | FindingType::Minor);
    let declined = finding.disposition.as_ref().is_some_and(|it| it.declined);
    let missing = |asked: bool, due: Option<NaiveDate>| match asked && !declined {
        true => StepState::Missing(due),
        false => StepState::NotAsked,
    };
    let state = |done: Option<Option<NaiveDate>>, asked: bool, due: Option<NaiveDate>| {
        done.map_or_else(|| missing(asked, due), StepState::Done)
    };
    let cause = finding.root_cause.as_ref().map(|cause| Some(cause.date.0));
    let similar = finding.similar.as_ref().map(|similar| Some(similar.on.0));
    let due = |kind| duties.due(kind, seen.id());
    let mut steps = vec![
        (
            Step::Consequences,
            state(
                finding.consequences.as_ref().map(|_| None),
                nonconformity,
                None,
            ),
        ),
        (Step::Similar, state(similar, nonconformity, None)),
        (
            Step::RootCause,
            state(cause, nonconformity, due(ObligationKind::RootCause)),
        ),
    ];
    let kept = Kept::of(actions);
    // What was put right at once may be all there is to do.
    let corrected = finding.correction.is_some() && finding.closed.is_some();
    let asked = !(kept.is_empty() && corrected);
    let by = due(ObligationKind::Finding);
    let verification = kept.verification_due(duties);
    let verified = asked && (nonconformity || !kept.to_verify.is_empty());
    steps.extend([
        (Step::Actions, state(kept.agreed(), asked, None)),
        (Step::Completion, state(kept.completed(), asked, by)),
        (Step::Evidence, state(kept.evidenced(), asked, None)),
        (
            Step::Verification,
            state(kept.verified(), verified, verification),
        ),
        (Step::Effectiveness, state(kept.effective(), verified, None)),
        (
            Step::Closure,
            match finding.closed {
                Some(closed) => StepState::Done(Some(closed.0)),
                None => StepState::Missing(None),
            },
        ),
    ]);
    steps
}

/// The actions of a finding that were not given up.
struct Kept<'a, 'v> {
    all: Vec<&'a ChainedAction<'v>>,
    /// Those whose effect is to be looked at: all but improvements.
    to_verify: Vec<&'a ChainedAction<'v>>,
}

impl<'a, 'v> Kept<'a, 'v> {
    fn of(actions: &'a [ChainedAction<'v>]) -> Self {
        let kept = actions.iter();
        let kept = kept.filter(|it| it.link.action.cancelled.is_none());
        let all: Vec<_> = kept.collect();
        let to_verify = all
            .iter()
            .copied()
            .filter(|it| it.link.action.r#type != ActionType::Improvement);
        Self {
            to_verify: to_verify.collect(),
            all,
        }
    }

    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The day on which the first one was agreed.
    fn agreed(&self) -> Option<Option<NaiveDate>> {
        let days = self.all.iter().map(|it| it.link.action.opened.0);
        days.min().map(Some)
    }

    fn completed(&self) -> Option<Option<NaiveDate>> {
        last(&self.all, |it| it.link.action.completed.map(|day| day.0))
    }

    fn evidenced(&self) -> Option<Option<NaiveDate>> {
        let all = self.all.iter().all(|it| has_evidence(it.seen));
        (all && self.completed().is_some()).then_some(None)
    }

    fn verified(&self) -> Option<Option<NaiveDate>> {
        last(&self.to_verify, |it| {
            it.link.action.verification.as_ref().map(|check| check.on.0)
        })
    }

    fn effective(&self) -> Option<Option<NaiveDate>> {
        last(&self.to_verify, |it| match it.outcome {
            Outcome::Effective(on) => Some(on),
            _ => None,
        })
    }

    fn verification_due(&self, duties: &Duties<'_>) -> Option<NaiveDate> {
        let open = self.to_verify.iter();
        let open = open.filter(|it| it.link.action.verification.is_none());
        let days = open.filter_map(|it| duties.due(ObligationKind::Verification, it.link.id));
        days.max()
    }
}

/// The last of the days, if there is one for every action.
fn last(
    actions: &[&ChainedAction<'_>],
    day: impl Fn(&ChainedAction<'_>) -> Option<NaiveDate>,
) -> Option<Option<NaiveDate>> {
    let days: Vec<NaiveDate> = actions.iter().map(|it| day(it)).collect::<Option<_>>()?;
    days.into_iter().max().map(Some)
}
