//! Changes to files of a workspace: written whole or not at all.

pub mod demo;
pub mod folder;
pub mod review;
mod rewrite;
pub mod template;
mod write;
pub mod yaml;

pub use rewrite::rewrite;
pub use write::{NewFile, WriteError, write_new};
