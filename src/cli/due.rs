//! `ismsctl due`

use super::arguments::{Due, Format, Global};
use super::workspace::open_sound;
use super::{CliError, Status, World};
use crate::assess::Timeline;
use crate::assess::obligations::{Obligation, obligations};
use crate::diagnostics::did_you_mean;
use crate::records::Config;
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::due::{DueFilter, DueReport};
use std::collections::BTreeSet;

pub fn run(global: &Global, arguments: &Due, world: &mut World<'_>) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let incomplete = loaded.incomplete();
    let timeline = Timeline::of(&loaded.snapshot);
    let view = timeline.at(loaded.as_of);
    let all = obligations(&view);
    if let Some(owner) = &arguments.owner {
        known_owner(loaded.snapshot.config(), &all, owner)?;
    }
    let filter = DueFilter {
        within: arguments.within.map(|within| within.unsigned_abs()),
        overdue: arguments.overdue,
        owner: arguments.owner.clone(),
    };
    let report = DueReport::new(&loaded.snapshot, loaded.as_of, all, &filter, incomplete);
    let text = match arguments.format {
        Format::Human => terminal::due::render(&report, Paint::new(world.color), world.width),
        Format::Json => json::due::render(&report),
    };
    world.out.write_all(text.as_bytes())?;
    let crossed = arguments.fail && report.overdue() > 0;
    Ok(loaded.status(&report.incomplete, crossed))
}

/// A name nobody has would read like somebody who has nothing to do.
fn known_owner(config: &Config, all: &[Obligation], owner: &str) -> Result<(), CliError> {
    let declared = config.people.keys().chain(config.roles.keys());
    let owning = all.iter().filter_map(|it| it.owner.as_deref());
    let known: BTreeSet<&str> = declared.map(|name| &**name).chain(owning).collect();
    if known.contains(owner) {
        return Ok(());
    }
    let help = did_you_mean(owner, known)
        .unwrap_or_else(|| "see [people] and [roles] in isms.toml".to_owned());
    Err(CliError::Usage(format!(
        "nobody is called `{owner}`; {help}"
    )))
}
