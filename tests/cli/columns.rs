//! Ten mistakes in one file are ten diagnostics, each at its line and column, in one run: whatever the line ends, with
//! a byte order mark, and with characters before the mistake that take several bytes, no column or two.

use crate::harness::{Folder, Screen, run_on};
use unicode_width::UnicodeWidthStr;

/// Titles of six characters each, so that every position below holds for all of them.
const TITLES: &[&str] = &[
    "Zurich",
    "Zürich",
    "🔥🔥🔥🔥🔥🔥",
    "日本語日本語",
    "e\u{301}e\u{301}e\u{301}",
    "שלוםשל",
    "a\tb\tcd",
    "👩\u{200d}💻ab\u{a0}",
];

const LINES: &[&str] = &[
    r#"- {id: RISK-001, title: "TITLE", owner: ciso, category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}"#,
    r#"- {id: RISK-002, title: "TITLE", colour: red, owner: ciso, category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}"#,
    r#"- {id: RISK-003, title: "TITLE", identified: 2026-02-30, owner: ciso, category: a, likelihood: 1, impact: 1, status: open}"#,
    r#"- {id: RISK-004, title: "TITLE", status: opne, owner: ciso, category: a, identified: 2026-01-05, likelihood: 1, impact: 1}"#,
    r#"- {id: RISK-005, title: "TITLE", likelihood: high, owner: ciso, category: a, identified: 2026-01-05, impact: 1, status: open}"#,
    r#"- {id: RISK-006, title: "TITLE", category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}"#,
    r#"- {id: RISK-007, title: "TITLE", title: again, owner: ciso, category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}"#,
    r#"- {id: RISK-008, title: "TITLE", owner: cisso, category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}"#,
    r#"- {id: RISK-009, title: "TITLE", controls: [CTRL-9], owner: ciso, category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}"#,
    r#"- {id: RISK-010, title: "TITLE", evidence: [{path: evidence/none.md}], owner: ciso, category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}"#,
    r#"- {id: RISK-011, title: "TITLE", controls: [RISK-001], owner: ciso, category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}"#,
];

/// Rule, line, column, end column, offending text.
const EXPECTED: &[(&str, u64, u64, u64, &str)] = &[
    ("schema", 2, 35, 41, "colour"),
    ("date-invalid", 3, 47, 57, "2026-02-30"),
    ("schema", 4, 43, 47, "opne"),
    ("schema", 5, 47, 51, "high"),
    ("schema", 6, 4, 6, "id"),
    ("duplicate-key", 7, 35, 40, "title"),
    ("unknown-person", 8, 42, 47, "cisso"),
    ("unknown-reference", 9, 46, 52, "CTRL-9"),
    ("evidence-missing", 10, 53, 69, "evidence/none.md"),
    ("wrong-kind-reference", 11, 46, 54, "RISK-001"),
];

fn file(title: &str, end: &str, mark: bool) -> String {
    let lines = LINES.iter().map(|line| line.replace("TITLE", title) + end);
    let text: String = lines.collect();
    if mark {
        format!("\u{feff}{text}")
    } else {
        text
    }
}

fn check(name: &str, text: &str) {
    let folder = Folder::workspace(&[("risks/ten.yaml", text)]);
    let run = folder.run(&["check", "--format", "json"]);
    assert_eq!(run.status, 1);
    let json = run.json();
    let found: Vec<(String, u64, u64, u64, u64)> = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let number = |key: &str| it[key].as_u64().unwrap();
            let rule = it["rule"].as_str().unwrap().to_owned();
            (
                rule,
                number("line"),
                number("column"),
                number("end_line"),
                number("end_column"),
            )
        })
        .collect();
    let expected: Vec<_> = EXPECTED
        .iter()
        .map(|(rule, line, column, end, _)| ((*rule).to_owned(), *line, *column, *line, *end))
        .collect();
    assert_eq!(found, expected, "{name}");
    let wide = Screen {
        width: 200,
        color: false,
    };
    for screen in [crate::harness::PLAIN, wide] {
        let out = run_on(folder.path(), screen, &["check"]).out;
        let heads: Vec<&str> = out.lines().filter(|line| line.contains("╭─[")).collect();
        // The last has a second place, which is drawn after the first.
        let places = EXPECTED
            .iter()
            .map(|(_, line, column, ..)| (*line, *column));
        let expected: Vec<String> = places
            .chain([(1, 8)])
            .map(|(line, column)| format!("╭─[risks/ten.yaml:{line}:{column}]"))
            .collect();
        let heads: Vec<&str> = heads.iter().map(|head| head.trim_start()).collect();
        assert_eq!(heads, expected, "{name}\n{out}");
        // How wide joined emoji are drawn is for each terminal to say.
        let joined = text.contains('\u{200d}');
        for (_, line, _, _, offending) in EXPECTED.iter().filter(|_| !joined) {
            under(name, &out, *line, offending);
        }
    }
}

