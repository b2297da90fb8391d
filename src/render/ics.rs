//! `due --format ics`: every open obligation as an all-day entry of a calendar (RFC 5545), for feeds and imports.
//!
//! The same records on the same day give the same bytes: the time stamp of every entry is the start of the as-of day.
//! An entry keeps its UID while its date moves: it is made from kind, subject, `for` and period. What comes back
//! without a period (reviews, check-ins) is another entry each time, told apart by its date.

use crate::report::Incomplete;
use crate::report::due::{
    DueItem, DueReport, Obligation, ObligationKind, Urgency, headline, kind_words,
};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Most bytes in a line, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// The open obligations of a report, for the calendar of an organisation.
pub fn render(report: &DueReport, organisation: &str) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//ismsctl//due//EN");
    lines.add("CALSCALE:GREGORIAN");
    lines.text("X-WR-CALNAME", &format!("{organisation}: due"));
    lines.text("X-WR-CALDESC", &description(report));
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for item in &report.items {
        if item.urgency() != Urgency::Done {
            let uid = uid(&item.obligation);
            let count = known.entry(uid.clone()).or_default();
            *count += 1;
            // Two pieces of evidence of one record may end on the same day.
            let uid = match *count {
                1 => uid,
                count => format!("{count}-{uid}"),
            };
            event(item, &uid, report.as_of, &mut lines);
        }
    }
    lines.add("END:VCALENDAR");
    lines.0
}

/// What a feed cannot show in its entries: the day, and what is missing.
fn description(report: &DueReport) -> String {
    let Incomplete {
        left_out, unclear, ..
    } = &report.incomplete;
    let mut text = format!("Open obligations as of {}.", report.as_of);
    if !left_out.is_empty() {
        let _ = write!(
            text,
            " Left out, because they cannot be read: {}.",
            left_out.join(", ")
        );
    }
    if !unclear.is_empty() {
        let _ = write!(
            text,
            " What may be due, and nobody can tell: {}.",
            unclear.join("; ")
        );
    }
    text
}

fn event(item: &DueItem, uid: &str, as_of: NaiveDate, lines: &mut Lines) {
    let it = &item.obligation;
    lines.add("BEGIN:VEVENT");
    lines.add(&format!("UID:{uid}@ismsctl"));
    lines.add(&format!("DTSTAMP:{}T000000Z", basic(as_of)));
    lines.add(&format!("DTSTART;VALUE=DATE:{}", basic(it.due)));
    if let Some(next) = it.due.succ_opt() {
        lines.add(&format!("DTEND;VALUE=DATE:{}", basic(next)));
    }
    let subject = match &it.r#for {
        Some(record) => format!("{} for {record}", it.subject),
        None => it.subject.clone(),
    };
    lines.text("SUMMARY", &format!("{} ({subject})", headline(it)));
    lines.text("DESCRIPTION", &details(item, as_of));
    lines.text("CATEGORIES", kind_words(it.kind));
    // Nobody is busy all day because something is due.
    lines.add("TRANSP:TRANSPARENT");
    lines.add("END:VEVENT");
}

/// Who, until when, and where the record is.
fn details(item: &DueItem, as_of: NaiveDate) -> String {
    let it = &item.obligation;
    let mut text = String::new();
    if let Some(owner) = &it.owner {
        let _ = writeln!(text, "Owner: {owner}");
    }
    let grace = it.deadline > it.due && it.kind != ObligationKind::Retention;
    if grace {
        let _ = writeln!(text, "Not overdue before the end of {}", it.deadline);
    }
    if item.urgency() == Urgency::Overdue {
        let _ = writeln!(text, "Overdue: {} days as of {as_of}", it.days(as_of));
    }
    if let Some(blocker) = &it.blocked_by {
        let _ = writeln!(text, "Waits for: {blocker}");
    }
    let _ = write!(text, "Record: {}", item.path);
    text
}

/// What makes an obligation the same one on another day, as a digest: ids may hold anything.
fn uid(it: &Obligation) -> String {
    let period = match (&it.period, comes_back(it.kind)) {
        (Some(period), _) => period.to_string(),
        (None, true) => it.due.to_string(),
        (None, false) => step(it).to_owned(),
    };
    let mut hash = Sha256::new();
    let occasion = it.r#for.as_deref().unwrap_or_default();
    for part in [kind_words(it.kind), &it.subject, occasion, &period] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    digest
        .iter()
        .take(16)
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Which of the lessons of an incident it is: the first three are one duty, the last two have one each.
fn step(it: &Obligation) -> &'static str {
    let steps = ["implement", "verify"].into_iter();
    let named = |step: &&str| {
        let before = it.title.strip_suffix(step);
        it.kind == ObligationKind::Lessons && before.is_some_and(|it| it.ends_with(": "))
    };
    steps.rev().find(named).unwrap_or_default()
}

/// Whether the same subject has such a duty again and again, without a period.
fn comes_back(kind: ObligationKind) -> bool {
    match kind {
        ObligationKind::PolicyReview
        | ObligationKind::ControlReview
        | ObligationKind::RiskReview
        | ObligationKind::RegisterReview
        | ObligationKind::CheckIn
        | ObligationKind::KpiAnalysis
        | ObligationKind::AcceptanceEnd
        | ObligationKind::EvidenceExpiry => true,
        ObligationKind::Activity
        | ObligationKind::Measurement
        | ObligationKind::Control
        | ObligationKind::RiskTreatment
        | ObligationKind::Action
        | ObligationKind::Verification
        | ObligationKind::Finding
        | ObligationKind::RootCause
        | ObligationKind::Lessons
        | ObligationKind::Notification
        | ObligationKind::Audit
        | ObligationKind::ManagementReview
        | ObligationKind::Report
        | ObligationKind::Retention => false,
    }
}

fn basic(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// Content lines, folded and ended as they must be.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value is text: anything may stand in it.
    fn text(&mut self, name: &str, value: &str) {
        self.add(&format!("{name}:{}", escaped(value)));
    }

    /// A line, folded between characters where it is too long.
    fn add(&mut self, line: &str) {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Text of a property (RFC 5545, 3.3.11). Control characters have no place in it, line breaks are written `\n`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
