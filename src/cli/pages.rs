//! From a document to a page: which template renders it.

use super::CliError;
use super::workspace::Loaded;
use crate::render::json;
use crate::render::template::{self, Form, Own, Page, Spelling};
use crate::report::document::Document;
use crate::report::pack::Pack;
use crate::text::{Checksum, Checksums};

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
    let config = loaded.snapshot.config();
    let mut page = Page {
        organisation: &config.isms.name,
        as_of: loaded.as_of,
        document,
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

/// A pack as a page; its template sees the keys of its JSON.
///
/// # Errors
/// A template that cannot be read or rendered.
pub fn pack(
    loaded: &Loaded,
    pack: &Pack<'_>,
    document: &Document,
    spelling: Spelling,
) -> Result<String, CliError> {
    let templates = templates(loaded, Form::Pack)?;
    let data = || {
        let value = json::pack::value(pack, document, &templates);
        serde_json::to_value(value).unwrap_or_default()
    };
    let stems = [Form::Pack.stem()];
    spell(loaded, &stems, Form::Pack, spelling, document, data)
}

/// The workspace's own templates of a form, with their checksums.
///
/// # Errors
/// A template that cannot be read.
pub fn templates(loaded: &Loaded, form: Form) -> Result<Checksums, CliError> {
    let mut found = Checksums::default();
    for spelling in Spelling::ALL {
        if let Some(own) = loaded.template(&spelling.template(form.stem()))? {
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
