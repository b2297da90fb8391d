//! The first row: the names of the columns.

use super::cell::Cell;
use super::{CellType, Column, Reader};
use crate::text::{NodeKind, Span, TextError, TextErrorKind};
use foldhash::{HashMap, HashMapExt};

/// What else is used between cells.
const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// A name without what is easily overlooked: case and spaces.
pub fn folded(name: &str) -> String {
    let letters = name.chars().filter(|letter| !letter.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

impl Reader<'_> {
    /// The columns; none when rows could not be told by them.
    pub(super) fn header(
        &mut self,
        row: &[Cell],
        typed: &dyn Fn(&str) -> CellType,
    ) -> Option<Vec<Column>> {
        let before = self.errors.len();
        if let Some(error) = self.other_separator(row) {
            self.error(error);
        }
        let (first, last) = (row.first()?.span, row.last()?.span);
        let header = self.builder.open(first, NodeKind::List);
        let mut columns = Vec::with_capacity(row.len());
        let mut known: HashMap<String, (Span, String)> = HashMap::with_capacity(row.len());
        for (index, cell) in row.iter().enumerate() {
            let text = cell.text(self.source);
            if text.trim().is_empty() {
                let message = format!("column {} has no name", index + 1);
                let error = TextError::new(TextErrorKind::Syntax, self.visible(cell.span), message);
                self.error(error.help("name it in the header, or delete the whole column"));
            } else if let Some((span, other)) = known.get(&folded(&text)) {
                let error = doubled(&text, cell.span, other, *span);
                self.error(error);
            } else {
                known.insert(folded(&text), (cell.span, text.clone().into_owned()));
            }
            let stored = cell.needs_cooking.then_some(&*text);
            let name = self
                .builder
                .scalar(cell.span, NodeKind::Text, cell.style(), stored);
            columns.push(Column {
                name,
                ty: typed(&text),
            });
        }
        self.builder.close(header, last.end);
        let faulty = row.iter().any(|cell| cell.fault.is_some());
        if self.errors.len() > before || faulty {
            return None;
        }
        self.header = Some(header);
        Some(columns)
    }

    /// A header in one piece that holds what is used between cells elsewhere.
    fn other_separator(&self, row: &[Cell]) -> Option<TextError> {
        let [cell] = row else {
            return None;
        };
        let text = cell.content(self.source);
        let declared = self.dialect.separator;
        let other = SEPARATORS
            .into_iter()
            .find(|other| *other != declared && text.bytes().any(|byte| byte == *other))?;
        let name = |separator: u8| match separator {
            b'\t' => "tabs".to_owned(),
            separator => format!("`{}`", char::from(separator)),
        };
        let at =
            cell.span.range().start + usize::from(cell.is_quoted) + text.find(char::from(other))?;
        let message = format!(
            "the header is one cell: its names look separated by {}, and the separator of this register is {}",
            name(other),
            name(declared)
        );
        let value = match other {
            b'\t' => "\\t".to_owned(),
            other => char::from(other).to_string(),
        };
        let error = TextError::new(TextErrorKind::Syntax, Span::new(at, at + 1), message);
        Some(error.help(format!(
            "declare `separator = \"{value}\"` for the register in isms.toml; it is never guessed"
        )))
    }
}

fn doubled(name: &str, span: Span, other: &str, first: Span) -> TextError {
    let (message, help) = match name == other {
        true => (
            format!("the column `{name}` stands twice"),
            "delete one of the two, or rename it",
        ),
        false => (
            format!("the columns `{other}` and `{name}` differ only by case or spaces"),
            "keep one of the two, or rename it: nobody can tell them apart",
        ),
    };
    let mut error = TextError::new(TextErrorKind::DuplicateKey, span, message).help(help);
    error.related = Some((first, "the first stands here".to_owned()));
    error
}
