//! The life cycle of an acceptance (clause 6.1.3 f): signed by whom, under which rule, and whether it still holds.
//!
//! The rule is that of the band of the score that the acceptance pins. What was wrong when it was signed comes before
//! what has happened since: an acceptance that never was one cannot expire.

use super::measures::Measures;
use super::signatures::{Discard, Signatures, judge};
use super::{Band, current_score};
use crate::records::Config;
use crate::records::config::{Accept, RiskMethod};
use crate::records::risk::{self, Risk, RiskStatus, TreatmentOption};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// Where an acceptance stands; of several faults the first of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AcceptanceState {
    /// Nobody has accepted the risk, or said so.
    None,
    /// The band needs no acceptance.
    Automatic,
    /// All conditions hold.
    Valid,
    /// The risk is said to be accepted and nobody has signed.
    Missing,
    /// Nobody may accept a risk of this band.
    Forbidden,
    /// Nobody signed who was entitled to on that day.
    Unauthorised,
    /// The owner signed, who may not accept this risk alone.
    SelfApproved,
    /// Not all have signed whose signatures are needed.
    Incomplete,
    /// No control is in place and no action completed.
    WithoutMitigation,
    /// It has no end and needs one.
    OpenEnded,
    /// It ends later than the band allows.
    TooLong,
    /// The risk has another score than the one accepted.
    Stale,
    /// Its last day has passed.
    Expired,
}

/// What is wrong with an acceptance, in order of precedence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nobody has signed although the risk is said to be accepted.
    Missing,
    /// The band may never be accepted.
    Forbidden,
    /// None of the signatures counts, and these are not the owner's.
    Unauthorised(Vec<usize>),
    /// Signatures of the owner that would be needed.
    SelfApproved(Vec<usize>),
    /// Some of `all_of` are lacking.
    Incomplete,
    /// No control in place, no completed action.
    WithoutMitigation,
    /// No end.
    OpenEnded,
    /// It ends after this last allowed day.
    TooLong(NaiveDate),
    /// The score is this one now.
    Stale(u16),
    /// It ended on this day.
    Expired(NaiveDate),
}

impl Fault {
    /// The state of an acceptance whose first fault this is.
    pub fn state(&self) -> AcceptanceState {
        match self {
            Fault::Missing => AcceptanceState::Missing,
            Fault::Forbidden => AcceptanceState::Forbidden,
            Fault::Unauthorised(_) => AcceptanceState::Unauthorised,
            Fault::SelfApproved(_) => AcceptanceState::SelfApproved,
            Fault::Incomplete => AcceptanceState::Incomplete,
            Fault::WithoutMitigation => AcceptanceState::WithoutMitigation,
            Fault::OpenEnded => AcceptanceState::OpenEnded,
            Fault::TooLong(_) => AcceptanceState::TooLong,
            Fault::Stale(_) => AcceptanceState::Stale,
            Fault::Expired(_) => AcceptanceState::Expired,
        }
    }
}

impl AcceptanceState {
    /// The word in JSON and on screens.
    pub fn word(self) -> &'static str {
        match self {
            AcceptanceState::None => "none",
            AcceptanceState::Automatic => "automatic",
            AcceptanceState::Valid => "valid",
            AcceptanceState::Missing => "missing",
            AcceptanceState::Forbidden => "forbidden",
            AcceptanceState::Unauthorised => "unauthorised",
            AcceptanceState::SelfApproved => "self-approved",
            AcceptanceState::Incomplete => "incomplete",
            AcceptanceState::WithoutMitigation => "without-mitigation",
            AcceptanceState::OpenEnded => "open-ended",
            AcceptanceState::TooLong => "too-long",
            AcceptanceState::Stale => "stale",
            AcceptanceState::Expired => "expired",
        }
    }

    /// Whether the risk counts as accepted.
    pub fn holds(self) -> bool {
        matches!(self, AcceptanceState::Automatic | AcceptanceState::Valid)
    }

    /// Whether there is an acceptance, or a claim of one, that does not hold.
    pub fn fails(self) -> bool {
        !self.holds() && self != AcceptanceState::None
    }
}

/// An acceptance as of a day.
#[derive(Debug, Clone)]
pub struct Acceptance<'v> {
    /// Where it stands.
    pub state: AcceptanceState,
    /// All that is wrong with it, the gravest first.
    pub faults: Vec<Fault>,
    /// Who signed, and what counts; one for each signature.
    pub signatures: Signatures<'v>,
    /// The band whose rule judges: that of the pinned score, or of the current one where nobody signed.
    pub band: Option<&'v Band>,
    /// Its last day, where somebody signed.
    pub until: Option<NaiveDate>,
}

/// Whether somebody signed an acceptance.
pub fn is_signed(risk: &Risk) -> bool {
    risk.acceptance
        .as_ref()
        .is_some_and(|acceptance| !acceptance.by.is_empty())
}

/// Whether the record says that the risk is accepted, by its status or the option of its treatment.
pub fn is_claimed(risk: &Risk) -> bool {
    let option = risk.treatment.as_ref().map(|treatment| treatment.option);
    risk.status == RiskStatus::Accepted || option == Some(TreatmentOption::Accept)
}

