//! Which review a pack is for, and the time it looks at.

use crate::assess::{Seen, View};
use crate::diagnostics::did_you_mean;
use crate::records::Kind;
use crate::records::review::Review;
use crate::report::basis::long;
use chrono::{Days, Months, NaiveDate};

/// What was asked for.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The review of this id.
    pub review: Option<String>,
    /// The next review of this type.
    pub r#type: Option<String>,
}

/// The review a pack is for.
#[derive(Debug)]
pub struct Subject<'v> {
    /// What people call it.
    pub title: String,
    /// Its type.
    pub r#type: Option<&'v str>,
    /// The record, if the review has one yet.
    pub review: Option<&'v Review>,
    /// Its id.
    pub id: Option<&'v str>,
    /// Day on which it was held, if that is not after the day that is looked at.
    pub held: Option<NaiveDate>,
    /// Whether it was held after the day that is looked at, so that nothing was said in it yet.
    pub held_later: bool,
    /// First day it looks at.
    pub from: NaiveDate,
    /// Last day it looks at.
    pub to: NaiveDate,
    /// Day for which it is planned.
    pub planned: Option<NaiveDate>,
    /// The last review of the same type that was held before this one: its id and day.
    pub last: Option<(&'v str, NaiveDate)>,
}

/// A review that was held before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier<'v> {
    /// Its id.
    pub id: &'v str,
    /// Its type.
    pub r#type: &'v str,
    /// Day on which it was held.
    pub held: NaiveDate,
    /// The revision of the records it stood on, if it says so.
    pub revision: Option<&'v str>,
}

impl<'v> Earlier<'v> {
    /// The review of an id, if it was held.
    pub fn of(view: &'v View<'v>, id: &str) -> Option<Self> {
        let seen = view.get(id)?;
        let review = seen.typed::<Review>()?;
        Some(Self {
            id: seen.id(),
            r#type: &review.r#type,
            held: review.held?.0,
            revision: review.pack.as_ref().map(|pack| &*pack.revision),
        })
    }

