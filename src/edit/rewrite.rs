//! Replacing what a file holds: whole or not at all, and only what was read before.

use super::WriteError;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How many names for a file beside the target are tried: one that a stopped run left behind is in nobody's way.
const NAMES: u32 = 100;

/// Replaces what a file holds, which must still be what was read of it. A link stays a link: what it names is replaced.
/// Permissions stay.
///
/// # Errors
/// When the file changed in the meantime, is read-only, or cannot be written; then it is as it was before.
pub fn rewrite(path: &Path, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    let refused = |error| WriteError::Refused {
        path: path.to_owned(),
        error,
    };
    let target = path.canonicalize().map_err(refused)?;
    let permissions = target.metadata().map_err(refused)?.permissions();
    if permissions.readonly() {
        return Err(WriteError::ReadOnly(path.to_owned()));
    }
    let is_unchanged = || match std::fs::read(&target) {
        Ok(now) if now == before => Ok(()),
        Ok(_) => Err(WriteError::Changed(path.to_owned())),
        Err(error) => Err(refused(error)),
    };
    is_unchanged()?;
    let (beside, file) = create_beside(&target).map_err(refused)?;
    let replaced = fill(file, after, permissions)
        .map_err(refused)
        // As late as can be: what another writer saved while this one wrote is not lost.
        .and_then(|()| is_unchanged())
        .and_then(|()| std::fs::rename(&beside, &target).map_err(refused));
    if replaced.is_err() {
        // What cannot be removed is left to the message about the failure.
        let _ = std::fs::remove_file(&beside);
        return replaced;
    }
    // The new name lasts only once the folder is on disk as well; where folders cannot be opened, the system sees to it.
    if let Some(folder) = target.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A new file in the folder of the target, under a name that no record has.
fn create_beside(target: &Path) -> std::io::Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    for number in 0..NAMES {
        let beside = target.with_file_name(format!(".{name}.{number}.new"));
        let made = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside);
        match made {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::Error::new(
        ErrorKind::AlreadyExists,
        format!("`.{name}.*.new` are left over from runs that were stopped; remove them"),
    ))
}

fn fill(mut file: File, text: &[u8], permissions: std::fs::Permissions) -> std::io::Result<()> {
    file.write_all(text)?;
    file.set_permissions(permissions)?;
    file.sync_all()
}

#[cfg(test)]
mod tests;
