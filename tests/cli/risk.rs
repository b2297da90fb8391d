//! `risk`: the list, the heat maps, one risk in full.

use crate::harness::{Folder, JUNE, MARCH, PLAIN, Screen, run_on, snapshot};
use crate::status::without_colour;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

#[test]
fn the_register_and_its_heat_maps() {
    let folder = Folder::example("management-review");
    for (name, words) in [
        ("list", "risk"),
        ("matrix", "risk matrix"),
        ("over-appetite", "risk list --over-appetite"),
        ("stale", "risk show RISK-006"),
        ("treated", "risk show RISK-003"),
    ] {
        snapshot!(format!("{name}-{JUNE}"), folder.at(JUNE, words).fine());
    }
    snapshot!(format!("list-{MARCH}"), folder.at(MARCH, "risk").fine());
    snapshot!(
        format!("treated-{MARCH}"),
        folder.at(MARCH, "risk show RISK-003").fine()
    );
    for (name, width, words) in [
        ("list-120", 120, "risk --all"),
        ("list-100", 100, "risk"),
        ("matrix-40", 40, "risk matrix"),
        ("list-color", 80, "risk --color always"),
    ] {
        let screen = Screen {
            width,
            color: false,
        };
        let mut line: Vec<&str> = words.split_whitespace().collect();
        line.extend(["--as-of", JUNE]);
        snapshot!(name, run_on(folder.path(), screen, &line).fine());
    }
}

#[test]
fn colour_carries_nothing_and_lines_keep_to_the_width() {
    let folder = Folder::example("management-review");
    for words in ["risk", "risk matrix", "risk show RISK-006"] {
        for width in [40, 60, 80, 120] {
            let run = |color| {
                let mut line: Vec<&str> = words.split_whitespace().collect();
                line.extend(["--as-of", JUNE]);
                run_on(folder.path(), Screen { width, color }, &line).fine()
            };
            assert_eq!(without_colour(&run(true)), run(false), "{words}");
            // The list needs room for its columns; heat maps give way to any width.
            for line in run(false)
                .lines()
                .filter(|_| width >= 80 || words == "risk matrix")
            {
                assert!(line.width() <= width, "{words} at {width}: {line}");
            }
        }
    }
}

