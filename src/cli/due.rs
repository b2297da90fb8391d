//! `ismsctl due`

use super::arguments::{Due, Format, Global};
use super::workspace::open_sound;
use super::{CliError, Status, World};
use crate::assess::Timeline;
use crate::assess::obligations::obligations;
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::due::{DueFilter, DueReport};

pub fn run(global: &Global, arguments: &Due, world: &mut World<'_>) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let incomplete = loaded.incomplete();
    let timeline = Timeline::of(&loaded.snapshot);
    let view = timeline.at(loaded.as_of);
    let filter = DueFilter {
        within: arguments.within.map(|within| within.unsigned_abs()),
        overdue: arguments.overdue,
        owner: arguments.owner.clone(),
    };
    let report = DueReport::new(
        &loaded.snapshot,
        loaded.as_of,
        obligations(&view),
        &filter,
        incomplete,
    );
    let text = match arguments.format {
        Format::Human => terminal::due::render(&report, Paint::new(world.color), world.width),
        Format::Json => json::due::render(&report),
    };
    world.out.write_all(text.as_bytes())?;
    let crossed = arguments.fail && report.overdue() > 0;
    Ok(loaded.status(&report.incomplete, crossed))
}
