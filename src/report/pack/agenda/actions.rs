//! Actions of earlier reviews, and opportunities (clause 9.3.2 a and g).

use super::is_open_finding;
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::action::{Action, ActionType};
use crate::records::finding::{Finding, FindingType};
use crate::records::review::Review;
use crate::report::document::{Cell, Document, Table, Tone};
use crate::report::pack::review::held_after;
use crate::report::pack::since::{Changes, Place, Told};
use crate::report::pack::{Pack, long, named};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Which actions come from management reviews.
pub struct ReviewActions<'v> {
    reviews: BTreeSet<&'v str>,
    /// Those that reviews decided on by the day.
    decided: BTreeSet<&'v str>,
}

impl<'v> ReviewActions<'v> {
    /// Looks through all reviews of a view.
    pub fn of(view: &'v View<'v>) -> Self {
        let reviews = || view.typed::<Review>(Kind::Review);
        let held = reviews().filter(|(seen, _)| !held_after(*seen, view.day()));
        let decisions = held.flat_map(|(_, review)| &review.decisions);
        let decided = decisions.filter_map(|decision| decision.action.as_deref());
        Self {
            decided: decided.collect(),
            reviews: reviews().map(|(seen, _)| seen.id()).collect(),
        }
    }

    /// Whether an action is one of them: by its type, its source, or a decision.
    pub fn has(&self, action: &Action) -> bool {
        action.r#type == ActionType::Review
            || self.reviews.contains(&*action.source)
            || self.decided.contains(&*action.id)
    }
}

pub(super) fn is_open(action: &Action) -> bool {
    action.completed.is_none() && action.cancelled.is_none()
}

