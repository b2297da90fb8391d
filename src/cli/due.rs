//! `ismsctl due`

use super::arguments::{Due, DueFormat, Global};
use super::assessment::with_gaps;
use super::workspace::open_sound;
use super::{CliError, Status, World};
use crate::assess::Timeline;
use crate::assess::obligations::{Obligation, survey};
use crate::diagnostics::did_you_mean;
use crate::records::Config;
use crate::render::terminal::Paint;
use crate::render::{ics, json, terminal};
use crate::report::due::{DueFilter, DueReport};
use std::collections::BTreeSet;

pub fn run(global: &Global, arguments: &Due, world: &mut World<'_>) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let timeline = Timeline::of(&loaded.snapshot);
    let view = timeline.at(loaded.as_of);
    let (incomplete, survey) = with_gaps(&view, || survey(&view));
    let incomplete = incomplete.with_unclear(&survey.unclear);
    let all = survey.list;
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
        DueFormat::Human => terminal::due::render(&report, Paint::new(world.color), world.width),
        DueFormat::Json => json::due::render(&report),
        DueFormat::Ics => ics::render(&report, &loaded.snapshot.config().isms.name),
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
