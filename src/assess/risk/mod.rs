//! Where a risk stands on a day (clauses 6.1.2, 6.1.3, 8.2): its rating, score and band, its treatment, and the life
//! cycle of its acceptance.

mod acceptance;
mod measures;
mod signatures;
#[cfg(test)]
mod tests;

pub use acceptance::{Acceptance, AcceptanceState, Fault, is_claimed, is_signed};
pub use measures::Measures;
pub use signatures::{Discard, Judged, OWNER, Signatures};

use super::expr::status_on;
use super::kpi::Trend;
use super::{Seen, View};
use crate::records::Kind;
use crate::records::config::{Band, RiskMethod};
use crate::records::risk::{Assessment, Risk};
use crate::records::shared::Rating;
use chrono::NaiveDate;
use std::cmp::{Ordering, Reverse};

/// A risk as of a day, with all that is computed from it.
pub struct Assessed<'v> {
    /// The record.
    pub seen: Seen<'v>,
    /// The record as a type.
    pub risk: &'v Risk,
    /// The rating that counts.
    pub rating: Option<Rating>,
    /// Its score; none when nobody has rated it on the scales.
    pub score: Option<u16>,
    /// The band of the score.
    pub band: Option<&'v Band>,
    /// The status of the day, by the dates of the record.
    pub status: &'v str,
    /// Against the latest earlier assessment: a lower score is an improvement.
    pub trend: Option<Trend>,
    /// Its acceptance.
    pub acceptance: Acceptance<'v>,
    /// Whether it is open and its score above the appetite.
    pub over_appetite: bool,
    /// Whether treatment is under way.
    pub under_treatment: bool,
}

impl Assessed<'_> {
    /// Whether it is not closed.
    pub fn is_open(&self) -> bool {
        self.risk.closed.is_none()
    }

    /// Whether it is above the appetite, and neither under treatment nor validly accepted.
    pub fn is_unanswered(&self) -> bool {
        self.over_appetite && !self.under_treatment && !self.acceptance.state.holds()
    }
}

/// All risks of a view as of its day, the highest score first, then by id; those without one come last.
pub fn assess<'v>(view: &'v View<'v>) -> Vec<Assessed<'v>> {
    assess_on(view, view.day())
}

/// All risks of a view as of a day before that of the view: a view of everything on file, looked at today.
pub fn assess_on<'v>(view: &'v View<'v>, day: NaiveDate) -> Vec<Assessed<'v>> {
    let measures = Measures::of(view, day);
    let risks = view.typed::<Risk>(Kind::Risk);
    let mut all: Vec<Assessed<'v>> = risks
        .map(|(seen, risk)| assessed(view, seen, risk, &measures, day))
        .collect();
    let key = |it: &Assessed<'v>| (Reverse(it.score), it.seen.id());
    all.sort_by(|one, other| key(one).cmp(&key(other)));
    all
}

fn assessed<'v>(
    view: &'v View<'v>,
    seen: Seen<'v>,
    risk: &'v Risk,
    measures: &Measures<'v>,
    day: NaiveDate,
) -> Assessed<'v> {
    let config = view.config();
    let method = &config.risk;
    let rating = rating(risk);
    let score = rating.and_then(|rating| score(rating, method));
    let on_file = seen
        .entry()
        .record()
        .and_then(|record| <&Risk>::try_from(record).ok());
    let later = !is_signed(risk) && on_file.is_some_and(is_signed);
    Assessed {
        seen,
        risk,
        rating,
        score,
        band: score.and_then(|score| method.band(score)),
        status: status_on(seen).unwrap_or_default(),
        trend: trend(risk, method),
        acceptance: acceptance::acceptance(config, risk, later, measures, day),
        over_appetite: risk.closed.is_none() && is_over_appetite(method, score),
        under_treatment: risk.closed.is_none() && measures.is_under_treatment(risk),
    }
}

/// Whether a score is above what may stay without treatment or acceptance.
pub fn is_over_appetite(method: &RiskMethod, score: Option<u16>) -> bool {
    let both = method.appetite.zip(score);
    both.is_some_and(|(appetite, score)| score > appetite)
}

/// The assessments by date, the earliest first; of one day in the order of the record.
pub fn assessments(risk: &Risk) -> Vec<(usize, &Assessment)> {
    let mut all: Vec<(usize, &Assessment)> = risk.assessments.iter().enumerate().collect();
    all.sort_by_key(|(_, assessment)| assessment.date);
    all
}

fn rating_of(assessment: &Assessment) -> Rating {
    Rating {
        likelihood: assessment.likelihood,
        impact: assessment.impact,
    }
}

/// The rating of the record itself, which counts where there are no assessments.
fn own_rating(risk: &Risk) -> Option<Rating> {
    Some(Rating {
        likelihood: risk.likelihood?,
        impact: risk.impact?,
    })
}

/// The rating that counts: the latest assessment, else the one of the record itself.
pub fn rating(risk: &Risk) -> Option<Rating> {
    rating_by(risk, NaiveDate::MAX).or_else(|| own_rating(risk))
}

/// The first rating there is.
pub fn first_rating(risk: &Risk) -> Option<Rating> {
    let first = risk.assessments.iter().min_by_key(|it| it.date);
    first.map(rating_of).or_else(|| own_rating(risk))
}

/// The latest assessment by the end of a day.
pub fn rating_by(risk: &Risk, day: NaiveDate) -> Option<Rating> {
    let earlier = risk.assessments.iter().filter(|it| it.date.0 <= day);
    earlier.max_by_key(|it| it.date).map(rating_of)
}

/// The rating that counted before a day: the latest assessment before it, else the record's own if it was identified
/// by then.
pub fn rating_before(risk: &Risk, day: NaiveDate) -> Option<Rating> {
    let assessed = day.pred_opt().and_then(|day| rating_by(risk, day));
    assessed.or_else(|| own_rating(risk).filter(|_| risk.identified.0 < day))
}

/// The score of a rating by the workspace's method; none when it is off the scales.
pub fn score(rating: Rating, method: &RiskMethod) -> Option<u16> {
    method.score(rating.likelihood, rating.impact)
}

/// The score of a risk.
pub fn current_score(risk: &Risk, method: &RiskMethod) -> Option<u16> {
    score(rating(risk)?, method)
}

/// The name of the band a score falls in.
pub fn band(score: u16, method: &RiskMethod) -> Option<&str> {
    method.band(score).map(|band| &*band.name)
}

/// The latest score against the one of the latest assessment of an earlier day.
fn trend(risk: &Risk, method: &RiskMethod) -> Option<Trend> {
    let last = risk.assessments.iter().map(|it| it.date).max()?;
    let before = rating_by(risk, last.0.pred_opt()?)?;
    let now = current_score(risk, method)?;
    Some(match now.cmp(&score(before, method)?) {
        Ordering::Less => Trend::Improving,
        Ordering::Equal => Trend::Steady,
        Ordering::Greater => Trend::Worsening,
    })
}
