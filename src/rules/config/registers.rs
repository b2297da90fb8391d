//! What isms.toml says about registers: their names, and the fields of their rows that it names.

use super::{Faults, choice};
use crate::assess::expr::path_type;
use crate::assess::facts::field;
use crate::diagnostics::did_you_mean;
use crate::records::Kind;
use crate::records::config::Register;
use crate::records::field::{FieldType, Shape};
use crate::text::pointer::child;
use crate::workspace::{Collection, Snapshot};
use std::collections::BTreeSet;

pub(super) fn check(faults: &mut Faults<'_, '_, '_>) {
    names(faults);
    for (name, register) in &faults.config().registers {
        fields(faults, name, register);
    }
}

fn names(faults: &mut Faults<'_, '_, '_>) {
    for name in faults.config().registers.keys() {
        if Kind::from_plural(name).is_some() || &**name == "obligations" {
            let message = format!("the register `{name}` has the name of a kind of record");
            let help = "give it another name; `over:` could not tell the two apart";
            faults.key(&child("/registers", name), message, help);
        }
    }
    let known = faults.context.snapshot.registers();
    if let Some(vendors) = &faults.config().pack.vendors
        && !known.contains(&&**vendors)
    {
        let help = choice(
            vendors,
            known.iter().copied(),
            "declare it as [registers.…]",
        );
        faults.value(
            "/pack/vendors",
            format!("there is no register `{vendors}`"),
            help,
        );
    }
}

/// Fields that rows cannot have: a misspelt `closed` would leave every row open.
fn fields(faults: &mut Faults<'_, '_, '_>, name: &str, register: &Register) {
    let context = faults.context;
    let collection = Collection::Register(name.into());
    let shape = context.shapes().collection(&collection);
    if register.key.is_none() && path_type(shape, "id").is_none() {
        let message = format!(
            "rows of `{name}` have no field `id`, which names a row where no `key` is declared"
        );
        let help = "declare the field that names a row, such as `key = \"number\"`";
        faults.key(&child("/registers", name), message, help);
    }
    for (pointer, path) in pointers(register) {
        let pointer = format!("{}/{pointer}", child("/registers", name));
        let is_date = !pointer.ends_with("/key") && !pointer.ends_with("/owner");
        match path_type(shape, path) {
            None => {
                let known = shape.fields.iter().map(|field| field.name.as_str());
                let help = choice(path, known, "the schema names no field");
                let message = format!("rows of `{name}` have no field `{path}`");
                faults.value(&pointer, message, help);
            }
            Some(FieldType::Any) => {
                if let Some(help) = slip(context.snapshot, &collection, shape, path) {
                    let message = format!("no row of `{name}` has a field `{path}`");
                    faults.value(&pointer, message, help);
                }
            }
            Some(FieldType::Moment | FieldType::Text(_)) => {}
            Some(_) if is_date => {
                let message = format!("`{path}` is no date: the schema gives it another type");
                faults.value(&pointer, message, "name a field with `format: date`");
            }
            Some(_) => {}
        }
    }
}

/// The fields named by a register, by their place below it. Those of its review are looked at with its expression.
fn pointers(register: &Register) -> Vec<(String, &str)> {
    let single = [
        ("key", &register.key),
        ("owner", &register.owner),
        ("opened", &register.opened),
        ("closed", &register.closed),
    ];
    let single = single
        .into_iter()
        .filter_map(|(key, field)| Some((key.to_owned(), field.as_deref()?)));
    let facts = register.facts.iter().enumerate();
    single
        .chain(facts.map(|(index, field)| (format!("facts/{index}"), &**field)))
        .collect()
}

/// What was probably meant by a field of rows that may have any, where no row has it. Without rows nobody can tell;
/// nor where nothing is close, since nothing may have happened yet.
fn slip(snapshot: &Snapshot, collection: &Collection, shape: &Shape, path: &str) -> Option<String> {
    let rows = || snapshot.collection(collection).map(|entry| entry.node());
    if shape.field(path).is_some() || rows().any(|row| field(row, path).is_some()) {
        return None;
    }
    let mut names: BTreeSet<&str> = shape.fields.iter().map(|field| &*field.name).collect();
    for row in rows() {
        names.extend(row.entries().map(|(key, _)| key.text()));
    }
    did_you_mean(path, names)
}
