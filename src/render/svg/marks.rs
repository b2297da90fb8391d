//! Marks that differ by shape, and by colour besides.

use super::canvas::{Anchor, Area, Canvas};
use crate::report::document::Tone;
use crate::report::kpi::Verdict;

/// A mark on a line of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Verdict(Option<Verdict>),
    /// Of a period that is open.
    Open,
    /// Around a value outside the limits.
    Ring,
}

/// The sign of a verdict in a square; `None` where there was no target.
pub type Sign = Option<Verdict>;

/// The class of a tone.
pub fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Muted => "mute",
        Tone::Plain => "plain",
    }
}

/// Draws a mark around its place.
pub fn draw(canvas: &mut Canvas, mark: Mark, (x, y): (f64, f64)) {
    let square = |side: f64| Area {
        x: x - side / 2.0,
        y: y - side / 2.0,
        width: side,
        height: side,
    };
    match mark {
        Mark::Ring => canvas.circle((x, y), 7.0, "ring"),
        Mark::Open | Mark::Verdict(Some(Verdict::Pending)) => {
            canvas.circle((x, y), 3.5, "hollow mute-edge");
        }
        Mark::Verdict(Some(Verdict::Met)) => canvas.circle((x, y), 3.5, "good"),
        Mark::Verdict(Some(Verdict::Near)) => {
            let points = [(x, y - 4.5), (x + 4.5, y + 3.5), (x - 4.5, y + 3.5)];
            canvas.polygon(&points, "warn");
        }
        Mark::Verdict(Some(Verdict::Missed)) => canvas.rect(square(7.0), 0.0, "bad"),
        Mark::Verdict(Some(Verdict::Waived)) => {
            canvas.rect(square(7.0), 0.0, "hollow warn-edge");
        }
        Mark::Verdict(None | Some(Verdict::NoData)) => canvas.circle((x, y), 3.0, "plain"),
    }
}

/// Draws the sign of a verdict in a square around its place.
pub fn sign(canvas: &mut Canvas, sign: Sign, (x, y): (f64, f64), side: f64) {
    let square = Area {
        x: x - side / 2.0,
        y: y - side / 2.0,
        width: side,
        height: side,
    };
    let class = match sign {
        Some(Verdict::Met) => "good",
        Some(Verdict::Near) => "warn",
        Some(Verdict::Missed) => "bad",
        Some(Verdict::Waived) => "hollow warn-edge",
        Some(Verdict::NoData) => "hollow mute-edge",
        Some(Verdict::Pending) | None => "hollow mute-edge dashed",
    };
    canvas.rect(square, 2.0, class);
    let at = |dx: f64, dy: f64| (x + dx * side, y + dy * side);
    match sign {
        Some(Verdict::Met) => {
            canvas.polyline(&[at(-0.25, 0.0), at(-0.07, 0.2), at(0.25, -0.2)], "sign");
        }
        Some(Verdict::Near) => {
            let wave = [
                at(-0.28, 0.08),
                at(-0.12, -0.1),
                at(0.12, 0.1),
                at(0.28, -0.08),
            ];
            canvas.polyline(&wave, "sign");
        }
        Some(Verdict::Missed) => {
            canvas.line(at(-0.22, -0.22), at(0.22, 0.22), "sign");
            canvas.line(at(-0.22, 0.22), at(0.22, -0.22), "sign");
        }
        Some(Verdict::Waived) => canvas.text((x, y + 3.5), Anchor::Middle, "", "w"),
        Some(Verdict::NoData) => canvas.text((x, y + 4.0), Anchor::Middle, "", "?"),
        Some(Verdict::Pending) => {
            for step in [-0.22, 0.0, 0.22] {
                canvas.circle(at(step, 0.12), 1.0, "mute");
            }
        }
        None => {}
    }
}

/// Draws an arrow.
pub fn arrow(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), class: &str) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let neck = (to.0 - 7.0 * ux, to.1 - 7.0 * uy);
    canvas.line(from, neck, &format!("stroke {class}-edge"));
    let side = |sign: f64| (neck.0 - sign * 3.5 * uy, neck.1 + sign * 3.5 * ux);
    canvas.polygon(&[to, side(1.0), side(-1.0)], class);
}
