//! A document as data: parts with headings, paragraphs, lists, tables, charts and folded details. Formats only spell it,
//! so that no two of them can tell different figures.

mod chart;
mod line;
mod table;

pub use chart::{
    Chart, Course, CoursePoint, Figure, HeatCell, HeatMap, Layer, Move, Stack, Timeline, Timelines,
    Variation,
};
pub use line::{Line, Piece, Tone};
pub use table::{Align, Cell, Column, Table};

use foldhash::HashSet;
use std::collections::BTreeSet;

/// A document: a title, what stands before everything else, and parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Warnings, and the facts it stands on.
    pub opening: Vec<Block>,
    /// Its parts, in order; their names differ.
    pub parts: Vec<Part>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Key in snake_case, the same in every run: anchors and templates use it.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What it has to say.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading within a part; parts have level 2, so 3 and more.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Line),
    /// A list.
    List(Vec<Line>),
    /// Boxes to tick.
    Checklist(Vec<Line>),
    /// Names and what they stand for.
    Facts(Vec<(String, Line)>),
    /// A table.
    Table(Table),
    /// Something that stands out: what is missing, or worth a remark.
    Callout(Tone, Line),
    /// A chart.
    Chart(Chart),
    /// Something that is folded where a format can: its heading, and what is within.
    Details(String, Vec<Block>),
}

impl Document {
    /// A document without parts.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// Begins a part; what is added belongs to it. A name that was given away is told apart by a number.
    pub fn part(&mut self, name: &str, title: impl Into<String>) {
        let stem = table::key(name);
        let is_free = |name: &String| self.parts.iter().all(|part| part.name != *name);
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let name = std::iter::once(stem.clone()).chain(numbered).find(is_free);
        self.parts.push(Part {
            name: name.unwrap_or(stem),
            title: title.into(),
            blocks: Vec::new(),
        });
    }

    /// Adds the parts of another document, and before them what stands at its beginning.
    pub fn append(&mut self, other: Document) {
        self.extend(other.opening);
        for part in other.parts {
            self.part(&part.name, part.title);
            self.extend(part.blocks);
        }
    }

    fn extend(&mut self, blocks: Vec<Block>) {
        for block in blocks {
            match block {
                Block::Chart(chart) => self.chart(chart),
                block => self.add(block),
            }
        }
    }

    /// Adds a block to the part that was begun last.
    pub fn add(&mut self, block: Block) {
        match self.parts.last_mut() {
            Some(part) => part.blocks.push(block),
            None => self.opening.push(block),
        }
    }

