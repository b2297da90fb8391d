//! What about a KPI and its records differs, where a figure was restated.

use super::Side;
use super::figures::{Difference, RestatedFigure};
use crate::assess::delta::form::ANY;
use crate::assess::delta::{FieldChange, Form, differences};
use crate::assess::kpi::{Accounted, Counted, Reason, Verdict};
use crate::records::Kind;
use crate::records::kpi::Kpi;
use crate::workspace::{Collection, EntryRef, Snapshot};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Something about a KPI or its records that is not what it was.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    /// Its definition: the fields.
    Definition(Vec<FieldChange>),
    /// The target in force in the period.
    Target,
    /// A deviation was approved that covers the period: by whom, and from which day it holds.
    Waived(String, NaiveDate),
    /// The deviation that covered the period is gone, or nobody entitled approved it any more.
    NotWaived,
    /// A result that counted is corrected by another: its id, and the one that supersedes it.
    Superseded(String, Option<String>),
    /// A record that is new.
    Entered(String),
    /// A record that is gone.
    Deleted(String),
    /// A record that says something else: its id, and the fields.
    Rewritten(String, Vec<FieldChange>),
    /// Records of another commit were looked at.
    Rows(Option<String>, Option<String>),
    /// isms.toml says something else.
    Config(Vec<FieldChange>),
}

impl Cause {
    /// The records it is about.
    pub fn records(&self) -> Vec<&str> {
        match self {
            Cause::Superseded(id, by) => {
                std::iter::once(id).chain(by).map(String::as_str).collect()
            }
            Cause::Entered(id) | Cause::Deleted(id) | Cause::Rewritten(id, _) => vec![id],
            _ => Vec::new(),
        }
    }
}

type Accounts = BTreeMap<(String, String), Accounted>;

/// What is needed to say why.
pub(super) struct Reasons<'s> {
    pub(super) then: Side<'s>,
    pub(super) now: Side<'s>,
    /// How the figures came about, then and now.
    pub(super) accounts: (Accounts, Accounts),
    /// Results that are superseded, by what.
    pub(super) superseded: BTreeMap<&'s str, &'s str>,
    /// What isms.toml says otherwise.
    pub(super) config: Vec<FieldChange>,
}

/// Fields of a KPI on which its figures and verdicts depend; the target and deviations are told apart.
const DEFINING: &[&str] = &[
    "measure",
    "unit",
    "cadence",
    "since",
    "until",
    "grace",
    "direction",
    "near",
];

impl<'s> Reasons<'s> {
    /// Adds the causes to a figure, and the records it concerns.
    pub(super) fn explain(&self, figure: &mut RestatedFigure) {
        if figure.difference == Difference::KpiRemoved {
            return;
        }
        let mut causes = self.of_kpi(figure);
        let key = |id: &String| (id.clone(), figure.periods.last.clone());
        let old = self.accounts.0.get(&key(&figure.kpi));
        let new = self.accounts.1.get(&key(&figure.id_now));
        causes.extend(self.of_records(old, new));
        if let (Some(old), Some(new)) = (old, new)
            && old.commit != new.commit
        {
            causes.push(Cause::Rows(old.commit.clone(), new.commit.clone()));
        }
        if causes.is_empty() && !self.config.is_empty() {
            causes.push(Cause::Config(self.config.clone()));
        }
        let counted = [old, new].into_iter().flatten();
        let counted = counted.flat_map(|it| &it.account.counted);
        figure.concerns.extend(counted.map(|it| it.record.clone()));
        let named = causes.iter().flat_map(Cause::records);
        figure.concerns.extend(named.map(str::to_owned));
        figure.causes = causes;
    }

    fn of_kpi(&self, figure: &RestatedFigure) -> Vec<Cause> {
        let entries = (
            of_kind(self.then.timeline.snapshot(), Kind::Kpi, &figure.kpi),
            of_kind(self.now.timeline.snapshot(), Kind::Kpi, &figure.id_now),
        );
        let (Some(old), Some(new)) = entries else {
            return Vec::new();
        };
        let mut causes = Vec::new();
        let verdicts = (
            figure.then.as_ref().and_then(|it| it.verdict),
            figure.now.as_ref().and_then(|it| it.verdict),
        );
        let mut fields = differences(old.node(), new.node(), Form::of_kind(Kind::Kpi), "id");
        fields.retain(|field| DEFINING.iter().any(|name| field.is_at(name)));
        fields.retain(|field| !field.is_at("near") || verdicts.0 != verdicts.1);
        if !fields.is_empty() {
            causes.push(Cause::Definition(fields));
        }
        let both = figure.then.as_ref().zip(figure.now.as_ref());
        if both.is_some_and(|(then, now)| then.target != now.target) {
            causes.push(Cause::Target);
        }
        match verdicts {
            (Some(Verdict::Waived), Some(Verdict::Waived)) => {}
            (_, Some(Verdict::Waived)) => causes.extend(waiver(new, figure.last)),
            (Some(Verdict::Waived), Some(Verdict::Missed)) => causes.push(Cause::NotWaived),
            _ => {}
        }
        causes
    }

