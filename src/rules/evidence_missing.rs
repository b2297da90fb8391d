//! `evidence-missing`: evidence that names a file which is not there, or nothing at all.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::workspace::EvidenceFile;

/// Looks up the files that records name as evidence.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for entry in context.snapshot.entries() {
        let Some(record) = entry.record() else {
            continue;
        };
        for (place, evidence) in record.evidence() {
            let Some(path) = evidence.path.as_deref() else {
                if evidence.url.is_none() {
                    let message = "this evidence names neither a file nor an address";
                    let location = entry.at(&place.to_string());
                    let found = Diagnostic::new(&catalogue::EVIDENCE_MISSING, location, message);
                    sink.add(found.help("add `path:` or `url:`").about(entry.id()));
                }
                continue;
            };
            let (message, label, help) = match context.snapshot.evidence(path) {
                Some(EvidenceFile::Missing) => (
                    format!("there is no file `{path}`"),
                    "no such file",
                    "paths start at the folder of isms.toml; add the file, or correct the path",
                ),
                Some(EvidenceFile::Outside) => (
                    format!("`{path}` leads out of the workspace"),
                    "not in the workspace",
                    "keep evidence below the folder of isms.toml, or name it with `url:`",
                ),
                Some(EvidenceFile::Present(_) | EvidenceFile::Unreadable(_)) | None => continue,
            };
            let location = entry.at(&format!("{place}/path"));
            sink.add(
                Diagnostic::new(&catalogue::EVIDENCE_MISSING, location, message)
                    .label(label)
                    .help(help)
                    .about(entry.id()),
            );
        }
    }
}
