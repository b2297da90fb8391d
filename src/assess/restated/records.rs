//! What records say otherwise about the time up to a pack: results that were corrected, rewritten or taken away, scores
//! of risks, dates and severities of incidents, dates of findings and actions.

use super::Side;
use super::causes::{may_hold, of_kind};
use crate::assess::delta::fields::fields_of;
use crate::assess::delta::{FieldChange, Form, differences};
use crate::assess::risk::{rating_by, score};
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::config::RiskMethod;
use crate::records::result::{Result as Outcome, STATEMENT};
use crate::records::risk::Risk;
use crate::records::shared::Rating;
use crate::text::NodeRef;
use crate::workspace::EntryRef;
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Most records of one kind that are listed.
const OF_ONE: usize = 25;

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It says something else.
    Changed,
    /// It is a result that another one corrects: the id of that one.
    Corrected(String),
    /// It says that it was there, and was not on record.
    Entered,
    /// It is not on record any more.
    Deleted,
}

/// A record that says something else about the time up to the pack.
#[derive(Debug, Clone, PartialEq)]
pub struct RestatedRecord {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What became of it.
    pub turn: Turn,
    /// What it says otherwise: what stood there, and what stands there now.
    pub fields: Vec<FieldChange>,
}

/// The fields of a kind that a pack shows and that lie behind it: what happened, when, and how grave it was.
fn shown(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Result => STATEMENT,
        Kind::Risk => &["score", "identified", "closed"],
        Kind::Incident => &[
            "severity",
            "occurred",
            "detected",
            "responded",
            "contained",
            "resolved",
            "customer_visible",
            "personal_data",
        ],
        Kind::Finding => &["type", "raised", "closed"],
        Kind::Action => &["opened", "due", "completed", "cancelled"],
        _ => &[],
    }
}

/// The kinds that are looked at, in the order in which they are told.
const KINDS: [Kind; 5] = [
    Kind::Result,
    Kind::Risk,
    Kind::Incident,
    Kind::Finding,
    Kind::Action,
];

/// Records that were restated by the `known` day, but for results that are `told` already; and how many more there are.
pub(super) fn compare(
    then: Side<'_>,
    now: Side<'_>,
    known: NaiveDate,
    told: &BTreeSet<&str>,
) -> (Vec<RestatedRecord>, usize) {
    let superseded = superseded(now);
    let comparison = Comparison {
        before: &then.timeline.at(known),
        after: &now.timeline.at(known),
        known,
        superseded: &superseded,
        known_corrections: &superseded_on_file(then),
    };
    let (mut found, mut more) = (Vec::new(), 0);
    for kind in KINDS {
        let mut restated = comparison.kind(kind);
        restated.retain(|record| kind != Kind::Result || !told.contains(record.id.as_str()));
        more += restated.len().saturating_sub(OF_ONE);
        restated.truncate(OF_ONE);
        found.extend(restated);
    }
    (found, more)
}

/// Results that are superseded as of the day of a side, by what.
pub(super) fn superseded(side: Side<'_>) -> BTreeMap<&str, &str> {
    let snapshot = side.timeline.snapshot();
    let results = snapshot.typed::<Outcome>(Kind::Result);
    let known = results.filter(|(_, result)| result.date.0 <= side.day);
    let pairs =
        known.filter_map(|(entry, result)| Some((&**result.supersedes.as_ref()?, entry.id())));
    pairs.collect()
}

/// The same, whatever the day.
fn superseded_on_file(side: Side<'_>) -> BTreeMap<&str, &str> {
    superseded(Side {
        day: NaiveDate::MAX,
        ..side
    })
}

struct Comparison<'s> {
    before: &'s View<'s>,
    after: &'s View<'s>,
    known: NaiveDate,
    /// What is superseded by now.
    superseded: &'s BTreeMap<&'s str, &'s str>,
    /// What the earlier side knew to be superseded.
    known_corrections: &'s BTreeMap<&'s str, &'s str>,
}

