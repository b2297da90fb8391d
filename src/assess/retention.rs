//! How long records are kept (`[[retention]]`, clause 7.5.3): by which rule, from when, until when, and what stands
//! against disposal.
//!
//! A record is kept through the day `keep` after the date `from`; the first day on which it may go is the one after.
//! Several rules may match a record: the longest wins, and a rule whose date is not known yet (an employee who has not
//! left) is longer than any other. Where nobody can tell whether a rule matches, nothing may go.

use super::facts::{day_of, field};
use super::inquiry::{Asker, Inquiry, Unclear};
use super::obligations::has_ended;
use super::queries::Query;
use super::{Seen, View};
use crate::records::Kind;
use crate::records::config::Retention as Rule;
use crate::records::kind::is_last_day;
use crate::text::{NodeKind, NodeRef};
use crate::workspace::Collection;
use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};
use std::collections::BTreeMap;

/// The records that some rule of `[[retention]]` keeps.
pub struct Retention<'v> {
    /// By collection and position in the files.
    pub records: Vec<Kept<'v>>,
    /// Records of which nobody can tell whether a rule keeps them.
    pub unclear: Vec<Unclear>,
}

/// How long one record is kept.
#[derive(Clone, Copy)]
pub struct Kept<'v> {
    /// The record.
    pub seen: Seen<'v>,
    /// Position in `[[retention]]` of the rule that decides.
    pub rule: usize,
    /// The day from which it is counted; none while that is not known.
    pub from: Option<NaiveDate>,
    /// The last day on which it must be kept.
    pub until: Option<NaiveDate>,
    /// Whether it may go.
    pub state: KeptState<'v>,
}

/// Whether a record may be disposed of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptState<'v> {
    /// The day from which it is counted is not known yet.
    NotStarted,
    /// Its time runs.
    Running,
    /// Nobody can tell which rules match it, or from when they count.
    Unclear,
    /// Its time is over, but this open record names it.
    Held(&'v str),
    /// It may go.
    Over,
}

impl Kept<'_> {
    /// The first day on which it may go.
    pub fn disposal(&self) -> Option<NaiveDate> {
        self.until?.succ_opt()
    }
}

/// How long every record is kept that a rule matches.
pub fn retention<'v>(view: &'v View<'v>) -> Retention<'v> {
    kept(view, None)
}

/// The same for records that may go by a day: what cannot be in time for it is not even asked.
pub(super) fn disposable_by<'v>(view: &'v View<'v>, day: NaiveDate) -> Retention<'v> {
    kept(view, Some(day))
}

fn kept<'v>(view: &'v View<'v>, by: Option<NaiveDate>) -> Retention<'v> {
    let rules = &view.config().retention;
    let candidates = by.map(|by| candidates(view, rules, by));
    let may_count = |seen: Seen<'_>| {
        let index = seen.entry().index();
        candidates.as_ref().is_none_or(|them| them.contains(&index))
    };
    let mut inquiry = Inquiry::of(view);
    let mut found: BTreeMap<usize, Kept<'v>> = BTreeMap::new();
    for (position, rule) in rules.iter().enumerate() {
        let asker = Asker {
            record: None,
            subject: &rule.over,
        };
        let query = Query::of_retention(position, rule);
        for seen in inquiry.ask(asker, &query, may_count) {
            let from = inquiry.moment(asker, &query, "from", seen);
            let from = from.map(|from| from.day(view.calendar()));
            let this = Kept::of(view, seen, position, rule, from);
            let longest = found.entry(seen.entry().index()).or_insert(this);
            if this.is_longer(longest) {
                *longest = this;
            }
        }
    }
    let unclear = inquiry.into_unclear();
    let mut records: Vec<Kept<'v>> = found.into_values().collect();
    doubt(&mut records, rules, &unclear);
    hold(view, &mut records);
    Retention { records, unclear }
}

