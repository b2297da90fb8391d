//! Whom the rules on history believe beside isms.toml: what the merge base says.

use crate::records::Config;
use crate::workspace::Files;
use crate::workspace::git::{AllowedSigners, CommitId, GitError, Mailmap, Objects, RevisionFiles};
use crate::workspace::history::HistoryReader;

/// Which addresses are one person's, and whose keys sign.
#[derive(Default)]
pub struct Trusted {
    /// By .mailmap.
    pub mailmap: Mailmap,
    /// By the file that `[git] allowed_signers` names.
    pub signers: AllowedSigners,
}

impl Trusted {
    /// What a commit says. A file that is not there says nothing.
    ///
    /// # Errors
    /// A commit or file that is missing from the repository.
    pub fn at(
        commit: CommitId,
        reader: &HistoryReader<'_>,
        objects: &Objects<'_>,
        prefix: &str,
        config: Option<&Config>,
    ) -> Result<Self, GitError> {
        let mailmap = reader.mailmap(commit)?;
        let mailmap = mailmap.map(|bytes| Mailmap::read(&bytes));
        let signers = || {
            let config = config?;
            let path = config.git.allowed_signers.as_deref()?;
            let files = RevisionFiles::of(prefix, objects, commit).ok()?;
            let text = String::from_utf8(files.read(path).ok()?).ok()?;
            Some(AllowedSigners::read(&text, &config.calendar()).0)
        };
        Ok(Self {
            mailmap: mailmap.unwrap_or_default(),
            signers: signers().unwrap_or_default(),
        })
    }
}
