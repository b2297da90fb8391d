//! Changes to files of a workspace: written whole or not at all.

pub mod demo;
pub mod template;
mod write;

pub use write::{NewFile, WriteError, write_new};
