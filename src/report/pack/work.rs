//! Overdue and upcoming work, training and vendors.

use super::{Pack, counted, long};
use crate::assess::facts::{day_of, field};
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::report::charts::{self, Watched};
use crate::report::document::{Document, Table};
use crate::report::due::{Urgency, kind_words};
use crate::workspace::Collection;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.part("work", "Overdue and upcoming work");
    let until = pack.basis.as_of();
    document.chart(charts::duties(pack.basis, Watched::All, until));
    document.heading(3, "Overdue");
    let overdue = pack
        .basis
        .survey
        .list
        .iter()
        .filter(|it| it.state == State::Overdue);
    document.table_or(table(pack, overdue), "Nothing is overdue.");
    let days = pack.basis.view.config().isms.due_soon.seconds() / 86_400;
    document.heading(3, format!("Next {days} days"));
    let soon = pack.basis.survey.list.iter().filter(|it| {
        matches!(
            Urgency::of(it),
            Urgency::Today | Urgency::InGrace | Urgency::Soon
        )
    });
    document.table_or(table(pack, soon), "Nothing is due.");
    let blocked = pack
        .basis
        .survey
        .list
        .iter()
        .filter(|it| Urgency::of(it) == Urgency::Blocked);
    let blocked = table(pack, blocked);
    if !blocked.rows.is_empty() {
        document.heading(3, "Blocked");
        document.table_or(blocked, "");
    }
    let over =
        |it: &&Obligation| it.kind == ObligationKind::Retention && it.due <= pack.basis.as_of();
    let kept = pack.basis.survey.list.iter().filter(over).count();
    if kept > 0 {
        let records = counted(kept, "record");
        document.paragraph(format!("Kept as long as they must be: {records}."));
    }
    training(pack, document);
    vendors(pack, document);
}

fn table<'o>(pack: &Pack<'_>, items: impl Iterator<Item = &'o Obligation>) -> Table {
    let mut table = Table::new(&["Due", "What", "Kind", "Owner", "State"]);
    for it in items {
        let period = it
            .period
            .map(|period| format!(" {period}"))
            .unwrap_or_default();
        let state = match it.state {
            State::Overdue => format!("{} d late", it.days(pack.basis.as_of())),
            State::InGrace => format!("in grace until {}", long(it.deadline)),
            State::DueToday => "due today".to_owned(),
            State::Blocked => it
                .blocked_by
                .as_ref()
                .map_or_else(String::new, |blocker| format!("blocked by {blocker}")),
            _ => String::new(),
        };
        let occasion = it.r#for.as_ref();
        let occasion = occasion.map_or_else(String::new, |record| format!(" for {record}"));
        table.row([
            long(it.due),
            format!("{} ({}{period}{occasion})", it.title, it.subject),
            kind_words(it.kind).to_owned(),
            it.owner.clone().unwrap_or_default(),
            state,
        ]);
    }
    table
}

fn training(pack: &Pack<'_>, document: &mut Document) {
    let wanted = &pack.basis.view.config().pack.training;
    if wanted.is_empty() {
        return;
    }
    document.heading(3, "Training");
    let mut table = Table::new(&["KPI", "Period", ">Value", ">Target", "Verdict"]);
    for kpi in pack
        .kpis
        .iter()
        .filter(|kpi| wanted.iter().any(|id| **id == *kpi.id))
    {
        table.row([
            kpi.title.clone(),
            kpi.current
                .as_ref()
                .map_or_else(String::new, |point| point.period.clone()),
            kpi.value_words(),
            kpi.target_words(),
            kpi.verdict_words().to_owned(),
        ]);
    }
    document.table_or(
        table,
        "The training KPIs that isms.toml names do not exist.",
    );
}

fn vendors(pack: &Pack<'_>, document: &mut Document) {
    let Some(register) = &pack.basis.view.config().pack.vendors else {
        return;
    };
    document.heading(3, "Vendors");
    let declared = pack.basis.view.config().registers.get(register);
    let log = declared.and_then(|it| it.review.as_ref()?.log.as_deref());
    let mut titles = vec!["Vendor", "Open duties"];
    if log.is_some() {
        titles.insert(1, "Last review");
    }
    let mut table = Table::new(&titles);
    let collection = Collection::Register(register.as_ref().into());
    for row in pack.basis.view.collection(&collection) {
        let mut cells = vec![
            format!("{} ({})", row.title(), row.id()),
            open_duties(pack, row.id()),
        ];
        if let Some(log) = log {
            let day =
                field(row.node(), log).and_then(|date| day_of(date, pack.basis.view.calendar()));
            cells.insert(1, day.map_or_else(|| "none".to_owned(), long));
        }
        table.row(cells);
    }
    document.table_or(table, format!("The register `{register}` has no rows."));
    if declared.is_some_and(|it| it.review.is_some()) {
        document.paragraph(reviews(pack, register));
    }
}

/// How many rows of a register are overdue for review.
fn reviews(pack: &Pack<'_>, register: &str) -> String {
    let is_row = |it: &&Obligation| {
        let row = it.subject.strip_prefix(register);
        it.kind == ObligationKind::RegisterReview && row.is_some_and(|row| row.starts_with('/'))
    };
    let reviews = pack.basis.survey.list.iter().filter(is_row);
    let open: Vec<&Obligation> = reviews
        .filter(|it| Urgency::of(it) != Urgency::Done)
        .collect();
    let overdue = open.iter().filter(|it| it.state == State::Overdue);
    let names: Vec<&str> = overdue.map(|it| it.subject.as_str()).collect();
    let overdue = match names.as_slice() {
        [] => "none".to_owned(),
        names => names.join(", "),
    };
    let all = counted(open.len(), "row");
    format!("Reviewed at intervals: {all}. Overdue: {overdue}.")
}

/// What is open about a record, with its dates.
fn open_duties(pack: &Pack<'_>, id: &str) -> String {
    let duties = pack.basis.survey.list.iter().filter(|it| {
        let about = it.subject == id || it.r#for.as_deref() == Some(id);
        about && Urgency::of(it) < Urgency::Later
    });
    let words = duties.map(|it| format!("{} {}", kind_words(it.kind), long(it.due)));
    words.collect::<Vec<_>>().join(", ")
}
