//! `ismsctl pack`

mod bundle;
mod comparison;
mod recorded;
mod verify;

use super::arguments::{Global, Pack as Arguments, PackFormat};
use super::documents::{self, Request};
use super::pages;
use super::restated::restatement;
use super::revisions::Revisions;
use super::since::{EarlierState, Spec};
use super::template;
use super::workspace::{Loaded, open_for_document, start};
use super::{CliError, Status, World};
use crate::edit::folder::Writing;
use crate::render::json;
use crate::render::template::{Form, Spelling};
use crate::report::basis::Basis;
use crate::report::document::Document;
use crate::report::pack::{Choice, Pack, Subject};
use crate::workspace::git::CommitId;
use std::mem::ManuallyDrop;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

/// How many periods of each KPI the dashboard shows.
const PERIODS: usize = 12;

/// What a pack is asked to be about, beside its records and its day.
struct Order<'o> {
    choice: Choice,
    since: Option<Spec<'o>>,
}

/// What of `pack` does not depend on the workspace.
fn request(draft: bool, version: &str) -> Request<'_> {
    Request {
        command: "pack",
        draft,
        periods: PERIODS,
        version,
    }
}

pub fn run(
    global: &Global,
    arguments: &Arguments,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    if let Some(folder) = &arguments.verify {
        return verify::run(global, arguments, folder, world);
    }
    let order = Order {
        choice: Choice {
            review: arguments.review.clone(),
            r#type: arguments.r#type.clone(),
        },
        since: arguments.since.as_deref().map(|text| Spec {
            text,
            revision: None,
        }),
    };
    let request = request(arguments.draft, documents::VERSION);
    if let Some(folder) = &arguments.output {
        let target = start(global, world).join(folder);
        return write(global, &order, &request, (folder, &target), world);
    }
    let mut notes = Vec::new();
    let status = documents::write(global, world, &request, |basis, loaded| {
        notes = remarks(basis, loaded, &order.choice)?;
        compose(basis, loaded, &order, |pack, document| {
            page(pack, document, arguments.format, loaded)
        })
    })?;
    for note in notes {
        writeln!(world.err, "ismsctl: {note}")?;
    }
    Ok(status)
}

/// What is remarkable of any pack that is made.
fn remarks(basis: &Basis<'_>, loaded: &Loaded, choice: &Choice) -> Result<Vec<String>, CliError> {
    let mut notes = template::unused(loaded);
    notes.extend(before_period(basis, choice)?);
    Ok(notes)
}

/// That the day lies before the period of the review that was named, of which there is nothing to tell then. That is
/// refused, unless the review itself is to be held before its period.
fn before_period(basis: &Basis<'_>, choice: &Choice) -> Result<Option<String>, CliError> {
    let (subject, day) = (Subject::find(basis.view, choice)?, basis.as_of());
    if choice.review.is_none() || day >= subject.from {
        return Ok(None);
    }
    let note = format!(
        "{day} lies before the period of {} ({} to {}), so there is nothing of it to tell; `--as-of DAY` names a later day",
        subject.id.unwrap_or(&subject.title),
        subject.from,
        subject.to
    );
    let is_held_before = subject
        .planned
        .is_some_and(|planned| planned < subject.from);
    match is_held_before {
        true => Ok(Some(note)),
        false => Err(CliError::Usage(note)),
    }
}

