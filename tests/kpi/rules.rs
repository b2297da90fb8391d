//! The fixtures of the rules about KPIs: what the engine says, at the places the fixtures expect.

use super::{day, no_duties};
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::{FailureRule, check, conflicts, evaluate};
use ismsctl::diagnostics::Location;
use ismsctl::text::pointer::find;
use ismsctl::text::{Span, content_offset};
use ismsctl::workspace::{EntryRef, Origin, Snapshot, load};
use std::path::Path;

fn fixture(rule: &str, outcome: &str) -> Snapshot {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rules");
    load(&Origin::Worktree(&root.join(rule).join(outcome))).unwrap()
}

fn expected(rule: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rules");
    let text = std::fs::read_to_string(root.join(rule).join("fail.expected")).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn line(rule: &str, place: &Location) -> String {
    let start = place.start();
    format!("{rule} {}:{}:{}", place.path(), start.line, start.column)
}

fn place(entry: EntryRef<'_>, pointer: &str, offset: Option<usize>) -> Location {
    match (find(entry.node(), pointer), offset) {
        (Some(node), Some(offset)) => {
            let start = content_offset(node, offset);
            Location::new(entry.source(), Span::new(start, start + 1))
        }
        _ => entry.at(pointer),
    }
}

/// All that is wrong with the definitions, and what loading found under the same rules.
fn definitions(snapshot: &Snapshot) -> Vec<String> {
    let loaded = snapshot.diagnostics().iter();
    let mut lines: Vec<String> = loaded
        .map(|found| line(found.rule.id, &found.location))
        .collect();
    for (entry, problems) in check(snapshot) {
        for problem in problems {
            let offset = problem.range.map(|range| range.start);
            let place = place(entry, &problem.pointer, offset);
            lines.push(line(problem.rule.id(), &place));
        }
    }
    lines.sort();
    lines
}

#[test]
fn definitions_of_the_fixtures() {
    for rule in ["kpi-expression", "kpi-literal", "kpi-target"] {
        assert_eq!(definitions(&fixture(rule, "fail")), expected(rule));
        assert_eq!(
            definitions(&fixture(rule, "pass")),
            Vec::<String>::new(),
            "{rule}"
        );
    }
}

#[test]
fn combinations_of_the_fixture() {
    let lines = |snapshot: &Snapshot| {
        let found = conflicts(&Timeline::of(snapshot)).into_iter();
        let mut lines: Vec<String> = found
            .map(|(kpi, failure)| {
                let place = match &failure.record {
                    Some(record) => snapshot.get(record).unwrap().at("/id"),
                    None => place(snapshot.get(&kpi).unwrap(), failure.pointer, None),
                };
                line("kpi-combination", &place)
            })
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(
        lines(&fixture("kpi-combination", "fail")),
        expected("kpi-combination")
    );
    assert_eq!(
        lines(&fixture("kpi-combination", "pass")),
        Vec::<String>::new()
    );
}

#[test]
fn evaluations_of_the_fixture() {
    let lines = |snapshot: &Snapshot| {
        let all = evaluate(&Timeline::of(snapshot), day("2026-06-30"), &no_duties);
        let failures = all.iter().flat_map(|series| &series.failures);
        let mut lines: Vec<String> = failures
            .filter(|failure| failure.rule == FailureRule::Evaluation)
            .map(|failure| {
                let entry = snapshot.get(failure.record.as_deref().unwrap()).unwrap();
                let field = failure.field.as_deref().unwrap_or("/id");
                line("kpi-evaluation", &entry.at(field))
            })
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(
        lines(&fixture("kpi-evaluation", "fail")),
        expected("kpi-evaluation")
    );
    assert_eq!(
        lines(&fixture("kpi-evaluation", "pass")),
        Vec::<String>::new()
    );
}
