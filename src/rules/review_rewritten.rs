//! `review-rewritten`: reviews that were signed off and say something else now (clauses 7.5.3, 9.3.3).

use super::entries::AppendOnly;
use super::history::{HistoryContext, Offence, Pair};
use super::rewriting::{
    at_base, changed, day, differences, is_put_back, pointer, present, top, versions,
};
use crate::assess::delta::{FieldChange, Form};
use crate::records::Kind;
use crate::text::NodeRef;

/// What is no part of the minutes.
const FREE: &[&str] = &["owner", "tags", "ignore"];

/// What comes by nature after the sign-off: it may be added, and stays as it was added.
const LATER: &[&str] = &["distributed", "evidence", "pack", "notes", "custom"];

const HELP: &str =
    "put it back as it was; what is to be said differently goes into the minutes of another review";

/// Compares what was signed off with what stands there now.
pub fn check(context: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let Some((before, after)) = versions(pair, Kind::Review) else {
        return Vec::new();
    };
    let signed = |review: NodeRef<'_>| present(review.get("signed_off")).is_some();
    if !signed(before.node()) {
        return Vec::new();
    }
    if !signed(after.node()) {
        return vec![withdrawn(before.node())];
    }
    // What was written before the sign-off is nothing to go back to.
    let was_signed = at_base(context, Kind::Review, after).is_some_and(signed);
    let is_put_back = |field: &str| {
        was_signed && !LATER.contains(&field) && is_put_back(context, Kind::Review, after, field)
    };
    let mut found = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for change in differences(Kind::Review, before, after) {
        let field = top(&change).to_owned();
        if field == "decisions" || is_fine(&change, before.node(), after.node()) {
            continue;
        }
        if !told.contains(&field) && !is_put_back(&field) {
            found.push(of_field(&change, &field));
            told.push(field);
        }
    }
    let is_same = is_put_back("decisions");
    found.extend(decisions(before.node(), after.node(), is_same));
    found
}

fn withdrawn(before: NodeRef<'_>) -> Offence {
    let on = day(before, "signed_off.on");
    let on = on.map_or_else(String::new, |on| format!(" of {on}"));
    Offence {
        pointer: "/signed_off".to_owned(),
        message: format!("the sign-off{on} was withdrawn"),
        label: "was signed off".to_owned(),
        help: "put `signed_off` back; a review that has to be held again is another review"
            .to_owned(),
    }
}

/// Whether a difference is no part of the minutes, or an addition that comes later by nature.
fn is_fine(change: &FieldChange, before: NodeRef<'_>, after: NodeRef<'_>) -> bool {
    let field = top(change);
    if FREE.contains(&field) {
        return true;
    }
    let is_added = change.from.is_none() || field == "notes" && is_continued(before, after);
    // The sign-off may name its evidence later.
    let is_evidence = change.path.split(['.', '[']).nth(1) == Some("evidence");
    is_added && (LATER.contains(&field) || is_evidence)
}

/// Whether the notes begin as they did.
fn is_continued(before: NodeRef<'_>, after: NodeRef<'_>) -> bool {
    let notes = |review: NodeRef<'_>| {
        let text = present(review.get("notes"))
            .map_or("", NodeRef::text)
            .to_owned();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    notes(after).starts_with(&notes(before))
}

fn of_field(change: &FieldChange, field: &str) -> Offence {
    let is_value = change.path == field || field == "signed_off" || field == "period";
    match is_value && !matches!(field, "title" | "description" | "notes") {
        true => {
            let place = pointer(change.path.split('[').next().unwrap_or(field));
            let what = format!("`{}` of this review, which is signed off,", change.path);
            changed(place, &what, change, HELP.to_owned())
        }
        false => Offence {
            pointer: pointer(field),
            message: format!("`{field}` of this review has changed since it was signed off"),
            label: "changed after the sign-off".to_owned(),
            help: HELP.to_owned(),
        },
    }
}

/// Decisions stay, each with an action that may be named later; none is added. Of decisions that were put back only an
/// action that is named no more is told.
fn decisions(before: NodeRef<'_>, after: NodeRef<'_>, is_put_back: bool) -> Vec<Offence> {
    let rule = AppendOnly {
        form: Form::of_kind(Kind::Review).field("decisions"),
        later: &["action"],
        known_by: &["text"],
    };
    let mut entries = rule.compare(before.get("decisions"), after.get("decisions"));
    if is_put_back {
        let is_of_action = |change: &FieldChange| top(change) == "action";
        entries
            .lost
            .retain(|lost| lost.change.as_ref().is_some_and(is_of_action));
        entries.new.clear();
    }
    let offence = |at: Option<usize>, message: String| Offence {
        pointer: at.map_or_else(|| "/decisions".to_owned(), |at| format!("/decisions/{at}")),
        message,
        label: "changed after the sign-off".to_owned(),
        help: HELP.to_owned(),
    };
    let lost = entries.lost.iter().map(|lost| match lost.is {
        Some(at) => offence(
            Some(at),
            format!(
                "a decision of this review has changed since it was signed off{}",
                lost.difference()
            ),
        ),
        None => offence(
            None,
            "a decision of this review is gone since it was signed off".to_owned(),
        ),
    });
    let new = entries.new.iter().map(|at| {
        offence(
            Some(*at),
            "a decision was added to this review after it was signed off".to_owned(),
        )
    });
    lost.chain(new).collect()
}
