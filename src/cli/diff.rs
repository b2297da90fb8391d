//! `ismsctl diff [A [B]]`

use super::arguments::{Diff as Arguments, DiffFormat, Global};
use super::pair::{Pair, State};
use super::{CliError, Status, World};
use crate::render::terminal::Paint;
use crate::render::{json, markdown, terminal};
use crate::report::diff::{DiffReport, Endpoint};

pub fn run(
    global: &Global,
    arguments: &Arguments,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    if global.rev.is_some() {
        let message = "diff takes its revisions as arguments: `ismsctl diff A B`";
        return Err(CliError::Usage(message.to_owned()));
    }
    let before = arguments.before.as_deref().unwrap_or("HEAD");
    let pair = Pair::read(global, world, before, arguments.after.as_deref())?;
    let delta = pair.compare();
    // Nobody is shown a commit otherwise, and to find them the whole range is read.
    let commits = match arguments.commits || arguments.format == DiffFormat::Json {
        true => pair.attribute(&delta.changes)?,
        false => Vec::new(),
    };
    let mut commits = commits.into_iter();
    let report = DiffReport::new(
        endpoint(&pair.before),
        endpoint(&pair.after),
        Some(pair.commits()?.len()),
        delta,
        |_| commits.next().flatten(),
    );
    let text = match arguments.format {
        DiffFormat::Human => {
            let paint = Paint::new(world.color);
            terminal::diff::render(&report, arguments.commits, paint, world.width)
        }
        DiffFormat::Json => json::diff::render(&report),
        DiffFormat::Markdown => markdown::diff::render(&report, arguments.commits),
    };
    world.out.write_all(text.as_bytes())?;
    let unread = [&pair.before, &pair.after].map(|state| state.snapshot.has_unreadable_files());
    Ok(
        match (unread.contains(&true), report.unreadable.is_empty()) {
            (true, _) => Status::Unable,
            (false, false) => Status::Fault,
            (false, true) => Status::Fine,
        },
    )
}

fn endpoint(state: &State) -> Endpoint {
    let review = |day: chrono::NaiveDate| format!("the review of {}", day.format("%-d %b %Y"));
    Endpoint {
        revision: state.name.clone(),
        words: state.review.map(review),
        commit: state.commit.map(|commit| commit.full()),
        date: state.date,
        as_of: state.day,
    }
}
