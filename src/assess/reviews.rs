//! What a management review had on its table and who sat at it (clauses 9.3.1 and 9.3.2).

mod naming;
pub mod plan;

use super::View;
use super::people::overlap;
use crate::records::action::{Action, ActionType};
use crate::records::activity::Activity;
use crate::records::audit::Audit;
use crate::records::config::{InputName, ReviewType};
use crate::records::context::{Context, ContextType};
use crate::records::finding::{Finding, FindingType};
use crate::records::id::Who;
use crate::records::kpi::Kpi;
use crate::records::objective::Objective;
use crate::records::review::{Input, Review};
use crate::records::risk::Risk;
use crate::records::{Config, Kind};
use crate::workspace::Snapshot;
use chrono::NaiveDate;

/// The inputs a review considers: those of its type, or all.
pub fn asked<'c>(config: &'c Config, review: &Review) -> &'c [InputName] {
    let kind = config.reviews.get(&*review.r#type);
    let inputs = kind.and_then(|kind| kind.inputs.as_deref());
    inputs.unwrap_or(&InputName::ALL)
}

/// Whether a review considers everything that clause 9.3.2 lists, and so judges the whole system (9.3.1).
pub fn is_full(config: &Config, review: &Review) -> bool {
    let asked = asked(config, review);
    InputName::ALL.iter().all(|input| asked.contains(input))
}

/// Days for the sign-off of a review where its type does not say.
const SIGN_DAYS: i64 = 30;

/// Days within which the minutes of a review are to be signed off; a part of a day counts as none.
pub fn sign_days(config: &Config, review: &Review) -> i64 {
    let kind = config.reviews.get(&*review.r#type);
    let within = kind.and_then(|kind| kind.sign_within);
    within.map_or(SIGN_DAYS, |within| within.seconds().div_euclid(86_400))
}

/// The last review that was signed off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastReview {
    /// Its id.
    pub id: String,
    /// Day on which it was held; that of its sign-off where it does not say.
    pub held: NaiveDate,
    /// The revision of the records it stood on, if it says so.
    pub revision: Option<String>,
}

/// The review that was signed off last as of the day of a view, of a type or of any: of those that say on which
/// revision they stood, or else of all.
pub fn last_signed_off(view: &View<'_>, review_type: Option<&str>) -> Option<LastReview> {
    let reviews = view.typed::<Review>(Kind::Review);
    let signed = reviews.filter_map(|(seen, review)| {
        let of_type = review_type.is_none_or(|wanted| *review.r#type == *wanted);
        let signed_off = review.signed_off.as_ref().filter(|_| of_type)?;
        let revision = review.pack.as_ref().map(|pack| pack.revision.to_string());
        let rank = (revision.is_some(), signed_off.on, review.held);
        let held = review.held.unwrap_or(signed_off.on).0;
        Some((rank, seen.id(), held, revision))
    });
    let (_, id, held, revision) =
        signed.max_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)))?;
    Some(LastReview {
        id: id.to_owned(),
        held,
        revision,
    })
}

/// How an input of a review came to the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputState {
    /// The minutes say something about it.
    Noted,
    /// The records do: the pack shows them.
    Computed,
    /// Neither.
    Missing,
}

/// The records that inputs can be computed from, looked through once.
pub struct Material {
    issues: Vec<NaiveDate>,
    needs: Vec<NaiveDate>,
    feedback: Vec<NaiveDate>,
    /// Opportunities and improvements: from when until when they were open.
    opportunities: Vec<(NaiveDate, Option<NaiveDate>)>,
    measured: bool,
    audited: bool,
    objectives: bool,
    /// When the first risk was identified.
    risks_since: Option<NaiveDate>,
}

