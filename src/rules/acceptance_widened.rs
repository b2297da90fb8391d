//! `acceptance-widened`: acceptances that cover more than what was signed (clause 6.1.3 f).

use super::history::{HistoryContext, Offence, Pair};
use super::rewriting::{day, present, text, versions};
use crate::assess::facts::field;
use crate::records::Kind;
use crate::text::NodeRef;

/// Compares the end and the score of an acceptance whose signatures are as they were.
pub fn check(_: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let Some((before, after)) = versions(pair, Kind::Risk) else {
        return Vec::new();
    };
    let (before, after) = (before.node(), after.node());
    let is_there = |risk: NodeRef<'_>| present(risk.get("acceptance")).is_some();
    if !is_there(before) || !is_there(after) || is_signed_anew(before, after) {
        return Vec::new();
    }
    let end = later_end(before, after);
    end.into_iter().chain(higher_score(before, after)).collect()
}

/// Whether there is a signature that was not there before: somebody signed, or signed again on another day.
fn is_signed_anew(before: NodeRef<'_>, after: NodeRef<'_>) -> bool {
    let known = signatures(before);
    signatures(after).iter().any(|it| !known.contains(it))
}

/// Who signed on which day.
fn signatures(risk: NodeRef<'_>) -> Vec<(Option<&str>, Option<&str>)> {
    let list = field(risk, "acceptance.by");
    let entries = list.into_iter().flat_map(NodeRef::items);
    entries
        .map(|it| (text(it, "who"), text(it, "on")))
        .collect()
}

const HELP: &str = "put it back as it was, or have it signed again: a new entry in `by` with the day of the signature";

/// Without an end it never ends; one that cannot be read is another rule's matter.
fn later_end(before: NodeRef<'_>, after: NodeRef<'_>) -> Option<Offence> {
    const END: &str = "acceptance.until";
    let until = day(before, END)?;
    let message = match (text(after, END), day(after, END)) {
        (None, _) => format!(
            "the acceptance ended on {until} and now has no end, with the signatures it had"
        ),
        (Some(_), Some(now)) if now > until => format!(
            "the acceptance ended on {until} and now ends on {now}, with the signatures it had"
        ),
        _ => return None,
    };
    Some(Offence {
        pointer: "/acceptance/until".to_owned(),
        message,
        label: format!("was {until}"),
        help: HELP.to_owned(),
    })
}

fn higher_score(before: NodeRef<'_>, after: NodeRef<'_>) -> Option<Offence> {
    let score = |risk| present(field(risk, "acceptance.score"));
    let (was, is) = (score(before)?, score(after)?);
    (is.as_number()? > was.as_number()?).then(|| Offence {
        pointer: "/acceptance/score".to_owned(),
        message: format!(
            "the acceptance was of score {} and is now of {}, with the signatures it had",
            was.text(),
            is.text()
        ),
        label: format!("was {}", was.text()),
        help: HELP.to_owned(),
    })
}
