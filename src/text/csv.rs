//! CSV (RFC 4180) as the same trees as YAML: every row is a document, a mapping from the header's cells to its own.
//!
//! A reader of our own: the well-kept ones (`csv`, `csv-core`) copy cells and forget where they stood, and take what
//! must be told here as it comes (an open quote at the end of the file, text after a closing quote, quotes in the
//! middle of a cell). This one copies nothing but cells with doubled quotes, CR line ends or a decimal comma.
//!
//! Strict where a guess would change a figure: every row has as many cells as the header, blanks belong to a cell,
//! separator and decimal mark are what the caller says. Lenient where nothing can be lost: line ends of any kind,
//! rows without any text (left out), an empty cell quoted or not (null). Line ends within a cell are read as LF.

mod cell;
mod header;

pub use header::folded;

use super::{NodeKind, Source, Span, TextError, TextErrorKind, Tree, TreeBuilder, raw};
use cell::{Cell, Cells, End};
use std::sync::Arc;

/// Mistakes listed for one file; how many more there are is said at the next one.
pub const MAX_MISTAKES: usize = 1_000;

/// How a file is written; declared, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Stands between cells; an ASCII character that is neither a quote nor a line end.
    pub separator: u8,
    /// Stands before the decimals of a number: `.` or `,`.
    pub decimal: u8,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            separator: b',',
            decimal: b'.',
        }
    }
}

/// What the cells of a column are read as. One that does not fit stays text, for the schema to complain about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellType {
    /// Text as it is written.
    Text,
    /// A decimal number, with the declared decimal mark.
    Number,
    /// `true` or `false`, in the spellings of YAML (`TRUE`, `False`).
    Boolean,
}

/// A file of rows.
pub struct Table {
    /// Every row as a document, in order.
    pub tree: Tree,
    /// The node of the header: a list of the names of the columns. None when there is no usable header.
    pub header: Option<u32>,
    /// Mistakes in written order, at most [`MAX_MISTAKES`] and one that counts the rest.
    pub errors: Vec<TextError>,
    /// Rows that are not what they should be, by their node, in order.
    pub faulty: Vec<u32>,
    /// Whether all rows were seen; if not, others may have been in the file.
    pub complete: bool,
}

/// Reads a table; `typed` gives the type of a column by its name.
///
/// Never fails as a whole: the tree holds what could be read, beside every mistake.
pub fn read(source: Arc<Source>, dialect: Dialect, typed: &dyn Fn(&str) -> CellType) -> Table {
    let mut reader = Reader {
        source: &source,
        dialect,
        // A row of ten cells of eight letters; the vector grows once or twice where cells are shorter.
        builder: TreeBuilder::with_room(source.text().len() / 5),
        errors: raw::check(&source),
        left_out: 0,
        faulty: Vec::new(),
        header: None,
        complete: false,
    };
    if reader.errors.is_empty() {
        reader.run(typed);
    } else {
        reader.errors.iter_mut().for_each(reword);
    }
    let Reader {
        builder,
        errors,
        faulty,
        header,
        complete,
        ..
    } = reader;
    Table {
        tree: builder.finish_table(Arc::clone(&source)),
        header,
        errors,
        faulty,
        complete,
    }
}

/// What is said of any text before it is parsed, without advice that only YAML can take.
fn reword(error: &mut TextError) {
    let is_utf16 = |help: &String| help.contains("UTF-16");
    if error.kind == TextErrorKind::Syntax && !error.help.as_ref().is_some_and(is_utf16) {
        error.help = Some("remove it; it is no part of any text".to_owned());
    }
}

struct Reader<'s> {
    source: &'s Source,
    dialect: Dialect,
    builder: TreeBuilder,
    errors: Vec<TextError>,
    left_out: usize,
    faulty: Vec<u32>,
    header: Option<u32>,
    complete: bool,
}

/// A column: the node of its name, and what its cells are.
struct Column {
    name: u32,
    ty: CellType,
}

