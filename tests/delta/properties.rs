//! What must hold whatever the records say: nothing changed from a state to itself, one direction mirrors the other,
//! and where and in which order records and their entries stand changes nothing.

use crate::support::{State, between, hold_the_laws, lines};
use proptest::prelude::*;

/// Lines that a record may have or not, some of which exclude each other: the first of a group that is picked counts.
type Choices = &'static [&'static [&'static str]];

const RISK: Choices = &[
    &["title: One", "title: Two"],
    &["category: it"],
    &["identified: 2026-01-10", "identified: 2026-05-10"],
    &["status: open", "status: accepted"],
    &[
        "likelihood: 1\nimpact: 1",
        "likelihood: 2\nimpact: 3",
        "likelihood: 5\nimpact: 5",
        "assessments: [{date: 2026-02-01, by: cto, likelihood: 1, impact: 1}, {date: 2026-06-20, by: ciso, likelihood: 4, impact: 4}]",
    ],
    &["", "closed: 2026-04-01", "closed: 2026-06-30"],
    &[
        "",
        "acceptance: {until: 2026-12-31, score: 6, rationale: a}",
        "acceptance: {score: 9, rationale: b}",
    ],
    &[
        "",
        "treatment: {option: avoid, due: 2026-08-01}",
        "treatment: {option: mitigate, due: 2026-07-01}",
        "treatment: {option: avoid}",
    ],
    &[
        "",
        "review: {every: 1y}",
        "review: {every: 6mo, next: 2026-08-01}",
        "review: {every: 1y, next: 2026-09-01}",
    ],
    &["", "tags: [a, b]", "tags: [c, a]"],
    &[
        "",
        "custom: {a: [1, {b: 2}], c: x}",
        "custom: {a: [{b: 3}, 1]}",
    ],
];

const ACTION: Choices = &[
    &["title: One"],
    &["type: corrective", "type: treatment"],
    &["source: R"],
    &["opened: 2026-02-01"],
    &["due: 2026-04-01", "due: 2026-06-01", "due: 2026-09-01"],
    &["status: open", "status: completed"],
    &["", "completed: 2026-03-01", "completed: 2026-06-15"],
    &["", "cancelled: {on: 2026-06-01, by: cto, reason: a}"],
    &[
        "",
        "progress: [{date: 2026-03-01, note: a}, {date: 2026-03-01, note: b}]",
        "progress: [{date: 2026-03-01, note: c}]",
    ],
    &[
        "",
        "extensions: [{from: 2026-04-01, to: 2026-06-01, by: cto, on: 2026-03-01, reason: a}]",
    ],
];

const KPI: Choices = &[
    &["title: One"],
    &["area: it"],
    &["measure: recorded"],
    &["unit: percent", "unit: h"],
    &[
        "cadence: monthly",
        "cadence: weekly",
        "cadence: {every: 6w, anchor: 2026-01-05}",
        "cadence: {max_age: 3d}",
    ],
    &[
        "",
        "target: 90\ndirection: higher-is-better",
        "target: 95\ndirection: higher-is-better",
        "target: '>= 95'",
        "target: '> 95'",
        "target: '<= 95'",
        "target: decreasing over 3 periods",
        "target: 0 for 3 periods",
        "target: [{target: '>= 90'}, {from: 2026-04-01, target: '>= 80'}]",
        "target: [{from: 2026-04-01, target: '>= 99'}, {from: 2026-06-15, target: '>= 70'}]",
    ],
    &["", "near: '>= 60'", "near: '>= 70'"],
    &["", "grace: 2d", "grace: 90d"],
    &["", "until: 2026-05-31"],
];

const FINDING: Choices = &[
    &["title: One"],
    &["source: R"],
    &["raised: 2026-02-01"],
    &["raised_by: ciso"],
    &[
        "type: major",
        "type: minor",
        "type: observation",
        "type: opportunity",
    ],
    &["status: open"],
    &["", "closed: 2026-03-20", "closed: 2026-06-20"],
    &[
        "",
        "evidence: [{path: evidence/a.md}, {url: 'https://example.org'}]",
        "evidence: [{url: 'https://example.org', valid_until: 2027-01-01}]",
    ],
];

const KINDS: [(&str, &str, Choices); 4] = [
    ("risks", "R", RISK),
    ("actions", "A", ACTION),
    ("kpis", "K", KPI),
    ("findings", "F", FINDING),
];

/// A record by the number of the choice for each of its lines; none when it is not there.
type Picked = Option<Vec<usize>>;

fn picked() -> impl Strategy<Value = Vec<Picked>> {
    let one = |choices: Choices| {
        let lines: Vec<_> = choices.iter().map(|group| 0..group.len()).collect();
        proptest::option::weighted(0.9, lines)
    };
    KINDS
        .iter()
        .map(|(_, _, choices)| one(choices))
        .collect::<Vec<_>>()
}

fn texts(picked: &[Picked]) -> Vec<(String, String)> {
    let records = KINDS.iter().zip(picked);
    let there = records.filter_map(|((folder, id, choices), picked)| {
        let lines = choices.iter().zip(picked.as_ref()?);
        let lines: Vec<&str> = lines.map(|(group, at)| group[*at]).collect();
        let text = format!("id: {id}\nowner: cto\n{}\n", lines.join("\n"));
        Some((format!("{folder}/a.yaml"), text))
    });
    there.collect()
}

fn state(files: &[(String, String)], day: &str) -> State {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    State::sound(&files, day)
}

/// The same records in other files, keys and entries the other way round.
fn turned(files: &[(String, String)]) -> Vec<(String, String)> {
    let turn = |(path, text): &(String, String)| {
        let value: serde_json::Value = {
            let source = ismsctl::text::Source::new("a.yaml", text.as_str());
            let (tree, _) = ismsctl::text::yaml::read(std::sync::Arc::new(source));
            spelled(tree.documents().next().unwrap())
        };
        (
            path.replace("/a.yaml", "/moved/b.yaml"),
            format!("- {value}\n"),
        )
    };
    files.iter().map(turn).collect()
}

/// A node as JSON, which is YAML as well, with everything that has no order the other way round.
fn spelled(node: ismsctl::text::NodeRef<'_>) -> serde_json::Value {
    use ismsctl::text::NodeKind;
    match node.kind() {
        NodeKind::Map => {
            let mut entries: Vec<_> = node
                .entries()
                .map(|(key, value)| (key.text().to_owned(), spelled(value)))
                .collect();
            entries.reverse();
            serde_json::Value::Object(entries.into_iter().collect())
        }
        NodeKind::List => {
            let mut items: Vec<_> = node.items().map(spelled).collect();
            items.reverse();
            items.into()
        }
        NodeKind::Integer => node.text().parse::<i64>().ok().into(),
        NodeKind::Float => node.as_number().into(),
        NodeKind::Boolean => node.as_boolean().into(),
        NodeKind::Null => serde_json::Value::Null,
        NodeKind::Text => node.text().into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_laws_hold(one in picked(), other in picked(), days in proptest::sample::select(vec![("2026-03-31", "2026-03-31"), ("2026-03-31", "2026-06-30"), ("2026-06-30", "2026-03-31")])) {
        let (before, after) = (state(&texts(&one), days.0), state(&texts(&other), days.1));
        hold_the_laws(&before, &after);
    }

    #[test]
    fn place_order_and_style_change_nothing(one in picked()) {
        let files = texts(&one);
        let (before, after) = (state(&files, "2026-06-30"), state(&turned(&files), "2026-06-30"));
        prop_assert_eq!(lines(&between(&before, &after)), Vec::<String>::new());
        prop_assert_eq!(lines(&between(&after, &before)), Vec::<String>::new());
    }
}
