//! The wording of what is found while reading, and the rule it belongs to.

use super::files::Oddity;
use super::layout::Layout;
use crate::diagnostics::{Diagnostic, Location, Rule, Severity, catalogue, did_you_mean};
use crate::records::validate::{Fault, Mistake};
use crate::text::pointer::place;
use crate::text::{NodeKind, NodeRef, Source, TextError, TextErrorKind};
use std::sync::Arc;

/// A mistake against a schema, at its place in a node.
pub fn of_schema(source: &Arc<Source>, node: NodeRef<'_>, mistake: &Mistake) -> Diagnostic {
    let rule: &'static Rule = match mistake.fault {
        Fault::Schema => &catalogue::SCHEMA,
        Fault::Date => &catalogue::DATE_INVALID,
        Fault::Period => &catalogue::PERIOD_INVALID,
        Fault::Target => &catalogue::KPI_TARGET,
    };
    let location = Location::new(source, place(node, &mistake.pointer, mistake.part));
    Diagnostic::new(rule, location, mistake.message.clone()).maybe_help(mistake.help.clone())
}

/// A mistake in the text itself.
pub fn of_text(source: &Arc<Source>, error: &TextError) -> Diagnostic {
    let rule: &'static Rule = match error.kind {
        TextErrorKind::Syntax => &catalogue::YAML_SYNTAX,
        TextErrorKind::DuplicateKey => &catalogue::DUPLICATE_KEY,
        TextErrorKind::MergeConflict => &catalogue::MERGE_CONFLICT,
        TextErrorKind::NotUtf8 => &catalogue::NOT_UTF8,
        TextErrorKind::TooComplex => &catalogue::TOO_COMPLEX,
        TextErrorKind::Value => &catalogue::SCHEMA,
        TextErrorKind::Empty => &catalogue::EMPTY_FILE,
    };
    let mut diagnostic = Diagnostic::new(
        rule,
        Location::new(source, error.span),
        error.message.clone(),
    )
    .maybe_help(error.help.clone());
    if let Some((span, message)) = &error.related {
        diagnostic = diagnostic.related(Location::new(source, *span), message.clone());
    }
    diagnostic
}

/// A YAML file in a folder that no kind claims.
pub fn unclaimed(path: &str, layout: &Layout) -> Diagnostic {
    let folder = path.rsplit_once('/').map(|(folder, _)| folder);
    let (message, help) = match folder {
        None => (
            "no kind of record is kept beside isms.toml, so this file is not read".to_owned(),
            None,
        ),
        Some("registers") => {
            let name = path.trim_start_matches("registers/");
            let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
            (
                "a register in YAML is a folder of its own, so this file is not read".to_owned(),
                Some(format!(
                    "move it to registers/{name}/, or keep the rows as registers/{name}.csv"
                )),
            )
        }
        Some(folder) => {
            let first = folder.split('/').next().unwrap_or(folder);
            (
                format!("no kind of record is kept in `{first}/`, so this file is not read"),
                did_you_mean(first, layout.folders()),
            )
        }
    };
    let known: Vec<&str> = layout.folders().collect();
    let help =
        help.unwrap_or_else(|| format!("records are kept in {} and registers/", known.join(", ")));
    Diagnostic::new(&catalogue::UNCLAIMED_FILE, Location::file(path), message).help(help)
}

/// What a node is, for people.
pub fn kind_words(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Null => "nothing",
        NodeKind::Boolean => "true or false",
        NodeKind::Integer | NodeKind::Float => "a number",
        NodeKind::Text => "text",
        NodeKind::List => "a list",
        NodeKind::Map => "a mapping",
    }
}

/// Something among the files that is not read.
pub fn oddity(oddity: &Oddity) -> Diagnostic {
    let rule: &'static Rule = match oddity.unreadable {
        true => &catalogue::UNREADABLE_FILE,
        false => &catalogue::UNCLAIMED_FILE,
    };
    let name = if oddity.path.is_empty() {
        "."
    } else {
        &oddity.path
    };
    let message = format!("`{name}` {}", oddity.message);
    let mut diagnostic = Diagnostic::new(rule, Location::file(&oddity.path), message);
    if oddity.is_note {
        diagnostic.level = Severity::Note;
    }
    diagnostic
}