/// Makes the pack that was ordered, and what is told of it. The process ends after it: it is not given back.
fn compose<T>(
    basis: &Basis<'_>,
    loaded: &Loaded,
    order: &Order<'_>,
    tell: impl FnOnce(&Pack<'_>, &Document) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let subject = Subject::find(basis.view, &order.choice)?;
    let restated = restatement(basis, &subject, loaded);
    let Some(spec) = order.since else {
        let pack = ManuallyDrop::new(Pack::new(basis, subject).restated(&restated));
        return tell(&pack, &ManuallyDrop::new(pack.document()));
    };
    let earlier = EarlierState::read(spec, basis, &subject, loaded)?;
    earlier.compare(basis, |since| {
        let pack = Pack::new(basis, subject).restated(&restated).since(since);
        let pack = ManuallyDrop::new(pack);
        tell(&pack, &ManuallyDrop::new(pack.document()))
    })
}

fn page(
    pack: &Pack<'_>,
    document: &Document,
    format: PackFormat,
    loaded: &Loaded,
) -> Result<String, CliError> {
    let templates = pages::templates(loaded, Form::Pack)?;
    let spelling = match format {
        PackFormat::Markdown => Spelling::Markdown,
        PackFormat::Html => Spelling::Html,
        PackFormat::Json => return Ok(json::pack::render(pack, document, &templates)),
    };
    let data = || json::pack::data(pack, document, &templates);
    pages::spell(
        loaded,
        &[Form::Pack.stem()],
        Form::Pack,
        spelling,
        document,
        data,
    )
}

/// Writes the folder of a pack; `folder` is it as it was named, and where it lies.
fn write(
    global: &Global,
    order: &Order<'_>,
    request: &Request<'_>,
    (named, target): (&Path, &Path),
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    // Listing the files of the records keeps one core busy: meanwhile the other looks at what is to be replaced.
    let (loaded, writing) = thread::scope(|scope| {
        let writing = scope.spawn(|| Writing::begin(target, bundle::JSON));
        let loaded = open_for_document(global, world);
        (loaded, writing.join())
    });
    let loaded = loaded?;
    let writing = writing.unwrap_or_else(|panic| resume_unwind(panic))?;
    let made = documents::make(&loaded, request, |basis, loaded| {
        let remarks = remarks(basis, loaded, &order.choice)?;
        compose(basis, loaded, order, |pack, document| {
            bundle::make(loaded, pack, document, &|path, bytes| {
                Ok(writing.add(path, &bytes)?)
            })?;
            let mut notes = notes(basis, loaded)?;
            notes.extend(remarks);
            Ok(notes)
        })
    })?;
    documents::deliver(made, world, request, |notes, world| {
        let files = writing.finish()?;
        for note in notes {
            writeln!(world.err, "ismsctl: {note}")?;
        }
        Ok(tell(named, files, world)?)
    })
}

/// What stands against verifying a pack later.
fn notes(basis: &Basis<'_>, loaded: &Loaded) -> Result<Vec<String>, CliError> {
    let standing = match basis.revision {
        Some(standing) if standing.exact => changed_templates(standing.commit, loaded)?,
        Some(standing) => Some(format!(
            "the records were changed since {}, so that this pack can be verified only while these files stay as they \
             are; commit them, and write it again",
            standing.commit
        )),
        None => Some(
            "the records are not in git, so that this pack can be verified only while these files stay as they are"
                .to_owned(),
        ),
    };
    let blind = loaded.blind.as_ref().map(|error| {
        format!("figures that need earlier days are no data, and others may have them: {error}")
    });
    Ok(standing.into_iter().chain(blind).collect())
}

/// Templates that are not those of the commit, although the records are.
fn changed_templates(commit: CommitId, loaded: &Loaded) -> Result<Option<String>, CliError> {
    if loaded.commit.is_some() {
        return Ok(None);
    }
    let own = pages::templates(loaded, Form::Pack)?;
    let committed = pages::templates_of(&Revisions::open(&loaded.root)?, commit, Form::Pack)?;
    let changed = own.differing(&committed);
    Ok((!changed.is_empty()).then(|| {
        format!(
            "not as committed: {}; the pack names {commit}, whose templates give other pages, so that it cannot be \
             verified; commit them, and write it again",
            changed.join(", ")
        )
    }))
}

fn tell(named: &Path, files: usize, world: &mut World<'_>) -> std::io::Result<()> {
    let named = named.display();
    writeln!(world.out, "{files} files in {named}")?;
    writeln!(
        world.out,
        "`ismsctl pack --verify {named}` tells whether they still are what the records give"
    )
}
