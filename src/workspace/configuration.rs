//! Reading isms.toml.

use super::files::{CONFIG_FILE, Files};
use super::{Origin, WorkspaceError, mistakes};
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::records::validate::RecordSchema;
use crate::records::{Calendar, Config};
use crate::text::{self, Source, TextErrorKind, Tree, deserialize};
use std::sync::Arc;

/// Schema of isms.toml.
pub const CONFIG_SCHEMA: &str = include_str!("../../schemas/isms.schema.json");

/// The configuration, if it can be used, its text, and what is wrong with it.
pub struct Configuration {
    /// What it says; absent when it cannot be used.
    pub config: Option<Config>,
    /// Its tree, for places.
    pub tree: Tree,
    /// Mistakes, each an error of rule `config`.
    pub diagnostics: Vec<Diagnostic>,
}

/// The calendar a workspace follows; the usual one when isms.toml cannot be used.
///
/// # Errors
/// When there is no isms.toml.
pub fn calendar(origin: &Origin<'_>) -> Result<Calendar, WorkspaceError> {
    let bytes = read_config(&*origin.files())?;
    let config = read(CONFIG_FILE, bytes).config;
    Ok(config.map(|config| config.calendar()).unwrap_or_default())
}

/// The bytes of isms.toml.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn read_config(files: &dyn Files) -> Result<Vec<u8>, WorkspaceError> {
    let bytes = files.read(CONFIG_FILE);
    bytes.map_err(|error| WorkspaceError::Unreadable {
        path: CONFIG_FILE.into(),
        error,
    })
}

/// What the bytes of an isms.toml say; none when it cannot be used.
pub fn config_of(bytes: &[u8]) -> Option<Config> {
    read(CONFIG_FILE, bytes.to_vec()).config
}

/// Reads the configuration from its bytes.
pub fn read(path: &str, bytes: Vec<u8>) -> Configuration {
    let source = match Source::decode(path, bytes) {
        Ok(source) => Arc::new(source),
        Err(error) => {
            let source = Arc::new(error.lossy);
            let location = Location::new(&source, text::Span::new(error.offset, error.offset + 1));
            let diagnostic =
                Diagnostic::new(&catalogue::CONFIG, location, error.message).help(error.help);
            let (tree, _) = text::toml::read(Arc::new(Source::new(path, "")));
            return Configuration {
                config: None,
                tree,
                diagnostics: vec![diagnostic],
            };
        }
    };
    let (tree, errors) = text::toml::read(Arc::clone(&source));
    let mut diagnostics: Vec<Diagnostic> = errors
        .into_iter()
        .filter(|error| error.kind != TextErrorKind::Empty)
        .map(|error| {
            let location = Location::new(&source, error.span);
            Diagnostic::new(&catalogue::CONFIG, location, error.message).maybe_help(error.help)
        })
        .collect();
    let syntax_is_sound = diagnostics.is_empty();
    let mut config = None;
    if let Some(root) = tree.documents().next() {
        match deserialize::<Config>(root) {
            Ok(read) => config = Some(read).filter(|_| syntax_is_sound),
            Err(error) => {
                let schema = RecordSchema::compile(CONFIG_SCHEMA, None);
                let mistakes = schema
                    .map(|schema| schema.mistakes(root))
                    .unwrap_or_default();
                for mistake in &mistakes {
                    let mut diagnostic = mistakes::of_schema(&source, root, mistake);
                    diagnostic.rule = &catalogue::CONFIG;
                    diagnostic.level = catalogue::CONFIG.level;
                    diagnostics.push(diagnostic);
                }
                if mistakes.is_empty() {
                    let span = error.span.unwrap_or(root.span());
                    let location = Location::new(&source, span);
                    diagnostics.push(Diagnostic::new(&catalogue::CONFIG, location, error.message));
                }
            }
        }
    }
    Configuration {
        config,
        tree,
        diagnostics,
    }
}
