//! Every record that a pack names, with the place where it stands, so that a reader on paper finds it.

use super::Pack;
use crate::assess::Seen;
use crate::assess::facts::field;
use crate::records::Config;
use crate::report::basis::counted;
use crate::report::document::{Block, Cell, Document, Table};
use crate::text::NodeRef;
use crate::workspace::Collection;

/// Lists what the document names so far: it comes last.
pub fn write(pack: &Pack<'_>, document: &mut Document) {
    let config = pack.basis.view.config();
    let mut table = Table::new(&["Id", "Kind", "Title", "Owner", "File"]);
    let named = document.records().into_iter();
    for seen in named.filter_map(|id| pack.basis.view.get(id)) {
        let place = seen.at("");
        let line = place.start().line;
        table.row([
            Cell::id(seen.id()),
            Cell::text(kind(seen)),
            Cell::text(seen.title()),
            Cell::text(owner(config, seen).unwrap_or_default()),
            Cell::text(format!("{}:{line}", place.path())),
        ]);
    }
    document.part("appendix", "Appendix: records shown");
    if table.rows.is_empty() {
        return document.remark("The pack names no record.");
    }
    let title = format!("{} by id", counted(table.rows.len(), "record"));
    document.add(Block::Details(title, vec![Block::Table(table)]));
}

fn kind(seen: Seen<'_>) -> String {
    match seen.entry().collection() {
        Collection::Kind(kind) => kind.name().to_owned(),
        Collection::Register(name) => format!("row of {name}"),
    }
}

/// Who is responsible for a record, or for a row by the column that isms.toml names.
fn owner<'v>(config: &Config, seen: Seen<'v>) -> Option<&'v str> {
    let Collection::Register(name) = seen.entry().collection() else {
        return seen.owner();
    };
    let register = config.registers.get(&**name);
    let column = register.and_then(|register| register.owner.as_deref());
    field(seen.node(), column.unwrap_or("owner")).and_then(NodeRef::as_text)
}
