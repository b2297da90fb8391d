//! One risk in full: its assessments, what is done about it, who accepted it and why that counts or does not.

use super::{RiskRow, Scored, acceptance_words};
use crate::assess::View;
use crate::assess::obligations::{Obligation, State};
use crate::assess::people::persons;
use crate::assess::risk::{self, Assessed, Discard, Fault, Judged, Measures};
use crate::records::action::Action;
use crate::records::config::{Accept, Band};
use crate::records::risk::{Risk, Signature};
use crate::records::{Config, Kind};
use crate::report::Incomplete;
use crate::report::due::DueItem;
use chrono::NaiveDate;

/// One risk in full.
#[derive(Debug)]
pub struct RiskSheet {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// What the list says of it.
    pub row: RiskRow,
    /// What it is about.
    pub description: Option<String>,
    /// All assessments, the earliest first.
    pub assessments: Vec<AssessmentLine>,
    /// Its controls.
    pub controls: Vec<ControlLine>,
    /// The plan of its treatment.
    pub plan: Option<String>,
    /// Day by which it is to be treated.
    pub treatment_due: Option<NaiveDate>,
    /// The actions of its treatment.
    pub actions: Vec<ActionLine>,
    /// The score that was accepted.
    pub accepted_score: Option<u16>,
    /// Why it was accepted.
    pub rationale: Option<String>,
    /// What the band asks for.
    pub rule: Option<String>,
    /// The state of the acceptance in words.
    pub acceptance: String,
    /// Everything that is wrong with it, a sentence each.
    pub faults: Vec<String>,
    /// Who signed.
    pub signatures: Vec<SignatureLine>,
    /// Reviews, the earliest first.
    pub reviews: Vec<ReviewLine>,
    /// What is open about it.
    pub next: Vec<DueItem>,
    /// Why something may be missing.
    pub incomplete: Incomplete,
}

/// One assessment.
#[derive(Debug)]
pub struct AssessmentLine {
    /// Its day.
    pub date: NaiveDate,
    /// Who assessed.
    pub by: String,
    /// The rating.
    pub scored: Scored,
    /// What changed.
    pub note: Option<String>,
}

/// A control of the risk.
#[derive(Debug)]
pub struct ControlLine {
    /// Id.
    pub id: String,
    /// Title; none when there is no such control.
    pub title: Option<String>,
    /// Whether it is in place on the day.
    pub in_place: bool,
}

/// An action of the treatment.
#[derive(Debug)]
pub struct ActionLine {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Person or role responsible.
    pub owner: String,
    /// Day by which it is to be done.
    pub due: NaiveDate,
    /// Where it stands.
    pub state: String,
}

/// A signature under the acceptance.
#[derive(Debug)]
pub struct SignatureLine {
    /// The name that signed.
    pub who: String,
    /// The persons behind it on the day.
    pub persons: Vec<String>,
    /// The day.
    pub on: NaiveDate,
    /// The roles of the band's rule it stands for.
    pub authority: Vec<String>,
    /// Why it does not count; none when it does.
    pub discarded: Option<&'static str>,
}

/// A review.
#[derive(Debug)]
pub struct ReviewLine {
    /// Its day.
    pub date: NaiveDate,
    /// Who approved the outcome.
    pub approver: String,
    /// What was found.
    pub note: Option<String>,
}

impl RiskSheet {
    /// The sheet of a risk; none when there was no such risk on the day.
    pub fn new(
        view: &View<'_>,
        id: &str,
        obligations: Vec<Obligation>,
        incomplete: Incomplete,
    ) -> Option<Self> {
        let config = view.config();
        let all = risk::assess(view);
        let it = all.iter().find(|it| it.seen.id() == id)?;
        let measures = Measures::of(view, view.day());
        let risk = it.risk;
        let record = risk.acceptance.as_ref();
        let treatment = risk.treatment.as_ref();
        let row = RiskRow::new(&config.risk, it);
        let open = |obligation: &Obligation| {
            let is_about = obligation.subject == id || obligation.r#for.as_deref() == Some(id);
            is_about && !matches!(obligation.state, State::Done | State::DoneLate)
        };
        Some(Self {
            as_of: view.day(),
            description: risk.description.as_deref().map(str::to_owned),
            assessments: assessments(config, risk),
            controls: controls(view, risk, &measures),
            plan: treatment
                .and_then(|it| it.plan.as_deref())
                .map(str::to_owned),
            treatment_due: treatment.and_then(|it| it.due).map(|day| day.0),
            actions: actions(view, risk, &measures),
            accepted_score: record.map(|it| it.score),
            rationale: record.map(|it| it.rationale.to_string()),
            rule: it.acceptance.band.map(rule_words),
            acceptance: acceptance_words(it.acceptance.state, it.acceptance.until),
            faults: faults(it),
            signatures: signatures(config, it),
            reviews: reviews(risk),
            next: obligations
                .into_iter()
                .filter(open)
                .map(|obligation| DueItem {
                    obligation,
                    path: row.path.clone(),
                })
                .collect(),
            row,
            incomplete,
        })
    }

    /// Ids of all risks there were on the day.
    pub fn ids<'v>(view: &'v View<'_>) -> Vec<&'v str> {
        view.typed::<Risk>(Kind::Risk)
            .map(|(seen, _)| seen.id())
            .collect()
    }
}

