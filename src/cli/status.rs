//! `ismsctl status`

use super::arguments::{Format, Global, Status as Arguments};
use super::assessment::{duties_and_figures, with_gaps};
use super::workspace::open_sound;
use super::{CliError, Status, World};
use crate::assess::Timeline;
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::due::{DueFilter, DueReport};
use crate::report::kpi::KpiReport;
use crate::report::status::{StatusReport, findings, risks};

pub fn run(
    global: &Global,
    arguments: &Arguments,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let snapshot = &loaded.snapshot;
    let timeline = Timeline::of(snapshot);
    let view = timeline.at(loaded.as_of);
    let (incomplete, (survey, series)) = with_gaps(&view, || duties_and_figures(&view));
    let incomplete = incomplete.with_unclear(&survey.unclear);
    let (risks, acceptances) = risks(&view);
    let mut kpis = KpiReport::new(&timeline, loaded.as_of, series, 12, incomplete.clone());
    kpis.rows
        .retain(|row| row.is_judged_between(loaded.as_of, loaded.as_of));
    let report = StatusReport {
        organisation: snapshot.config().isms.name.to_string(),
        revision: loaded.standing(),
        kpis,
        due: DueReport::new(
            snapshot,
            loaded.as_of,
            survey.list,
            &DueFilter::default(),
            incomplete,
        ),
        risks,
        acceptances,
        findings: findings(&view),
    };
    let text = match arguments.format {
        Format::Human => terminal::status::render(&report, Paint::new(world.color), world.width),
        Format::Json => json::status::render(&report),
    };
    world.out.write_all(text.as_bytes())?;
    Ok(loaded.status(&report.due.incomplete, false))
}
