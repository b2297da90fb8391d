//! Whether an approval was entered by the person it names.
//!
//! What this proves: names, addresses, dates and trailers of a commit are what its author wrote, so without signatures
//! it keeps honest people honest and makes a false entry an explicit lie. A signed commit shows that the holder of the
//! key made it. Whom to believe (people, `.mailmap`, allowed signers) is taken from where the caller says: the merge
//! base, never from what is judged.

use super::{Approval, Support};
use crate::assess::people::{can_act, is_known, meant, person_of_email, uses};
use crate::records::Config;
use crate::records::config::{Person, Signatures};
use crate::workspace::git::{AllowedSigners, Commit, Mailmap, Verification, endorsements};
use chrono::NaiveDate;

/// Whom to believe.
#[derive(Clone, Copy)]
pub struct Trust<'t> {
    /// People, roles, and whether signatures are asked for.
    pub config: &'t Config,
    /// Which addresses are one person's.
    pub mailmap: &'t Mailmap,
    /// Whose keys sign.
    pub signers: &'t AllowedSigners,
}

/// A commit as far as it can enter an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Address of the author.
    pub author: String,
    /// Addresses of those whom trailers name as having approved or reviewed.
    pub endorsers: Vec<String>,
    /// What is known of the signature.
    pub signature: Verification,
    /// Day on which it was entered: stands in where an approval has no readable day.
    pub day: NaiveDate,
}

impl Act {
    /// What a commit says, its addresses resolved.
    pub fn of(commit: &Commit, trust: Trust<'_>) -> Self {
        let address = |name: &str, email: &str| trust.mailmap.resolve(name, email).1;
        let endorsers = endorsements(commit.message.as_bytes());
        let endorsers = endorsers.iter().map(|by| address(&by.name, &by.email));
        Self {
            author: address(&commit.author.name, &commit.author.email),
            endorsers: endorsers.collect(),
            signature: commit.verification(trust.signers),
            day: commit.day(&trust.config.calendar()),
        }
    }
}

/// How an approval came into the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<'c> {
    /// The person it names entered it.
    ByPerson,
    /// Somebody else did, and a trailer says that the person approved.
    ByTrailer,
    /// Somebody else did, and evidence shows the approval.
    ByEvidence,
    /// Nobody can tell: no address is known of whom it names, so neither a commit nor a trailer can be theirs.
    NoIdentity {
        /// The author, where they are known: somebody else.
        found: Option<&'c str>,
    },
    /// Somebody else did.
    ByOther {
        /// Persons it may have been; none when nobody held the role on that day.
        expected: Vec<&'c str>,
        /// The author, where they are known.
        found: Option<&'c str>,
    },
}

impl Outcome<'_> {
    /// Whether the approval is shown to be the person's own.
    pub fn is_own(&self) -> bool {
        matches!(
            self,
            Outcome::ByPerson | Outcome::ByTrailer | Outcome::ByEvidence
        )
    }
}

/// Judges who entered an approval.
///
/// A role means those who held it on the day of the approval. Where nobody held it then, though others did on other
/// days, it can have been nobody and is [`Outcome::ByOther`] unless evidence shows it; a role that isms.toml gives to nobody at all,
/// an unknown id, and persons without an address are [`Outcome::NoIdentity`].
pub fn judge<'c>(approval: &Approval<'_>, act: &Act, config: &'c Config) -> Outcome<'c> {
    let day = approval.on.unwrap_or(act.day);
    let meant = meant(config, approval.who, day);
    let is_theirs = |email: &str| meant.iter().any(|(_, person)| uses(person, email));
    if is_theirs(&act.author) {
        return Outcome::ByPerson;
    }
    if act.endorsers.iter().any(|email| is_theirs(email)) {
        return Outcome::ByTrailer;
    }
    if approval.support == Support::Given {
        return Outcome::ByEvidence;
    }
    let found = person_of_email(config, &act.author);
    let unheld = || !is_known(config, approval.who) || can_act(config, approval.who, day);
    let nameless = meant.iter().filter(|(_, person)| person.email.is_empty());
    let cannot_tell = match nameless.count() {
        0 => meant.is_empty() && unheld(),
        count => count == meant.len() || found.is_none(),
    };
    match cannot_tell {
        true => Outcome::NoIdentity { found },
        false => Outcome::ByOther {
            expected: meant.into_iter().map(|(id, _)| id).collect(),
            found,
        },
    }
}

/// Whether an approval that must be signed is, by the person it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signing<'a> {
    /// No signature is asked for.
    NotAsked,
    /// The commit is signed with a key of that person.
    ByPerson,
    /// It is signed with a key of somebody else, which has this fingerprint.
    ByOtherKey(&'a str),
    /// It is signed, and no address is known of whom the approval names.
    NoIdentity,
    /// It is not signed, or not so that it proves anything.
    NotVerified(&'a Verification),
}

impl Signing<'_> {
    /// Whether nothing is lacking.
    pub fn is_sound(&self) -> bool {
        matches!(self, Signing::NotAsked | Signing::ByPerson)
    }
}

/// Judges the signature under an approval, where `[git] signatures = "required"` asks for one. Neither a trailer nor
/// evidence stands in for it.
pub fn judge_signing<'a>(approval: &Approval<'_>, act: &'a Act, config: &Config) -> Signing<'a> {
    if config.git.signatures != Signatures::Required || !approval.kind.needs_signature() {
        return Signing::NotAsked;
    }
    let Verification::Good(signer) = &act.signature else {
        return Signing::NotVerified(&act.signature);
    };
    let meant = meant(config, approval.who, approval.on.unwrap_or(act.day));
    let mut emails = meant
        .iter()
        .flat_map(|(_, person)| &person.email)
        .peekable();
    if emails.peek().is_none() {
        return Signing::NoIdentity;
    }
    match emails.any(|email| signer.stands_for(email)) {
        true => Signing::ByPerson,
        false => Signing::ByOtherKey(&signer.fingerprint),
    }
}

/// Whether isms.toml says of anybody which addresses they use. Where it does not, the workspace has not begun to
/// compare approvals with commits.
pub fn has_identities(config: &Config) -> bool {
    let has_email = |person: &Person| !person.email.is_empty();
    config.people.values().any(has_email)
}
