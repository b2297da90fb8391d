//! Markdown as GitHub's flavour reads it: a reader of its own says which tables, headings and links a page has.

use crate::harness::{Folder, JUNE};
use crate::hostile::{DAY, hostile, titles};
use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, parse_document};

/// What a page holds, as a reader of the flavour sees it.
#[derive(Debug, Default)]
struct Page {
    /// Level and text of each heading.
    headings: Vec<(u8, String)>,
    /// Cells of each row of each table, the header first.
    tables: Vec<Vec<Vec<String>>>,
    /// Targets of links and images.
    targets: Vec<String>,
    /// What would go into a page as it stands.
    html: Vec<String>,
    /// Blocks and spans that nothing of ours is spelled as.
    strange: Vec<String>,
}

/// What our own sentences tell people to type; nothing else is code, whatever a record says.
const TYPED: [&str; 12] = [
    "[pack]",
    "analysis",
    "applicability",
    "approved",
    "by",
    "cadence",
    "climate-change",
    "internal",
    "pack: {revision: …}",
    "party",
    "training",
    "vendors",
];

fn read(markdown: &str) -> Page {
    let mut options = Options::default();
    let flavour = &mut options.extension;
    flavour.table = true;
    flavour.strikethrough = true;
    flavour.autolink = true;
    flavour.tasklist = true;
    flavour.footnotes = true;
    flavour.alerts = true;
    flavour.math_dollars = true;
    flavour.math_code = true;
    let arena = Arena::new();
    let mut page = Page::default();
    for node in parse_document(&arena, markdown, &options).descendants() {
        match &node.data().value {
            NodeValue::Heading(heading) => page.headings.push((heading.level, text(node))),
            NodeValue::Table(_) => {
                let rows = node.children();
                let rows = rows.map(|row| row.children().map(text).collect());
                page.tables.push(rows.collect());
            }
            NodeValue::Link(link) | NodeValue::Image(link) => page.targets.push(link.url.clone()),
            NodeValue::HtmlBlock(block) => page.html.push(block.literal.trim().to_owned()),
            NodeValue::HtmlInline(html) => page.html.push(html.clone()),
            NodeValue::List(list) if list.list_type == ListType::Ordered => {
                page.strange.push(format!("{:?}", node.data().value));
            }
            NodeValue::Code(code) if TYPED.contains(&code.literal.as_str()) => {}
            NodeValue::Code(_)
            | NodeValue::CodeBlock(_)
            | NodeValue::ThematicBreak
            | NodeValue::Emph
            | NodeValue::Strikethrough
            | NodeValue::Math(_)
            | NodeValue::LineBreak
            | NodeValue::FootnoteDefinition(_)
            | NodeValue::FootnoteReference(_) => {
                page.strange
                    .push(format!("{:?}: {}", node.data().value, text(node)));
            }
            _ => {}
        }
    }
    page
}

/// What people read of a node.
fn text<'a>(node: &'a AstNode<'a>) -> String {
    let mut all = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(text) => all.push_str(text),
            NodeValue::SoftBreak => all.push(' '),
            NodeValue::Code(code) => all.push_str(&code.literal),
            _ => {}
        }
    }
    all
}

/// A text as a page may show it: on one line, without what moves a cursor or turns the direction of reading.
fn shown(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let harmless = text.chars().map(|c| match c {
        c if turns(c) => '\u{FFFD}',
        c if c.is_control() => ' ',
        c => c,
    });
    let harmless: String = harmless.collect();
    harmless.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page is nothing but what we mean it to be: whole tables, known headings, no markup of a record.
fn sound(name: &str, markdown: &str) -> Page {
    let page = read(markdown);
    let rulers = markdown
        .lines()
        .filter(|line| line.starts_with("| :--") || line.starts_with("| --:"));
    assert_eq!(
        page.tables.len(),
        rulers.count(),
        "{name}: a table is broken"
    );
    for table in &page.tables {
        for row in table {
            assert_eq!(row.len(), table[0].len(), "{name}: {row:?}");
        }
    }
    let rows: usize = page.tables.iter().map(|table| table.len() + 1).sum();
    let written = markdown
        .lines()
        .filter(|line| line.starts_with('|'))
        .count();
    assert_eq!(rows, written, "{name}: a row is not in its table");
    let marks = markdown
        .lines()
        .filter(|line| line.starts_with('#'))
        .count();
    assert_eq!(page.headings.len(), marks, "{name}: {:?}", page.headings);
    assert_eq!(page.strange, [""; 0], "{name}");
    for html in &page.html {
        let ours =
            html.starts_with("<details>") || html == "</details>" || html.ends_with("</summary>");
        assert!(ours && !html.contains("script"), "{name}: {html}");
    }
    for target in &page.targets {
        let ours = target.starts_with("charts/") && target.ends_with(".svg");
        // The flavour itself makes a link of every web address it finds.
        let web = ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| target.starts_with(scheme));
        assert!(ours || web, "{name}: {target}");
    }
    page
}

#[test]
fn packs_and_reports_of_all_examples_are_what_they_look_like() {
    for example in [
        "audit-directive",
        "control-monitoring",
        "management-review",
        "monitoring-framework",
        "monitoring-phase",
    ] {
        let folder = Folder::example(example);
        let page = sound(example, &folder.at(JUNE, "pack").out);
        assert!(page.tables.len() > 8, "{example}: {}", page.tables.len());
        let levels: Vec<u8> = page.headings.iter().map(|(level, _)| *level).collect();
        assert_eq!(
            levels.iter().filter(|level| **level == 1).count(),
            1,
            "{example}"
        );
        for pair in levels.windows(2) {
            assert!(
                pair[1] <= pair[0] + 1,
                "{example}: a level is left out in {:?}",
                page.headings
            );
        }
        for report in [
            "security-metrics",
            "compliance-status",
            "risk-register",
            "audit",
            "controls",
            "improvement",
            "retention",
        ] {
            let markdown = folder.at(JUNE, &format!("report {report}")).out;
            sound(&format!("{example} {report}"), &markdown);
        }
        for command in [
            "controls --format markdown",
            "clauses --format markdown",
            "controls --soa --format markdown",
        ] {
            sound(
                &format!("{example} {command}"),
                &folder.at(JUNE, command).out,
            );
        }
    }
}

#[test]
fn a_hostile_text_is_read_as_it_is_and_as_nothing_else() {
    let folder = hostile();
    for command in [
        "pack --draft",
        "report risk-register --draft",
        "report improvement --draft",
    ] {
        let markdown = folder.at(DAY, command).out;
        let page = sound(command, &markdown);
        let cells: Vec<String> = page
            .tables
            .iter()
            .flatten()
            .flatten()
            .map(|cell| shown(&cell.replace('\u{2060}', "")))
            .collect();
        for (index, title) in titles().iter().enumerate() {
            let wanted = shown(title);
            let id = format!("RISK-{index:03}");
            let is_told =
                |cell: &&String| cell.contains(&id) || wanted.is_empty() || **cell == wanted;
            let said = cells
                .iter()
                .filter(is_told)
                .any(|cell| cell.contains(&wanted));
            let listed = command.contains("improvement") || said;
            assert!(listed, "{command}: {index} {wanted:.80}");
        }
    }
}
