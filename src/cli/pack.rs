//! `ismsctl pack`

use super::arguments::{Global, Pack as Arguments};
use super::check::cannot_work;
use super::workspace::open_sound;
use super::{CliError, Status, World};
use crate::assess::obligations::{obligations, survey};
use crate::assess::{Timeline, kpi};
use crate::diagnostics::Severity;
use crate::render::markdown;
use crate::report::Incomplete;
use crate::report::kpi::{KpiReport, KpiRow};
use crate::report::pack::{Choice, Pack, Subject};
use crate::rules::{self, Scope};
use crate::workspace::revision;

pub fn run(
    global: &Global,
    arguments: &Arguments,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let snapshot = &loaded.snapshot;
    let diagnostics = rules::check(snapshot, loaded.as_of, Scope::Valid);
    if cannot_work(&loaded, &diagnostics) {
        let message = "the workspace cannot be read as it stands; see `ismsctl check`";
        return Err(CliError::Usage(message.to_owned()));
    }
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.level == Severity::Error)
        .count();
    if errors > 0 && !arguments.draft {
        let plural = if errors == 1 { "" } else { "s" };
        let message = format!(
            "ismsctl: {errors} error{plural} in the records; see `ismsctl check`, or render a draft: `pack --draft`\n"
        );
        world.err.write_all(message.as_bytes())?;
        return Ok(Status::Fault);
    }
    let timeline = Timeline::of(snapshot);
    let view = timeline.at(loaded.as_of);
    let survey = survey(&view);
    let series = kpi::evaluate(&timeline, loaded.as_of, &obligations);
    let mut kpis = KpiReport::new(
        &timeline,
        loaded.as_of,
        series,
        12,
        Incomplete::of(snapshot, errors).with_unclear(&survey.unclear),
    );
    let choice = Choice {
        review: arguments.review.clone(),
        r#type: arguments.r#type.clone(),
    };
    let subject = Subject::find(&view, &choice)?;
    let judged = |row: &KpiRow| row.is_judged_between(subject.from, loaded.as_of);
    kpis.rows.retain(judged);
    let pack = Pack {
        view: &view,
        obligations: &survey.list,
        kpis: &kpis.rows,
        subject,
        revision: revision(&loaded.root).map(|revision| revision.to_string()),
        version: env!("CARGO_PKG_VERSION"),
        left_out: kpis.incomplete.left_out.clone(),
        unclear: kpis.incomplete.unclear.clone(),
        draft: errors > 0 || arguments.draft,
    };
    world
        .out
        .write_all(markdown::render(&pack.document()).as_bytes())?;
    Ok(if errors > 0 || !pack.unclear.is_empty() {
        Status::Fault
    } else {
        Status::Fine
    })
}
