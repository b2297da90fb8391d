use super::*;
use std::collections::BTreeSet;
use std::path::Path;

/// Folders of what happened. The starter has little of it, and keeps it.
const HISTORY: [&str; 10] = [
    "actions",
    "audits",
    "context",
    "evidence",
    "findings",
    "incidents",
    "registers",
    "results",
    "reviews",
    "risks",
];

/// The files of an example that belong into its template.
fn on_disk(name: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(name);
    let mut files = BTreeSet::new();
    for entry in walkdir::WalkDir::new(&root) {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry.path().strip_prefix(&root).unwrap();
        let path = path.to_string_lossy().replace('\\', "/");
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let is_history = HISTORY.contains(&folder) || path == "README.md";
        if name == STARTER || !is_history {
            files.insert(path);
        }
    }
    files
}

fn list() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut names: Vec<String> = std::fs::read_dir(root)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_type().unwrap().is_dir())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut text = "examples! {\n".to_owned();
    for name in names {
        text.push_str(&format!("    \"{name}\" {{\n"));
        for path in on_disk(&name) {
            text.push_str(&format!("        \"{path}\"\n"));
        }
        text.push_str(
            "    }
",
        );
    }
    text.push_str("}\n");
    text
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test that writes on request")]
fn every_definition_of_the_examples_is_embedded() {
    const MARK: &str = "// The list begins here.\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/edit/template/embedded.rs");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, found) = text.split_once(MARK).unwrap();
    let wanted = list();
    if std::env::var_os("ISMSCTL_UPDATE").is_some() {
        std::fs::write(&path, format!("{head}{MARK}{wanted}")).unwrap();
    } else {
        assert_eq!(found, wanted, "ISMSCTL_UPDATE=1 cargo test --lib template");
    }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 1).unwrap()
}

fn renewed(path: &str, text: &str) -> String {
    definitions::renewed(path, text, day())
}

#[test]
fn dates_of_the_starter_move_with_its_beginning() {
    let shift = chrono::TimeDelta::days(31);
    assert_eq!(
        move_dates("due: 2026-01-05 # 2026-01", shift),
        "due: 2026-02-05 # 2026-01"
    );
}

#[test]
fn a_policy_begins_anew() {
    let text = "\
# Who may reach what.
- id: POL-1
  title: Access
  effective: 2024-03-15 # since the merger of 2024
  review: {every: 1y, next: 2026-05-01}
  # What was said.
  review_log:
    - {date: 2025-03-10, approver: ceo}
    - date: 2026-02-26
      approver: ceo
      note: |
        Long ago.

  document: https://example.org/access
- {id: POL-2, review_log: [], effective: 2025-01-01, until: 2026-01-01, notes: x}
";
    let kept = "\
# Who may reach what.
- id: POL-1
  title: Access
  effective: 2027-03-01
  review: {every: 1y}

  document: https://example.org/access
- {id: POL-2, effective: 2027-03-01}
";
    assert_eq!(renewed("policies/a.yaml", text), kept);
}

#[test]
fn of_dated_targets_the_latest_holds() {
    let text = "\
id: KPI-1
since: 2025-01-01
target:
  - {from: 2026-02-01, target: \">= 95%\"}
  - {from: 2025-01-01, target: \">= 92%\"}
near: \">= 90%\"
deviations:
  - target: \">= 80%\"
    on: 2026-05-18
";
    let kept = "id: KPI-1\ntarget: \">= 95%\"\nnear: \">= 90%\"\n";
    assert_eq!(renewed("kpis/a.yaml", text), kept);
    let plain = "id: KPI-2\ntarget: 0 # none at all\n";
    assert_eq!(renewed("kpis/b.yaml", plain), plain);
}

#[test]
fn nested_and_blocking_fields_go() {
    let text = "- id: A\n  monitor: {since: 2025-01-01, cadence: monthly, method: manual}\n";
    let kept = "- id: A\n  monitor: {cadence: monthly, method: manual}\n";
    assert_eq!(renewed("controls/a.yaml", text), kept);
    let text =
        "id: A\ncadence: {every: 6w, anchor: 2025-01-06}\nsince: 2025-01-01\nblocked_by: ACT-1\n";
    let kept = "id: A\ncadence: {every: 6w, anchor: 2025-01-06}\n";
    assert_eq!(renewed("activities/a.yaml", text), kept);
}

#[test]
fn the_configuration_begins_anew() {
    let text = "\
[isms]
name = \"X\"
since = 2025-01-01 # eighteen months ago

[people.a]
name = \"A\"
roles = [\"ceo\", { role = \"ciso\", from = 2024-03-01, until = 2027-03-01 }]
from = 2024-03-01

[audits.internal]
cadence = \"annual\" # every year
since = 2024-01-01
approved = { by = \"ceo\", on = 2025-01-20 }

[[retention]]
from = \"performed\"
";
    let kept = "\
[isms]
name = \"X\"
since = 2027-03-01

[people.a]
name = \"A\"
roles = [\"ceo\", { role = \"ciso\" }]

[audits.internal]
cadence = \"annual\" # every year

[[retention]]
from = \"performed\"
";
    assert_eq!(renewed("isms.toml", text), kept);
}
