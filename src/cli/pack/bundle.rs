//! What the folder of a pack holds.

use super::super::workspace::Loaded;
use super::super::{CliError, pages};
use crate::edit::folder::{Contents, MANIFEST};
use crate::render::template::{Form, Spelling};
use crate::render::{json, svg};
use crate::report::document::Document;
use crate::report::pack::Pack;
use crate::text::{Checksum, Checksums};
use rayon::prelude::*;

/// The pack for programs, by which a folder is known to hold one.
pub const JSON: &str = "pack.json";
/// The list of the files that the records were read from.
pub const INPUTS: &str = "INPUTS";

/// The folder of its charts.
const CHARTS: &str = "charts";

/// All files of a pack, with the list of them.
///
/// # Errors
/// A template that cannot be read or rendered.
pub fn contents(
    loaded: &Loaded,
    pack: &Pack<'_>,
    document: &Document,
) -> Result<Contents, CliError> {
    let templates = pages::templates(loaded, Form::Pack)?;
    let page = |spelling| {
        let data = || json::pack::data(pack, document, &templates);
        let stems = [Form::Pack.stem()];
        let drawn = (document, Some(CHARTS));
        pages::spell_with_charts(loaded, &stems, Form::Pack, spelling, drawn, data)
    };
    let charts = || {
        let charts = document.charts().into_iter();
        let files = charts.map(|chart| {
            let path = format!("{CHARTS}/{}.svg", chart.name);
            (path, svg::standalone(chart).into_bytes())
        });
        files.collect::<Contents>()
    };
    let ((html, mut files), (markdown, json)) = rayon::join(
        || rayon::join(|| page(Spelling::Html), charts),
        || {
            rayon::join(
                || page(Spelling::Markdown),
                || json::pack::render(pack, document, &templates),
            )
        },
    );
    let inputs = pack.basis().inputs.to_owned();
    for (path, text) in [
        ("pack.md", markdown?),
        ("pack.html", html?),
        (JSON, json),
        (INPUTS, inputs),
    ] {
        files.insert(path.to_owned(), text.into_bytes());
    }
    let sums = files.par_iter();
    let sums = sums.map(|(path, bytes)| (path.clone(), Checksum::of(bytes)));
    let list = Checksums(sums.collect()).spell();
    files.insert(MANIFEST.to_owned(), list.into_bytes());
    Ok(files)
}
