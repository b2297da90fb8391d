//! `wrong-kind-reference`: references to a record of a kind that cannot stand there.

use super::references::{Referent, Suggestions, candidates, choice, may_name, stub_may_be_named};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::text::pointer::Part;
use crate::workspace::{Collection, Snapshot};

/// Compares the kind of every record referred to with the kinds its field takes.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let snapshot = context.snapshot;
    let mut suggestions = Suggestions::default();
    for one in context.doubtful_references() {
        if one.referent == Referent::Records {
            let location = || Location::new(one.entry.source(), one.value.span());
            let id = one.value.text();
            let found = judge(snapshot, id, one.names, &mut suggestions, location);
            sink.add_maybe(found.map(|found| found.about(one.entry.id())));
        }
    }
    let kpis = ["kpi".to_owned()];
    for (index, kpi) in snapshot.config().pack.training.iter().enumerate() {
        let location = || snapshot.config_place(&format!("/pack/training/{index}"), Part::Value);
        sink.add_maybe(judge(snapshot, kpi, &kpis, &mut suggestions, location));
    }
}

fn judge(
    snapshot: &Snapshot,
    id: &str,
    names: &[String],
    suggestions: &mut Suggestions,
    location: impl Fn() -> Location,
) -> Option<Diagnostic> {
    if let [one] = names
        && matches!(one.as_str(), "*" | "area" | "report")
    {
        return None;
    }
    let mut found = snapshot.with_id(id).peekable();
    let (what, place) = match (found.peek(), snapshot.stub(id)) {
        (Some(first), _) => (what(first.collection()), first.at("/id")),
        (None, Some(stub)) => (what(&Collection::Kind(stub.kind())), stub.at("/id")),
        (None, None) => return None,
    };
    let fits = found.any(|entry| may_name(names, entry.collection()));
    if fits || stub_may_be_named(snapshot, id, names) {
        return None;
    }
    let message = format!("`{id}` is {what}, not {}", choice(names));
    let help = suggestions
        .find(id, candidates(snapshot, names))
        .unwrap_or_else(|| format!("this field takes the id of {}", choice(names)));
    Some(
        Diagnostic::new(&catalogue::WRONG_KIND_REFERENCE, location(), message)
            .label(format!("this is {what}"))
            .help(help)
            .related(place, format!("`{id}` is here")),
    )
}

fn what(collection: &Collection) -> String {
    match collection {
        Collection::Kind(kind) => choice(&[kind.name().to_owned()]),
        Collection::Register(name) => format!("a row of the register `{name}`"),
    }
}
