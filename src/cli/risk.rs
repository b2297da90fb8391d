//! `ismsctl risk [list|matrix|show ID]`

use super::arguments::{Format, Global, Risk, RiskMaps, RiskView};
use super::assessment::with_gaps;
use super::workspace::open_sound;
use super::{CliError, Status, World};
use crate::assess::obligations::obligations;
use crate::assess::{Timeline, View};
use crate::diagnostics::did_you_mean;
use crate::records::Kind;
use crate::records::field::FieldType;
use crate::records::risk::Risk as Record;
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::Incomplete;
use crate::report::risk::{HeatKind, Matrix, RiskFilter, RiskReport, RiskSheet};

pub fn run(global: &Global, arguments: &Risk, world: &mut World<'_>) -> Result<Status, CliError> {
    let loaded = open_sound(global, world)?;
    let timeline = Timeline::of(&loaded.snapshot);
    let view = timeline.at(loaded.as_of);
    let (incomplete, ()) = with_gaps(&view, || ());
    let screen = (arguments.format, Paint::new(world.color), world.width);
    let text = match &arguments.view {
        None | Some(RiskView::List) => list(&view, arguments, incomplete.clone(), screen)?,
        Some(RiskView::Matrix(maps)) => {
            let filter = filter(&view, arguments)?;
            matrix(
                &view,
                maps,
                filter,
                arguments.all,
                incomplete.clone(),
                screen,
            )
        }
        Some(RiskView::Show(show)) => {
            if arguments.is_filtered() {
                let message =
                    "`risk show` looks at one risk; filters are for the list and the matrix";
                return Err(CliError::Usage(message.to_owned()));
            }
            sheet(&view, &show.id, incomplete.clone(), screen)?
        }
    };
    world.out.write_all(text.as_bytes())?;
    Ok(loaded.status(&incomplete, false))
}

type Screen = (Format, Paint, usize);

fn list(
    view: &View<'_>,
    arguments: &Risk,
    incomplete: Incomplete,
    (format, paint, width): Screen,
) -> Result<String, CliError> {
    let report = RiskReport::new(view, &filter(view, arguments)?, incomplete);
    let closed = arguments.all || arguments.status.iter().any(|status| status == "closed");
    Ok(match format {
        Format::Human => terminal::risk::list(&report, closed, paint, width),
        Format::Json => json::risk::list(&report),
    })
}

/// Heat maps of open risks, unless closed ones are asked for.
fn matrix(
    view: &View<'_>,
    maps: &RiskMaps,
    mut filter: RiskFilter,
    all: bool,
    incomplete: Incomplete,
    (format, paint, width): Screen,
) -> String {
    filter.open |= !all && !filter.statuses.iter().any(|status| status == "closed");
    let kinds: Vec<HeatKind> = HeatKind::ALL
        .into_iter()
        .filter(|kind| maps.of.is_none_or(|wanted| HeatKind::from(wanted) == *kind))
        .collect();
    let matrix = Matrix::new(view, &filter, &kinds, incomplete);
    match format {
        Format::Human => terminal::risk::matrix(&matrix, paint, width),
        Format::Json => json::risk::matrix(&matrix),
    }
}

fn sheet(
    view: &View<'_>,
    id: &str,
    incomplete: Incomplete,
    (format, paint, width): Screen,
) -> Result<String, CliError> {
    let Some(sheet) = RiskSheet::new(view, id, obligations(view), incomplete) else {
        let help = did_you_mean(id, RiskSheet::ids(view))
            .unwrap_or_else(|| "`ismsctl risk --all` lists them all".to_owned());
        let day = view.day();
        return Err(CliError::Usage(format!(
            "there is no risk `{id}` as of {day}; {help}"
        )));
    };
    Ok(match format {
        Format::Human => terminal::risk::sheet(&sheet, paint, width),
        Format::Json => json::risk::sheet(&sheet),
    })
}

/// The filter that was asked for. A word that fits nothing would read like an empty register.
fn filter(view: &View<'_>, arguments: &Risk) -> Result<RiskFilter, CliError> {
    let method = &view.config().risk;
    let bands: Vec<&str> = method.bands.iter().map(|band| &*band.name).collect();
    let risks = view.snapshot().typed::<Record>(Kind::Risk);
    let mut categories: Vec<&str> = risks.map(|(_, risk)| &*risk.category).collect();
    categories.sort_unstable();
    categories.dedup();
    let statuses: Vec<&str> = match Kind::Risk.shape().field("status").map(|field| &field.ty) {
        Some(FieldType::Text(text)) => text.values.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    known("band", &arguments.band, &bands)?;
    known("category", &arguments.category, &categories)?;
    known("status", &arguments.status, &statuses)?;
    Ok(RiskFilter {
        bands: arguments.band.clone(),
        categories: arguments.category.clone(),
        statuses: arguments.status.clone(),
        open: arguments.open,
        over_appetite: arguments.over_appetite,
    })
}

fn known(what: &str, wanted: &[String], known: &[&str]) -> Result<(), CliError> {
    let Some(unknown) = wanted.iter().find(|word| !known.contains(&word.as_str())) else {
        return Ok(());
    };
    let help = did_you_mean(unknown, known.iter().copied())
        .unwrap_or_else(|| format!("known: {}", known.join(", ")));
    Err(CliError::Usage(format!(
        "no risk has the {what} `{unknown}`; {help}"
    )))
}