    fn of_records(&self, old: Option<&Accounted>, new: Option<&Accounted>) -> Vec<Cause> {
        let olds = counted(old);
        let news = counted(new);
        let superseded = new.map_or_else(BTreeSet::new, |new| {
            let left = new.account.left_out.iter();
            let left = left.filter(|it| it.reason == Reason::Superseded);
            left.map(|it| it.record.as_str()).collect()
        });
        let mut causes = Vec::new();
        let mut correcting: BTreeSet<&str> = BTreeSet::new();
        for id in olds.keys().filter(|id| superseded.contains(**id)) {
            let by = self.superseded.get(*id).copied();
            correcting.extend(by);
            causes.push(Cause::Superseded((*id).to_owned(), by.map(str::to_owned)));
        }
        let ids: BTreeSet<&str> = olds.keys().chain(news.keys()).copied().collect();
        for id in ids {
            if superseded.contains(id) || correcting.contains(id) {
                continue;
            }
            let pair = (olds.get(id).copied(), news.get(id).copied());
            causes.extend(self.of_record(id, pair));
        }
        causes
    }

    /// What became of a record that counted on either side.
    fn of_record(&self, id: &str, counted: (Option<&Counted>, Option<&Counted>)) -> Option<Cause> {
        if let (Some(old), Some(new)) = counted
            && (&old.operands, old.passes) == (&new.operands, new.passes)
        {
            return None;
        }
        let snapshots = (self.then.timeline.snapshot(), self.now.timeline.snapshot());
        let (old, new) = (snapshots.0.get(id), snapshots.1.get(id));
        match (old, new) {
            (None, None) => None,
            (None, Some(new)) => {
                (!may_hold(snapshots.0, new)).then(|| Cause::Entered(id.to_owned()))
            }
            (Some(old), None) => {
                (!may_hold(snapshots.1, old)).then(|| Cause::Deleted(id.to_owned()))
            }
            (Some(old), Some(new)) => {
                let form = form(new.collection());
                let fields = differences(old.node(), new.node(), form, "id");
                let operands = counted.0.into_iter().chain(counted.1);
                let names = operands.flat_map(|it| &it.operands);
                let names: BTreeSet<&str> = names.map(|(name, _)| name.as_str()).collect();
                let read = |field: &&FieldChange| names.iter().any(|name| field.meets(name));
                let told: Vec<FieldChange> = fields.iter().filter(read).cloned().collect();
                let fields = if told.is_empty() { fields } else { told };
                (!fields.is_empty()).then(|| Cause::Rewritten(id.to_owned(), fields))
            }
        }
    }
}

/// The records that counted, by id.
fn counted(accounted: Option<&Accounted>) -> BTreeMap<&str, &Counted> {
    let counted = accounted.into_iter().flat_map(|it| &it.account.counted);
    counted.map(|it| (it.record.as_str(), it)).collect()
}

/// The deviation that covers a day.
fn waiver(kpi: EntryRef<'_>, day: NaiveDate) -> Option<Cause> {
    let kpi = <&Kpi>::try_from(kpi.record()?).ok()?;
    let mut covering = kpi.deviations.iter();
    let covers = covering.find(|it| it.on.0 <= day && day <= it.until.0)?;
    Some(Cause::Waived(covers.approved_by.to_string(), covers.on.0))
}

/// The record of a kind and id.
pub(super) fn of_kind<'s>(snapshot: &'s Snapshot, kind: Kind, id: &str) -> Option<EntryRef<'s>> {
    snapshot
        .with_id(id)
        .find(|entry| entry.kind() == Some(kind))
}

/// Whether something of a snapshot that could not be read may be a record of another.
pub(super) fn may_hold(snapshot: &Snapshot, entry: EntryRef<'_>) -> bool {
    let mut broken = snapshot.broken().iter();
    broken.any(|broken| broken.collection == *entry.collection() && broken.may_be(entry.id()))
}

/// What the fields of a collection hold.
pub(super) fn form(collection: &Collection) -> &'static Form {
    match collection {
        Collection::Kind(kind) => Form::of_kind(*kind),
        Collection::Register(_) => &ANY,
    }
}