/// Ids the JSON list gives for some filters.
fn ids(folder: &Folder, day: &str, words: &str) -> BTreeSet<String> {
    let json = folder
        .at(day, &format!("risk --format json {words}"))
        .json();
    let risks = json["risks"].as_array().unwrap().iter();
    risks
        .map(|risk| risk["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn filters_take_what_they_say() {
    let folder = Folder::example("management-review");
    let all = folder.at(JUNE, "risk --format json").json();
    let those = |wanted: &dyn Fn(&serde_json::Value) -> bool| -> BTreeSet<String> {
        let risks = all["risks"].as_array().unwrap().iter();
        let wanted = risks.filter(|risk| wanted(risk));
        wanted
            .map(|risk| risk["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&folder, JUNE, "").len(), 14);
    assert_eq!(
        ids(&folder, JUNE, "--open"),
        those(&|it| it["closed"].is_null())
    );
    assert_eq!(
        ids(&folder, JUNE, "--band high"),
        those(&|it| it["band"] == "high")
    );
    let both = those(&|it| it["band"] == "high" || it["band"] == "low");
    assert_eq!(ids(&folder, JUNE, "--band high --band low"), both);
    assert_eq!(
        ids(&folder, JUNE, "--category availability --status accepted"),
        those(&|it| it["category"] == "availability" && it["status"] == "accepted")
    );
    assert_eq!(
        ids(&folder, JUNE, "--over-appetite"),
        those(&|it| it["score"].as_u64() > Some(12) && it["closed"].is_null())
    );
    // In front of the view or behind it.
    let before = folder.at(JUNE, "risk --category access matrix --format json");
    let after = folder.at(JUNE, "risk matrix --category access --format json");
    assert_eq!(before.fine(), after.fine());
}

#[test]
fn the_matrix_counts_every_open_risk_once() {
    let folder = Folder::example("management-review");
    for day in [JUNE, MARCH, "2025-06-30"] {
        let matrix = folder.at(day, "risk matrix --format json").json();
        let open = ids(&folder, day, "--open");
        for map in ["inherent", "current", "target"] {
            let mut seen: Vec<String> = Vec::new();
            let cells = matrix["cells"].as_array().unwrap().iter();
            let lists = cells
                .map(|cell| &cell[map])
                .chain([&matrix["unrated"][map]]);
            for list in lists {
                let ids = list.as_array().unwrap().iter();
                seen.extend(ids.map(|id| id.as_str().unwrap().to_owned()));
            }
            assert_eq!(seen.len(), open.len(), "{map} as of {day}");
            assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), open);
        }
    }
}

#[test]
fn words_that_fit_nothing_are_refused() {
    let folder = Folder::example("management-review");
    for (words, said) in [
        (
            "risk --band hig",
            "no risk has the band `hig`; did you mean `high`?",
        ),
        ("risk --category privcy", "did you mean `privacy`?"),
        ("risk --status opne", "did you mean `open`?"),
        (
            "risk show RISK-06",
            "there is no risk `RISK-06` as of 2026-06-30; did you mean `RISK-006`",
        ),
        (
            "risk show RISK-006 --open",
            "filters are for the list and the matrix",
        ),
        ("risk --all --open", "cannot be used with"),
        ("risk matrix --of residual", "invalid value 'residual'"),
        ("risk map", "unrecognized subcommand 'map'"),
    ] {
        let refused = folder.at(JUNE, words).refused();
        assert!(refused.contains(said), "{words}: {refused}");
    }
    // A risk that did not exist on the day is not there.
    let refused = folder.at(MARCH, "risk show RISK-014").refused();
    assert!(
        refused.contains("no risk `RISK-014` as of 2026-03-31"),
        "{refused}"
    );
}

#[test]
fn an_empty_register_and_one_of_closed_risks_say_so() {
    let empty = Folder::workspace::<&str>(&[]);
    assert_eq!(
        empty.at(JUNE, "risk").fine().lines().next(),
        Some("no risk as of 30 Jun 2026")
    );
    assert!(empty.at(JUNE, "risk matrix").fine().contains("0 risks"));
    let closed = "id: R\ntitle: Gone\nowner: ciso\ncategory: x\nidentified: 2026-01-05\nlikelihood: 1\nimpact: 1\nstatus: closed\nclosed: 2026-02-02\n";
    let folder = Folder::workspace(&[("risks/r.yaml", closed)]);
    let text = folder.at(JUNE, "risk").fine();
    assert!(
        text.starts_with("no open risk as of 30 Jun 2026; 1 closed (--all)"),
        "{text}"
    );
    assert!(folder.at(JUNE, "risk --all").fine().contains("Gone"));
    assert!(
        folder
            .at(JUNE, "risk --status closed")
            .fine()
            .contains("Gone")
    );
}

#[test]
fn scales_of_any_size_and_hostile_names_fit_on_a_terminal() {
    let config = "[isms]\nname = \"Test\"\nsince = 2026-01-01\n[roles]\nciso = \"Security\"\n[risk]\n\
                  likelihood = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"j\"]\n\
                  impact = [\"\\u001b[31mred\", \"two\"]\nscore = \"sum\"\n[[risk.bands]]\nname = \"all\"\nmax = 12\n";
    let risk = |n: u32| {
        format!(
            "- {{id: R-{n}, title: \"\\e[2J\", owner: ciso, category: x, identified: 2026-01-05, likelihood: 10, impact: 2, status: open}}\n"
        )
    };
    let risks: String = (0..120).map(risk).collect();
    let folder = Folder::workspace(&[("risks/r.yaml", risks)]);
    folder.write("isms.toml", config);
    for words in ["risk", "risk matrix --of current", "risk show R-7"] {
        let text = folder.at(JUNE, words).fine();
        assert!(!text.contains('\u{1b}'), "{words}");
    }
    let text = run_on(
        folder.path(),
        PLAIN,
        &["risk", "matrix", "--of", "current", "--as-of", JUNE],
    );
    let text = text.fine();
    assert!(text.contains(" 120\n"), "{text}");
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
}
