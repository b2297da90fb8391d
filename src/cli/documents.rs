//! From a workspace to a document: what packs and reports have in common before anything is rendered.

use super::arguments::Global;
use super::check::cannot_work;
use super::workspace::{Loaded, open_sound};
use super::{CliError, Status, World};
use crate::assess::obligations::{obligations, survey};
use crate::assess::{Timeline, kpi};
use crate::diagnostics::Severity;
use crate::report::Incomplete;
use crate::report::basis::Basis;
use crate::report::kpi::KpiReport;
use crate::rules::{self, Scope};

/// What is asked for, whatever the document.
pub struct Request<'r> {
    /// The command as people type it, to tell how a draft is asked for.
    pub command: &'r str,
    /// Render records with errors as well.
    pub draft: bool,
    /// How many periods of each KPI the document looks at.
    pub periods: usize,
}

/// Renders a document from the records and writes it; refuses records with errors, unless a draft is wanted.
/// `render` gets the workspace as well.
///
/// # Errors
/// A workspace that cannot be read, what `render` says, output that cannot be written.
pub fn write(
    global: &Global,
    world: &mut World<'_>,
    request: &Request<'_>,
    render: impl FnOnce(&Basis<'_>, &Loaded) -> Result<String, CliError>,
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
    if errors > 0 && !request.draft {
        let plural = if errors == 1 { "" } else { "s" };
        let message = format!(
            "ismsctl: {errors} error{plural} in the records; see `ismsctl check`, or render a draft: `{} --draft`\n",
            request.command
        );
        world.err.write_all(message.as_bytes())?;
        return Ok(Status::Fault);
    }
    let timeline = Timeline::of(snapshot);
    let view = timeline.at(loaded.as_of);
    let series = kpi::evaluate(&timeline, loaded.as_of, &obligations);
    let survey = survey(&view);
    let incomplete = Incomplete::of(snapshot, errors).with_unclear(&survey.unclear);
    let kpis = KpiReport::new(
        &timeline,
        loaded.as_of,
        series.clone(),
        request.periods,
        incomplete,
    );
    let basis = Basis {
        view: &view,
        survey: &survey,
        series: &series,
        kpis: &kpis.rows,
        revision: loaded.standing(),
        version: env!("CARGO_PKG_VERSION"),
        left_out: kpis.incomplete.left_out.clone(),
        unclear: kpis.incomplete.unclear.clone(),
        draft: errors > 0 || request.draft,
    };
    let text = render(&basis, &loaded)?;
    world.out.write_all(text.as_bytes())?;
    Ok(if errors > 0 || !survey.unclear.is_empty() {
        Status::Fault
    } else {
        Status::Fine
    })
}