/// Indexes of the records for which the time of some rule is over by a day, whether it matches or not.
fn candidates(view: &View<'_>, rules: &[Rule], by: NaiveDate) -> HashSet<usize> {
    let mut found = HashSet::default();
    for rule in rules {
        let over = match Kind::from_plural(&rule.over) {
            Some(kind) => Collection::Kind(kind),
            None => Collection::Register((*rule.over).into()),
        };
        let is_over = |seen: &Seen<'_>| {
            let from =
                field(seen.node(), &rule.from).and_then(|date| day_of(date, view.calendar()));
            let until = from.and_then(|from| rule.keep.after(from));
            until.is_some_and(|until| until < by)
        };
        let over = view.collection(&over).filter(is_over);
        found.extend(over.map(|seen| seen.entry().index()));
    }
    found
}

impl<'v> Kept<'v> {
    fn of(
        view: &View<'_>,
        seen: Seen<'v>,
        position: usize,
        rule: &Rule,
        from: Option<NaiveDate>,
    ) -> Self {
        let until = from.and_then(|from| rule.keep.after(from));
        let state = match until {
            None => KeptState::NotStarted,
            Some(until) if view.day() <= until => KeptState::Running,
            Some(_) => KeptState::Over,
        };
        Self {
            seen,
            rule: position,
            from,
            until,
            state,
        }
    }

    fn is_longer(&self, other: &Self) -> bool {
        match (self.until, other.until) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(own), Some(others)) => own > others,
        }
    }
}

/// Lets nothing go of which nobody can tell how long it is kept.
fn doubt(records: &mut [Kept<'_>], rules: &[Rule], unclear: &[Unclear]) {
    let doubtful: HashSet<&str> = unclear
        .iter()
        .filter_map(|it| it.record.as_deref())
        .collect();
    let unasked = unclear.iter().filter(|it| it.record.is_none());
    let unasked: HashSet<&str> = unasked.map(|it| &*it.subject).collect();
    for kept in records {
        if doubtful.contains(kept.seen.id()) || unasked.contains(&*rules[kept.rule].over) {
            kept.state = KeptState::Unclear;
        }
    }
}

/// Finds the open findings, actions, risks, incidents, audits, reviews and rows that name a record whose time is over.
fn hold<'v>(view: &'v View<'v>, records: &mut [Kept<'v>]) {
    let over = records.iter().filter(|kept| kept.state == KeptState::Over);
    let over: HashSet<&str> = over.map(|kept| kept.seen.id()).collect();
    if over.is_empty() {
        return;
    }
    let mut holders: HashMap<&str, &str> = HashMap::default();
    let open = view
        .snapshot()
        .entries()
        .filter(|entry| may_end(entry.collection(), view));
    let open = open.filter_map(|entry| view.see(entry));
    for seen in open.filter(|seen| !has_ended(*seen, view)) {
        each_text(seen.node(), &mut |text| {
            if text != seen.id() && over.contains(text) {
                holders.entry(text).or_insert(seen.id());
            }
        });
    }
    for kept in records {
        if let (KeptState::Over, Some(holder)) = (kept.state, holders.get(kept.seen.id())) {
            kept.state = KeptState::Held(holder);
        }
    }
}

/// Whether records of a collection are open until something happens; definitions, which are simply in force, are not.
fn may_end(collection: &Collection, view: &View<'_>) -> bool {
    match collection {
        Collection::Kind(kind) => kind.row().closed.iter().any(|path| !is_last_day(path)),
        Collection::Register(name) => {
            let register = view.config().registers.get(&**name);
            register.is_some_and(|register| register.closed.is_some())
        }
    }
}

fn each_text<'t>(node: NodeRef<'t>, visit: &mut dyn FnMut(&'t str)) {
    match node.kind() {
        NodeKind::Map => node
            .entries()
            .for_each(|(_, value)| each_text(value, visit)),
        NodeKind::List => node.items().for_each(|item| each_text(item, visit)),
        NodeKind::Text => visit(node.text()),
        _ => {}
    }
}
