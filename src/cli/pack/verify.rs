//! `pack --verify`: makes a pack again from what it says it was made from, and compares.

use super::super::documents::{self, Made};
use super::super::pages;
use super::super::revisions::Revisions;
use super::super::workspace::{Loaded, on_disk, start};
use super::recorded::Recorded;
use super::{bundle, comparison, compose, request};
use crate::cli::arguments::{Global, Pack as Arguments, PackFormat};
use crate::cli::{CliError, Status, World};
use crate::edit::folder::{Contents, Stored, read_folder};
use crate::render::template::Form;
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::pack::verification::{Against, Cause, Outcome, Verification};
use crate::text::Checksums;
use crate::workspace::git::{CommitId, GitError};
use crate::workspace::{Snapshot, WorkspaceError, nearest};
use std::mem::ManuallyDrop;
use std::path::Path;

pub fn run(
    global: &Global,
    arguments: &Arguments,
    folder: &Path,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let start = start(global, world);
    let stored = read_folder(&start.join(folder))?;
    let mut found = verify(&stored, &start, arguments.worktree)?;
    found.differences.sort_by_key(|difference| difference.cause);
    let text = match arguments.format {
        PackFormat::Json => json::verification::render(&found),
        PackFormat::Markdown | PackFormat::Html => {
            terminal::verification::render(&found, folder, Paint::new(world.color))
        }
    };
    world.out.write_all(text.as_bytes())?;
    Ok(match found.outcome() {
        Outcome::Identical => Status::Fine,
        Outcome::Differs => Status::Fault,
        Outcome::Unverified => Status::Unable,
    })
}

fn verify(stored: &Stored, start: &Path, worktree: bool) -> Result<Verification, CliError> {
    let mut found = Verification {
        as_of: None,
        against: Against::Nothing,
        recorded_version: None,
        own_version: documents::VERSION,
        files: stored.files.len(),
        differences: Vec::new(),
        notes: Vec::new(),
    };
    comparison::tampering(stored, &mut found);
    let sound = |path: &str| {
        let mut told = found.differences.iter();
        !told.any(|it| it.path.as_deref() == Some(path))
    };
    let (json, inputs) = (sound(bundle::JSON), sound(bundle::INPUTS));
    let recorded = stored.files.get(bundle::JSON).map(|it| Recorded::read(it));
    let recorded = match recorded {
        Some(Ok(recorded)) => recorded,
        Some(Err(message)) if json => {
            let message = format!("pack.json cannot be understood: {message}");
            return Err(CliError::Usage(message));
        }
        None if json => {
            let message = "there is no pack.json, which says what a pack was made from";
            return Err(CliError::Usage(message.to_owned()));
        }
        Some(Err(_)) | None => {
            found.notes.push(NOT_MADE_AGAIN.to_owned());
            return Ok(found);
        }
    };
    found.as_of = Some(recorded.as_of);
    found.recorded_version = Some(recorded.version.clone());
    if !json {
        found.notes.push(NOT_MADE_AGAIN.to_owned());
        return Ok(found);
    }
    let list = stored.files.get(bundle::INPUTS).filter(|_| inputs);
    let list = list.and_then(|list| Checksums::parse(&String::from_utf8_lossy(list)).ok());
    let case = Case {
        stored,
        recorded: &recorded,
        list,
        start,
    };
    match (&recorded.revision, worktree) {
        (Some(revision), false) => case.against_revision(revision, &mut found)?,
        _ => case.against_files(&mut found)?,
    }
    Ok(found)
}

const NOT_MADE_AGAIN: &str = "nothing was made again: pack.json says from what, and it was changed";

/// A pack and what it says about itself.
struct Case<'c> {
    stored: &'c Stored,
    recorded: &'c Recorded,
    /// The files its records were read from.
    list: Option<Checksums>,
    /// The folder the command started in.
    start: &'c Path,
}

