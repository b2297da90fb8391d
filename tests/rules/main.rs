//! Rules: their fixtures, and the cases that a fixture does not show.

mod alerts;
mod approvals;
mod circles;
mod config;
mod custom;
mod duties;
mod exceptions;
mod fixtures;
mod mending;
mod quantity;
mod references;
mod registers;
mod results;
mod stubs;
mod support;
mod unclear;
