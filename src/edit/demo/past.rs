//! What a file of the example said on an earlier day: without the records, entries and dates of later days, and with the
//! status that the rest allows.
//!
//! This looks at the text alone and knows the words that the example uses. What dates cannot tell stands in
//! `story/revisions.txt`.

use crate::edit::template::comments::without_history;
use crate::edit::template::cut::Cuts;
use crate::records::date::parse_date;
use crate::text::{NodeKind, NodeRef, Source, yaml};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The date with which a record begins, whichever it has; a review is written down when it was held.
const BIRTH: [&str; 10] = [
    "identified",
    "detected",
    "opened",
    "raised",
    "date",
    "effective",
    "held",
    "since",
    "found",
    "onboarded",
];
/// Dates of what is to come; they hide nothing.
const PLANS: [&str; 8] = [
    "due",
    "planned",
    "until",
    "renewal",
    "valid_until",
    "period",
    "from",
    "to",
];
/// The date of an entry within a record.
const DATED: [&str; 3] = ["date", "on", "at"];
/// What is not known before a date: the field with the date, and what it brings.
const TOGETHER: [(&str, &[&str]); 3] = [
    ("completed", &["evidence"]),
    ("closed", &["closed_by"]),
    ("performed", &["report", "evidence", "findings"]),
];

/// The first day of every record that has one, by id.
#[derive(Default)]
pub struct Births(BTreeMap<String, NaiveDate>);

impl Births {
    /// Takes note of the records of a file.
    pub fn read(&mut self, text: &str) {
        let (tree, _) = yaml::read(Arc::new(Source::new("", text)));
        for record in tree.documents().flat_map(records) {
            if let (Some(id), Some(day)) = (record.get("id"), birth(record)) {
                self.0.insert(id.text().to_owned(), day);
            }
        }
    }

    fn is_unborn(&self, id: &str, day: NaiveDate) -> bool {
        self.0.get(id).is_some_and(|birth| *birth > day)
    }
}

/// A YAML file as it was at the end of a day; none when none of its records was there.
pub fn on(text: &str, day: NaiveDate, births: &Births) -> Option<String> {
    let (tree, _) = yaml::read(Arc::new(Source::new("", text)));
    let past = Past { day, births };
    let mut cuts = Cuts::of(text);
    let mut remain = false;
    for document in tree.documents() {
        let is_later = |record: NodeRef<'_>| birth(record).is_some_and(|birth| birth > day);
        if document.kind() == NodeKind::List {
            let later: Vec<bool> = document.items().map(is_later).collect();
            remain |= later.contains(&false);
            cuts.leave_out_items(document, |at| later[at]);
        } else {
            remain |= !is_later(document);
        }
        for record in records(document).filter(|record| !is_later(*record)) {
            past.cut_record(record, &mut cuts);
        }
    }
    remain.then(|| without_history(&cuts.apply()))
}

fn records(document: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    let own = Some(document).filter(|document| document.kind() == NodeKind::Map);
    document.items().chain(own)
}

fn birth(record: NodeRef<'_>) -> Option<NaiveDate> {
    BIRTH.iter().find_map(|field| day_of(record.get(field)?))
}

/// The day of a date or an instant, by the calendar it is written in.
pub fn day_of(value: NodeRef<'_>) -> Option<NaiveDate> {
    let word = value.text();
    let day = word.get(..10)?;
    let is_date = word.len() == 10 || word.as_bytes().get(10) == Some(&b'T');
    is_date.then(|| parse_date(day).ok()).flatten()
}

/// A day, and who was there.
struct Past<'b> {
    day: NaiveDate,
    births: &'b Births,
}

impl Past<'_> {
    fn cut_record(&self, record: NodeRef<'_>, cuts: &mut Cuts<'_>) {
        let mut later: Vec<&str> = Vec::new();
        for (key, value) in record.entries() {
            if key.text() != "id" && self.is_later(key.text(), value) {
                later.push(key.text());
            }
        }
        for (date, brought) in TOGETHER {
            if later.contains(&date) {
                later.extend(brought);
            }
        }
        if record
            .get("acceptance")
            .is_some_and(|it| it.get("by").is_some_and(|by| self.is_all_later(by)))
        {
            later.push("acceptance");
        }
        cuts.leave_out(record, |key| later.contains(&key));
        for (_, value) in record
            .entries()
            .filter(|(key, _)| !later.contains(&key.text()))
        {
            self.cut(value, cuts);
        }
        if let Some((status, word)) = record.get("status").zip(self.status(record, &later))
            && word != status.text()
        {
            cuts.put(status, word);
        }
    }

    /// Where an action or a finding stood; none for other records, whose status stays as it is.
    fn status(&self, record: NodeRef<'_>, later: &[&str]) -> Option<&'static str> {
        let started = |begun: &str| match day_of(record.get(begun)?) {
            Some(day) if day < self.day => Some("in-progress"),
            _ => Some("open"),
        };
        if record.get("opened").is_some() {
            return match later {
                _ if later.contains(&"completed") || later.contains(&"cancelled") => {
                    started("opened")
                }
                _ if later.contains(&"verification") => Some("completed"),
                _ if later.contains(&"progress") => Some("open"),
                _ => None,
            };
        }
        if record.get("raised").is_some() {
            return match later {
                _ if later.contains(&"closed") => started("raised"),
                _ if later.contains(&"actions") => Some("open"),
                _ => None,
            };
        }
        None
    }

    /// Cuts what is later out of a value that stays.
    fn cut(&self, value: NodeRef<'_>, cuts: &mut Cuts<'_>) {
        match value.kind() {
            NodeKind::Map => {
                let later: Vec<&str> = value
                    .entries()
                    .filter(|(key, value)| self.is_later(key.text(), *value))
                    .map(|(key, _)| key.text())
                    .collect();
                cuts.leave_out(value, |key| later.contains(&key));
                for (_, inner) in value
                    .entries()
                    .filter(|(key, _)| !later.contains(&key.text()))
                {
                    self.cut(inner, cuts);
                }
            }
            NodeKind::List => {
                let later: Vec<bool> = value.items().map(|item| self.is_later("", item)).collect();
                cuts.leave_out_items(value, |at| later[at]);
                for (item, _) in value.items().zip(&later).filter(|(_, later)| !**later) {
                    self.cut(item, cuts);
                }
            }
            _ => {}
        }
    }

    /// Whether nothing of a value was there on the day.
    fn is_later(&self, key: &str, value: NodeRef<'_>) -> bool {
        match value.kind() {
            NodeKind::Map => {
                let own = DATED.iter().find_map(|field| day_of(value.get(field)?));
                own.map_or_else(|| self.is_all_later(value), |own| own > self.day)
            }
            NodeKind::List => self.is_all_later(value),
            _ if PLANS.contains(&key) => false,
            _ => match day_of(value) {
                Some(day) => day > self.day,
                None => self.births.is_unborn(value.text(), self.day),
            },
        }
    }

    /// Whether a list or mapping has entries, and all of them are later.
    fn is_all_later(&self, value: NodeRef<'_>) -> bool {
        let mut entries = value
            .entries()
            .map(|(key, value)| (key.text(), value))
            .chain(value.items().map(|item| ("", item)));
        let mut later = entries
            .by_ref()
            .map(|(key, value)| self.is_later(key, value))
            .peekable();
        later.peek().is_some() && later.all(|later| later)
    }
}
