//! `risk` for people: the list, heat maps, and one risk in full.

mod list;
mod matrix;
mod sheet;

pub use list::render as list;
pub use matrix::render as matrix;
pub use sheet::render as sheet;

use crate::report::risk::{Scored, Trend};

/// `15 3×5`, or why there is no score.
fn scored(scored: Option<&Scored>) -> String {
    match scored {
        Some(it) => match it.score {
            Some(score) => format!("{score:>2} {}", it.rating_words()),
            None => format!(" ? {}", it.rating_words()),
        },
        None => "no data".to_owned(),
    }
}

/// How the score moved, as a sign.
fn sign(trend: Option<Trend>) -> &'static str {
    match trend {
        Some(Trend::Improving) => "↓",
        Some(Trend::Worsening) => "↑",
        Some(Trend::Steady) => "=",
        None => "",
    }
}
