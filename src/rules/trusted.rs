//! What of isms.toml the check believes, and how two versions of it differ: people, roles, `[rules]` and `[git]`.

use crate::diagnostics::catalogue;
use crate::records::Config;
use crate::records::config::{Git, Person, RuleLevel, Signatures};
use crate::text::pointer::child;
use std::collections::BTreeSet;

/// Something that is believed and was changed.
pub struct Changed {
    /// JSON pointer into isms.toml.
    pub pointer: String,
    /// What was changed, in one line.
    pub message: String,
}

/// What differs between two versions of isms.toml, however they are written.
pub fn differences(before: &Config, after: &Config) -> Vec<Changed> {
    let mut found = Vec::new();
    people(before, after, &mut found);
    roles(before, after, &mut found);
    rules(before, after, &mut found);
    git(&before.git, &after.git, &mut found);
    found
}

fn keys<'k, T: 'k, U: 'k>(
    before: impl IntoIterator<Item = (&'k Box<str>, &'k T)>,
    after: impl IntoIterator<Item = (&'k Box<str>, &'k U)>,
) -> BTreeSet<&'k str> {
    let before = before.into_iter().map(|(key, _)| &**key);
    before
        .chain(after.into_iter().map(|(key, _)| &**key))
        .collect()
}

fn people(before: &Config, after: &Config, found: &mut Vec<Changed>) {
    for id in keys(&before.people, &after.people) {
        let pointer = child("/people", id);
        match (before.people.get(id), after.people.get(id)) {
            (None, Some(person)) => {
                let held = said("roles", person);
                let held = match held.is_empty() {
                    true => String::new(),
                    false => format!(" as {held}"),
                };
                found.push(Changed {
                    pointer,
                    message: format!("`{id}` was added to [people]{held}"),
                });
            }
            (Some(_), None) => found.push(Changed {
                pointer,
                message: format!("`{id}` was taken out of [people]"),
            }),
            (Some(was), Some(is)) => {
                for field in ["name", "email", "roles", "qualifications", "from", "until"] {
                    let (was, is) = (said(field, was), said(field, is));
                    if was != is {
                        found.push(Changed {
                            pointer: child(&pointer, field),
                            message: format!("`{field}` of `{id}` {}", from_to(&was, &is)),
                        });
                    }
                }
            }
            (None, None) => {}
        }
    }
}

fn from_to(was: &str, is: &str) -> String {
    match (was, is) {
        ("", is) => format!("is now {is}"),
        (was, "") => format!("was {was} and is now gone"),
        (was, is) => format!("was {was} and is now {is}"),
    }
}

/// A field of a person in words; order means nothing.
fn said(field: &str, person: &Person) -> String {
    let mut all: Vec<String> = match field {
        "name" => vec![person.name.to_string()],
        "email" => person.email.iter().map(|it| it.to_lowercase()).collect(),
        "roles" => person
            .roles
            .iter()
            .map(|held| {
                let from = held.from.map(|from| format!(" from {from}"));
                let until = held.until.map(|until| format!(" until {until}"));
                let (from, until) = (from.unwrap_or_default(), until.unwrap_or_default());
                format!("{}{from}{until}", held.role)
            })
            .collect(),
        "qualifications" => person
            .qualifications
            .iter()
            .map(|held| {
                let until = held.until.map(|until| format!(" until {until}"));
                format!("{}{}", held.what, until.unwrap_or_default())
            })
            .collect(),
        "from" => person.from.iter().map(ToString::to_string).collect(),
        _ => person.until.iter().map(ToString::to_string).collect(),
    };
    all.sort();
    all.dedup();
    let all: Vec<String> = all.into_iter().map(|it| format!("`{it}`")).collect();
    all.join(", ")
}

/// A role that nobody holds can be acted under by anybody, so to declare one, or to end one, matters; its title not.
fn roles(before: &Config, after: &Config, found: &mut Vec<Changed>) {
    for id in keys(&before.roles, &after.roles) {
        let what = match (before.roles.contains_key(id), after.roles.contains_key(id)) {
            (false, true) => "added to",
            (true, false) => "taken out of",
            _ => continue,
        };
        found.push(Changed {
            pointer: child("/roles", id),
            message: format!("`{id}` was {what} [roles]"),
        });
    }
}

fn rules(before: &Config, after: &Config, found: &mut Vec<Changed>) {
    for id in keys(&before.rules, &after.rules) {
        let level = |config: &Config| match config.rules.get(id) {
            Some(RuleLevel::Off) => "off",
            Some(RuleLevel::Note) => "note",
            Some(RuleLevel::Warning) => "warning",
            Some(RuleLevel::Error) => "error",
            None => catalogue::find(id).map_or("", |rule| rule.level.word()),
        };
        let (was, is) = (level(before), level(after));
        if was != is {
            let quoted = |word: &str| match word {
                "" => String::new(),
                word => format!("`{word}`"),
            };
            found.push(Changed {
                pointer: child("/rules", id),
                message: format!("the level of `{id}` {}", from_to(&quoted(was), &quoted(is))),
            });
        }
    }
}

fn git(before: &Git, after: &Git, found: &mut Vec<Changed>) {
    let signatures = |git: &Git| match git.signatures {
        Signatures::Optional => "`optional`".to_owned(),
        Signatures::Required => "`required`".to_owned(),
    };
    let signers = |git: &Git| {
        let path = git.allowed_signers.as_deref();
        path.map(|path| format!("`{path}`")).unwrap_or_default()
    };
    let backfill = |git: &Git| format!("`{}`", git.backfill);
    for (key, was, is) in [
        ("signatures", signatures(before), signatures(after)),
        ("allowed_signers", signers(before), signers(after)),
        ("backfill", backfill(before), backfill(after)),
    ] {
        if was != is {
            found.push(Changed {
                pointer: child("/git", key),
                message: format!("`{key}` of [git] {}", from_to(&was, &is)),
            });
        }
    }
}
