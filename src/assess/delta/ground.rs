//! The comparison of two versions of a record.

use super::change::{Change, ChangeKind, Facts, Judged, Shift, Subject};
use super::fields::{self, FieldChange, differences};
use super::form::{ANY, Form};
use super::meaning::is_alike;
use super::pairs::Pair;
use super::version::{Known, Version, series_of, verdict};
use super::{Side, computed, demands, moves};
use crate::records::Kind;
use crate::workspace::{Collection, EntryRef, Snapshot};
use std::collections::BTreeMap;

/// What all comparisons of two sides have in common.
pub(super) struct Ground<'s> {
    before: Side<'s>,
    after: Side<'s>,
    /// What the rows of a register hold, by its name, and the field that names a row.
    registers: BTreeMap<&'s str, (Form, &'s str)>,
    /// Whether the same words mean the same on both sides: the days are one, and so is what isms.toml says.
    is_level: bool,
    /// Whether isms.toml can be used on both sides: there is no score without a method.
    is_sound: bool,
}

impl<'s> Ground<'s> {
    pub(super) fn of(before: Side<'s>, after: Side<'s>) -> Self {
        let (one, other) = (before.view.snapshot(), after.view.snapshot());
        let configs = one.config_root().zip(other.config_root());
        let is_level = before.view.day() == after.view.day()
            && configs.is_some_and(|(one, other)| is_alike(one, other));
        let names = [one, other].into_iter().flat_map(Snapshot::registers);
        let registers =
            names.map(|name| (name, (row_form(one, other, name), key(one, other, name))));
        Self {
            before,
            after,
            registers: registers.collect(),
            is_level,
            is_sound: one.config_is_sound() && other.config_is_sound(),
        }
    }

    /// What the fields of a record hold, and the one that names it.
    fn form(&self, collection: &Collection) -> (&Form, &str) {
        match collection {
            Collection::Kind(kind) => (Form::of_kind(*kind), "id"),
            Collection::Register(name) => match self.registers.get(&**name) {
                Some((form, key)) => (form, key),
                None => (&ANY, "id"),
            },
        }
    }

    /// What changed of one record; none when nothing did.
    pub(super) fn change(&self, pair: &Pair<'s>) -> Option<Change> {
        if let (Some(before), Some(after)) = (pair.before, pair.after)
            && self.is_level
            && before.kind() != Some(Kind::Kpi)
            && is_alike(before.node(), after.node())
        {
            return None;
        }
        let before = pair.before.map(|entry| Version::new(self.before, entry));
        let after = pair.after.map(|entry| Version::new(self.after, entry));
        let entry = pair.after.or(pair.before)?;
        let mut fields = self.fields(before.as_ref(), after.as_ref());
        let mut facts = facts(before.as_ref(), after.as_ref());
        if let (Some(before), Some(after)) = (&before, &after) {
            facts.plans = moves::moved(before, after);
            computed::add_status(before, after, &facts, &mut fields);
        }
        let both_exist = [&before, &after].into_iter().flatten().all(Version::exists);
        if both_exist && self.is_sound {
            computed::add_rating(&facts, &mut fields);
        }
        if let (Some(before), Some(after)) = (&before, &after) {
            facts.demands = demands::demands(before, after, &mut fields);
        }
        facts.verdict = self.verdicts(entry, pair);
        computed::add_verdict(&facts, &mut fields);
        let kinds = match (&before, &after) {
            (None, _) => vec![ChangeKind::Added],
            (_, None) => vec![ChangeKind::Removed],
            (Some(_), Some(_)) if fields.is_empty() => return None,
            (Some(before), Some(after)) => kinds(before, after, &facts),
        };
        let path = |version: &Version<'_>| Some(version.entry.path().to_owned());
        Some(Change {
            subject: Subject::Record(entry.collection().clone()),
            id: entry.id().to_owned(),
            title: entry.title().to_owned(),
            owner: owner(entry),
            kinds,
            fields,
            facts,
            path: moves::shift(before.as_ref(), after.as_ref(), path),
        })
    }

