//! Controls as a document.

use super::{ControlsReport, PublicReport, Tally, status_words};
use crate::records::Unit;
use crate::records::quantity::format_value;
use crate::report::document::{Document, Line, Table};
use chrono::NaiveDate;

impl ControlsReport {
    /// The controls as a document: the shares by category, then every control with its reasons.
    pub fn document(&self) -> Document {
        let mut document = Document::new(format!("Controls as of {}", long(self.as_of)));
        if !self.incomplete.left_out.is_empty() {
            document.warning(format!(
                "Left out, because they cannot be read: {}.",
                self.incomplete.left_out.join(", ")
            ));
        }
        shares(&self.tallies, &self.total, &mut document);
        for rows in self
            .rows
            .chunk_by(|one, other| one.category == other.category)
        {
            let category = rows.first().map_or("", |row| &*row.category);
            document.part(category, category);
            let mut table = Table::new(&["Control", "Owner", "Status", "Why"]);
            for row in rows {
                let reasons: Vec<&str> = row.reasons.iter().map(|reason| &*reason.words).collect();
                table.row([
                    Line::naming(&row.title, &row.id),
                    row.owner.as_str().into(),
                    status_words(row.status).into(),
                    reasons.join("; ").into(),
                ]);
            }
            document.table_or(table, "");
        }
        document
    }
}

impl PublicReport {
    /// The public view as a document.
    pub fn document(&self) -> Document {
        let mut document = Document::new(format!("Controls as of {}", long(self.as_of)));
        if !self.complete {
            document.warning(INCOMPLETE);
        }
        if self.rows.is_empty() {
            document.remark("No control is public.");
            return document;
        }
        shares(&self.tallies, &self.total, &mut document);
        for rows in self
            .rows
            .chunk_by(|one, other| one.category == other.category)
        {
            let category = rows.first().map_or("", |row| &*row.category);
            document.part(category, category);
            let mut table = Table::new(&["Control", "What we do", "Status"]);
            for row in rows {
                table.row([
                    row.title.as_str(),
                    row.statement.as_str(),
                    status_words(row.status),
                ]);
            }
            document.table_or(table, "");
        }
        document
    }
}

/// What is said in place of what is wrong with the records.
const INCOMPLETE: &str = "The records are incomplete, so something may be missing or out of date.";

fn shares(tallies: &[Tally], total: &Tally, document: &mut Document) {
    let mut table = Table::new(&["Category", ">Controls", ">Monitored", ">Passing"]);
    for tally in tallies {
        table.row(cells(&tally.category, tally));
    }
    table.row(cells("All", total));
    document.table_or(table, "");
}

fn cells(name: &str, tally: &Tally) -> [String; 4] {
    let part = |count: usize, share: Option<f64>| match share {
        Some(share) => format!("{count} ({})", format_value(share, Unit::Percent)),
        None => "none".to_owned(),
    };
    [
        name.to_owned(),
        tally.claimed.to_string(),
        part(tally.monitored, tally.share_monitored()),
        part(tally.passing, tally.share_passing()),
    ]
}

fn long(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}
