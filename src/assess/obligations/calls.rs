//! Duties that records call for (`trigger`): one for each matching incident, audit, hire, departure or request.
//!
//! Such a duty is due `within` after the date `from` of its record (before it, when `within` is negative), and is done
//! by what names the record in `for`: a result of the activity, or a review of the type that was held; or by the date
//! `done` of the record itself. Nothing is due before the record exists, nor before `since`.
//!
//! # A cadence beside the trigger
//! Every matching record then has a duty in every period of the cadence, from the one in which it began to the one
//! after the as-of day's, and the earlier day counts: the last day of the period, or that of the trigger where it lies
//! in the period. A vendor assessed "annually, or by the renewal of the contract" with a renewal on 10 July 2026 has to
//! be assessed by 31 December 2025, by 10 July 2026, and by 31 December 2027. What is done in a period is done for it,
//! whenever that was. Once the date of the record moves on, the periods before go by their last day again. With
//! `continuous` the earlier of the latest result's age and the day of the trigger counts, if nothing was done since.

use super::ObligationKind;
use super::completions::{Completion, Results, in_order};
use super::ending::{ended_on, opened_on};
use super::ledger::{Duty, Ledger, day_after, shifted, whole_days};
use super::schedule::open_slots;
use crate::assess::Seen;
use crate::assess::allotment::allot;
use crate::assess::inquiry::{Asker, Inquiry};
use crate::assess::queries::Query;
use crate::records::activity::{Activity, Trigger};
use crate::records::config::ReviewType;
use crate::records::review::Review;
use crate::records::{Cadence, Day, Duration, Kind, Moment};
use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};
use std::borrow::Cow;

/// Types of review and the records they are called for.
pub(super) type Called<'v> = HashSet<(&'v str, &'v str)>;

/// Enters what records call for, and says which reviews these are.
pub(super) fn enter<'v>(
    ledger: &mut Ledger<'v>,
    inquiry: &mut Inquiry<'v>,
    results: &Results<'v>,
) -> Called<'v> {
    enter_activities(ledger, inquiry, results);
    enter_reviews(ledger, inquiry, results)
}

fn enter_activities<'v>(ledger: &mut Ledger<'v>, inquiry: &mut Inquiry<'v>, results: &Results<'v>) {
    for (seen, activity) in ledger.view().typed::<Activity>(Kind::Activity) {
        let Some(trigger) = &activity.trigger else {
            continue;
        };
        let call = Call {
            kind: ObligationKind::Activity,
            subject: seen.id(),
            title: seen.title(),
            owner: seen.owner(),
            cadence: activity.cadence,
            grace: activity.grace,
            since: activity.since,
            until: activity.until,
            blocked_by: activity.blocked_by.as_deref(),
            trigger,
        };
        let asker = Asker {
            record: Some(seen.id()),
            subject: seen.id(),
        };
        let query = Query::of_activity(trigger);
        for caller in inquiry.ask(asker, &query, |it| !results.is_superseded(it.id())) {
            let done = results.of_activity_for(seen.id(), caller.id()).to_vec();
            let case = Case::of(caller, asker, &query, done, inquiry, ledger);
            call.enter(case, ledger);
        }
    }
}

fn enter_reviews<'v>(
    ledger: &mut Ledger<'v>,
    inquiry: &mut Inquiry<'v>,
    results: &Results<'v>,
) -> Called<'v> {
    let mut called = Called::default();
    for (name, kind) in &ledger.view().config().reviews {
        let Some(trigger) = &kind.trigger else {
            continue;
        };
        let reviews = Reviews::of(name, kind, ledger);
        let call = Call {
            kind: ObligationKind::ManagementReview,
            subject: name,
            title: &kind.title,
            owner: reviews.owner,
            cadence: kind.cadence,
            grace: kind.grace,
            since: kind.since,
            until: None,
            blocked_by: None,
            trigger,
        };
        let asker = Asker {
            record: None,
            subject: name,
        };
        let query = Query::of_review_type(name, trigger);
        for caller in inquiry.ask(asker, &query, |it| !results.is_superseded(it.id())) {
            let held = reviews.held.get(caller.id()).cloned().unwrap_or_default();
            let case = Case::of(caller, asker, &query, in_order(held), inquiry, ledger);
            if call.enter(case, ledger) {
                called.insert((name, caller.id()));
            }
        }
    }
    called
}

