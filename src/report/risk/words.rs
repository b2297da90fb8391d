//! What people call the states of an acceptance and the options of treatment.

use crate::assess::risk::AcceptanceState;
use crate::records::risk::TreatmentOption;
use chrono::NaiveDate;

/// The word for an option of treatment, as in the record.
pub fn option_words(option: TreatmentOption) -> &'static str {
    match option {
        TreatmentOption::Mitigate => "mitigate",
        TreatmentOption::Accept => "accept",
        TreatmentOption::Transfer => "transfer",
        TreatmentOption::Avoid => "avoid",
    }
}

/// What stands after "its acceptance is".
pub fn state_words(state: AcceptanceState) -> &'static str {
    match state {
        AcceptanceState::WithoutMitigation => "without mitigation",
        AcceptanceState::TooLong => "too long",
        state => state.word(),
    }
}

/// The last day of a valid acceptance, else its state, for a narrow column; empty where nobody accepted anything.
pub fn short_acceptance_words(state: AcceptanceState, until: Option<NaiveDate>) -> String {
    match (state, until) {
        (AcceptanceState::None, _) => String::new(),
        (AcceptanceState::Valid, None) => "open end".to_owned(),
        (AcceptanceState::Valid, Some(until)) => until.format("%-d %b %Y").to_string(),
        (state, _) => state_words(state).to_owned(),
    }
}

/// A state with what it means and its last day, for reading; empty where nobody accepted anything.
pub fn acceptance_words(state: AcceptanceState, until: Option<NaiveDate>) -> String {
    let words = match state {
        AcceptanceState::None => return String::new(),
        AcceptanceState::Automatic => return "automatic".to_owned(),
        AcceptanceState::Missing => return "missing: nobody has signed".to_owned(),
        AcceptanceState::Valid => "valid",
        AcceptanceState::Forbidden => "forbidden: nobody may accept this band",
        AcceptanceState::Unauthorised => "unauthorised: nobody entitled has signed",
        AcceptanceState::SelfApproved => "self-approved: the owner's own signature does not count",
        AcceptanceState::Incomplete => "incomplete: a signature is lacking",
        AcceptanceState::WithoutMitigation => "without mitigation",
        AcceptanceState::OpenEnded => return "open-ended: it needs a last day".to_owned(),
        AcceptanceState::TooLong => "too long for its band",
        AcceptanceState::Stale => "stale: the score has changed since",
        AcceptanceState::Expired => "expired",
    };
    match until {
        Some(until) => format!("{words} (until {})", until.format("%-d %b %Y")),
        None => words.to_owned(),
    }
}
