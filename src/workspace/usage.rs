//! What isms.toml says about reading records: its registers, and the words that only it defines.

use super::registers::Registers;
use crate::diagnostics::{Diagnostic, Location, catalogue, did_you_mean};
use crate::records::{Config, Record};
use crate::text::pointer::{Part, place};
use crate::text::{NodeRef, Source};
use std::sync::Arc;

/// The usage of a workspace.
#[derive(Default)]
pub struct Usage {
    /// The declared registers.
    pub registers: Registers,
    severities: Vec<Box<str>>,
    reviews: Vec<Box<str>>,
    audits: Vec<Box<str>>,
}

impl Usage {
    /// The usage that isms.toml declares; without one, any word will do.
    pub fn of(registers: Registers, config: Option<&Config>) -> Self {
        let Some(config) = config else {
            return Self::default();
        };
        Self {
            registers,
            severities: config.incident.severities.clone(),
            reviews: config.reviews.keys().cloned().collect(),
            audits: config.audits.keys().cloned().collect(),
        }
    }

    /// A severity or type that isms.toml does not know. Where it declares no types, none is unknown.
    pub fn unknown_word(
        &self,
        source: &Arc<Source>,
        node: NodeRef<'_>,
        record: &Record,
    ) -> Option<Diagnostic> {
        let (field, word, known, what, table) = match record {
            Record::Incident(incident) => {
                let known = &self.severities;
                (
                    "/severity",
                    &incident.severity,
                    known,
                    "severity",
                    "incident",
                )
            }
            Record::Review(review) => (
                "/type",
                &review.r#type,
                &self.reviews,
                "type of review",
                "reviews",
            ),
            Record::Audit(audit) => (
                "/type",
                &audit.r#type,
                &self.audits,
                "type of audit",
                "audits",
            ),
            _ => return None,
        };
        if known.is_empty() || known.contains(word) {
            return None;
        }
        let names = known.iter().map(|name| &**name);
        let all = names.clone().collect::<Vec<_>>().join(", ");
        let help = match did_you_mean(word, names) {
            Some(help) => format!("{help} ([{table}] in isms.toml knows {all})"),
            None => format!("[{table}] in isms.toml knows {all}"),
        };
        let location = Location::new(source, place(node, field, Part::Value));
        let message = format!("`{word}` is no {what} of this workspace");
        let mut diagnostic = Diagnostic::new(&catalogue::SCHEMA, location, message).help(help);
        diagnostic.record = record.common().id().map(str::to_owned);
        Some(diagnostic)
    }
}
