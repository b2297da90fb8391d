//! The command line from end to end: a module per command, run in process with a fixed World; a handful as processes.

mod as_of;
mod check;
mod clauses;
mod columns;
mod controls;
mod demo;
mod due;
mod explain;
mod files;
mod gfm;
mod git;
mod harness;
mod hostile;
mod ics;
mod init;
mod json;
mod kpi;
mod large;
mod pack;
mod process;
mod public;
mod report;
mod reproducible;
mod risk;
mod status;
mod usage;
