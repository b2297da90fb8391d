use super::*;
use crate::report::document::{Cell, Line, Table, Tone};
use chrono::NaiveDate;

/// A document that has every block but a chart.
fn every_block() -> Document {
    let mut document = Document::new("Example: every block");
    document.warning("Draft: not for sign-off.");
    document.facts(vec![("Period".to_owned(), "2026-Q2".into())]);
    document.part("first", "First & foremost");
    document.paragraph(
        Line::default()
            .strong("Strong")
            .plain(" and plain, ")
            .record("RISK-1")
            .plain(" and ")
            .record("RISK-9"),
    );
    document.heading(5, "Not so deep");
    document.list(vec!["one".into(), Line::default().mark(Tone::Good, "two")]);
    document.checklist(vec!["to be ticked".into()]);
    document.remark("Nothing is missing.");
    document.add(Block::Callout(Tone::Bad, "Something is.".into()));
    let mut table = Table::new(&["Risk", ">Score", "Open", "Since", "Controls", ""]);
    let day = NaiveDate::from_ymd_opt(2026, 6, 30);
    table.row([
        Cell::record("The archive", "RISK-1"),
        Cell::Figure(9.25, "9.25 d".to_owned()),
        Cell::Count(3, Tone::Bad),
        Cell::day(day),
        Cell::List(vec!["A.5.15".to_owned(), "A.8.2".to_owned()]),
        Cell::Absent,
    ]);
    table.row([
        Cell::text("a".repeat(40)),
        Cell::Absent,
        Cell::number(0),
        Cell::Absent,
        Cell::mark(Tone::Muted, "not known"),
        Cell::text("A sentence that needs more room than a word does."),
    ]);
    document.add(Block::Table(table));
    document.add(Block::Details(
        "More".to_owned(),
        vec![Block::Paragraph("folded".into())],
    ));
    document.part("appendix", "Appendix");
    let mut table = Table::new(&["Record", "Path"]);
    table.row([Line::default().record("RISK-1"), "risks/r.yaml".into()]);
    table.row(["vendors/acme", "registers/vendors.csv"]);
    table.row(["RISK-1", "named twice"]);
    document.add(Block::Table(table));
    document
}

fn body(document: &Document) -> String {
    let pieces = pieces(document);
    let sections = document.parts.iter().zip(&pieces.bodies);
    let sections: String = sections.map(|(part, body)| section(part, body)).collect();
    format!(
        "{}{}{}{sections}",
        pieces.warnings,
        pieces.facts,
        contents(document)
    )
}

#[test]
fn every_block_is_spelled() {
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("every_block", body(&every_block()));
    });
}

#[test]
fn what_opens_is_closed_and_ids_stand_once() {
    let html = body(&every_block());
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let name = tag.split([' ', '>', '\n']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{html}"),
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    let mut ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn records_are_linked_where_the_appendix_has_them() {
    let html = body(&every_block());
    assert!(
        html.contains("<a class=\"record\" href=\"#record-RISK-1\">RISK-1</a>"),
        "{html}"
    );
    assert!(
        html.contains("<span class=\"record\">RISK-9</span>"),
        "{html}"
    );
    assert!(
        html.contains("<tr id=\"record-vendors_2f_acme\">"),
        "{html}"
    );
    let without = every_block();
    let parts = without
        .parts
        .into_iter()
        .filter(|part| part.name != "appendix");
    let without = Document {
        parts: parts.collect(),
        ..Document::new("x")
    };
    assert!(!body(&without).contains("#record-"));
}

#[test]
fn nothing_that_a_record_says_is_markup() {
    let evil = "\"><script>alert(1)</script><img src=x onerror=y>\u{202e}\u{1b}[31m";
    let mut document = Document::new(evil);
    document.part(evil, evil);
    document.heading(3, evil);
    for tone in [Tone::Plain, Tone::Good, Tone::Warn, Tone::Bad, Tone::Muted] {
        let line = Line::default()
            .plain(evil)
            .strong(evil)
            .record(evil)
            .mark(tone, evil);
        document.paragraph(line.clone());
        document.list(vec![line.clone()]);
        document.checklist(vec![line.clone()]);
        document.facts(vec![(evil.to_owned(), line.clone())]);
        document.add(Block::Callout(tone, line));
    }
    let mut table = Table::new(&[evil]);
    table.row([Cell::text(evil)]);
    table.row([Cell::List(vec![evil.to_owned()])]);
    table.row([Cell::Figure(1.0, evil.to_owned())]);
    document.add(Block::Details(
        evil.to_owned(),
        vec![Block::Table(table.clone())],
    ));
    document.part("appendix", evil);
    document.add(Block::Table(table));
    let html = body(&document);
    for markup in ["<script", "<img", "\u{202e}", "\u{1b}"] {
        assert!(!html.contains(markup), "{markup} in {html}");
    }
    // No tag or attribute is there that we do not write ourselves.
    let known = [
        "a", "caption", "details", "div", "dd", "dl", "dt", "h2", "h3", "li", "ol", "p", "section",
        "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
    ];
    for tag in html.split('<').skip(1) {
        let name = tag.split([' ', '>', '\n']).next().unwrap();
        assert!(known.contains(&name.trim_start_matches('/')), "<{tag}");
    }
    assert!(!html.contains(" onerror=y>"), "{html}");
}

#[test]
fn the_policy_names_what_is_embedded() {
    let policy = policy();
    let digest = STANDARD.encode(Sha256::digest(style()));
    assert!(
        policy.contains(&format!("style-src 'sha256-{digest}'")),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"));
    // What ends the element early would no longer be what the policy names.
    for text in [style(), SCRIPT] {
        assert!(!text.contains("</") && !text.contains("http"));
    }
}

#[test]
fn big_parts_begin_a_page() {
    let part = |rows: usize| {
        let lines = vec![Line::from("x"); rows];
        Part {
            name: "p".to_owned(),
            title: "P".to_owned(),
            blocks: vec![Block::List(lines)],
        }
    };
    assert!(!section(&part(24), "").contains("class=\"big\""));
    assert!(section(&part(25), "").contains("class=\"big\""));
}
