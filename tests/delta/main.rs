//! What changed between two states of a workspace: every kind of change of every kind of record, what is no change,
//! and what must hold whatever the records say.

mod kinds;
mod log;
mod places;
mod properties;
mod report;
mod restated;
mod steps;
mod story;
mod support;
mod unreadable;
mod verdicts;
