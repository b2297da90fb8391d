//! Risk heat maps: without controls, now, and as treatment is to leave them, with where risks moved.

use super::course::some;
use super::{are, sentence};
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
    let drawn = draw(
        view,
        risks,
        HeatKind::Inherent,
        &moved,
        "by controls so far",
    );
    let now = drawn.count_over(view, risks, |it| it.risk.inherent.is_some());
    let without = without(risks, &drawn, "inherent rating");
    let words = format!("{}{without}", inherent_words(&drawn, now));
    chart("risks-inherent", "Risks without controls", drawn, words)
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
    let drawn = draw(view, risks, HeatKind::Current, &moved, &compared);
    let ids: Vec<&str> = risks.iter().map(|it| it.seen.id()).collect();
    let words = residual_words(&drawn, &ids);
    let without = without(risks, &drawn, "rating");
    let words = format!("{words}{}{without}", movements(&moved, &compared));
    chart("risks-current", "Risks as they are", drawn, words)
}

/// Open risks as treatment is to leave them, and from where it is to take them.
pub fn target_heat(view: &View<'_>, risks: &[Assessed<'_>]) -> Option<Chart> {
    let moved = moved(view, risks, |it| it.rating.zip(it.risk.target));
    let mut drawn = draw(view, risks, HeatKind::Target, &moved, "by treatment");
    drawn.map.planned = true;
    let now = drawn.count_over(view, risks, |it| it.risk.target.is_some());
    let without = risks.iter().filter(|it| it.risk.target.is_none());
    let mut without: Vec<_> = without.map(|it| (it.seen.id(), it.score)).collect();
    without.sort_by_key(|(id, score)| (std::cmp::Reverse(*score), *id));
    let words = target_words(&drawn, now, &without);
    let title = "Risks as treatment is to leave them";
    chart("risks-target", title, drawn, words)
}

/// A map with what is counted on it.
struct Drawn {
    map: HeatMap,
    /// Risks that have such a rating.
    rated: usize,
    /// Risks above the appetite by it; where none is set, those that nobody may accept.
    over: usize,
    /// What these are: `above the appetite of 12`.
    beyond: String,
}

