//! What the records mean on a day: pure evaluation, without files, clock or output.

pub mod alerts;
mod allotment;
pub mod approvals;
pub mod chain;
pub mod clauses;
pub mod controls;
pub mod coverage;
pub mod delta;
pub mod expr;
pub mod facts;
pub mod independence;
mod inquiry;
pub mod kpi;
pub mod obligations;
pub mod people;
pub mod queries;
pub mod restated;
pub mod retention;
pub mod reviews;
pub mod risk;
mod standing;
pub mod view;

pub use inquiry::Unclear;
pub use standing::earliest_result;
pub use view::{Seen, Timeline, View};