impl Comparison<'_> {
    /// The records of a kind that were restated, by id.
    fn kind(&self, kind: Kind) -> Vec<RestatedRecord> {
        let snapshots = (self.before.snapshot(), self.after.snapshot());
        let olds = snapshots.0.kind(kind);
        let mut found: Vec<RestatedRecord> = olds
            .filter_map(|old| self.record(kind, Some(old), of_kind(snapshots.1, kind, old.id())))
            .collect();
        if kind != Kind::Result {
            let news = snapshots.1.kind(kind);
            let news = news.filter(|new| of_kind(snapshots.0, kind, new.id()).is_none());
            found.extend(news.filter_map(|new| self.record(kind, None, Some(new))));
        }
        found.sort_by(|one, other| one.id.cmp(&other.id));
        found.dedup_by(|one, other| one.id == other.id);
        found
    }

    fn record(
        &self,
        kind: Kind,
        old: Option<EntryRef<'_>>,
        new: Option<EntryRef<'_>>,
    ) -> Option<RestatedRecord> {
        let entry = new.or(old)?;
        let restated = |turn, fields| RestatedRecord {
            kind,
            id: entry.id().to_owned(),
            title: entry.title().to_owned(),
            turn,
            fields,
        };
        let seen = (
            old.and_then(|old| self.before.see(old)),
            new.and_then(|new| self.after.see(new)),
        );
        match (old, new) {
            (Some(old), None) => {
                seen.0?;
                (!may_hold(self.after.snapshot(), old))
                    .then(|| restated(Turn::Deleted, self.all(kind, seen.0, true)))
            }
            (None, Some(new)) => {
                seen.1?;
                (!may_hold(self.before.snapshot(), new))
                    .then(|| restated(Turn::Entered, self.all(kind, seen.1, false)))
            }
            (Some(old), Some(new)) => {
                if let (Kind::Result, Some(_)) = (kind, seen.0)
                    && let Some(by) = self.correction(old.id())
                {
                    let fields = self.corrected(old, by);
                    return Some(restated(Turn::Corrected(by.to_owned()), fields));
                }
                let fields = self.changed(kind, (old, seen.0), (new, seen.1));
                (!fields.is_empty()).then(|| restated(Turn::Changed, fields))
            }
            (None, None) => None,
        }
    }

    /// What corrects a result, unless that was on record.
    fn correction(&self, id: &str) -> Option<&str> {
        let by = *self.superseded.get(id)?;
        (self.known_corrections.get(id) != Some(&by)).then_some(by)
    }

    /// The figures of a result and of the one that supersedes it.
    fn corrected(&self, old: EntryRef<'_>, by: &str) -> Vec<FieldChange> {
        let Some(new) = of_kind(self.after.snapshot(), Kind::Result, by) else {
            return Vec::new();
        };
        let mut fields = differences(old.node(), new.node(), Form::of_kind(Kind::Result), "id");
        let figures = ["value", "numerator", "denominator", "outcome", "period"];
        fields.retain(|field| figures.iter().any(|name| field.is_at(name)));
        fields
    }

    /// What a record on both sides says otherwise.
    fn changed(
        &self,
        kind: Kind,
        old: (EntryRef<'_>, Option<Seen<'_>>),
        new: (EntryRef<'_>, Option<Seen<'_>>),
    ) -> Vec<FieldChange> {
        // One that was not born yet on either side had nothing to say.
        if old.1.is_none() && new.1.is_none() {
            return Vec::new();
        }
        // One that is born later on one side shows by its dates as they are on file.
        let (before, after) = match (old.1, new.1) {
            (Some(one), Some(other)) => (one.node(), other.node()),
            _ => (old.0.node(), new.0.node()),
        };
        let mut fields = self.differences(kind, before, after);
        for field in &mut fields {
            // A fact that was moved behind the day is on file all the same.
            if field.to.is_none()
                && let Some(now) = on_file(kind, new.0.node(), &field.path)
            {
                field.to = Some(now);
            }
        }
        if kind == Kind::Risk {
            let methods = (&self.before.config().risk, &self.after.config().risk);
            let scores = (
                old.1.and_then(|seen| self.score(seen, methods.0)),
                new.1.and_then(|seen| self.score(seen, methods.1)),
            );
            if scores.0 != scores.1 && old.1.is_some() && new.1.is_some() {
                let value = |score: Option<u16>| score.map(Value::from);
                let change = FieldChange::computed("score", value(scores.0), value(scores.1));
                fields.insert(0, change);
            }
        }
        fields
    }

    fn differences(&self, kind: Kind, before: NodeRef<'_>, after: NodeRef<'_>) -> Vec<FieldChange> {
        let mut fields = differences(before, after, Form::of_kind(kind), "id");
        fields.retain(|field| shown(kind).iter().any(|name| field.is_at(name)));
        fields
    }

    fn score(&self, seen: Seen<'_>, method: &RiskMethod) -> Option<u16> {
        let risk = seen.typed::<Risk>()?;
        let own = || {
            Some(Rating {
                likelihood: risk.likelihood?,
                impact: risk.impact?,
            })
        };
        score(rating_by(risk, self.known).or_else(own)?, method)
    }

    /// What a record that stands on one side only says.
    fn all(&self, kind: Kind, seen: Option<Seen<'_>>, was: bool) -> Vec<FieldChange> {
        let Some(seen) = seen else {
            return Vec::new();
        };
        let fields = fields_of(seen.node(), Form::of_kind(kind), "id");
        let mut told: Vec<FieldChange> = fields
            .into_iter()
            .filter(|(name, _)| shown(kind).contains(&name.as_str()))
            .map(|(name, value)| match was {
                true => FieldChange::computed(&name, Some(value), None),
                false => FieldChange::computed(&name, None, Some(value)),
            })
            .collect();
        if kind == Kind::Risk {
            let view = if was { self.before } else { self.after };
            let score = self.score(seen, &view.config().risk);
            let score = score.map(Value::from);
            let change = match was {
                true => FieldChange::computed("score", score, None),
                false => FieldChange::computed("score", None, score),
            };
            told.insert(0, change);
        }
        told
    }
}

/// What stands in a field as it is on file.
fn on_file(kind: Kind, node: NodeRef<'_>, path: &str) -> Option<Value> {
    let fields = fields_of(node, Form::of_kind(kind), "id");
    let found = fields.into_iter().find(|(name, _)| name == path);
    found.map(|(_, value)| value)
}
