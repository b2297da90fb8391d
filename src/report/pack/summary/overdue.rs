//! What is overdue, on the first page: the gravest by name, the rest counted.

use super::super::work::duty;
use super::super::{Pack, counted, long};
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::records::finding::{Finding, FindingType};
use crate::report::document::{Document, Line};
use crate::report::due::{Urgency, kind_words};
use std::cmp::Reverse;

/// Most duties by name.
const NAMED: usize = 4;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.heading(3, "Overdue");
    let late = gravest(pack, |_| true);
    document.paragraph(counts(pack, late.len()));
    let named = late.iter().take(NAMED);
    let mut lines: Vec<Line> = named.map(|it| line(pack, it)).collect();
    if let Some(more) = late.len().checked_sub(NAMED).filter(|more| *more > 0) {
        lines.push(format!("And {more} more, listed under “Overdue and upcoming work”.").into());
    }
    document.list(lines);
}

fn counts(pack: &Pack<'_>, overdue: usize) -> String {
    let count = |urgency| {
        let all = pack.basis.survey.list.iter();
        all.filter(|it| Urgency::of(it) == urgency).count()
    };
    let lead = match overdue {
        0 => "Nothing is overdue".to_owned(),
        1 => "1 duty is overdue".to_owned(),
        several => format!("{} are overdue", counted(several, "duty")),
    };
    let others = [
        (count(Urgency::InGrace), "in grace"),
        (count(Urgency::Today), "due today"),
        (count(Urgency::Blocked), "blocked"),
    ];
    let others = others.into_iter().filter(|(count, _)| *count > 0);
    let others: Vec<String> = others
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    match others.is_empty() {
        true => format!("{lead}."),
        false => format!("{lead}; {}.", others.join(", ")),
    }
}

/// Overdue duties that are wanted, the gravest first; of one kind those that have waited longest.
pub fn gravest<'p>(
    pack: &'p Pack<'_>,
    wanted: impl Fn(&Obligation) -> bool,
) -> Vec<&'p Obligation> {
    let all = pack.basis.survey.list.iter();
    let late = all.filter(|it| Urgency::of(it) == Urgency::Overdue && wanted(it));
    let mut late: Vec<&Obligation> = late.collect();
    late.sort_by_cached_key(|it| (Reverse(weight(pack, it)), it.due, it.subject.as_str()));
    late
}

/// How grave it is that a duty waits.
fn weight(pack: &Pack<'_>, it: &Obligation) -> u8 {
    let finding = || pack.basis.view.get(&it.subject)?.typed::<Finding>();
    match it.kind {
        ObligationKind::Notification => 9,
        ObligationKind::Finding => match finding().map(|finding| finding.r#type) {
            Some(FindingType::Major) => 8,
            Some(FindingType::Minor) => 6,
            _ => 3,
        },
        ObligationKind::Action | ObligationKind::RiskTreatment => 7,
        ObligationKind::AcceptanceEnd | ObligationKind::RootCause => 6,
        ObligationKind::Verification | ObligationKind::Audit | ObligationKind::ManagementReview => {
            5
        }
        ObligationKind::RiskReview
        | ObligationKind::Lessons
        | ObligationKind::Activity
        | ObligationKind::Measurement
        | ObligationKind::Control => 4,
        ObligationKind::PolicyReview
        | ObligationKind::ControlReview
        | ObligationKind::RegisterReview
        | ObligationKind::EvidenceExpiry => 3,
        ObligationKind::CheckIn | ObligationKind::Report | ObligationKind::KpiAnalysis => 2,
        ObligationKind::Retention => 0,
    }
}

/// A duty with its kind, how late it is, and who owns it.
pub fn line(pack: &Pack<'_>, it: &Obligation) -> Line {
    let owner = it.owner.as_ref();
    let owner = owner.map(|owner| pack.basis.who(owner));
    let owner = owner.map_or_else(String::new, |owner| format!("; owner {owner}"));
    duty(pack, it).plain(format!(
        ": {}, {} late, due {}{owner}.",
        kind_words(it.kind),
        days(pack, it),
        long(it.due),
    ))
}

/// `1 day`, `12 days`.
pub fn days(pack: &Pack<'_>, it: &Obligation) -> String {
    debug_assert_eq!(it.state, State::Overdue);
    let days = it.days(pack.basis.as_of());
    counted(usize::try_from(days).unwrap_or_default(), "day")
}
