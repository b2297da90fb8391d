//! From a workspace to a document: what packs and reports have in common before anything is rendered.

use super::arguments::Global;
use super::assessment::{checked, duties_and_figures, errors};
use super::check::cannot_work;
use super::workspace::{Loaded, open_for_document};
use super::{CliError, Status, World};
use crate::assess::Timeline;
use crate::report::Incomplete;
use crate::report::basis::Basis;
use crate::report::kpi::KpiReport;
use crate::text::Checksum;
use std::mem::ManuallyDrop;

/// What is asked for, whatever the document.
pub struct Request<'r> {
    /// The command as people type it, to tell how a draft is asked for.
    pub command: &'r str,
    /// Render records with errors as well.
    pub draft: bool,
    /// How many periods of each KPI the document looks at.
    pub periods: usize,
    /// Version of the tool that the document names.
    pub version: &'r str,
}

/// Version of this tool.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What became of a document.
pub enum Made<T> {
    /// It was made.
    Whole(T),
    /// It was made, but the records are at fault.
    Faulty(T),
    /// It was not: the records have so many errors, and no draft is wanted.
    Refused(usize),
}

/// Makes a document from the records; refuses records with errors, unless a draft is wanted. `make` gets the workspace
/// as well.
///
/// # Errors
/// A workspace that cannot be read, and what `make` says.
pub fn make<T>(
    loaded: &Loaded,
    request: &Request<'_>,
    make: impl FnOnce(&Basis<'_>, &Loaded) -> Result<T, CliError>,
) -> Result<Made<T>, CliError> {
    let snapshot = &loaded.snapshot;
    // The process ends after what is made of all this: giving it back would only take time.
    let timeline = ManuallyDrop::new(Timeline::of(snapshot));
    let view = ManuallyDrop::new(timeline.at(loaded.as_of));
    // Most records have no errors, so that hardly anything is done in vain.
    let (diagnostics, computed) = checked(&view, || {
        let inputs = || {
            let inputs = snapshot.spelled_inputs();
            (Checksum::of(inputs.as_bytes()), inputs)
        };
        rayon::join(|| duties_and_figures(&view), inputs)
    });
    let computed = ManuallyDrop::new(computed);
    let ((survey, series), (digest, inputs)) = &*computed;
    if cannot_work(loaded, &diagnostics) {
        let message = "the workspace cannot be read as it stands; see `ismsctl check`";
        return Err(CliError::Usage(message.to_owned()));
    }
    let errors = errors(&diagnostics);
    if errors > 0 && !request.draft {
        return Ok(Made::Refused(errors));
    }
    let incomplete = Incomplete::of(snapshot, errors).with_unclear(&survey.unclear);
    let kpis = KpiReport::new(
        &timeline,
        loaded.as_of,
        series.clone(),
        request.periods,
        incomplete,
    );
    let kpis = ManuallyDrop::new(kpis);
    let basis = Basis {
        view: &view,
        survey,
        series,
        kpis: &kpis.rows,
        revision: loaded.revision(),
        digest: digest.to_string(),
        inputs,
        version: request.version,
        left_out: kpis.incomplete.left_out.clone(),
        unclear: kpis.incomplete.unclear.clone(),
        draft: errors > 0 || request.draft,
    };
    let made = make(&basis, loaded)?;
    Ok(if errors > 0 || !survey.unclear.is_empty() {
        Made::Faulty(made)
    } else {
        Made::Whole(made)
    })
}

/// Hands over what was made; tells why there is none.
///
/// # Errors
/// What `deliver` says, output that cannot be written.
pub fn deliver<T>(
    made: Made<T>,
    world: &mut World<'_>,
    request: &Request<'_>,
    deliver: impl FnOnce(T, &mut World<'_>) -> Result<(), CliError>,
) -> Result<Status, CliError> {
    let (made, status) = match made {
        Made::Whole(made) => (made, Status::Fine),
        Made::Faulty(made) => (made, Status::Fault),
        Made::Refused(errors) => {
            let plural = if errors == 1 { "" } else { "s" };
            let message = format!(
                "ismsctl: {errors} error{plural} in the records; see `ismsctl check`, or render a draft: `{} --draft`\n",
                request.command
            );
            world.err.write_all(message.as_bytes())?;
            return Ok(Status::Fault);
        }
    };
    deliver(made, world)?;
    Ok(status)
}

/// Renders a document from the records and writes it; refuses records with errors, unless a draft is wanted.
///
/// # Errors
/// A workspace that cannot be read, what `render` says, output that cannot be written.
pub fn write(
    global: &Global,
    world: &mut World<'_>,
    request: &Request<'_>,
    render: impl FnOnce(&Basis<'_>, &Loaded) -> Result<String, CliError>,
) -> Result<Status, CliError> {
    let loaded = open_for_document(global, world)?;
    let made = make(&loaded, request, render)?;
    deliver(made, world, request, |text, world| {
        Ok(world.out.write_all(text.as_bytes())?)
    })
}
