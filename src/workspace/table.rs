//! Registers in CSV: from a table to rows.
//!
//! What the header lacks or has too many of is told once, at the header, and not for every row. The rows are read
//! all the same, but figures over the register are no data until the header is mended.

mod header;
mod quick;

use super::layout::Collection;
use super::mistakes;
use super::reading::{FileContent, texts};
use super::registers::RegisterRules;
use super::snapshot::{Broken, Entry};
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::records::validate::Mistake;
use crate::text::csv::{CellType, MAX_MISTAKES, Table};
use crate::text::pointer::{Part, child, place, steps};
use crate::text::{self, NodeKind, NodeRef, Source, TextErrorKind};
use quick::Quick;
use std::sync::Arc;

/// Reads the rows of a register from its table.
pub fn read_rows(source: Arc<Source>, register: &Arc<str>, rules: &RegisterRules) -> FileContent {
    let mut content = FileContent::default();
    let mut rows = Rows {
        source: &source,
        register,
        rules,
        told: Vec::new(),
        rows_with_mistakes: 0,
        broken_rows: 0,
        content: &mut content,
    };
    let Some(dialect) = rules.dialect else {
        // isms.toml is at fault, and says so.
        rows.broken(None, None);
        return content;
    };
    let typed = |column: &str| rules.cell_type(column);
    let table = text::csv::read(Arc::clone(&source), dialect, &typed);
    rows.read(&table);
    content.columns = table.header.map(|header| {
        let cells = table.tree.node(header).items();
        cells.map(|cell| cell.text().into()).collect()
    });
    content.tree = Some(Arc::new(table.tree));
    content
}

struct Rows<'r> {
    source: &'r Arc<Source>,
    register: &'r Arc<str>,
    rules: &'r RegisterRules,
    /// Fields whose absence or presence was told at the header.
    told: Vec<Box<str>>,
    rows_with_mistakes: usize,
    broken_rows: usize,
    content: &'r mut FileContent,
}