/// Actions of earlier reviews that are open or were finished in the period.
pub fn previous(pack: &Pack<'_>, document: &mut Document) {
    let as_of = pack.basis.as_of();
    let from_reviews = ReviewActions::of(pack.basis.view);
    let actions = pack.basis.view.typed::<Action>(Kind::Action);
    let all: Vec<_> = actions
        .filter(|(_, action)| from_reviews.has(action))
        .collect();
    let changes = pack.changes.as_ref();
    let told = changes.map(|changes| changes.actions(Place::Review));
    let told = told.unwrap_or_default();
    let is_told: BTreeSet<&str> = told.iter().map(|news| news.id).collect();
    let finished = all.iter().filter(|(seen, action)| {
        let cancelled = action.cancelled.as_ref().map(|cancelled| cancelled.on);
        let end = action.completed.or(cancelled);
        end.is_some_and(|day| is_told.contains(seen.id()) || pack.in_period(day.0))
    });
    let open = || all.iter().filter(|(_, action)| is_open(action));
    let overdue = open().filter(|(_, action)| action.due.0 < as_of).count();
    let or_since = changes.map(|changes| format!(" or since {}", changes.since.label));
    let is_completed = |(_, action): &&(Seen<'_>, &Action)| action.completed.is_some();
    let completed = finished.clone().filter(is_completed).count();
    let cancelled = match finished.clone().count() - completed {
        0 => String::new(),
        count => format!(", {count} cancelled"),
    };
    document.paragraph(format!(
        "{completed} completed{cancelled} {}{}; {} open, {overdue} of them overdue.",
        pack.when(),
        or_since.unwrap_or_default(),
        open().count()
    ));
    let rows: Vec<_> = finished.chain(open()).collect();
    let ids: Vec<&str> = rows.iter().map(|(seen, _)| seen.id()).collect();
    let told = Told::of(changes, |_| told, &ids);
    let mut table = told.table(&[
        ("action", "Action"),
        ("owner", "Owner"),
        ("due", "Due"),
        ("state", "State"),
    ]);
    for (seen, action) in rows {
        let cells = action_cells(pack, *seen, action).into_iter();
        table.row(cells.chain(told.cell(seen.id())));
    }
    let nothing = format!(
        "No action of an earlier review is open, and none was completed or cancelled {}.",
        pack.when()
    );
    document.table_or(table, nothing);
    told.list_others(document, "Removed");
    if let Some(changes) = changes.filter(|_| told.is_empty()) {
        changes.remark_unchanged(document);
    }
}

fn action_cells(pack: &Pack<'_>, seen: Seen<'_>, action: &Action) -> [Cell; 4] {
    [
        named(seen).into(),
        Cell::text(seen.owner().unwrap_or_default()),
        Cell::Day(action.due.0),
        action_state(action, pack.basis.as_of()),
    ]
}

pub(super) fn action_state(action: &Action, as_of: NaiveDate) -> Cell {
    let late = (as_of - action.due.0).num_days();
    let completed = action.completed.map(|day| long(day.0));
    match (completed, &action.verification, &action.cancelled) {
        (Some(day), Some(check), _) if check.effective => {
            Cell::mark(Tone::Good, format!("completed {day}, verified"))
        }
        (Some(day), Some(_), _) => Cell::alarm(format!("completed {day}, not effective")),
        (Some(day), None, _) => Cell::mark(Tone::Good, format!("completed {day}")),
        (None, _, Some(cancelled)) => {
            let day = long(cancelled.on.0);
            Cell::mark(
                Tone::Muted,
                format!("cancelled {day}: {}", cancelled.reason),
            )
        }
        (None, _, None) if late > 0 => Cell::alarm(format!("overdue, {late} d")),
        (None, _, None) => Cell::text(match action.extensions.len() {
            0 => "open".to_owned(),
            1 => "open, extended once".to_owned(),
            count => format!("open, extended {count} times"),
        }),
    }
}

/// Open actions of earlier reviews, for the minutes.
pub fn carried_over(pack: &Pack<'_>) -> Table {
    let mut table = Table::new(&["Action", "Owner", "Due", "State"]);
    let from_reviews = ReviewActions::of(pack.basis.view);
    for (seen, action) in pack.basis.view.typed::<Action>(Kind::Action) {
        if is_open(action) && from_reviews.has(action) {
            table.row(action_cells(pack, seen, action));
        }
    }
    table
}

pub fn opportunities(pack: &Pack<'_>, document: &mut Document) {
    let findings = pack.basis.view.typed::<Finding>(Kind::Finding);
    let findings: Vec<_> = findings
        .filter(|(_, it)| it.r#type == FindingType::Opportunity && is_open_finding(it))
        .collect();
    let actions = pack.basis.view.typed::<Action>(Kind::Action);
    let actions: Vec<_> = actions
        .filter(|(_, it)| it.r#type == ActionType::Improvement && is_open(it))
        .collect();
    let ids = findings.iter().map(|(seen, _)| seen.id());
    let ids: Vec<&str> = ids
        .chain(actions.iter().map(|(seen, _)| seen.id()))
        .collect();
    let told = Told::of(pack.changes.as_ref(), Changes::improvements, &ids);
    let mut table = told.table(&[
        ("opportunity", "Opportunity"),
        ("owner", "Owner"),
        ("open_since", "Since"),
        ("state", "State"),
    ]);
    for (seen, finding) in findings {
        let state = match pack.known(&finding.actions).is_empty() {
            true => Cell::mark(Tone::Muted, "no action yet"),
            false => Cell::text("under way"),
        };
        let cells = opportunity(seen, finding.raised.0, state);
        table.row(cells.into_iter().chain(told.cell(seen.id())));
    }
    for (seen, action) in actions {
        let state = Cell::text(format!("due {}", long(action.due.0)));
        let cells = opportunity(seen, action.opened.0, state);
        table.row(cells.into_iter().chain(told.cell(seen.id())));
    }
    document.table_or(table, "No opportunity for improvement is open.");
    told.list_others(document, "Closed");
}

fn opportunity(seen: Seen<'_>, since: NaiveDate, state: Cell) -> [Cell; 4] {
    [
        named(seen).into(),
        Cell::text(seen.owner().unwrap_or_default()),
        Cell::Day(since),
        state,
    ]
}