/// The reviews of a type.
struct Reviews<'v> {
    /// Those that were held, by the records they name.
    held: HashMap<&'v str, Vec<Completion>>,
    /// Who prepares them: by isms.toml, else who owns the latest.
    owner: Option<&'v str>,
}

impl<'v> Reviews<'v> {
    fn of(name: &str, kind: &'v ReviewType, ledger: &Ledger<'v>) -> Self {
        let calendar = ledger.view().calendar();
        let mut held: HashMap<&str, Vec<Completion>> = HashMap::default();
        let mut latest: Option<(Day, Seen<'v>)> = None;
        for (seen, review) in ledger.view().typed::<Review>(Kind::Review) {
            if &*review.r#type != name {
                continue;
            }
            if latest.is_none_or(|(planned, _)| planned <= review.planned) {
                latest = Some((review.planned, seen));
            }
            let Some(day) = review.held else { continue };
            let by = |cadence: Cadence| cadence.period_containing(review.period.to.0, calendar);
            for record in &review.r#for {
                held.entry(record).or_default().push(Completion {
                    date: day.0,
                    period: kind.cadence.and_then(by),
                });
            }
        }
        let prepared = kind.owner.as_deref();
        Self {
            held,
            owner: prepared.or_else(|| latest.and_then(|(_, seen)| seen.owner())),
        }
    }
}

/// A record that calls, and what was done about it.
struct Case<'v> {
    caller: Seen<'v>,
    /// The date from which the trigger runs.
    from: Option<Moment>,
    /// In order.
    done: Vec<Completion>,
    /// The date that says so in the record itself.
    closed: Option<Moment>,
}

impl<'v> Case<'v> {
    fn of(
        caller: Seen<'v>,
        asker: Asker<'_>,
        query: &Query<'_>,
        mut done: Vec<Completion>,
        inquiry: &mut Inquiry<'v>,
        ledger: &Ledger<'v>,
    ) -> Self {
        let from = inquiry.moment(asker, query, "from", caller);
        let closed = inquiry.moment(asker, query, "done", caller);
        let day = closed.map(|closed| closed.day(ledger.view().calendar()));
        // A register may not declare it as a fact.
        let day = day.filter(|day| *day <= ledger.day());
        done.extend(day.map(|date| Completion { date, period: None }));
        Self {
            caller,
            from,
            done: in_order(done),
            closed: closed.filter(|_| day.is_some()),
        }
    }
}

/// Something that records call for.
struct Call<'v> {
    kind: ObligationKind,
    subject: &'v str,
    title: &'v str,
    owner: Option<&'v str>,
    cadence: Option<Cadence>,
    grace: Option<Duration>,
    since: Option<Day>,
    until: Option<Day>,
    blocked_by: Option<&'v str>,
    trigger: &'v Trigger,
}

impl<'v> Call<'v> {
    /// Enters what is due for one record; whether anything is.
    fn enter(&self, case: Case<'v>, ledger: &mut Ledger<'v>) -> bool {
        let within = self.trigger.within;
        let day = case
            .from
            .and_then(|from| day_after(from, within, ledger.view()));
        match self.cadence {
            None | Some(Cadence::Each) => self.enter_once(&case, day, ledger),
            Some(Cadence::Continuous { max_age }) => {
                self.enter_continuous(max_age, &case, day, ledger)
            }
            Some(cadence) => self.enter_periods(&cadence, &case, day, ledger),
        }
    }

    /// The first day on which anything may be due, if one is known.
    fn since(&self, ledger: &Ledger<'_>) -> Option<NaiveDate> {
        self.since.map(|since| since.0).or(ledger.since())
    }

