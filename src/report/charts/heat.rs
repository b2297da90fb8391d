//! Risk heat maps: without controls, now, and as treatment is to leave them, with where risks moved.

use super::are;
use super::course::some;
use crate::assess::View;
use crate::assess::risk::{Assessed, rating_before, score};
use crate::records::config::RiskMethod;
use crate::records::shared::Rating;
use crate::report::Incomplete;
use crate::report::basis::{counted, long};
use crate::report::document::{Chart, Figure, HeatCell, HeatMap, Move, Tone};
use crate::report::risk::{HeatKind, Matrix};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Ids of a cell are named up to so many.
const NAMED: usize = 9;

/// A risk that moved: its id, and the scores before and after.
struct Moved<'m> {
    id: &'m str,
    from: Rating,
    to: Rating,
    scores: Option<(u16, u16)>,
}

/// Open risks without controls, and to where controls took them.
pub fn inherent_heat(view: &View<'_>, risks: &[Assessed<'_>]) -> Option<Chart> {
    let moved = moved(view, risks, |it| it.risk.inherent.zip(it.rating));
    let map = map(
        view,
        risks,
        HeatKind::Inherent,
        &moved,
        "by controls so far",
    );
    let rated = rated(&map);
    let would = match over(&map) {
        0 => "none would be".to_owned(),
        count => format!("{count} of {} would be", counted(rated, "rated risk")),
    };
    let now = risks.iter().filter(|it| is_marked(view, it.rating));
    let now = now.filter(|it| it.risk.inherent.is_some()).count();
    let mut words = format!("Without controls {would} {}", map.marked);
    if over(&map) > 0 {
        words = format!("{words}; now {now} of them {}", are(now));
        if now == over(&map) {
            words = format!(
                "Without controls {would} {}, and as many are now",
                map.marked
            );
        }
    }
    chart(
        "risks-inherent",
        "Risks without controls",
        risks,
        map,
        words,
        "inherent rating",
    )
}

/// Open risks as they are, and from where they moved since a day.
pub fn residual_heat(
    view: &View<'_>,
    risks: &[Assessed<'_>],
    since: Option<NaiveDate>,
) -> Option<Chart> {
    let moved = moved(view, risks, |it| {
        rating_before(it.risk, since?).zip(it.rating)
    });
    let compared = since.map_or_else(String::new, |day| format!("since {}", long(day)));
    let map = map(view, risks, HeatKind::Current, &moved, &compared);
    let words = match (over(&map), risks) {
        (0, [only]) => format!(
            "The only open risk, {}, is not {}",
            only.seen.id(),
            map.marked
        ),
        (_, [only]) => format!("The only open risk, {}, is {}", only.seen.id(), map.marked),
        (0, _) => format!(
            "None of {} is {}",
            counted(risks.len(), "open risk"),
            map.marked
        ),
        (count, _) => format!(
            "{count} of {} {} {}",
            counted(risks.len(), "open risk"),
            are(count),
            map.marked
        ),
    };
    let words = format!("{words}{}", movements(&moved, &compared, since.is_some()));
    chart(
        "risks-current",
        "Risks as they are",
        risks,
        map,
        words,
        "rating",
    )
}

/// Open risks as treatment is to leave them, and from where it is to take them.
pub fn target_heat(view: &View<'_>, risks: &[Assessed<'_>]) -> Option<Chart> {
    let moved = moved(view, risks, |it| it.rating.zip(it.risk.target));
    let map = map(view, risks, HeatKind::Target, &moved, "by treatment");
    let rated = rated(&map);
    let left = match over(&map) {
        0 => "none".to_owned(),
        count => count.to_string(),
    };
    let with = risks.iter().filter(|it| it.risk.target.is_some());
    let now = with.filter(|it| is_marked(view, it.rating)).count();
    let words = format!(
        "Treatment is to leave {left} of {} with a target {}, now {now} {}",
        counted(rated, "risk"),
        map.marked,
        are(now)
    );
    chart(
        "risks-target",
        "Risks as treatment is to leave them",
        risks,
        map,
        words,
        "target",
    )
}

fn chart(
    name: &str,
    title: &str,
    risks: &[Assessed<'_>],
    map: HeatMap,
    words: String,
    rating: &str,
) -> Option<Chart> {
    let without = risks.len() - rated(&map);
    let without = match without {
        0 => String::new(),
        count => format!(
            "; {count} {} no {rating}",
            if count == 1 { "has" } else { "have" }
        ),
    };
    let is_drawn = rated(&map) > 0;
    is_drawn.then(|| Chart {
        name: name.to_owned(),
        title: title.to_owned(),
        finding: format!("{words}{without}."),
        figure: Figure::Heat(map),
    })
}

fn rated(map: &HeatMap) -> usize {
    map.cells.iter().map(|cell| cell.count).sum()
}

fn over(map: &HeatMap) -> usize {
    let marked = map.cells.iter().filter(|cell| cell.marked);
    marked.map(|cell| cell.count).sum()
}

/// Whether a rating is marked on the maps.
fn is_marked(view: &View<'_>, rating: Option<Rating>) -> bool {
    let matrix = Matrix::of(view, &[], &[], Incomplete::default());
    rating.is_some_and(|it| matrix.is_marked(it.likelihood, it.impact))
}

fn moved<'m>(
    view: &View<'_>,
    risks: &'m [Assessed<'_>],
    ends: impl Fn(&Assessed<'_>) -> Option<(Rating, Rating)>,
) -> Vec<Moved<'m>> {
    let method: &RiskMethod = &view.config().risk;
    let moved = risks.iter().filter_map(|it| {
        let (from, to) = ends(it).filter(|(from, to)| from != to)?;
        let scores = score(from, method).zip(score(to, method));
        Some(Moved {
            id: it.seen.id(),
            from,
            to,
            scores,
        })
    });
    moved.filter(|it| it.scores.is_some()).collect()
}

