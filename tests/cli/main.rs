//! The command line from end to end: a module per command, run in process with a fixed World; a handful as processes.

mod harness;
mod init;
