//! Names of kinds, rules, severities and types in isms.toml.

use super::{Faults, choice};
use crate::diagnostics::catalogue;
use crate::records::Kind;
use crate::records::field::FieldType;
use crate::rules::Sink;
use crate::text::pointer::child;

pub(super) fn check(faults: &mut Faults<'_, '_, '_>) {
    kinds(faults);
    rules(faults);
    words(faults);
}

fn kinds(faults: &mut Faults<'_, '_, '_>) {
    let config = faults.config();
    let names = Kind::ALL.iter().map(|kind| kind.name());
    let plurals = Kind::ALL.iter().map(|kind| kind.plural());
    for (table, keys) in [
        ("ids", config.ids.keys().collect::<Vec<_>>()),
        ("custom", config.custom.keys().collect()),
        ("layout", config.layout.keys().collect()),
    ] {
        for key in keys {
            let is_plural = table == "layout" && Kind::from_plural(key).is_some();
            if Kind::from_name(key).is_none() && !is_plural {
                let help = match table {
                    "layout" => choice(key, plurals.clone(), ""),
                    _ => choice(key, names.clone(), ""),
                };
                let pointer = child(&format!("/{table}"), key);
                faults.key(
                    &pointer,
                    format!("there is no kind of record `{key}`"),
                    help,
                );
            }
        }
    }
    let mut folders: Vec<(&str, &str)> = Vec::new();
    for (key, folder) in &config.layout {
        let folder = folder.trim_matches('/');
        if let Some((other, _)) = folders.iter().find(|(_, taken)| *taken == folder) {
            let message = format!("`{folder}/` is the folder of `{other}` already");
            let pointer = child("/layout", key);
            faults.value(&pointer, message, "give every kind a folder of its own");
        }
        folders.push((key, folder));
    }
}

fn rules(faults: &mut Faults<'_, '_, '_>) {
    for rule in faults.config().rules.keys() {
        let pointer = child("/rules", rule);
        match catalogue::find(rule) {
            None => {
                let known = catalogue::CATALOGUE.iter().map(|rule| rule.id);
                let help = crate::diagnostics::did_you_mean(rule, known)
                    .unwrap_or_else(|| "`ismsctl explain` lists all rules".to_owned());
                faults.key(&pointer, format!("there is no rule `{rule}`"), help);
            }
            Some(known) if Sink::is_fixed(known) => {
                let message = format!("the rule `{rule}` cannot be set to another level");
                faults.key(&pointer, message, "remove the line");
            }
            Some(_) => {}
        }
    }
}

/// Severities and types of findings that deadlines are given for.
fn words(faults: &mut Faults<'_, '_, '_>) {
    let config = faults.config();
    let severities = config.incident.severities.iter().map(|name| &**name);
    for severity in config.incident.lessons_within.keys() {
        if !severities.clone().any(|name| name == &**severity) {
            let pointer = child("/incident/lessons_within", severity);
            let help = choice(severity, severities.clone(), "");
            faults.key(
                &pointer,
                format!("`{severity}` is none of `severities`"),
                help,
            );
        }
    }
    let types = match Kind::Finding.shape().field("type").map(|field| &field.ty) {
        Some(FieldType::Text(text)) => text.values.as_slice(),
        _ => return,
    };
    let types = types.iter().map(String::as_str);
    let deadlines = [
        (
            "/finding/root_cause_within",
            &config.finding.root_cause_within,
        ),
        ("/finding/close_within", &config.finding.close_within),
    ];
    for (table, deadlines) in deadlines {
        for name in deadlines.keys() {
            if !types.clone().any(|known| known == &**name) {
                let help = choice(name, types.clone(), "");
                faults.key(
                    &child(table, name),
                    format!("`{name}` is no type of finding"),
                    help,
                );
            }
        }
    }
}
