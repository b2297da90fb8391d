//! The workspaces that `init` writes: `examples/starter`, moved to the day of its beginning, or another example without
//! its history.

pub(super) mod comments;
pub(super) mod cut;
mod definitions;
mod embedded;

use super::NewFile;
use crate::records::Kind;
use chrono::NaiveDate;
use embedded::{EXAMPLES, Example};

/// Name of the template that `init` takes by itself.
pub const STARTER: &str = "starter";
/// The day on which the starter workspace begins as it stands in `examples/`.
const BEGINNING: (i32, u32, u32) = (2026, 1, 1);
/// Folder of the schemas that editors read.
const SCHEMAS: &str = "schemas/ismsctl";
const README: &str = include_str!("template/readme.md");

/// The names of all templates.
pub fn names() -> impl Iterator<Item = &'static str> {
    EXAMPLES.iter().map(|example| example.name)
}

/// The files of a new workspace that begins on a day; None for a template that does not exist.
pub fn files(name: &str, today: NaiveDate) -> Option<Vec<NewFile>> {
    let example = EXAMPLES.iter().find(|example| example.name == name)?;
    let mut files = match name {
        STARTER => moved(example, today),
        _ => definitions_of(example, today),
    };
    files.extend(Kind::ALL.iter().map(|kind| NewFile {
        path: format!("{SCHEMAS}/{}.schema.json", kind.name()),
        text: kind.row().schema.to_owned(),
        optional: false,
    }));
    files.push(NewFile {
        path: ".vscode/settings.json".to_owned(),
        text: editor_settings(),
        optional: true,
    });
    Some(files)
}

/// Everything, with every date moved.
fn moved(example: &Example, today: NaiveDate) -> Vec<NewFile> {
    let (year, month, day) = BEGINNING;
    let shift = NaiveDate::from_ymd_opt(year, month, day)
        .map(|beginning| today - beginning)
        .unwrap_or_default();
    let files = example.files.iter().map(|(path, text)| NewFile {
        path: (*path).to_owned(),
        text: move_dates(text, shift),
        optional: *path == "README.md",
    });
    files.collect()
}

/// The definitions as on a first day, and a README of their own. Registers begin without a file.
fn definitions_of(example: &Example, today: NaiveDate) -> Vec<NewFile> {
    let files = example.files.iter().map(|(path, text)| NewFile {
        path: (*path).to_owned(),
        text: definitions::renewed(path, text, today),
        optional: false,
    });
    let readme = NewFile {
        path: "README.md".to_owned(),
        text: README.replace("TEMPLATE", example.name),
        optional: true,
    };
    files.chain([readme]).collect()
}

/// Tells YAML language servers which schema belongs to which folder.
fn editor_settings() -> String {
    let lines: Vec<String> = Kind::ALL
        .iter()
        .map(|kind| {
            let (name, folder) = (kind.name(), kind.plural());
            format!("    \"./{SCHEMAS}/{name}.schema.json\": [\"{folder}/**/*.yaml\", \"{folder}/**/*.yml\"]")
        })
        .collect();
    format!(
        "{{\n  \"yaml.schemas\": {{\n{}\n  }}\n}}\n",
        lines.join(",\n")
    )
}

/// Moves every date (`2026-01-05`) of a text; periods and other numbers stay.
fn move_dates(text: &str, shift: chrono::TimeDelta) -> String {
    const LENGTH: usize = 10;
    let mut moved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let date = rest
            .get(..LENGTH)
            .and_then(|word| crate::records::date::parse_date(word).ok());
        match date.and_then(|date| date.checked_add_signed(shift)) {
            Some(date) => {
                moved.push_str(&date.format("%Y-%m-%d").to_string());
                rest = &rest[LENGTH..];
            }
            None => {
                moved.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
    }
    moved
}

#[cfg(test)]
mod tests;
