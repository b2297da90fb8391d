//! Verdict timelines: for every KPI a row of signs, one for each period.

use super::canvas::{Anchor, Canvas, EDGE, WIDTH};
use super::legend::{Key, Legend};
use super::marks;
use super::words::{SMALL, fit, width};
use crate::report::document::{Timeline, Timelines};
use crate::report::kpi::verdict_word;

/// Height of a row.
const ROW: f64 = 19.0;
/// Width of the ids; they have more where columns leave room.
const NAMES: f64 = 136.0;
/// Widest column.
const WIDEST: f64 = 19.0;

/// Draws them; returns the height where they end.
pub fn draw(canvas: &mut Canvas, groups: &[Timelines], top: f64) -> f64 {
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let columns = rows().map(|row| row.verdicts.len()).max().unwrap_or(0);
    let names = rows().map(|row| width(&row.kpi, SMALL)).fold(0.0, f64::max);
    let spare = WIDTH - 2.0 * EDGE - 8.0 - columns as f64 * WIDEST;
    let names = names.min(spare.max(NAMES));
    let left = EDGE + names + 8.0;
    let pitch = ((WIDTH - EDGE - left) / columns.max(1) as f64).min(WIDEST);
    let mut legend = Legend::default();
    let mut y = top;
    for group in groups {
        y += 14.0;
        canvas.text(
            (EDGE, y),
            Anchor::Start,
            "strong",
            &fit(&group.title, 12.0, names),
        );
        // Rows end together, whatever their length.
        let end = left + columns as f64 * pitch;
        let x = |index: usize, count: usize| end - ((count - index) as f64 - 0.5) * pitch;
        let start = end - group.periods.len() as f64 * pitch;
        ends(canvas, &group.periods, (start, end, y));
        y += 4.0;
        for row in &group.rows {
            draw_row(canvas, row, y + ROW / 2.0, pitch, &x, &mut legend);
            let name = fit(&row.kpi, SMALL, names);
            canvas.text((EDGE, y + ROW / 2.0 + 4.0), Anchor::Start, "", &name);
            y += ROW;
        }
        y += 5.0;
    }
    legend.draw(canvas, y + 2.0)
}

/// Names the first and the last period of a group, where there is room for both.
fn ends(canvas: &mut Canvas, periods: &[String], (left, end, y): (f64, f64, f64)) {
    let room = (end - left - 6.0) / 2.0;
    if let Some(last) = periods.last() {
        let name = fit(last, SMALL, room.max(60.0));
        canvas.text((end, y), Anchor::End, "soft", &name);
        let first = &periods[0];
        if periods.len() > 1 && width(first, SMALL) <= room {
            canvas.text((left, y), Anchor::Start, "soft", first);
        }
    }
}

fn draw_row(
    canvas: &mut Canvas,
    row: &Timeline,
    y: f64,
    pitch: f64,
    x: &dyn Fn(usize, usize) -> f64,
    legend: &mut Legend,
) {
    let count = row.verdicts.len();
    for (index, verdict) in row.verdicts.iter().enumerate() {
        if let Some(sign) = verdict {
            let place = (x(index, count), y);
            marks::sign(canvas, *sign, place, (pitch - 2.0).min(15.0));
            legend.add(Key::Sign(*sign), verdict_word(*sign));
        }
    }
}
