//! The form for the minutes (clause 9.3.3), with what carries over.

use super::{Pack, agenda, long, summary};
use crate::records::config::ReviewType;
use crate::report::document::{Document, Line, Table};

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.part("minutes", "Minutes (9.3.3)");
    let kind = pack
        .subject
        .r#type
        .and_then(|kind| pack.basis.view.config().reviews.get(kind));
    document.heading(3, "Attendance");
    document.checklist(attendance(pack, kind));
    let planned = match pack.subject.planned {
        Some(planned) => format!(" (planned for {})", long(planned)),
        None => String::new(),
    };
    document.paragraph(format!("Held on: ____________{planned}"));
    document.heading(3, "Actions that carry over");
    document.table_or(
        agenda::carried_over(pack),
        "No action of an earlier review is open.",
    );
    document.heading(3, "Decisions");
    let mut table = Table::new(&["Decision", "Kind", "Action", "Owner", "Due"]);
    for subject in summary::subjects(pack) {
        let blank = || Line::default();
        table.row([subject, blank(), blank(), blank(), blank()]);
    }
    for kind in [
        "improvement",
        "change to the ISMS",
        "objectives",
        "resources",
    ] {
        table.row(["", kind, "", "", ""]);
    }
    document.table_or(table, "");
    document.heading(3, "Conclusion (9.3.1)");
    document.checklist(
        [
            "suitable: it fits objectives, commitments and risk appetite",
            "adequate: it covers its stated scope",
            "effective: it gives the outcomes expected",
        ]
        .map(|text| Line::from(format!("The ISMS is {text}.")))
        .into(),
    );
    document.heading(3, "Sign-off");
    let mut table = Table::new(&["Chair", "Signed by", "Date"]);
    let chair = pack
        .subject
        .review
        .and_then(|review| review.chair.as_deref());
    let chair = chair.map(|chair| pack.basis.who(chair));
    table.row([chair.unwrap_or_default(), "", ""]);
    document.table_or(table, "");
}

fn attendance(pack: &Pack<'_>, kind: Option<&ReviewType>) -> Vec<Line> {
    let required = kind
        .map(|kind| kind.attendees.as_slice())
        .unwrap_or_default();
    let optional = kind
        .map(|kind| kind.optional.as_slice())
        .unwrap_or_default();
    let who = |id| pack.basis.who(id);
    let mut lines: Vec<Line> = required.iter().map(|id| who(id).into()).collect();
    lines.extend(
        optional
            .iter()
            .map(|id| Line::from(format!("{} (optional)", who(id)))),
    );
    if lines.is_empty() {
        lines.push("Names of those who attended".into());
    }
    lines
}
