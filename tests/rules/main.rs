//! Rules: their fixtures, and the cases that a fixture does not show.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alerts;
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
mod support;
mod unclear;
