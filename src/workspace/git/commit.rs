//! A commit: who made it when, what it says, and what came before.

use chrono::{DateTime, FixedOffset, Offset, TimeZone, Utc};
use git2::Oid;
use std::fmt;

/// Names a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(pub(super) Oid);

impl CommitId {
    /// The first seven digits, as people write it.
    pub fn short(self) -> String {
        self.0.to_string().chars().take(SHORT).collect()
    }

    /// A commit by all its forty digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_whole = text.len() == 40 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        let id = Oid::from_str(text).ok().filter(|_| is_whole)?;
        Some(Self(id))
    }

    /// All forty digits.
    pub fn full(self) -> String {
        self.0.to_string()
    }
}

const SHORT: usize = 7;

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

/// Somebody as a commit names them: a claim, not a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// When, with the offset of their clock.
    pub time: DateTime<FixedOffset>,
}

/// A signature and what was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The signature in its armour.
    pub signature: Vec<u8>,
    /// The commit without it.
    pub payload: Vec<u8>,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: CommitId,
    pub(super) tree: Oid,
    /// What came before; several for a merge.
    pub parents: Vec<CommitId>,
    /// Who wrote the change.
    pub author: Identity,
    /// Who entered it.
    pub committer: Identity,
    /// The whole message.
    pub message: String,
    /// Its signature, if it has one.
    pub signed: Option<Signed>,
}

impl Commit {
    /// The first line of the message.
    pub fn subject(&self) -> &str {
        self.message.trim_start().lines().next().unwrap_or_default()
    }

    /// The folder it holds.
    pub(in crate::workspace) fn tree(&self) -> Oid {
        self.tree
    }

    /// Whether it joins several lines of history.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }

    /// Reads a commit as git stores it.
    pub(super) fn parse(id: CommitId, bytes: &[u8]) -> Option<Self> {
        let end = find(bytes, b"\n\n").unwrap_or(bytes.len());
        let (head, message) = bytes.split_at(end);
        let mut tree = None;
        let mut parents = Vec::new();
        let (mut author, mut committer) = (None, None);
        let mut is_signed = false;
        for line in head.split(|byte| *byte == b'\n') {
            let Some(space) = line.iter().position(|byte| *byte == b' ') else {
                continue;
            };
            let (key, value) = (&line[..space], &line[space + 1..]);
            match key {
                b"tree" => tree = tree.or(Some(oid(value)?)),
                b"parent" => parents.push(CommitId(oid(value)?)),
                b"author" => author = author.or_else(|| identity(value)),
                b"committer" => committer = committer.or_else(|| identity(value)),
                b"gpgsig" => is_signed = true,
                _ => {}
            }
        }
        Some(Self {
            id,
            tree: tree?,
            parents,
            author: author?,
            committer: committer?,
            message: String::from_utf8_lossy(message).trim_start().to_owned(),
            signed: is_signed.then(|| signed(head, message)),
        })
    }
}

/// Takes the signature out of a commit: the header `gpgsig` and the lines that continue it.
fn signed(head: &[u8], message: &[u8]) -> Signed {
    let mut signature = Vec::new();
    let mut payload = Vec::with_capacity(head.len() + message.len());
    let mut within = false;
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        if let Some(first) = line.strip_prefix(b"gpgsig ") {
            within = true;
            signature.extend_from_slice(first);
        } else if let (true, Some(more)) = (within, line.strip_prefix(b" ")) {
            signature.extend_from_slice(more);
        } else {
            within = false;
            payload.extend_from_slice(line);
        }
    }
    if within {
        // The signature was the last header: the line break before the message is not its own.
        while payload.last() == Some(&b'\n') {
            payload.pop();
        }
    }
    payload.extend_from_slice(message);
    Signed { signature, payload }
}

fn oid(text: &[u8]) -> Option<Oid> {
    Oid::from_str(std::str::from_utf8(text).ok()?).ok()
}

/// `Name <email> seconds offset`.
fn identity(text: &[u8]) -> Option<Identity> {
    let text = String::from_utf8_lossy(text);
    let (name, rest) = text.split_once('<')?;
    let (email, when) = rest.rsplit_once('>')?;
    let mut when = when.split_whitespace();
    let seconds: i64 = when.next()?.parse().ok()?;
    let offset = when.next().and_then(offset).unwrap_or_else(|| Utc.fix());
    // A time beyond the calendar is no reason to refuse a history.
    let time = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    Some(Identity {
        name: name.trim().to_owned(),
        email: email.trim().to_owned(),
        time: offset.from_utc_datetime(&time.naive_utc()),
    })
}

/// `+0130` as an offset.
fn offset(text: &str) -> Option<FixedOffset> {
    let number: i32 = text.parse().ok()?;
    let minutes = number / 100 * 60 + number % 100;
    FixedOffset::east_opt(minutes * 60)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    const PARENT: &str = "de9f2c7fd25e1b3afad3e85a0bd17d9b100db4b3";

    fn parse(text: &str) -> Option<Commit> {
        Commit::parse(CommitId(Oid::from_str(PARENT).unwrap()), text.as_bytes())
    }

    #[test]
    fn a_commit_tells_who_when_and_what_came_before() {
        let commit = parse(&format!(
            "tree {TREE}\nparent {PARENT}\nparent {TREE}\nauthor Office <office@example.org> 1767225600 +0130\n\
             committer <entry@example.org> 1767225660 -0800\nencoding UTF-8\n\nSubject line\n\nBody\n"
        ))
        .unwrap();
        assert_eq!(commit.parents.len(), 2);
        assert_eq!(commit.author.name, "Office");
        assert_eq!(commit.author.time.to_rfc3339(), "2026-01-01T01:30:00+01:30");
        assert_eq!(
            commit.committer.time.to_rfc3339(),
            "2025-12-31T16:01:00-08:00"
        );
        assert_eq!(commit.committer.email, "entry@example.org");
        assert_eq!(commit.subject(), "Subject line");
        assert_eq!(commit.signed, None);
    }

    #[test]
    fn a_signature_is_taken_out_of_what_was_signed() {
        let plain = format!(
            "tree {TREE}\nauthor A <a@example.org> 1 +0000\ncommitter A <a@example.org> 1 +0000\n\nSubject\n"
        );
        let header = "gpgsig -----BEGIN SSH SIGNATURE-----\n abc\n -----END SSH SIGNATURE-----\n";
        let end = plain.find("\n\n").unwrap() + 1;
        let last = format!("{}{header}{}", &plain[..end], &plain[end..]);
        let middle = plain.replace("committer", &format!("{header}committer"));
        for text in [last, middle] {
            let signed = parse(&text).unwrap().signed.unwrap();
            assert_eq!(String::from_utf8_lossy(&signed.payload), plain, "{text}");
            assert_eq!(
                String::from_utf8_lossy(&signed.signature).trim_end(),
                "-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----"
            );
        }
    }

    #[test]
    fn what_is_no_commit_is_refused_without_harm() {
        for text in [
            "",
            "tree x\n\n",
            "author A <a> 1 +0000\n\nx",
            "\n\n",
            "tree",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        let odd =
            format!("tree {TREE}\nauthor A <a> 99999999999999999 +9999\ncommitter A <a> 1 x\n\n");
        assert!(
            parse(&odd).is_some(),
            "odd times are no reason to refuse a history"
        );
    }
}
