//! `evidence-digest`: evidence files that are not what they were when the record was written.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::workspace::EvidenceFile;

/// Compares the digests that records state with those of the files.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for entry in context.snapshot.entries() {
        let Some(record) = entry.record() else {
            continue;
        };
        for (place, evidence) in record.evidence() {
            let Some(stated) = evidence.sha256.as_deref() else {
                continue;
            };
            let file = evidence
                .path
                .as_deref()
                .and_then(|path| context.snapshot.evidence(path));
            let (message, label, help) = match file {
                _ if !is_digest(stated) => (
                    format!("`{stated}` is not a SHA-256 digest"),
                    "not 64 hexadecimal digits",
                    "`sha256sum FILE` prints the 64 hexadecimal digits of a file".to_owned(),
                ),
                Some(EvidenceFile::Present(Some(actual)))
                    if !actual.eq_ignore_ascii_case(stated) =>
                {
                    (
                        "the file is not the one that was recorded".to_owned(),
                        "digest of another file",
                        format!(
                            "find out why it changed; only if its present content is what was meant, write {actual}"
                        ),
                    )
                }
                _ => continue,
            };
            let location = entry.at(&format!("{place}/sha256"));
            let mut found = Diagnostic::new(&catalogue::EVIDENCE_DIGEST, location, message)
                .label(label)
                .help(help)
                .about(entry.id());
            if evidence.path.is_some() {
                found = found.related(entry.at(&format!("{place}/path")), "the file");
            }
            sink.add(found);
        }
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
