//! What the rules on acceptances share: one evaluation of the life cycle over the records on file, and its words.

use super::{Context, Sink};
use crate::assess::risk::{Assessed, Fault, assessments};
use crate::diagnostics::{Diagnostic, Location, Rule};
use crate::records::config::{Accept, Band};
use crate::records::risk::{Risk, RiskStatus};
use crate::workspace::EntryRef;

/// A risk with its file.
pub struct Case<'a, 'c> {
    /// The risk, evaluated.
    pub it: &'a Assessed<'c>,
    /// The record.
    pub entry: EntryRef<'c>,
}

impl<'c> Case<'_, 'c> {
    /// The record as a type.
    pub fn risk(&self) -> &'c Risk {
        self.it.risk
    }

    /// Name of the band whose rule judges.
    pub fn band(&self) -> &'c str {
        self.it.acceptance.band.map_or("", |band| &band.name)
    }

    /// A diagnostic about it.
    pub fn diagnostic(
        &self,
        rule: &'static Rule,
        location: Location,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(rule, location, message).about(self.entry.id())
    }

    /// The place where the record says that the risk is accepted.
    pub fn claim(&self) -> Location {
        match self.risk().status {
            RiskStatus::Accepted => self.entry.at("/status"),
            _ => self.entry.at("/treatment/option"),
        }
    }

    /// The place of the rating that counts.
    pub fn rating(&self) -> Location {
        self.entry.at(&rating_pointer(self.risk()))
    }
}

/// Pointer to the likelihood that counts.
pub fn rating_pointer(risk: &Risk) -> String {
    match assessments(risk).last() {
        Some((index, _)) => format!("/assessments/{index}/likelihood"),
        None => "/likelihood".to_owned(),
    }
}

/// Reports, for every open risk on file, what `say` makes of each fault of its acceptance.
pub fn report<'c>(
    context: &Context<'c>,
    sink: &mut Sink<'_>,
    say: impl Fn(&Case<'_, 'c>, &Fault) -> Vec<Diagnostic>,
) {
    for it in context.risks_on_file().iter().filter(|it| it.is_open()) {
        let entry = it.seen.entry();
        let case = Case { it, entry };
        for fault in &it.acceptance.faults {
            say(&case, fault)
                .into_iter()
                .for_each(|found| sink.add(found));
        }
    }
}

/// How a risk of a band may be accepted.
pub fn way(band: Option<&Band>) -> String {
    let Some(band) = band else {
        return "state the score that was accepted; it must be one that a band covers".to_owned();
    };
    let quoted = |names: &[Box<str>]| names.iter().map(|name| format!("`{name}`")).collect();
    let name = &band.name;
    match &band.accept {
        Some(Accept::When { all_of, .. }) if !all_of.is_empty() => {
            let names: Vec<String> = quoted(all_of);
            format!(
                "a `{name}` risk is accepted by {} together, each another person in office on the day they sign",
                names.join(" and ")
            )
        }
        Some(Accept::When { any_of, .. }) if !any_of.is_empty() => {
            let names: Vec<String> = quoted(any_of);
            format!(
                "a `{name}` risk is accepted by {}, in office on the day of the signature",
                names.join(" or ")
            )
        }
        _ => "have it accepted by somebody in office on the day of the signature".to_owned(),
    }
}
