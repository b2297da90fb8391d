//! How git history is to be judged, and with what.

use super::Faults;
use crate::records::config::Signatures;
use std::path::{Component, Path};

pub(super) fn check(faults: &mut Faults<'_, '_, '_>) {
    let git = &faults.config().git;
    let Some(path) = &git.allowed_signers else {
        if git.signatures == Signatures::Required {
            let message = "signatures are required, and no key may sign";
            let help = "name the file of keys, for example `allowed_signers = \"allowed_signers\"`";
            faults.value("/git/signatures", message, help);
        }
        return;
    };
    let is_within = Path::new(&**path)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !is_within || path.is_empty() || path.contains('\\') {
        let message = format!("`{path}` is no path within the workspace");
        let help =
            "keep the file of keys below the folder of isms.toml, so that its changes are seen";
        faults.value("/git/allowed_signers", message, help);
    }
}