/// The mark stands under the offending text.
fn under(name: &str, out: &str, line: u64, offending: &str) {
    let lines: Vec<&str> = out.lines().collect();
    let label = format!("{line} │");
    let marked = lines
        .windows(2)
        .find(|pair| {
            pair[0].trim_start().starts_with(&label) && pair[1].trim_start().starts_with('·')
        })
        .unwrap_or_else(|| panic!("{name}: line {line}\n{out}"));
    let (source, marks) = (marked[0], marked[1]);
    let first = marks.find(['─', '┬', '▲']).unwrap();
    // The duplicate key is marked twice; its first place comes first.
    let column = marks[..first].width();
    let places: Vec<usize> = source
        .match_indices(offending)
        .map(|(at, _)| source[..at].width())
        .collect();
    assert!(
        places.contains(&column),
        "{name}: {places:?} {column}\n{source}\n{marks}"
    );
}

#[test]
fn with_any_line_ends_and_any_text_before() {
    for title in TITLES {
        for (end, mark) in [
            ("\n", false),
            ("\r\n", false),
            ("\n", true),
            ("\r\n", true),
            ("\r", false),
        ] {
            check(
                &format!("{title:?} {end:?} {mark}"),
                &file(title, end, mark),
            );
        }
    }
}

#[test]
fn without_a_final_line_end() {
    check("no line end", file("Zürich", "\n", false).trim_end());
}

#[test]
fn after_comments_and_documents() {
    let text = format!(
        "# Über 🔥\n---\n# x\n{}",
        LINES[1].replace("TITLE", "Zürich")
    );
    let folder = Folder::workspace(&[("risks/ten.yaml", text + "\n---\nid: [\n")]);
    let json = folder.run(&["check", "--format", "json"]).json();
    let place = |index: usize| {
        let it = &json["diagnostics"][index];
        (it["rule"].clone(), it["line"].clone(), it["column"].clone())
    };
    assert_eq!(place(0), ("schema".into(), 4.into(), 35.into()));
    assert_eq!(place(1).0, "yaml-syntax");
}

/// The same in isms.toml, where each mistake is one of the configuration and ends with status 2.
#[test]
fn mistakes_in_isms_toml() {
    let toml = "[isms]\nname = \"Zürich 🔥\"\nsince = 2026-02-30\ntimezon = \"UTC\"\n\n[rules]\nschema = \"of\"\n";
    for text in [
        toml.to_owned(),
        toml.replace('\n', "\r\n"),
        format!("\u{feff}{toml}"),
    ] {
        let folder = Folder::workspace(&[("isms.toml", text)]);
        let run = folder.run(&["check", "--format", "json"]);
        assert_eq!(run.status, 2);
        let json = run.json();
        let places: Vec<_> = json["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                (
                    it["rule"].as_str().unwrap(),
                    it["line"].as_u64().unwrap(),
                    it["column"].as_u64().unwrap(),
                )
            })
            .collect();
        assert!(places.contains(&("config", 3, 9)), "{places:?}");
    }
    let sound_syntax = toml.replace("since = 2026-02-30\n", "");
    let folder = Folder::workspace(&[("isms.toml", sound_syntax)]);
    let run = folder.run(&["check", "--format", "json"]);
    assert_eq!(run.status, 2);
    let json = run.json();
    let found: Vec<_> = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["line"].clone(), it["column"].clone()))
        .collect();
    assert_eq!(found, [(3.into(), 1.into()), (6.into(), 10.into())]);
}
