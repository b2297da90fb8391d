//! `ismsctl init [DIR]`

use super::arguments::{Global, Init};
use super::workspace::{as_of, start};
use super::{CliError, Status, World};
use crate::edit::{template, write_new};
use crate::records::Calendar;
use std::path::Path;

pub fn run(global: &Global, arguments: &Init, world: &mut World<'_>) -> Result<Status, CliError> {
    let named = match (&global.directory, &arguments.folder) {
        (Some(start), Some(folder)) => Some(start.join(folder)),
        (start, folder) => folder.as_ref().or(start.as_ref()).cloned(),
    };
    let start = start(global, world);
    let folder = match &arguments.folder {
        Some(folder) => start.join(folder),
        None => start,
    };
    // The starter keeps UTC, so its first day is today there.
    let today = as_of(global, world)?.unwrap_or_else(|| Calendar::default().day_of(world.now));
    // The names of templates are those that the command line accepts.
    let files = template::files(&arguments.template, today).unwrap_or_default();
    let kept = write_new(&folder, &files)?;
    let kept: String = kept
        .iter()
        .map(|path| format!("{path} was there already and stays as it is.\n"))
        .collect();
    let place = named.map_or_else(String::new, |named| format!(" -C {}", shell_word(&named)));
    let what = match arguments.template.as_str() {
        template::STARTER => "A workspace with five KPIs is ready. ".to_owned(),
        name => format!("A workspace after the example `{name}` is ready, without its history.\n"),
    };
    let text = format!(
        "{what}It starts today, so nothing is overdue yet.\n\n  \
         ismsctl{place} status   the one screen\n  \
         ismsctl{place} check    are the records sound?\n  \
         ismsctl{place} due      what is due, and who does it\n\n\
         Open the files: each explains itself. Editors with a YAML language server know the fields.\n{kept}"
    );
    world.out.write_all(text.as_bytes())?;
    Ok(Status::Fine)
}

/// A path as one word of a command line that can be copied.
pub(super) fn shell_word(path: &Path) -> String {
    let word = path.to_string_lossy();
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | ':' | '~');
    if word.chars().all(plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