impl Drawn {
    /// How many of some risks are above the appetite as they are now.
    fn count_over(
        &self,
        view: &View<'_>,
        risks: &[Assessed<'_>],
        of: fn(&Assessed<'_>) -> bool,
    ) -> usize {
        let matrix = Matrix::of(view, &[], &[], Incomplete::default());
        let now = risks.iter().filter(|it| of(it)).filter_map(|it| it.rating);
        now.filter(|it| is_over(&matrix, it.likelihood, it.impact))
            .count()
    }
}

/// Whether a cell is above the appetite; where none is set, whether nobody may accept a risk in it.
fn is_over(matrix: &Matrix, likelihood: u8, impact: u8) -> bool {
    match matrix.appetite {
        Some(_) => matrix.is_over_appetite(likelihood, impact),
        None => matrix.is_forbidden(likelihood, impact),
    }
}

fn inherent_words(drawn: &Drawn, now: usize) -> String {
    let Drawn {
        rated,
        over,
        beyond,
        ..
    } = drawn;
    match over {
        0 => format!(
            "Even without controls none of {} would be {beyond}",
            counted(*rated, "rated risk")
        ),
        over => format!(
            "Without controls {over} of {} would be {beyond}; now {} {}",
            counted(*rated, "rated risk"),
            none(now),
            are(now)
        ),
    }
}

fn residual_words(drawn: &Drawn, ids: &[&str]) -> String {
    let beyond = &drawn.beyond;
    match (drawn.over, ids) {
        (0, [only]) => format!("The only open risk, {only}, is not {beyond}"),
        (_, [only]) => format!("The only open risk, {only}, is {beyond}"),
        (over, ids) => format!(
            "{} of {} {} {beyond}",
            sentence(&none(over)),
            counted(ids.len(), "open risk"),
            if over == 0 { "is" } else { are(over) }
        ),
    }
}

/// Above the appetite now, and after treatment; and how many risks have no target, the gravest of them by name.
fn target_words(drawn: &Drawn, now: usize, without: &[(&str, Option<u16>)]) -> String {
    let words = format!(
        "Of {} with a target, {} {} {} now and {} would be after treatment",
        counted(drawn.rated, "risk"),
        none(now),
        if now == 0 { "is" } else { are(now) },
        drawn.beyond,
        none(drawn.over),
    );
    let name = |(id, score): &(&str, Option<u16>)| match score {
        Some(score) => format!("{id} ({score})"),
        None => (*id).to_owned(),
    };
    match without {
        [] => words,
        [only] => format!("{words}; {} has no target", name(only)),
        [gravest, ..] => format!(
            "{words}; {}, among them {}, have no target",
            without.len(),
            name(gravest)
        ),
    }
}

/// `; 2 have no inherent rating`.
fn without(risks: &[Assessed<'_>], drawn: &Drawn, rating: &str) -> String {
    match risks.len().saturating_sub(drawn.rated) {
        0 => String::new(),
        1 => format!("; 1 has no {rating}"),
        count => format!("; {count} have no {rating}"),
    }
}

fn none(count: usize) -> String {
    match count {
        0 => "none".to_owned(),
        count => count.to_string(),
    }
}

fn chart(name: &str, title: &str, drawn: Drawn, words: String) -> Option<Chart> {
    (drawn.rated > 0).then(|| Chart {
        name: name.to_owned(),
        title: title.to_owned(),
        finding: format!("{words}."),
        figure: Figure::Heat(drawn.map),
    })
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
fn movements(moved: &[Moved<'_>], compared: &str) -> String {
    if compared.is_empty() {
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
        let words =
            |(id, (from, to)): &(&str, (u16, u16))| format!("{id} {verb} from {from} to {to}");
        match own.as_slice() {
            [] => None,
            [(id, (from, to)), _, _, _, ..] => Some(format!(
                "{} {verb}, {id} most, from {from} to {to}",
                own.len()
            )),
            few => Some(some(&few.iter().map(words).collect::<Vec<_>>())),
        }
    });
    match parts.collect::<Vec<_>>().as_slice() {
        [] => format!("; none moved {compared}"),
        parts => format!("; {compared} {}", parts.join(", and ")),
    }
}

fn draw(
    view: &View<'_>,
    risks: &[Assessed<'_>],
    kind: HeatKind,
    moved: &[Moved<'_>],
    compared: &str,
) -> Drawn {
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
    let beyond = match matrix.appetite {
        Some(appetite) => format!("above the appetite of {appetite}"),
        None => "beyond what anybody may accept".to_owned(),
    };
    let is_over = |cell: &&HeatCell| is_over(&matrix, cell.likelihood, cell.impact);
    let count = |cells: &mut dyn Iterator<Item = &HeatCell>| cells.map(|cell| cell.count).sum();
    let rated = count(&mut cells.iter());
    let over = count(&mut cells.iter().filter(is_over));
    // The outline is around what the tables mark, which may be more than what the appetite says.
    let is_more = cells.iter().any(|cell| cell.marked && !is_over(&cell));
    let marked = match is_more {
        true => format!("{beyond}, or not to be accepted"),
        false => beyond.clone(),
    };
    Drawn {
        map: HeatMap {
            moves: moves(moved),
            compared: compared.to_owned(),
            planned: false,
            likelihood: matrix.likelihood,
            impact: matrix.impact,
            marked,
            bands,
            cells,
        },
        rated,
        over,
        beyond,
    }
}

/// Moves from the same cell to the same cell are one.
fn moves(moved: &[Moved<'_>]) -> Vec<Move> {
    let mut moves: BTreeMap<[(u8, u8); 2], (usize, Tone)> = BTreeMap::new();
    for it in moved {
        let tone = match it.scores {
            Some((from, to)) if to > from => Tone::Bad,
            Some((from, to)) if to < from => Tone::Good,
            _ => Tone::Plain,
        };
        let place = |rating: Rating| (rating.likelihood, rating.impact);
        let entry = moves.entry([place(it.from), place(it.to)]);
        entry.or_insert((0, tone)).0 += 1;
    }
    let moves = moves.into_iter().map(|([from, to], (count, tone))| Move {
        from,
        to,
        count,
        tone,
    });
    moves.collect()
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
