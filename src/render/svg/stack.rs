//! Counts on top of each other, in columns; layers differ by texture, and by colour besides.

use super::canvas::{Anchor, Area, Canvas, EDGE, Texture, WIDTH};
use super::course::periods;
use super::legend::{Key, Legend};
use super::marks::class;
use super::scale::{Scale, tick_words};
use super::words::{SMALL, fit, width};
use crate::report::document::Stack;

/// Height of the plot.
const HEIGHT: f64 = 140.0;

/// Draws it; returns the height where it ends.
pub fn draw(canvas: &mut Canvas, stack: &Stack, top: f64) -> f64 {
    let columns = stack.columns.len();
    let totals: Vec<usize> = (0..columns).map(|column| stack.total(column)).collect();
    let most = totals.iter().copied().max().unwrap_or(0);
    let (top, bottom) = (top + 16.0, top + 16.0 + HEIGHT);
    let scale = Scale::new(0.0, most.max(1) as f64, bottom, top);
    let mut ticks = scale.ticks(4.0);
    ticks.retain(|tick| tick.fract() == 0.0);
    let words: Vec<String> = ticks.iter().map(|tick| tick_words(*tick, &ticks)).collect();
    let widest = words.iter().map(|it| width(it, SMALL)).fold(0.0, f64::max);
    let left = EDGE + widest.min(60.0) + 6.0;
    for (tick, words) in ticks.iter().zip(&words) {
        let y = scale.place(*tick);
        canvas.line((left, y), (WIDTH - EDGE, y), "grid");
        canvas.text((left - 6.0, y + 4.0), Anchor::End, "soft", words);
    }
    let pitch = (WIDTH - EDGE - left) / columns.max(1) as f64;
    let x = |column: usize| left + (column as f64 + 0.5) * pitch;
    let bar = (pitch * 0.72).min(40.0);
    for (column, total) in totals.iter().enumerate() {
        draw_column(canvas, stack, column, (x(column), bar), &scale);
        let place = (x(column), scale.place(*total as f64) - 4.0);
        let words = total.to_string();
        if *total > 0 && width(&words, SMALL) <= pitch {
            canvas.text(place, Anchor::Middle, "", &words);
        }
    }
    canvas.line((left, bottom), (WIDTH - EDGE, bottom), "axis");
    let names: Vec<&str> = stack.columns.iter().map(String::as_str).collect();
    if stack.in_time {
        periods(canvas, &names, x, (left, bottom + 14.0));
    } else {
        for (column, name) in names.iter().enumerate() {
            let name = fit(name, SMALL, pitch - 2.0);
            canvas.text((x(column), bottom + 14.0), Anchor::Middle, "soft", &name);
        }
    }
    let mut legend = Legend::default();
    for (layer, texture) in stack.layers.iter().zip(Texture::ALL.into_iter().cycle()) {
        legend.add(
            Key::Texture(texture, class(layer.tone)),
            layer.name.as_str(),
        );
    }
    legend.draw(canvas, bottom + 20.0)
}

fn draw_column(
    canvas: &mut Canvas,
    stack: &Stack,
    column: usize,
    (x, bar): (f64, f64),
    scale: &Scale,
) {
    let mut below = 0;
    for (layer, texture) in stack.layers.iter().zip(Texture::ALL.into_iter().cycle()) {
        let count = layer.counts.get(column).copied().unwrap_or(0);
        if count == 0 {
            continue;
        }
        let (from, to) = (
            scale.place(below as f64),
            scale.place((below + count) as f64),
        );
        below += count;
        let area = Area {
            x: x - bar / 2.0,
            y: to,
            width: bar,
            height: from - to,
        };
        canvas.textured(area, texture, class(layer.tone));
        let words = count.to_string();
        let is_alone = count == stack.total(column);
        if area.height >= 14.0 && width(&words, SMALL) <= bar && !is_alone {
            let class = match texture {
                Texture::Solid => "on",
                _ => "halo",
            };
            let y = (from + to) / 2.0 + 4.0;
            canvas.text((x, y), Anchor::Middle, class, &words);
        }
    }
}
