//! What became of risks: identified, closed, rated anew, treated and accepted otherwise (clauses 8.2, 8.3, 6.1.3).

use super::news::{moved, owner_words};
use super::{Changes, News, Since, Turn, long};
use crate::assess::View;
use crate::assess::delta::Change;
use crate::assess::risk::{Assessed, assess};
use crate::records::Kind;
use crate::report::document::Line;
use crate::report::risk::{AcceptanceState, option_words, state_words};
use std::collections::{BTreeMap, BTreeSet};

/// What became of all risks; of those that still ask for something the highest score comes first.
pub fn news<'p>(since: &Since<'p>, now: &'p View<'p>) -> Vec<News<'p>> {
    let (before, after) = (assess(since.side.view), assess(now));
    let known: BTreeMap<&str, &Assessed<'p>> = before.iter().map(|it| (it.seen.id(), it)).collect();
    let is_unsure = |id: &str| {
        let mut unsure = since.delta.unsure.iter();
        unsure.any(|it| it.subject.kind() == Some(Kind::Risk) && it.id == id)
    };
    let changes = since.delta.of(Kind::Risk);
    let changes: BTreeMap<&str, &Change> = changes.map(|it| (it.id.as_str(), it)).collect();
    let told = after.iter().filter_map(|it| match known.get(it.seen.id()) {
        Some(before) => {
            let change = changes.get(it.seen.id()).copied();
            moved_on(since, before, it, change)
        }
        None if is_unsure(it.seen.id()) => None,
        None => Some(
            News::new(it.seen, Turn::New)
                .briefly(arrival(it))
                .prominent(true),
        ),
    });
    let mut told: Vec<News<'p>> = told.collect();
    let present: BTreeSet<&str> = after.iter().map(|it| it.seen.id()).collect();
    let is_gone = |it: &&Assessed<'p>| {
        let id = it.seen.id();
        !present.contains(id) && !is_unsure(id)
    };
    let gone = before.iter().filter(is_gone);
    told.extend(gone.map(|it| News::new(it.seen, Turn::Gone).briefly(was(since, it))));
    let by_id = |news: &News<'p>| Some(news.id).filter(|_| news.turn >= Turn::Confirmed);
    told.sort_by_key(|news| (news.turn, by_id(news)));
    told
}

/// What is said of them in a list: those that were assessed and left as they are share a line.
pub fn lines(changes: &Changes<'_>) -> Vec<Line> {
    let is_confirmed = |news: &&News<'_>| news.turn == Turn::Confirmed;
    let (confirmed, others): (Vec<&News<'_>>, Vec<&News<'_>>) =
        changes.risks.iter().partition(is_confirmed);
    let mut lines: Vec<Line> = others.into_iter().map(News::line).collect();
    if !confirmed.is_empty() {
        let ids = confirmed.iter().map(|news| news.reference());
        let line = Line::default().strong(Turn::Confirmed.word());
        lines.push(line.plain(": ").then(Line::joined(ids, ", ")));
    }
    lines
}

/// `12 medium`.
fn rated(it: &Assessed<'_>) -> String {
    match (it.score, it.band) {
        (Some(score), Some(band)) => format!("{score} {}", &*band.name),
        (Some(score), None) => score.to_string(),
        (None, _) => "not rated".to_owned(),
    }
}

fn arrival(it: &Assessed<'_>) -> String {
    match it.risk.closed {
        Some(day) => format!("closed {}", long(day.0)),
        None => rated(it),
    }
}

fn was(since: &Since<'_>, it: &Assessed<'_>) -> Option<String> {
    match (it.is_open(), since.is_sound()) {
        (true, true) => Some(format!("was {}", rated(it))),
        (true, false) => None,
        (false, _) => Some("was closed".to_owned()),
    }
}

