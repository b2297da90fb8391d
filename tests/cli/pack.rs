//! `pack`: the examples whole, the choice of the review, the draft.

use crate::harness::{CONFIG, Folder, JUNE, MARCH, snapshot};
use serde_json::Value;

#[test]
fn packs_of_the_examples() {
    for (name, day) in [
        ("management-review", JUNE),
        ("management-review", MARCH),
        ("starter", "2026-01-01"),
    ] {
        let folder = Folder::example(name);
        snapshot!(format!("{name}-{day}"), folder.at(day, "pack").fine());
    }
}

#[test]
fn the_review_can_be_chosen() {
    let folder = Folder::example("management-review");
    let named = folder.at(JUNE, "pack --review REV-2026-Q2").fine();
    assert!(named.contains("(REV-2026-Q2)"));
    assert_eq!(named, folder.at(JUNE, "pack --type quarterly").fine());
    let annual = folder.at(JUNE, "pack --type annual").fine();
    assert!(annual.contains("Annual"), "{annual}");
    let err = folder.at(JUNE, "pack --type quaterly").refused();
    assert!(err.contains("did you mean `quarterly`?"), "{err}");
    let err = folder.at(JUNE, "pack --review REV-2026-Q9").refused();
    assert!(err.contains("did you mean"), "{err}");
    assert_eq!(
        folder
            .at(JUNE, "pack --review REV-2026-Q2 --type annual")
            .status,
        2
    );
}

#[test]
fn a_day_before_the_period_is_refused() {
    let folder = Folder::example("management-review");
    let said = "2026-03-01 lies before the period of REV-2026-Q2 (2026-04-01 to 2026-06-30)";
    for words in ["", " --format json", " -o out"] {
        let words = format!("pack --review REV-2026-Q2{words}");
        let err = folder.at("2026-03-01", &words).refused();
        assert!(err.contains(said), "{err}");
    }
    folder.at("2026-04-01", "pack --review REV-2026-Q2").fine();
    // One that is to be held before its period is remarked on, and one that nobody named is taken as it is.
    let planned = "planned: 2026-02-20\nperiod: {from: 2026-03-01, to: 2026-03-31}\n";
    let text = format!("id: R-1\ntitle: R\nowner: ciso\ntype: special\n{planned}");
    let folder = Folder::workspace(&[
        (
            "isms.toml",
            format!("{CONFIG}[reviews.special]\ntitle = \"Special\"\n"),
        ),
        ("reviews/one.yaml", text),
    ]);
    let run = folder.at("2026-02-01", "pack --review R-1");
    let said = "2026-02-01 lies before the period of R-1 (2026-03-01 to 2026-03-31)";
    assert!(
        run.err.contains(said) && run.out.contains("(R-1)"),
        "{run:?}"
    );
    let run = folder.at("2026-02-01", "pack");
    assert!(run.err.is_empty() && run.out.contains("(R-1)"), "{run:?}");
}

#[test]
fn a_draft_is_stamped() {
    let folder = Folder::example("management-review");
    let draft = folder.at(JUNE, "pack --draft").fine();
    let sound = folder.at(JUNE, "pack").fine();
    assert!(draft.contains("> Draft"), "{draft}");
    assert!(!sound.contains("Draft"));
}

/// Every workspace of `examples/`.
fn examples() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.path().join("isms.toml").exists());
    let mut names: Vec<String> = folders
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The text of a part of a pack.
fn part<'p>(pack: &'p str, title: &str) -> &'p str {
    let (_, rest) = pack.split_once(&format!("\n## {title}\n")).unwrap();
    rest.split("\n## ").next().unwrap()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap()
}

/// Asserts that the first page says something.
#[track_caller]
fn says(name: &str, summary: &str, wanted: &str) {
    assert!(summary.contains(wanted), "{name}: {wanted}\nin {summary}");
}

