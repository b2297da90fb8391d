//! Where a risk stands on a day (clauses 6.1.2, 8.2): its rating, score and band.

use crate::records::config::RiskMethod;
use crate::records::risk::Risk;
use crate::records::shared::Rating;
use chrono::NaiveDate;

/// The rating that counts: the latest assessment, else the one of the record itself.
pub fn rating(risk: &Risk) -> Option<Rating> {
    let latest = risk
        .assessments
        .iter()
        .max_by_key(|assessment| assessment.date);
    match latest {
        Some(assessment) => Some(Rating {
            likelihood: assessment.likelihood,
            impact: assessment.impact,
        }),
        None => Some(Rating {
            likelihood: risk.likelihood?,
            impact: risk.impact?,
        }),
    }
}

/// The rating that counted before a day: the latest assessment before it, else the record's own if it was identified
/// by then.
pub fn rating_before(risk: &Risk, day: NaiveDate) -> Option<Rating> {
    let earlier = risk
        .assessments
        .iter()
        .filter(|assessment| assessment.date.0 < day);
    match earlier.max_by_key(|assessment| assessment.date) {
        Some(assessment) => Some(Rating {
            likelihood: assessment.likelihood,
            impact: assessment.impact,
        }),
        None if risk.identified.0 < day => Some(Rating {
            likelihood: risk.likelihood?,
            impact: risk.impact?,
        }),
        None => None,
    }
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

/// What can be told of an acceptance from the record alone: the score it pins and its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcceptanceState {
    /// The score is another one now.
    Stale,
    /// Its last day has passed.
    Expired,
    /// Neither; who signed it is not judged here.
    Current,
}

/// The state of an acceptance on a day; none without a signature.
pub fn acceptance(risk: &Risk, method: &RiskMethod, day: NaiveDate) -> Option<AcceptanceState> {
    let acceptance = risk
        .acceptance
        .as_ref()
        .filter(|acceptance| !acceptance.by.is_empty())?;
    // Without a rating there is no score it could differ from.
    let score = current_score(risk, method)?;
    Some(if score != acceptance.score {
        AcceptanceState::Stale
    } else if acceptance.until.is_some_and(|until| until.0 < day) {
        AcceptanceState::Expired
    } else {
        AcceptanceState::Current
    })
}
