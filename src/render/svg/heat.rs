//! Risk heat maps: ids or counts by likelihood and impact, an outline around what is marked, arrows where risks moved.

use super::canvas::{Anchor, Area, Canvas, EDGE, WIDTH};
use super::legend::{Key, Legend};
use super::marks::{arrow, class};
use super::words::{SMALL, width, wrap};
use crate::report::document::{HeatCell, HeatMap, Tone};

/// Width of the names of impacts.
const NAMES: f64 = 58.0;
/// Height of a line of ids.
const LINE: f64 = 12.0;
/// More moves than this would hide the map.
const MOST_MOVES: usize = 12;

/// Where cells are.
struct Grid {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    rows: usize,
}

impl Grid {
    fn cell(&self, (likelihood, impact): (u8, u8)) -> Area {
        let row = self.rows.saturating_sub(usize::from(impact));
        Area {
            x: self.left + (f64::from(likelihood) - 1.0) * self.width,
            y: self.top + row as f64 * self.height,
            width: self.width,
            height: self.height,
        }
    }

    /// Where arrows begin and end: below what stands in a cell.
    fn port(&self, place: (u8, u8)) -> (f64, f64) {
        let cell = self.cell(place);
        (cell.x + cell.width / 2.0, cell.y + cell.height - 7.0)
    }
}

/// Draws it; returns the height where it ends.
pub fn draw(canvas: &mut Canvas, map: &HeatMap, top: f64) -> f64 {
    canvas.text((EDGE, top + 8.0), Anchor::Start, "strong", "Impact");
    let columns = map.likelihood.len().max(1) as f64;
    let rows = map.impact.len();
    let left = EDGE + NAMES + 6.0;
    let grid = Grid {
        left,
        top: top + 14.0,
        width: (WIDTH - EDGE - left) / columns,
        height: if rows > 6 { 30.0 } else { 52.0 },
        rows,
    };
    let level = |band: Option<usize>| match map.bands.len() {
        0 | 1 => band.unwrap_or(0),
        bands => band.unwrap_or(0) * 4 / (bands - 1),
    };
    for cell in &map.cells {
        let area = grid.cell((cell.likelihood, cell.impact));
        canvas.rect(area, 0.0, &format!("h{}", level(cell.band)));
        let Area {
            x,
            y,
            width,
            height,
        } = area;
        let corners = [
            (x, y),
            (x + width, y),
            (x + width, y + height),
            (x, y + height),
            (x, y),
        ];
        canvas.polyline(&corners, "grid");
    }
    outline(canvas, map, &grid);
    let mut legend = Legend::default();
    moves(canvas, map, &grid, &mut legend);
    for cell in &map.cells {
        let area = grid.cell((cell.likelihood, cell.impact));
        content(canvas, cell, area, &format!("t{}", level(cell.band)));
    }
    let bottom = axes(canvas, map, &grid);
    let mut bands = Legend::default();
    for (index, band) in map.bands.iter().enumerate() {
        bands.add(Key::Area(SHADES[level(Some(index)).min(4)]), band.as_str());
    }
    if map.cells.iter().any(|cell| cell.marked) {
        bands.add(Key::Line("frame"), map.marked.as_str());
    }
    let bottom = bands.draw(canvas, bottom);
    legend.draw(canvas, bottom - 4.0)
}

const SHADES: [&str; 5] = [
    "h0 ring-thin",
    "h1 ring-thin",
    "h2 ring-thin",
    "h3 ring-thin",
    "h4 ring-thin",
];

/// Ids while they fit, else how many there are.
fn content(canvas: &mut Canvas, cell: &HeatCell, area: Area, halo: &str) {
    let middle = area.x + area.width / 2.0;
    let room = ((area.height - 12.0) / LINE).floor() as usize;
    let fits = |id: &String| width(id, SMALL) <= area.width;
    if cell.count == 0 {
        return;
    }
    if cell.risks.len() == cell.count && cell.count <= room && cell.risks.iter().all(fits) {
        for (index, id) in cell.risks.iter().enumerate() {
            let y = area.y + 12.0 + index as f64 * LINE;
            canvas.text((middle, y), Anchor::Middle, halo, id);
        }
        return;
    }
    let words = cell.count.to_string();
    let count = match width(&words, 13.0) > area.width {
        true => format!("{:.0e}", cell.count as f64),
        false => words,
    };
    let y = area.y + area.height / 2.0 - 1.0;
    canvas.text(
        (middle, y),
        Anchor::Middle,
        &format!("strong {halo}"),
        &count,
    );
}

