//! Who signed an acceptance, in whose name, and whether the signatures are those that the band asks for.
//!
//! Names stand for the persons who held them on the day of the signature, and two names with a person in common are
//! one: authority, independence from the owner, and "both" are judged by persons, never by titles.

use crate::assess::people::{can_act, is_known, overlap, persons};
use crate::records::Config;
use crate::records::config::Accept;
use crate::records::risk::Signature;

/// The reserved name for the owner of the risk in `any_of` and `all_of`.
pub const OWNER: &str = "owner";

/// Why a signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discard {
    /// isms.toml knows no such person or role.
    Unknown,
    /// Nobody could act under that name on the day.
    OutOfOffice,
    /// None of the roles that the band lists.
    NotEntitled,
    /// It is the owner's own.
    Own,
}

/// One signature, judged on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged<'c> {
    /// The listed names it can stand for, even where it does not count.
    pub serves: Vec<&'c str>,
    /// Why it does not count.
    pub discard: Option<Discard>,
}

/// All signatures under an acceptance against the rule of a band.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signatures<'c> {
    /// One for each signature, in their order.
    pub judged: Vec<Judged<'c>>,
    /// Listed names that no signature stands for; all of `any_of` where none does.
    pub missing: Vec<&'c str>,
    /// Whether what is missing was signed, but by a person who stands for another listed role already.
    pub same_person: bool,
    /// Whether the rule is met.
    pub met: bool,
}

impl Signatures<'_> {
    /// Positions of the signatures that count.
    pub fn counting(&self) -> impl Iterator<Item = usize> {
        let judged = self.judged.iter().enumerate();
        judged.filter_map(|(index, judged)| judged.discard.is_none().then_some(index))
    }
}

/// What a band asks for.
enum Wanted<'c> {
    /// Somebody, whoever it is.
    Anybody,
    /// One of these.
    One(&'c [Box<str>]),
    /// All of these, each by another person.
    Each(&'c [Box<str>]),
}

/// Judges signatures by the rule of a band; without a rule one signature of anybody in office is enough, the owner's
/// included (clause 6.1.3 f asks for that of the owner).
pub fn judge<'c>(
    config: &'c Config,
    rule: Option<&'c Accept>,
    owner: &str,
    signatures: &[Signature],
) -> Signatures<'c> {
    let (wanted, own_counts) = match rule {
        Some(Accept::When {
            any_of,
            all_of,
            self_approval,
            ..
        }) => {
            let wanted = match all_of.is_empty() {
                true => Wanted::One(any_of),
                false => Wanted::Each(all_of),
            };
            let mut listed = any_of.iter().chain(all_of);
            (
                wanted,
                *self_approval || listed.any(|name| &**name == OWNER),
            )
        }
        Some(Accept::Never(_)) | None => (Wanted::Anybody, true),
    };
    let listed = match wanted {
        Wanted::Anybody => &[],
        Wanted::One(names) | Wanted::Each(names) => names,
    };
    let judged: Vec<Judged<'_>> = signatures
        .iter()
        .map(|signature| {
            let serves = served(config, listed, owner, signature);
            let entitled = !serves.is_empty() || matches!(wanted, Wanted::Anybody);
            let discard = discard(config, owner, signature, own_counts, entitled);
            Judged { serves, discard }
        })
        .collect();
    let mut outcome = Signatures {
        judged,
        ..Signatures::default()
    };
    if let Wanted::Each(names) = wanted {
        each(config, names, signatures, &mut outcome);
        return outcome;
    }
    let met = outcome.counting().next().is_some();
    outcome.met = met;
    if !met {
        outcome.missing = listed.iter().map(|name| &**name).collect();
    }
    outcome
}

/// The listed names that a signature can stand for on its day.
fn served<'c>(
    config: &Config,
    listed: &'c [Box<str>],
    owner: &str,
    signature: &Signature,
) -> Vec<&'c str> {
    let (who, on) = (&*signature.who, signature.on.0);
    let stands_for = |name: &&str| match *name {
        OWNER => overlap(config, who, owner, on),
        name => overlap(config, who, name, on),
    };
    listed
        .iter()
        .map(|name| &**name)
        .filter(stands_for)
        .collect()
}

fn discard(
    config: &Config,
    owner: &str,
    signature: &Signature,
    own_counts: bool,
    entitled: bool,
) -> Option<Discard> {
    let (who, on) = (&*signature.who, signature.on.0);
    if !is_known(config, who) {
        Some(Discard::Unknown)
    } else if !can_act(config, who, on) {
        Some(Discard::OutOfOffice)
    } else if !own_counts && overlap(config, who, owner, on) {
        Some(Discard::Own)
    } else if !entitled {
        Some(Discard::NotEntitled)
    } else {
        None
    }
}

/// All of several roles: as many persons as roles, so that two pairs of eyes are two. Signatures of one person are
/// taken together and stand for one role; which one is chosen so that as many roles as possible are stood for.
fn each<'c>(
    config: &Config,
    names: &'c [Box<str>],
    signatures: &[Signature],
    outcome: &mut Signatures<'c>,
) {
    let groups = by_person(config, signatures, outcome);
    let stands_for = |group: &[usize], name: &str| {
        let judged = group.iter().map(|index| &outcome.judged[*index]);
        judged
            .into_iter()
            .any(|judged| judged.serves.contains(&name))
    };
    // Who stands for which role: a matching, made larger role by role along alternating paths.
    let mut chosen: Vec<Option<usize>> = vec![None; groups.len()];
    let mut missing = Vec::new();
    for (role, name) in names.iter().enumerate() {
        let mut tried = vec![false; groups.len()];
        let fits = |role: usize, group: usize| stands_for(&groups[group], &names[role]);
        if !place(role, &fits, &mut chosen, &mut tried) {
            missing.push(&**name);
        }
    }
    let signed = |name: &&str| groups.iter().any(|group| stands_for(group, name));
    outcome.same_person = !missing.is_empty() && missing.iter().all(signed);
    outcome.met = missing.is_empty();
    outcome.missing = missing;
}

/// Finds a person for a role, if need be by moving another role to another person.
fn place(
    role: usize,
    fits: &dyn Fn(usize, usize) -> bool,
    chosen: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for group in 0..chosen.len() {
        if tried[group] || !fits(role, group) {
            continue;
        }
        tried[group] = true;
        let free = match chosen[group] {
            None => true,
            Some(other) => place(other, fits, chosen, tried),
        };
        if free {
            chosen[group] = Some(role);
            return true;
        }
    }
    false
}

/// The signatures that count, those with a person in common together.
fn by_person(
    config: &Config,
    signatures: &[Signature],
    outcome: &Signatures<'_>,
) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Vec<&str>, Vec<usize>)> = Vec::new();
    for index in outcome.counting() {
        let signature = &signatures[index];
        let mut behind = persons(config, &signature.who, signature.on.0);
        if behind.is_empty() {
            // A role without a register of holders stands for itself.
            behind.push(&signature.who);
        }
        let mut members = vec![index];
        groups.retain_mut(|(others, indexes)| {
            let same = others.iter().any(|other| behind.contains(other));
            if same {
                behind.append(others);
                members.append(indexes);
            }
            !same
        });
        groups.push((behind, members));
    }
    groups.into_iter().map(|(_, members)| members).collect()
}
