//! What the folder of a pack holds.

use super::super::workspace::Loaded;
use super::super::{CliError, pages};
use crate::edit::folder::{Contents, listed};
use crate::render::template::{Form, Spelling};
use crate::render::{json, svg};
use crate::report::document::Document;
use crate::report::pack::Pack;
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

/// The pack for programs, by which a folder is known to hold one.
pub const JSON: &str = "pack.json";
/// The list of the files that the records were read from.
pub const INPUTS: &str = "INPUTS";

/// The folder of its charts.
const CHARTS: &str = "charts";

/// Takes a file of a pack, by path; asked from several threads.
pub type Keep<'k> = dyn Fn(&str, Cow<'_, [u8]>) -> Result<(), CliError> + Sync + 'k;

/// Makes all files of a pack but the list of them, and hands over each as soon as it is made.
///
/// # Errors
/// A template that cannot be read or rendered, and what `keep` says.
pub fn make(
    loaded: &Loaded,
    pack: &Pack<'_>,
    document: &Document,
    keep: &Keep<'_>,
) -> Result<(), CliError> {
    let templates = pages::templates(loaded, Form::Pack)?;
    let page = |path, spelling| {
        let data = || json::pack::data(pack, document, &templates);
        let stems = [Form::Pack.stem()];
        let drawn = (document, Some(CHARTS));
        let page = pages::spell_with_charts(loaded, &stems, Form::Pack, spelling, drawn, data)?;
        keep(path, page.into_bytes().into())
    };
    let others = || {
        keep(INPUTS, pack.basis().inputs.as_bytes().into())?;
        document.charts().into_iter().try_for_each(|chart| {
            let path = format!("{CHARTS}/{}.svg", chart.name);
            keep(&path, svg::standalone(chart).into_bytes().into())
        })
    };
    let json = || {
        let json = json::pack::render(pack, document, &templates);
        keep(JSON, json.into_bytes().into())
    };
    let ((html, others), (markdown, json)) = rayon::join(
        || rayon::join(|| page("pack.html", Spelling::Html), others),
        || rayon::join(|| page("pack.md", Spelling::Markdown), json),
    );
    markdown.and(html).and(json).and(others)
}

/// All files of a pack, with the list of them.
///
/// # Errors
/// As [`make`].
pub fn contents(
    loaded: &Loaded,
    pack: &Pack<'_>,
    document: &Document,
) -> Result<Contents, CliError> {
    let files = Mutex::new(Contents::new());
    make(loaded, pack, document, &|path, bytes| {
        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), bytes.into_owned());
        Ok(())
    })?;
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(listed(files))
}
