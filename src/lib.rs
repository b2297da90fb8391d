//! ismsctl: an information security management system kept as YAML in git, checked, measured and reported.

pub mod assess;
pub mod diagnostics;
pub mod records;
pub mod text;
pub mod workspace;
