//! Tables on a terminal: one line a row; text that does not fit is cut with `…`.

use super::text::{harmless, width};
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use unicode_width::UnicodeWidthChar;

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// As wide as its content, to the left.
    Left,
    /// As wide as its content, to the right.
    Right,
    /// As wide as its content, up to so many columns.
    AtMost(usize),
    /// What is left of the width.
    Flexible,
}

/// Blanks between two columns.
pub const GAP: usize = 2;
/// A flexible column is never narrower, even if lines get longer than the terminal.
const NARROWEST: usize = 12;

/// A table.
pub struct Grid {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    width: usize,
}

impl Grid {
    /// A table of these columns that fits `width`.
    pub fn new(columns: &[Column], width: usize) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
            width,
        }
    }

    /// Adds a row; text from records is made harmless here.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> &mut Self {
        let clean = |cell: S| harmless(cell.as_ref()).into_owned();
        self.rows.push(cells.into_iter().map(clean).collect());
        self
    }

    /// The rows as lines, in order, without blanks at their ends.
    pub fn lines(mut self) -> Vec<String> {
        self.fit();
        let mut table = Table::new();
        table
            .load_style(NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled);
        table.add_rows(self.rows);
        for (index, kind) in self.columns.iter().enumerate() {
            let Some(column) = table.column_mut(index) else {
                continue;
            };
            column.set_padding((0, u16::try_from(GAP).unwrap_or(1)));
            if *kind == Column::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }

    /// Cuts the cells that may be cut.
    fn fit(&mut self) {
        let widest = |index: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(index));
            cells.map(|cell| width(cell)).max().unwrap_or_default()
        };
        let content: Vec<usize> = (0..self.columns.len()).map(widest).collect();
        let fixed: usize = self
            .columns
            .iter()
            .zip(&content)
            .map(|(column, content)| match column {
                Column::Left | Column::Right => *content,
                Column::AtMost(most) => *content.min(most),
                Column::Flexible => 0,
            })
            .sum();
        let gaps = GAP * self.columns.len().saturating_sub(1);
        let rest = self.width.saturating_sub(fixed + gaps).max(NARROWEST);
        for row in &mut self.rows {
            for (column, cell) in self.columns.iter().zip(row.iter_mut()) {
                match column {
                    Column::Flexible => *cell = cut(cell, rest),
                    Column::AtMost(most) => *cell = cut(cell, *most),
                    Column::Left | Column::Right => {}
                }
            }
        }
    }
}

/// Text in so many columns, with `…` where something was cut.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let mut kept: String = text
        .chars()
        .take_while(|character| {
            used += character.width().unwrap_or_default();
            used <= columns
        })
        .collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flexible_column_gives_way() {
        let mut grid = Grid::new(&[Column::Left, Column::Flexible, Column::Right], 30);
        grid.row(["A", "a title that is much too long", "9 d"]);
        grid.row(["BB", "short", "10 d"]);
        assert_eq!(
            grid.lines(),
            [
                "A   a title that is muc…   9 d",
                "BB  short                 10 d"
            ]
        );
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(cut("日本語", 6), "日本語");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("abc", 2), "a…");
    }
}
