//! What the records mean on a day: pure evaluation, without files, clock or output.

pub mod expr;
pub mod facts;
pub mod kpi;
pub mod obligations;
pub mod people;
pub mod risk;
pub mod view;

pub use view::{Seen, Timeline, View};
