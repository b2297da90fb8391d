//! ismsctl: an information security management system kept as YAML in git, checked, measured and reported.
pub mod text;
