//! Output for people at a terminal, with and without colour.

pub mod check;
pub mod explain;
mod paint;
mod text;

pub use paint::Paint;
pub use text::{harmless, width};
