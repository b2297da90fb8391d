//! What an auditor would ask next: questions that the records themselves give cause for, each with the clause of
//! ISO/IEC 27001:2022 it comes from and the records it is about; the gravest first.

mod clauses;
mod corrective;
mod measurement;
mod programme;
mod risks;
#[cfg(test)]
mod tests;

use super::Pack;
use crate::assess::clauses::{Ground, clauses as requirements};
use crate::report::document::{Cell, Document, Line, Table};
use std::collections::BTreeSet;

/// Most records named under one question.
const NAMED: usize = 4;

/// A question.
struct Question {
    /// How grave its cause is; the gravest is the greatest.
    gravity: u8,
    /// Clause it comes from.
    clause: &'static str,
    /// The question itself.
    text: String,
    /// Records that give cause for it, each with the reason, the gravest first: those that are named.
    about: Vec<Line>,
    /// How many others there are.
    more: usize,
}

/// The questions while they are gathered.
struct Questions(Vec<Question>);

impl Questions {
    /// Adds a question, if there is a record that gives cause for it. What is said of records that will not be named is
    /// not put into words.
    fn ask(
        &mut self,
        gravity: u8,
        clause: &'static str,
        text: impl Into<String>,
        about: impl IntoIterator<Item = Line, IntoIter: ExactSizeIterator>,
    ) {
        let about = about.into_iter();
        let more = about.len().saturating_sub(NAMED);
        let about: Vec<Line> = about.take(NAMED).collect();
        if !about.is_empty() {
            self.0.push(Question {
                gravity,
                clause,
                text: text.into(),
                about,
                more,
            });
        }
    }
}

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.part("auditor_questions", "What an auditor would ask next");
    let basis = pack.basis;
    let (mut questions, requirements) = rayon::join(
        || {
            let mut questions = Questions(Vec::new());
            measurement::ask(pack, &mut questions);
            risks::ask(pack, &mut questions);
            corrective::ask(pack, &mut questions);
            programme::ask(pack, &mut questions);
            questions
        },
        || {
            requirements(&Ground {
                view: basis.view,
                obligations: basis.survey,
                series: basis.series,
                controls: &pack.controls,
                risks: &pack.risks,
                with_proofs: false,
            })
        },
    );
    let asked: BTreeSet<&str> = questions.0.iter().map(|question| question.clause).collect();
    let asked: Vec<&str> = asked.into_iter().collect();
    clauses::ask(pack, requirements, &asked, &mut questions);
    let mut all = questions.0;
    all.sort_by_key(|question| (std::cmp::Reverse(question.gravity), question.clause));
    let mut table = Table::new(&["Clause", "Question", "About"]);
    for question in all {
        let about = Line::joined(question.about, "; ");
        let about = match question.more {
            0 => about,
            more => about.plain(format!("; and {more} more")),
        };
        table.row([
            Cell::text(question.clause),
            Cell::text(question.text),
            about.into(),
        ]);
    }
    if !table.rows.is_empty() {
        document.paragraph(
            "Questions that the records give cause for, the gravest first, with the clause of ISO/IEC 27001:2022.",
        );
    }
    document.table_or(
        table,
        "The records give no cause for a question beyond those of every audit.",
    );
}
