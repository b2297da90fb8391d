//! Where checks put what they find: levels from isms.toml are applied, and ignored diagnostics dropped.

use crate::diagnostics::{Diagnostic, Related, Rule, Severity, catalogue};
use crate::records::config::RuleLevel;
use crate::workspace::Snapshot;
use chrono::NaiveDate;
use foldhash::HashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Collects diagnostics.
pub struct Sink<'s> {
    snapshot: &'s Snapshot,
    as_of: NaiveDate,
    found: Vec<Diagnostic>,
    /// Rules that ran, for entries of `ignore` that silenced nothing.
    ran: BTreeSet<&'static str>,
    /// What rules found by record that has entries of `ignore`, silenced or not.
    spoken: HashSet<(String, &'static str)>,
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
            spoken: HashSet::default(),
            levels,
        }
    }

    /// Lets every rule keep its own level: there is no isms.toml to set another.
    pub fn use_defaults(&mut self) {
        self.levels.clear();
    }

    /// Whether a rule is on; two rules always are, since without them a figure could be wrong unseen.
    pub fn is_on(&self, rule: &Rule) -> bool {
        Self::is_fixed(rule) || self.levels.get(rule.id) != Some(&RuleLevel::Off)
    }

    /// The level of what a rule finds, as isms.toml has it or as it is by itself.
    pub fn level(&self, rule: &Rule) -> Severity {
        match self.levels.get(rule.id).filter(|_| !Self::is_fixed(rule)) {
            Some(RuleLevel::Error) => Severity::Error,
            Some(RuleLevel::Warning) => Severity::Warning,
            Some(RuleLevel::Note) => Severity::Note,
            Some(RuleLevel::Off) | None => rule.level,
        }
    }

    /// Whether a rule can be neither ignored, nor switched off, nor set to another level.
    pub fn is_fixed(rule: &Rule) -> bool {
        rule.id == catalogue::CONFIG.id || rule.id == catalogue::UNREADABLE_FILE.id
    }

    /// Notes that a rule runs.
    pub fn running(&mut self, rule: &'static Rule) {
        self.ran.insert(rule.id);
    }

    /// Whether a rule ran.
    pub fn has_run(&self, rule: &str) -> bool {
        self.ran.contains(rule)
    }

    /// Whether a rule found something in a record that has entries of `ignore`.
    pub fn has_found(&self, record: &str, rule: &'static str) -> bool {
        self.spoken.contains(&(record.to_owned(), rule))
    }

    /// Adds a diagnostic, if there is one.
    pub fn add_maybe(&mut self, diagnostic: Option<Diagnostic>) {
        if let Some(diagnostic) = diagnostic {
            self.add(diagnostic);
        }
    }

    /// Adds a diagnostic, unless its rule is off or its record ignores the rule today.
    pub fn add(&mut self, mut diagnostic: Diagnostic) {
        if !self.is_on(diagnostic.rule) {
            return;
        }
        if Self::is_fixed(diagnostic.rule) {
            self.found.push(diagnostic);
            return;
        }
        if self.levels.contains_key(diagnostic.rule.id) {
            diagnostic.level = self.level(diagnostic.rule);
        }
        if self.ignored(&mut diagnostic) {
            return;
        }
        self.found.push(diagnostic);
    }

    /// Whether the record silences the rule on the day. An entry that has ended is shown beside the diagnostic.
    fn ignored(&mut self, diagnostic: &mut Diagnostic) -> bool {
        let Some(record) = &diagnostic.record else {
            return false;
        };
        let mut ended: Vec<Related> = Vec::new();
        let mut silenced = false;
        let mut spoken = false;
        for entry in self.snapshot.with_id(record) {
            let ignores = entry.common().map(|common| common.ignores());
            for (index, ignore) in ignores.unwrap_or_default().iter().enumerate() {
                if &*ignore.rule != diagnostic.rule.id {
                    continue;
                }
                spoken = true;
                match ignore.until {
                    Some(until) if self.as_of <= until.0 => silenced = true,
                    Some(until) => ended.push(Related {
                        location: entry.at(&format!("/ignore/{index}/until")),
                        message: format!("it was silenced until {until}"),
                    }),
                    None => {}
                }
            }
        }
        if spoken {
            self.spoken.insert((record.clone(), diagnostic.rule.id));
        }
        diagnostic.related.append(&mut ended);
        silenced
    }

    /// Takes in what another sink of the same run collected.
    pub fn absorb(&mut self, other: Self) {
        self.found.extend(other.found);
        self.ran.extend(other.ran);
        self.spoken.extend(other.spoken);
    }

    /// All that was found, unsorted.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found
    }
}
