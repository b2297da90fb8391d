//! Clause 6.1.3: the statement of applicability (d), and acceptance of residual risks (f).

use super::{Ground, Sheet, some};
use crate::assess::controls::{ReferenceState, statement};
use crate::assess::risk::{AcceptanceState, Assessed};

pub(super) fn write(ground: &Ground<'_>, sheets: &mut Vec<Sheet>) {
    sheets.push(applicability(ground));
    sheets.push(accepted(ground));
}

fn applicability(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet(
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
            sheet.proof(claim.control, format_args!("{} {word}", reference.id), None);
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

/// Acceptances that hold, and open risks that would need one: above the appetite without treatment, or to be accepted
/// without a signature that counts.
fn accepted(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet("6.1.3 f", "the owners of risks accept what remains of them");
    let mut open: Vec<&Assessed<'_>> = ground.risks.iter().collect();
    open.sort_by_key(|risk| risk.seen.entry().index());
    for risk in open {
        let id = risk.seen.id();
        let signed = risk.risk.acceptance.iter().flat_map(|it| &it.by);
        let last = signed.map(|signature| signature.on.0).max();
        let gap = match risk.acceptance.state {
            AcceptanceState::Valid => {
                sheet.proof(id, format_args!("accepted: {}", risk.seen.title()), last);
                continue;
            }
            AcceptanceState::Stale => {
                format!("the acceptance of {id} is stale: the score is another one now")
            }
            AcceptanceState::Expired => format!("the acceptance of {id} has expired"),
            AcceptanceState::Missing => format!("{id} is to be accepted, and nobody has signed"),
            state if state.fails() => format!("the acceptance of {id} is {}", state.word()),
            _ if risk.is_unanswered() => {
                format!("{id} is above the appetite, neither under treatment nor accepted")
            }
            _ => continue,
        };
        sheet.gap_of(id, gap);
    }
    sheet
}
