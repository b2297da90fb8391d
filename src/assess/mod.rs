//! What the records mean on a day: pure evaluation, without files, clock or output.

pub mod facts;
pub mod obligations;
pub mod people;
pub mod risk;
pub mod view;

pub use view::{Seen, Timeline, View};
