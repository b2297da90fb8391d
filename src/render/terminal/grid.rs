//! Tables on a terminal: one line a row, one column that gives way when the terminal is narrow.

use super::text::harmless;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Row, Table};

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// As wide as its content, to the left.
    Left,
    /// As wide as its content, to the right.
    Right,
    /// What is left of the width; cut with `…` when that is not enough.
    Flexible,
}

/// A table.
pub struct Grid {
    columns: Vec<Column>,
    table: Table,
}

impl Grid {
    /// A table of these columns that fits `width`.
    pub fn new(columns: &[Column], width: usize) -> Self {
        let mut table = Table::new();
        table
            .load_style(NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_truncation_indicator("…")
            .set_width(u16::try_from(width).unwrap_or(u16::MAX));
        Self {
            columns: columns.to_vec(),
            table,
        }
    }

    /// Adds a row; text from records is made harmless here.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> &mut Self {
        let cells: Vec<String> = cells
            .into_iter()
            .map(|cell| harmless(cell.as_ref()).into_owned())
            .collect();
        let mut row = Row::from(cells);
        row.max_height(1);
        self.table.add_row(row);
        self
    }

    /// The rows as lines, in order, without blanks at their ends.
    pub fn lines(mut self) -> Vec<String> {
        for (index, kind) in self.columns.iter().enumerate() {
            let Some(column) = self.table.column_mut(index) else {
                continue;
            };
            column.set_padding((0, 2));
            match kind {
                Column::Left => {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
                Column::Right => {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                    column.set_cell_alignment(CellAlignment::Right);
                }
                Column::Flexible => {}
            }
        }
        self.table
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }
}
