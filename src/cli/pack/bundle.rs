//! What the folder of a pack holds.

use super::super::workspace::Loaded;
use super::super::{CliError, pages};
use crate::edit::folder::{Contents, MANIFEST};
use crate::render::template::{Form, Spelling};
use crate::render::{json, svg};
use crate::report::document::Document;
use crate::report::pack::Pack;
use crate::text::{Checksum, Checksums};

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
    let (html, (markdown, json)) = rayon::join(
        || page(Spelling::Html),
        || {
            (
                page(Spelling::Markdown),
                json::pack::render(pack, document, &templates),
            )
        },
    );
    let mut files = Contents::new();
    let mut add = |path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
    add("pack.md", markdown?);
    add("pack.html", html?);
    add(JSON, json);
    for chart in document.charts() {
        let path = format!("{CHARTS}/{}.svg", chart.name);
        add(&path, svg::standalone(chart));
    }
    add(INPUTS, pack.basis().inputs.spell());
    let sums = files.iter();
    let sums = sums.map(|(path, bytes)| (path.clone(), Checksum::of(bytes)));
    let list = Checksums(sums.collect()).spell();
    files.insert(MANIFEST.to_owned(), list.into_bytes());
    Ok(files)
}