fn moved_on<'p>(
    since: &Since<'p>,
    before: &Assessed<'p>,
    after: &Assessed<'p>,
    change: Option<&Change>,
) -> Option<News<'p>> {
    match (before.is_open(), after.is_open()) {
        (false, false) => return None,
        (false, true) => {
            let now = format!("now {}", rated(after));
            return Some(News::new(after.seen, Turn::Reopened).briefly(now));
        }
        (true, false) => {
            let closed = News::new(after.seen, Turn::Closed).on(after.risk.closed.map(|day| day.0));
            return Some(closed.briefly(was(since, before)));
        }
        (true, true) => {}
    }
    let assessment = change.and_then(assessment);
    let rating = since.is_sound().then(|| rating(before, after)).flatten();
    let mut words = Vec::new();
    let (mut turn, mut brief) = (None, None);
    if let Some((of, shift)) = rating {
        turn = Some(of);
        brief = Some(shift.clone());
        words.push(match &assessment {
            Some(said) => format!("{shift} ({said})"),
            None => shift,
        });
    }
    let treatment = treatment(before, after);
    if let (None, Some((of, _))) = (turn, treatment.first()) {
        turn = Some(*of);
    }
    words.extend(treatment.into_iter().map(|(_, words)| words));
    if since.is_sound() {
        words.extend(acceptance(before, after));
    }
    words.extend(owner_words(before.seen, after.seen));
    let turn = match (turn, assessment) {
        (Some(turn), _) => turn,
        (None, Some(_)) if words.is_empty() => Turn::Confirmed,
        (None, _) if words.is_empty() => return None,
        (None, _) => Turn::Changed,
    };
    let brief = brief.or_else(|| words.first().cloned());
    Some(News::new(after.seen, turn).saying(words).briefly(brief))
}

/// How the rating moved: by score, by band where the method changed, by likelihood and impact.
fn rating(before: &Assessed<'_>, after: &Assessed<'_>) -> Option<(Turn, String)> {
    let shift = format!("{} → {}", rated(before), rated(after));
    let bands = [before, after].map(|it| it.band.map(|band| &*band.name));
    match before.score.zip(after.score) {
        Some((from, to)) if to > from => Some((Turn::Grown, shift)),
        Some((from, to)) if to < from => Some((Turn::Lowered, shift)),
        None if before.score != after.score => Some((Turn::Changed, shift)),
        _ if bands[0] != bands[1] => Some((Turn::Changed, shift)),
        _ => {
            let (from, to) = before.rating.zip(after.rating)?;
            (from != to).then(|| {
                let words = format!(
                    "{} × {} → {} × {}, still {}",
                    from.likelihood,
                    from.impact,
                    to.likelihood,
                    to.impact,
                    rated(after)
                );
                (Turn::Changed, words)
            })
        }
    }
}

/// Who assessed it anew, when, and what was said: `ciso on 12 May 2026: Exploited in the wild`.
fn assessment(change: &Change) -> Option<String> {
    let it = change.facts.assessment.as_ref()?;
    let said = format!("{} on {}", it.by, long(it.date));
    Some(match &it.note {
        Some(note) => format!("{said}: {}", note.trim().trim_end_matches('.')),
        None => said,
    })
}

fn treatment(before: &Assessed<'_>, after: &Assessed<'_>) -> Vec<(Turn, String)> {
    let plans = [before, after].map(|it| it.risk.treatment.as_ref());
    let option = plans.map(|plan| plan.map_or("none", |plan| option_words(plan.option)));
    let due = plans.map(|plan| plan.and_then(|plan| plan.due));
    let mut words = Vec::new();
    if option[0] != option[1] {
        let shift = format!("treatment {} → {}", option[0], option[1]);
        words.push((Turn::Changed, shift));
    }
    if let [Some(from), Some(to)] = due
        && from != to
    {
        let turn = if to > from {
            Turn::PutOff
        } else {
            Turn::Forward
        };
        words.push((turn, moved("treatment due", from.0, to.0)));
    }
    words
}

/// How its acceptance stands now, if it stands otherwise. That none is needed any more goes with the band.
fn acceptance(before: &Assessed<'_>, after: &Assessed<'_>) -> Option<String> {
    let (from, to) = (&before.acceptance, &after.acceptance);
    let is_absent = |state| matches!(state, AcceptanceState::None | AcceptanceState::Automatic);
    if from.state != to.state && !(is_absent(from.state) && is_absent(to.state)) {
        return Some(format!(
            "acceptance {} → {}",
            state_words(from.state),
            state_words(to.state)
        ));
    }
    match (from.until, to.until) {
        (Some(from), Some(to)) if from != to => Some(moved("accepted until", from, to)),
        _ => None,
    }
}
