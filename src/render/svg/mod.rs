//! Charts as SVG: readable in print, in the dark, and without telling colours apart. Every drawing is as wide as a
//! phone, so that no text is ever scaled down; pages put them side by side.

mod canvas;
mod course;
mod heat;
mod legend;
mod marks;
mod scale;
mod stack;
mod verdicts;
mod words;

use crate::report::document::{Chart, Figure};
use canvas::{Anchor, Canvas, EDGE, WIDTH};
use words::{TITLE, wrap};

/// The style of all drawings; a page that holds some of them needs it once.
pub const STYLE: &str = include_str!("style.css");

/// The chart as a file of its own.
pub fn standalone(chart: &Chart) -> String {
    let drawing = draw(chart, Some(STYLE));
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{drawing}")
}

/// The chart for a page that has [`STYLE`]. Ids in it begin with the name of the chart.
pub fn inline(chart: &Chart) -> String {
    draw(chart, None)
}

fn draw(chart: &Chart, style: Option<&str>) -> String {
    let mut canvas = Canvas::new(&chart.name);
    let top = title(&mut canvas, &chart.title);
    let bottom = match &chart.figure {
        Figure::Trend(course) => course::draw(&mut canvas, course, top),
        Figure::Verdicts(groups) => verdicts::draw(&mut canvas, groups, top),
        Figure::Heat(map) => heat::draw(&mut canvas, map, top),
        Figure::Stack(stack) => stack::draw(&mut canvas, stack, top),
    };
    canvas.finish(bottom + 8.0, &chart.title, &chart.finding, style)
}

/// Draws the title; returns the height where it ends.
fn title(canvas: &mut Canvas, title: &str) -> f64 {
    let mut y = 8.0;
    for line in wrap(title, TITLE, WIDTH - 2.0 * EDGE, 2) {
        y += 16.0;
        canvas.text((EDGE, y), Anchor::Start, "title", &line);
    }
    y + 8.0
}

#[cfg(test)]
mod tests;
