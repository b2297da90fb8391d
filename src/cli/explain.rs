//! `ismsctl explain [RULE]`

use super::arguments::Explain;
use super::{CliError, Status, World};
use crate::diagnostics::{catalogue, did_you_mean};
use crate::render::terminal::{Paint, explain};

pub fn run(arguments: &Explain, world: &mut World<'_>) -> Result<Status, CliError> {
    let paint = Paint::new(world.color);
    let Some(id) = &arguments.rule else {
        world
            .out
            .write_all(explain::list(catalogue::CATALOGUE, paint).as_bytes())?;
        return Ok(Status::Fine);
    };
    let Some(rule) = catalogue::find(id) else {
        let known = catalogue::CATALOGUE.iter().map(|rule| rule.id);
        let help = did_you_mean(id, known)
            .unwrap_or_else(|| "`ismsctl explain` lists all rules".to_owned());
        return Err(CliError::Usage(format!("there is no rule `{id}`; {help}")));
    };
    world.out.write_all(explain::page(rule, paint).as_bytes())?;
    Ok(Status::Fine)
}
