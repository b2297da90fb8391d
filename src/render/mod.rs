//! How reports are spelled: for terminals and for programs.

pub mod json;
pub mod markdown;
pub mod terminal;
