//! Templates that a workspace keeps for its own reports (`templates/`).

use super::WorkspaceError;
use std::io;
use std::path::Path;

/// A template with its path in the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Path, as messages name it.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The template of a report, `templates/NAME.md.j2`; none when the workspace has none.
///
/// # Errors
/// A template that cannot be read, is no UTF-8, or lies outside the workspace.
pub fn template(root: &Path, report: &str) -> Result<Option<Template>, WorkspaceError> {
    let path = format!("templates/{report}.md.j2");
    let unreadable = |error| WorkspaceError::Unreadable {
        path: path.clone().into(),
        error,
    };
    let full = match root.join(&path).canonicalize() {
        Ok(full) => full,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let inside = root.canonicalize().is_ok_and(|root| full.starts_with(root));
    if !inside {
        let outside = io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it leads out of the workspace",
        );
        return Err(unreadable(outside));
    }
    let text = std::fs::read_to_string(full).map_err(unreadable)?;
    Ok(Some(Template { path, text }))
}
