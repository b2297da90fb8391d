//! The dates of records that figures are mostly made of, by name: a field of a record that was read is found sooner than
//! one of its tree.

use super::{Day, Moment, Record};

/// What is known of a field without its node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedDate {
    /// The date, if there is one.
    Known(Option<Moment>),
    /// Its node tells.
    Elsewhere,
}

impl Record {
    /// The date in a field of the record itself.
    pub fn date_named(&self, field: &str) -> NamedDate {
        let day = |day: Day| Some(Moment::Day(day.0));
        NamedDate::Known(match (self, field) {
            (Record::Incident(it), "occurred") => it.occurred,
            (Record::Incident(it), "detected") => Some(it.detected),
            (Record::Incident(it), "responded") => it.responded,
            (Record::Incident(it), "contained") => it.contained,
            (Record::Incident(it), "resolved") => it.resolved,
            (Record::Action(it), "opened") => day(it.opened),
            (Record::Action(it), "due") => day(it.due),
            (Record::Action(it), "completed") => it.completed.and_then(day),
            (Record::Finding(it), "raised") => day(it.raised),
            (Record::Finding(it), "closed") => it.closed.and_then(day),
            (Record::Risk(it), "identified") => day(it.identified),
            (Record::Risk(it), "closed") => it.closed.and_then(day),
            (Record::Result(it), "date") => day(it.date),
            (Record::Audit(it), "planned") => day(it.planned),
            (Record::Audit(it), "performed") => it.performed.and_then(day),
            _ => return NamedDate::Elsewhere,
        })
    }
}
