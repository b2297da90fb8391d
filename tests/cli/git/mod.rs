//! Everything that looks into a git history, on repositories built in code.

mod awkward;
mod base;
mod past;
pub mod repository;
mod revisions;
mod rules;
