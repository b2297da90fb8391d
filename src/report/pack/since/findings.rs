//! What became of findings: raised, closed, graver.

use super::news::owner_words;
use super::{News, Place, Sides, Since, Turn, long, sides};
use crate::assess::View;
use crate::records::finding::{Finding, FindingType};
use crate::records::{Day, Kind};
use crate::report::pack::{finding_words, is_open_finding};
use std::cmp::Ordering;

/// What became of all findings, with the place of each: opportunities stand under g, all others under d1.
pub fn news<'p>(since: &Since<'p>, now: &'p View<'p>) -> Vec<(Place, News<'p>)> {
    let place = |sides: &Sides<'p, Finding>| {
        let (_, finding) = sides.after.or(sides.before)?;
        Some(match finding.r#type {
            FindingType::Opportunity => Place::Improvement,
            _ => Place::Corrective,
        })
    };
    let all = sides::<Finding>(since, now, Kind::Finding);
    let told = all
        .iter()
        .filter_map(|sides| Some((place(sides)?, of(sides)?)));
    let mut told: Vec<(Place, News<'p>)> = told.collect();
    told.sort_by_key(|(_, news)| (news.turn, news.id));
    told
}

fn of<'p>(sides: &Sides<'p, Finding>) -> Option<News<'p>> {
    let ((was, before), (seen, after)) = match (sides.before, sides.after) {
        (Some(before), Some(after)) => (before, after),
        (None, Some((seen, finding))) => {
            let kind = finding_words(finding.r#type);
            let brief = match end(finding) {
                Some((_, word, day)) => format!("{kind}, {word} {}", long(day.0)),
                None => kind.to_owned(),
            };
            let is_major = finding.r#type == FindingType::Major;
            return Some(
                News::new(seen, Turn::New)
                    .briefly(brief)
                    .prominent(is_major),
            );
        }
        (Some((seen, finding)), None) => {
            let state = if is_open_finding(finding) {
                "was open"
            } else {
                "was closed"
            };
            return Some(News::new(seen, Turn::Gone).briefly(state.to_owned()));
        }
        (None, None) => return None,
    };
    let kind = finding_words(after.r#type);
    if let Some((turn, _, day)) = end(after) {
        let ended = || News::new(seen, turn).on(Some(day.0));
        return is_open_finding(before).then(|| ended().saying(vec![kind.to_owned()]));
    }
    let mut words = Vec::new();
    let order = rank(after.r#type).cmp(&rank(before.r#type));
    if order != Ordering::Equal {
        words.push(format!("was {}", finding_words(before.r#type)));
    }
    if before.root_cause.is_none() && after.root_cause.is_some() {
        words.push("root cause found".to_owned());
    }
    words.extend(owner_words(was, seen));
    let turn = match (is_open_finding(before), order) {
        (false, _) => Turn::Reopened,
        (true, Ordering::Greater) => Turn::Graver,
        (true, Ordering::Less) => Turn::Lesser,
        (true, Ordering::Equal) if words.is_empty() => return None,
        (true, Ordering::Equal) => Turn::Changed,
    };
    let brief = match turn {
        Turn::Graver | Turn::Lesser => Some(format!("{} → {kind}", finding_words(before.r#type))),
        Turn::Changed => Some(words.join("; ")),
        _ => None,
    };
    Some(News::new(seen, turn).saying(words).briefly(brief))
}

/// How a finding ended, in a word, and on which day; none while it is open.
fn end(finding: &Finding) -> Option<(Turn, &'static str, Day)> {
    if let Some(day) = finding.closed {
        return Some((Turn::Closed, "closed", day));
    }
    let declined = finding.disposition.as_ref().filter(|it| it.declined)?;
    Some((Turn::Declined, "declined", declined.on))
}

/// How grave a type is; the gravest is the greatest.
fn rank(kind: FindingType) -> u8 {
    match kind {
        FindingType::Opportunity => 0,
        FindingType::Observation => 1,
        FindingType::Minor => 2,
        FindingType::Major => 3,
    }
}
