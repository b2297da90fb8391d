//! What can be wrong with the definition of a KPI, and what can go wrong when it is computed.

use crate::assess::{Seen, Unclear, expr};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// The rule that reports a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemRule {
    /// `kpi-expression`
    Expression,
    /// `kpi-literal`
    Literal,
    /// `kpi-target`
    Target,
    /// `kpi-combination`
    Combination,
    /// `too-complex`
    TooComplex,
}

impl ProblemRule {
    /// The id of the rule.
    pub fn id(self) -> &'static str {
        match self {
            ProblemRule::Expression => "kpi-expression",
            ProblemRule::Literal => "kpi-literal",
            ProblemRule::Target => "kpi-target",
            ProblemRule::Combination => "kpi-combination",
            ProblemRule::TooComplex => "too-complex",
        }
    }
}

/// A reason why no figure of a KPI can be computed or judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What reports it.
    pub rule: ProblemRule,
    /// JSON pointer into the KPI's record; may name a field that is missing.
    pub pointer: String,
    /// Bytes of the text of the scalar at `pointer`; the whole value when absent.
    pub range: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem with the value at `pointer`.
    pub fn new(rule: ProblemRule, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            rule,
            pointer: pointer.into(),
            range: None,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With a way to mend it, if there is one to tell.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// A problem of an expression that stands at `pointer`.
    pub fn of_expression(pointer: &str, problem: expr::Problem) -> Self {
        let rule = match problem.kind {
            expr::ProblemKind::Literal => ProblemRule::Literal,
            expr::ProblemKind::TooComplex => ProblemRule::TooComplex,
            expr::ProblemKind::Syntax | expr::ProblemKind::Unknown | expr::ProblemKind::Type => {
                ProblemRule::Expression
            }
        };
        Self {
            rule,
            pointer: pointer.to_owned(),
            range: Some(problem.range),
            message: problem.message,
            help: problem.help.or_else(|| general_help(rule)),
        }
    }
}

/// How to mend what has no help of its own.
fn general_help(rule: ProblemRule) -> Option<String> {
    let help = match rule {
        ProblemRule::Expression => {
            "`ismsctl explain kpi-expression` shows what expressions may use and how"
        }
        ProblemRule::TooComplex => "split the KPI, or count less in one expression",
        _ => return None,
    };
    Some(help.to_owned())
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// What sort of failure it is, for the rule that reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureRule {
    /// `kpi-evaluation`: an expression fails on a record, or a figure is not finite.
    Evaluation,
    /// `kpi-combination`: the results of a period cannot become one figure.
    Combination,
    /// `duplicate-id`: a record counted has the id of another.
    DuplicateId,
}

/// A reason why one figure of a KPI is no data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What reports it.
    pub rule: FailureRule,
    /// Id of the record it fails on; absent when the figure itself is at fault.
    pub record: Option<Box<str>>,
    /// JSON pointer into that record to the value at fault, where one can be named.
    pub field: Option<Box<str>>,
    /// JSON pointer into the KPI's record: the expression or measure at fault.
    pub pointer: &'static str,
    /// Bytes of the text of the scalar at `pointer`; empty for the whole.
    pub range: Range<usize>,
    /// What went wrong.
    pub message: Box<str>,
    /// How to mend it.
    pub help: Option<Box<str>>,
}

impl Failure {
    pub(super) fn new(rule: FailureRule, pointer: &'static str, message: String) -> Self {
        Self {
            rule,
            record: None,
            field: None,
            pointer,
            range: 0..0,
            message: message.into(),
            help: None,
        }
    }

    /// The failure of a record that shares its id with another of its kind or register: nobody can tell which of
    /// them counts, or whether they are one entered twice.
    pub(super) fn of_duplicate(seen: Seen<'_>) -> Option<Self> {
        let (id, entry) = (seen.id(), seen.entry());
        if !entry.shares_its_id() {
            return None;
        }
        let others = entry.snapshot().with_id(id);
        let same = others.filter(|other| other.collection() == entry.collection());
        let count = same.count();
        let message = format!("{count} records have the id `{id}`");
        let failure = Self::new(FailureRule::DuplicateId, "/measure", message).on(id);
        let failure = failure
            .field("id")
            .help("give every record an id of its own");
        (count > 1).then_some(failure)
    }

    /// A record of which nobody can tell whether something is due for it, in a figure over obligations.
    pub(super) fn of_duty(unclear: Unclear) -> Self {
        let message = format!(
            "nobody can tell whether `{}` is due: {}",
            unclear.subject, unclear.message
        );
        let mut failure = Self::new(FailureRule::Evaluation, "/measure/over", message);
        failure.record = unclear.record.map(Into::into);
        failure.field = unclear.field.map(Into::into);
        failure.help = unclear.help.map(Into::into);
        failure
    }

    pub(super) fn on(mut self, record: impl Into<Box<str>>) -> Self {
        self.record = Some(record.into());
        self
    }

    pub(super) fn field(mut self, path: &str) -> Self {
        self.field = Some(format!("/{}", path.replace('.', "/")).into());
        self
    }

    pub(super) fn help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A failure of an expression on a record; the field is named when the failing part is `r.…`.
    pub(super) fn of_expression(
        pointer: &'static str,
        text: &str,
        record: &str,
        failure: expr::Failure,
    ) -> Self {
        let part = text.get(failure.range.clone()).unwrap_or_default();
        let path = part.trim().strip_prefix("r.").filter(|path| {
            path.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
        });
        let mut made = Self::new(FailureRule::Evaluation, pointer, failure.message).on(record);
        if let Some(path) = path {
            made = made.field(path);
        }
        made.range = failure.range;
        made.help = failure.help.map(Into::into);
        made
    }
}

/// Failures, those of one expression on one record once, those of a measure once per message.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) failures: Vec<Failure>,
    known: BTreeMap<(&'static str, Box<str>), usize>,
}

impl Kept {
    /// Keeps some failures and gives their positions, each once.
    pub(super) fn add(&mut self, failures: Vec<Failure>) -> Vec<usize> {
        let mut positions = Vec::with_capacity(failures.len());
        for failure in failures {
            let what = match &failure.record {
                Some(record) => record.clone(),
                None => failure.message.clone(),
            };
            let next = self.failures.len();
            let position = *self.known.entry((failure.pointer, what)).or_insert(next);
            if position == next {
                self.failures.push(failure);
            }
            positions.push(position);
        }
        positions.sort_unstable();
        positions.dedup();
        positions
    }
}
