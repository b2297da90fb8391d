//! The command line: arguments, the outside world, one file per command.

mod arguments;
mod assessment;
mod base;
mod check;
mod clauses;
mod controls;
mod demo;
mod diff;
mod documents;
mod due;
mod explain;
mod init;
mod kpi;
mod log;
mod pack;
mod pages;
mod pair;
mod report;
mod restated;
mod review;
mod revisions;
mod risk;
mod schema;
mod selection;
mod shell;
mod since;
mod status;
mod template;
mod trust;
mod workspace;
mod world;

pub use arguments::command;
pub use world::{Status, World};

use crate::render::terminal::harmless;
use arguments::{Arguments, Command};
use clap::FromArgMatches;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::io;

/// Why a command could not do its work; exit status 2.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The workspace cannot be read.
    #[error(transparent)]
    Workspace(#[from] crate::workspace::WorkspaceError),
    /// There is no such review.
    #[error(transparent)]
    Review(#[from] crate::report::pack::ReviewChoiceError),
    /// No review can be planned like this.
    #[error(transparent)]
    Plan(#[from] crate::assess::reviews::plan::PlanError),
    /// There is no such period.
    #[error(transparent)]
    Period(#[from] crate::report::scheduled::PeriodError),
    /// A template of the workspace is at fault.
    #[error(transparent)]
    Template(#[from] crate::render::template::TemplateError),
    /// The demonstration cannot be written.
    #[error(transparent)]
    Demo(#[from] crate::edit::demo::DemoError),
    /// A folder cannot be written or read.
    #[error(transparent)]
    Folder(#[from] crate::edit::folder::FolderError),
    /// Files cannot be written.
    #[error(transparent)]
    Write(#[from] crate::edit::WriteError),
    /// The command was not meant like this.
    #[error("{0}")]
    Usage(String),
    /// The output cannot be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

/// Runs a command line and gives its exit status.
pub fn run(arguments: &[OsString], world: &mut World<'_>) -> Status {
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage(&error, world),
    };
    let outcome = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => dispatch(arguments, world),
        Err(error) => return usage(&error, world),
    };
    match outcome {
        Ok(status) => status,
        Err(CliError::Output(error)) => unwritten(&error, world),
        Err(error) => {
            // With standard error gone as well there is nobody left to tell.
            let _ = writeln!(world.err, "ismsctl: {}", harmless(&error.to_string()));
            Status::Unable
        }
    }
}

/// The status when output could not be written: a reader that left is no failure, anything else is one and is told.
pub fn unwritten(error: &io::Error, world: &mut World<'_>) -> Status {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Status::Fine;
    }
    // With standard error gone as well there is nobody left to tell.
    let _ = writeln!(world.err, "ismsctl: cannot write the output: {error}");
    Status::Unable
}

fn usage(error: &clap::Error, world: &mut World<'_>) -> Status {
    let text = if world.color {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    let asked_for = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let target = if asked_for {
        &mut world.out
    } else {
        &mut world.err
    };
    match target.write_all(text.as_bytes()) {
        Ok(()) if asked_for => Status::Fine,
        Ok(()) => Status::Unable,
        Err(error) => unwritten(&error, world),
    }
}

fn dispatch(arguments: Arguments, world: &mut World<'_>) -> Result<Status, CliError> {
    let Arguments { global, command } = arguments;
    if let Some(choice) = global.color {
        world.color = choice.wanted(world.color);
    }
    if let Some(threads) = global.threads {
        // A second pool in one process (tests) is refused; the first one stays, which is as good.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build_global();
    }
    match command {
        Command::Check(check) => check::run(&global, &check, world),
        Command::Status(status) => status::run(&global, &status, world),
        Command::Kpi(kpi) => kpi::run(&global, &kpi, world),
        Command::Pack(pack) => pack::run(&global, &pack, world),
        Command::Clauses(clauses) => clauses::run(&global, &clauses, world),
        Command::Report(report) => report::run(&global, &report, world),
        Command::Review(review) => review::run(&global, &review, world),
        Command::Controls(controls) => controls::run(&global, &controls, world),
        Command::Demo(demo) => demo::run(&global, &demo, world),
        Command::Risk(risk) => risk::run(&global, &risk, world),
        Command::Diff(diff) => diff::run(&global, &diff, world),
        Command::Log(log) => log::run(&global, &log, world),
        Command::Due(due) => due::run(&global, &due, world),
        Command::Init(init) => init::run(&global, &init, world),
        Command::Explain(explain) => explain::run(&explain, world),
        Command::Schema(schema) => schema::run(&schema, world),
        Command::Template(template) => template::run(&global, &template, world),
        Command::Completions(completions) => shell::completions(&completions, world),
        Command::Man => shell::manual(world),
    }
}
