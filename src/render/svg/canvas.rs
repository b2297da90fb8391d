//! Elements of a drawing: the only place where SVG is spelled.

use super::words::escape;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How wide every drawing is: what a phone shows without scaling it down.
pub const WIDTH: f64 = 360.0;
/// Empty space at the edges.
pub const EDGE: f64 = 12.0;

/// Where a text stands in relation to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// What an area is filled with, so that colour carries nothing alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Texture {
    Solid,
    Diagonal,
    Crossed,
    Dotted,
    Level,
    Empty,
}

impl Texture {
    /// In the order in which they are given out.
    pub const ALL: [Texture; 6] = [
        Texture::Solid,
        Texture::Diagonal,
        Texture::Crossed,
        Texture::Dotted,
        Texture::Level,
        Texture::Empty,
    ];

    /// Its name in ids, and what is drawn in a square of 8.
    fn pattern(self) -> Option<(&'static str, &'static str)> {
        match self {
            Texture::Solid | Texture::Empty => None,
            Texture::Diagonal => Some(("diagonal", "M0 8L8 0M-1 1L1 -1M7 9L9 7")),
            Texture::Crossed => Some(("crossed", "M0 8L8 0M0 0L8 8")),
            Texture::Dotted => Some(("dotted", "M3 4H5")),
            Texture::Level => Some(("level", "M0 4H8")),
        }
    }
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A drawing under way.
pub struct Canvas {
    /// Name of the chart: ids begin with it.
    name: String,
    body: String,
    /// Textures that were used, with the class of their colour.
    textures: BTreeSet<(Texture, &'static str)>,
}

/// A number with at most one decimal; what is not finite never gets so far as to be drawn somewhere else.
pub fn number(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.1}");
    match text.strip_suffix(".0").unwrap_or(&text) {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

impl Canvas {
    /// An empty drawing.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            body: String::new(),
            textures: BTreeSet::new(),
        }
    }

    pub fn rect(&mut self, area: Area, radius: f64, class: &str) {
        let round = match radius > 0.0 {
            true => format!(" rx=\"{}\"", number(radius)),
            false => String::new(),
        };
        let _ = writeln!(
            self.body,
            "<rect {}{round} class=\"{class}\"/>",
            place(area)
        );
    }

    /// A rectangle with a texture in the colour of a class: `good`, `bad`.
    pub fn textured(&mut self, area: Area, texture: Texture, class: &'static str) {
        let Some((pattern, _)) = texture.pattern() else {
            return match texture {
                Texture::Empty => self.rect(area, 0.0, &format!("hollow {class}-edge")),
                _ => self.rect(area, 0.0, class),
            };
        };
        self.textures.insert((texture, class));
        self.rect(area, 0.0, "paper");
        let _ = writeln!(
            self.body,
            "<rect {} fill=\"url(#{}-{pattern}-{class})\" class=\"{class}-edge\"/>",
            place(area),
            self.name
        );
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
        let _ = writeln!(
            self.body,
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\"/>"
        );
    }

    /// A line through points.
    pub fn polyline(&mut self, points: &[(f64, f64)], class: &str) {
        let points: Vec<String> = points.iter().map(spot).collect();
        let _ = writeln!(
            self.body,
            "<polyline points=\"{}\" class=\"{class}\"/>",
            points.join(" ")
        );
    }

    /// A filled shape.
    pub fn polygon(&mut self, points: &[(f64, f64)], class: &str) {
        let points: Vec<String> = points.iter().map(spot).collect();
        let _ = writeln!(
            self.body,
            "<polygon points=\"{}\" class=\"{class}\"/>",
            points.join(" ")
        );
    }

    pub fn circle(&mut self, (x, y): (f64, f64), radius: f64, class: &str) {
        let [x, y, r] = [x, y, radius].map(number);
        let _ = writeln!(
            self.body,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" class=\"{class}\"/>"
        );
    }

    /// A text that has been cut to its room.
    pub fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let class = match class {
            "" => String::new(),
            class => format!(" class=\"{class}\""),
        };
        let [x, y] = [x, y].map(number);
        let _ = writeln!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\"{anchor}{class}>{}</text>",
            escape(text)
        );
    }

    /// The whole drawing of a height, with what stands for it where it cannot be seen, and a style of its own.
    pub fn finish(self, height: f64, title: &str, finding: &str, style: Option<&str>) -> String {
        let (name, width, height) = (&self.name, number(WIDTH), number(height));
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{name}-title {name}-desc\">\n\
             <title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-desc\">{}</desc>\n",
            escape(title),
            escape(finding)
        );
        if let Some(style) = style {
            let _ = writeln!(text, "<style>\n{style}</style>");
        }
        text.push_str(&self.definitions());
        let _ = writeln!(
            text,
            "<rect x=\"0\" y=\"0\" width=\"{width}\" height=\"{height}\" class=\"paper\"/>"
        );
        text.push_str(&self.body);
        text.push_str("</svg>\n");
        text
    }

    fn definitions(&self) -> String {
        if self.textures.is_empty() {
            return String::new();
        }
        let mut text = "<defs>\n".to_owned();
        for (texture, class) in &self.textures {
            if let Some((pattern, path)) = texture.pattern() {
                let _ = writeln!(
                    text,
                    "<pattern id=\"{}-{pattern}-{class}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
                     <path d=\"{path}\" class=\"stroke {class}-edge\"/></pattern>",
                    self.name
                );
            }
        }
        text.push_str("</defs>\n");
        text
    }
}

fn place(area: Area) -> String {
    let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(number);
    format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

fn spot((x, y): &(f64, f64)) -> String {
    format!("{},{}", number(*x), number(*y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_decimal_at_most() {
        for (value, text) in [
            (1.0, "1"),
            (1.25, "1.2"),
            (-0.01, "0"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
