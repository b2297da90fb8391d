//! The five workspaces of examples/ that run a whole programme, each walked row by row: what its page asks for, the
//! record that answers, and what ismsctl makes of that record on the last day of June 2026.
//!
//! Each module holds the rows of one workspace. What is expected was worked out from the records without ismsctl; the
//! comment above a table says how.

mod audit_directive;
mod control_monitoring;
mod itself;
mod management_review;
mod monitoring_framework;
mod monitoring_phase;
mod support;
