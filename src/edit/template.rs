//! The workspace that `init` writes: `examples/starter`, moved to the day of its beginning.

use super::NewFile;
use crate::records::Kind;
use chrono::NaiveDate;

macro_rules! starter {
    ($($path:literal,)*) => {
        const STARTER: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../examples/starter/", $path)))),*];
    };
}

starter! {
    "README.md",
    "actions/ACT-001.yaml",
    "activities/routine.yaml",
    "context/customers.yaml",
    "controls/access.yaml",
    "incidents/README.md",
    "isms.toml",
    "kpis/access-reviews.yaml",
    "kpis/backups.yaml",
    "kpis/incident-time.yaml",
    "kpis/open-actions.yaml",
    "kpis/training.yaml",
    "objectives/keep-running.yaml",
    "policies/information-security.yaml",
    "results/README.md",
    "reviews/first.yaml",
    "risks/RISK-001.yaml",
}

/// The day on which the starter workspace begins as it stands in `examples/`.
const BEGINNING: (i32, u32, u32) = (2026, 1, 1);
/// Folder of the schemas that editors read.
const SCHEMAS: &str = "schemas/ismsctl";

/// The files of a new workspace that begins on a day.
pub fn starter(today: NaiveDate) -> Vec<NewFile> {
    let (year, month, day) = BEGINNING;
    let shift = NaiveDate::from_ymd_opt(year, month, day)
        .map(|beginning| today - beginning)
        .unwrap_or_default();
    let records = STARTER.iter().map(|(path, text)| NewFile {
        path: (*path).to_owned(),
        text: move_dates(text, shift),
        optional: *path == "README.md",
    });
    let schemas = Kind::ALL.iter().map(|kind| NewFile {
        path: format!("{SCHEMAS}/{}.schema.json", kind.name()),
        text: kind.row().schema.to_owned(),
        optional: false,
    });
    let settings = NewFile {
        path: ".vscode/settings.json".to_owned(),
        text: editor_settings(),
        optional: true,
    };
    records.chain(schemas).chain([settings]).collect()
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
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_file_of_the_starter_is_written() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/starter");
        let files = walkdir::WalkDir::new(&root)
            .into_iter()
            .map(|entry| entry.unwrap());
        let on_disk: BTreeSet<String> = files
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                entry
                    .path()
                    .strip_prefix(&root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/")
            })
            .collect();
        let embedded: BTreeSet<String> =
            STARTER.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(on_disk, embedded);
    }

    #[test]
    fn dates_move_with_the_beginning() {
        let shift = chrono::TimeDelta::days(31);
        assert_eq!(
            move_dates("due: 2026-01-05 # 2026-01", shift),
            "due: 2026-02-05 # 2026-01"
        );
    }
}
