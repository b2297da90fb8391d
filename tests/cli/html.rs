//! `--format html`: which commands have it, and that the page tells what Markdown tells.

use crate::harness::{Folder, JUNE};

/// All that has a page on the management review example.
const COMMANDS: [&str; 13] = [
    "pack",
    "report security-metrics",
    "report compliance-status",
    "report risk-register",
    "report audit",
    "report controls",
    "report improvement",
    "report retention",
    "controls",
    "controls --public",
    "controls --soa",
    "clauses",
    "clauses 9.3",
];

/// Text between two marks, all that there are.
fn all_between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let pieces = text.split(open).skip(1);
    pieces
        .map(|piece| piece.split(close).next().unwrap())
        .collect()
}

/// What a reader sees of HTML.
fn seen(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        // Signs beside words are Markdown's bold.
        let sign = tag.starts_with("span class=\"sign\"");
        let end = if sign { "</span>" } else { ">" };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    for (code, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(code, letter);
    }
    text.replace('\u{a0}', " ").trim().to_owned()
}

/// The rows of all tables but facts, cell by cell.
fn rows_of_html(html: &str) -> Vec<Vec<String>> {
    let bodies = all_between(html, "<tbody>", "</tbody>").join("");
    let rows = all_between(&bodies, "<tr", "</tr>").into_iter().map(|row| {
        // The end of the tag `<tr …>`, then cells.
        let cells = row.split_once('>').unwrap().1.replace("</th>", "</td>");
        let cells: Vec<String> = cells.split("</td>").map(seen).collect();
        cells[..cells.len() - 1].to_vec()
    });
    rows.collect()
}

fn rows_of_markdown(page: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let lines: Vec<&str> = page.lines().collect();
    let mut within = None;
    for (index, line) in lines.iter().enumerate() {
        if !line.starts_with('|') {
            within = None;
            continue;
        }
        let start = *within.get_or_insert(index);
        // Facts have a header without a word.
        let is_facts = lines[start].chars().all(|c| "| ".contains(c));
        if index < start + 2 || is_facts {
            continue;
        }
        let line = line.replace("\\|", "\u{1}");
        let cells: Vec<String> = line.split('|').map(plain).collect();
        rows.push(cells[1..cells.len() - 1].to_vec());
    }
    rows
}

/// Markdown without its marks.
fn plain(cell: &str) -> String {
    let mut text = cell
        .trim()
        .replace("**", "")
        .replace('\u{1}', "|")
        .replace('\u{2060}', "");
    for (code, letter) in [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
        text = text.replace(code, letter);
    }
    text.replace('\\', "").trim().to_owned()
}

#[test]
fn pages_tell_what_markdown_tells() {
    let folder = Folder::example("management-review");
    for words in COMMANDS {
        let markdown = folder
            .at(JUNE, &format!("{words} --format markdown"))
            .fine();
        let html = folder.at(JUNE, &format!("{words} --format html")).fine();
        let (told, shown) = (rows_of_markdown(&markdown), rows_of_html(&html));
        // Nothing is public in this example, and a sentence says so.
        assert!(!told.is_empty() || words == "controls --public", "{words}");
        assert_eq!(told, shown, "{words}");
        let headings = |marks: &str| -> Vec<String> {
            let lines = markdown.lines().filter_map(|line| line.strip_prefix(marks));
            lines.map(plain).collect()
        };
        let titles: Vec<String> = html
            .split("<h2 id=\"")
            .skip(1)
            .map(|rest| {
                seen(
                    rest.split_once('>')
                        .unwrap()
                        .1
                        .split("</h2>")
                        .next()
                        .unwrap(),
                )
            })
            .filter(|title| title != "Contents")
            .collect();
        assert_eq!(headings("## "), titles, "{words}");
        let sub = all_between(&html, "<h3>", "</h3>").into_iter().map(seen);
        assert_eq!(headings("### "), sub.collect::<Vec<_>>(), "{words}");
    }
}

#[test]
fn pages_are_whole_and_stand_alone() {
    let folder = Folder::example("management-review");
    for words in COMMANDS {
        let html = folder.at(JUNE, &format!("{words} --format html")).fine();
        assert!(html.starts_with(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        ));
        for landmark in ["<header>", "<nav ", "<main ", "<footer>"] {
            assert_eq!(html.matches(landmark).count(), 1, "{words}: {landmark}");
        }
        assert_eq!(html.matches("<h1>").count(), 1, "{words}");
        assert_eq!(html.matches("<script").count(), 1, "{words}");
        for outside in [
            "src=",
            "url(http",
            "url(\"",
            "url('",
            "@import",
            " style=",
            "href=\"http",
            "<link",
            "<iframe",
        ] {
            assert!(!html.contains(outside), "{words}: {outside}");
        }
        // Every link within the page leads somewhere.
        for target in all_between(&html, "href=\"#", "\"") {
            assert!(
                html.contains(&format!(" id=\"{target}\"")),
                "{words}: #{target}"
            );
        }
    }
}

#[test]
fn records_are_linked_to_where_they_are_listed() {
    let folder = Folder::example("management-review");
    let html = folder.at(JUNE, "pack --format html").fine();
    let links = html.matches("<a class=\"record\" href=\"#record-").count();
    assert!(links > 50, "{links}");
}

#[test]
fn differences_are_no_page() {
    let folder = Folder::example("management-review");
    let run = folder.run(&["diff", "--format", "html"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("invalid value 'html'"), "{}", run.err);
}
