//! `ismsctl check [PATHS…]`

use super::arguments::{Check, Format, Global};
use super::workspace::{Loaded, open, start};
use super::{CliError, Status, World};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::check::CheckReport;
use crate::rules::{self, Scope};
use std::path::{Path, PathBuf};

pub fn run(global: &Global, arguments: &Check, world: &mut World<'_>) -> Result<Status, CliError> {
    let selected = selected_paths(&start(global, world), &arguments.paths)?;
    let loaded = open(global, world)?;
    let scope = if arguments.timely {
        Scope::Timely
    } else {
        Scope::Valid
    };
    let mut diagnostics = rules::check(&loaded.snapshot, loaded.as_of, scope);
    let unable = cannot_work(&loaded, &diagnostics);
    keep_selected(&loaded, &selected, &mut diagnostics)?;
    let report = CheckReport::new(&loaded.snapshot, loaded.as_of, diagnostics);
    let text = match arguments.format {
        Format::Human => terminal::check::render(&report, Paint::new(world.color), world.width),
        Format::Json => json::check::render(&report),
    };
    world.out.write_all(text.as_bytes())?;
    Ok(match (unable, report.errors()) {
        (true, _) => Status::Unable,
        (false, 0) => Status::Fine,
        (false, _) => Status::Fault,
    })
}

/// Whether something kept the tool from doing its work: a configuration it cannot use, files it cannot read.
pub fn cannot_work(loaded: &Loaded, diagnostics: &[Diagnostic]) -> bool {
    let config = |diagnostic: &Diagnostic| std::ptr::eq(diagnostic.rule, &catalogue::CONFIG);
    loaded.snapshot.has_unreadable_files() || diagnostics.iter().any(config)
}

fn selected_paths(start: &Path, paths: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    paths
        .iter()
        .map(|path| {
            let full = start.join(path);
            let real = full.canonicalize().map_err(|error| {
                CliError::Usage(format!("cannot read `{}`: {error}", path.display()))
            })?;
            // A link is a record file by its own name, wherever it leads.
            let of_link = match (full.parent(), full.file_name()) {
                (Some(parent), Some(name)) if full.is_symlink() => {
                    Some(parent.canonicalize()?.join(name))
                }
                _ => None,
            };
            Ok(of_link.unwrap_or(real))
        })
        .collect()
}

/// Leaves the diagnostics about the selected files and folders, and those about isms.toml that stop the tool.
fn keep_selected(
    loaded: &Loaded,
    selected: &[PathBuf],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), CliError> {
    if selected.is_empty() {
        return Ok(());
    }
    let root = loaded.root.canonicalize()?;
    let mut wanted = Vec::new();
    for path in selected {
        match path.strip_prefix(&root) {
            Ok(relative) => wanted.push(relative.to_owned()),
            Err(_) => {
                let message = format!("`{}` is not in the workspace", path.display());
                return Err(CliError::Usage(message));
            }
        }
    }
    diagnostics.retain(|diagnostic| {
        let path = Path::new(diagnostic.location.path());
        std::ptr::eq(diagnostic.rule, &catalogue::CONFIG)
            || wanted.iter().any(|wanted| path.starts_with(wanted))
    });
    Ok(())
}
