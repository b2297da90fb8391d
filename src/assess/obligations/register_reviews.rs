//! Reviews of the rows of a register (`review` in isms.toml): vendors, assets, systems.
//!
//! The first is due one span after the row began, the next one after the latest day of its log; where a row has a date
//! `or_by` after that day, such as the renewal of a contract, the earlier of the two counts.

use super::ObligationKind;
use super::ending::{has_ended, opened_on};
use super::ledger::Ledger;
use super::rolling::Rolling;
use crate::assess::Seen;
use crate::assess::facts::field;
use crate::assess::inquiry::{Asker, Inquiry};
use crate::assess::queries::Query;
use crate::records::Day;
use crate::records::config::RegisterReview;
use crate::text::{NodeKind, NodeRef};
use chrono::NaiveDate;

/// Enters the reviews of the rows of all registers.
pub(super) fn enter<'v>(ledger: &mut Ledger<'v>, inquiry: &mut Inquiry<'v>) {
    for (name, register) in &ledger.view().config().registers {
        let Some(review) = &register.review else {
            continue;
        };
        let asker = Asker {
            record: None,
            subject: name,
        };
        let query = Query::of_register(name, review);
        for row in inquiry.ask(asker, &query, |_| true) {
            let log = Log::of(row, asker, &query, review, inquiry, ledger);
            let or_by = inquiry.moment(asker, &query, "or_by", row);
            enter_row(
                ledger,
                row,
                review,
                log,
                or_by.map(|by| by.day(ledger.view().calendar())),
            );
        }
    }
}

fn enter_row<'v>(
    ledger: &mut Ledger<'v>,
    row: Seen<'v>,
    review: &RegisterReview,
    log: Log,
    or_by: Option<NaiveDate>,
) {
    let began = opened_on(row, ledger.view()).unwrap_or_else(|| ledger.start(None));
    let (first, entries) = match log {
        Log::Latest(latest) => (latest.unwrap_or(began), Vec::new()),
        Log::All(entries) => (began, entries),
    };
    Rolling {
        kind: ObligationKind::RegisterReview,
        seen: row,
        owner: ledger.owner(row),
        every: review.every,
        next: None,
        or_by: or_by.map(Day),
        first,
        until: None,
        ended: has_ended(row, ledger.view()),
    }
    .enter(entries, ledger);
}

/// When a row was reviewed.
enum Log {
    /// Only the latest day is kept: when the one before it was due, and whether it was in time, is not known.
    Latest(Option<NaiveDate>),
    /// Every day.
    All(Vec<NaiveDate>),
}

impl Log {
    /// Reads the log: a day, or a list of days or of entries with a `date`.
    fn of<'v>(
        row: Seen<'v>,
        asker: Asker<'_>,
        query: &Query<'_>,
        review: &RegisterReview,
        inquiry: &mut Inquiry<'v>,
        ledger: &Ledger<'_>,
    ) -> Self {
        let (view, path) = (ledger.view(), review.log.as_deref());
        // A register may not declare the log as a fact.
        let known = |day: &NaiveDate| *day <= ledger.day();
        let node = path.and_then(|path| field(row.node(), path));
        let Some(list) = node.filter(|node| node.kind() == NodeKind::List) else {
            let latest = inquiry.moment(asker, query, "log", row);
            return Self::Latest(
                latest
                    .map(|latest| latest.day(view.calendar()))
                    .filter(known),
            );
        };
        let mut days = Vec::new();
        for (index, item) in list.items().enumerate() {
            let date: NodeRef<'_> = item.get("date").unwrap_or(item);
            let place = format!("{}/{index}", path.unwrap_or_default().replace('.', "/"));
            let moment = inquiry.date(asker, query, "log", row, (&place, date));
            days.extend(
                moment
                    .map(|moment| moment.day(view.calendar()))
                    .filter(known),
            );
        }
        Self::All(days)
    }
}
