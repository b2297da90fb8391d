//! `ismsctl kpi [ID]`

use super::arguments::{Format, Global, Kpi};
use super::assessment::with_gaps;
use super::workspace::open_sound;
use super::{CliError, Status, World};
use crate::assess::obligations::obligations;
use crate::assess::{Timeline, kpi};
use crate::diagnostics::did_you_mean;
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::kpi::KpiReport;

pub fn run(global: &Global, arguments: &Kpi, world: &mut World<'_>) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let timeline = Timeline::of(&loaded.snapshot);
    let view = timeline.at(loaded.as_of);
    let paint = Paint::new(world.color);
    if let (true, Some(id)) = (arguments.explain, &arguments.id) {
        known(&loaded.snapshot, id)?;
        let period = arguments.period.as_deref();
        let (incomplete, explanation) = with_gaps(&view, || {
            kpi::explain(&timeline, loaded.as_of, &obligations, id, period)
        });
        let Some(explanation) = explanation else {
            let period = period.unwrap_or_default();
            return Err(CliError::Usage(format!(
                "{id} has no period `{period}` as of {}",
                loaded.as_of
            )));
        };
        let entry = loaded.snapshot.get(id);
        let path = entry.map_or("", |entry| entry.path());
        let text = match arguments.format {
            Format::Human => terminal::explain_kpi::render(&explanation, path, paint, world.width),
            Format::Json => json::explain_kpi::render(&explanation, loaded.as_of),
        };
        world.out.write_all(text.as_bytes())?;
        return Ok(loaded.status(&incomplete, false));
    }
    let (incomplete, series) = with_gaps(&view, || {
        kpi::evaluate(&timeline, loaded.as_of, &obligations)
    });
    let mut report = KpiReport::new(
        &timeline,
        loaded.as_of,
        series,
        arguments.periods,
        incomplete,
    );
    if let Some(id) = &arguments.id {
        known(&loaded.snapshot, id)?;
        report.rows.retain(|row| row.id == *id);
    }
    let text = match arguments.format {
        Format::Human => terminal::kpi::render(&report, paint, world.width),
        Format::Json => json::kpi::render(&report),
    };
    world.out.write_all(text.as_bytes())?;
    Ok(loaded.status(&report.incomplete, false))
}

fn known(snapshot: &crate::workspace::Snapshot, id: &str) -> Result<(), CliError> {
    let ids: Vec<&str> = snapshot
        .kind(crate::records::Kind::Kpi)
        .map(|entry| entry.id())
        .collect();
    if ids.contains(&id) {
        return Ok(());
    }
    let help = did_you_mean(id, ids.iter().copied())
        .unwrap_or_else(|| "`ismsctl kpi` lists them all".to_owned());
    Err(CliError::Usage(format!("there is no KPI `{id}`; {help}")))
}
