//! What the records cannot settle by themselves: risks without a valid answer, work that has run out of time, targets
//! that are missed.

use super::super::kpis::responses;
use super::super::work::duty;
use super::super::{Pack, named, risks};
use super::kpis::urgency;
use super::{figure_words, overdue};
use crate::assess::kpi::Verdict;
use crate::assess::obligations::ObligationKind;
use crate::assess::risk::Assessed;
use crate::report::document::{Document, Line};
use crate::report::kpi::KpiRow;
use crate::report::risk::{AcceptanceState, state_words};
use std::cmp::Reverse;

/// From more days than these on anything late is for those who lead.
const LONG: i64 = 60;

/// Most decisions of each kind by name.
const NAMED: usize = 3;

/// Something to decide: what it is about, and what there is to say.
struct Item {
    about: Line,
    said: Line,
}

/// What there is to decide of one kind: what is named, and how much more there is.
struct Group {
    named: Vec<Item>,
    more: usize,
}

impl Group {
    /// Those that are not named are not put into words.
    fn of(items: impl ExactSizeIterator<Item = Item>) -> Self {
        Self {
            more: items.len().saturating_sub(NAMED),
            named: items.take(NAMED).collect(),
        }
    }
}

/// What is to be decided, by kind.
fn groups(pack: &Pack<'_>) -> [Group; 3] {
    [risks(pack), duties(pack), figures(pack)]
}

/// What the items that the first page names are about: a line of the minutes for each.
pub fn subjects(pack: &Pack<'_>) -> Vec<Line> {
    let named = groups(pack).into_iter().flat_map(|group| group.named);
    named.map(|item| item.about).collect()
}

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.heading(3, "To decide today");
    let mut lines: Vec<Line> = Vec::new();
    let places = [
        ("risk", "Risk assessment and treatment"),
        ("duty", "Overdue and upcoming work"),
        ("missed KPI", "KPI dashboard"),
    ];
    for (group, (one, place)) in groups(pack).into_iter().zip(places) {
        let named = group.named.into_iter();
        lines.extend(named.map(|item| item.about.then(item.said)));
        if group.more > 0 {
            let more = match group.more {
                1 => format!("1 more {one}"),
                more if one == "duty" => format!("{more} more duties"),
                more => format!("{more} more {one}s"),
            };
            lines.push(format!("And {more}, listed under “{place}”.").into());
        }
    }
    if lines.is_empty() {
        return document.paragraph("Nothing in the records calls for a decision today.");
    }
    document.list(lines);
}

/// Risks that nobody entitled has accepted although they ask for it, then those whose treatment leaves them in the
/// highest band; the highest score first.
fn risks(pack: &Pack<'_>) -> Group {
    let asking = pack.risks.iter().filter_map(|it| risk(pack, it));
    let highest = pack.risks.iter().filter_map(|it| highest(pack, it));
    let all: Vec<Item> = asking.chain(highest).collect();
    Group::of(all.into_iter())
}

/// A risk above the appetite in the highest band that is under treatment.
fn highest(pack: &Pack<'_>, it: &Assessed<'_>) -> Option<Item> {
    let last = pack.basis.view.config().risk.bands.last()?;
    let is_highest = it.band.is_some_and(|band| band.name == last.name);
    let is_treated = it.over_appetite && it.under_treatment && !it.acceptance.state.fails();
    (is_highest && is_treated && !it.acceptance.state.holds()).then(|| {
        let band = format!("it is {} in spite of its treatment", last.name);
        standing(pack, it, &band, "Is the treatment enough?")
    })
}

fn risk(pack: &Pack<'_>, it: &Assessed<'_>) -> Option<Item> {
    let state = it.acceptance.state;
    let reason = match state {
        AcceptanceState::Stale => "its acceptance is stale, the score has changed since".to_owned(),
        AcceptanceState::Expired => "its acceptance has expired".to_owned(),
        AcceptanceState::Missing => "it is said to be accepted, and nobody has signed".to_owned(),
        state if state.fails() => format!("its acceptance is {}", state_words(state)),
        _ if it.is_unanswered() => {
            "it is above the appetite, neither under treatment nor accepted".to_owned()
        }
        _ => return None,
    };
    let way = match state {
        AcceptanceState::Forbidden => "Treat it: nobody may accept it.",
        AcceptanceState::None | AcceptanceState::Missing => "Accept it, or treat it.",
        _ => "Accept it anew, or treat it.",
    };
    Some(standing(pack, it, &reason, way))
}

