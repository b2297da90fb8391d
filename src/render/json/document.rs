//! Documents as JSON: the same parts and blocks as on a page, with cells that keep their type.

use super::day;
use crate::report::document::{Block, Cell, Chart, Document, Line, Part, Piece, Table, Tone};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

/// A part of a document.
#[derive(Serialize, JsonSchema)]
pub struct PartOutput {
    /// Key of the part, the same in every run.
    name: String,
    title: String,
    blocks: Vec<BlockOutput>,
}

/// A piece of a document; which fields it has depends on its type.
#[derive(Serialize, JsonSchema, Default)]
pub struct BlockOutput {
    r#type: BlockType,
    /// Of a heading within a part: 3 or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    /// Of a heading, a chart or something folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// How what is said in a callout stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    tone: Option<ToneOutput>,
    /// Of a paragraph or callout, and what a chart shows, as plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Ids of the records that a paragraph, callout or table names, in order, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<String>,
    /// Of a list or checklist.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<TextOutput>>,
    /// Names and what they stand for.
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<Vec<FactOutput>>,
    /// Of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<Vec<ColumnOutput>>,
    /// Of a table, with the keys of its columns; a day is a text like 2026-06-30, what is unknown is null.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<Map<String, Value>>>,
    /// Name of a chart; its picture is `charts/<name>.svg`.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// What is folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<Vec<BlockOutput>>,
}

/// What a block is.
#[derive(Serialize, JsonSchema, Default)]
#[serde(rename_all = "snake_case")]
enum BlockType {
    Heading,
    #[default]
    Paragraph,
    List,
    Checklist,
    Facts,
    Table,
    Callout,
    Chart,
    Details,
}

/// How something stands.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum ToneOutput {
    Plain,
    Good,
    Warn,
    Bad,
    Muted,
}

/// A run of text.
#[derive(Serialize, JsonSchema)]
struct TextOutput {
    text: String,
    /// Ids of the records it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<String>,
}

/// A name and what it stands for.
#[derive(Serialize, JsonSchema)]
struct FactOutput {
    name: String,
    text: String,
    /// Ids of the records it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<String>,
}

/// A column of a table.
#[derive(Serialize, JsonSchema)]
struct ColumnOutput {
    /// Key in the rows.
    key: String,
    title: String,
}

/// All parts of a document.
pub fn parts(document: &Document) -> Vec<PartOutput> {
    let part = |part: &Part| PartOutput {
        name: part.name.clone(),
        title: part.title.clone(),
        blocks: blocks(&part.blocks),
    };
    document.parts.iter().map(part).collect()
}

/// Blocks in their order.
pub fn blocks(blocks: &[Block]) -> Vec<BlockOutput> {
    blocks.iter().map(block).collect()
}

/// A cell with its type.
pub fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Absent => Value::Null,
        Cell::Text(line) => line.text().into(),
        Cell::Figure(number, _) => (*number).into(),
        Cell::Count(count, _) => (*count).into(),
        Cell::Day(date) => day(*date).into(),
        Cell::List(names) => names.as_slice().into(),
    }
}

fn block(block: &Block) -> BlockOutput {
    match block {
        Block::Heading(level, title) => BlockOutput {
            r#type: BlockType::Heading,
            level: Some(*level),
            title: Some(title.clone()),
            ..BlockOutput::default()
        },
        Block::Paragraph(line) => said(line),
        Block::Callout(tone, line) => BlockOutput {
            r#type: BlockType::Callout,
            tone: Some(tone_of(*tone)),
            ..said(line)
        },
        Block::List(lines) => listed(BlockType::List, lines),
        Block::Checklist(lines) => listed(BlockType::Checklist, lines),
        Block::Facts(facts) => BlockOutput {
            r#type: BlockType::Facts,
            facts: Some(facts.iter().map(fact).collect()),
            ..BlockOutput::default()
        },
        Block::Table(table) => tabled(table),
        Block::Chart(chart) => charted(chart),
        Block::Details(title, within) => BlockOutput {
            r#type: BlockType::Details,
            title: Some(title.clone()),
            blocks: Some(blocks(within)),
            ..BlockOutput::default()
        },
    }
}