impl Rows<'_> {
    fn read(&mut self, table: &Table) {
        for error in &table.errors {
            let mut found = mistakes::of_text(self.source, error);
            if error.kind == TextErrorKind::Syntax {
                found.rule = &catalogue::CSV_SYNTAX;
                found.level = catalogue::CSV_SYNTAX.level;
            }
            self.content.diagnostics.push(found);
        }
        if !table.complete {
            self.broken(None, None);
        }
        let Some(header) = table.header else {
            return;
        };
        let header = table.tree.node(header);
        let (found, told) = header::check(self.source, header, self.register, self.rules);
        if !found.is_empty() {
            self.broken(None, None);
        }
        self.content.diagnostics.extend(found);
        self.told = told;
        let quick = Quick::of(self.rules, header);
        self.content.entries.reserve(table.tree.documents().len());
        let mut faulty = table.faulty.iter().copied().peekable();
        for row in table.tree.documents() {
            if faulty.next_if_eq(&row.index()).is_some() {
                self.broken(self.id(row), None);
            } else if let Some(key) = quick.as_ref().and_then(|quick| quick.key_of(row)) {
                self.enter(key, row);
            } else {
                self.look_closely(row);
            }
        }
        self.count_the_rest();
    }

    /// The cell that names a row.
    fn key<'t>(&self, row: NodeRef<'t>) -> Option<NodeRef<'t>> {
        row.get(&self.rules.key)
    }

    fn id(&self, row: NodeRef<'_>) -> Option<Box<str>> {
        Some(row_id(self.register, self.key(row)?.text()))
    }

    fn enter(&mut self, key: NodeRef<'_>, row: NodeRef<'_>) {
        self.content.entries.push(Entry {
            collection: Collection::Register(Arc::clone(self.register)),
            id: row_id(self.register, key.text()),
            file: 0,
            node: row.index(),
            record: None,
        });
    }

    /// A row that may have mistakes.
    fn look_closely(&mut self, row: NodeRef<'_>) {
        let mut found = Vec::new();
        let key = self.key(row);
        if let Some(schema) = &self.rules.schema {
            for mistake in schema.mistakes(row) {
                if !self.is_told(&mistake) {
                    found.push(self.of_cell(row, &mistake));
                }
            }
        }
        for date in self.rules.date_mistakes(self.source, row) {
            if found
                .iter()
                .all(|other| other.location.span != date.location.span)
            {
                found.push(date);
            }
        }
        found.extend(self.key_mistake(row, key).filter(|_| found.is_empty()));
        let id = self.id(row);
        match key {
            Some(key) if found.is_empty() => self.enter(key, row),
            // The header lacks the key, and says so.
            _ if found.is_empty() => self.broken(None, Some(row)),
            _ => self.broken(id.clone(), Some(row)),
        }
        if found.is_empty() {
            return;
        }
        self.rows_with_mistakes += 1;
        if self.rows_with_mistakes <= MAX_MISTAKES {
            let id = id.map(String::from);
            found.iter_mut().for_each(|one| one.record.clone_from(&id));
            self.content.diagnostics.extend(found);
        }
    }

    /// Whether a mistake is one of the header, which every row repeats.
    fn is_told(&self, mistake: &Mistake) -> bool {
        let mut steps = steps(&mistake.pointer);
        let field = steps.next().unwrap_or_default();
        steps.next().is_none() && self.told.iter().any(|told| **told == *field)
    }

    /// A mistake against the schema, at its cell, with advice for a cell.
    fn of_cell(&self, row: NodeRef<'_>, mistake: &Mistake) -> Diagnostic {
        let found = mistakes::of_schema(self.source, row, mistake);
        let cell = steps(&mistake.pointer)
            .next()
            .and_then(|name| Some((self.rules.cell_type(&name), row.get(&name)?)));
        let Some((ty, cell)) = cell.filter(|(_, cell)| cell.kind() == NodeKind::Text) else {
            return found;
        };
        let is_typed = mistake.message.starts_with("expected ");
        match ty {
            CellType::Number if is_typed => found.help(self.number_help(cell.text())),
            CellType::Boolean if is_typed => found.help("write `true` or `false`"),
            CellType::Text if is_typed => found.help(
                "a cell holds one text, number or date; keep rows with lists or mappings as YAML",
            ),
            _ if cell.text().trim() != cell.text() => found.help("remove the blanks around it"),
            _ => found,
        }
    }

    fn number_help(&self, text: &str) -> String {
        let decimal = self.rules.dialect.map_or(b'.', |dialect| dialect.decimal);
        let other = if decimal == b'.' { ',' } else { '.' };
        let decimal = char::from(decimal);
        let trimmed = text.trim();
        let is_other = trimmed.split_once(other).is_some_and(|(whole, part)| {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            digits(whole.trim_start_matches('-')) && digits(part) && !part.is_empty()
        });
        if is_other {
            return format!(
                "decimals are written with `{decimal}` here; if the whole file has `{other}`, declare `decimal = \"{other}\"` under [registers.{}]",
                self.register
            );
        }
        format!(
            "write digits, with `{decimal}` before decimals and nothing else: no blanks, units or thousands marks"
        )
    }

    fn key_mistake(&self, row: NodeRef<'_>, key: Option<NodeRef<'_>>) -> Option<Diagnostic> {
        let name = &self.rules.key;
        if self.told.contains(name) {
            return None;
        }
        let location = Location::new(self.source, place(row, &child("", name), Part::Value));
        let found = |message: String| Diagnostic::new(&catalogue::SCHEMA, location, message);
        match key {
            None => {
                let help = format!(
                    "`{name}` names the row within the register `{}`",
                    self.register
                );
                Some(found(format!("the cell of `{name}` is empty")).help(help))
            }
            Some(key) if key.text().trim() != key.text() => {
                let message = format!("blanks stand around `{}`", key.text().trim());
                Some(found(message).help("remove them; they would be part of the name"))
            }
            Some(_) => None,
        }
    }

    /// A row that could not be read, or that there may be rows nobody saw. Of very many, the rest are told as one.
    fn broken(&mut self, id: Option<Box<str>>, row: Option<NodeRef<'_>>) {
        self.broken_rows += 1;
        if self.broken_rows > MAX_MISTAKES + 1 {
            return;
        }
        let is_last = self.broken_rows > MAX_MISTAKES;
        self.content.broken.push(Broken {
            collection: Collection::Register(Arc::clone(self.register)),
            id: id.filter(|_| !is_last),
            path: self.source.path().into(),
            texts: row.filter(|_| !is_last).map(texts),
        });
    }

    fn count_the_rest(&mut self) {
        let Some(more) = self.rows_with_mistakes.checked_sub(MAX_MISTAKES + 1) else {
            return;
        };
        if let Some(last) = self.content.diagnostics.last_mut() {
            let more = more + 1;
            last.message = format!(
                "{}; the mistakes of {more} more rows are not listed",
                last.message
            );
        }
    }
}

fn row_id(register: &str, key: &str) -> Box<str> {
    [register, "/", key].concat().into_boxed_str()
}
