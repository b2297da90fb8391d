//! Documents as JSON: the same parts and blocks as on a page, with cells that keep their type.

use super::day;
use crate::report::document::{Block, Cell, Chart, Column, Document, Line, Piece, Table, Tone};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A part of a document.
#[derive(Serialize, JsonSchema)]
pub struct PartOutput<'d> {
    /// Key of the part, the same in every run.
    name: &'d str,
    title: &'d str,
    blocks: Vec<BlockOutput<'d>>,
}

/// A piece of a document; which fields it has depends on its type.
#[derive(Serialize, JsonSchema, Default)]
pub struct BlockOutput<'d> {
    r#type: BlockType,
    /// Of a heading within a part: 3 or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    /// Of a heading, a chart or something folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'d str>,
    /// How what is said in a callout stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    tone: Option<ToneOutput>,
    /// Of a paragraph or callout, and what a chart shows, as plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Cow<'d, str>>,
    /// Ids of the records that a paragraph, callout or table names, in order, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<&'d str>,
    /// Of a list or checklist.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<TextOutput<'d>>>,
    /// Names and what they stand for.
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<Vec<FactOutput<'d>>>,
    /// Of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<Vec<ColumnOutput<'d>>>,
    /// Of a table, with the keys of its columns; a day is a text like 2026-06-30, what is unknown is null.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<RowsOutput<'d>>,
    /// Name of a chart; its picture is `charts/<name>.svg`.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'d str>,
    /// What is folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<Vec<BlockOutput<'d>>>,
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
struct TextOutput<'d> {
    text: Cow<'d, str>,
    /// Ids of the records it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<&'d str>,
}

/// A name and what it stands for.
#[derive(Serialize, JsonSchema)]
struct FactOutput<'d> {
    name: &'d str,
    text: Cow<'d, str>,
    /// Ids of the records it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    records: Vec<&'d str>,
}

/// A column of a table.
#[derive(Serialize, JsonSchema)]
struct ColumnOutput<'d> {
    /// Key in the rows.
    key: &'d str,
    title: &'d str,
}

/// All parts of a document.
pub fn parts(document: &Document) -> Vec<PartOutput<'_>> {
    let parts = document.parts.iter().map(|part| PartOutput {
        name: &part.name,
        title: &part.title,
        blocks: blocks(&part.blocks),
    });
    parts.collect()
}

/// Blocks in their order.
pub fn blocks(blocks: &[Block]) -> Vec<BlockOutput<'_>> {
    blocks.iter().map(block).collect()
}

/// The rows of a table, each with the keys of its columns.
pub struct RowsOutput<'d>(pub &'d Table);

impl Serialize for RowsOutput<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns = &self.0.columns;
        serializer.collect_seq(self.0.rows.iter().map(|cells| RowOutput { columns, cells }))
    }
}

impl JsonSchema for RowsOutput<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<Map<String, Value>>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<Map<String, Value>>::json_schema(generator)
    }
}

struct RowOutput<'d> {
    columns: &'d [Column],
    cells: &'d [Cell],
}

impl Serialize for RowOutput<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = self.columns.iter().map(|column| &column.key);
        serializer.collect_map(keys.zip(self.cells.iter().map(CellOutput)))
    }
}

/// A cell with its type.
struct CellOutput<'d>(&'d Cell);

impl Serialize for CellOutput<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Absent => serializer.serialize_none(),
            Cell::Text(line) => serializer.serialize_str(&line.text()),
            Cell::Figure(number, _) => serializer.serialize_f64(*number),
            Cell::Count(count, _) => serializer.serialize_i64(*count),
            Cell::Day(date) => serializer.serialize_str(&day(*date)),
            Cell::List(names) => names.serialize(serializer),
        }
    }
}

fn block(block: &Block) -> BlockOutput<'_> {
    match block {
        Block::Heading(level, title) => BlockOutput {
            r#type: BlockType::Heading,
            level: Some(*level),
            title: Some(title),
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
            title: Some(title),
            blocks: Some(blocks(within)),
            ..BlockOutput::default()
        },
    }
}

fn said(line: &Line) -> BlockOutput<'_> {
    BlockOutput {
        text: Some(line.text()),
        records: named([line]),
        ..BlockOutput::default()
    }
}

fn listed(r#type: BlockType, lines: &[Line]) -> BlockOutput<'_> {
    let items = lines.iter().map(|line| TextOutput {
        text: line.text(),
        records: named([line]),
    });
    BlockOutput {
        r#type,
        items: Some(items.collect()),
        ..BlockOutput::default()
    }
}

fn fact((name, line): &(String, Line)) -> FactOutput<'_> {
    FactOutput {
        name,
        text: line.text(),
        records: named([line]),
    }
}

fn tabled(table: &Table) -> BlockOutput<'_> {
    let columns = table.columns.iter().map(|column| ColumnOutput {
        key: &column.key,
        title: &column.title,
    });
    let lines = table.rows.iter().flatten().filter_map(|cell| match cell {
        Cell::Text(line) => Some(line),
        _ => None,
    });
    BlockOutput {
        r#type: BlockType::Table,
        columns: Some(columns.collect()),
        rows: Some(RowsOutput(table)),
        records: named(lines),
        ..BlockOutput::default()
    }
}

fn charted(chart: &Chart) -> BlockOutput<'_> {
    BlockOutput {
        r#type: BlockType::Chart,
        title: Some(&chart.title),
        text: Some(chart.finding.as_str().into()),
        name: Some(&chart.name),
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
fn named<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Vec<&'l str> {
    let mut seen = foldhash::HashSet::default();
    let pieces = lines.into_iter().flat_map(|line| &line.0);
    let ids = pieces.filter_map(|piece| match piece {
        Piece::Record(id) => Some(id.as_str()),
        _ => None,
    });
    ids.filter(|id| seen.insert(*id)).collect()
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
