//! Why git cannot answer: one sentence each, with the command that repairs it.

use super::CommitId;
use chrono::NaiveDate;
use git2::{ErrorClass, ErrorCode};
use std::path::{Path, PathBuf};

/// Why git cannot answer; exit status 2.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The workspace is not in git.
    #[error("`{0}` is not in a git repository; `git init` starts one")]
    NoRepository(PathBuf),
    /// git's protection against the repositories of others.
    #[error(
        "the repository of `{path}` belongs to another user, so it is not read; if you trust it: git config --global --add safe.directory {top}"
    )]
    ForeignOwner {
        /// Where the workspace lies.
        path: PathBuf,
        /// The folder to name.
        top: PathBuf,
    },
    /// A format of repository that cannot be read.
    #[error(
        "this repository cannot be read: {0}; repositories with SHA-1 object names and refs in files can (`git init --object-format=sha1 --ref-format=files`)"
    )]
    Format(String),
    /// There is no commit yet.
    #[error("the branch has no commit yet; `git commit` makes the first")]
    Unborn,
    /// No such revision.
    #[error("there is no revision `{spec}`{help}")]
    Unknown {
        /// As it was written.
        spec: String,
        /// What to do.
        help: String,
    },
    /// Several revisions of one name.
    #[error("`{spec}` may be {what}; {help}")]
    Ambiguous {
        /// As it was written.
        spec: String,
        /// What it may be.
        what: String,
        /// What to do.
        help: String,
    },
    /// A form that depends on the machine.
    #[error(
        "`{0}` depends on what happened on this machine (reflog, upstream); name a commit, branch, tag or `@YYYY-MM-DD`"
    )]
    Reflog(String),
    /// Something else than a commit.
    #[error("`{0}` is no commit")]
    NoCommit(String),
    /// A day before there was anything.
    #[error("there was no commit on {day} yet; the first, {first}, is of {since}")]
    BeforeFirst {
        /// The day that was asked for.
        day: NaiveDate,
        /// The first commit, abbreviated.
        first: String,
        /// Its day.
        since: NaiveDate,
    },
    /// A shallow clone lacks commits.
    #[error(
        "this clone is shallow: its history ends at {0}, before what was asked for; `git fetch --unshallow` gets the rest (in CI: fetch-depth: 0)"
    )]
    Shallow(CommitId),
    /// An object is not there.
    #[error(
        "the object {id} ({what}) is not in this clone; `git fetch --refetch --no-filter` gets all objects of a partial clone, `git fsck` tells what else is missing"
    )]
    Missing {
        /// The object.
        id: String,
        /// What it holds.
        what: String,
    },
    /// An object is not as git writes it.
    #[error("the object {0} cannot be understood; `git fsck` tells more")]
    Damaged(String),
    /// Two histories without a commit in common.
    #[error("`{0}` and the present commit have no history in common")]
    Unrelated(String),
    /// The revision has no workspace at this place.
    #[error("there is no isms.toml in {revision} {place}{help}")]
    NoWorkspace {
        /// The commit, abbreviated.
        revision: String,
        /// Where it was looked for.
        place: String,
        /// Where there is one.
        help: String,
    },
    /// A sparse checkout lacks files.
    #[error(
        "this is a sparse checkout that leaves out {0} of the workspace's files, so figures would be wrong; `git sparse-checkout disable` brings them back"
    )]
    Sparse(usize),
    /// There is no work tree.
    #[error("a bare repository has no files of its own; name a revision with --rev")]
    Bare,
    /// Anything else.
    #[error("git: {0}")]
    Other(String),
}

impl From<git2::Error> for GitError {
    fn from(error: git2::Error) -> Self {
        GitError::Other(error.message().to_owned())
    }
}

impl GitError {
    /// Why a repository cannot be opened.
    pub(super) fn of_opening(error: &git2::Error, path: &Path, top: &Path) -> Self {
        match (error.code(), error.class()) {
            (ErrorCode::NotFound, _) => GitError::NoRepository(path.to_owned()),
            (ErrorCode::Owner, _) => GitError::ForeignOwner {
                path: path.to_owned(),
                top: top.to_owned(),
            },
            (_, ErrorClass::Repository | ErrorClass::Config | ErrorClass::Reference) => {
                GitError::Format(error.message().to_owned())
            }
            _ => GitError::Other(error.message().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_on_opening_tells_what_to_do() {
        let words = |code, class| {
            let error = git2::Error::new(code, class, "what git says");
            GitError::of_opening(&error, Path::new("a/b"), Path::new("a")).to_string()
        };
        assert_eq!(
            words(ErrorCode::Owner, ErrorClass::Config),
            "the repository of `a/b` belongs to another user, so it is not read; if you trust it: git config --global --add safe.directory a"
        );
        assert_eq!(
            words(ErrorCode::NotFound, ErrorClass::Repository),
            "`a/b` is not in a git repository; `git init` starts one"
        );
        assert!(
            words(ErrorCode::GenericError, ErrorClass::Repository)
                .starts_with("this repository cannot be read: what git says; ")
        );
        assert_eq!(
            words(ErrorCode::GenericError, ErrorClass::Zlib),
            "git: what git says"
        );
    }
}
