//! Clause 6.1.3: the statement of applicability (d), and acceptance of residual risks (f).

use super::{Ground, Sheet, some};
use crate::assess::controls::{ReferenceState, statement};
use crate::assess::risk::{AcceptanceState, acceptance, current_score};
use crate::records::Kind;
use crate::records::risk::{Risk, TreatmentOption};

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

/// Acceptances that hold, and open risks that would need one: above the appetite without treatment, or to be accepted
/// and signed by nobody.
fn accepted(ground: &Ground<'_>) -> Sheet {
    let mut sheet = Sheet::new("6.1.3 f", "the owners of risks accept what remains of them");
    let method = &ground.view.config().risk;
    for (seen, risk) in ground.view.typed::<Risk>(Kind::Risk) {
        if risk.closed.is_some() {
            continue;
        }
        let id = seen.id();
        let signed = risk.acceptance.as_ref().map(|acceptance| &acceptance.by);
        let last = signed
            .into_iter()
            .flatten()
            .map(|signature| signature.on.0)
            .max();
        let option = risk.treatment.as_ref().map(|treatment| treatment.option);
        match acceptance(risk, method, ground.day()) {
            Some(AcceptanceState::Current) => {
                sheet.proof(id, format!("accepted: {}", seen.title()), last)
            }
            Some(AcceptanceState::Stale) => sheet.gap_of(
                id,
                format!("the acceptance of {id} is stale: the score is another one now"),
            ),
            Some(AcceptanceState::Expired) => {
                sheet.gap_of(id, format!("the acceptance of {id} has expired"))
            }
            None if option == Some(TreatmentOption::Accept) => {
                sheet.gap_of(id, format!("{id} is to be accepted, and nobody has signed"))
            }
            None => {
                let score = current_score(risk, method);
                let above = score
                    .zip(method.appetite)
                    .is_some_and(|(score, appetite)| score > appetite);
                if above && option.is_none() {
                    sheet.gap_of(
                        id,
                        format!("{id} is above the appetite, neither treated nor accepted"),
                    );
                }
            }
        }
    }
    sheet
}
