//! ismsctl: an information security management system kept as YAML in git, checked, measured and reported.

pub mod assess;
pub mod cli;
pub mod diagnostics;
pub mod records;
pub mod render;
pub mod report;
pub mod rules;
pub mod text;
pub mod workspace;
