//! The house stays in order: folders of src/ import only what stands before them, and files stay small and say what
//! they are for.

use std::path::{Path, PathBuf};

/// The layers, lowest first.
const LAYERS: &[&str] = &[
    "text",
    "diagnostics",
    "records",
    "workspace",
    "assess",
    "rules",
    "report",
    "edit",
    "render",
    "cli",
];

/// Layers beside each other, which do not know one another.
const BESIDE: &[&str] = &["rules", "report", "edit"];

/// What render may know: what is shown, diagnostics with their places, and values of records for spelling.
const RENDER_KNOWS: &[&str] = &["text", "diagnostics", "records", "report", "render"];

/// Most lines of code in a file.
const MOST_LINES: usize = 400;

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let relative = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        (relative, std::fs::read_to_string(path).unwrap())
    };
    files.into_iter().map(read).collect()
}

/// The layer a file belongs to; none for main.rs and lib.rs.
fn layer(path: &str) -> Option<&str> {
    let first = path.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    LAYERS.contains(&name).then_some(name)
}

/// A file without comments and without the tests at its end.
fn code(path: &str, text: &str) -> Vec<String> {
    if is_test_file(path) {
        return Vec::new();
    }
    let body = text.lines().take_while(|line| *line != "#[cfg(test)]");
    let code = body.filter(|line| !line.trim_start().starts_with("//") && !line.trim().is_empty());
    code.map(str::to_owned).collect()
}

fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// The layers that code names as `crate::x`, or as `crate::{x, y}`.
fn named(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            // Names at the first level of the braces.
            let mut depth = 0usize;
            let mut start = true;
            for (place, letter) in group.char_indices() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    letter if start && letter.is_alphabetic() => {
                        found.push(word(&group[place..]));
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            found.push(word(rest));
        }
    }
    found
}

fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Whether code of one layer may name another.
fn may_name(from: &str, to: &str) -> bool {
    let place = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    let beside = BESIDE.contains(&from) && BESIDE.contains(&to) && from != to;
    if from == "render" && !RENDER_KNOWS.contains(&to) {
        return false;
    }
    place(to) <= place(from) && !beside
}

#[test]
fn folders_import_only_what_stands_before_them() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(from) = layer(&path) else { continue };
        // Tests may look up at what they make; code may not.
        for to in named(&code(&path, &text).join("\n")) {
            if LAYERS.contains(&to) && !may_name(from, to) {
                wrong.push(format!("src/{path} names crate::{to}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_and_file_at_the_top_is_a_layer() {
    let known = ["main.rs", "lib.rs"];
    for (path, _) in sources() {
        assert!(
            known.contains(&path.as_str()) || layer(&path).is_some(),
            "src/{path} is in no layer"
        );
    }
}

#[test]
fn files_say_what_they_are_for_and_stay_small() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if !is_test_file(&path) && !text.starts_with("//! ") {
            wrong.push(format!("src/{path} does not begin with `//!`"));
        }
        let lines = code(&path, &text).len();
        if lines > MOST_LINES {
            wrong.push(format!("src/{path} has {lines} lines of code"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn arrows_are_read_from_all_ways_to_write_them() {
    let code = "use crate::{records::{Kind, Day}, text::Span};\nlet x = crate::workspace::load();\nuse crate::cli;";
    assert_eq!(named(code), ["records", "text", "workspace", "cli"]);
    assert!(may_name("rules", "assess"));
    assert!(!may_name("assess", "rules"));
    assert!(!may_name("report", "rules"));
    assert!(!may_name("render", "workspace"));
    assert!(may_name("cli", "render"));
}
