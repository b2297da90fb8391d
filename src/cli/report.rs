//! `ismsctl report NAME`

use super::arguments::{DocumentFormat, Global, Report as Arguments};
use super::documents::{self, Request};
use super::pages;
use super::template;
use super::{CliError, Status, World};
use crate::diagnostics::did_you_mean;
use crate::render::json;
use crate::render::template::{Form, Spelling};
use crate::report::scheduled::{Name, Report};

pub fn run(
    global: &Global,
    arguments: &Arguments,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let name = known(&arguments.name)?;
    let request = Request {
        command: &format!("report {}", name.as_str()),
        draft: arguments.draft,
        periods: usize::MAX,
        version: documents::VERSION,
    };
    let mut notes = Vec::new();
    let status = documents::write(global, world, &request, |basis, loaded| {
        notes = template::unused(loaded);
        let report = Report::new(name, basis, arguments.period.as_deref())?;
        let spelling = match arguments.format {
            DocumentFormat::Json => return Ok(json::report::render(&report)),
            DocumentFormat::Human | DocumentFormat::Markdown => Spelling::Markdown,
            DocumentFormat::Html => Spelling::Html,
        };
        let stems = [name.as_str(), Form::Report.stem()];
        let data = || json::report::data(&report);
        pages::spell(
            loaded,
            &stems,
            Form::Report,
            spelling,
            &report.document(),
            data,
        )
    })?;
    for note in notes {
        writeln!(world.err, "ismsctl: {note}")?;
    }
    Ok(status)
}

fn known(name: &str) -> Result<Name, CliError> {
    let all = Name::ALL.map(Name::as_str);
    let found = Name::ALL.into_iter().find(|one| one.as_str() == name);
    found.ok_or_else(|| {
        let help = did_you_mean(name, all)
            .unwrap_or_else(|| format!("the reports are {}", all.join(", ")));
        CliError::Usage(format!("there is no report `{name}`; {help}"))
    })
}
