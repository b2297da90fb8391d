//! `ismsctl review prepare [TYPE]`

use crate::assess::Timeline;
use crate::assess::obligations::obligations;
use crate::assess::reviews::plan::{Plan, Wish, plan};
use crate::cli::arguments::{Format, Global, ReviewPrepare};
use crate::cli::workspace::open_sound;
use crate::cli::{CliError, Status, World};
use crate::edit::{NewFile, review, write_new};
use crate::records::{Day, Kind};
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::review::Prepared;
use crate::workspace::folder_of;
use chrono::NaiveDate;

pub fn run(
    global: &Global,
    arguments: &ReviewPrepare,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let timeline = Timeline::of(&loaded.snapshot);
    let view = timeline.at(loaded.as_of);
    let period = arguments.period.as_ref().map(|text| text.parse());
    let period = period.transpose();
    let wish = Wish {
        r#type: arguments.r#type.clone(),
        id: arguments.id.clone(),
        planned: day("--planned", arguments.planned.as_deref())?,
        period: period.map_err(|error| CliError::Usage(format!("--period: {error}")))?,
        r#for: arguments.r#for.clone(),
        owner: arguments.owner.clone(),
    };
    let plan = plan(&view, &obligations(&view), &wish)?;
    refuse_early(&plan)?;
    let folder = folder_of(loaded.snapshot.config(), Kind::Review);
    let path = format!("{folder}/{}.yaml", plan.id.id);
    let text = review::planned(&plan).map_err(|error| CliError::Usage(error.to_string()))?;
    if !arguments.dry_run {
        let file = NewFile {
            path: path.clone(),
            text: text.clone(),
            optional: false,
        };
        write_new(&loaded.root, &[file])?;
    }
    let report = Prepared {
        as_of: loaded.as_of,
        plan,
        path,
        text,
        written: !arguments.dry_run,
    };
    let text = match arguments.format {
        Format::Human => terminal::review::prepared(&report, Paint::new(world.color), world.width),
        Format::Json => json::review::prepared(&report),
    };
    world.out.write_all(text.as_bytes())?;
    Ok(Status::Fine)
}

/// A meeting before its period begins could look at nothing of it.
fn refuse_early(plan: &Plan) -> Result<(), CliError> {
    match plan.period.filter(|_| plan.planned < plan.days.0) {
        Some(period) => Err(CliError::Usage(format!(
            "--planned: {} lies before {period} begins on {}, so the meeting could look at nothing of it; name a later day, or another --period",
            plan.planned, plan.days.0
        ))),
        None => Ok(()),
    }
}

/// The day that an option names.
pub(super) fn day(option: &str, text: Option<&str>) -> Result<Option<NaiveDate>, CliError> {
    let day = text.map(str::parse::<Day>).transpose();
    let day = day.map_err(|error| CliError::Usage(format!("{option}: {error}")))?;
    Ok(day.map(|day| day.0))
}
