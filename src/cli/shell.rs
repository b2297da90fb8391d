//! `ismsctl completions SHELL` and `ismsctl man`

use super::arguments::{Completions, command};
use super::{CliError, Status, World};

pub fn completions(arguments: &Completions, world: &mut World<'_>) -> Result<Status, CliError> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "ismsctl", &mut text);
    world.out.write_all(&text)?;
    Ok(Status::Fine)
}

pub fn manual(world: &mut World<'_>) -> Result<Status, CliError> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command()).render(&mut text)?;
    world.out.write_all(&text)?;
    Ok(Status::Fine)
}
