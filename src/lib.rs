//! ismsctl: an information security management system kept as YAML in git, checked, measured and reported.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used))]

pub mod assess;
pub mod cli;
pub mod diagnostics;
pub mod edit;
pub mod records;
pub mod render;
pub mod report;
pub mod rules;
pub mod text;
pub mod workspace;
