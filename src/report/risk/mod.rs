//! The risk register as of a day (clauses 6.1.2, 6.1.3, 8.2): a list, heat maps, and one risk in full.
//!
//! A scheduled `risk-register` report needs nothing else: [`RiskReport`] has its rows, [`Matrix`] its heat maps.

mod matrix;
mod sheet;
mod words;

pub use crate::assess::kpi::Trend;
pub use crate::assess::risk::AcceptanceState;
pub use crate::records::shared::Rating;
pub use matrix::{Heat, HeatKind, Matrix};
pub use sheet::{ActionLine, AssessmentLine, ControlLine, ReviewLine, RiskSheet, SignatureLine};
pub use words::{acceptance_words, option_words, short_acceptance_words, state_words};

use super::Incomplete;
use crate::assess::View;
use crate::assess::risk::{self, Assessed};
use crate::records::config::RiskMethod;
use chrono::NaiveDate;

/// Which risks are wanted; all when nothing is set.
#[derive(Debug, Clone, Default)]
pub struct RiskFilter {
    /// In one of these bands.
    pub bands: Vec<String>,
    /// Of one of these categories.
    pub categories: Vec<String>,
    /// With one of these statuses on the day.
    pub statuses: Vec<String>,
    /// Only those that are not closed.
    pub open: bool,
    /// Only open ones with a score above the appetite.
    pub over_appetite: bool,
}

impl RiskFilter {
    /// Whether a risk passes.
    pub fn wants(&self, risk: &Assessed<'_>) -> bool {
        let one_of = |wanted: &[String], word: Option<&str>| {
            wanted.is_empty() || word.is_some_and(|word| wanted.iter().any(|it| it == word))
        };
        one_of(&self.bands, risk.band.map(|band| &*band.name))
            && one_of(&self.categories, Some(&risk.risk.category))
            && one_of(&self.statuses, Some(risk.status))
            && (!self.open || risk.is_open())
            && (!self.over_appetite || risk.over_appetite)
    }
}

/// The risks that were asked for, the highest score first.
#[derive(Debug)]
pub struct RiskReport {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// Score above which an open risk needs treatment or acceptance.
    pub appetite: Option<u16>,
    /// One line for each risk.
    pub rows: Vec<RiskRow>,
    /// Why something may be missing.
    pub incomplete: Incomplete,
}

/// One risk as of the day.
#[derive(Debug, Clone)]
pub struct RiskRow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Group of risks it belongs to.
    pub category: String,
    /// Person or role responsible.
    pub owner: String,
    /// Rating without any control.
    pub inherent: Option<Scored>,
    /// The rating that counts.
    pub current: Option<Scored>,
    /// Rating that treatment is to reach.
    pub target: Option<Scored>,
    /// Status of the day.
    pub status: String,
    /// Option of treatment.
    pub treatment: Option<&'static str>,
    /// Where its acceptance stands.
    pub acceptance: AcceptanceState,
    /// Last day of the acceptance.
    pub until: Option<NaiveDate>,
    /// Against the latest earlier assessment.
    pub trend: Option<Trend>,
    /// Whether it is open and above the appetite.
    pub over_appetite: bool,
    /// Whether it is above the appetite, and neither under treatment nor validly accepted.
    pub unanswered: bool,
    /// Day on which it was identified.
    pub identified: NaiveDate,
    /// Day on which it was closed.
    pub closed: Option<NaiveDate>,
    /// File of the record.
    pub path: String,
}

/// A rating with what the method makes of it; no score when it is off the scales.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Likelihood and impact.
    pub rating: Rating,
    /// Its score.
    pub score: Option<u16>,
    /// The band of the score.
    pub band: Option<String>,
}

impl Scored {
    fn of(rating: Rating, method: &RiskMethod) -> Self {
        let score = risk::score(rating, method);
        let band = score.and_then(|score| risk::band(score, method));
        Self {
            rating,
            score,
            band: band.map(str::to_owned),
        }
    }

    /// `3×5`.
    pub fn rating_words(&self) -> String {
        format!("{}×{}", self.rating.likelihood, self.rating.impact)
    }
}

impl RiskRow {
    /// The line of a risk.
    pub fn new(method: &RiskMethod, it: &Assessed<'_>) -> Self {
        let scored = |rating: Option<Rating>| rating.map(|rating| Scored::of(rating, method));
        let treatment = it.risk.treatment.as_ref();
        Self {
            id: it.seen.id().to_owned(),
            title: it.seen.title().to_owned(),
            category: it.risk.category.to_string(),
            owner: it.risk.owner.to_string(),
            inherent: scored(it.risk.inherent),
            current: scored(it.rating),
            target: scored(it.risk.target),
            status: it.status.to_owned(),
            treatment: treatment.map(|treatment| option_words(treatment.option)),
            acceptance: it.acceptance.state,
            until: it.acceptance.until,
            trend: it.trend,
            over_appetite: it.over_appetite,
            unanswered: it.is_unanswered(),
            identified: it.risk.identified.0,
            closed: it.risk.closed.map(|day| day.0),
            path: it.seen.entry().path().to_owned(),
        }
    }
}

impl RiskReport {
    /// The risks that pass the filter.
    pub fn new(view: &View<'_>, filter: &RiskFilter, incomplete: Incomplete) -> Self {
        let method = &view.config().risk;
        let all = risk::assess(view);
        let wanted = all.iter().filter(|it| filter.wants(it));
        Self {
            as_of: view.day(),
            appetite: method.appetite,
            rows: wanted.map(|it| RiskRow::new(method, it)).collect(),
            incomplete,
        }
    }
}
