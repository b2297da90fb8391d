//! Templates that a workspace keeps for its own packs and reports (`templates/`).

use super::WorkspaceError;
use super::files::{Files, Presence};
use std::io;

/// A template with its path in the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Path, as messages name it.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The template of a name, `templates/NAME`; none when the workspace has none.
///
/// # Errors
/// A template that cannot be read, is no UTF-8, or lies outside the workspace.
pub fn template(files: &dyn Files, name: &str) -> Result<Option<Template>, WorkspaceError> {
    let path = format!("templates/{name}");
    let unreadable = |error| WorkspaceError::Unreadable {
        path: path.clone().into(),
        error,
    };
    if files.look(&path) == Presence::Missing {
        return Ok(None);
    }
    if files.leads_out(&path) {
        let outside = io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it leads out of the workspace",
        );
        return Err(unreadable(outside));
    }
    let bytes = files.read(&path).map_err(unreadable)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is no UTF-8"))
        .map_err(unreadable)?;
    // Pages are the same whatever way lines end in a checkout.
    let text = text.replace("\r\n", "\n");
    Ok(Some(Template { path, text }))
}
