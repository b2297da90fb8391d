//! Colour, where it is wanted. It carries nothing that a letter or shape does not.

use anstyle::{AnsiColor, Style};
use std::fmt::Display;

/// Paints text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    color: bool,
}

macro_rules! styles {
    ($($(#[$doc:meta])* $name:ident = $style:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name(self, text: impl Display) -> String {
            self.with($style, text)
        }
    )*};
}

impl Paint {
    /// Paints only if `color`.
    pub fn new(color: bool) -> Self {
        Self { color }
    }

    /// Whether it paints at all.
    pub fn color(self) -> bool {
        self.color
    }

    fn with(self, style: Style, text: impl Display) -> String {
        if self.color {
            format!("{style}{text}{style:#}")
        } else {
            text.to_string()
        }
    }

    styles! {
        /// What is wrong.
        bad = AnsiColor::Red.on_default().bold();
        /// What needs attention.
        doubtful = AnsiColor::Yellow.on_default().bold();
        /// What is well.
        good = AnsiColor::Green.on_default().bold();
        /// What leads further.
        hint = AnsiColor::Cyan.on_default();
        /// Headings.
        strong = Style::new().bold();
        /// What matters less.
        faint = Style::new().dimmed();
    }
}
