//! Clause 6.1.3: the statement of applicability (d), and acceptance of residual risks (f).

use super::{Ground, Sheet, some};
use crate::assess::controls::{ReferenceState, statement};
use crate::assess::risk::{AcceptanceState, assess};

pub(super) fn write(ground: &Ground<'_>, sheets: &mut Vec<Sheet>) {
    sheets.push(applicability(ground));
    sheets.push(accepted(ground));
}

fn applicability(ground: &Ground<'_>) -> Sheet {
    let mut sheet = Sheet::new(
        "6.1.3 d",
        "a statement of applicability holds the controls, why each is in or out, and whether it is in place",
    );
    let statement = statement(ground.view);
    for reference in &statement.references {
        let word = match reference.state {
            ReferenceState::Implemented => "in place",
            ReferenceState::NotImplemented => "applies, not in place yet",
            ReferenceState::Excluded => "excluded",
            ReferenceState::Unjustified
            | ReferenceState::Contradictory
            | ReferenceState::Unaddressed => continue,
        };
        for claim in &reference.claims {
            sheet.proof(claim.control, format!("{} {word}", reference.id), None);
        }
    }
    for (state, what) in [
        (
            ReferenceState::Contradictory,
            "are both claimed and excluded",
        ),
        (
            ReferenceState::Unjustified,
            "are claimed by a control that gives no `applicability`",
        ),
        (
            ReferenceState::Unaddressed,
            "are neither claimed nor excluded by a control",
        ),
    ] {
        let all: Vec<&str> = statement
            .references
            .iter()
            .filter(|reference| reference.state == state)
            .map(|reference| reference.id.as_str())
            .collect();
        if !all.is_empty() {
            sheet.gap(format!(
                "{} references of Annex A {what}: {}",
                all.len(),
                some(&all)
            ));
        }
    }
    for (reference, control) in &statement.unknown {
        sheet.gap_of(
            control,
            format!("{control} names {reference}, which Annex A of 2022 does not have"),
        );
    }
    sheet
}

/// Acceptances that hold, those that do not, and open risks above the appetite that nobody treats or has accepted.
fn accepted(ground: &Ground<'_>) -> Sheet {
    let mut sheet = Sheet::new("6.1.3 f", "the owners of risks accept what remains of them");
    let risks = assess(ground.view);
    for it in risks.iter().filter(|it| it.is_open()) {
        let id = it.seen.id();
        match it.acceptance.state {
            AcceptanceState::Valid => {
                let signed = it.risk.acceptance.iter().flat_map(|it| &it.by);
                let last = signed.map(|signature| signature.on.0).max();
                sheet.proof(id, format!("accepted: {}", it.seen.title()), last);
            }
            state if state.fails() => {
                let word = state.word().replace('-', " ");
                sheet.gap_of(id, format!("the acceptance of {id} does not hold: {word}"));
            }
            _ if it.is_unanswered() => sheet.gap_of(
                id,
                format!("{id} is above the appetite, neither treated nor accepted"),
            ),
            _ => {}
        }
    }
    sheet
}
