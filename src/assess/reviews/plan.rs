//! The review that is to be planned next: for which period or record, on which day, with whom (clause 9.3.1).

mod case;

use super::naming::{Example, Named, Occasion, name};
use crate::assess::obligations::{Obligation, ObligationKind};
use crate::assess::people::is_known;
use crate::assess::{Seen, View};
use crate::diagnostics::did_you_mean;
use crate::records::config::{InputName, ReviewType};
use crate::records::id::is_id;
use crate::records::review::Review;
use crate::records::{Cadence, Kind, Period};
use case::Case;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// What was asked for; all else follows from the records.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Type of review; the one that is due next when absent.
    pub r#type: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// Day of the meeting.
    pub planned: Option<NaiveDate>,
    /// The period.
    pub period: Option<Period>,
    /// Records it is called for.
    pub r#for: Vec<String>,
    /// Who prepares it.
    pub owner: Option<String>,
}

/// A review that is to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its type.
    pub r#type: String,
    /// Its id.
    pub id: Named,
    /// What people call it.
    pub title: String,
    /// Who prepares it.
    pub owner: String,
    /// Day of the meeting.
    pub planned: NaiveDate,
    /// The last day on which it is in time, where there is one.
    pub deadline: Option<NaiveDate>,
    /// The period, where its type has a cadence.
    pub period: Option<Period>,
    /// First and last day it looks at.
    pub days: (NaiveDate, NaiveDate),
    /// Records it is called for.
    pub r#for: Vec<String>,
    /// Who chaired the last one.
    pub chair: Option<String>,
    /// Who must attend.
    pub attendees: Vec<String>,
    /// Who may attend.
    pub optional: Vec<String>,
    /// The inputs it considers.
    pub inputs: Vec<InputName>,
}

/// Why nothing can be planned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PlanError(String);

/// A type of review, its reviews and its duties.
struct Planner<'p> {
    view: &'p View<'p>,
    name: &'p str,
    kind: &'p ReviewType,
    /// Its reviews, the latest planned last.
    reviews: Vec<(Seen<'p>, &'p Review)>,
    /// Its duties that are not done, by due date.
    open: Vec<&'p Obligation>,
    /// Days from the end of a period to the deadline.
    grace: Days,
}

/// Plans the review that was asked for.
///
/// # Errors
/// What is unknown, ambiguous or planned already, and how to say what is meant.
pub fn plan(view: &View<'_>, duties: &[Obligation], wish: &Wish) -> Result<Plan, PlanError> {
    let name = match &wish.r#type {
        Some(name) => name.as_str(),
        None => next_type(view, duties)?,
    };
    let planner = Planner::of(view, duties, name)?;
    for record in &wish.r#for {
        if view.get(record).is_none() {
            let known = view.snapshot().entries().map(|entry| entry.id());
            let help = did_you_mean(record, known).unwrap_or_default();
            return refuse(format!("--for: there is no record `{record}`; {help}"));
        }
    }
    let case = planner.case(wish)?;
    planner.refuse_planned(&case)?;
    planner.plan(wish, &case)
}

fn refuse<T>(message: String) -> Result<T, PlanError> {
    Err(PlanError(message.trim_end_matches([';', ' ']).to_owned()))
}

