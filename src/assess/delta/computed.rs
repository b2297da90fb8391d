//! What is computed and differs, be it that nobody wrote anything: status, score, band, verdict.

use super::change::{Facts, Judged, Rated, Shift};
use super::fields::FieldChange;
use super::version::{Known, Version};
use crate::assess::kpi::Verdict;
use serde_json::Value;

/// The status of the day, where a date that nobody wrote on either side since ends or resumes something.
pub(super) fn add_status(
    before: &Version<'_>,
    after: &Version<'_>,
    facts: &Facts,
    fields: &mut Vec<FieldChange>,
) {
    let exist = before.exists() && after.exists();
    if !exist || before.is_over() == after.is_over() {
        return;
    }
    let ends: Vec<&str> = before.ends().into_iter().chain(after.ends()).collect();
    let is_told = |field: &FieldChange| {
        let top = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
        field.is_at("status") || ends.iter().any(|path| field.is_at(&top(path)))
    };
    if !fields.iter().any(is_told) {
        let word = |status: &Option<String>| status.clone().map(Value::from);
        let (from, to) = (word(&facts.status.before), word(&facts.status.after));
        fields.push(FieldChange::computed("status", from, to));
    }
}

/// Score and band of a risk, where they differ.
pub(super) fn add_rating(facts: &Facts, fields: &mut Vec<FieldChange>) {
    let Shift { before, after } = &facts.rating;
    let score = |rated: &Option<Rated>| rated.as_ref().and_then(|it| it.score).map(Value::from);
    let band = |rated: &Option<Rated>| {
        let band = rated.as_ref().and_then(|it| it.band.clone());
        band.map(Value::from)
    };
    let computed = [
        ("score", score(before), score(after)),
        ("band", band(before), band(after)),
    ];
    let differ = computed.into_iter().filter(|(_, from, to)| from != to);
    fields.extend(differ.map(|(path, from, to)| FieldChange::computed(path, from, to)));
}

/// Both verdicts, unless one of them is not known.
pub(super) fn crossing(before: Known, after: Known) -> Shift<Judged> {
    match (before, after) {
        (Known::Verdict(before), Known::Verdict(after)) => Shift { before, after },
        _ => Shift::default(),
    }
}

/// Whether the verdict is another one. Where nothing was judged yet, a figure that nobody has is no news.
pub(super) fn has_crossed(verdict: &Shift<Judged>) -> bool {
    let word = |judged: &Option<Judged>| judged.as_ref().map(|it| it.verdict);
    match (word(&verdict.before), word(&verdict.after)) {
        (None, Some(Verdict::NoData)) | (Some(Verdict::NoData), None) => false,
        (before, after) => before != after,
    }
}

pub(super) fn add_verdict(facts: &Facts, fields: &mut Vec<FieldChange>) {
    if has_crossed(&facts.verdict) {
        let word = |judged: &Option<Judged>| judged.as_ref().map(|it| name(it.verdict));
        let (from, to) = (word(&facts.verdict.before), word(&facts.verdict.after));
        fields.push(FieldChange::computed("verdict", from, to));
    }
}

/// The verdict as JSON spells it.
fn name(verdict: Verdict) -> Value {
    // A flat enum always becomes a text.
    serde_json::to_value(verdict).unwrap_or_default()
}