/// The acceptance of a risk as of a day. `later` says whether somebody signs after it, so that none is missing yet.
pub(super) fn acceptance<'v>(
    config: &'v Config,
    risk: &'v Risk,
    later: bool,
    measures: &Measures<'v>,
    day: NaiveDate,
) -> Acceptance<'v> {
    let method = &config.risk;
    let signed = risk.acceptance.as_ref().filter(|it| !it.by.is_empty());
    let Some(record) = signed else {
        return unsigned(method, risk, later);
    };
    let band = method.band(record.score);
    let rule = band.and_then(|band| band.accept.as_ref());
    let signatures = judge(config, rule, &risk.owner, &record.by);
    let mut faults = Vec::new();
    let is_automatic = matches!(rule, Some(Accept::When { automatic, .. }) if *automatic);
    match rule {
        _ if is_automatic => {}
        Some(Accept::Never(_)) => faults.push(Fault::Forbidden),
        _ => {
            by_whom(&signatures, &mut faults);
            conditions(rule, risk, record, &signatures, measures, &mut faults);
        }
    }
    let now = current_score(risk, method);
    faults.extend(now.filter(|now| *now != record.score).map(Fault::Stale));
    let day = risk.closed.map_or(day, |closed| closed.0.min(day));
    let over = record.until.filter(|until| until.0 < day && !is_automatic);
    faults.extend(over.map(|until| Fault::Expired(until.0)));
    let holding = match is_automatic {
        true => AcceptanceState::Automatic,
        false => AcceptanceState::Valid,
    };
    Acceptance {
        state: faults.first().map_or(holding, Fault::state),
        faults,
        signatures,
        band,
        until: record.until.map(|until| until.0),
    }
}

/// A risk that nobody has signed for.
fn unsigned<'v>(method: &'v RiskMethod, risk: &'v Risk, later: bool) -> Acceptance<'v> {
    let band = current_score(risk, method).and_then(|score| method.band(score));
    let rule = band.and_then(|band| band.accept.as_ref());
    let fault = match rule {
        Some(Accept::When { automatic, .. }) if *automatic => None,
        _ if later || risk.closed.is_some() || !is_claimed(risk) => None,
        Some(Accept::Never(_)) => Some(Fault::Forbidden),
        _ => Some(Fault::Missing),
    };
    let otherwise = match rule {
        Some(Accept::When { automatic, .. }) if *automatic => AcceptanceState::Automatic,
        _ => AcceptanceState::None,
    };
    Acceptance {
        state: fault.as_ref().map_or(otherwise, Fault::state),
        faults: fault.into_iter().collect(),
        signatures: Signatures::default(),
        band,
        until: None,
    }
}

fn by_whom(signatures: &Signatures<'_>, faults: &mut Vec<Fault>) {
    if signatures.met {
        return;
    }
    let none_counts = signatures.counting().next().is_none();
    let discarded = |wanted: &dyn Fn(Discard) -> bool| -> Vec<usize> {
        let judged = signatures.judged.iter().enumerate();
        judged
            .filter(|(_, judged)| judged.discard.is_some_and(wanted))
            .map(|(index, _)| index)
            .collect()
    };
    let mut own = discarded(&|reason| reason == Discard::Own);
    if !none_counts {
        // Beside signatures that count, the owner's matters only where it stands in for one that is missing.
        let is_needed = |index: &usize| {
            let mut serves = signatures.judged[*index].serves.iter();
            serves.any(|name| signatures.missing.contains(name))
        };
        own.retain(is_needed);
    }
    let others = discarded(&|reason| reason != Discard::Own);
    if none_counts && !others.is_empty() {
        faults.push(Fault::Unauthorised(others));
    }
    let covered = |name: &&str| {
        own.iter()
            .any(|index| signatures.judged[*index].serves.contains(name))
    };
    let is_incomplete = !none_counts && !signatures.missing.iter().all(covered);
    if !own.is_empty() {
        faults.push(Fault::SelfApproved(own));
    }
    if is_incomplete {
        faults.push(Fault::Incomplete);
    }
}

fn conditions<'v>(
    rule: Option<&Accept>,
    risk: &'v Risk,
    record: &risk::Acceptance,
    signatures: &Signatures<'_>,
    measures: &Measures<'v>,
    faults: &mut Vec<Fault>,
) {
    let Some(Accept::When {
        mitigation,
        at_most,
        ..
    }) = rule
    else {
        return;
    };
    if *mitigation && !measures.mitigate(risk) {
        faults.push(Fault::WithoutMitigation);
    }
    let Some(span) = at_most else { return };
    let Some(until) = record.until else {
        faults.push(Fault::OpenEnded);
        return;
    };
    // It runs from the day on which it was complete.
    let counting = signatures.counting().map(|index| record.by[index].on.0);
    let all = record.by.iter().map(|signature| signature.on.0);
    let from = counting.max().or_else(|| all.max());
    let latest = from.and_then(|from| span.after(from));
    faults.extend(
        latest
            .filter(|latest| *latest < until.0)
            .map(Fault::TooLong),
    );
}
