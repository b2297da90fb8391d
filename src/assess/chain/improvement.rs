//! The register of improvements: all actions with where they come from and where they stand (clauses 10.1, 10.2).

use super::{Duties, Links, Outcome, Source, has_evidence};
use crate::assess::expr::status_on;
use crate::assess::obligations::{ObligationKind, State};
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::action::Action;
use chrono::NaiveDate;

/// One line of the register.
pub struct Improvement<'v> {
    /// The record.
    pub seen: Seen<'v>,
    /// What it says.
    pub action: &'v Action,
    /// Where it comes from.
    pub source: Source<'v>,
    /// Description, or the title where there is none.
    pub description: &'v str,
    /// Status by the dates: open, in-progress, blocked, completed, verified, cancelled.
    pub status: &'v str,
    /// Due date in force on the day.
    pub deadline: NaiveDate,
    /// Due date before any extension.
    pub first_deadline: NaiveDate,
    /// Days by which it is overdue; none when it is not.
    pub overdue: Option<i64>,
    /// Days by which it came too late; none when it did not, or is open.
    pub late: Option<i64>,
    /// How often somebody noted progress.
    pub progress: usize,
    /// When progress is to be noted next, and whether that day has passed; none when nobody asks.
    pub check_in: Option<(NaiveDate, bool)>,
    /// Day by which it is to be verified, and whether that day has passed; none when it was, or need not be.
    pub verification_due: Option<(NaiveDate, bool)>,
    /// Whether there is evidence.
    pub evidence: bool,
    /// Where it stands, its successors included.
    pub outcome: Outcome,
    /// Ids of the actions that succeed it.
    pub successors: Vec<&'v str>,
}

impl Improvement<'_> {
    /// How often its due date was extended by the day.
    pub fn extensions(&self) -> usize {
        self.action.extensions.len()
    }
}

pub(super) fn register<'v>(
    view: &'v View<'_>,
    links: &Links<'v>,
    duties: &Duties<'_>,
    wanted: impl Fn(&Action) -> bool,
) -> Vec<Improvement<'v>> {
    let all = view.typed::<Action>(Kind::Action);
    let all = all.filter(|(_, action)| wanted(action));
    all.map(|(seen, action)| {
        let id = seen.id();
        let open = |kind| {
            let mut open = duties.get(kind, id).filter(|it| it.done.is_none());
            open.next().map(|it| (it.due, it.state == State::Overdue))
        };
        let own = duties.get(ObligationKind::Action, id).next();
        let overdue = own.filter(|it| it.state == State::Overdue);
        let completed = action.completed.map(|completed| completed.0);
        let late = completed.map(|completed| (completed - action.due.0).num_days());
        let link = super::Link { id, action };
        Improvement {
            seen,
            action,
            source: Source::of(view, &action.source),
            description: action.description.as_deref().unwrap_or(seen.title()),
            status: status_on(seen).unwrap_or_default(),
            deadline: action.due.0,
            first_deadline: first_deadline(action),
            overdue: overdue.map(|it| it.days(view.day())),
            late: late.filter(|days| *days > 0),
            progress: action.progress.len(),
            check_in: open(ObligationKind::CheckIn),
            verification_due: open(ObligationKind::Verification),
            evidence: has_evidence(seen),
            outcome: links.outcome(link),
            successors: links.successors(link).map(|next| next.id).collect(),
        }
    })
    .collect()
}

/// What the earliest extension moved, else the due date.
fn first_deadline(action: &Action) -> NaiveDate {
    let first = action
        .extensions
        .iter()
        .min_by_key(|extension| extension.on);
    first.map_or(action.due, |extension| extension.from).0
}
