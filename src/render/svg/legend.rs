//! What the marks of a drawing mean.

use super::canvas::{Anchor, Area, Canvas, EDGE, Texture, WIDTH};
use super::marks::{self, Mark};
use super::words::{SMALL, fit, width};

/// A mark that is explained.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    Mark(Mark),
    /// A line of a class.
    Line(&'static str),
    /// An area of a class.
    Area(&'static str),
    /// An area with a texture in the colour of a class.
    Texture(Texture, &'static str),
    /// The sign of a verdict in a square.
    Sign(marks::Sign),
    /// A letter.
    Letter(&'static str),
    /// An arrow of a class.
    Arrow(&'static str),
}

/// Marks with their meaning.
#[derive(Debug, Default)]
pub struct Legend(Vec<(Key, String)>);

/// Height of a line.
const LINE: f64 = 17.0;
/// Width of a mark, and the space behind it.
const MARK: f64 = 24.0;
/// Widest meaning.
const WIDEST: f64 = WIDTH - 2.0 * EDGE - MARK;

impl Legend {
    /// Explains a mark, once.
    pub fn add(&mut self, key: Key, meaning: impl Into<String>) {
        if self.0.iter().all(|(known, _)| *known != key) {
            self.0.push((key, meaning.into()));
        }
    }

    /// Draws it from a height down; returns the height where it ends.
    pub fn draw(&self, canvas: &mut Canvas, top: f64) -> f64 {
        if self.0.is_empty() {
            return top;
        }
        let (mut x, mut y) = (EDGE, top + LINE - 5.0);
        for (key, meaning) in &self.0 {
            let meaning = fit(meaning, SMALL, WIDEST);
            let room = MARK + width(&meaning, SMALL) + 10.0;
            if x > EDGE && x + room > WIDTH - EDGE + 10.0 {
                (x, y) = (EDGE, y + LINE);
            }
            draw(canvas, key, (x, y - 4.0));
            canvas.text((x + MARK, y), Anchor::Start, "soft", &meaning);
            x += room;
        }
        y + 5.0
    }
}

/// Draws a mark from its left edge, in the middle of its line.
fn draw(canvas: &mut Canvas, key: &Key, (x, y): (f64, f64)) {
    let swatch = Area {
        x: x + 3.0,
        y: y - 5.0,
        width: 15.0,
        height: 10.0,
    };
    match key {
        Key::Mark(mark) => marks::draw(canvas, *mark, (x + 10.0, y)),
        Key::Line(class) => canvas.line((x, y), (x + 20.0, y), class),
        Key::Area(class) => canvas.rect(swatch, 0.0, class),
        Key::Texture(texture, class) => canvas.textured(swatch, *texture, class),
        Key::Sign(sign) => marks::sign(canvas, *sign, (x + 10.0, y), 13.0),
        Key::Letter(letter) => {
            canvas.text((x + 10.0, y + 4.0), Anchor::Middle, "soft", letter);
        }
        Key::Arrow(class) => marks::arrow(canvas, (x + 1.0, y), (x + 20.0, y), class),
    }
}