    /// What people call it: `the annual review of 20 Jan 2026`.
    pub fn label(&self) -> String {
        format!("the {} review of {}", self.r#type, long(self.held))
    }
}

/// Why there is no such review.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ReviewChoiceError(String);

impl<'v> Subject<'v> {
    /// Finds the review: the one named, else the next that is planned (of the type), else what follows the last one.
    ///
    /// # Errors
    /// An id or a type that does not exist.
    pub fn find(view: &'v View<'v>, choice: &Choice) -> Result<Self, ReviewChoiceError> {
        if let Some(wanted) = &choice.r#type
            && !view.config().reviews.contains_key(wanted.as_str())
        {
            let known = view.config().reviews.keys().map(|name| &**name);
            let help = did_you_mean(wanted, known)
                .unwrap_or_else(|| "see [reviews] in isms.toml".to_owned());
            return Err(ReviewChoiceError(format!(
                "there is no review type `{wanted}`; {help}"
            )));
        }
        if let Some(id) = &choice.review {
            let found = view
                .typed::<Review>(Kind::Review)
                .find(|(seen, _)| seen.id() == id);
            return match found {
                Some((seen, review)) => Ok(Self::of(view, seen, review)),
                None => {
                    let known = view.kind(Kind::Review).map(|seen| seen.id());
                    let help = did_you_mean(id, known).unwrap_or_else(|| "see reviews/".to_owned());
                    Err(ReviewChoiceError(format!(
                        "there is no review `{id}`; {help}"
                    )))
                }
            };
        }
        let wanted = choice.r#type.as_deref();
        let next = view
            .typed::<Review>(Kind::Review)
            .filter(|(_, review)| {
                review.held.is_none() && wanted.is_none_or(|wanted| wanted == &*review.r#type)
            })
            // Reviews of the calendar come before those that an incident or an audit calls for.
            .min_by_key(|(seen, review)| {
                let kind = view.config().reviews.get(&review.r#type);
                let called_for = kind.is_none_or(|kind| kind.cadence.is_none());
                (called_for, review.planned, seen.id())
            });
        Ok(match next {
            Some((seen, review)) => Self::of(view, seen, review),
            None => Self::unplanned(view, wanted),
        })
    }

    /// The last review of the same type that was held before this one: its id, its day and the revision it recorded.
    pub fn review_before(&self, view: &'v View<'v>) -> Option<Earlier<'v>> {
        let of_type = self.r#type?;
        let own_day = self.review.and_then(|review| review.held);
        let reviews = view.kind(Kind::Review);
        let reviews = reviews.filter_map(|seen| Earlier::of(view, seen.id()));
        let earlier = reviews.filter(|it| {
            let is_before = own_day.is_none_or(|own| it.held < own.0);
            is_before && it.r#type == of_type && self.id != Some(it.id)
        });
        earlier.max_by_key(|it| (it.held, it.id))
    }

    fn of(view: &'v View<'v>, seen: Seen<'v>, review: &'v Review) -> Self {
        let id = seen.id();
        Self {
            held_later: held_after(seen, view.day()),
            title: format!("{} ({id})", review.title),
            r#type: Some(&review.r#type),
            id: Some(id),
            from: review.period.from.0,
            to: review.period.to.0,
            planned: Some(review.planned.0),
            held: review.held.map(|day| day.0),
            last: last_held(view, Some(&review.r#type), Some((id, review)))
                .map(|(id, review)| (id, held(review))),
            review: Some(review),
        }
    }

    /// No review is planned: the time since the last one, else the last year.
    fn unplanned(view: &'v View<'v>, wanted: Option<&str>) -> Self {
        let last = last_held(view, wanted, None);
        let kind = match (wanted, last) {
            (Some(wanted), _) => view
                .config()
                .reviews
                .keys()
                .map(|name| &**name)
                .find(|name| *name == wanted),
            (None, Some((_, review))) => Some(&*review.r#type),
            (None, None) => None,
        };
        let title = kind
            .and_then(|kind| view.config().reviews.get(kind))
            .map(|kind| kind.title.to_string());
        let to = view.day();
        let after = last.and_then(|(_, review)| review.period.to.0.checked_add_days(Days::new(1)));
        Self {
            title: format!(
                "{} (none is planned)",
                title.unwrap_or_else(|| "Management review".to_owned())
            ),
            r#type: kind,
            review: None,
            held: None,
            held_later: false,
            id: None,
            from: after
                .unwrap_or_else(|| to.checked_sub_months(Months::new(12)).unwrap_or(to))
                .min(to),
            to,
            planned: None,
            last: last.map(|(id, review)| (id, held(review))),
        }
    }
}

/// Whether a review was held after a day: what it says about inputs and decisions is of that later day.
pub fn held_after(seen: Seen<'_>, day: NaiveDate) -> bool {
    let on_file = seen
        .entry()
        .record()
        .and_then(|record| <&Review>::try_from(record).ok());
    on_file.is_some_and(|review| review.held.is_some_and(|held| held.0 > day))
}

fn held(review: &Review) -> NaiveDate {
    review.held.unwrap_or(review.planned).0
}

/// The last review that was held, of a type; of one that was held itself the last before it.
fn last_held<'v>(
    view: &'v View<'v>,
    wanted: Option<&str>,
    own: Option<(&str, &Review)>,
) -> Option<(&'v str, &'v Review)> {
    let own_day = own.and_then(|(_, review)| review.held);
    view.typed::<Review>(Kind::Review)
        .filter(|(seen, review)| {
            let same = wanted.is_none_or(|wanted| wanted == &*review.r#type);
            let other = own.is_none_or(|(id, _)| id != seen.id());
            let before = |held| own_day.is_none_or(|own| held < own);
            same && other && review.held.is_some_and(before)
        })
        .map(|(seen, review)| (seen.id(), review))
        .max_by_key(|(id, review)| (review.held, *id))
}
