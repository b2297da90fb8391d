//! What isms.toml says about reading records: its registers, and the words that only it defines.

use super::custom::CustomSchemas;
use super::layout::Collection;
use super::registers::Registers;
use crate::diagnostics::{Diagnostic, Location, catalogue, did_you_mean};
use crate::records::{Cadence, Config, Record};
use crate::text::pointer::{Part, place};
use crate::text::{NodeRef, Source};
use std::sync::Arc;

/// The usage of a workspace.
#[derive(Default)]
pub struct Usage {
    /// The declared registers.
    pub registers: Registers,
    /// The schemas of `custom:`.
    pub custom: CustomSchemas,
    severities: Vec<Box<str>>,
    reviews: Vec<Box<str>>,
    audits: Vec<Box<str>>,
}

impl Usage {
    /// The usage that isms.toml declares; without one, any word will do.
    pub fn of(registers: Registers, custom: CustomSchemas, config: Option<&Config>) -> Self {
        let Some(config) = config else {
            return Self::default();
        };
        Self {
            registers,
            custom,
            severities: config.incident.severities.clone(),
            reviews: config.reviews.keys().cloned().collect(),
            audits: config.audits.keys().cloned().collect(),
        }
    }

    /// The field that names a record.
    pub fn key(&self, collection: &Collection) -> &str {
        match collection {
            Collection::Kind(_) => "id",
            Collection::Register(name) => &self.registers.get(name).key,
        }
    }

    /// What is wrong with a record that fits its schema: words isms.toml does not define, and choices not made.
    pub fn mistake(
        &self,
        source: &Arc<Source>,
        node: NodeRef<'_>,
        record: &Record,
    ) -> Option<Diagnostic> {
        let mistake = self
            .unknown_word(source, node, record)
            .or_else(|| choice_not_made(source, node, record));
        mistake.map(|mut diagnostic| {
            diagnostic.record = record.common().id().map(str::to_owned);
            diagnostic
        })
    }

    /// A severity or type that isms.toml does not know. Where it declares no types, none is unknown.
    fn unknown_word(
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
        Some(Diagnostic::new(&catalogue::SCHEMA, location, message).help(help))
    }
}

/// Of several fields of which a record needs one, none: what the schema cannot say without hiding other mistakes.
fn choice_not_made(source: &Arc<Source>, node: NodeRef<'_>, record: &Record) -> Option<Diagnostic> {
    let (field, message, help) = match record {
        Record::Result(result) if result.subjects().next().is_none() => (
            "activity",
            "this result does not say what it is a result of",
            "name its `activity`, `kpi`, `control` or `report`",
        ),
        Record::Activity(activity) if activity.cadence.is_none() && activity.trigger.is_none() => (
            "cadence",
            "this activity does not say when it is due",
            "add `cadence:`, or `trigger:` where records call for it",
        ),
        Record::Activity(activity) if activity.cadence == Some(Cadence::Each) => (
            "cadence",
            "`each` judges the records of a KPI one by one; an activity with it would never be due",
            "write `trigger: {over: …, from: …, within: …}` for work that records call for",
        ),
        Record::Control(control)
            if control
                .monitor
                .as_ref()
                .is_some_and(|monitor| monitor.cadence == Cadence::Each) =>
        {
            (
                "monitor/cadence",
                "`each` judges the records of a KPI one by one; a monitor with it would never be due",
                "give it a cadence such as `monthly`, or write an activity with a `trigger`",
            )
        }
        Record::Risk(risk) if risk.assessments.is_empty() => {
            let help = "add `likelihood:` and `impact:`, or dated `assessments:`";
            match (risk.likelihood, risk.impact) {
                (Some(_), Some(_)) => return None,
                (None, None) => ("likelihood", "this risk is not rated", help),
                (Some(_), None) => ("impact", "the field `impact` is missing", help),
                (None, Some(_)) => ("likelihood", "the field `likelihood` is missing", help),
            }
        }
        _ => return None,
    };
    let location = Location::new(source, place(node, &format!("/{field}"), Part::Value));
    Some(Diagnostic::new(&catalogue::SCHEMA, location, message).help(help))
}
