//! Every record that a pack names, with the place where it stands, so that a reader on paper finds it.

use super::Pack;
use crate::assess::Seen;
use crate::assess::facts::field;
use crate::records::Config;
use crate::report::basis::counted;
use crate::report::document::{Block, Cell, Document, Table};
use crate::text::NodeRef;
use crate::workspace::Collection;
use rayon::prelude::*;

/// Lists what the document names so far: it comes last.
pub fn write(pack: &Pack<'_>, document: &mut Document) {
    let config = pack.basis.view.config();
    let mut table = Table::new(&["Id", "Kind", "Title", "Owner", "File"]);
    let named = document.records();
    let rows = named.par_iter().filter_map(|id| {
        let seen = pack.basis.view.get(id)?;
        let place = seen.at("");
        let line = place.line();
        Some([
            Cell::id(seen.id()),
            Cell::text(kind(seen)),
            Cell::text(seen.title()),
            Cell::text(owner(config, seen).unwrap_or_default()),
            Cell::text(format!("{}:{line}", place.path())),
        ])
    });
    for row in rows.collect::<Vec<_>>() {
        table.row(row);
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

#[cfg(test)]
mod tests {
    use super::super::testbed::{borrowed, document, kpi};
    use crate::report::document::{Block, Line, Piece};
    use std::collections::BTreeSet;

    #[test]
    fn it_holds_exactly_what_the_pack_names() {
        let mut files = kpi("K-1", "target: 100%", &[Some(80.0)]);
        let action = "id: ACT-1\ntitle: Do it\nowner: cto\ntype: corrective\nsource: K-1\nopened: 2026-01-05\n\
            due: 2026-02-01\nsuccess_criteria: done\nstatus: open\nblocked_by: ACT-2\n";
        let unseen = "id: CTL-1\ntitle: Unseen\nowner: cto\ncategory: x\nstatement: y\n\
            applicability: {applicable: false, justification: none, implemented: false}\n";
        files.push(("actions/one.yaml".to_owned(), format!("# first\n{action}")));
        files.push(("controls/one.yaml".to_owned(), unseen.to_owned()));
        let mut document = document(&borrowed(&files));
        let appendix = document.parts.pop().unwrap();
        assert_eq!(appendix.name, "appendix");
        let Some(Block::Details(_, within)) = appendix.blocks.first() else {
            panic!("{appendix:?}");
        };
        let Some(Block::Table(table)) = within.first() else {
            panic!("{within:?}");
        };
        let id = |line: &Line| match line.0.as_slice() {
            [Piece::Record(id)] => id.clone(),
            other => panic!("{other:?}"),
        };
        let listed: Vec<String> = table.rows.iter().map(|row| id(&row[0].line())).collect();
        let named: BTreeSet<&str> = document.records();
        assert_eq!(listed, named.into_iter().collect::<Vec<_>>());
        assert_eq!(listed, ["ACT-1", "K-1", "REV-Q2"]);
        let action: Vec<String> = table.rows[0]
            .iter()
            .map(|cell| cell.line().text().into_owned())
            .collect();
        assert_eq!(
            action,
            ["ACT-1", "action", "Do it", "cto", "actions/one.yaml:2"]
        );
    }
}
