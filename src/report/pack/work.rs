//! Overdue and upcoming work, training and vendors.

use super::{Pack, counted, long, named};
use crate::assess::Seen;
use crate::assess::facts::{day_of, field};
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::report::charts::{self, Watched};
use crate::report::document::{Cell, Document, Line, Piece, Table, Tone};
use crate::report::due::{Urgency, kind_words};
use crate::workspace::Collection;
use chrono::NaiveDate;
use foldhash::HashMap;

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
        let state = match it.state {
            State::Overdue => Cell::alarm(format!("{} d late", it.days(pack.basis.as_of()))),
            State::InGrace => {
                Cell::mark(Tone::Warn, format!("in grace until {}", long(it.deadline)))
            }
            State::DueToday => Cell::mark(Tone::Warn, "due today"),
            State::Blocked => it.blocked_by.as_ref().map_or(Cell::Absent, |blocker| {
                let line = Line::default().mark(Tone::Muted, "blocked");
                line.plain(" by ")
                    .then(pack.basis.reference(blocker))
                    .into()
            }),
            _ => Cell::Absent,
        };
        table.row([
            Cell::Day(it.due),
            duty(pack, it).into(),
            Cell::text(kind_words(it.kind)),
            Cell::text(it.owner.as_deref().unwrap_or_default()),
            state,
        ]);
    }
    table
}

/// A duty by its title, record, period and occasion: `Log review (ACTV-LOGS 2026-05)`.
pub fn duty(pack: &Pack<'_>, it: &Obligation) -> Line {
    let mut pieces = Vec::with_capacity(5);
    pieces.push(Piece::Plain([&it.title, " ("].concat()));
    pieces.extend(pack.basis.reference(&it.subject).0);
    let mut after = it
        .period
        .map_or_else(String::new, |period| format!(" {period}"));
    if let Some(record) = &it.r#for {
        after.push_str(" for ");
        pieces.push(Piece::Plain(std::mem::take(&mut after)));
        pieces.extend(pack.basis.reference(record).0);
    }
    after.push(')');
    pieces.push(Piece::Plain(after));
    Line(pieces)
}

fn training(pack: &Pack<'_>, document: &mut Document) {
    let wanted = &pack.basis.view.config().pack.training;
    document.heading(3, "Training");
    if wanted.is_empty() {
        let words = "isms.toml names no KPI of training (`training` in `[pack]`).";
        return document.remark(Line::default().words(words));
    }
    let mut table = Table::new(&["KPI", "Period", ">Value", ">Target", "Verdict"]);
    for kpi in pack
        .kpis
        .iter()
        .filter(|kpi| wanted.iter().any(|id| **id == *kpi.id))
    {
        table.row([
            Cell::record(&kpi.title, &kpi.id),
            Cell::text(kpi.current.as_ref().map_or("", |point| &point.period)),
            kpi.value_cell(),
            Cell::text(kpi.target_words()),
            kpi.verdict_cell(),
        ]);
    }
    document.table_or(
        table,
        "The training KPIs that isms.toml names do not exist.",
    );
}

fn vendors(pack: &Pack<'_>, document: &mut Document) {
    document.heading(3, "Vendors");
    let Some(register) = &pack.basis.view.config().pack.vendors else {
        let words = "isms.toml names no register of vendors (`vendors` in `[pack]`).";
        return document.remark(Line::default().words(words));
    };
    let declared = pack.basis.view.config().registers.get(register);
    let log = declared.and_then(|it| it.review.as_ref()?.log.as_deref());
    let mut titles = vec!["Vendor", "Open duties"];
    if log.is_some() {
        titles.insert(1, "Last review");
    }
    let mut table = Table::new(&titles);
    let collection = Collection::Register(register.as_ref().into());
    let duties = duties_by_record(pack);
    let closed = declared.and_then(|it| it.closed.as_deref());
    let rows = pack.basis.view.collection(&collection);
    let (ended, current): (Vec<_>, Vec<_>) = rows
        .map(|row| (row, ended_on(pack, row, closed)))
        .partition(|(_, ended)| ended.is_some());
    for (row, _) in current {
        let mut cells = vec![
            named(row).into(),
            Cell::text(open_duties(&duties, row.id())),
        ];
        if let Some(log) = log {
            let day =
                field(row.node(), log).and_then(|date| day_of(date, pack.basis.view.calendar()));
            let cell = day.map_or_else(|| Cell::mark(Tone::Muted, "none"), Cell::Day);
            cells.insert(1, cell);
        }
        table.row(cells);
    }
    let nothing = match ended.is_empty() {
        true => format!("The register `{register}` has no rows."),
        false => format!("Every row of the register `{register}` has ended."),
    };
    document.table_or(table, nothing);
    let ended = ended.into_iter();
    let ended = ended.filter_map(|(row, day)| Some((row, day.filter(|day| pack.in_period(*day))?)));
    let ended: Vec<(Seen<'_>, NaiveDate)> = ended.collect();
    if !ended.is_empty() {
        document.paragraph(endings(pack, &ended));
    }
    if declared.is_some_and(|it| it.review.is_some()) {
        document.paragraph(reviews(pack, register));
    }
}

/// The day on which a row of a register ended.
fn ended_on(pack: &Pack<'_>, row: Seen<'_>, closed: Option<&str>) -> Option<NaiveDate> {
    day_of(field(row.node(), closed?)?, pack.basis.view.calendar())
}

/// `1 ended in the period: Old Host (vendors/old-host), 31 May 2026.`
fn endings(pack: &Pack<'_>, ended: &[(Seen<'_>, NaiveDate)]) -> Line {
    let names = ended
        .iter()
        .map(|(row, day)| named(*row).plain(format!(", {}", long(*day))));
    Line::from(format!("{} ended {}: ", ended.len(), pack.when()))
        .then(Line::joined(names, "; "))
        .plain(".")
}

/// How many rows of a register are overdue for review.
fn reviews(pack: &Pack<'_>, register: &str) -> Line {
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
        [] => "none".into(),
        names => pack.basis.references(names.iter().copied()),
    };
    let all = counted(open.len(), "row");
    Line::from(format!("Reviewed at intervals: {all}. Overdue: "))
        .then(overdue)
        .plain(".")
}

/// What is open about a record, with its dates.
fn open_duties(duties: &Duties<'_>, id: &str) -> String {
    let duties = duties.get(id).into_iter().flatten();
    let words = duties.map(|it| format!("{} {}", kind_words(it.kind), long(it.due)));
    words.collect::<Vec<_>>().join(", ")
}

/// What is open, by the records it is about.
type Duties<'b> = HashMap<&'b str, Vec<&'b Obligation>>;

fn duties_by_record<'b>(pack: &Pack<'b>) -> Duties<'b> {
    let mut duties = Duties::default();
    let open = pack.basis.survey.list.iter();
    for it in open.filter(|it| Urgency::of(it) < Urgency::Later) {
        duties.entry(&it.subject).or_default().push(it);
        if let Some(record) = it.r#for.as_deref().filter(|id| *id != it.subject) {
            duties.entry(record).or_default().push(it);
        }
    }
    duties
}
