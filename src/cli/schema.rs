//! `ismsctl schema [KIND]`

use super::arguments::Schema;
use super::{CliError, Status, World};
use crate::diagnostics::did_you_mean;
use crate::records::Kind;
use crate::workspace::CONFIG_SCHEMA;

const CONFIG_NAME: &str = "isms.toml";

pub fn run(arguments: &Schema, world: &mut World<'_>) -> Result<Status, CliError> {
    let names = || {
        Kind::ALL
            .iter()
            .map(|kind| kind.name())
            .chain([CONFIG_NAME])
    };
    let Some(name) = &arguments.kind else {
        let list: String = names().map(|name| format!("{name}\n")).collect();
        world.out.write_all(list.as_bytes())?;
        return Ok(Status::Fine);
    };
    let kind = Kind::from_name(name).or_else(|| Kind::from_plural(name));
    let text = match kind {
        Some(kind) => kind.row().schema,
        None if matches!(name.as_str(), CONFIG_NAME | "isms" | "config") => CONFIG_SCHEMA,
        None => {
            let help = did_you_mean(name, names());
            let all: Vec<&str> = names().collect();
            let help = help.unwrap_or_else(|| format!("known: {}", all.join(", ")));
            return Err(CliError::Usage(format!(
                "there is no kind `{name}`; {help}"
            )));
        }
    };
    world.out.write_all(text.as_bytes())?;
    Ok(Status::Fine)
}