fn assessments(config: &Config, risk: &Risk) -> Vec<AssessmentLine> {
    let sorted = risk::assessments(risk).into_iter();
    sorted
        .map(|(_, it)| AssessmentLine {
            date: it.date.0,
            by: it.by.to_string(),
            scored: Scored::of(
                super::Rating {
                    likelihood: it.likelihood,
                    impact: it.impact,
                },
                &config.risk,
            ),
            note: it.note.as_deref().map(str::to_owned),
        })
        .collect()
}

fn controls<'v>(view: &'v View<'v>, risk: &'v Risk, measures: &Measures<'v>) -> Vec<ControlLine> {
    let controls = risk.controls.iter();
    controls
        .map(|id| ControlLine {
            id: id.to_string(),
            title: view.get(id).map(|control| control.title().to_owned()),
            in_place: measures.is_in_place(id),
        })
        .collect()
}

fn actions<'v>(view: &'v View<'v>, risk: &'v Risk, measures: &Measures<'v>) -> Vec<ActionLine> {
    let actions = measures.actions(risk).into_iter();
    actions
        .map(|action| ActionLine {
            id: action.id.to_string(),
            title: action.title.to_string(),
            owner: action.owner.to_string(),
            due: action.due.0,
            state: action_state(action, view.day()),
        })
        .collect()
}

fn action_state(action: &Action, day: NaiveDate) -> String {
    let long = |day: NaiveDate| day.format("%-d %b %Y").to_string();
    match (&action.cancelled, action.completed) {
        (Some(cancelled), _) => format!("cancelled {}", long(cancelled.on.0)),
        (None, Some(completed)) => format!("completed {}", long(completed.0)),
        (None, None) if action.due.0 < day => {
            format!("overdue, {} d", (day - action.due.0).num_days())
        }
        (None, None) => format!("open, due {}", long(action.due.0)),
    }
}

fn reviews(risk: &Risk) -> Vec<ReviewLine> {
    let mut reviews: Vec<ReviewLine> = risk
        .review_log
        .iter()
        .map(|entry| ReviewLine {
            date: entry.date.0,
            approver: entry.approver.to_string(),
            note: entry.note.as_deref().map(str::to_owned),
        })
        .collect();
    reviews.sort_by_key(|review| review.date);
    reviews
}

fn signatures(config: &Config, it: &Assessed<'_>) -> Vec<SignatureLine> {
    let signed = it.risk.acceptance.iter().flat_map(|record| &record.by);
    let line = |(signature, judged): (&Signature, &Judged<'_>)| SignatureLine {
        who: signature.who.to_string(),
        persons: persons(config, &signature.who, signature.on.0)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        on: signature.on.0,
        authority: judged
            .serves
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        discarded: judged.discard.map(|reason| match reason {
            Discard::Unknown => "nobody is known by that name",
            Discard::OutOfOffice => "not in office on that day",
            Discard::NotEntitled => "not entitled for this band",
            Discard::Own => "the owner's own signature",
        }),
    };
    signed
        .zip(&it.acceptance.signatures.judged)
        .map(line)
        .collect()
}

/// What the rule of a band asks for.
fn rule_words(band: &Band) -> String {
    let name = &band.name;
    let Some(rule) = &band.accept else {
        return format!("{name}: no rule, one signature of anybody in office");
    };
    match rule {
        Accept::Never(_) => format!("{name}: nobody may accept it"),
        Accept::When {
            automatic: true, ..
        } => format!("{name}: accepted automatically"),
        Accept::When {
            any_of,
            all_of,
            mitigation,
            at_most,
            ..
        } => {
            let mut words = match all_of.is_empty() {
                true => format!("{name}: {}", any_of.join(" or ")),
                false => format!("{name}: {} together", all_of.join(" and ")),
            };
            if *mitigation {
                words.push_str(", with mitigation");
            }
            if let Some(span) = at_most {
                words.push_str(&format!(", for at most {span}"));
            }
            words
        }
    }
}

fn faults(it: &Assessed<'_>) -> Vec<String> {
    let long = |day: NaiveDate| day.format("%-d %b %Y").to_string();
    let acceptance = &it.acceptance;
    let words = |fault: &Fault| match fault {
        Fault::Missing => "nobody has signed".to_owned(),
        Fault::Forbidden => "nobody may accept a risk of this band".to_owned(),
        Fault::Unauthorised(_) => "nobody who was entitled on that day has signed".to_owned(),
        Fault::SelfApproved(_) => "the owner's own signature does not count".to_owned(),
        Fault::Incomplete if acceptance.signatures.same_person => format!(
            "one person signed for two roles; {} needs another",
            acceptance.signatures.missing.join(" and ")
        ),
        Fault::Incomplete => format!(
            "{} has not signed",
            acceptance.signatures.missing.join(" and ")
        ),
        Fault::WithoutMitigation => "no control is in place and no action completed".to_owned(),
        Fault::OpenEnded => "it has no last day".to_owned(),
        Fault::TooLong(latest) => format!("it may run until {} at most", long(*latest)),
        Fault::Stale(now) => format!("the score is {now} now"),
        Fault::Expired(until) => format!("it ended on {}", long(*until)),
    };
    acceptance.faults.iter().map(words).collect()
}