/// A heavy line around the cells that are marked.
fn outline(canvas: &mut Canvas, map: &HeatMap, grid: &Grid) {
    let is_marked = |likelihood: i16, impact: i16| {
        map.cells.iter().any(|cell| {
            let same = i16::from(cell.likelihood) == likelihood && i16::from(cell.impact) == impact;
            cell.marked && same
        })
    };
    for cell in map.cells.iter().filter(|cell| cell.marked) {
        let (likelihood, impact) = (i16::from(cell.likelihood), i16::from(cell.impact));
        let Area {
            x,
            y,
            width,
            height,
        } = grid.cell((cell.likelihood, cell.impact));
        let sides = [
            ((likelihood - 1, impact), (x, y), (x, y + height)),
            (
                (likelihood + 1, impact),
                (x + width, y),
                (x + width, y + height),
            ),
            ((likelihood, impact + 1), (x, y), (x + width, y)),
            (
                (likelihood, impact - 1),
                (x, y + height),
                (x + width, y + height),
            ),
        ];
        for ((likelihood, impact), from, to) in sides {
            if !is_marked(likelihood, impact) {
                canvas.line(from, to, "frame");
            }
        }
    }
}

fn moves(canvas: &mut Canvas, map: &HeatMap, grid: &Grid, legend: &mut Legend) {
    if map.moves.len() > MOST_MOVES {
        return;
    }
    for (index, it) in map.moves.iter().enumerate() {
        // Arrows to and fro stand beside each other.
        let aside = (index % 3) as f64 * 3.5 - 3.5;
        let beside = |(x, y): (f64, f64)| (x + 2.0 * aside, y + aside);
        let (from, to) = (beside(grid.port(it.from)), beside(grid.port(it.to)));
        arrow(canvas, from, to, class(it.tone));
        canvas.circle(from, 2.5, class(it.tone));
        let words = match (it.tone, map.planned) {
            (Tone::Good, false) => "fell",
            (Tone::Good, true) => "is to fall",
            (Tone::Bad, false) => "grew",
            (Tone::Bad, true) => "is to grow",
            (_, false) => "moved",
            (_, true) => "is to move",
        };
        legend.add(
            Key::Arrow(class(it.tone)),
            format!("{words} {}", map.compared),
        );
    }
}

/// Names of the scales; returns the height where they end.
fn axes(canvas: &mut Canvas, map: &HeatMap, grid: &Grid) -> f64 {
    for (position, name) in (1..=u8::MAX).zip(&map.impact) {
        let area = grid.cell((1, position));
        let words = wrap(&format!("{position} {name}"), SMALL, NAMES, 2);
        let first = area.y + area.height / 2.0 + 4.0 - (words.len() as f64 - 1.0) * 6.5;
        for (index, line) in words.iter().enumerate() {
            let y = first + index as f64 * 13.0;
            canvas.text((grid.left - 6.0, y), Anchor::End, "soft", line);
        }
    }
    let bottom = grid.top + grid.rows as f64 * grid.height;
    for (position, name) in (1..=u8::MAX).zip(&map.likelihood) {
        let area = grid.cell((position, 1));
        let middle = area.x + area.width / 2.0;
        let words = wrap(&format!("{position} {name}"), SMALL, grid.width, 2);
        for (index, line) in words.iter().enumerate() {
            let y = bottom + 13.0 + index as f64 * 13.0;
            canvas.text((middle, y), Anchor::Middle, "soft", line);
        }
    }
    let right = WIDTH - EDGE;
    canvas.text((right, bottom + 42.0), Anchor::End, "strong", "Likelihood");
    bottom + 44.0
}
