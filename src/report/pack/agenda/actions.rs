//! Actions of earlier reviews, and opportunities (clause 9.3.2 a and g).

use super::is_open_finding;
use crate::assess::Seen;
use crate::records::Kind;
use crate::records::action::{Action, ActionType};
use crate::records::finding::{Finding, FindingType};
use crate::records::review::Review;
use crate::report::document::{Document, Line, Table};
use crate::report::pack::review::held_after;
use crate::report::pack::{Pack, long};

/// Whether an action comes from a management review.
fn is_from_review(pack: &Pack<'_>, seen: Seen<'_>, action: &Action) -> bool {
    let from_source = pack
        .basis
        .view
        .get(&action.source)
        .is_some_and(|source| source.typed::<Review>().is_some());
    let decided = pack
        .basis
        .view
        .typed::<Review>(Kind::Review)
        .any(|(by, review)| {
            let actions = review
                .decisions
                .iter()
                .filter_map(|decision| decision.action.as_deref());
            !held_after(by, pack.basis.as_of()) && actions.into_iter().any(|id| id == seen.id())
        });
    action.r#type == ActionType::Review || from_source || decided
}

fn is_open(action: &Action) -> bool {
    action.completed.is_none() && action.cancelled.is_none()
}

/// Actions of earlier reviews that are open or were finished in the period.
pub fn previous(pack: &Pack<'_>, document: &mut Document) {
    let as_of = pack.basis.as_of();
    let all: Vec<_> = pack
        .basis
        .view
        .typed::<Action>(Kind::Action)
        .filter(|(seen, action)| is_from_review(pack, *seen, action))
        .collect();
    let finished = all.iter().filter(|(_, action)| {
        let cancelled = action.cancelled.as_ref().map(|cancelled| cancelled.on);
        let end = action.completed.or(cancelled);
        end.is_some_and(|day| pack.in_period(day.0))
    });
    let open = || all.iter().filter(|(_, action)| is_open(action));
    let overdue = open().filter(|(_, action)| action.due.0 < as_of).count();
    document.paragraph(format!(
        "{} closed in the period, {} open, {overdue} of them overdue.",
        finished.clone().count(),
        open().count()
    ));
    let mut table = Table::new(&["Action", "Owner", "Due", "State"]);
    for (seen, action) in finished.chain(open()) {
        table.row(action_cells(pack, *seen, action));
    }
    document.table_or(
        table,
        "No action of an earlier review is open or was closed in the period.",
    );
}

fn action_cells(pack: &Pack<'_>, seen: Seen<'_>, action: &Action) -> [Line; 4] {
    let late = (pack.basis.as_of() - action.due.0).num_days();
    let cancelled = action.cancelled.as_ref();
    let state = match (&action.completed, &action.verification) {
        (Some(day), Some(check)) if check.effective => {
            format!("completed {}, verified", long(day.0)).into()
        }
        (Some(day), Some(_)) => {
            Line::default().strong(format!("completed {}, not effective", long(day.0)))
        }
        (Some(day), None) => format!("completed {}", long(day.0)).into(),
        (None, _) if let Some(cancelled) = cancelled => {
            format!("cancelled {}: {}", long(cancelled.on.0), cancelled.reason).into()
        }
        (None, _) if late > 0 => Line::default().strong(format!("overdue, {late} d")),
        (None, _) => match action.extensions.len() {
            0 => "open".into(),
            count => format!(
                "open, extended {}",
                if count == 1 {
                    "once".to_owned()
                } else {
                    format!("{count} times")
                }
            )
            .into(),
        },
    };
    [
        format!("{} ({})", seen.title(), seen.id()).into(),
        seen.owner().unwrap_or_default().into(),
        long(action.due.0).into(),
        state,
    ]
}

/// Open actions of earlier reviews, for the minutes.
pub fn carried_over(pack: &Pack<'_>) -> Table {
    let mut table = Table::new(&["Action", "Owner", "Due", "State"]);
    for (seen, action) in pack.basis.view.typed::<Action>(Kind::Action) {
        if is_open(action) && is_from_review(pack, seen, action) {
            table.row(action_cells(pack, seen, action));
        }
    }
    table
}

pub fn opportunities(pack: &Pack<'_>, document: &mut Document) {
    let mut table = Table::new(&["Opportunity", "Owner", "Since", "State"]);
    for (seen, finding) in pack.basis.view.typed::<Finding>(Kind::Finding) {
        if finding.r#type == FindingType::Opportunity && is_open_finding(finding) {
            table.row([
                format!("{} ({})", seen.title(), seen.id()),
                seen.owner().unwrap_or_default().to_owned(),
                long(finding.raised.0),
                if pack.known(&finding.actions).is_empty() {
                    "no action yet"
                } else {
                    "under way"
                }
                .to_owned(),
            ]);
        }
    }
    for (seen, action) in pack.basis.view.typed::<Action>(Kind::Action) {
        if action.r#type == ActionType::Improvement && is_open(action) {
            table.row([
                format!("{} ({})", seen.title(), seen.id()),
                seen.owner().unwrap_or_default().to_owned(),
                long(action.opened.0),
                format!("due {}", long(action.due.0)),
            ]);
        }
    }
    document.table_or(table, "No opportunity for improvement is open.");
}
