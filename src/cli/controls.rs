//! `ismsctl controls`

use super::arguments::{Controls, DocumentFormat, Global};
use super::assessment::{duties_and_figures, with_gaps};
use super::pages;
use super::workspace::{Loaded, open_sound};
use super::{CliError, Status, World};
use crate::assess::controls::{ControlState, statement, statuses};
use crate::assess::{Timeline, View};
use crate::diagnostics::did_you_mean;
use crate::render::terminal::Paint;
use crate::render::{json, markdown, terminal};
use crate::report::Incomplete;
use crate::report::applicability::ApplicabilityReport;
use crate::report::controls::{ControlFilter, ControlsReport, PublicReport};
use std::collections::BTreeSet;

pub fn run(
    global: &Global,
    arguments: &Controls,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let timeline = Timeline::of(&loaded.snapshot);
    let view = timeline.at(loaded.as_of);
    let (incomplete, (survey, series)) = with_gaps(&view, || duties_and_figures(&view));
    let incomplete = incomplete.with_unclear(&survey.unclear);
    let text = if arguments.soa {
        applicability(&loaded, &view, arguments, incomplete.clone(), world)?
    } else {
        let states = statuses(&view, &survey, &series);
        listing(&loaded, &states, arguments, &incomplete, world)?
    };
    world.out.write_all(text.as_bytes())?;
    Ok(loaded.status(&incomplete, false))
}

fn listing(
    loaded: &Loaded,
    states: &[ControlState<'_>],
    arguments: &Controls,
    incomplete: &Incomplete,
    world: &World<'_>,
) -> Result<String, CliError> {
    let is_shown =
        |state: &&ControlState<'_>| !arguments.public || state.control.public == Some(true);
    let categories = states
        .iter()
        .filter(is_shown)
        .map(|state| &*state.control.category);
    if let Some(category) = &arguments.category {
        known_category(category, categories.collect())?;
    }
    let filter = ControlFilter {
        status: arguments.status.iter().map(|status| status.0).collect(),
        category: arguments.category.clone(),
    };
    let paint = Paint::new(world.color);
    if arguments.public {
        let complete = *incomplete == Incomplete::default();
        let report = PublicReport::new(states, loaded.as_of, &filter, complete);
        return Ok(match arguments.format {
            DocumentFormat::Human => terminal::controls::render_public(&report, paint, world.width),
            DocumentFormat::Json => json::controls::render_public(&report),
            DocumentFormat::Markdown => markdown::render(&report.document()),
            DocumentFormat::Html => pages::html(loaded, &report.document())?,
        });
    }
    let report = ControlsReport::new(states, loaded.as_of, &filter, incomplete.clone());
    Ok(match arguments.format {
        DocumentFormat::Human => terminal::controls::render(&report, paint, world.width),
        DocumentFormat::Json => json::controls::render(&report),
        DocumentFormat::Markdown => markdown::render(&report.document()),
        DocumentFormat::Html => pages::html(loaded, &report.document())?,
    })
}

fn applicability(
    loaded: &Loaded,
    view: &View<'_>,
    arguments: &Controls,
    incomplete: Incomplete,
    world: &World<'_>,
) -> Result<String, CliError> {
    let report = ApplicabilityReport::new(&statement(view), view.day(), incomplete);
    Ok(match arguments.format {
        DocumentFormat::Human => {
            terminal::applicability::render(&report, Paint::new(world.color), world.width)
        }
        DocumentFormat::Json => json::applicability::render(&report),
        DocumentFormat::Markdown => markdown::render(&report.document()),
        DocumentFormat::Html => pages::html(loaded, &report.document())?,
    })
}

/// A category nobody has would read like one without trouble.
fn known_category(category: &str, known: BTreeSet<&str>) -> Result<(), CliError> {
    if known.contains(category) {
        return Ok(());
    }
    let help = did_you_mean(category, known)
        .unwrap_or_else(|| "`ismsctl controls` lists them all".to_owned());
    Err(CliError::Usage(format!(
        "there is no category `{category}`; {help}"
    )))
}