#[test]
fn the_first_page_tells_the_figures_of_every_other_output() {
    for name in examples() {
        let folder = Folder::example(&name);
        let json = |command: &str| folder.at(JUNE, &format!("{command} --format json")).json();
        let pack = folder.at(JUNE, "pack --draft").out;
        let summary = part(&pack, "Executive summary");

        let kpis = json("kpi");
        let verdicts = list(&kpis, "kpis").iter().filter_map(|kpi| {
            let current = &kpi["current"];
            let told = if current.is_null() {
                list(kpi, "series").last()?
            } else {
                current
            };
            told["verdict"].as_str()
        });
        let verdicts: Vec<&str> = verdicts.collect();
        let count = |wanted: &str| {
            verdicts
                .iter()
                .filter(|verdict| **verdict == wanted)
                .count()
        };
        let (met, all) = (count("met"), verdicts.len());
        let lead = match met {
            0 => format!("None of {all} KPIs meets its target"),
            met if met == all => format!("All {all} KPIs meet their targets"),
            met => format!("{met} of {all} KPIs meet their targets"),
        };
        says(&name, summary, &lead);
        for (verdict, words) in [
            ("missed", "missed"),
            ("near", "near"),
            ("waived", "missed under an approved deviation"),
            ("no-data", "without data"),
            ("pending", "pending"),
        ] {
            if count(verdict) > 0 {
                says(&name, summary, &format!(" {} {words}", count(verdict)));
            }
        }

        let due = json("due");
        let count = |state: &str| {
            let all = list(&due, "obligations").iter();
            all.filter(|it| it["state"] == state && it["kind"] != "retention")
                .count()
        };
        let others = [
            ("in-grace", "in grace"),
            ("due-today", "due today"),
            ("blocked", "blocked"),
        ];
        let others = others.map(|(state, word)| (count(state), word));
        let others = others.iter().filter(|(count, _)| *count > 0);
        let others: Vec<String> = others
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        let more = match others.is_empty() {
            true => String::new(),
            false => format!("; {}", others.join(", ")),
        };
        let counts = format!("{} duties are overdue{more}.", count("overdue"));
        says(&name, summary, &counts);

        let risks = json("risk");
        let open = list(&risks, "risks")
            .iter()
            .filter(|risk| risk["status"] != "closed");
        let count = open.count();
        let word = if count == 1 { "risk" } else { "risks" };
        says(&name, summary, &format!("\n{count} {word} open, "));
        let status = json("status");
        let open = |wanted: &[&str]| -> u64 {
            let counts = wanted.iter().map(|kind| &status["findings"][kind]["count"]);
            counts.map(|it| it.as_u64().unwrap_or(0)).sum()
        };
        let corrective = match open(&["major", "minor", "observation"]) {
            0 if open(&["opportunity"]) == 0 => "No finding is open".to_owned(),
            0 => "No nonconformity or observation is open".to_owned(),
            1 => " open".to_owned(),
            count => format!(" {count} nonconformities and observations open"),
        };
        says(&name, summary, &corrective);
        match open(&["opportunity"]) {
            0 => assert!(!summary.contains("opportunit"), "{summary}"),
            1 => says(&name, summary, ", 1 opportunity."),
            count => says(&name, summary, &format!(", {count} opportunities.")),
        }
    }
}

#[test]
fn a_kpi_of_the_first_page_has_the_figure_and_target_of_the_dashboard() {
    let mut compared = 0;
    for name in examples() {
        let folder = Folder::example(&name);
        let pack = folder.at(JUNE, "pack --draft").out;
        let summary = part(&pack, "Executive summary");
        let rows = part(&pack, "KPI dashboard").lines();
        for row in rows.filter(|line| line.contains("(KPI-") && line.starts_with("| ")) {
            let cells: Vec<&str> = row.split(" | ").map(str::trim).collect();
            let (title, period) = (cells[0].trim_start_matches("| "), cells[2]);
            let own = summary
                .lines()
                .filter(|line| line.starts_with(&format!("- {title}")));
            for line in own.filter(|line| line.contains(&format!(" {period} against "))) {
                compared += 1;
                says(&name, line, cells[3]);
                says(&name, line, &format!(" {period} against {}", cells[4]));
                let verdict = cells[5].trim_matches('*');
                let words = match verdict {
                    "met" => "meets its target",
                    "near" => "is near its target",
                    "waived" => "misses its target under an approved deviation",
                    // To decide, or worse.
                    _ if line.contains("is missed") => "is missed",
                    _ => "answer",
                };
                says(&name, line, words);
                if verdict != "met" {
                    assert!(!line.contains("meets its target"), "{line}");
                }
            }
        }
    }
    assert!(compared > 20, "{compared}");
}
