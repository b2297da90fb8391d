//! `ismsctl review`: a management review from its plan to its signed minutes.

mod close;
mod pin;
mod prepare;
mod seen;

use super::arguments::{Global, Review, ReviewStep};
use super::{CliError, Status, World};

pub fn run(global: &Global, arguments: &Review, world: &mut World<'_>) -> Result<Status, CliError> {
    if global.rev.is_some() {
        let message = "--rev: records of the past cannot be written; leave it out";
        return Err(CliError::Usage(message.to_owned()));
    }
    match &arguments.step {
        ReviewStep::Prepare(prepare) => prepare::run(global, prepare, world),
        ReviewStep::Close(close) => close::run(global, close, world),
    }
}