fn said(line: &Line) -> BlockOutput {
    BlockOutput {
        text: Some(line.text()),
        records: named([line]),
        ..BlockOutput::default()
    }
}

fn listed(r#type: BlockType, lines: &[Line]) -> BlockOutput {
    let item = |line: &Line| TextOutput {
        text: line.text(),
        records: named([line]),
    };
    BlockOutput {
        r#type,
        items: Some(lines.iter().map(item).collect()),
        ..BlockOutput::default()
    }
}

fn fact((name, line): &(String, Line)) -> FactOutput {
    FactOutput {
        name: name.clone(),
        text: line.text(),
        records: named([line]),
    }
}

fn tabled(table: &Table) -> BlockOutput {
    let columns = table.columns.iter().map(|column| ColumnOutput {
        key: column.key.clone(),
        title: column.title.clone(),
    });
    let keys = table.columns.iter().map(|column| column.key.clone());
    let row = |cells: &Vec<Cell>| keys.clone().zip(cells.iter().map(cell)).collect();
    let lines = table.rows.iter().flatten().filter_map(|cell| match cell {
        Cell::Text(line) => Some(line),
        _ => None,
    });
    BlockOutput {
        r#type: BlockType::Table,
        columns: Some(columns.collect()),
        rows: Some(table.rows.iter().map(row).collect()),
        records: named(lines),
        ..BlockOutput::default()
    }
}

fn charted(chart: &Chart) -> BlockOutput {
    BlockOutput {
        r#type: BlockType::Chart,
        title: Some(chart.title.clone()),
        text: Some(chart.finding.clone()),
        name: Some(chart.name.clone()),
        ..BlockOutput::default()
    }
}

fn tone_of(tone: Tone) -> ToneOutput {
    match tone {
        Tone::Plain => ToneOutput::Plain,
        Tone::Good => ToneOutput::Good,
        Tone::Warn => ToneOutput::Warn,
        Tone::Bad => ToneOutput::Bad,
        Tone::Muted => ToneOutput::Muted,
    }
}

/// The ids of the records that lines name, each once.
fn named<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let pieces = lines.into_iter().flat_map(|line| &line.0);
    let ids = pieces.filter_map(|piece| match piece {
        Piece::Record(id) => Some(id),
        _ => None,
    });
    ids.filter(|id| seen.insert(*id)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use serde_json::json;

    #[test]
    fn cells_keep_their_type_and_records_are_named() {
        let mut table = Table::keyed(&[
            ("risk", "Risk"),
            ("score", ">Score"),
            ("likelihood", ">L"),
            ("until", "Until"),
            ("owner", "Owner"),
            ("ids", "Ids"),
        ]);
        table.row([
            Cell::record("Storms", "RISK-1"),
            Cell::Figure(4.5, "4.5 of 25".to_owned()),
            Cell::number(3),
            Cell::day(NaiveDate::from_ymd_opt(2026, 6, 30)),
            Cell::Absent,
            Cell::List(vec!["a".to_owned()]),
        ]);
        let mut document = Document::new("x");
        document.part("one", "One");
        document.table_or(table, "none");
        document.add(Block::Details(
            "more".to_owned(),
            vec![Block::Callout(
                Tone::Warn,
                Line::default().record("A-1").plain(" and ").record("A-1"),
            )],
        ));
        let parts = serde_json::to_value(parts(&document)).unwrap();
        assert_eq!(
            parts[0]["blocks"],
            json!([
                {
                    "type": "table",
                    "records": ["RISK-1"],
                    "columns": [
                        {"key": "risk", "title": "Risk"},
                        {"key": "score", "title": "Score"},
                        {"key": "likelihood", "title": "L"},
                        {"key": "until", "title": "Until"},
                        {"key": "owner", "title": "Owner"},
                        {"key": "ids", "title": "Ids"},
                    ],
                    "rows": [{
                        "risk": "Storms (RISK-1)", "score": 4.5, "likelihood": 3, "until": "2026-06-30",
                        "owner": null, "ids": ["a"],
                    }],
                },
                {
                    "type": "details",
                    "title": "more",
                    "blocks": [{"type": "callout", "tone": "warn", "text": "A-1 and A-1", "records": ["A-1"]}],
                },
            ])
        );
    }
}
