//! Documents as HTML: the pieces of one self-contained page that needs neither network nor script to be read. The page
//! around them is a template (`render/template`). Text from records never breaks a page.

mod body;
mod escape;
mod records;
mod table;

pub use escape::escape;

use crate::report::document::{Block, Document, Part};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use body::Body;
use rayon::prelude::*;
use records::Records;
use sha2::{Digest, Sha256};

/// What a page looks like, its charts included.
const STYLE: &str = concat!(include_str!("../svg/style.css"), include_str!("page.css"));

/// What sorts tables; a page is whole without it.
pub const SCRIPT: &str = include_str!("page.js");

/// A part with more than this begins on a page of its own in print: rows of tables count one, other blocks three.
const BIG: usize = 24;

/// The style of a page.
pub fn style() -> &'static str {
    STYLE
}

/// What a page may do (Content Security Policy): its own style and its own script, and nothing else.
pub fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style()),
        hash(SCRIPT)
    )
}

/// A document taken apart: what stands before the parts, and the parts.
pub struct Pieces {
    /// Warnings, as HTML.
    pub warnings: String,
    /// Facts and what else stands before the first part, as HTML.
    pub facts: String,
    /// Each part without its heading, as HTML.
    pub bodies: Vec<String>,
}

/// The pieces of a document.
pub fn pieces(document: &Document) -> Pieces {
    let records = Records::of(document);
    let (warnings, facts): (Vec<&Block>, Vec<&Block>) = document
        .opening
        .iter()
        .partition(|block| block.is_warning());
    let spell = |name: &str, title: &str, blocks: &[&Block], tables: usize| {
        let mut body = Body::new(&records, name, title, tables);
        body.blocks(blocks.iter().copied());
        body.text
    };
    // Tables are numbered through the page, although its parts are spelled side by side.
    let mut tables = 0;
    let mut number = |blocks: &[&Block]| {
        let before = tables;
        tables += blocks.iter().map(|block| block.tables()).sum::<usize>();
        before
    };
    let (of_warnings, of_facts) = (number(&warnings), number(&facts));
    let parts = document.parts.iter().map(|part| {
        let blocks: Vec<&Block> = part.blocks.iter().collect();
        let before = number(&blocks);
        (part, blocks, before)
    });
    let parts: Vec<_> = parts.collect();
    let bodies = parts
        .par_iter()
        .map(|(part, blocks, before)| spell(&part.name, &part.title, blocks, *before));
    Pieces {
        warnings: spell("", &document.title, &warnings, of_warnings),
        facts: spell("", &document.title, &facts, of_facts),
        bodies: bodies.collect(),
    }
}

/// What stands before and after the body of a part: its heading, in the landmark that links lead to.
pub fn around(part: &Part) -> [String; 2] {
    let (name, title) = (escape(&part.name), escape(&part.title));
    let class = match weight(&part.blocks) > BIG {
        true => " class=\"big\"",
        false => "",
    };
    let before = format!(
        "<section id=\"{name}\" aria-labelledby=\"{name}-title\"{class}>\n<h2 id=\"{name}-title\">{title}</h2>\n"
    );
    [before, "</section>\n".to_owned()]
}

/// A part with its heading.
pub fn section(part: &Part, body: &str) -> String {
    let [before, after] = around(part);
    [&before, body, &after].concat()
}

/// The parts as a list of links.
pub fn contents(document: &Document) -> String {
    let mut list = "<ol>\n".to_owned();
    for part in &document.parts {
        let (name, title) = (escape(&part.name), escape(&part.title));
        list.push_str(&format!("<li><a href=\"#{name}\">{title}</a></li>\n"));
    }
    list + "</ol>\n"
}

fn weight(blocks: &[Block]) -> usize {
    let weights = blocks.iter().map(|block| match block {
        Block::Table(table) => table.rows.len(),
        Block::List(lines) | Block::Checklist(lines) => lines.len(),
        Block::Facts(facts) => facts.len(),
        Block::Details(_, within) => weight(within),
        Block::Chart(_) => BIG / 3,
        Block::Heading(..) | Block::Paragraph(_) | Block::Callout(..) => 3,
    });
    weights.sum()
}

#[cfg(test)]
mod tests;
