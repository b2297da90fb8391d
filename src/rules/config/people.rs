//! Persons and roles that isms.toml names itself.

use super::{Faults, choice};
use crate::assess::people::is_known;
use crate::records::config::Accept;
use crate::records::id::Who;
use crate::text::pointer::{child, find};

pub(super) fn check(faults: &mut Faults<'_, '_, '_>) {
    let config = faults.config();
    for table in ["roles", "people"] {
        let pointer = format!("/{table}/owner");
        let is_taken = match table {
            "roles" => config.roles.contains_key("owner"),
            _ => config.people.contains_key("owner"),
        };
        if is_taken {
            let message = "`owner` is reserved for the owner of a record";
            faults.key(&pointer, message, "give it another id");
        }
    }
    roles_held(faults);
    for (pointer, who) in named(faults) {
        if !is_known(config, &who) {
            let known = config.people.keys().chain(config.roles.keys());
            let help = choice(&who, known.map(|id| &**id), "declare it under [roles]");
            faults.value(
                &pointer,
                format!("no person or role has the id `{who}`"),
                help,
            );
        }
    }
    acceptance(faults);
}

fn roles_held(faults: &mut Faults<'_, '_, '_>) {
    let config = faults.config();
    for (id, person) in &config.people {
        for (index, held) in person.roles.iter().enumerate() {
            if config.roles.contains_key(&held.role) {
                continue;
            }
            let pointer = format!("{}/roles/{index}", child("/people", id));
            let pointer = match faults.context.snapshot.config_root() {
                Some(root) if find(root, &format!("{pointer}/role")).is_some() => {
                    format!("{pointer}/role")
                }
                _ => pointer,
            };
            let known = config.roles.keys().map(|role| &**role);
            let help = choice(&held.role, known, "declare it under [roles]");
            faults.value(&pointer, format!("there is no role `{}`", held.role), help);
        }
    }
}

/// Every place outside [people] and [risk] that names a person or role.
fn named(faults: &Faults<'_, '_, '_>) -> Vec<(String, Box<str>)> {
    let config = faults.config();
    let mut found = Vec::new();
    let mut one = |pointer: String, who: Option<&Who>| {
        found.extend(who.map(|who| (pointer, who.0.clone())));
    };
    for (id, area) in &config.areas {
        one(
            format!("{}/owner", child("/areas", id)),
            area.owner.as_ref(),
        );
    }
    for (id, review) in &config.reviews {
        let base = child("/reviews", id);
        one(format!("{base}/owner"), review.owner.as_ref());
        for (list, names) in [
            ("attendees", &review.attendees),
            ("optional", &review.optional),
        ] {
            for (index, who) in names.iter().enumerate() {
                one(format!("{base}/{list}/{index}"), Some(who));
            }
        }
    }
    for (id, audit) in &config.audits {
        let base = child("/audits", id);
        for (index, who) in audit.by.iter().enumerate() {
            one(format!("{base}/by/{index}"), Some(who));
        }
        let approved = audit.approved.as_ref();
        one(
            format!("{base}/approved/by"),
            approved.map(|approved| &approved.by),
        );
    }
    for (id, report) in &config.reports {
        one(
            format!("{}/owner", child("/reports", id)),
            report.owner.as_ref(),
        );
    }
    found
}

/// Who may accept the risks of a band; `owner` is the owner of the risk.
fn acceptance(faults: &mut Faults<'_, '_, '_>) {
    let config = faults.config();
    for (index, band) in config.risk.bands.iter().enumerate() {
        let Some(Accept::When { any_of, all_of, .. }) = &band.accept else {
            continue;
        };
        for (list, names) in [("any_of", any_of), ("all_of", all_of)] {
            for (position, who) in names.iter().enumerate() {
                if &**who == "owner" || is_known(config, who) {
                    continue;
                }
                let pointer = format!("/risk/bands/{index}/accept/{list}/{position}");
                let known = config.roles.keys().map(|role| &**role).chain(["owner"]);
                let help = choice(who, known, "declare it under [roles]");
                faults.value(
                    &pointer,
                    format!("no person or role has the id `{who}`"),
                    help,
                );
            }
        }
    }
}
