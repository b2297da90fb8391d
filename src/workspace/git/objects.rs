//! Git's objects as they are stored. They are read as they are: neither grafts nor replace refs change a history.

use super::GitError;
use super::commit::{Commit, CommitId};
use git2::{ErrorCode, ObjectType, Odb, Oid, Repository};
use std::io;

/// The objects of a repository; may be read from many threads.
pub struct Objects<'r> {
    odb: Odb<'r>,
}

impl<'r> Objects<'r> {
    /// The objects of a repository.
    ///
    /// # Errors
    /// A repository whose objects cannot be opened.
    pub fn of(repository: &'r Repository) -> Result<Self, GitError> {
        Ok(Self {
            odb: repository.odb()?,
        })
    }

    /// The bytes of an object of a type.
    ///
    /// # Errors
    /// An object that is missing, or of another type; `what` says what it is to hold.
    fn bytes(&self, id: Oid, wanted: ObjectType, what: &str) -> Result<Vec<u8>, GitError> {
        let object = self.odb.read(id).map_err(|error| match error.code() {
            ErrorCode::NotFound => GitError::Missing {
                id: id.to_string(),
                what: what.to_owned(),
            },
            _ => GitError::Other(error.message().to_owned()),
        })?;
        if object.kind() != wanted {
            return Err(GitError::Damaged(id.to_string()));
        }
        Ok(object.data().to_vec())
    }

    /// A file.
    ///
    /// # Errors
    /// A file that is missing, as in a partial clone.
    pub fn blob(&self, id: Oid, path: &str) -> Result<Vec<u8>, GitError> {
        self.bytes(id, ObjectType::Blob, path)
    }

    /// A folder.
    ///
    /// # Errors
    /// A folder that is missing, as in a partial clone.
    pub fn tree(&self, id: Oid) -> Result<Vec<u8>, GitError> {
        self.bytes(id, ObjectType::Tree, "a folder")
    }

    /// A commit.
    ///
    /// # Errors
    /// A commit that is missing or cannot be understood.
    pub fn commit(&self, id: CommitId) -> Result<Commit, GitError> {
        let bytes = self.bytes(id.0, ObjectType::Commit, "a commit")?;
        Commit::parse(id, &bytes).ok_or_else(|| GitError::Damaged(id.to_string()))
    }

    /// A commit; none when it is not there, as below the boundary of a shallow clone.
    ///
    /// # Errors
    /// A commit that cannot be understood.
    pub fn commit_if_there(&self, id: CommitId) -> Result<Option<Commit>, GitError> {
        match self.commit(id) {
            Ok(commit) => Ok(Some(commit)),
            Err(GitError::Missing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl From<GitError> for io::Error {
    fn from(error: GitError) -> Self {
        let kind = match error {
            GitError::Missing { .. } => io::ErrorKind::NotFound,
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, error)
    }
}
