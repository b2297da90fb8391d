//! `status-contradicts-dates`: records that say they are finished without saying when, or the other way round.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::action::{Action, ActionStatus};
use crate::records::finding::{Finding, FindingStatus};
use crate::records::risk::{Risk, RiskStatus};
use crate::records::{Day, Kind};
use crate::text::NodeRef;
use crate::workspace::EntryRef;

/// Something that cannot be true together: the place, what is said, and how to mend it.
struct Contradiction {
    pointer: &'static str,
    message: String,
    help: &'static str,
}

fn contradiction(pointer: &'static str, message: String, help: &'static str) -> Contradiction {
    Contradiction {
        pointer,
        message,
        help,
    }
}

/// Looks at the status and dates of actions, findings and risks.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, action) in context.snapshot.typed::<Action>(Kind::Action) {
        let found = of_action(action, entry).into_iter();
        tell(entry, found.chain(order_of_action(action)), sink);
    }
    for (entry, finding) in context.snapshot.typed::<Finding>(Kind::Finding) {
        tell(entry, of_finding(finding, entry).into_iter(), sink);
    }
    for (entry, risk) in context.snapshot.typed::<Risk>(Kind::Risk) {
        tell(entry, of_risk(risk, entry).into_iter(), sink);
    }
}

/// The status as it is written.
fn written<'s>(entry: EntryRef<'s>) -> &'s str {
    entry.node().get("status").map_or("", NodeRef::text)
}

fn tell(entry: EntryRef<'_>, found: impl Iterator<Item = Contradiction>, sink: &mut Sink<'_>) {
    for it in found {
        let location = entry.at(it.pointer);
        sink.add(
            Diagnostic::new(&catalogue::STATUS_CONTRADICTS_DATES, location, it.message)
                .help(it.help)
                .about(entry.id()),
        );
    }
}

/// Completed, verified and cancelled need their dates, and the dates need them.
fn of_action(action: &Action, entry: EntryRef<'_>) -> Option<Contradiction> {
    use ActionStatus::{Blocked, Cancelled, Completed, InProgress, Open, Verified};
    let effective = action.verification.as_ref().filter(|it| it.effective);
    let says = |rest: String| format!("the status is `{}`, but {rest}", written(entry));
    Some(match (action.status, &action.cancelled, action.completed) {
        (_, Some(cancelled), Some(completed)) => contradiction(
            "/cancelled",
            format!(
                "completed on {completed} and cancelled on {}: only one can be",
                cancelled.on
            ),
            "remove the one that did not happen",
        ),
        (Cancelled, None, _) => contradiction(
            "/status",
            says("there is no `cancelled`".to_owned()),
            "add `cancelled: {on, by, reason}`, or correct the status",
        ),
        (Cancelled, Some(_), None) => return None,
        (_, Some(cancelled), None) => contradiction(
            "/status",
            says(format!("it was cancelled on {}", cancelled.on)),
            "write `status: cancelled`",
        ),
        (Completed, None, None) => contradiction(
            "/status",
            says("there is no day in `completed`".to_owned()),
            "add `completed`, the day on which it was done, or correct the status",
        ),
        (Open | InProgress | Blocked, None, Some(completed)) => contradiction(
            "/status",
            says(format!("it was completed on {completed}")),
            match effective {
                Some(_) => "write `status: verified`",
                None => "write `status: completed`",
            },
        ),
        (Completed, None, Some(_)) => contradiction(
            "/status",
            says(format!("it was verified on {}", effective?.on)),
            "write `status: verified`",
        ),
        (Verified, None, _) => return of_verified(action),
        (Open | InProgress | Blocked, None, None) => return None,
    })
}

/// Verified means that somebody looked and it had worked. What was verified without being completed is told as
/// `verified-before-completed`.
fn of_verified(action: &Action) -> Option<Contradiction> {
    Some(match &action.verification {
        None => contradiction(
            "/status",
            "the status is `verified`, but there is no `verification`".to_owned(),
            "add `verification: {by, on, effective, note}`, or write `status: completed`",
        ),
        Some(check) if !check.effective => contradiction(
            "/status",
            format!(
                "the status is `verified`, but it was found not effective on {}",
                check.on
            ),
            "write `status: completed`, and open an action that succeeds it",
        ),
        Some(_) => return None,
    })
}

/// An action ends no earlier than it begins.
fn order_of_action(action: &Action) -> Vec<Contradiction> {
    let cancelled = action.cancelled.as_ref().map(|cancelled| cancelled.on);
    let ends = [
        ("/completed", "completed", action.completed),
        ("/cancelled/on", "cancelled", cancelled),
    ];
    let early = ends.into_iter().filter_map(|(pointer, what, day)| {
        before_beginning(pointer, what, day?, ("opened", action.opened))
    });
    early.collect()
}

fn before_beginning(
    pointer: &'static str,
    what: &str,
    day: Day,
    (began, first): (&str, Day),
) -> Option<Contradiction> {
    (day < first).then(|| {
        let message = format!("{what} on {day}, before it was {began} on {first}");
        contradiction(pointer, message, "correct the date that is wrong")
    })
}

/// Closed needs its date, and the date needs it; so does the name of who closed it.
fn of_finding(finding: &Finding, entry: EntryRef<'_>) -> Option<Contradiction> {
    let help = "add `closed`, the day on which it was closed, or correct the status";
    Some(match (finding.status, finding.closed) {
        (FindingStatus::Closed, None) => contradiction(
            "/status",
            "the status is `closed`, but there is no day in `closed`".to_owned(),
            help,
        ),
        (FindingStatus::Open | FindingStatus::InProgress, Some(closed)) => contradiction(
            "/status",
            format!(
                "the status is `{}`, but it was closed on {closed}",
                written(entry)
            ),
            "write `status: closed`, or remove `closed` if it was opened again",
        ),
        (FindingStatus::Closed, Some(closed)) => {
            return before_beginning("/closed", "closed", closed, ("raised", finding.raised));
        }
        (_, None) => contradiction(
            "/closed_by",
            format!(
                "`{}` closed it, but there is no day in `closed`",
                &**finding.closed_by.as_ref()?
            ),
            "add `closed`, or remove `closed_by` if it is still open",
        ),
    })
}

/// Closed needs its date, and the date needs it; a risk that was avoided has ceased to exist as well.
fn of_risk(risk: &Risk, entry: EntryRef<'_>) -> Option<Contradiction> {
    Some(match (risk.status, risk.closed) {
        (RiskStatus::Closed, None) => contradiction(
            "/status",
            "the status is `closed`, but there is no day in `closed`".to_owned(),
            "add `closed`, the day on which the risk ceased to exist, or correct the status",
        ),
        (RiskStatus::Closed | RiskStatus::Avoided, Some(closed)) => {
            let first = ("identified", risk.identified);
            return before_beginning("/closed", "closed", closed, first);
        }
        (_, Some(closed)) => contradiction(
            "/status",
            format!(
                "the status is `{}`, but the risk was closed on {closed}",
                written(entry)
            ),
            "write `status: closed`, or remove `closed` if the risk still exists",
        ),
        (_, None) => return None,
    })
}
