//! `closed-without-verification`: nonconformities that were closed before anybody knew that they will not come back
//! (clause 10.2 b to d).

use super::finding_without_action::is_nonconformity;
use super::{Context, Sink};
use crate::assess::chain::{Link, Links, Outcome};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::action::ActionType;
use crate::records::finding::{Finding, FindingStatus, FindingType};
use crate::records::{Day, Kind};
use chrono::NaiveDate;

/// Looks at what every closed nonconformity lacks: root cause, verified actions, and who closed it.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let links = context.links();
    for (entry, finding) in context.snapshot.typed::<Finding>(Kind::Finding) {
        let closed = finding.closed.is_some() || finding.status == FindingStatus::Closed;
        if !closed || !is_nonconformity(finding) {
            continue;
        }
        let (missing, waiting) = missing(entry.id(), finding, links);
        let Some((last, others)) = missing.split_last() else {
            continue;
        };
        let missing = match others {
            [] => last.clone(),
            others => format!("{} and {last}", others.join(", ")),
        };
        let (pointer, when) = match finding.closed {
            Some(day) => ("/closed", format!(" on {day}")),
            None => ("/status", String::new()),
        };
        let message = format!("`{}` was closed{when} without {missing}", entry.id());
        let mut found = Diagnostic::new(
            &catalogue::CLOSED_WITHOUT_VERIFICATION,
            entry.at(pointer),
            message,
        )
        .label("closed too early")
        .help("add what is missing, or open it again until that is on record")
        .about(entry.id());
        for action in waiting
            .iter()
            .filter_map(|link| context.snapshot.get(link.id))
        {
            found = found.related(action.at("/id"), "not shown to be effective by then");
        }
        sink.add(found);
    }
}

/// What a closed nonconformity lacks on the day it was closed, and the actions that keep it from being closed.
fn missing<'r>(id: &str, finding: &Finding, links: &Links<'r>) -> (Vec<String>, Vec<Link<'r>>) {
    let day = finding.closed.map_or(NaiveDate::MAX, |closed| closed.0);
    let mut missing = Vec::new();
    match &finding.root_cause {
        None => missing.push("a root cause".to_owned()),
        Some(cause) if cause.date.0 > day => {
            missing.push(format!("a root cause, which was found on {}", cause.date));
        }
        Some(_) => {}
    }
    let actions = links.of_finding(id, finding);
    let mut waiting = Vec::new();
    let mut shown = 0;
    for link in actions {
        match standing(link, links.outcome(link), day) {
            Standing::Shown => shown += 1,
            Standing::Done | Standing::GivenUp => {}
            Standing::Waiting(what) => {
                missing.push(what);
                waiting.push(link);
            }
        }
    }
    // A minor one whose cause asks for nothing more than what was done at once may end with that.
    let corrected = finding.r#type == FindingType::Minor && finding.correction.is_some();
    let unknown = finding.actions.iter().any(|id| links.get(id).is_none());
    if shown == 0 && waiting.is_empty() && !corrected && !unknown {
        missing.push("an action that was verified".to_owned());
    }
    if finding.closed_by.is_none() {
        missing.push("the name of who closed it (`closed_by`)".to_owned());
    }
    (missing, waiting)
}

/// What an action contributes to the closing of its finding.
enum Standing {
    /// It was verified and is effective.
    Shown,
    /// It is done, and as an improvement needs no verification.
    Done,
    GivenUp,
    /// Something is missing.
    Waiting(String),
}

fn standing(link: Link<'_>, outcome: Outcome, day: NaiveDate) -> Standing {
    let improvement = link.action.r#type == ActionType::Improvement;
    let id = link.id;
    match outcome {
        Outcome::Effective(on) if on <= day => Standing::Shown,
        Outcome::Completed(on) if improvement && on <= day => Standing::Done,
        Outcome::Effective(_) if improvement && is_completed(link, day) => Standing::Done,
        Outcome::Cancelled(on) if on <= day => Standing::GivenUp,
        Outcome::Effective(on) => Standing::Waiting(format!(
            "the verification of `{id}`, which came on {}",
            Day(on)
        )),
        Outcome::Ineffective(_) => Standing::Waiting(format!("an effective successor of `{id}`")),
        Outcome::Completed(on) if on <= day && !improvement => {
            Standing::Waiting(format!("the verification of `{id}`"))
        }
        Outcome::Completed(_) | Outcome::Open | Outcome::Cancelled(_) => {
            Standing::Waiting(format!("the completion of `{id}`"))
        }
    }
}

fn is_completed(link: Link<'_>, day: NaiveDate) -> bool {
    link.action
        .completed
        .is_some_and(|completed| completed.0 <= day)
}
