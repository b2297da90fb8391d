//! The comparison of two versions of a record.

use super::change::{Change, ChangeKind, Facts, Judged, Shift, Subject};
use super::fields::{self, FieldChange, differences};
use super::form::Form;
use super::version::Version;
use super::{computed, demands, moves};

/// By what two versions are compared.
pub(super) struct Terms<'t> {
    /// What the fields hold.
    pub(super) form: &'t Form,
    /// The field that names the record.
    pub(super) key: &'t str,
    /// Whether there is a method by which risks are scored.
    pub(super) has_method: bool,
}

/// What changed of one record; none when nothing did, or when there is none.
pub(super) fn compare(
    before: Option<&Version<'_>>,
    after: Option<&Version<'_>>,
    terms: &Terms<'_>,
    verdict: Shift<Judged>,
) -> Option<Change> {
    let version = after.or(before)?;
    let mut fields = written(before, after, terms);
    let mut facts = facts(before, after, terms);
    let both = before.zip(after);
    if let Some((before, after)) = both {
        facts.plans = moves::moved(before, after);
        computed::add_status(before, after, &facts, &mut fields);
    }
    let mut sides = [before, after].into_iter().flatten();
    if sides.all(|version| version.exists()) {
        computed::add_rating(&facts, &mut fields);
    }
    if let Some((before, after)) = both {
        facts.demands = demands::demands(before, after, &mut fields);
    }
    facts.verdict = verdict;
    computed::add_verdict(&facts, &mut fields);
    let kinds = match (before, after) {
        (None, _) => vec![ChangeKind::Added],
        (_, None) => vec![ChangeKind::Removed],
        (Some(_), Some(_)) if fields.is_empty() => return None,
        (Some(before), Some(after)) => kinds(before, after, &facts),
    };
    Some(Change {
        subject: Subject::Record(version.collection.clone()),
        id: version.id.to_owned(),
        title: version.title().to_owned(),
        owner: version.owner().map(str::to_owned),
        kinds,
        fields,
        facts,
        path: shift(before, after, |it| Some(it.path.to_owned())),
    })
}

/// What differs in what is written.
fn written(
    before: Option<&Version<'_>>,
    after: Option<&Version<'_>>,
    terms: &Terms<'_>,
) -> Vec<FieldChange> {
    let one_side = |version: Option<&Version<'_>>| {
        let fields = version.map(|it| fields::fields_of(it.node, terms.form, terms.key));
        fields.unwrap_or_default().into_iter()
    };
    match (before, after) {
        (Some(before), Some(after)) => differences(before.node, after.node, terms.form, terms.key),
        (None, after) => one_side(after)
            .map(|(path, value)| FieldChange::computed(&path, None, Some(value)))
            .collect(),
        (before, None) => one_side(before)
            .map(|(path, value)| FieldChange::computed(&path, Some(value), None))
            .collect(),
    }
}

fn facts(before: Option<&Version<'_>>, after: Option<&Version<'_>>, terms: &Terms<'_>) -> Facts {
    let rated = |version: &Version<'_>| version.rated().filter(|_| terms.has_method);
    let ends = after.or(before).map(Version::ends).unwrap_or_default();
    Facts {
        ends: ends.into_iter().map(str::to_owned).collect(),
        status: shift(before, after, |it| it.status()),
        rating: shift(before, after, rated),
        assessment: after.and_then(|after| moves::reassessment(before, after)),
        gravity: shift(before, after, moves::gravity),
        ..Facts::default()
    }
}

/// What both sides have of something.
fn shift<T: PartialEq>(
    before: Option<&Version<'_>>,
    after: Option<&Version<'_>>,
    of: impl Fn(&Version<'_>) -> Option<T>,
) -> Shift<T> {
    Shift::new(before.and_then(&of), after.and_then(&of))
}

/// All kinds of change that apply to a record that stands on both sides, in order.
fn kinds(before: &Version<'_>, after: &Version<'_>, facts: &Facts) -> Vec<ChangeKind> {
    use ChangeKind::{Advanced, Changed, Closed, Crossed, Reopened, Slipped, Tightened, Weakened};
    let mut kinds = Vec::new();
    if before.exists() && after.exists() {
        match (before.is_over(), after.is_over()) {
            (false, true) => kinds.push(Closed),
            (true, false) => kinds.push(Reopened),
            _ => {}
        }
    }
    kinds.extend(moves::turn(before, after, facts));
    let mut when = |kind, applies: bool| {
        if applies {
            kinds.push(kind);
        }
    };
    when(Weakened, facts.demands.iter().any(|it| it.weaker));
    when(Tightened, facts.demands.iter().any(|it| !it.weaker));
    when(Slipped, facts.plans.iter().any(|plan| plan.to > plan.from));
    when(Advanced, facts.plans.iter().any(|plan| plan.to < plan.from));
    when(Crossed, computed::has_crossed(&facts.verdict));
    if kinds.is_empty() {
        kinds.push(Changed);
    }
    kinds
}
