//! What changed between two states of the records, in terms of the management system.

pub mod fields;
pub mod form;
mod meaning;