/// `; RISK-003 grew from 12 to 20 and 2 more grew since 1 Apr 2026, 3 fell`.
fn movements(moved: &[Moved<'_>], compared: &str, is_compared: bool) -> String {
    if !is_compared {
        return String::new();
    }
    let by = |wanted: fn(u16, u16) -> bool| {
        let all = moved.iter().filter_map(|it| Some((it.id, it.scores?)));
        let mut own: Vec<_> = all.filter(|(_, (from, to))| wanted(*from, *to)).collect();
        own.sort_by_key(|(id, (from, to))| (std::cmp::Reverse(from.abs_diff(*to)), *id));
        own
    };
    let parts = [
        ("grew", by(|from, to| to > from)),
        ("fell", by(|from, to| to < from)),
    ];
    let parts = parts.into_iter().filter_map(|(verb, own)| {
        let words: Vec<String> = own
            .iter()
            .map(|(id, (from, to))| format!("{id} {verb} from {from} to {to}"))
            .collect();
        match words.len() {
            0 => None,
            1..=3 => Some(some(&words)),
            count => Some(format!("{count} {verb}, {} most", words[0])),
        }
    });
    match parts.collect::<Vec<_>>().as_slice() {
        [] => format!("; none moved {compared}"),
        parts => format!("; {compared} {}", parts.join(", and ")),
    }
}

fn map(
    view: &View<'_>,
    risks: &[Assessed<'_>],
    kind: HeatKind,
    moved: &[Moved<'_>],
    compared: &str,
) -> HeatMap {
    let matrix = Matrix::of(view, risks, &[kind], Incomplete::default());
    let bands: Vec<String> = bands(&matrix);
    let none = BTreeMap::new();
    let held = matrix.maps.first().map_or(&none, |heat| &heat.cells);
    let mut cells = Vec::new();
    for impact in Matrix::positions(&matrix.impact) {
        for likelihood in Matrix::positions(&matrix.likelihood) {
            let ids = held
                .get(&(likelihood, impact))
                .map_or(&[][..], Vec::as_slice);
            let band = matrix.band(likelihood, impact);
            cells.push(HeatCell {
                likelihood,
                impact,
                band: band.and_then(|name| bands.iter().position(|band| band == name)),
                marked: matrix.is_marked(likelihood, impact),
                count: ids.len(),
                risks: ids.iter().take(NAMED).cloned().collect(),
            });
        }
    }
    let mut moves: BTreeMap<((u8, u8), (u8, u8)), (usize, Tone)> = BTreeMap::new();
    for it in moved {
        let tone = match it.scores {
            Some((from, to)) if to > from => Tone::Bad,
            Some((from, to)) if to < from => Tone::Good,
            _ => Tone::Plain,
        };
        let place = |rating: Rating| (rating.likelihood, rating.impact);
        let entry = moves.entry((place(it.from), place(it.to)));
        entry.or_insert((0, tone)).0 += 1;
    }
    let moves = moves.into_iter().map(|((from, to), (count, tone))| Move {
        from,
        to,
        count,
        tone,
    });
    HeatMap {
        marked: match matrix.appetite {
            Some(appetite) => format!("above the appetite of {appetite}"),
            None => "beyond what anybody may accept".to_owned(),
        },
        moves: moves.collect(),
        compared: compared.to_owned(),
        likelihood: matrix.likelihood,
        impact: matrix.impact,
        bands,
        cells,
    }
}

/// The bands by the lowest score that falls in them.
fn bands(matrix: &Matrix) -> Vec<String> {
    let mut lowest: BTreeMap<&str, u16> = BTreeMap::new();
    for impact in Matrix::positions(&matrix.impact) {
        for likelihood in Matrix::positions(&matrix.likelihood) {
            let both = matrix
                .band(likelihood, impact)
                .zip(matrix.score(likelihood, impact));
            if let Some((band, score)) = both {
                let known = lowest.entry(band).or_insert(score);
                *known = score.min(*known);
            }
        }
    }
    let mut bands: Vec<(u16, &str)> = lowest.into_iter().map(|(name, it)| (it, name)).collect();
    bands.sort_unstable();
    bands.into_iter().map(|(_, name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests;