impl Case<'_> {
    fn against_revision(&self, revision: &str, found: &mut Verification) -> Result<(), CliError> {
        let revisions = Revisions::open(self.start)?;
        let commit = match revisions.repository.resolve(revision, &revisions.calendar) {
            Ok(commit) => commit,
            Err(GitError::Unknown { .. } | GitError::Missing { .. }) => {
                return self.without_revision(revision, &revisions, found);
            }
            Err(error) => return Err(WorkspaceError::from(error).into()),
        };
        found.against = Against::Revision(revision.to_owned());
        let snapshot = revisions.load(commit)?;
        self.compare_inputs(&snapshot, None, found);
        if !revisions.repository.is_in_history(commit) {
            let message = format!(
                "no branch or tag holds the revision {commit} any more: the history was rewritten after the pack was made"
            );
            found.differs(Cause::Revision, None, message);
            self.compare_nearest(&revisions, Some(&snapshot), found)?;
        }
        let loaded = Loaded {
            root: match revisions.root {
                Some(root) => root,
                None => self.start.to_owned(),
            },
            commit: Some(commit),
            snapshot: ManuallyDrop::new(snapshot),
            as_of: self.recorded.as_of,
            standing: None,
            blind: None,
        };
        self.make_again(loaded, found)
    }

    /// The commit is not in this clone. What is most like it may tell which records are other ones.
    fn without_revision(
        &self,
        revision: &str,
        revisions: &Revisions,
        found: &mut Verification,
    ) -> Result<(), CliError> {
        let short = CommitId::parse(revision).map_or_else(String::new, CommitId::short);
        let repair = match revisions.repository.is_shallow() {
            true => {
                "this clone is shallow, and `git fetch --unshallow` gets the rest (in CI: fetch-depth: 0)"
            }
            false => "`git fetch` may get it, unless the history was rewritten",
        };
        let message = format!("the revision {short} is not in this clone; {repair}");
        found.differs(Cause::Revision, None, message);
        self.compare_nearest(revisions, None, found)
    }

    /// Compares the files the pack was made from with those of the commit that is most like them.
    fn compare_nearest(
        &self,
        revisions: &Revisions,
        then: Option<&Snapshot>,
        found: &mut Verification,
    ) -> Result<(), CliError> {
        let (Ok(head), Some(list)) = (revisions.repository.head(), &self.list) else {
            return Ok(());
        };
        let commit = nearest(&revisions.repository, head, list).map_err(WorkspaceError::from)?;
        let Some(commit) = commit else { return Ok(()) };
        let Some(snapshot) = revisions.load_if_there(commit)? else {
            return Ok(());
        };
        let before = found.differences.len();
        self.compare_inputs(&snapshot, then, found);
        found.notes.push(match found.differences.len() == before {
            true => format!("{commit} holds the same records"),
            false => format!("{commit} is most like it, and was compared with it"),
        });
        Ok(())
    }

    fn against_files(&self, found: &mut Verification) -> Result<(), CliError> {
        found.against = Against::WorkTree;
        let (root, snapshot) = on_disk(self.start)?;
        let told = found.differences.len();
        let then = self.earlier(&root);
        self.compare_inputs(&snapshot, then.as_ref(), found);
        if found.differences.len() > told {
            return Ok(());
        }
        let loaded = Loaded {
            root,
            commit: None,
            snapshot: ManuallyDrop::new(snapshot),
            as_of: self.recorded.as_of,
            standing: Some(self.recorded.standing()),
            blind: None,
        };
        self.make_again(loaded, found)
    }

    /// The records of the commit that the pack names, if it is there.
    fn earlier(&self, root: &Path) -> Option<Snapshot> {
        let standing = self.recorded.standing()?;
        let revisions = Revisions::open(root).ok()?;
        revisions.load_if_there(standing.commit).ok().flatten()
    }

    fn compare_inputs(&self, now: &Snapshot, then: Option<&Snapshot>, found: &mut Verification) {
        if let Some(list) = &self.list {
            comparison::inputs(list, now, then, found);
        }
    }

    fn make_again(&self, loaded: Loaded, found: &mut Verification) -> Result<(), CliError> {
        let recorded = self.recorded;
        if !loaded.snapshot.config_is_sound() {
            let message = "isms.toml cannot be used; see `ismsctl check`";
            return Err(CliError::Usage(message.to_owned()));
        }
        let loaded = loaded.looking_back();
        let templates = pages::templates(&loaded, Form::Pack)?;
        comparison::templates(&recorded.templates, &templates, loaded.commit, found);
        let request = request(recorded.draft, &recorded.version);
        let order = recorded.order();
        let made: Made<Contents> = documents::make(&loaded, &request, |basis, loaded| {
            compose(basis, loaded, &order, |pack, document| {
                bundle::contents(loaded, pack, document)
            })
        })?;
        let contents = match made {
            Made::Whole(contents) | Made::Faulty(contents) => contents,
            Made::Refused(errors) => {
                let plural = if errors == 1 { "" } else { "s" };
                let message =
                    format!("the records have {errors} error{plural}, and the pack is no draft");
                found.differs(Cause::Errors, None, message);
                return Ok(());
            }
        };
        let is_other = comparison::output(self.stored, &contents, found);
        if let Some(error) = loaded.blind.filter(|_| is_other) {
            return Err(CliError::Usage(error));
        }
        let (own, other) = (documents::VERSION, &recorded.version);
        if own != other {
            let message = format!("ismsctl {other} made the pack, and this is {own}");
            match is_other {
                true => found.differs(Cause::Tool, None, message),
                false => found.notes.push(message),
            }
        }
        Ok(())
    }
}
