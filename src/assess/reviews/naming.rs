//! Ids for new reviews, in the style of those there are.

use crate::records::Period;
use chrono::{Datelike, NaiveDate};

/// An earlier review of the same type.
pub struct Example<'e> {
    /// Its id.
    pub id: &'e str,
    /// The period it belongs to, where its type has a cadence.
    pub period: Option<Period>,
}

/// What the new review is for.
pub enum Occasion<'o> {
    /// A period.
    Period(Period),
    /// A record that calls for it, or none; on a day.
    Record(Option<&'o str>, NaiveDate),
}

/// An id, and the one it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The id whose style it has; none where no other shows one.
    pub like: Option<String>,
}

/// The id of a new review: that of the latest review (the last of the examples) with the other period in it, or with
/// the next number. Where no example shows how, prefix, type and occasion.
pub fn name(
    examples: &[Example<'_>],
    occasion: &Occasion<'_>,
    prefix: &str,
    of_type: &str,
) -> Named {
    for example in examples.iter().rev() {
        let id = match occasion {
            Occasion::Period(period) => with_period(example, period),
            Occasion::Record(_, day) => with_number(example.id, examples, *day),
        };
        if let Some(id) = id {
            return Named {
                id,
                like: Some(example.id.to_owned()),
            };
        }
    }
    let occasion = match occasion {
        Occasion::Period(period) => spelled(period),
        Occasion::Record(Some(record), _) => record.rsplit('/').next().map(str::to_owned),
        Occasion::Record(None, day) => Some(day.to_string()),
    };
    let occasion = occasion.unwrap_or_default();
    Named {
        id: format!("{prefix}{}-{occasion}", of_type.to_uppercase()),
        like: None,
    }
}

/// The same id with another period.
fn with_period(example: &Example<'_>, period: &Period) -> Option<String> {
    let (old, new) = (spelled(&example.period?)?, spelled(period)?);
    example
        .id
        .contains(&old)
        .then(|| example.id.replacen(&old, &new, 1))
}

/// A period as it may stand in an id.
fn spelled(period: &Period) -> Option<String> {
    let text = period.to_string();
    // An interval is named by its first day.
    text.split('/').next().map(str::to_owned)
}

/// The id with the next number behind the same words, or behind those of the year of the day.
fn with_number(example: &str, examples: &[Example<'_>], day: NaiveDate) -> Option<String> {
    let digits = example.len() - example.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 9 {
        return None;
    }
    let words = &example[..example.len() - digits];
    // `PIR-2026-` counts anew each year.
    let year = words.strip_suffix('-').and_then(|words| {
        let at = words.len().checked_sub(4)?;
        let year = words.get(at..)?.parse::<i32>().ok()?;
        (1900..3000)
            .contains(&year)
            .then(|| words.get(..at))
            .flatten()
    });
    let words = match year {
        Some(before) => format!("{before}{:04}-", day.year()),
        None => words.to_owned(),
    };
    let numbers = examples
        .iter()
        .filter_map(|it| it.id.strip_prefix(&words)?.parse::<u64>().ok());
    let next = numbers.max().unwrap_or_default() + 1;
    Some(format!("{words}{next:0digits$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(ids: &[(&'static str, &str)], new: &str) -> (String, Option<String>) {
        let examples: Vec<Example<'_>> = ids
            .iter()
            .map(|(id, period)| Example {
                id,
                period: period.parse().ok(),
            })
            .collect();
        let named = name(
            &examples,
            &Occasion::Period(new.parse().unwrap()),
            "REV-",
            "quarterly",
        );
        (named.id, named.like)
    }

    #[test]
    fn the_period_in_the_latest_id_is_replaced() {
        for (id, old, new, named) in [
            ("REV-2026-Q1", "2026-Q1", "2026-Q2", "REV-2026-Q2"),
            ("REV-2025-ANNUAL", "2025", "2026", "REV-2026-ANNUAL"),
            ("RRV-2026-12", "2026-12", "2027-01", "RRV-2027-01"),
            ("mr.FY2026-H1", "FY2026-H1", "FY2026-H2", "mr.FY2026-H2"),
        ] {
            assert_eq!(
                periods(&[(id, old)], new),
                (named.to_owned(), Some(id.to_owned()))
            );
        }
        // The latest that shows how.
        let mixed = [("REV-2026-Q1", "2026-Q1"), ("SPRING", "2026-Q2")];
        assert_eq!(periods(&mixed, "2026-Q3").0, "REV-2026-Q3");
        assert_eq!(
            periods(&[], "2026-Q3"),
            ("REV-QUARTERLY-2026-Q3".to_owned(), None)
        );
    }

    fn numbers(ids: &[&'static str], record: Option<&str>) -> String {
        let examples: Vec<Example<'_>> =
            ids.iter().map(|id| Example { id, period: None }).collect();
        let day = NaiveDate::from_ymd_opt(2026, 7, 10).unwrap();
        name(
            &examples,
            &Occasion::Record(record, day),
            "REV-",
            "post-incident",
        )
        .id
    }

    #[test]
    fn numbers_go_on_and_begin_anew_with_a_year() {
        assert_eq!(
            numbers(&["PIR-2026-01", "PIR-2026-06"], None),
            "PIR-2026-07"
        );
        assert_eq!(
            numbers(&["PIR-2026-06", "PIR-2026-02"], None),
            "PIR-2026-07"
        );
        assert_eq!(numbers(&["PIR-2025-08"], None), "PIR-2026-01");
        assert_eq!(numbers(&["R9"], None), "R10");
        assert_eq!(numbers(&["R-099"], None), "R-100");
        assert_eq!(numbers(&["LAST"], Some("INC-7")), "REV-POST-INCIDENT-INC-7");
        assert_eq!(numbers(&[], Some("vendors/acme")), "REV-POST-INCIDENT-acme");
        assert_eq!(numbers(&[], None), "REV-POST-INCIDENT-2026-07-10");
    }
}