impl Material {
    /// Looks through the records of a snapshot.
    pub fn of(snapshot: &Snapshot) -> Self {
        let dates = |wanted: &[ContextType]| {
            let records = snapshot.typed::<Context>(Kind::Context);
            let wanted = records.filter(|(_, it)| wanted.contains(&it.r#type));
            let mut dates: Vec<NaiveDate> = wanted.map(|(_, it)| it.date.0).collect();
            dates.sort_unstable();
            dates
        };
        let findings = snapshot.typed::<Finding>(Kind::Finding);
        let findings = findings
            .filter(|(_, it)| it.r#type == FindingType::Opportunity)
            .map(|(_, it)| (it.raised.0, it.closed.map(|day| day.0)));
        let actions = snapshot.typed::<Action>(Kind::Action);
        let actions = actions
            .filter(|(_, it)| it.r#type == ActionType::Improvement)
            .map(|(_, it)| (it.opened.0, it.completed.map(|day| day.0)));
        let risks = snapshot.typed::<Risk>(Kind::Risk);
        Self {
            issues: dates(&[ContextType::ExternalIssue, ContextType::InternalIssue]),
            needs: dates(&[ContextType::PartyNeed]),
            feedback: dates(&[ContextType::Feedback]),
            opportunities: findings.chain(actions).collect(),
            measured: snapshot.typed::<Kpi>(Kind::Kpi).next().is_some()
                || snapshot.typed::<Activity>(Kind::Activity).next().is_some(),
            audited: !snapshot.config().audits.is_empty()
                || snapshot.typed::<Audit>(Kind::Audit).next().is_some(),
            objectives: snapshot
                .typed::<Objective>(Kind::Objective)
                .next()
                .is_some(),
            risks_since: risks.map(|(_, risk)| risk.identified.0).min(),
        }
    }

    /// How an input came to the table of a review. What changed counts from the first day of the review's period to
    /// the day it was held. The status of actions and of nonconformities is always computed: that none is open is an
    /// answer too.
    pub fn input(&self, review: &Review, name: InputName) -> InputState {
        let noted = review.inputs.as_ref().and_then(|inputs| inputs.get(name));
        if noted.is_some_and(says_something) {
            return InputState::Noted;
        }
        let signed = review.signed_off.as_ref().map(|signed| signed.on);
        let (from, to) = (
            review.period.from.0,
            review.held.or(signed).unwrap_or(review.planned).0,
        );
        let computed = match name {
            InputName::A | InputName::D1 => true,
            InputName::B => any_within(&self.issues, from, to),
            InputName::C => any_within(&self.needs, from, to),
            InputName::D2 => self.measured,
            InputName::D3 => self.audited,
            InputName::D4 => self.objectives,
            InputName::E => any_within(&self.feedback, from, to),
            InputName::F => self.risks_since.is_some_and(|first| first <= to),
            InputName::G => {
                let mut all = self.opportunities.iter();
                all.any(|(opened, ended)| *opened <= to && ended.is_none_or(|ended| from <= ended))
            }
        };
        if computed {
            InputState::Computed
        } else {
            InputState::Missing
        }
    }
}

fn any_within(days: &[NaiveDate], from: NaiveDate, to: NaiveDate) -> bool {
    let first = days.partition_point(|day| *day < from);
    days.get(first).is_some_and(|day| *day <= to)
}

fn says_something(input: &Input) -> bool {
    let texts = [&input.state, &input.trend, &input.proposed];
    texts
        .into_iter()
        .flatten()
        .any(|text| !text.trim().is_empty())
}

/// Who had to attend a review, did not, and neither sent apologies nor a delegate. Roles stand for whoever held them
/// on the day it was held; whoever chaired was there. Empty for a review that was not held.
pub fn absent<'c>(config: &'c Config, kind: &'c ReviewType, review: &Review) -> Vec<&'c Who> {
    let Some(held) = review.held else {
        return Vec::new();
    };
    let delegated = review.delegates.iter().map(|delegate| &delegate.of);
    let present = review.attendees.iter().chain(&review.chair);
    let excused: Vec<&Who> = present.chain(&review.apologies).chain(delegated).collect();
    let is_excused = |who: &Who| {
        excused
            .iter()
            .any(|other| overlap(config, who, other, held.0))
    };
    kind.attendees
        .iter()
        .filter(|who| !is_excused(who))
        .collect()
}
