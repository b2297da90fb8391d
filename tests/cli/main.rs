//! The command line from end to end: a module per command, run in process with a fixed World; a handful as processes.

mod check;
mod columns;
mod due;
mod files;
mod harness;
mod hostile;
mod init;
mod large;
mod process;
mod reproducible;
mod status;
mod usage;
