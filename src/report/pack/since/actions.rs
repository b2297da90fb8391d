//! What became of actions: done, put off, given up.

use super::news::{moved, owner_words};
use super::{News, Sides, Since, Turn, long, sides};
use crate::assess::View;
use crate::records::Kind;
use crate::records::action::{Action, ActionType};
use crate::records::risk::Risk;
use crate::report::pack::agenda::ReviewActions;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The point of the agenda under which an action stands; every one stands under one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// a: it comes from a review.
    Review,
    /// d1: it corrects or prevents.
    Corrective,
    /// f: it treats a risk.
    Treatment,
    /// g: it improves.
    Improvement,
}

/// What became of all actions, with the place of each.
pub fn news<'p>(since: &Since<'p>, now: &'p View<'p>) -> Vec<(Place, News<'p>)> {
    let treating = [since.side.view, now].map(treating);
    let from_reviews = [since.side.view, now].map(ReviewActions::of);
    let place = |sides: &Sides<'p, Action>| {
        let (from_reviews, (seen, action)) = match (sides.after, sides.before) {
            (Some(after), _) => (&from_reviews[1], after),
            (None, before) => (&from_reviews[0], before?),
        };
        let treats = || treating.iter().any(|ids| ids.contains(seen.id()));
        Some(if from_reviews.has(action) {
            Place::Review
        } else if action.r#type == ActionType::Treatment || treats() {
            Place::Treatment
        } else if action.r#type == ActionType::Improvement {
            Place::Improvement
        } else {
            Place::Corrective
        })
    };
    let all = sides::<Action>(since, now, Kind::Action);
    let told = all.iter().filter_map(|sides| {
        let news = of(sides)?;
        Some((place(sides)?, news))
    });
    let mut told: Vec<(Place, News<'p>)> = told.collect();
    told.sort_by_key(|(_, news)| (news.turn, news.id));
    told
}

/// The actions that risks name as their treatment.
fn treating<'v>(view: &'v View<'v>) -> BTreeSet<&'v str> {
    let risks = view.typed::<Risk>(Kind::Risk);
    let treatments = risks.filter_map(|(_, risk)| risk.treatment.as_ref());
    treatments
        .flat_map(|treatment| treatment.actions.iter().map(|id| &**id))
        .collect()
}

fn of<'p>(sides: &Sides<'p, Action>) -> Option<News<'p>> {
    let ((was, before), (seen, after)) = match (sides.before, sides.after) {
        (Some(before), Some(after)) => (before, after),
        (None, Some((seen, action))) => {
            return Some(News::new(seen, Turn::New).briefly(state(action)));
        }
        (Some((seen, action)), None) => {
            let was = format!("was {}", state(action));
            return Some(News::new(seen, Turn::Gone).briefly(was));
        }
        (None, None) => return None,
    };
    let mut words = Vec::new();
    let shift = shift(before, after);
    words.extend(shift.as_ref().map(|(moved, how)| match how {
        Some(how) => format!("{moved} ({how})"),
        None => moved.clone(),
    }));
    words.extend(owner_words(was, seen));
    let checked = (
        before.verification.as_ref().map(|it| it.effective),
        after.verification.as_ref().map(|it| it.effective),
    );
    let turn = match (is_over(before), is_over(after)) {
        (true, false) => Turn::Reopened,
        (false, true) if after.cancelled.is_some() => Turn::Cancelled,
        (_, true) if checked.0 != checked.1 && checked.1 == Some(true) => Turn::Verified,
        (_, true) if checked.0 != checked.1 && checked.1 == Some(false) => Turn::NotEffective,
        (false, true) => Turn::Completed,
        (true, true) => return None,
        (false, false) => match after.due.cmp(&before.due) {
            Ordering::Greater => Turn::PutOff,
            Ordering::Less => Turn::Forward,
            Ordering::Equal if words.is_empty() => return None,
            Ordering::Equal => Turn::Changed,
        },
    };
    let day = match turn {
        Turn::Completed => after.completed,
        Turn::Cancelled => after.cancelled.as_ref().map(|it| it.on),
        Turn::Verified | Turn::NotEffective => after.verification.as_ref().map(|it| it.on),
        _ => None,
    };
    let brief = shift.filter(|_| matches!(turn, Turn::PutOff | Turn::Forward));
    let brief = brief.map(|(moved, how)| match how {
        Some(how) => format!("{moved}, {how}"),
        None => moved,
    });
    Some(
        News::new(seen, turn)
            .on(day.map(|day| day.0))
            .saying(words)
            .briefly(brief),
    )
}

fn is_over(action: &Action) -> bool {
    action.completed.is_some() || action.cancelled.is_some()
}

/// How an action stands, in a few words.
fn state(action: &Action) -> String {
    match (&action.completed, &action.cancelled) {
        (_, Some(cancelled)) => format!("cancelled {}", long(cancelled.on.0)),
        (Some(day), None) => format!("completed {}", long(day.0)),
        (None, None) => format!("due {}", long(action.due.0)),
    }
}

/// How its due date moved, and by which extensions if it was put off: `due 15 May 2026 → 30 Jun 2026`, `second
/// extension`.
fn shift(before: &Action, after: &Action) -> Option<(String, Option<String>)> {
    let (from, to) = (before.due.0, after.due.0);
    let moved = (from != to).then(|| moved("due", from, to))?;
    if to < from {
        return Some((moved, None));
    }
    let all = after.extensions.len();
    let new = all.saturating_sub(before.extensions.len());
    let how = match (new, all) {
        (0, _) => "without an extension".to_owned(),
        (1, all) => format!("{} extension", ordinal(all)),
        (new, all) if new == all => format!("{new} extensions"),
        (new, all) => format!("{new} extensions, {all} in all"),
    };
    Some((moved, Some(how)))
}

fn ordinal(number: usize) -> String {
    const WORDS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    let word = number.checked_sub(1).and_then(|index| WORDS.get(index));
    word.map_or_else(|| format!("{number}th"), |word| (*word).to_owned())
}
