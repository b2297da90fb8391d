//! From a document to a page: which template renders it.

use super::CliError;
use super::revisions::Revisions;
use super::workspace::Loaded;
use crate::render::template::{self, Form, Own, Page, Spelling};
use crate::report::document::Document;
use crate::text::{Checksum, Checksums};
use crate::workspace::git::CommitId;
use crate::workspace::{self, Template};

/// A document as a page: through the first of the workspace's templates that is there, `templates/STEM.md.j2` or
/// `templates/STEM.html.j2`, else through the built-in one. `data` is what `--format json` prints,
/// asked for only where a template may want it.
///
/// # Errors
/// A template that cannot be read or rendered.
pub fn spell(
    loaded: &Loaded,
    stems: &[&str],
    form: Form,
    spelling: Spelling,
    document: &Document,
    data: impl FnOnce() -> serde_json::Value,
) -> Result<String, CliError> {
    spell_with_charts(loaded, stems, form, spelling, (document, None), data)
}

/// As [`spell`], with the folder in which Markdown finds the charts.
///
/// # Errors
/// As [`spell`].
pub fn spell_with_charts(
    loaded: &Loaded,
    stems: &[&str],
    form: Form,
    spelling: Spelling,
    (document, charts): (&Document, Option<&str>),
    data: impl FnOnce() -> serde_json::Value,
) -> Result<String, CliError> {
    let config = loaded.snapshot.config();
    let mut page = Page {
        organisation: &config.isms.name,
        as_of: loaded.as_of,
        document,
        charts,
        data: serde_json::Value::Null,
    };
    for stem in stems {
        if let Some(own) = loaded.template(&spelling.template(stem))? {
            page.data = data();
            let own = Own {
                path: &own.path,
                text: &own.text,
            };
            return Ok(template::render(form, Some(own), spelling, &page)?);
        }
    }
    Ok(template::render(form, None, spelling, &page)?)
}

/// The workspace's own templates of a form, with their checksums.
///
/// # Errors
/// A template that cannot be read.
pub fn templates(loaded: &Loaded, form: Form) -> Result<Checksums, CliError> {
    checksums(form, |name| loaded.template(name))
}

/// The same as a commit has them.
///
/// # Errors
/// A template or a commit that cannot be read.
pub fn templates_of(
    revisions: &Revisions,
    commit: CommitId,
    form: Form,
) -> Result<Checksums, CliError> {
    let objects = revisions.objects()?;
    let files = revisions.files(&objects, commit)?;
    checksums(form, |name| Ok(workspace::template(&files, name)?))
}

fn checksums(
    form: Form,
    find: impl Fn(&str) -> Result<Option<Template>, CliError>,
) -> Result<Checksums, CliError> {
    let mut found = Checksums::default();
    for spelling in Spelling::ALL {
        if let Some(own) = find(&spelling.template(form.stem()))? {
            let checksum = Checksum::of_text(&[own.text.as_bytes()]);
            found.0.insert(own.path, checksum);
        }
    }
    Ok(found)
}

/// A document of the tool's own, which no template of a workspace changes, as one HTML page.
///
/// # Errors
/// None that can be mended by a user: the built-in template is at fault.
pub fn html(loaded: &Loaded, document: &Document) -> Result<String, CliError> {
    let none = || serde_json::Value::Null;
    spell(loaded, &[], Form::Report, Spelling::Html, document, none)
}
