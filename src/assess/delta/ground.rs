//! Two sides to compare: what holds for all their records, and the verdicts of their KPIs.

use super::change::{Change, ChangeKind, Facts, Judged, Shift, Subject};
use super::comparison::{Terms, compare};
use super::computed;
use super::fields::differences;
use super::form::{ANY, Form};
use super::meaning::is_alike;
use super::pairs::Pair;
use super::version::{Known, Version, series_of, verdict};
use super::{CONFIG, Side};
use crate::records::{Config, Kind};
use crate::workspace::{Collection, Snapshot};
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
        let registers = names.map(|name| {
            let key = shared_key(one.config(), other.config(), name);
            (name, (row_form(one, other, name), key))
        });
        Self {
            before,
            after,
            registers: registers.collect(),
            is_level,
            is_sound: one.config_is_sound() && other.config_is_sound(),
        }
    }

    /// What changed of one record; none when nothing did.
    pub(super) fn change(&self, pair: &Pair<'s>) -> Option<Change> {
        let entry = pair.after.or(pair.before)?;
        let is_kpi = entry.kind() == Some(Kind::Kpi);
        let both = pair.before.zip(pair.after);
        let is_written_alike =
            both.is_some_and(|(before, after)| is_alike(before.node(), after.node()));
        if is_written_alike && self.is_level && !is_kpi {
            return None;
        }
        let before = pair
            .before
            .map(|entry| Version::of_side(self.before, entry));
        let after = pair.after.map(|entry| Version::of_side(self.after, entry));
        // Of most kinds nothing is computed but whether the record is over; rows are many.
        let is_computed = is_kpi || entry.kind() == Some(Kind::Risk);
        if let (Some(before), Some(after)) = (&before, &after)
            && is_written_alike
            && !is_computed
            && before.is_over() == after.is_over()
        {
            return None;
        }
        let verdicts = match is_kpi {
            true => self.verdicts(entry.id(), pair),
            false => Shift::default(),
        };
        let terms = self.terms(entry.collection());
        compare(before.as_ref(), after.as_ref(), &terms, verdicts)
    }

    fn terms<'t>(&'t self, collection: &Collection) -> Terms<'t> {
        let (form, key) = match collection {
            Collection::Kind(kind) => (Form::of_kind(*kind), "id"),
            Collection::Register(name) => match self.registers.get(&**name) {
                Some((form, key)) => (form, *key),
                None => (&ANY, "id"),
            },
        };
        Terms {
            form,
            key,
            has_method: self.is_sound,
        }
    }

    /// The verdicts on a KPI, where they are known of each side that has it.
    fn verdicts(&self, id: &str, pair: &Pair<'_>) -> Shift<Judged> {
        let known = |side: Side<'s>, is_there: bool| match is_there {
            true => verdict(series_of(side.series, id, pair.nth)),
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
            let facts = Facts {
                verdict: computed::crossing(verdict(Some(before)), verdict(Some(series))),
                ..Facts::default()
            };
            let mut fields = Vec::new();
            computed::add_verdict(&facts, &mut fields);
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

    /// What isms.toml says otherwise, where it can be used on both sides.
    pub(super) fn config(&self) -> Option<Change> {
        let (one, other) = (self.before.view.snapshot(), self.after.view.snapshot());
        let (before, after) = (one.config_root()?, other.config_root()?);
        let fields = differences(before, after, Form::of_config(), "");
        (self.is_sound && !fields.is_empty()).then(|| Change {
            subject: Subject::Config,
            id: CONFIG.to_owned(),
            title: other.config().isms.name.to_string(),
            owner: None,
            kinds: vec![ChangeKind::Changed],
            fields,
            facts: Facts::default(),
            path: Shift::new(Some(CONFIG.to_owned()), Some(CONFIG.to_owned())),
        })
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
fn shared_key<'s>(before: &'s Config, after: &'s Config, register: &str) -> &'s str {
    match key(before, register) == key(after, register) {
        true => key(after, register),
        false => "",
    }
}

/// The field that names the rows of a register.
pub(super) fn key<'s>(config: &'s Config, register: &str) -> &'s str {
    let declared = config.registers.get(register);
    let key = declared.and_then(|register| register.key.as_deref());
    key.unwrap_or("id")
}
