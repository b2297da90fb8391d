//! `trust-changed`: changes to whom and what the check believes: people, roles, `[rules]`, `[git]`, .mailmap, the
//! allowed signers, and entries of `ignore`.

use super::history::{HistoryContext, Offence};
use super::trusted::{Changed, differences};
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::records::Config;
use crate::text::pointer::{Part, find};
use crate::text::{NodeKind, NodeRef};
use crate::workspace::git::{AllowedSigners, Mailmap};
use crate::workspace::history::{RecordChange, Step, TrustedFile, standing};
use crate::workspace::{CONFIG_FILE, config_of};

const HELP: &str = "until it is merged the check goes by what the merge base has; let somebody agree who did not write it";

/// Tells every change one by one. Where the merge base has no workspace there was nothing to believe.
pub fn check(context: &HistoryContext<'_>, step: &Step) -> Vec<Diagnostic> {
    if context.base.is_none() {
        return Vec::new();
    }
    let of_file = |file| match file_is_config(file) {
        true => of_config(context, file),
        false => of_other(context, file).into_iter().collect(),
    };
    let of_files = step.trusted.iter().flat_map(of_file);
    let of_records = step.changes.iter().flat_map(|change| {
        let offences = ignores(context, step, change).into_iter();
        offences.map(move |offence| {
            context.diagnostic(&catalogue::TRUST_CHANGED, step, change, offence)
        })
    });
    of_files.chain(of_records).collect()
}

fn file_is_config(file: &TrustedFile) -> bool {
    file.path == CONFIG_FILE
}

/// What isms.toml says otherwise than in every parent. One that cannot be used says nothing; the merge base stands in.
fn of_config(context: &HistoryContext<'_>, file: &TrustedFile) -> Vec<Diagnostic> {
    let Some(after) = file.after.as_deref().and_then(config_of) else {
        return Vec::new();
    };
    let before = |bytes: &Option<Vec<u8>>| -> Vec<Changed> {
        let before: Option<Config> = bytes.as_deref().and_then(config_of);
        differences(before.as_ref().unwrap_or(context.config), &after)
    };
    let mut of_parents = file.before.iter().map(before);
    let mut changed = of_parents.next().unwrap_or_default();
    for others in of_parents {
        changed.retain(|one| others.iter().any(|other| other.pointer == one.pointer));
    }
    let told = |changed: Changed| {
        let location = config_place(context, &changed.pointer);
        Diagnostic::new(&catalogue::TRUST_CHANGED, location, changed.message)
            .label("changed")
            .help(HELP)
    };
    changed.into_iter().map(told).collect()
}

/// The place in isms.toml at hand, or of the table that held what is gone.
fn config_place(context: &HistoryContext<'_>, pointer: &str) -> Location {
    let Some(root) = context.present.config_root() else {
        return Location::file(CONFIG_FILE);
    };
    let mut at = pointer;
    loop {
        match find(root, at) {
            Some(_) if at.is_empty() => return Location::file(CONFIG_FILE),
            Some(node) if node.kind() == NodeKind::Map => {
                return context.present.config_place(at, Part::Key);
            }
            Some(_) => return context.present.config_place(at, Part::Value),
            None => at = at.rsplit_once('/').map_or("", |(outer, _)| outer),
        }
    }
}

/// Another file that says something else than in every parent.
fn of_other(context: &HistoryContext<'_>, file: &TrustedFile) -> Option<Diagnostic> {
    let text = |bytes: &Option<Vec<u8>>| {
        let bytes = bytes.as_deref().unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    };
    let after = text(&file.after);
    let signers = |text: &str| AllowedSigners::read(text, &context.calendar).0;
    let mailmap = |text: &str| Mailmap::read(text.as_bytes());
    let is_mailmap = file.path == ".mailmap";
    let mut before = file.before.iter().map(text);
    let says_the_same = before.any(|before| match is_mailmap {
        true => mailmap(&before) == mailmap(&after),
        false => signers(&before) == signers(&after),
    });
    if says_the_same {
        return None;
    }
    let what = match is_mailmap {
        true => "which addresses are one person's",
        false => "whose keys sign",
    };
    let done = match (file.before.iter().any(Option::is_none), &file.after) {
        (_, None) => "taken away",
        (true, Some(_)) => "added",
        (false, Some(_)) => "changed",
    };
    let message = format!("`{}`, which says {what}, was {done}", file.path);
    let location = Location::file(&file.path);
    Some(Diagnostic::new(&catalogue::TRUST_CHANGED, location, message).help(HELP))
}

/// Entries of `ignore` that silence more than in every parent; to silence less needs nobody's trust.
fn ignores(context: &HistoryContext<'_>, step: &Step, change: &RecordChange) -> Vec<Offence> {
    let Some(after) = standing(change.after.as_ref()) else {
        return Vec::new();
    };
    let before = context.earlier_versions(step, change);
    let before = before.iter().flat_map(|version| entries(version.node()));
    let known: Vec<(&str, &str)> = before.map(|(_, rule, until)| (rule, until)).collect();
    let more = entries(after.node()).filter(|(_, rule, until)| {
        let mut known = known.iter();
        // Days are written so that they sort.
        !known.any(|(other, until_then)| other == rule && until <= until_then)
    });
    let told = more.map(|(index, rule, until)| {
        let message = match known.iter().find(|(other, _)| *other == rule) {
            Some((_, then)) => {
                format!("`{rule}` was silenced until {then}, and is now until {until}")
            }
            None => format!("`{rule}` was silenced until {until}"),
        };
        Offence {
            pointer: format!("/ignore/{index}"),
            message,
            label: "silenced here".to_owned(),
            help: HELP.to_owned(),
        }
    });
    told.collect()
}

/// The entries of `ignore` of a record, with their places, rules and ends; without an end one silences nothing.
fn entries<'t>(record: NodeRef<'t>) -> impl Iterator<Item = (usize, &'t str, &'t str)> {
    let list = record.get("ignore").into_iter().flat_map(NodeRef::items);
    list.enumerate().filter_map(|(index, entry)| {
        let (rule, until) = (entry.get("rule")?, entry.get("until")?);
        Some((index, rule.text(), until.text()))
    })
}
