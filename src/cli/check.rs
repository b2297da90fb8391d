//! `ismsctl check [PATHS…]`

use super::arguments::{Check, Format, Global};
use super::selection::Selection;
use super::workspace::{Loaded, open, start};
use super::{CliError, Status, World, base};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::check::CheckReport;
use crate::rules::{self, Scope};
use crate::workspace::git::CommitId;

pub fn run(global: &Global, arguments: &Check, world: &mut World<'_>) -> Result<Status, CliError> {
    let start = start(global, world);
    let scope = if arguments.timely {
        Scope::Timely
    } else {
        Scope::Valid
    };
    let (loaded, mut diagnostics) = match &arguments.base {
        Some(base) => base::check(global, base, scope, world)?,
        None => {
            let loaded = open(global, world)?;
            let loaded = match arguments.timely {
                false => loaded,
                true => loaded.looking_back(),
            };
            let diagnostics = rules::check(&loaded.snapshot, loaded.as_of, scope);
            (loaded, diagnostics)
        }
    };
    let selection = Selection::of(&loaded, &start, &arguments.paths)?;
    let unable = cannot_work(&loaded, &diagnostics);
    selection.keep(&mut diagnostics);
    for diagnostic in &mut diagnostics {
        let of_records = || loaded.commit.map(CommitId::short);
        diagnostic.revision = diagnostic.revision.take().or_else(of_records);
    }
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
