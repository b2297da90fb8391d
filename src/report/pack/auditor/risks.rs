//! Questions on risks and their acceptance (clauses 6.1.3 and 8.3).

use super::Questions;
use crate::assess::obligations::ObligationKind;
use crate::report::due::Urgency;
use crate::report::pack::risks::rated;
use crate::report::pack::{Pack, long, named};
use crate::report::risk::{AcceptanceState, state_words};
use std::collections::BTreeSet;

pub(super) fn ask(pack: &Pack<'_>, questions: &mut Questions) {
    let view = pack.basis.view;
    let open = &pack.risks;
    let score = |score: Option<u16>| match score {
        Some(score) => rated(view, score),
        None => "not rated".to_owned(),
    };
    let failing = open.iter().filter(|it| it.acceptance.state.fails());
    let about = failing.collect::<Vec<_>>().into_iter().map(|it| {
        let state = state_words(it.acceptance.state);
        named(it.seen).plain(format!(", {}: acceptance {state}", score(it.score)))
    });
    questions.ask(
        85,
        "6.1.3 f",
        "The acceptance does not hold: on whose authority does the risk stay as it is?",
        about,
    );
    let unanswered = open
        .iter()
        .filter(|it| it.is_unanswered() && !it.acceptance.state.fails());
    let unanswered = unanswered.collect::<Vec<_>>().into_iter();
    let about = unanswered.map(|it| named(it.seen).plain(format!(", {}", score(it.score))));
    questions.ask(
        80,
        "6.1.3 e",
        "The risk is above the appetite, neither under treatment nor accepted: where is the plan?",
        about,
    );
    ending(pack, questions);
}

/// Acceptances that hold, and soon end.
fn ending(pack: &Pack<'_>, questions: &mut Questions) {
    let duties = pack.basis.survey.list.iter();
    let ending: BTreeSet<&str> = duties
        .filter(|duty| {
            let urgency = Urgency::of(duty);
            duty.kind == ObligationKind::AcceptanceEnd
                && matches!(urgency, Urgency::Today | Urgency::Soon | Urgency::InGrace)
        })
        .map(|duty| duty.subject.as_str())
        .collect();
    let soon = pack.risks.iter().filter(|it| {
        it.acceptance.state == AcceptanceState::Valid && ending.contains(it.seen.id())
    });
    let about = soon.collect::<Vec<_>>().into_iter().map(|it| {
        let until = it.acceptance.until.map(long).unwrap_or_default();
        let signatures = it.risk.acceptance.iter().flat_map(|it| &it.by);
        let signed: Vec<String> = signatures.map(|it| it.who.to_string()).collect();
        named(it.seen).plain(format!(", signed by {}, until {until}", signed.join(", ")))
    });
    questions.ask(
        40,
        "6.1.3 f",
        "The acceptance ends soon: who decides before that day, and on what grounds?",
        about,
    );
}
