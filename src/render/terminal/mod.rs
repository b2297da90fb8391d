//! Output for people at a terminal, with and without colour.

pub mod check;
pub mod due;
pub mod explain;
mod grid;
mod notes;
mod paint;
mod text;

pub use paint::Paint;
pub use text::{harmless, width};
