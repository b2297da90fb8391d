//! Rows that surely fit, seen without the validator and without asking for a column by its name.

use crate::records::Moment;
use crate::records::validate::ColumnTest;
use crate::text::NodeRef;
use crate::workspace::registers::RegisterRules;

/// What every column must be.
pub(super) struct Quick<'r> {
    columns: Vec<Column<'r>>,
    key: usize,
}

#[derive(Clone, Copy)]
struct Column<'r> {
    /// None when any text will do.
    test: Option<&'r ColumnTest>,
    is_needed: bool,
    is_date: bool,
}

impl<'r> Quick<'r> {
    /// None when the rows have to be looked at as a whole, or the header is not what it should be.
    pub(super) fn of(rules: &'r RegisterRules, header: NodeRef<'_>) -> Option<Self> {
        let rows = match &rules.schema {
            Some(schema) => Some(schema.rows.as_ref()?),
            None => None,
        };
        let names: Vec<&str> = header.items().map(|cell| cell.text()).collect();
        let has = |name: &str| names.contains(&name);
        let lacks_one = rows.is_some_and(|rows| !rows.required().all(has));
        let has_unknown = rows.is_some_and(|rows| {
            rows.is_closed() && names.iter().any(|name| rows.column(name).is_none())
        });
        if lacks_one || has_unknown {
            return None;
        }
        let column = |name: &&str| Column {
            test: rows.and_then(|rows| rows.column(name)),
            is_needed: **name == *rules.key
                || rows.is_some_and(|rows| rows.required().any(|needed| needed == *name)),
            is_date: rules.dates().any(|date| date == *name),
        };
        Some(Self {
            columns: names.iter().map(column).collect(),
            key: names.iter().position(|name| **name == *rules.key)?,
        })
    }

    /// The key of a row that surely fits.
    pub(super) fn key_of<'t>(&self, row: NodeRef<'t>) -> Option<NodeRef<'t>> {
        let mut key = None;
        for (index, ((_, cell), column)) in row.entries().zip(&self.columns).enumerate() {
            if cell.is_null() {
                if column.is_needed {
                    return None;
                }
                continue;
            }
            let fits = column.test.is_none_or(|test| test.fits(cell));
            if !fits || (column.is_date && cell.text().parse::<Moment>().is_err()) {
                return None;
            }
            if index == self.key {
                key = Some(cell);
            }
        }
        key.filter(|key| key.text().trim() == key.text())
    }
}
