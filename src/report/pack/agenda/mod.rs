//! The inputs of clause 9.3.2, a to g, from the records.

mod actions;
mod context;
mod corrective;
mod performance;

pub use actions::{ReviewActions, carried_over};
pub use corrective::is_corrective;
pub use performance::{finding_words, is_nonconformity, is_open_finding, open_findings};

use super::{Pack, risks};
use crate::records::review::{Input, Inputs};
use crate::report::document::{Document, Line};

/// One input of the agenda.
struct Section {
    letter: &'static str,
    title: &'static str,
    /// What was noted on it in the review record.
    noted: fn(&Inputs) -> Option<&Input>,
    /// What the records say.
    write: fn(&Pack<'_>, &mut Document),
}

const SECTIONS: &[Section] = &[
    Section {
        letter: "a",
        title: "Status of actions from previous reviews",
        noted: |it| it.a.as_ref(),
        write: actions::previous,
    },
    Section {
        letter: "b",
        title: "Changes in external and internal issues",
        noted: |it| it.b.as_ref(),
        write: context::issues,
    },
    Section {
        letter: "c",
        title: "Changes in needs and expectations of interested parties",
        noted: |it| it.c.as_ref(),
        write: context::needs,
    },
    Section {
        letter: "d1",
        title: "Nonconformities and corrective actions",
        noted: |it| it.d1.as_ref(),
        write: performance::nonconformities,
    },
    Section {
        letter: "d2",
        title: "Monitoring and measurement results",
        noted: |it| it.d2.as_ref(),
        write: performance::monitoring,
    },
    Section {
        letter: "d3",
        title: "Audit results",
        noted: |it| it.d3.as_ref(),
        write: performance::audits,
    },
    Section {
        letter: "d4",
        title: "Fulfilment of objectives",
        noted: |it| it.d4.as_ref(),
        write: performance::objectives,
    },
    Section {
        letter: "e",
        title: "Feedback from interested parties",
        noted: |it| it.e.as_ref(),
        write: context::feedback,
    },
    Section {
        letter: "f",
        title: "Risk assessment and treatment",
        noted: |it| it.f.as_ref(),
        write: risks::write,
    },
    Section {
        letter: "g",
        title: "Opportunities for continual improvement",
        noted: |it| it.g.as_ref(),
        write: actions::opportunities,
    },
];

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.part("agenda", "Agenda (9.3.2)");
    for section in SECTIONS {
        document.heading(3, format!("{}) {}", section.letter, section.title));
        let review = pack.subject.review.filter(|_| !pack.subject.held_later);
        let inputs = review.and_then(|review| review.inputs.as_ref());
        if let Some(input) = inputs.and_then(section.noted) {
            document.list(notes(input));
        }
        (section.write)(pack, document);
    }
}

/// What was noted on an input before or in the meeting.
fn notes(input: &Input) -> Vec<Line> {
    let parts = [
        ("State", &input.state),
        ("Trend", &input.trend),
        ("Proposed", &input.proposed),
    ];
    let lines = parts.iter().filter_map(|(name, text)| {
        let text = text.as_ref()?;
        Some(Line::default().strong(*name).plain(format!(": {text}")))
    });
    lines.collect()
}