impl Reader<'_> {
    fn run(&mut self, typed: &dyn Fn(&str) -> CellType) {
        let mut cells = Cells::new(self.source.text(), self.dialect.separator);
        let mut row = Vec::new();
        // Rows without text before the header are as good as none.
        let mut end = End::Row;
        while end == End::Row && row.iter().all(Cell::is_empty) {
            end = self.next_row(&mut cells, &mut row);
        }
        if row.iter().all(Cell::is_empty) {
            self.error(empty("this file is empty"));
            return;
        }
        let Some(columns) = self.header(&row, typed) else {
            return;
        };
        if end == End::Open {
            return;
        }
        let mut any = false;
        while end == End::Row {
            end = self.next_row(&mut cells, &mut row);
            if row.iter().all(Cell::is_empty) {
                continue;
            }
            any = true;
            self.row(&columns, &row);
            if end == End::Open {
                return self.count_the_rest();
            }
        }
        self.complete = true;
        if !any {
            self.error(empty("this file has a header and no rows"));
        }
        self.count_the_rest();
    }

    /// Reads the cells of the next row; mistakes in its quotes are told.
    fn next_row(&mut self, cells: &mut Cells<'_>, row: &mut Vec<Cell>) -> End {
        row.clear();
        loop {
            let (cell, end) = cells.next();
            if let Some(error) = cell.mistake(self.source) {
                self.error(error);
            }
            row.push(cell);
            if end != End::Cell {
                return end;
            }
        }
    }

    fn error(&mut self, error: TextError) {
        if self.errors.len() < MAX_MISTAKES {
            self.errors.push(error);
        } else {
            self.left_out += 1;
            if self.left_out == 1 {
                self.errors.push(error);
            }
        }
    }

    /// Beyond the limit only the first mistake stands; it says how many it stands for.
    fn count_the_rest(&mut self) {
        if let Some(last) = self.errors.last_mut().filter(|_| self.left_out > 1) {
            let more = self.left_out - 1;
            last.message = format!("{}; {more} more mistakes are not listed", last.message);
        }
    }

    fn row(&mut self, columns: &[Column], row: &[Cell]) {
        let sound = row.iter().all(|cell| cell.fault.is_none());
        let (Some(first), Some(last)) = (row.first(), row.last()) else {
            return;
        };
        self.builder.start_document();
        let span = Span {
            start: first.span.start,
            end: last.span.end,
        };
        let index = self.builder.open(span, NodeKind::Map);
        for (column, cell) in columns.iter().zip(row) {
            self.builder.copy(column.name);
            self.cell(*cell, column.ty);
        }
        self.builder.close(index, span.end);
        if row.len() != columns.len() && sound {
            let error = self.ragged(columns, row);
            self.error(error);
        }
        if row.len() != columns.len() || !sound {
            self.faulty.push(index);
        }
    }

    fn ragged(&self, columns: &[Column], row: &[Cell]) -> TextError {
        let separator = char::from(self.dialect.separator);
        let (has, wanted) = (count(row.len(), "cell"), count(columns.len(), "column"));
        let quotes = format!("a cell that holds `{separator}` or a line end goes in quotes");
        let (span, message, help) = match columns.get(row.len()) {
            Some(missing) => {
                let name = self.builder.text(missing.name, self.source);
                let message = format!(
                    "this row has {has} and the header {wanted}: there is none for `{name}`"
                );
                let span = row.last().map_or(Span::default(), |cell| cell.span);
                (
                    span,
                    message,
                    format!("write `{separator}` for every empty cell as well"),
                )
            }
            None => {
                let message = format!("this row has {has} and the header {wanted}");
                let surplus = row.get(columns.len()).or(row.last());
                (
                    surplus.map_or(Span::default(), |cell| cell.span),
                    message,
                    quotes,
                )
            }
        };
        TextError::new(TextErrorKind::Syntax, self.visible(span), message).help(help)
    }

    /// A span that can be pointed at: an empty cell is told at the separator or line end beside it.
    fn visible(&self, span: Span) -> Span {
        super::pointer::beside(self.source.text(), span)
    }

    fn cell(&mut self, cell: Cell, ty: CellType) {
        let style = cell.style();
        if cell.is_empty() {
            self.builder.scalar(cell.span, NodeKind::Null, style, None);
            return;
        }
        if cell.needs_cooking {
            let text = cell.cooked(self.source);
            let kind = kind_of(&text, ty, b'.');
            self.builder.scalar(cell.span, kind, style, Some(&text));
            return;
        }
        if ty == CellType::Text {
            self.builder.scalar(cell.span, NodeKind::Text, style, None);
            return;
        }
        let text = cell.content(self.source);
        let kind = kind_of(text, ty, self.dialect.decimal);
        let with_point = kind == NodeKind::Float && self.dialect.decimal == b',';
        let stored = with_point.then(|| text.replace(',', "."));
        self.builder
            .scalar(cell.span, kind, style, stored.as_deref());
    }
}

/// What a text is in a column of a type: text where it does not fit.
fn kind_of(text: &str, ty: CellType, decimal: u8) -> NodeKind {
    match ty {
        CellType::Text => NodeKind::Text,
        CellType::Boolean => match super::scalar::plain_kind(text) {
            NodeKind::Boolean => NodeKind::Boolean,
            _ => NodeKind::Text,
        },
        CellType::Number => super::scalar::decimal_kind(text, decimal),
    }
}

fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("one {what}"),
        number => format!("{number} {what}s"),
    }
}

fn empty(message: &str) -> TextError {
    TextError::new(TextErrorKind::Empty, Span::default(), message)
        .help("write a header of column names and a row for each entry, or delete the file")
}

#[cfg(test)]
mod tests;
