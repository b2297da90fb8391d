//! Where checks put what they find: levels from isms.toml are applied, and ignored diagnostics dropped.

use crate::diagnostics::{Diagnostic, Rule, Severity, catalogue};
use crate::records::config::RuleLevel;
use crate::workspace::Snapshot;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Collects diagnostics.
pub struct Sink<'s> {
    snapshot: &'s Snapshot,
    as_of: NaiveDate,
    found: Vec<Diagnostic>,
    /// Rules that ran, for entries of `ignore` that silenced nothing.
    ran: BTreeSet<&'static str>,
    /// Entries of `ignore` that silenced something, by record and rule.
    used: BTreeSet<(String, &'static str)>,
    levels: BTreeMap<&'s str, RuleLevel>,
}

impl<'s> Sink<'s> {
    /// A sink for one run.
    pub fn new(snapshot: &'s Snapshot, as_of: NaiveDate) -> Self {
        let levels = snapshot
            .config()
            .rules
            .iter()
            .map(|(rule, level)| (&**rule, *level))
            .collect();
        Self {
            snapshot,
            as_of,
            found: Vec::new(),
            ran: BTreeSet::new(),
            used: BTreeSet::new(),
            levels,
        }
    }

    /// Whether a rule is on; two rules always are, since without them a figure could be wrong unseen.
    pub fn is_on(&self, rule: &Rule) -> bool {
        let fixed = rule.id == catalogue::CONFIG.id || rule.id == catalogue::UNREADABLE_FILE.id;
        fixed || self.levels.get(rule.id) != Some(&RuleLevel::Off)
    }

    /// Notes that a rule runs.
    pub fn running(&mut self, rule: &'static Rule) {
        self.ran.insert(rule.id);
    }

    /// Whether a rule ran.
    pub fn has_run(&self, rule: &str) -> bool {
        self.ran.contains(rule)
    }

    /// Whether an entry of `ignore` silenced something.
    pub fn was_used(&self, record: &str, rule: &str) -> bool {
        self.used
            .iter()
            .any(|(used, id)| used == record && *id == rule)
    }

    /// Adds a diagnostic, unless its rule is off or its record ignores the rule today.
    pub fn add(&mut self, mut diagnostic: Diagnostic) {
        if !self.is_on(diagnostic.rule) {
            return;
        }
        match self.levels.get(diagnostic.rule.id) {
            Some(RuleLevel::Error) => diagnostic.level = Severity::Error,
            Some(RuleLevel::Warning) => diagnostic.level = Severity::Warning,
            Some(RuleLevel::Note) => diagnostic.level = Severity::Note,
            Some(RuleLevel::Off) | None => {}
        }
        if self.is_ignored(&diagnostic) {
            if let Some(record) = diagnostic.record {
                self.used.insert((record, diagnostic.rule.id));
            }
            return;
        }
        self.found.push(diagnostic);
    }

    fn is_ignored(&self, diagnostic: &Diagnostic) -> bool {
        let Some(record) = &diagnostic.record else {
            return false;
        };
        let entries = self
            .snapshot
            .with_id(record)
            .filter_map(|entry| entry.common());
        entries.flat_map(|common| common.ignores()).any(|ignore| {
            &*ignore.rule == diagnostic.rule.id
                && ignore.until.is_some_and(|until| self.as_of <= until.0)
        })
    }

    /// All that was found, unsorted.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found
    }
}
