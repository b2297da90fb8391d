//! Questions on internal audit and management review (clauses 9.2 and 9.3).

use super::Questions;
use crate::assess::Seen;
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::records::Kind;
use crate::records::audit::Audit;
use crate::records::review::Review;
use crate::report::document::Line;
use crate::report::pack::{Pack, long, named};

pub(super) fn ask(pack: &Pack<'_>, questions: &mut Questions) {
    let (view, day) = (pack.basis.view, pack.basis.as_of());
    let audits = view.typed::<Audit>(Kind::Audit);
    let waiting = audits.filter(|(_, it)| it.performed.is_none() && it.planned.0 < day);
    let waiting: Vec<(Seen<'_>, &Audit)> = waiting.collect();
    let named_audit = |(seen, it): &(Seen<'_>, &Audit)| {
        named(*seen).plain(format!(", planned for {}", long(it.planned.0)))
    };
    let mut about: Vec<Line> = waiting.iter().map(named_audit).collect();
    // A duty of the programme that one of these audits was to discharge is told by it.
    about.extend(overdue(pack, ObligationKind::Audit, |it| {
        let period = it
            .period
            .map(|it| (it.first(view.calendar()), it.last(view.calendar())));
        let mut own = waiting
            .iter()
            .filter(|(_, audit)| *audit.r#type == *it.subject);
        own.any(|(_, audit)| {
            period.is_some_and(|(first, last)| first <= audit.planned.0 && audit.planned.0 <= last)
        })
    }));
    questions.ask(
        62,
        "9.2.1",
        "The audit was planned and not performed: who changed the programme, and what was left unseen?",
        about,
    );
    let audits = view.typed::<Audit>(Kind::Audit);
    let silent = audits.filter(|(_, it)| it.performed.is_some() && it.reported.is_none());
    let about = silent.map(|(seen, it)| {
        let performed = it.performed.map(|day| long(day.0)).unwrap_or_default();
        named(seen).plain(format!(", performed on {performed}"))
    });
    questions.ask(
        30,
        "9.2.2 c",
        "To which managers were the results of the audit reported?",
        about.collect::<Vec<_>>(),
    );
    let reviews = view.typed::<Review>(Kind::Review);
    let unsigned = reviews.filter_map(|(seen, it)| {
        let held = it.held.filter(|_| it.signed_off.is_none())?;
        Some(named(seen).plain(format!(", held on {}", long(held.0))))
    });
    questions.ask(
        58,
        "9.3.3",
        "The review is not signed off: are its decisions in force?",
        unsigned.collect::<Vec<_>>(),
    );
    questions.ask(
        61,
        "9.3.1",
        "The review was due and not held: what did top management know meanwhile?",
        overdue(pack, ObligationKind::ManagementReview, |_| false),
    );
}

/// Overdue duties of the programme, but those that are told by a record.
fn overdue(
    pack: &Pack<'_>,
    kind: ObligationKind,
    is_told: impl Fn(&Obligation) -> bool,
) -> Vec<Line> {
    let all = pack.basis.survey.list.iter();
    let late = all.filter(|it| it.kind == kind && it.state == State::Overdue && !is_told(it));
    let unplanned = late.filter(|it| pack.basis.view.get(&it.subject).is_none());
    let lines = unplanned.map(|it| {
        let line = Line::from(it.title.clone());
        let line = match (&it.period, &it.r#for) {
            (_, Some(record)) => line.plain(" for ").then(pack.basis.reference(record)),
            (Some(period), None) => line.plain(format!(" {period}")),
            (None, None) => line,
        };
        line.plain(format!(", due {}", long(it.due)))
    });
    lines.collect()
}
