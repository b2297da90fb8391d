//! What became of KPIs: verdicts that crossed, targets that moved.

use super::{News, Since, Turn};
use crate::assess::View;
use crate::assess::delta::{Change, ChangeKind, Demand, Judged, Series, Shift};
use crate::assess::kpi::{KpiSeries, Verdict};
use crate::records::Kind;
use crate::report::kpi::{PointRow, verdict_word};
use crate::report::pack::long;
use std::cmp::Ordering;

/// What became of all KPIs.
pub fn news<'p>(since: &'p Since<'p>, series: &[KpiSeries], now: &'p View<'p>) -> Vec<News<'p>> {
    let told = since.delta.of(Kind::Kpi).filter_map(|change| {
        let view = match change.kind() {
            ChangeKind::Removed => since.side.view,
            _ => now,
        };
        let news = News::new(view.get(&change.id)?, Turn::Changed);
        of(news, change, [since.side.series, Some(series)])
    });
    let mut told: Vec<News<'p>> = told.collect();
    told.sort_by_key(|news| (news.turn, news.id));
    told
}

fn of<'p>(news: News<'p>, change: &Change, series: [Series<'_>; 2]) -> Option<News<'p>> {
    let verdict = &change.facts.verdict;
    let after = verdict.after.as_ref().map(|it| word(Some(it)).to_owned());
    match change.kind() {
        ChangeKind::Added => {
            return Some(
                News {
                    turn: Turn::New,
                    ..news
                }
                .briefly(after),
            );
        }
        ChangeKind::Removed => {
            return Some(News {
                turn: Turn::Gone,
                ..news
            });
        }
        _ => {}
    }
    let crossed = change.is(ChangeKind::Crossed);
    let mut words = Vec::new();
    if crossed {
        let [one, other] = series;
        words.push(format!(
            "{} → {}",
            judged(&change.id, verdict.before.as_ref(), one),
            judged(&change.id, verdict.after.as_ref(), other)
        ));
    }
    words.extend(change.facts.demands.iter().map(demand));
    if change.fields.iter().any(|field| field.is_at("measure")) {
        words.push("measured otherwise".to_owned());
    }
    let turn = match change.kind() {
        ChangeKind::Closed => Turn::Ended,
        _ if crossed => crossing(verdict),
        _ if change.is(ChangeKind::Weakened) => Turn::Weakened,
        _ if change.is(ChangeKind::Tightened) => Turn::Tightened,
        _ if words.is_empty() => return None,
        _ => Turn::Changed,
    };
    let brief = match crossed {
        true => Some(format!(
            "{} → {}",
            word(verdict.before.as_ref()),
            word(verdict.after.as_ref())
        )),
        false => words.first().cloned(),
    };
    Some(News { turn, ..news }.saying(words).briefly(brief))
}

fn verdict_of(judged: Option<&Judged>) -> Option<Verdict> {
    judged.map(|it| it.verdict)
}

fn word(judged: Option<&Judged>) -> &'static str {
    judged.map_or("not judged", |it| verdict_word(Some(it.verdict)))
}

/// `met (2026-03: 5.5 d)`.
fn judged(id: &str, judged: Option<&Judged>, series: Series<'_>) -> String {
    let Some(it) = judged else {
        return word(None).to_owned();
    };
    let series = series.unwrap_or_default().iter().find(|one| one.id == id);
    let point = series.and_then(|series| {
        let point = series.points.get(series.position(&it.period)?)?;
        Some(PointRow::of(point, series.unit).value_words(series.unit))
    });
    let value = point.filter(|_| it.verdict != Verdict::NoData);
    let value = value.map_or_else(String::new, |value| format!(": {value}"));
    format!("{} ({}{value})", word(judged), it.period)
}

/// Whether a crossing is for the better. What is not known is worse than what was good, and neither better nor worse
/// than what was bad.
fn crossing(verdict: &Shift<Judged>) -> Turn {
    let rank = |verdict| match verdict {
        Verdict::Met => 0,
        Verdict::Near => 1,
        Verdict::Waived => 2,
        Verdict::Missed | Verdict::NoData | Verdict::Pending => 3,
    };
    let (before, after) = (
        verdict_of(verdict.before.as_ref()),
        verdict_of(verdict.after.as_ref()),
    );
    match (before, after) {
        (None, _) => Turn::Judged,
        (_, None) | (Some(Verdict::NoData), Some(Verdict::Near | Verdict::Waived)) => Turn::Changed,
        (Some(before), Some(after)) => match rank(after).cmp(&rank(before)) {
            Ordering::Greater => Turn::Worse,
            Ordering::Less => Turn::Better,
            Ordering::Equal => Turn::Changed,
        },
    }
}

/// `target ≥ 97 % → ≥ 95 % from 1 Apr 2026 (weaker)`.
fn demand(demand: &Demand) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let from = demand.since.map(|day| format!(" from {}", long(day)));
    format!(
        "{} {} → {}{} ({})",
        demand.path,
        value(&demand.from),
        value(&demand.to),
        from.unwrap_or_default(),
        if demand.weaker { "weaker" } else { "stricter" }
    )
}
