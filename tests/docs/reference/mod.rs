//! Reference pages, written from what the code says of itself.

mod commands;
mod config;
mod output;
mod records;
mod rules;
mod shape;
mod templates;

/// Name and text of every reference page.
pub fn all() -> Vec<(&'static str, String)> {
    vec![
        ("commands.md", commands::page()),
        ("isms-toml.md", config::page()),
        ("json-output.md", output::page()),
        ("records.md", records::page()),
        ("rules.md", rules::page()),
        ("../templates.md", templates::page()),
    ]
}

/// The line that says where a page comes from.
const GENERATED: &str =
    "<!-- Written by tests/docs from the code; ISMSCTL_UPDATE=1 cargo test --test docs -->\n";

/// A table of Markdown; pipes in cells are escaped.
fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(head.iter().map(|cell| (*cell).to_owned()).collect());
    text += &line(head.iter().map(|_| "---".to_owned()).collect());
    for row in rows {
        let escape = |cell: &String| {
            cell.replace('|', "\\|")
                .replace("\n\n", "<br>")
                .replace('\n', " ")
        };
        text += &line(row.iter().map(escape).collect());
    }
    text
}

/// `a`, `b` or `c`.
fn choice(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
