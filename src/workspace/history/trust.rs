//! What commits did to the files that say whom to trust.

use super::TrustedFile;
use super::reader::{HistoryReader, Stand};
use crate::workspace::files::CONFIG_FILE;
use crate::workspace::git::tree::{EntryKind, Trees};
use crate::workspace::git::{Commit, CommitId, GitError};

/// Stands at the top of the repository, wherever the workspace lies.
pub(super) const MAILMAP: &str = ".mailmap";

impl HistoryReader<'_> {
    /// What a commit did to the files that say whom to trust.
    pub(super) fn trusted(
        &self,
        trees: &Trees<'_, '_>,
        commit: &Commit,
        stand: &Stand<'_>,
    ) -> Result<Vec<TrustedFile>, GitError> {
        let config = stand
            .reading
            .as_ref()
            .and_then(|reading| reading.config.as_ref());
        let signers = config.and_then(|config| config.git.allowed_signers.as_deref());
        let join = |path: &str| match self.prefix {
            "" => path.to_owned(),
            prefix => format!("{prefix}/{path}"),
        };
        let mut wanted = vec![
            (CONFIG_FILE, join(CONFIG_FILE)),
            (MAILMAP, MAILMAP.to_owned()),
        ];
        wanted.extend(signers.map(|path| (path, join(path))));
        let mut found = Vec::new();
        for (path, full) in wanted {
            let bytes = |commit: &Commit| self.file_at(trees, commit, &full);
            let mut before = Vec::new();
            for parent in &commit.parents {
                before.push(bytes(&self.objects.commit(*parent)?)?);
            }
            if before.is_empty() {
                before.push(None);
            }
            found.extend(trusted_file(path, before, bytes(commit)?));
        }
        Ok(found)
    }

    fn file_at(
        &self,
        trees: &Trees<'_, '_>,
        commit: &Commit,
        path: &str,
    ) -> Result<Option<Vec<u8>>, GitError> {
        match trees.entry(commit.tree(), path)? {
            Some((EntryKind::File, id)) => Ok(Some(self.objects.blob(id, path)?)),
            _ => Ok(None),
        }
    }

    /// Whether a commit has the .mailmap of each of its parents.
    pub(super) fn mailmap_is_as_before(
        &self,
        trees: &Trees<'_, '_>,
        commit: &Commit,
    ) -> Result<bool, GitError> {
        let own = trees.entry(commit.tree(), MAILMAP)?;
        for parent in &commit.parents {
            let parent = self.objects.commit(*parent)?;
            if trees.entry(parent.tree(), MAILMAP)? != own {
                return Ok(false);
            }
        }
        Ok(!commit.parents.is_empty() || own.is_none())
    }

    /// The .mailmap of a commit, which stands at the top of the repository.
    ///
    /// # Errors
    /// A commit or file that is missing.
    pub fn mailmap(&self, commit: CommitId) -> Result<Option<Vec<u8>>, GitError> {
        let trees = Trees::of(self.objects);
        self.file_at(&trees, &self.objects.commit(commit)?, MAILMAP)
    }
}

/// A file that says whom to trust, unless it is as in some parent.
pub(super) fn trusted_file(
    path: &str,
    before: Vec<Option<Vec<u8>>>,
    after: Option<Vec<u8>>,
) -> Option<TrustedFile> {
    (!before.contains(&after)).then(|| TrustedFile {
        path: path.to_owned(),
        before,
        after,
    })
}
