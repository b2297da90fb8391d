//! `report`: all of them on an example, their periods, what is refused, and that the formats tell the same.

use crate::harness::{CONFIG, Folder, JUNE, MARCH, snapshot};

const NAMES: [&str; 7] = [
    "security-metrics",
    "compliance-status",
    "risk-register",
    "audit",
    "controls",
    "improvement",
    "retention",
];

#[test]
fn reports_of_the_example() {
    let folder = Folder::example("management-review");
    for name in NAMES {
        let text = folder.at(JUNE, &format!("report {name}")).fine();
        assert_eq!(
            text,
            folder
                .at(JUNE, &format!("report {name} --format markdown"))
                .fine()
        );
        snapshot!(name, text);
    }
    snapshot!(
        "risk-register-march",
        folder.at(MARCH, "report risk-register").fine()
    );
    snapshot!(
        "compliance-status-json",
        folder
            .at(JUNE, "report compliance-status --format json")
            .fine()
    );
}

#[test]
fn json_has_the_rows_of_the_page() {
    let folder = Folder::example("management-review");
    for name in NAMES {
        let page = folder.at(JUNE, &format!("report {name}")).fine();
        let json = folder
            .at(JUNE, &format!("report {name} --format json"))
            .json();
        assert_eq!(
            (&json["version"], &json["report"]),
            (&1.into(), &name.into())
        );
        let sections = json["sections"].as_array().unwrap();
        assert!(!sections.is_empty());
        let titles: Vec<&str> = page
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        let told: Vec<&str> = sections
            .iter()
            .map(|section| section["title"].as_str().unwrap())
            .collect();
        assert_eq!(titles, told);
        let rows: usize = sections
            .iter()
            .map(|section| section["rows"].as_array().unwrap().len())
            .sum();
        // Each table has a line of titles and a line of dashes; the head is a table of its own.
        let lines = page.lines().filter(|line| line.starts_with("| ")).count();
        let tables = page
            .lines()
            .filter(|line| line.starts_with("| :-") || line.starts_with("| --"));
        let head = json_head_rows(&page);
        assert_eq!(lines - 2 * tables.count() - head, rows, "{name}");
    }
}

/// Rows of the first table, which JSON tells by keys of its own.
fn json_head_rows(page: &str) -> usize {
    let rows = page.lines().skip_while(|line| !line.starts_with("| :-"));
    rows.skip(1)
        .take_while(|line| line.starts_with("| "))
        .count()
}

#[test]
fn a_report_is_about_one_period() {
    let folder = Folder::example("management-review");
    let period = |words: &str| {
        let json = folder.at(JUNE, words).json();
        let text = |key: &str| json[key].as_str().unwrap().to_owned();
        (text("period"), text("from"), text("to"))
    };
    let own = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    // isms.toml says quarterly; the second quarter ends on the as-of day.
    assert_eq!(
        period("report security-metrics --format json"),
        own("2026-Q2", "2026-04-01", "2026-06-30")
    );
    assert_eq!(
        period("report security-metrics --period 2025-Q4 --format json"),
        own("2025-Q4", "2025-10-01", "2025-12-31")
    );
    let err = folder
        .at(JUNE, "report security-metrics --period 2026-05")
        .refused();
    assert!(
        err.contains("`2026-05` is no period of this report; write one like 2026-Q2"),
        "{err}"
    );
    let err = folder
        .at(JUNE, "report security-metrics --period 2026-Q3")
        .refused();
    assert!(err.contains("2026-Q3 has not begun"), "{err}");
}