    fn duty(&self, case: &Case<'v>, due: NaiveDate) -> Duty<'v> {
        Duty {
            r#for: Some(case.caller.id()),
            subject: self.subject,
            title: Cow::Borrowed(self.title),
            owner: self.owner,
            // Only the result of a period has grace that nobody asked for.
            grace: self.grace.map_or(0, whole_days),
            blocked_by: self.blocked_by,
            since: self.since.map(|since| since.0),
            ..Duty::of(self.kind, case.caller, due)
        }
    }

    fn enter_once(&self, case: &Case<'v>, day: Option<NaiveDate>, ledger: &mut Ledger<'v>) -> bool {
        let since = self.since(ledger);
        let counts = |due: &NaiveDate| {
            since.is_none_or(|since| since <= *due) && self.until.is_none_or(|it| *due <= it.0)
        };
        let Some(due) = day.filter(counts) else {
            return false;
        };
        ledger.enter(Duty {
            done: case.done.iter().map(|done| done.date).min(),
            late_by_clock: self.is_late_by_clock(case, ledger),
            ..self.duty(case, due)
        });
        true
    }

    /// Whether hours or minutes between two instants were too many, although the day was right.
    fn is_late_by_clock(&self, case: &Case<'v>, ledger: &Ledger<'_>) -> bool {
        let within = self.trigger.within;
        match (case.from, case.closed) {
            (Some(from @ Moment::Instant(_)), Some(done @ Moment::Instant(_)))
                if within.whole_days().is_none() && case.done.len() == 1 =>
            {
                let elapsed = done.minus(from, ledger.view().calendar());
                elapsed.milliseconds > within.seconds() * 1000
            }
            _ => false,
        }
    }

    /// The first day of the record's duties: that of the schedule, or of the record where it began later.
    fn start(&self, case: &Case<'v>, ledger: &Ledger<'_>) -> NaiveDate {
        let start = ledger.start(self.since);
        opened_on(case.caller, ledger.view()).map_or(start, |opened| opened.max(start))
    }

    fn enter_periods(
        &self,
        cadence: &Cadence,
        case: &Case<'v>,
        day: Option<NaiveDate>,
        ledger: &mut Ledger<'v>,
    ) -> bool {
        let usual = whole_days(
            self.grace
                .unwrap_or_else(|| ledger.view().config().isms.grace.of(cadence)),
        );
        let start = self.start(case, ledger);
        let slots = open_slots(cadence, start, self.until, usual, ledger);
        let mut done = vec![None; slots.len()];
        let places = allot(&slots, &case.done, ledger.view().calendar());
        for (completion, place) in case.done.iter().zip(places) {
            if let Some(index) = place {
                done[index].get_or_insert(completion.date);
            }
        }
        let mut any = false;
        for (slot, done) in slots.into_iter().zip(done) {
            let called = day.filter(|day| slot.first.max(start) <= *day && *day < slot.last);
            let duty = Duty {
                period: Some(slot.period),
                done,
                ..self.duty(case, called.unwrap_or(slot.last))
            };
            let duty = match called {
                Some(_) => duty,
                None => Duty {
                    grace: usual,
                    ..duty
                },
            };
            any |= enter_unless_ended(duty, case, ledger);
        }
        any
    }

    fn enter_continuous(
        &self,
        max_age: Duration,
        case: &Case<'v>,
        day: Option<NaiveDate>,
        ledger: &mut Ledger<'v>,
    ) -> bool {
        let start = self.start(case, ledger);
        let latest = case.done.last().map(|done| done.date);
        let Some(due) = shifted(latest.unwrap_or(start).max(start), whole_days(max_age)) else {
            return false;
        };
        let called = day.filter(|day| *day >= start && latest.is_none_or(|latest| *day > latest));
        let due = called.map_or(due, |day| day.min(due));
        let in_force = |until: Day| due.max(ledger.day()) <= until.0;
        self.until.is_none_or(in_force) && enter_unless_ended(self.duty(case, due), case, ledger)
    }
}

/// Enters a duty, unless its record ended before the duty was overdue: nobody assesses a vendor that has left. What
/// was overdue by then stays so.
fn enter_unless_ended<'v>(duty: Duty<'v>, case: &Case<'v>, ledger: &mut Ledger<'v>) -> bool {
    let deadline = shifted(duty.due, duty.grace.max(0)).unwrap_or(duty.due);
    let ended = ended_on(case.caller, ledger.view()).filter(|end| *end <= ledger.day());
    if duty.done.is_none() && ended.is_some_and(|end| end <= deadline) {
        return false;
    }
    ledger.enter(duty);
    true
}