/// The type of the first review that is due and not planned.
fn next_type<'d>(view: &View<'_>, duties: &'d [Obligation]) -> Result<&'d str, PlanError> {
    let reviews = duties.iter().filter(|duty| is_open(duty));
    let mut unplanned = reviews.filter(|duty| {
        let planner = Planner::of(view, duties, &duty.subject);
        planner.is_ok_and(|planner| planner.planned_for(duty.period, &duty.r#for).is_none())
    });
    // The list goes by due date.
    match unplanned.next() {
        Some(duty) => Ok(&duty.subject),
        None => refuse(format!(
            "every review that is due is planned; name a type: {}",
            types(view)
        )),
    }
}

fn types(view: &View<'_>) -> String {
    let names: Vec<&str> = view.config().reviews.keys().map(|name| &**name).collect();
    names.join(", ")
}

fn is_open(duty: &Obligation) -> bool {
    duty.kind == ObligationKind::ManagementReview && duty.done.is_none()
}

impl<'p> Planner<'p> {
    fn of(view: &'p View<'p>, duties: &'p [Obligation], name: &str) -> Result<Self, PlanError> {
        let types = &view.config().reviews;
        let Some((name, kind)) = types.get_key_value(name) else {
            let known = types.keys().map(|name| &**name);
            let help = did_you_mean(name, known).unwrap_or_else(|| match types.is_empty() {
                true => "[reviews] in isms.toml has none".to_owned(),
                false => format!("[reviews] in isms.toml has {}", self::types(view)),
            });
            return refuse(format!("there is no review type `{name}`; {help}"));
        };
        let reviews = view.typed::<Review>(Kind::Review);
        let mut reviews: Vec<_> = reviews
            .filter(|(_, review)| *review.r#type == **name)
            .collect();
        reviews.sort_by_key(|(seen, review)| (review.planned, seen.id()));
        let own = duties
            .iter()
            .filter(|duty| duty.kind == ObligationKind::ManagementReview && duty.subject == **name);
        let grace = own
            .clone()
            .map(|duty| (duty.deadline - duty.due).num_days());
        Ok(Self {
            view,
            name,
            kind,
            reviews,
            open: own.filter(|duty| is_open(duty)).collect(),
            grace: Days::new(grace.max().unwrap_or_default().unsigned_abs()),
        })
    }

    /// The cadence of a type that no record calls for.
    fn cadence(&self) -> Option<Cadence> {
        let cadence = self.kind.cadence.filter(|_| self.kind.trigger.is_none());
        cadence.filter(Cadence::has_periods)
    }

    /// The period of a review of this type.
    fn period_of(&self, review: &Review) -> Option<Period> {
        let calendar = self.view.calendar();
        self.kind
            .cadence?
            .period_containing(review.period.to.0, calendar)
    }

    /// The review that is planned and not held for a period or a record.
    fn planned_for(
        &self,
        period: Option<Period>,
        record: &Option<String>,
    ) -> Option<(Seen<'p>, &'p Review)> {
        let mut planned = self.reviews.iter().filter(|(_, it)| it.held.is_none());
        let found = planned.find(|(_, review)| match record {
            Some(record) => review.r#for.iter().any(|it| **it == **record),
            None => period.is_some() && self.period_of(review) == period,
        });
        found.copied()
    }

    fn refuse_planned(&self, case: &Case<'_>) -> Result<(), PlanError> {
        let for_records = case.r#for.iter().map(|record| Some((*record).to_owned()));
        let mut occasions: Vec<Option<String>> = for_records.collect();
        if case.period.is_some() {
            occasions = vec![None];
        }
        let mut planned = occasions
            .iter()
            .filter_map(|it| self.planned_for(case.period, it));
        let Some((seen, review)) = planned.next() else {
            return Ok(());
        };
        let (id, what) = (seen.id(), self.what(case));
        let later = match (case.period, self.cadence()) {
            (Some(period), Some(cadence)) => cadence.following(&period, self.view.calendar()),
            _ => None,
        };
        let later = later.map_or_else(String::new, |later| {
            format!("; `--period {later}` plans the one after it")
        });
        refuse(format!(
            "the review of the type {} for {what} is planned already: {id}, on {} (`ismsctl pack --review {id}`){later}",
            self.name, review.planned
        ))
    }

    /// What it is for, for people.
    fn what(&self, case: &Case<'_>) -> String {
        match case.period {
            Some(period) => period.to_string(),
            None if case.r#for.is_empty() => "no record".to_owned(),
            None => case.r#for.join(", "),
        }
    }

    fn plan(&self, wish: &Wish, case: &Case<'_>) -> Result<Plan, PlanError> {
        let last = self.reviews.last();
        let planned = wish.planned.unwrap_or_else(|| self.day(case));
        Ok(Plan {
            r#type: self.name.to_owned(),
            id: self.id(wish, case, planned)?,
            title: match (case.period, case.r#for.as_slice()) {
                (Some(period), _) => format!("{}, {period}", self.kind.title),
                (None, []) => self.kind.title.to_string(),
                (None, records) => format!("{} for {}", self.kind.title, records.join(", ")),
            },
            owner: self.owner(wish)?,
            planned,
            deadline: case.deadline,
            period: case.period,
            days: case.days,
            r#for: case.r#for.iter().map(|it| (*it).to_owned()).collect(),
            chair: last.and_then(|(_, it)| it.chair.as_ref().map(|who| who.to_string())),
            attendees: self
                .kind
                .attendees
                .iter()
                .map(|it| it.to_string())
                .collect(),
            optional: self.kind.optional.iter().map(|it| it.to_string()).collect(),
            inputs: self
                .kind
                .inputs
                .as_deref()
                .unwrap_or(&InputName::ALL)
                .to_vec(),
        })
    }

    /// A day for the meeting: as long after the period as the last time, by the deadline, on a working day, and not in
    /// the past.
    fn day(&self, case: &Case<'_>) -> NaiveDate {
        let usual = case.period.and_then(|_| {
            let held = self.reviews.iter().rev().find(|(_, it)| it.held.is_some());
            let (_, review) = held?;
            let after = (review.planned.0 - review.period.to.0).num_days();
            let after = u64::try_from(after).ok()?;
            case.days.1.checked_add_days(Days::new(after))
        });
        let latest = case.deadline.unwrap_or(case.days.1);
        let day = working_day(usual.map_or(latest, |usual| usual.min(latest)));
        let today = self.view.day();
        day.max(today)
    }

    fn owner(&self, wish: &Wish) -> Result<String, PlanError> {
        let config = self.view.config();
        if let Some(owner) = &wish.owner
            && !is_known(config, owner)
        {
            let known = config.people.keys().chain(config.roles.keys());
            let help = did_you_mean(owner, known.map(|name| &**name))
                .unwrap_or_else(|| "see [people] and [roles] in isms.toml".to_owned());
            return refuse(format!(
                "--owner: isms.toml knows no person or role `{owner}`; {help}"
            ));
        }
        let last = self.reviews.last().and_then(|(seen, _)| seen.owner());
        let owner = wish
            .owner
            .as_deref()
            .or(self.kind.owner.as_deref())
            .or(last);
        match owner {
            Some(owner) => Ok(owner.to_owned()),
            None => refuse(format!(
                "there is no review of the type {0} yet to take the owner from; name one with --owner, or set `owner` under [reviews.{0}] in isms.toml",
                self.name
            )),
        }
    }

    fn id(&self, wish: &Wish, case: &Case<'_>, planned: NaiveDate) -> Result<Named, PlanError> {
        let snapshot = self.view.snapshot();
        let is_taken = |id: &str| snapshot.get(id).is_some();
        if let Some(id) = &wish.id {
            if !is_id(id) {
                return refuse(format!(
                    "--id: `{id}` is no id; letters, digits, `.`, `_` and `-` make one"
                ));
            }
            if is_taken(id) {
                return refuse(format!("--id: `{id}` is taken; choose another"));
            }
            return Ok(Named {
                id: id.clone(),
                like: None,
            });
        }
        let examples = self.reviews.iter().map(|(seen, review)| Example {
            id: seen.id(),
            period: self.period_of(review),
        });
        let examples: Vec<Example<'_>> = examples.collect();
        let occasion = match case.period {
            Some(period) => Occasion::Period(period),
            None => Occasion::Record(case.r#for.first().copied(), planned),
        };
        let config = self.view.config();
        let mut prefixes = config.ids.iter();
        let prefix = prefixes.find(|(kind, _)| Kind::from_name(kind) == Some(Kind::Review));
        let prefix = prefix.map_or("REV-", |(_, prefix)| &**prefix);
        let named = name(&examples, &occasion, prefix, self.name);
        match is_taken(&named.id) || !is_id(&named.id) {
            true => refuse(format!(
                "the id `{}` would be next and cannot be used; name another with --id",
                named.id
            )),
            false => Ok(named),
        }
    }
}

/// The day, or the Friday before a weekend.
fn working_day(day: NaiveDate) -> NaiveDate {
    let back = match day.weekday() {
        Weekday::Sat => 1,
        Weekday::Sun => 2,
        _ => 0,
    };
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}
