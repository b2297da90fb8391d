//! `ismsctl clauses [CLAUSE]`

use super::arguments::{Clauses, DocumentFormat, Global};
use super::assessment::{duties_and_figures, with_gaps};
use super::pages;
use super::workspace::open_sound;
use super::{CliError, Status, World};
use crate::assess::Timeline;
use crate::assess::clauses::{Ground, Requirement, clauses, is_within};
use crate::assess::controls::statuses;
use crate::assess::risk::{Assessed, assess};
use crate::diagnostics::did_you_mean;
use crate::render::terminal::Paint;
use crate::render::{json, markdown, terminal};
use crate::report::clauses::ClausesReport;

pub fn run(
    global: &Global,
    arguments: &Clauses,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let timeline = Timeline::of(&loaded.snapshot);
    let view = timeline.at(loaded.as_of);
    let (incomplete, (survey, series)) = with_gaps(&view, || duties_and_figures(&view));
    let incomplete = incomplete.with_unclear(&survey.unclear);
    let controls = statuses(&view, &survey, &series);
    let mut risks = assess(&view);
    risks.retain(Assessed::is_open);
    let requirements = clauses(&Ground {
        view: &view,
        obligations: &survey,
        series: &series,
        controls: &controls,
        risks: &risks,
        with_proofs: true,
    });
    if let Some(clause) = &arguments.clause {
        known(clause, &requirements)?;
    }
    let asked = arguments.clause.as_deref();
    let report = ClausesReport::new(requirements, asked, loaded.as_of, incomplete);
    let text = match arguments.format {
        DocumentFormat::Human => {
            terminal::clauses::render(&report, Paint::new(world.color), world.width)
        }
        DocumentFormat::Json => json::clauses::render(&report),
        DocumentFormat::Markdown => markdown::render(&report.document()),
        DocumentFormat::Html => pages::html(&loaded, &report.document())?,
    };
    world.out.write_all(text.as_bytes())?;
    let crossed = arguments.fail && report.has_gaps();
    Ok(loaded.status(&report.incomplete, crossed))
}

/// A clause nothing is known about would read like one without gaps.
fn known(clause: &str, requirements: &[Requirement]) -> Result<(), CliError> {
    if requirements.iter().any(|row| is_within(row.clause, clause)) {
        return Ok(());
    }
    let known = requirements.iter().map(|row| row.clause);
    let help = did_you_mean(clause, known)
        .unwrap_or_else(|| "`ismsctl clauses` lists those it knows".to_owned());
    Err(CliError::Usage(format!(
        "nothing is mapped to clause `{clause}`; {help}"
    )))
}