/// `Name (RISK-1): 20 high against an appetite of 12, owner Security; reason. Way.`
fn standing(pack: &Pack<'_>, it: &Assessed<'_>, reason: &str, way: &str) -> Item {
    let view = pack.basis.view;
    let score = it
        .score
        .map_or_else(|| "not rated".to_owned(), |score| risks::rated(view, score));
    let appetite = view.config().risk.appetite;
    let against = appetite.map_or_else(String::new, |appetite| {
        format!(" against an appetite of {appetite}")
    });
    let owner = pack.basis.who(&it.risk.owner);
    Item {
        about: named(it.seen),
        said: format!(": {score}{against}, owner {owner}; {reason}. {way}").into(),
    }
}

/// Work that is late and that only those who gave it can help, and whatever has been left undone for long.
fn duties(pack: &Pack<'_>) -> Group {
    let late = overdue::gravest(pack, |it| {
        let is_given = matches!(
            it.kind,
            ObligationKind::Notification
                | ObligationKind::Action
                | ObligationKind::RiskTreatment
                | ObligationKind::Finding
                | ObligationKind::Audit
                | ObligationKind::ManagementReview
        );
        is_given || it.days(pack.basis.as_of()) > LONG
    });
    let lines = late.into_iter().map(|it| {
        let way = match it.kind {
            ObligationKind::Notification => "Notify now, and say why it is late.",
            ObligationKind::Audit | ObligationKind::ManagementReview => "Hold it, or say when.",
            _ => "A new date, help, or an end.",
        };
        let owner = it.owner.as_ref().map(|owner| pack.basis.who(owner));
        let owner = owner.map_or_else(String::new, |owner| format!(", owner {owner}"));
        let late = overdue::days(pack, it);
        Item {
            about: duty(pack, it),
            said: format!(": {late} late{owner}. {way}").into(),
        }
    });
    Group::of(lines)
}

/// Missed targets: those that nothing answers first, then the longest runs.
fn figures(pack: &Pack<'_>) -> Group {
    let missed = pack.kpis.iter().copied();
    let missed = missed.filter(|kpi| kpi.verdict() == Some(Verdict::Missed));
    let mut missed: Vec<(&KpiRow, Vec<String>)> =
        missed.map(|kpi| (kpi, responses(pack, kpi))).collect();
    missed.sort_by_key(|(kpi, responses)| {
        let current = pack.series(&kpi.id).and_then(|series| series.current());
        let urgency = current.map_or(0, |point| urgency(kpi, point));
        let run = kpi.missed_in_a_row;
        (!responses.is_empty(), Reverse(run), Reverse(urgency))
    });
    let lines = missed.into_iter().map(|(kpi, responses)| {
        let period = kpi.current.as_ref().map_or("", |point| &point.period);
        let line = Line::from(format!(": {} for ", figure_words(pack, kpi)))
            .then(pack.basis.reference(period))
            .plain(format!(
                " against {}, owner {}, ",
                kpi.target_words(),
                pack.basis.who(&kpi.owner)
            ));
        let line = match responses.as_slice() {
            [] => line.plain("no finding or action answers it. "),
            ids => {
                let ids = pack.basis.references(ids.iter().map(String::as_str));
                line.plain("answered by ").then(ids).plain(". ")
            }
        };
        let way = match (&kpi.decide, responses.is_empty()) {
            (Some(decide), _) => format!("{}.", decide.trim().trim_end_matches('.')),
            (None, true) => "What is done about it?".to_owned(),
            (None, false) => "Is that enough?".to_owned(),
        };
        Item {
            about: Line::naming(&kpi.title, &kpi.id),
            said: line.plain(way),
        }
    });
    Group::of(lines)
}
