//! Output for people at a terminal, with and without colour.

pub mod applicability;
pub mod check;
pub mod clauses;
pub mod controls;
pub mod diff;
pub mod due;
mod excerpt;
pub mod explain;
pub mod explain_kpi;
mod grid;
pub mod kpi;
pub mod log;
mod notes;
mod paint;
pub mod review;
pub mod risk;
pub mod status;
mod text;
pub mod verification;

pub use paint::Paint;
pub use text::{harmless, width};
