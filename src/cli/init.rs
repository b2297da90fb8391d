//! `ismsctl init [DIR]`

use super::arguments::{Global, Init};
use super::workspace::{as_of, start};
use super::{CliError, Status, World};
use crate::edit::{template, write_new};
use crate::records::Calendar;

pub fn run(global: &Global, arguments: &Init, world: &mut World<'_>) -> Result<Status, CliError> {
    let start = start(global, world);
    let folder = match &arguments.directory {
        Some(directory) => start.join(directory),
        None => start,
    };
    // The starter keeps UTC, so its first day is today there.
    let today = as_of(global, world)?.unwrap_or_else(|| Calendar::default().day_of(world.now));
    write_new(&folder, &template::starter(today))?;
    let place = match &arguments.directory {
        Some(directory) => format!("{}{}", "-C ", directory.display()),
        None => String::new(),
    };
    let place = if place.is_empty() {
        place
    } else {
        format!(" {place}")
    };
    let text = format!(
        "A workspace with five KPIs is ready. It starts today, so nothing is overdue yet.\n\n  \
         ismsctl{place} status   the one screen\n  \
         ismsctl{place} check    are the records sound?\n  \
         ismsctl{place} due      what is due, and who does it\n\n\
         Open the files: each explains itself. Editors with a YAML language server know the fields.\n"
    );
    world.out.write_all(text.as_bytes())?;
    Ok(Status::Fine)
}
