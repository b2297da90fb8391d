//! Dates that are read from typed records are those that stand in their files.

use ismsctl::records::named_date::NamedDate;
use ismsctl::records::{Kind, Moment};
use ismsctl::workspace::{Origin, load};
use std::collections::BTreeSet;
use std::path::Path;

/// The fields that a record is asked for by name instead of its node.
const KNOWN: [(Kind, &[&str]); 6] = [
    (
        Kind::Incident,
        &["occurred", "detected", "responded", "contained", "resolved"],
    ),
    (Kind::Action, &["opened", "due", "completed"]),
    (Kind::Finding, &["raised", "closed"]),
    (Kind::Risk, &["identified", "closed"]),
    (Kind::Result, &["date"]),
    (Kind::Audit, &["planned", "performed"]),
];

#[test]
fn a_date_of_a_record_is_the_one_in_its_file() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut present = BTreeSet::new();
    for example in std::fs::read_dir(examples).unwrap() {
        let snapshot = load(&Origin::Worktree(&example.unwrap().path())).unwrap();
        for entry in snapshot.entries() {
            let (Some(kind), Some(record)) = (entry.kind(), entry.record()) else {
                continue;
            };
            let known = KNOWN.iter().find(|(known, _)| *known == kind);
            let fields = known.map_or([].as_slice(), |(_, fields)| fields);
            for field in fields {
                let node = entry.node().get(field);
                let written: Option<Moment> = node.and_then(|node| node.text().parse().ok());
                assert_eq!(
                    record.date_named(field),
                    NamedDate::Known(written),
                    "{} {field}",
                    entry.id()
                );
                if written.is_some() {
                    present.insert((kind.name(), *field));
                }
            }
            // The names of one kind mean nothing to another.
            for (_, others) in KNOWN.iter().filter(|(other, _)| *other != kind) {
                for field in others.iter().filter(|field| !fields.contains(field)) {
                    assert_eq!(record.date_named(field), NamedDate::Elsewhere);
                }
            }
        }
    }
    let all: usize = KNOWN.iter().map(|(_, fields)| fields.len()).sum();
    assert_eq!(present.len(), all, "{present:?}");
}
