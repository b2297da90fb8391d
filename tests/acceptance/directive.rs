//! The directive's four lines, and what follows from them, without any code of the tool.

use crate::signatories::{Signer, UNKNOWN};
use crate::workspace::Case;
use std::collections::BTreeSet;

/// What should be said about a risk.
#[derive(Debug, PartialEq, Eq)]
pub struct Expected {
    /// State of the acceptance.
    pub state: String,
    /// Rules raised.
    pub rules: BTreeSet<String>,
}

/// Who approves, by score.
enum Approval {
    Automatic,
    CisoOrDpo,
    CtoAndCeo,
    Nobody,
}

fn approval(score: u16) -> Approval {
    match score {
        1..=5 => Approval::Automatic,
        6..=12 => Approval::CisoOrDpo,
        13..=20 => Approval::CtoAndCeo,
        _ => Approval::Nobody,
    }
}

/// What should be said about a case, on the last day of acceptances that end or on the day after.
pub fn expected(case: &Case, day_after: bool) -> Expected {
    let mut faults = faults(case);
    let signed = !case.set.signers.is_empty();
    let automatic = matches!(approval(case.score), Approval::Automatic);
    if signed && !automatic && case.ends && day_after {
        faults.push("expired");
    }
    let state = match faults.first() {
        Some(fault) => fault,
        None if automatic => "automatic",
        None => "valid",
    };
    let mut rules: BTreeSet<String> = faults
        .iter()
        .map(|fault| format!("acceptance-{fault}"))
        .collect();
    // A name that nobody has is told as such, and not as a lack of authority.
    let others = case
        .set
        .signers
        .iter()
        .filter(|signer| signer.who != UNKNOWN);
    if others.count() == 0 {
        rules.remove("acceptance-unauthorised");
    }
    if case.set.signers.iter().any(|signer| signer.who == UNKNOWN) {
        rules.insert("unknown-person".to_owned());
    }
    // The appetite is 12, and nothing is being done about these risks.
    if case.score > 12 && state != "valid" {
        rules.insert("risk-over-appetite".to_owned());
    }
    Expected {
        state: state.to_owned(),
        rules,
    }
}

fn faults(case: &Case) -> Vec<&'static str> {
    let signers = case.set.signers;
    let is_owner = |signer: &&Signer| signer.person == case.set.owner_person;
    let holds = |office: &'static str| move |signer: &&Signer| signer.offices.contains(&office);
    let others = || signers.iter().filter(|signer| !is_owner(signer));
    let wanted: &[&str] = match approval(case.score) {
        Approval::Automatic => return Vec::new(),
        Approval::Nobody => return vec!["forbidden"],
        Approval::CisoOrDpo => &["ciso", "dpo"],
        Approval::CtoAndCeo => &["cto", "ceo"],
    };
    if signers.is_empty() {
        return vec!["missing"];
    }
    let entitled =
        others().any(|signer| wanted.iter().any(|office| signer.offices.contains(office)));
    let mut faults = Vec::new();
    match approval(case.score) {
        _ if !entitled => {
            if others().next().is_some() {
                faults.push("unauthorised");
            }
            if signers.iter().any(|signer| is_owner(&signer)) {
                faults.push("self-approved");
            }
        }
        Approval::CtoAndCeo => {
            let pair = others().filter(holds("cto")).any(|cto| {
                others()
                    .filter(holds("ceo"))
                    .any(|ceo| ceo.person != cto.person)
            });
            let owner_is_one = signers
                .iter()
                .filter(is_owner)
                .any(|signer| holds("cto")(&signer) || holds("ceo")(&signer));
            if !pair && owner_is_one {
                faults.push("self-approved");
            } else if !pair {
                faults.push("incomplete");
            }
        }
        _ => {}
    }
    if !case.mitigated {
        faults.push("without-mitigation");
    }
    faults
}