    /// Adds a heading within a part.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.add(Block::Heading(level, text.into()));
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, line: impl Into<Line>) {
        self.add(Block::Paragraph(line.into()));
    }

    /// Adds a remark, as on what is missing.
    pub fn remark(&mut self, line: impl Into<Line>) {
        self.add(Block::Callout(Tone::Plain, line.into()));
    }

    /// Adds a warning.
    pub fn warning(&mut self, line: impl Into<Line>) {
        self.add(Block::Callout(Tone::Warn, line.into()));
    }

    /// Adds a list, unless it is empty.
    pub fn list(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.add(Block::List(lines));
        }
    }

    /// Adds boxes to tick.
    pub fn checklist(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.add(Block::Checklist(lines));
        }
    }

    /// Adds names and what they stand for, unless there are none.
    pub fn facts(&mut self, facts: Vec<(String, Line)>) {
        if !facts.is_empty() {
            self.add(Block::Facts(facts));
        }
    }

    /// Adds a chart, if there is anything to draw. A name that was given away is told apart by a number.
    pub fn chart(&mut self, chart: impl Into<Option<Chart>>) {
        let Some(mut chart) = chart.into() else {
            return;
        };
        let taken: BTreeSet<String> = self.charts().iter().map(|it| it.name.clone()).collect();
        let numbered = (2..).map(|number| format!("{}-{number}", chart.name));
        let mut names = std::iter::once(chart.name.clone()).chain(numbered);
        if let Some(free) = names.find(|name| !taken.contains(name)) {
            chart.name = free;
        }
        self.add(Block::Chart(chart));
    }

    /// Adds a table, or says in a sentence that there is nothing to show.
    pub fn table_or(&mut self, table: Table, nothing: impl Into<Line>) {
        if table.rows.is_empty() {
            self.remark(nothing);
        } else {
            self.add(Block::Table(table));
        }
    }

    /// All blocks with those that are folded, in the order in which they are read.
    pub fn blocks(&self) -> Vec<&Block> {
        let parts = self.parts.iter().flat_map(|part| &part.blocks);
        let mut all = Vec::new();
        self.opening
            .iter()
            .chain(parts)
            .for_each(|block| unfold(block, &mut all));
        all
    }

    /// Ids of all records that it refers to, wherever it does.
    pub fn records(&self) -> BTreeSet<&str> {
        let lines = self.blocks().into_iter().flat_map(Block::lines);
        let pieces = lines.flat_map(|line| &line.0);
        let ids = pieces.filter_map(|piece| match piece {
            Piece::Record(id) => Some(id.as_str()),
            _ => None,
        });
        // Most are named many times, and an ordered set is made slowly.
        let unique: HashSet<&str> = ids.collect();
        unique.into_iter().collect()
    }

    /// Its charts, in the order in which they are read.
    pub fn charts(&self) -> Vec<&Chart> {
        let charts = self.blocks().into_iter().filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        });
        charts.collect()
    }
}

impl Block {
    /// Whether it warns of the document itself; such blocks are never left out.
    pub fn is_warning(&self) -> bool {
        matches!(self, Block::Callout(Tone::Warn | Tone::Bad, _))
    }

    /// How many tables it has, those that are folded included.
    pub fn tables(&self) -> usize {
        match self {
            Block::Table(_) => 1,
            Block::Details(_, within) => within.iter().map(Block::tables).sum(),
            _ => 0,
        }
    }

    /// The runs of text it has; those that are folded belong to their own blocks.
    fn lines(&self) -> Vec<&Line> {
        match self {
            Block::Paragraph(line) | Block::Callout(_, line) => vec![line],
            Block::List(lines) | Block::Checklist(lines) => lines.iter().collect(),
            Block::Facts(facts) => facts.iter().map(|(_, line)| line).collect(),
            Block::Table(table) => {
                let cells = table.rows.iter().flatten();
                let lines = cells.filter_map(|cell| match cell {
                    Cell::Text(line) => Some(line),
                    _ => None,
                });
                lines.collect()
            }
            Block::Heading(..) | Block::Chart(_) | Block::Details(..) => Vec::new(),
        }
    }
}

fn unfold<'d>(block: &'d Block, all: &mut Vec<&'d Block>) {
    all.push(block);
    if let Block::Details(_, within) = block {
        within.iter().for_each(|block| unfold(block, all));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_differ_whatever_they_are_called() {
        let mut document = Document::new("Controls");
        for title in [
            "People & places",
            "People, places",
            "people places 2",
            "Größe",
        ] {
            document.part(title, title);
        }
        let names: Vec<&str> = document.parts.iter().map(|part| &*part.name).collect();
        assert_eq!(
            names,
            [
                "people_places",
                "people_places_2",
                "people_places_2_2",
                "größe"
            ]
        );
    }

    #[test]
    fn folded_blocks_are_found_in_order() {
        let line = |text: &str| Block::Paragraph(text.into());
        let mut document = Document::new("x");
        document.add(line("first"));
        document.part("one", "One");
        document.add(Block::Details("more".to_owned(), vec![line("second")]));
        document.add(line("third"));
        let texts: Vec<String> = document
            .blocks()
            .into_iter()
            .filter_map(|block| match block {
                Block::Paragraph(line) => Some(line.text().into_owned()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["first", "second", "third"]);
    }
}
