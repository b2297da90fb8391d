//! What the tool says about files: diagnostics with a place, a stable rule and a way to mend the matter.

pub mod catalogue;
mod commit;
mod likeness;

pub use catalogue::{Class, Rule};
pub use commit::CommitRef;
pub use likeness::{close, did_you_mean};

use crate::text::{Position, Source, Span};
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Ordering;
use std::sync::Arc;

/// How grave a diagnostic is; errors put the records at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The records are wrong.
    Error,
    /// Somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word people read.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A place in a file.
#[derive(Debug, Clone)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// The offending bytes.
    pub span: Span,
}

impl Location {
    /// A span of a source.
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self {
            source: Arc::clone(source),
            span,
        }
    }

    /// A file as a whole; it stands at line 1, column 1.
    pub fn file(path: &str) -> Self {
        Self {
            source: Arc::new(Source::new(path, "")),
            span: Span::default(),
        }
    }

    /// Path relative to the workspace.
    pub fn path(&self) -> &str {
        self.source.path()
    }

    /// First character.
    pub fn start(&self) -> Position {
        self.source.position(self.span.start as usize)
    }

    /// Line of the first character.
    pub fn line(&self) -> usize {
        self.source.line(self.span.start as usize)
    }

    /// First character after.
    pub fn end(&self) -> Position {
        self.source.position(self.span.end as usize)
    }

    /// The offending text.
    pub fn text(&self) -> &str {
        self.source.slice(self.span)
    }

    fn key(&self) -> (&str, Span) {
        (self.path(), self.span)
    }
}

/// Another place that belongs to a diagnostic.
#[derive(Debug, Clone)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What it has to do with the matter.
    pub message: String,
}

/// One thing to be said about the records.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that says it.
    pub rule: &'static Rule,
    /// Its level, after isms.toml had its say.
    pub level: Severity,
    /// One line that names the matter and the offending text.
    pub message: String,
    /// A few words under the offending text.
    pub label: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Where.
    pub location: Location,
    /// Id of the record it is about.
    pub record: Option<String>,
    /// Other places that belong to it, in order.
    pub related: Vec<Related>,
    /// The commit that brought it in, for what a history shows.
    pub commit: Option<CommitRef>,
    /// The revision the place is read in, abbreviated; none for the files at hand.
    pub revision: Option<String>,
    /// Whether it was there before the change that is checked.
    pub existing: bool,
}

impl Diagnostic {
    /// A diagnostic of a rule at its default level.
    pub fn new(rule: &'static Rule, location: Location, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level,
            message: message.into(),
            label: String::new(),
            help: None,
            location,
            record: None,
            related: Vec::new(),
            commit: None,
            revision: None,
            existing: false,
        }
    }

    /// With a way to mend it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With a way to mend it, if there is one to tell.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// With words under the offending text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// About a record.
    pub fn about(mut self, record: impl Into<String>) -> Self {
        self.record = Some(record.into());
        self
    }

    /// With another place.
    pub fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push(Related {
            location,
            message: message.into(),
        });
        self
    }

    /// Order of output: by file, place, rule, message.
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |d: &Self| (d.location.span, d.rule.id);
        self.location
            .path()
            .cmp(other.location.path())
            .then_with(|| key(self).cmp(&key(other)))
            .then_with(|| self.message.cmp(&other.message))
    }
}

/// Sorts diagnostics for output and drops repetitions of the same rule, place and message.
pub fn settle(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(Diagnostic::order);
    diagnostics.dedup_by(|a, b| {
        a.rule.id == b.rule.id && a.location.key() == b.location.key() && a.message == b.message
    });
}
