//! The same id in many files, and records that follow one another in circles.

use super::support::{CONTEXT, action, lines, valid};

#[test]
fn the_same_id_in_five_files_is_reported_with_all_places() {
    let text = action("ACT-1", "");
    let paths = ["a", "b", "c", "d", "e"].map(|name| format!("actions/{name}.yaml"));
    let mut files: Vec<(&str, &str)> = paths
        .iter()
        .map(|path| (path.as_str(), text.as_str()))
        .collect();
    files.push(CONTEXT);
    let found = valid(&files);
    let places: Vec<&str> = found.iter().map(|found| found.location.path()).collect();
    assert_eq!(
        places,
        [
            "actions/b.yaml",
            "actions/c.yaml",
            "actions/d.yaml",
            "actions/e.yaml"
        ]
    );
    for diagnostic in &found {
        assert_eq!(diagnostic.rule.id, "duplicate-id");
        let mut all: Vec<&str> = diagnostic
            .related
            .iter()
            .map(|related| related.location.path())
            .collect();
        assert_eq!(diagnostic.related[0].message, "first used here");
        all.push(diagnostic.location.path());
        all.sort_unstable();
        assert_eq!(all, paths.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// Actions of which each succeeds the next and the last the first, after a tail that leads into the circle.
fn ring(length: usize) -> String {
    let mut text = String::new();
    for index in 0..length {
        let next = (index + 1) % length;
        text.push_str(&action(
            &format!("ACT-{index:03}"),
            &format!("  succeeds: ACT-{next:03}\n"),
        ));
    }
    text.push_str(&action("ACT-900", "  succeeds: ACT-901\n"));
    text.push_str(&action("ACT-901", "  succeeds: ACT-000\n"));
    text
}

#[test]
fn circles_of_any_length_are_told_once_with_all_places() {
    for length in [1, 2, 3, 50] {
        let text = ring(length);
        let found = valid(&[("actions/ring.yaml", &text), CONTEXT]);
        assert_eq!(found.len(), 1, "{:?}", lines(&found));
        let circle = &found[0];
        assert_eq!(circle.rule.id, "circular-succession");
        assert_eq!(circle.record.as_deref(), Some("ACT-000"));
        assert_eq!(circle.location.start().line, 9);
        assert_eq!(circle.related.len(), length - 1);
        if let Some(last) = circle.related.last() {
            assert_eq!(
                last.message,
                format!("`ACT-{:03}` succeeds `ACT-000`", length - 1)
            );
        }
    }
}

#[test]
fn two_circles_are_two() {
    let text = [("A", "B"), ("B", "A"), ("C", "C"), ("D", "C")]
        .map(|(id, next)| action(id, &format!("  succeeds: {next}\n")))
        .concat();
    let found = lines(&valid(&[("actions/a.yaml", &text), CONTEXT]));
    assert_eq!(
        found,
        [
            "circular-succession actions/a.yaml:9:13 `A` succeeds `B`, which succeeds `A`",
            "circular-succession actions/a.yaml:27:13 `C` succeeds itself",
        ]
    );
}

#[test]
fn results_that_supersede_each_other_would_count_nowhere() {
    let result = |id: &str, other: &str| {
        format!(
            "- {{id: {id}, activity: ACTV-1, period: 2026-01, date: 2026-02-01, outcome: pass, supersedes: {other}}}\n"
        )
    };
    let results = result("R1", "R2") + &result("R2", "R1");
    let activity = "id: ACTV-1\ntitle: Work\nowner: ceo\ncadence: monthly\nmethod: manual\n";
    let found = lines(&valid(&[
        ("results/a.yaml", &results),
        ("activities/a.yaml", activity),
    ]));
    assert_eq!(
        found,
        ["circular-succession results/a.yaml:1:92 `R1` supersedes `R2`, which supersedes `R1`"]
    );
}
