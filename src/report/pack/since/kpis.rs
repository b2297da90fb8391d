//! What became of KPIs: verdicts that crossed, targets that moved.

use super::{News, Since, Turn};
use crate::assess::delta::{Change, ChangeKind, Demand, Judged, Series};
use crate::assess::kpi::{KpiSeries, Verdict};
use crate::assess::{Seen, View};
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
        of(
            view.get(&change.id)?,
            change,
            [since.side.series, Some(series)],
        )
    });
    let mut told: Vec<News<'p>> = told.collect();
    told.sort_by_key(|news| (news.turn, news.id));
    told
}

fn of<'p>(seen: Seen<'p>, change: &Change, series: [Series<'_>; 2]) -> Option<News<'p>> {
    let verdict = &change.facts.verdict;
    let after = verdict.after.as_ref().map(|it| word(Some(it)).to_owned());
    match change.kind() {
        ChangeKind::Added => return Some(News::new(seen, Turn::New).briefly(after)),
        ChangeKind::Removed => return Some(News::new(seen, Turn::Gone)),
        _ => {}
    }
    let crossing = crossing(
        verdict_of(verdict.before.as_ref()),
        verdict_of(verdict.after.as_ref()),
    );
    let is_measured_otherwise = change.fields.iter().any(|field| field.is_at("measure"));
    let turn = match change.kind() {
        ChangeKind::Closed => Turn::Ended,
        _ if crossing == Some(Turn::Worse) => Turn::Worse,
        // A verdict that is better because less is asked is no improvement.
        _ if change.is(ChangeKind::Weakened) => Turn::Weakened,
        _ if crossing.is_some() => crossing?,
        _ if change.is(ChangeKind::Tightened) => Turn::Tightened,
        _ if is_measured_otherwise => Turn::Changed,
        _ => return None,
    };
    let mut words = Vec::new();
    let mut brief = Vec::new();
    if crossing.is_some() {
        let [one, other] = series;
        words.push(format!(
            "{} → {}",
            judged(&change.id, verdict.before.as_ref(), one),
            judged(&change.id, verdict.after.as_ref(), other)
        ));
        let (from, to) = (verdict.before.as_ref(), verdict.after.as_ref());
        brief.push(format!("{} → {}", word(from), word(to)));
    }
    let demands = change.facts.demands.iter();
    let demands: Vec<String> = demands.map(|it| demand(it, turn)).collect();
    words.extend(demands.clone());
    brief.extend(demands);
    if is_measured_otherwise {
        words.push("measured otherwise".to_owned());
        brief.push("measured otherwise".to_owned());
    }
    let brief = Some(brief.join(", ")).filter(|brief| !brief.is_empty());
    Some(
        News::new(seen, turn)
            .saying(words)
            .briefly(brief)
            .prominent(is_measured_otherwise),
    )
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

/// Whether a verdict crossed, and whether for the better. What is not known is worse than what was good, and neither
/// better nor worse than what was bad.
pub fn crossing(before: Option<Verdict>, after: Option<Verdict>) -> Option<Turn> {
    let rank = |verdict| match verdict {
        Verdict::Met => 0,
        Verdict::Near => 1,
        Verdict::Waived => 2,
        Verdict::Missed | Verdict::NoData | Verdict::Pending => 3,
    };
    if before == after {
        return None;
    }
    Some(match (before, after) {
        (None, _) => Turn::Judged,
        (_, None) | (Some(Verdict::NoData), Some(Verdict::Near | Verdict::Waived)) => Turn::Changed,
        (Some(before), Some(after)) => match rank(after).cmp(&rank(before)) {
            Ordering::Greater => Turn::Worse,
            Ordering::Less => Turn::Better,
            Ordering::Equal => Turn::Changed,
        },
    })
}

/// `target ≥ 97 % → ≥ 95 % from 1 Apr 2026`; with its direction where the line does not open with it.
fn demand(demand: &Demand, turn: Turn) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let from = demand.since.map(|day| format!(" from {}", long(day)));
    let direction = match (demand.weaker, turn) {
        (true, Turn::Weakened) | (false, Turn::Tightened) => "",
        (true, _) => " weakened",
        (false, _) => " tightened",
    };
    format!(
        "{}{direction} {} → {}{}",
        demand.path,
        value(&demand.from),
        value(&demand.to),
        from.unwrap_or_default()
    )
}
