//! All evidence that a record names: its own, and what shows that somebody approved a part of it.

use super::Record;
use super::shared::{Evidence, ReviewEntry};

type Placed<'r> = (String, &'r Evidence);

impl Record {
    /// All evidence of the record, that on approvals included, each with a JSON pointer to it.
    pub fn evidence(&self) -> impl Iterator<Item = Placed<'_>> {
        let own = self.common().evidence().iter().enumerate();
        let own = own.map(|(index, evidence)| (format!("/evidence/{index}"), evidence));
        own.chain(self.evidence_on_approvals())
    }

    fn evidence_on_approvals(&self) -> Vec<Placed<'_>> {
        match self {
            Record::Policy(policy) => of_log(&policy.review_log).collect(),
            Record::Control(control) => of_log(&control.review_log).collect(),
            Record::Risk(risk) => {
                let acceptance = risk.acceptance.iter();
                let signatures = acceptance.flat_map(|acceptance| &acceptance.by);
                let evidence = signatures.map(|signature| signature.evidence.as_ref());
                let signed = of_list("/acceptance/by", evidence);
                signed.chain(of_log(&risk.review_log)).collect()
            }
            Record::Review(review) => {
                let signed_off = review.signed_off.iter();
                let evidence = signed_off.filter_map(|it| it.evidence.as_ref());
                evidence
                    .map(|it| ("/signed_off/evidence".to_owned(), it))
                    .collect()
            }
            Record::Action(action) => {
                let verification = action.verification.iter();
                let evidence = verification.filter_map(|it| it.evidence.as_ref());
                evidence
                    .map(|it| ("/verification/evidence".to_owned(), it))
                    .collect()
            }
            Record::Kpi(kpi) => {
                let evidence = kpi.deviations.iter().map(|it| it.evidence.as_ref());
                of_list("/deviations", evidence).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn of_log(log: &[ReviewEntry]) -> impl Iterator<Item = Placed<'_>> {
    of_list(
        "/review_log",
        log.iter().map(|entry| entry.evidence.as_ref()),
    )
}

/// The evidence of the entries of a list that have some.
fn of_list<'r>(
    pointer: &'static str,
    entries: impl Iterator<Item = Option<&'r Evidence>>,
) -> impl Iterator<Item = Placed<'r>> {
    let placed = entries.enumerate();
    placed.filter_map(move |(index, it)| Some((format!("{pointer}/{index}/evidence"), it?)))
}