    /// What differs in what is written.
    fn fields(
        &self,
        before: Option<&Version<'_>>,
        after: Option<&Version<'_>>,
    ) -> Vec<FieldChange> {
        let of = |version: &Version<'_>| {
            let (form, key) = self.form(version.entry.collection());
            fields::fields_of(version.node(), form, key)
        };
        match (before, after) {
            (Some(before), Some(after)) => {
                let (form, key) = self.form(after.entry.collection());
                differences(before.node(), after.node(), form, key)
            }
            (None, after) => after
                .map(of)
                .unwrap_or_default()
                .into_iter()
                .map(|(path, value)| FieldChange::computed(&path, None, Some(value)))
                .collect(),
            (Some(before), None) => of(before)
                .into_iter()
                .map(|(path, value)| FieldChange::computed(&path, Some(value), None))
                .collect(),
        }
    }

    /// The verdicts on a KPI, where they are known of each side that has it.
    fn verdicts(&self, entry: EntryRef<'_>, pair: &Pair<'_>) -> Shift<Judged> {
        if entry.kind() != Some(Kind::Kpi) {
            return Shift::default();
        }
        let known = |side: Side<'s>, is_there: bool| match is_there {
            true => verdict(series_of(side.series, entry.id(), pair.nth)),
            false => Known::Verdict(None),
        };
        computed::crossing(
            known(self.before, pair.before.is_some()),
            known(self.after, pair.after.is_some()),
        )
    }

    /// The verdicts that differ on KPIs whose records neither side holds, because they did not change.
    pub(super) fn crossings(&self) -> Vec<Change> {
        let is_held = |id: &str| {
            let views = [self.before.view, self.after.view];
            let held = views.map(|view| {
                let mut of_id = view.snapshot().with_id(id);
                of_id.any(|entry| entry.kind() == Some(Kind::Kpi))
            });
            held.contains(&true)
        };
        let all = self.after.series.unwrap_or_default().iter();
        let others = all.filter(|series| !is_held(&series.id));
        let changes = others.filter_map(|series| {
            let before = series_of(self.before.series, &series.id, 0)?;
            let mut facts = Facts {
                verdict: computed::crossing(verdict(Some(before)), verdict(Some(series))),
                ..Facts::default()
            };
            let mut fields = Vec::new();
            computed::add_verdict(&facts, &mut fields);
            facts.status = Shift::default();
            (!fields.is_empty()).then(|| Change {
                subject: Subject::Record(Collection::Kind(Kind::Kpi)),
                id: series.id.clone(),
                title: series.title.clone(),
                owner: series.owner.clone(),
                kinds: vec![ChangeKind::Crossed],
                fields,
                facts,
                path: Shift::default(),
            })
        });
        changes.collect()
    }
}

/// What the rows of a register hold, where both sides agree.
fn row_form(before: &Snapshot, after: &Snapshot, register: &str) -> Form {
    let shapes = (
        before.register_shape(register),
        after.register_shape(register),
    );
    match shapes {
        (Some(one), Some(other)) if one == other => Form::of_shape(one),
        _ => Form::default(),
    }
}

/// The field that names the rows of a register, where both sides agree.
fn key<'s>(before: &'s Snapshot, after: &'s Snapshot, register: &str) -> &'s str {
    let key = |snapshot: &'s Snapshot| {
        let declared = snapshot.config().registers.get(register);
        let key = declared.and_then(|register| register.key.as_deref());
        key.unwrap_or("id")
    };
    match key(before) == key(after) {
        true => key(after),
        false => "",
    }
}

fn facts(before: Option<&Version<'_>>, after: Option<&Version<'_>>) -> Facts {
    Facts {
        status: moves::shift(before, after, |it| it.status()),
        rating: moves::shift(before, after, |it| it.rated()),
        assessment: after.and_then(|after| moves::reassessment(before, after)),
        gravity: moves::shift(before, after, moves::gravity),
        ..Facts::default()
    }
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

/// Person or role responsible; of a row what isms.toml calls so.
fn owner(entry: EntryRef<'_>) -> Option<String> {
    let own = match entry.collection() {
        Collection::Kind(_) => entry.common()?.owner(),
        Collection::Register(name) => {
            let declared = entry.snapshot().config().registers.get(&**name)?;
            let field = declared.owner.as_deref()?;
            entry.node().get(field).map(|owner| owner.text())
        }
    };
    own.map(str::to_owned)
}