#[test]
fn figures_are_those_of_the_period() {
    let folder = Folder::example("management-review");
    let value = |period: &str| {
        let words = format!("report security-metrics --period {period} --format json");
        let json = folder.at(JUNE, &words).json();
        let sections = json["sections"].as_array().unwrap();
        let kpis = sections.iter().find(|it| it["name"] == "kpis").unwrap();
        let rows = kpis["rows"].as_array().unwrap();
        let row = rows
            .iter()
            .find(|row| row["kpi"] == "KPI-VULN-HIGH")
            .unwrap();
        (
            row["period"].clone(),
            row["value"].clone(),
            row["verdict"].clone(),
        )
    };
    // The same figures as `kpi KPI-VULN-HIGH` (tests/kpi_example.rs): a quarter is told by its last month.
    let series = folder.at(JUNE, "kpi KPI-VULN-HIGH --format json").json();
    let series = series["kpis"][0]["series"].as_array().unwrap().clone();
    for (quarter, month) in [
        ("2026-Q2", "2026-06"),
        ("2026-Q1", "2026-03"),
        ("2025-Q3", "2025-09"),
    ] {
        let point = series
            .iter()
            .find(|point| point["period"] == month)
            .unwrap();
        let told = (
            month.into(),
            point["value"].clone(),
            point["verdict"].clone(),
        );
        assert_eq!(value(quarter), told, "{quarter}");
    }
}

#[test]
fn a_name_nobody_knows_is_refused_with_the_list() {
    let folder = Folder::example("management-review");
    let err = folder.at(JUNE, "report risk-regster").refused();
    assert!(err.contains("did you mean `risk-register`?"), "{err}");
    let err = folder.at(JUNE, "report weather").refused();
    assert!(
        err.contains("the reports are security-metrics, compliance-status"),
        "{err}"
    );
}

#[test]
fn records_with_errors_give_a_draft_only() {
    let folder = Folder::workspace(&[("risks/R-1.yaml", "id: R-1\n")]);
    let run = folder.at(JUNE, "report risk-register");
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(
        run.err
            .contains("render a draft: `report risk-register --draft`"),
        "{}",
        run.err
    );
    let run = folder.at(JUNE, "report risk-register --draft");
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert!(run.out.contains("> Draft"), "{}", run.out);
    assert!(run.out.contains("risks/R-1.yaml: R-1"), "{}", run.out);
}

#[test]
fn text_from_records_never_breaks_a_page() {
    let risk = "id: R-1\ntitle: 'a | b <script> [x](javascript:y)'\nowner: ciso\ncategory: '`c`'\n\
                identified: 2026-02-01\nlikelihood: 2\nimpact: 2\nstatus: open\n";
    let folder = Folder::workspace(&[("isms.toml", CONFIG), ("risks/R-1.yaml", risk)]);
    let page = folder.at(JUNE, "report risk-register").fine();
    assert!(
        page.contains("| R-1 | a \\| b &lt;script&gt; \\[x\\](javascript:y) |"),
        "{page}"
    );
}

#[test]
fn an_empty_workspace_says_what_is_missing() {
    let folder = Folder::workspace::<&str>(&[]);
    for name in NAMES {
        let page = folder.at(JUNE, &format!("report {name}")).fine();
        snapshot!(format!("empty-{name}"), page);
    }
}

