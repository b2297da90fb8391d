//! `ismsctl template list|print`

use super::arguments::{Global, Template, TemplateAction};
use super::workspace::{Loaded, open};
use super::{CliError, Status, World};
use crate::diagnostics::did_you_mean;
use crate::render::template::{BUILT_IN, BuiltIn, Form, Spelling};
use crate::report::scheduled::Name;
use std::fmt::Write;

/// The folder of a workspace's own templates.
const FOLDER: &str = "templates";

pub fn run(
    global: &Global,
    arguments: &Template,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let (text, notes) = match &arguments.action {
        TemplateAction::List => list(global, world)?,
        TemplateAction::Print { name } => (known(name)?.text.to_owned(), Vec::new()),
    };
    world.out.write_all(text.as_bytes())?;
    for note in notes {
        writeln!(world.err, "ismsctl: {note}")?;
    }
    Ok(Status::Fine)
}

/// Files in `templates/` on disk that look like templates and that nothing uses, each with what it may be meant for.
pub fn unused(loaded: &Loaded) -> Vec<String> {
    let folder = loaded.root.join(FOLDER);
    let entries = match loaded.commit {
        None => std::fs::read_dir(folder).ok(),
        Some(_) => None,
    };
    let entries = entries.into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let known = replaceable();
    let is_known = |name: &String| known.iter().any(|(known, _)| known == name);
    let mut unused: Vec<String> = names
        .filter(|name| name.ends_with(".j2") && !is_known(name))
        .collect();
    unused.sort();
    let note = |name: String| {
        let help = did_you_mean(&name, known.iter().map(|(known, _)| known.as_str()))
            .unwrap_or_else(|| {
                "they are named as `ismsctl template list` says, or after a report".to_owned()
            });
        format!("{FOLDER}/{name} is no template that anything uses; {help}")
    };
    unused.into_iter().map(note).collect()
}

/// The built-in templates, and what the workspace has in their place, and notes on it. Outside a workspace there is nothing in
/// their place.
fn list(global: &Global, world: &World<'_>) -> Result<(String, Vec<String>), CliError> {
    let loaded = match open(global, world) {
        Ok(loaded) => Some(loaded),
        // What was asked for by name must be there.
        Err(error) if global.rev.is_some() || global.directory.is_some() => return Err(error),
        Err(_) => None,
    };
    let width = BUILT_IN.iter().map(|it| it.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for built_in in BUILT_IN {
        let _ = writeln!(text, "{:width$}  {}", built_in.name, built_in.renders);
    }
    let Some(loaded) = loaded else {
        return Ok((text, Vec::new()));
    };
    for (name, instead_of) in replaceable() {
        if let Some(own) = own(&loaded, &name)? {
            let _ = writeln!(text, "{own} stands in for {instead_of}");
        }
    }
    Ok((text, unused(&loaded)))
}

fn own(loaded: &Loaded, name: &str) -> Result<Option<String>, CliError> {
    Ok(loaded.template(name)?.map(|own| own.path))
}

/// Every name that a template of a workspace may have, and the built-in one whose place it takes.
fn replaceable() -> Vec<(String, &'static str)> {
    let mut names: Vec<(String, &'static str)> = BUILT_IN
        .iter()
        .map(|built_in| (built_in.name.to_owned(), built_in.name))
        .collect();
    for name in Name::ALL {
        for spelling in Spelling::ALL {
            let instead_of = Form::Report.built_in(spelling).name;
            names.push((spelling.template(name.as_str()), instead_of));
        }
    }
    names
}

/// The built-in template of a name, or the one that renders the report it is named after.
fn known(name: &str) -> Result<&'static BuiltIn, CliError> {
    let names = replaceable();
    let found = names.iter().find(|(known, _)| known == name);
    let built_in =
        found.and_then(|(_, instead_of)| BUILT_IN.iter().find(|it| it.name == *instead_of));
    built_in.ok_or_else(|| {
        let help = did_you_mean(name, names.iter().map(|(known, _)| known.as_str()))
            .unwrap_or_else(|| "`ismsctl template list` lists them".to_owned());
        CliError::Usage(format!("there is no template `{name}`; {help}"))
    })
}
