//! What became of objectives: achieved or not any more, put off.

use super::news::{moved, owner_words};
use super::{News, Sides, Since, Turn, sides};
use crate::assess::View;
use crate::assess::delta::{Series, last_judged};
use crate::assess::kpi::Verdict;
use crate::records::Kind;
use crate::records::objective::Objective;
use crate::report::pack::Pack;
use chrono::NaiveDate;

/// Whether an objective is achieved, by the verdicts on its KPIs: when all are met; nobody knows while one is unknown.
pub fn state(verdicts: &[Option<Verdict>]) -> &'static str {
    let unknown = |verdict: &Option<Verdict>| {
        matches!(verdict, None | Some(Verdict::NoData | Verdict::Pending))
    };
    if verdicts.iter().any(unknown) {
        "no data"
    } else if verdicts.iter().all(|it| *it == Some(Verdict::Met)) {
        "achieved"
    } else {
        "not achieved"
    }
}

/// What became of all objectives.
pub fn news<'p>(since: &Since<'p>, pack: &Pack<'p>) -> Vec<News<'p>> {
    let now = pack.basis.view;
    let all = sides::<Objective>(since, now, Kind::Objective);
    let mut told: Vec<News<'p>> = all
        .iter()
        .filter_map(|sides| of(sides, since, pack, now))
        .collect();
    told.sort_by_key(|news| (news.turn, news.id));
    told
}

fn of<'p>(
    sides: &Sides<'p, Objective>,
    since: &Since<'p>,
    pack: &Pack<'p>,
    now: &View<'p>,
) -> Option<News<'p>> {
    let judged = |series: Series<'_>, objective: &Objective| {
        let kpis = objective.kpis.iter();
        let verdicts = kpis.map(|id| last_judged(series, id).map(|judged| judged.verdict));
        state(&verdicts.collect::<Vec<_>>())
    };
    let is_over =
        |objective: &Objective, day: NaiveDate| objective.until.is_some_and(|until| until.0 < day);
    let ((was, before), (seen, after)) = match (sides.before, sides.after) {
        (Some(before), Some(after)) => (before, after),
        (None, Some((seen, objective))) => {
            let news = News::new(seen, Turn::New);
            return (!is_over(objective, now.day())).then_some(news);
        }
        (Some((seen, _)), None) => return Some(News::new(seen, Turn::Gone)),
        (None, None) => return None,
    };
    match (
        is_over(before, since.side.view.day()),
        is_over(after, now.day()),
    ) {
        (true, true) => return None,
        (true, false) => return Some(News::new(seen, Turn::Reopened)),
        (false, true) => {
            let until = after.until.map(|until| until.0);
            return Some(News::new(seen, Turn::Ended).on(until));
        }
        (false, false) => {}
    }
    // A period of which the figure is still to come says nothing about a change.
    let then = judged(since.side.series, before);
    let today = judged(Some(pack.basis.series), after);
    let verdicts: Vec<_> = after.kpis.iter().map(|id| pack.verdict(id)).collect();
    let mut words = Vec::new();
    let differs = since.is_sound() && then != today;
    if differs {
        words.push(match today == state(&verdicts) {
            true => format!("was {then}"),
            false => format!("{then} → {today}, by the last periods judged"),
        });
    }
    let due = before.due.zip(after.due).filter(|(from, to)| from != to);
    words.extend(due.map(|(from, to)| moved("due", from.0, to.0)));
    words.extend(owner_words(was, seen));
    let turn = match (then, today) {
        (_, "achieved") if differs => Turn::Better,
        ("achieved", _) if differs => Turn::Worse,
        _ if !differs && due.is_some_and(|(from, to)| to > from) => Turn::PutOff,
        _ if !differs && due.is_some() => Turn::Forward,
        _ if words.is_empty() => return None,
        _ => Turn::Changed,
    };
    let brief = match differs {
        true => Some(format!("{then} → {today}")),
        false => words.first().cloned(),
    };
    Some(News::new(seen, turn).saying(words).briefly(brief))
}
