//! The status of a record on the day it is seen. What is stored is for people and says how things stand today;
//! here the dates decide, so that an action completed in June is still open in May.

use crate::assess::Seen;
use crate::records::Kind;
use crate::text::NodeRef;

/// `r.status` of an action, finding or risk; `None` for kinds without one.
///
/// Terminal statuses follow their dates. Others are taken as stored; where a terminal one is stored whose date
/// lies ahead, the record was open, or in progress when something of it was known to be under way.
pub fn status(seen: Seen<'_>) -> Option<&str> {
    status_of(seen.entry().kind()?, seen.node())
}

/// The same of the fields of a record as they were on the day.
pub fn status_of(kind: Kind, node: NodeRef<'_>) -> Option<&str> {
    let stored = node.get("status").map(NodeRef::text);
    let has = |field: &str| node.get(field).is_some();
    let some = |field: &str| {
        node.get(field)
            .is_some_and(|list| list.items().next().is_some())
    };
    let before = |terminal: &[&str], otherwise: &'static str| match stored {
        Some(stored) if !terminal.contains(&stored) => stored,
        _ => otherwise,
    };
    let under_way = |is_so: bool| if is_so { "in-progress" } else { "open" };
    Some(match kind {
        Kind::Action if has("cancelled") => "cancelled",
        Kind::Action if verified(node) => "verified",
        Kind::Action if has("completed") => "completed",
        Kind::Action => before(
            &["completed", "verified", "cancelled"],
            under_way(some("progress")),
        ),
        Kind::Finding if has("closed") => "closed",
        Kind::Finding => before(&["closed"], under_way(has("root_cause") || some("actions"))),
        Kind::Risk if has("closed") => "closed",
        Kind::Risk => {
            let accepted = node.get("acceptance").is_some_and(|acceptance| {
                let by = acceptance.get("by");
                by.is_some_and(|by| by.items().next().is_some())
            });
            let treated = if has("treatment") {
                "in-treatment"
            } else {
                "open"
            };
            match (stored, accepted) {
                (Some("accepted"), false) => treated,
                (Some("closed"), true) => "accepted",
                _ => before(&["closed"], treated),
            }
        }
        _ => return None,
    })
}

fn verified(action: NodeRef<'_>) -> bool {
    let verification = action.get("verification");
    let effective = verification.and_then(|verification| verification.get("effective"));
    effective.and_then(NodeRef::as_boolean) == Some(true)
}
