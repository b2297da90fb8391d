//! Everything that looks into a git history, on repositories built in code.

mod authorship;
mod awkward;
mod base;
pub mod demonstration;
mod gate;
mod life;
mod look;
mod pack;
mod past;
mod random;
pub mod repository;
mod restated;
mod revisions;
mod rules;
pub mod signing;
mod story;
mod verify;
