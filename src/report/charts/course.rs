//! The sentence on the course of a KPI: how often it met its target, where it goes, how it stands.

use super::{listed, sentence};
use crate::report::document::{Course, CoursePoint};
use crate::report::kpi::{Trend, Verdict, trend_word, verdict_word};

/// What the sentence needs beside the values.
pub struct Told<'t> {
    /// What the points are, one of them: `month`, `record`.
    pub one: &'t str,
    /// Where the current value goes.
    pub trend: Option<Trend>,
    /// What is out of the ordinary about it.
    pub signal: Option<&'static str>,
}

/// What the course shows, as a sentence.
pub fn finding(course: &Course, told: &Told<'_>) -> String {
    let over: Vec<&CoursePoint> = course.points.iter().filter(|it| !it.provisional).collect();
    let current = course.current.and_then(|index| course.points.get(index));
    let Some(current) = current else {
        return not_yet(course, told.one);
    };
    if current.provisional && over.is_empty() {
        return format!("{}.", standing(current, course, told.one));
    }
    if over.iter().all(|point| point.value.is_none()) && current.value.is_none() {
        return match over.len() {
            1 => format!("No data for {}.", current.period),
            count => format!("No data in any of the last {count} {}s.", told.one),
        };
    }
    let judged = over.iter().any(|point| point.verdict.is_some());
    let mut words = match judged {
        true => tally(&over, told.one),
        false => range(&over, told.one),
    };
    if current.value.is_some() && matches!(told.trend, Some(Trend::Improving | Trend::Worsening)) {
        words = format!("{words}, {}", trend_word(told.trend));
    }
    let mut text = match current.value {
        Some(_) => format!("{words}: {}", standing(current, course, told.one)),
        None => format!("{words}; no data for {}", current.period),
    };
    if let Some(signal) = told.signal {
        text = format!("{text}; {signal}");
    }
    if !judged {
        text = format!("{text}; no target is set");
    }
    format!("{}.", sentence(&text))
}

/// `9.25 d in 2026-06 against ≤ 7 d`.
fn standing(point: &CoursePoint, course: &Course, one: &str) -> String {
    let at = if one == "record" { "for" } else { "in" };
    let so_far = if point.provisional { " so far" } else { "" };
    let target = match &course.target {
        None => String::new(),
        Some(words) if words.starts_with(|c: char| c.is_alphabetic()) => {
            format!(", the target is {words}")
        }
        Some(words) => format!(" against {words}"),
    };
    format!("{}{so_far} {at} {}{target}", point.words, point.period)
}

fn not_yet(course: &Course, one: &str) -> String {
    match course.points.last().filter(|point| point.value.is_some()) {
        Some(point) => format!("No {one} is over yet; {}.", standing(point, course, one)),
        None => "Nothing has been measured yet.".to_owned(),
    }
}

/// How often it stood how, the worst first: `missed in 3 of the last 12 months, near in 2`.
fn tally(over: &[&CoursePoint], one: &str) -> String {
    let count = |verdict| over.iter().filter(|it| it.verdict == verdict).count();
    let all = over.len();
    if let [only] = over {
        let word = verdict_word(only.verdict);
        return format!("{word} in the only {one} so far");
    }
    if count(Some(Verdict::Met)) == all {
        return format!("met in each of the last {all} {one}s");
    }
    let bad = [Verdict::Missed, Verdict::Near, Verdict::Waived];
    let silent = [Verdict::NoData, Verdict::Pending];
    let is_bad = bad.iter().any(|verdict| count(Some(*verdict)) > 0);
    let met = [Verdict::Met];
    let order = bad
        .iter()
        .chain(met.iter().filter(|_| !is_bad))
        .chain(&silent);
    let mut parts: Vec<String> = Vec::new();
    for verdict in order {
        let of = match parts.is_empty() {
            true => format!(" of the last {all} {one}s"),
            false => String::new(),
        };
        match count(Some(*verdict)) {
            0 => {}
            own => parts.push(format!("{} in {own}{of}", verdict_word(Some(*verdict)))),
        }
    }
    parts.join(", ")
}

/// Between what values it moved, where nobody set a target.
fn range(over: &[&CoursePoint], one: &str) -> String {
    let with = over.iter().filter(|point| point.value.is_some());
    let order = |a: &&&CoursePoint, b: &&&CoursePoint| {
        let both = a.value.partial_cmp(&b.value);
        both.unwrap_or(std::cmp::Ordering::Equal)
    };
    let (low, high) = (with.clone().min_by(order), with.clone().max_by(order));
    match (low, high, over.len()) {
        (Some(only), _, 1) => format!("{} in the only {one} so far", only.words),
        (Some(low), Some(high), count) if low.words != high.words => {
            format!(
                "between {} and {} over the last {count} {one}s",
                low.words, high.words
            )
        }
        (Some(low), _, count) => format!("{} throughout the last {count} {one}s", low.words),
        _ => format!("no data in the last {} {one}s", over.len()),
    }
}

/// `KPI-A and KPI-B`, at most three by name.
pub fn some(ids: &[String]) -> String {
    match ids.len() {
        0..=3 => listed(ids),
        count => format!("{} and {} more", ids[..2].join(", "), count - 2),
    }
}

#[cfg(test)]
mod tests;
