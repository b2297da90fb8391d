//! The corrective action chain (clause 10.2): from a finding over root cause and actions to the proof that they
//! worked, and the lessons of incidents and audits (Annex A 5.27), as they stood on a day.
//!
//! `links` knows how actions hang together; `finding` says for each finding which step was taken when and which is
//! missing; `improvement` is the register of improvements, a view of all actions; `lessons` holds the five steps after
//! incidents and audits.

pub mod finding;
pub mod improvement;
pub mod lessons;
pub mod links;

pub use finding::{FindingChain, Step, StepState};
pub use improvement::Improvement;
pub use lessons::{LessonStep, LessonsChain};
pub use links::{Link, Links, Outcome};

use super::obligations::{Obligation, ObligationKind};
use super::{Seen, View};
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::finding::Finding;
use crate::workspace::Collection;
use chrono::NaiveDate;
use foldhash::HashMap;

/// Everything that follows from something, on a day.
pub struct Chain<'v> {
    /// Findings and their steps, by file and position.
    pub findings: Vec<FindingChain<'v>>,
    /// The actions, by file and position.
    pub improvements: Vec<Improvement<'v>>,
    /// Lessons of incidents, then of audits.
    pub lessons: Vec<LessonsChain<'v>>,
}

/// Evaluates the chain on the day of a view. `obligations` are those of the same view, so that what is said to be late
/// here and in the list of duties is the same.
pub fn evaluate<'v>(view: &'v View<'_>, obligations: &[Obligation]) -> Chain<'v> {
    let (links, duties) = (links(view), Duties::of(obligations));
    Chain {
        findings: finding::findings(view, &links, &duties, |_, _| true),
        improvements: improvement::register(view, &links, &duties, |_| true),
        lessons: lessons::lessons(view, &links, &duties),
    }
}

/// The same without lessons, and of findings and actions those alone that are wanted.
pub fn evaluate_those<'v>(
    view: &'v View<'_>,
    obligations: &[Obligation],
    finding: impl Fn(&str, &Finding) -> bool,
    action: impl Fn(&Action) -> bool,
) -> (Vec<FindingChain<'v>>, Vec<Improvement<'v>>) {
    let (links, duties) = (links(view), Duties::of(obligations));
    (
        finding::findings(view, &links, &duties, finding),
        improvement::register(view, &links, &duties, action),
    )
}

/// The kinds of duties that are asked for here; most others are activities and reviews.
const KINDS: [ObligationKind; 6] = [
    ObligationKind::Action,
    ObligationKind::CheckIn,
    ObligationKind::Finding,
    ObligationKind::Lessons,
    ObligationKind::RootCause,
    ObligationKind::Verification,
];

/// The actions of the day and how they hang together.
pub fn links<'v>(view: &'v View<'_>) -> Links<'v> {
    let actions = view.typed::<Action>(Kind::Action);
    Links::of(actions.map(|(seen, action)| (seen.id(), action)))
}

/// Duties by the record they come from.
struct Duties<'o>(HashMap<&'o str, Vec<&'o Obligation>>);

impl<'o> Duties<'o> {
    fn of(obligations: &'o [Obligation]) -> Self {
        let mut by_subject: HashMap<&str, Vec<&Obligation>> = HashMap::default();
        for it in obligations.iter().filter(|it| KINDS.contains(&it.kind)) {
            by_subject.entry(&it.subject).or_default().push(it);
        }
        Self(by_subject)
    }

    /// The duties of a kind that a record asks for, by due date.
    fn get(&self, kind: ObligationKind, subject: &str) -> impl Iterator<Item = &'o Obligation> {
        let all = self.0.get(subject).into_iter().flatten().copied();
        all.filter(move |it| it.kind == kind)
    }

    /// When the only duty of a kind is due.
    fn due(&self, kind: ObligationKind, subject: &str) -> Option<NaiveDate> {
        self.get(kind, subject).next().map(|it| it.due)
    }
}

/// Where something comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'v> {
    /// Id of the record.
    pub id: &'v str,
    /// Its kind, or the name of its register; none when there is no such record on the day.
    pub kind: Option<&'v str>,
}

impl<'v> Source<'v> {
    fn of(view: &'v View<'_>, id: &'v str) -> Self {
        let kind = view.get(id).map(|seen| match seen.entry().collection() {
            Collection::Kind(kind) => kind.name(),
            Collection::Register(name) => name,
        });
        Self { id, kind }
    }
}

/// Whether a record has evidence.
fn has_evidence(seen: Seen<'_>) -> bool {
    let record = seen.record();
    record.is_some_and(|record| !record.common().evidence().is_empty())
}
