//! `ismsctl demo [DIR]`

use super::arguments::{Demo, Global};
use super::init::shell_word;
use super::workspace::start;
use super::{CliError, Status, World};
use crate::edit::demo;
use std::path::{Path, PathBuf};

/// The folder when none is named.
const FOLDER: &str = "ismsctl-demo";

pub fn run(global: &Global, arguments: &Demo, world: &mut World<'_>) -> Result<Status, CliError> {
    let folder = arguments.folder.as_deref().unwrap_or(Path::new(FOLDER));
    let written = demo::write(&start(global, world).join(folder))?;
    let named: PathBuf = match &global.directory {
        Some(start) => start.join(folder),
        None => folder.to_owned(),
    };
    let (first, last) = (
        written.first.format("%-d %B %Y"),
        written.last.format("%-d %B %Y"),
    );
    let head = written.head.get(..10).unwrap_or(&written.head);
    let text = format!(
        "{} commits from {first} to {last}: the management-review example as its\n\
         offices built it. The branch `main` ends at {head}, on every machine.\n\
         With `--as-of {day}` it is looked at as on its last day.\n\n\
         The pack of the review that is due then:\n  \
         ismsctl -C {place} --as-of {day} pack --since last -o ../review-pack\n\
         What changed between the two annual reviews:\n  \
         ismsctl -C {place} diff {} {}\n\
         The life of a risk that was critical for two months:\n  \
         ismsctl -C {place} log RISK-003\n\
         A figure that was corrected in place, as a pull request would have met it:\n  \
         ismsctl -C {place} check --rev {bad} --base {bad}~1\n",
        written.commits,
        demo::FIRST_REVIEW,
        demo::SECOND_REVIEW,
        day = written.last.date_naive(),
        bad = demo::RESULT_REWRITTEN,
        place = shell_word(&named),
    );
    world.out.write_all(text.as_bytes())?;
    Ok(Status::Fine)
}
