//! Figures are the same wherever they are told: pack.md, pack.html, pack.json, `status` and `kpi`.

use crate::git::demonstration::Demonstration;
use crate::harness::{Folder, JUNE, Screen, run_on};
use serde_json::Value;
use std::path::Path;

const WIDE: Screen = Screen {
    width: 240,
    color: false,
};

/// What a workspace says on a day, in all ways.
struct Told {
    markdown: String,
    html: String,
    pack: Value,
    status: Value,
    status_screen: String,
    kpi: Value,
    kpi_screen: String,
}

impl Told {
    fn by(folder: &Path, day: &str) -> Self {
        let said = |words: &str| {
            let mut arguments: Vec<&str> = words.split_whitespace().collect();
            arguments.extend(["--as-of", day]);
            let run = run_on(folder, WIDE, &arguments);
            assert!(run.status < 2, "{words}: {run:?}");
            run.out
        };
        let json = |words: &str| serde_json::from_str(&said(words)).unwrap();
        Self {
            markdown: said("pack --draft"),
            html: said("pack --draft --format html"),
            pack: json("pack --draft --format json"),
            status: json("status --format json"),
            status_screen: said("status"),
            kpi: json("kpi --format json"),
            kpi_screen: said("kpi"),
        }
    }

    /// Figures of the dashboard in all places; gives how many KPIs were compared.
    fn compare_kpis(&self, what: &str) -> usize {
        let rows = self.dashboard();
        let kpis = self.pack["kpis"].as_array().unwrap();
        assert_eq!(rows.len(), kpis.len(), "{what}");
        for (row, kpi) in rows.iter().zip(kpis) {
            let id = kpi["id"].as_str().unwrap();
            assert_eq!(Some(kpi), by_id(&self.kpi["kpis"], id), "{what} {id}");
            if let Some(own) = by_id(&self.status["kpis"], id) {
                assert_eq!(kpi, own, "{what} {id}");
            }
            let period = row["period"].as_str();
            let point = point(kpi, period);
            assert_eq!(
                row["value"].as_f64(),
                point["value"].as_f64(),
                "{what} {id}"
            );
            self.compare_words(id, kpi["title"].as_str().unwrap(), what);
        }
        rows.len()
    }

    /// What people read of a KPI is the same in pages and on screens.
    fn compare_words(&self, id: &str, title: &str, what: &str) {
        let line = self.markdown.lines().find(|line| {
            line.starts_with('|')
                && line.contains(&format!("({id})"))
                && line.matches('|').count() > 6
        });
        let line = line.unwrap_or_else(|| panic!("{what}: no row of {id}"));
        let cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let value = cells[3];
        let row = self
            .html
            .lines()
            .find(|line| line.starts_with("<tr>") && line.contains(&format!(">{id}</a>)</th>")));
        let row = row.unwrap_or_else(|| panic!("{what}: no row of {id} in HTML"));
        let row = row.replace('\u{a0}', " ").replace("&gt;", ">");
        assert!(
            [
                format!(">{value}</td>"),
                format!("</span> {value}</span></td>")
            ]
            .iter()
            .any(|cell| row.contains(cell)),
            "{what}: {value} in {row}"
        );
        let screens = [&self.kpi_screen, &self.status_screen];
        for (screen, is_complete) in screens.into_iter().zip([true, false]) {
            let line = screen.lines().find(|line| line.contains(title));
            match line {
                Some(line) => assert!(
                    line.split("  ").any(|cell| cell.trim() == value),
                    "{what} {id}: `{value}` in {line}"
                ),
                None => assert!(!is_complete, "{what}: {title} in {screen}"),
            }
        }
    }

    /// The rows of the dashboard with their types.
    fn dashboard(&self) -> Vec<Value> {
        let parts = self.pack["parts"].as_array().unwrap();
        let part = parts.iter().find(|part| part["name"] == "kpis").unwrap();
        let blocks = part["blocks"].as_array().unwrap();
        let table = blocks.iter().find(|block| block["type"] == "table");
        table.map_or_else(Vec::new, |table| table["rows"].as_array().unwrap().clone())
    }

    fn compare_counts(&self, what: &str) {
        let obligations = self.status["obligations"].as_array().unwrap();
        let work = &self.pack["work"];
        for (key, state) in [
            ("overdue", "overdue"),
            ("due_today", "due-today"),
            ("in_grace", "in-grace"),
            ("blocked", "blocked"),
            ("due_soon", "due-soon"),
        ] {
            // Records that were kept long enough are nobody's work.
            let of_state = obligations.iter();
            let of_state = of_state.filter(|it| it["state"] == state && it["kind"] != "retention");
            assert_eq!(work[key], of_state.count(), "{what}: {state}");
        }
        let risks = &self.pack["risks"];
        assert_eq!(risks["bands"], self.status["risks"], "{what}");
        let bands = risks["bands"].as_object().unwrap().values();
        let open: u64 = bands.map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(risks["open"].as_u64(), Some(open), "{what}");
        let findings = self.status["findings"].as_object().unwrap();
        let own = self.pack["findings"].as_object().unwrap();
        assert_eq!(own.len(), findings.len(), "{what}");
        for (kind, count) in own {
            assert_eq!(*count, findings[kind]["count"], "{what}: {kind}");
        }
        let overdue = work["overdue"].as_u64().unwrap();
        let words = match overdue {
            0 => None,
            1 => Some("1 duty is overdue".to_owned()),
            many => Some(format!("{many} duties are overdue")),
        };
        for page in [&self.markdown, &self.html] {
            assert!(
                words.as_ref().is_none_or(|words| page.contains(words)),
                "{what}: {words:?}"
            );
        }
    }
}

fn by_id<'v>(list: &'v Value, id: &str) -> Option<&'v Value> {
    let list = list.as_array().unwrap();
    list.iter().find(|it| it["id"] == id)
}

/// The point of a period.
fn point(kpi: &Value, period: Option<&str>) -> Value {
    let series = kpi["series"].as_array().unwrap();
    let points = std::iter::once(&kpi["current"]).chain(series);
    let mut of_period = points.filter(|point| point["period"].as_str() == period);
    of_period.next().cloned().unwrap_or_default()
}

/// Every key of a table names one column, or a row would lose a cell.
fn check_keys(value: &Value, what: &str) {
    if let Some(columns) = value["columns"].as_array() {
        let mut keys: Vec<&str> = columns
            .iter()
            .map(|it| it["key"].as_str().unwrap())
            .collect();
        let many = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert!(
            keys.len() == many && !keys.contains(&""),
            "{what}: {keys:?}"
        );
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| check_keys(item, what)),
        Value::Object(fields) => fields.values().for_each(|item| check_keys(item, what)),
        _ => {}
    }
}

#[test]
fn figures_of_the_examples_are_the_same_everywhere() {
    let mut compared = 0;
    for name in [
        "audit-directive",
        "control-monitoring",
        "management-review",
        "monitoring-framework",
        "monitoring-phase",
        "starter",
    ] {
        let folder = Folder::example(name);
        for day in [JUNE, "2026-02-10"] {
            let what = format!("{name} as of {day}");
            let told = Told::by(folder.path(), day);
            compared += told.compare_kpis(&what);
            told.compare_counts(&what);
            check_keys(&told.pack["parts"], &what);
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn figures_of_the_demonstration_are_the_same_everywhere() {
    let demonstration = Demonstration::shared();
    let told = Told::by(&demonstration.path(""), JUNE);
    assert!(told.compare_kpis("the demonstration") > 5);
    told.compare_counts("the demonstration");
}
