//! Tables as HTML: every cell knows its headers, numbers stand below each other, and what sorts them is written beside
//! what people read.

use super::body::Body;
use super::escape::{escape, has_long_word};
use super::records::{Records, named};
use crate::report::document::{Align, Cell, Column, Table};
use std::fmt::Write;

/// From this many columns on a table is set smaller in print.
const WIDE: usize = 8;

/// From this many columns on it is set as small as can be read.
const WIDEST: usize = 11;

/// Bytes of most cells with their mark-up.
const CELL: usize = 80;

/// Up to this many rows a table is not cut in print.
const SHORT: usize = 8;

/// Up to this length text stays on one line.
const WORD: usize = 12;

/// From this length on text of a cell is given room.
const SENTENCE: usize = 40;

impl Body<'_> {
    /// Adds a table, in a frame that scrolls sideways when it is too wide.
    pub(super) fn table(&mut self, table: &Table) {
        self.text.reserve(table.cells() * CELL);
        self.tables += 1;
        let number = self.tables;
        let class = match table.columns.len() {
            WIDEST.. => " class=\"wide widest\"",
            WIDE.. => " class=\"wide\"",
            _ => "",
        };
        let short = match table.rows.len() <= SHORT {
            true => " short",
            false => "",
        };
        let _ = writeln!(
            self.text,
            "<div class=\"scroll{short}\" role=\"region\" aria-labelledby=\"table-{number}\" tabindex=\"0\">\n<table{class}>\n\
             <caption id=\"table-{number}\" class=\"unseen\">{}, table {number}</caption>",
            escape(&self.heading)
        );
        self.head(table);
        self.text.push_str("<tbody>\n");
        for row in &table.rows {
            self.row(&table.columns, row);
        }
        self.text.push_str("</tbody>\n</table>\n</div>\n");
    }

    fn head(&mut self, table: &Table) {
        self.text.push_str("<thead>\n<tr>");
        for (index, column) in table.columns.iter().enumerate() {
            let class = match is_number(column, table, index) {
                true => " class=\"n\"",
                false => "",
            };
            // An empty header is none.
            let _ = match column.title.is_empty() {
                true => write!(self.text, "<td></td>"),
                false => write!(
                    self.text,
                    "<th scope=\"col\"{class}>{}</th>",
                    escape(&column.title)
                ),
            };
        }
        self.text.push_str("</tr>\n</thead>\n");
    }

    fn row(&mut self, columns: &[Column], row: &[Cell]) {
        let is_place = Records::stand_in(self.part);
        let place = is_place.then(|| named(row)).flatten();
        let place = place.filter(|id| self.placed.insert(id.clone()));
        let _ = match place.as_deref().and_then(|id| self.records.anchor(id)) {
            Some(anchor) => write!(self.text, "<tr id=\"{anchor}\">"),
            None => write!(self.text, "<tr>"),
        };
        for (index, cell) in row.iter().enumerate() {
            let column = columns.get(index);
            self.cell(index == 0, column, cell);
        }
        self.text.push_str("</tr>\n");
    }

    fn cell(&mut self, first: bool, column: Option<&Column>, cell: &Cell) {
        let line = cell.line();
        let plain = line.text();
        let class = class(cell, &plain, column);
        let (open, close) = match first && !plain.is_empty() {
            true => ("<th scope=\"row\"", "</th>"),
            false => ("<td", "</td>"),
        };
        let _ = match cell {
            Cell::Figure(number, _) => write!(self.text, "{open}{class} data-sort=\"{number}\">"),
            Cell::Count(count, _) => write!(self.text, "{open}{class} data-sort=\"{count}\">"),
            Cell::Day(day) => write!(
                self.text,
                "{open}{class} data-sort=\"{day}\"><time datetime=\"{day}\">"
            ),
            Cell::Absent | Cell::Text(_) | Cell::List(_) => write!(self.text, "{open}{class}>"),
        };
        self.line(&line);
        if matches!(cell, Cell::Day(_)) {
            self.text.push_str("</time>");
        }
        self.text.push_str(close);
    }
}

/// How a cell stands, as an attribute.
fn class(cell: &Cell, plain: &str, column: Option<&Column>) -> &'static str {
    let is_right = column.is_some_and(|column| column.align == Align::Right);
    let longer_than = |length| plain.len() > length && plain.chars().nth(length).is_some();
    match cell {
        _ if has_long_word(plain) => " class=\"long\"",
        Cell::Figure(..) | Cell::Count(..) => " class=\"n\"",
        _ if is_right => " class=\"n\"",
        Cell::Day(_) => " class=\"day\"",
        _ if longer_than(SENTENCE) => " class=\"sentence\"",
        _ if !plain.is_empty() && !longer_than(WORD) => " class=\"word\"",
        _ => "",
    }
}

/// Whether the title of a column stands above numbers.
fn is_number(column: &Column, table: &Table, index: usize) -> bool {
    let mut cells = table.rows.iter().filter_map(|row| row.get(index));
    column.align == Align::Right
        || cells.any(|cell| matches!(cell, Cell::Figure(..) | Cell::Count(..)))
}
