//! `deleted-before-retention`: records that were taken away while they had to be kept, and evidence that went without
//! leaving its id.

use super::history::{HistoryContext, Offence, Pair};
use super::retained::{Keeping, keeping};
use crate::records::{Day, Kind};
use crate::workspace::history::Version;
use chrono::NaiveDate;

/// Kinds that are evidence of what was done (clauses 9.1, 9.2.2, 9.3.3 and 10.2): they never go without a trace.
const EVIDENCE: &[Kind] = &[
    Kind::Result,
    Kind::Incident,
    Kind::Audit,
    Kind::Finding,
    Kind::Action,
    Kind::Risk,
    Kind::Review,
];

/// Judges what a commit took away.
pub fn check(context: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let Some(before) = pair.before else {
        return Vec::new();
    };
    let offence = match (pair.after, pair.stub) {
        (Some(after), _) => renamed(before, after),
        (None, Some(stub)) => disposed(context, pair, before, stub),
        (None, None) => deleted(context, pair, before),
    };
    offence
        .filter(|_| pair.after.is_some() || !is_mended(context, pair, before))
        .into_iter()
        .collect()
}

/// Whether a later commit of the range brought a record back as it was, or left a stub that is enough.
fn is_mended(context: &HistoryContext<'_>, pair: &Pair<'_>, gone: &Version) -> bool {
    let later = context.later(pair.step).iter();
    let versions = later.flat_map(|step| &step.changes);
    let mut versions = versions.filter_map(|change| change.after.as_deref());
    let is_it =
        |version: &&Version| version.id() == gone.id() && version.collection() == gone.collection();
    match versions.find(is_it) {
        Some(stub) if stub.is_stub() => disposed(context, pair, gone, stub).is_none(),
        Some(back) => back.node().same_as(gone.node()),
        None => false,
    }
}

fn is_evidence(version: &Version) -> bool {
    let kind = version.kind();
    kind.is_some_and(|kind| EVIDENCE.contains(&kind))
}

/// A record that is still there, under an id of which nobody knows.
fn renamed(before: &Version, after: &Version) -> Option<Offence> {
    let is_gone = before.has_own_id() && before.id() != after.id();
    let (was, is) = (before.id(), after.id());
    (is_gone && is_evidence(before)).then(|| Offence {
        pointer: "/id".to_owned(),
        message: format!("the id `{was}` was taken away; the record is now `{is}`"),
        label: format!("was `{was}`"),
        help: format!("give it `{was}` back: minutes, reports and other records may name it"),
    })
}

fn deleted(context: &HistoryContext<'_>, pair: &Pair<'_>, before: &Version) -> Option<Offence> {
    let id = before.id();
    let is_evidence = is_evidence(before);
    let keeping = keeping(context, before);
    let day = context.day(pair.step);
    let told = |message: String, help: String| Offence {
        pointer: "/id".to_owned(),
        message,
        label: "taken away".to_owned(),
        help,
    };
    if let Some(why) = why_kept(context, keeping, day) {
        let leaving = match is_evidence {
            true => "; then leave `id` and `disposed: {on, by, basis}` in its place",
            false => "",
        };
        let help = format!("restore it as it was{}{leaving}", free_from(keeping));
        return Some(told(format!("`{id}` was deleted, and {why}"), help));
    }
    if !is_evidence {
        return None;
    }
    let help = match keeping {
        Keeping::Through(last, _) => format!(
            "it was to be kept through {}; leave `id: {id}` and `disposed: {{on, by, basis}}` in its place",
            Day(last)
        ),
        _ => format!(
            "restore it; what has to go leaves `id: {id}` and `disposed: {{on, by, basis}}` in its place"
        ),
    };
    Some(told(format!("`{id}` was deleted without a trace"), help))
}

/// A record of which a stub was left too early.
fn disposed(
    context: &HistoryContext<'_>,
    pair: &Pair<'_>,
    before: &Version,
    stub: &Version,
) -> Option<Offence> {
    let keeping = keeping(context, before);
    let entered = context.day(pair.step);
    // A day that had not come when the record went makes nothing lawful.
    let day = stub.disposed_on().map_or(entered, |on| on.min(entered));
    let why = why_kept(context, keeping, day)?;
    Some(Offence {
        pointer: "/disposed/on".to_owned(),
        message: format!(
            "`{}` was disposed of on {}, and {why}",
            before.id(),
            Day(day)
        ),
        label: "too early".to_owned(),
        help: format!("restore it as it was{}", free_from(keeping)),
    })
}

/// Why a record had to be kept on a day; nothing when it was free to go.
fn why_kept(context: &HistoryContext<'_>, keeping: Keeping, day: NaiveDate) -> Option<String> {
    let rule = |position: usize| {
        let rule = context.config.retention.get(position);
        rule.map_or_else(String::new, |rule| {
            format!("{} are kept {} from `{}`", rule.over, rule.keep, rule.from)
        })
    };
    match keeping {
        Keeping::Through(last, by) if day <= last => Some(format!(
            "had to be kept through {}: {}",
            Day(last),
            rule(by)
        )),
        Keeping::NotBegun(by) => Some(format!(
            "the time for which it must be kept has not begun: {}",
            rule(by)
        )),
        Keeping::Unclear => Some("nobody can tell how long it must be kept".to_owned()),
        Keeping::Through(..) | Keeping::Free => None,
    }
}

/// From when on a record may go, as the rest of a sentence.
fn free_from(keeping: Keeping) -> String {
    match keeping {
        Keeping::Through(last, _) => {
            let day = last.succ_opt().unwrap_or(last);
            format!("; it may go on {}", Day(day))
        }
        Keeping::Unclear => "; `ismsctl report retention` tells which rule is unclear".to_owned(),
        Keeping::NotBegun(_) | Keeping::Free => String::new(),
    }
}