#[test]
fn a_report_and_the_list_of_kpis_agree() {
    let mut compared = 0;
    for name in [
        "audit-directive",
        "control-monitoring",
        "management-review",
        "monitoring-framework",
        "monitoring-phase",
    ] {
        let folder = Folder::example(name);
        let report = folder
            .at(JUNE, "report compliance-status --format json")
            .json();
        // The report is about June, which ends on the as-of day.
        let period = &report["period"];
        assert!(
            period == "2026-06" || period == "2026-Q2",
            "{name} {period}"
        );
        let sections = report["sections"].as_array().unwrap();
        let attention = sections.iter().find(|it| it["name"] == "attention");
        let told: Vec<(String, String)> = attention.unwrap()["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["kpi"].to_string(), row["verdict"].to_string()))
            .collect();
        let kpis = folder.at(JUNE, "kpi --format json").json();
        let mut wanted: Vec<(String, String)> = kpis["kpis"]
            .as_array()
            .unwrap()
            .iter()
            .map(|kpi| (kpi["id"].to_string(), kpi["current"]["verdict"].to_string()))
            .map(|(id, verdict)| (id, verdict.replace("no-data", "no data")))
            .filter(|(_, verdict)| {
                ["\"missed\"", "\"near\"", "\"waived\"", "\"no data\""].contains(&verdict.as_str())
            })
            .collect();
        let mut told = told;
        told.sort();
        wanted.sort();
        assert_eq!(told, wanted, "{name}");
        compared += told.len();
    }
    assert!(compared > 20, "{compared}");
}

/// A workspace with one risk, and a template for the register.
fn with_template(text: &str) -> Folder {
    let risk = "id: R-1\ntitle: 'a <b> [x](y)'\nowner: ciso\ncategory: c\nidentified: 2026-02-01\n\
                likelihood: 2\nimpact: 2\nstatus: open\n";
    let folder = Folder::workspace(&[("isms.toml", CONFIG), ("risks/R-1.yaml", risk)]);
    folder.write("templates/risk-register.md.j2", text);
    folder
}

#[test]
fn a_template_sees_the_report_and_escapes_what_records_say() {
    let folder = with_template(
        "{{ organisation }} {{ period }}\n{% for s in sections if s.name == \"risks\" %}{% for r in s.rows %}\
         {{ r.risk }}: {{ r.title }}, {{ r.score }}, {{ r.treatment }}.{% endfor %}{% endfor %}\n{{ part.changes }}",
    );
    let page = folder.at(JUNE, "report risk-register").fine();
    assert!(
        page.starts_with(
            "Test 2026-Q2\nR-1: a &lt;b&gt; \\[x\\](y), 4, .\n## Changes in the period\n"
        ),
        "{page}"
    );
    // The whole page is there to be put into a frame.
    let framed = with_template("BEFORE\n\n{{ page }}\nAFTER");
    let page = framed.at(JUNE, "report risk-register").fine();
    std::fs::remove_dir_all(framed.path().join("templates")).unwrap();
    let plain = framed.at(JUNE, "report risk-register").fine();
    assert_eq!(page, format!("BEFORE\n\n{plain}\nAFTER\n"));
}

#[test]
fn a_template_that_asks_for_what_is_not_there_is_refused_at_its_line() {
    for (text, words) in [
        (
            "a\n{{ nothing }}\n",
            "templates/risk-register.md.j2:2: undefined value in `{{ nothing }}`",
        ),
        (
            "a\nb\n{% for %}\n",
            "templates/risk-register.md.j2:3: syntax error",
        ),
        (
            "{{ period | shout }}",
            "templates/risk-register.md.j2:1: unknown filter",
        ),
        (
            "{% include \"/etc/passwd\" %}",
            "templates/risk-register.md.j2:1: ",
        ),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
            "templates/risk-register.md.j2:1: the template runs too long, more than 100 million steps",
        ),
    ] {
        let err = with_template(text)
            .at(JUNE, "report risk-register")
            .refused();
        assert!(err.contains(words), "{err}");
    }
}

#[test]
fn no_template_hides_a_draft() {
    let folder = with_template("My own page\n");
    let page = folder.at(JUNE, "report risk-register --draft");
    assert_eq!(page.status, 0, "{}", page.err);
    assert!(page.out.starts_with("> Draft"), "{}", page.out);
    assert!(page.out.ends_with("\nMy own page\n"), "{}", page.out);
}

#[test]
fn the_retention_report_lists_what_was_disposed_of() {
    let folder = Folder::new();
    folder.write("isms.toml", CONFIG);
    let stub = |id: &str, on: &str| {
        format!(
            "id: {id}\ntitle: The key safe\ndisposed: {{on: {on}, by: ciso, basis: Kept for five years}}\n"
        )
    };
    folder.write("risks/a.yaml", stub("RISK-1", "2026-03-02"));
    folder.write("risks/b.yaml", stub("RISK-2", "2025-12-31"));
    folder.write("risks/c.yaml", stub("RISK-3", "2026-07-01"));
    let text = folder
        .at(JUNE, "report retention --period 2026 --draft")
        .out;
    assert!(
        text.contains("## Disposed of since the period began"),
        "{text}"
    );
    let row = "| RISK-1 | The key safe | risks | 2 Mar 2026 | ciso | Kept for five years |";
    assert!(text.contains(row), "{text}");
    assert!(
        !text.contains("RISK-2") && !text.contains("RISK-3"),
        "{text}"
    );
    assert!(text.contains("| Records | 0 records,"), "{text}");
}
