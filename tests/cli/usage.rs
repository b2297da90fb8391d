//! What the tool cannot do ends with status 2, says why, and never falls back to something else.

use crate::harness::{CONFIG, Folder, JUNE, PLAIN, run_on, run_world};

#[test]
fn what_is_not_understood_is_refused() {
    let folder = Folder::example("starter");
    for (words, says) in [
        ("chekc", "check"),
        ("check --tmely", "--timely"),
        ("check --format yaml", "json"),
        ("status extra", "extra"),
        ("kpi --explain", "ID"),
        ("kpi KPI-BACKUP --period 2026-01", "--explain"),
        ("kpi --periods x", "x"),
        ("due --within soon", "soon"),
        ("due --within -3d", "-3"),
        ("due --within=-3d", "-3d"),
        ("due --within 1h", "whole days"),
        ("--threads 0 status", "0"),
        ("--color blue status", "blue"),
        ("status --as-of 2026-02-30", "2026-02-30"),
        ("status --as-of yesterday", "yesterday"),
        ("status --as-of 2026-6-1", "2026-6-1"),
        (
            "status --as-of 2026-06-30T00:00:00Z",
            "2026-06-30T00:00:00Z",
        ),
        ("check nowhere", "`nowhere`"),
        ("check kpis nowhere/x.yaml", "nowhere/x.yaml"),
        ("check /", "not in the workspace"),
        ("check ..", "not in the workspace"),
        ("-C nowhere status", "nowhere"),
        ("-C isms.toml status", "not a folder"),
        ("explain no-such-rule", "no-such-rule"),
        ("schema kpis/x", "kpis/x"),
    ] {
        let words: Vec<&str> = words.split_whitespace().collect();
        let err = folder.run(&words).refused();
        assert!(err.contains(says), "{words:?}: {err}");
        assert!(err.ends_with('\n') && !err.contains("panicked"), "{err}");
    }
    assert_eq!(folder.run::<&str>(&[]).status, 2);
    let err = run_world(folder.path(), PLAIN, Some("soon"), &["status"]).refused();
    assert!(
        err.contains("ISMSCTL_AS_OF") && err.contains("`soon`"),
        "{err}"
    );
}

#[test]
fn help_and_version_need_no_workspace() {
    let folder = Folder::new();
    assert_eq!(
        folder.run(&["--version"]).fine(),
        format!("ismsctl {}\n", env!("CARGO_PKG_VERSION"))
    );
    for words in [
        "--help",
        "check --help",
        "kpi -h",
        "completions bash",
        "man",
    ] {
        let words: Vec<&str> = words.split_whitespace().collect();
        assert!(!folder.run(&words).fine().is_empty());
    }
}

#[test]
fn without_a_workspace_there_is_help() {
    let folder = Folder::new();
    for command in ["check", "status", "kpi", "due", "pack"] {
        let err = folder.run(&[command]).refused();
        assert!(err.contains("there is no isms.toml in"), "{err}");
        assert!(
            err.contains("ismsctl init") && err.contains("-C DIR"),
            "{err}"
        );
    }
    // A folder of that name is none.
    std::fs::create_dir(folder.path().join("isms.toml")).unwrap();
    assert_eq!(folder.run(&["check"]).status, 2);
}

const RISK: &str = "id: RISK-001\ntitle: x\nowner: ciso\nstatus: opne\n";

#[test]
fn a_broken_configuration_hides_no_record() {
    for config in [
        "[isms\nname = 1\n",
        "[isms]\n",
        "",
        "[isms]\nname = \"x\"\nnam = \"y\"\n",
        "[isms]\nname = \"x\"\nsince = \"2026-01-01x\"\n",
    ] {
        let folder = Folder::workspace(&[("isms.toml", config), ("risks/r.yaml", RISK)]);
        let run = folder.run(&["check"]);
        assert_eq!((run.status, run.err.as_str()), (2, ""), "{config}");
        assert!(run.out.contains("error[config]"), "{config}: {}", run.out);
        assert!(run.out.contains("isms.toml"), "{}", run.out);
        assert!(
            run.out.contains("`opne` is not a value"),
            "{config}: {}",
            run.out
        );
        for command in ["status", "kpi", "due"] {
            // Time zone, first day and thresholds are unknown, so no figure would mean anything.
            let err = folder.run(&[command]).refused();
            assert!(
                err.starts_with("ismsctl: isms.toml:"),
                "{config} {command}: {err}"
            );
            assert!(err.contains("see `ismsctl check`"), "{err}");
        }
        let run = folder.run(&["pack", "--draft"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{config}");
    }
}

/// A read command shows what it can, opens with what it had to leave out, and says no data where that matters.
#[test]
fn a_broken_record_is_told_and_spoils_the_figures_over_its_kind() {
    let folder = Folder::example("management-review");
    folder.write(
        "incidents/broken.yaml",
        "id: INC-099\ntitle: x\nseverity: sev9x\ndetected: 2026-06-30x\n",
    );
    for command in ["status", "kpi", "due"] {
        let run = folder.at(JUNE, command);
        assert_eq!((run.status, run.err.as_str()), (1, ""), "{command}");
        let opening: String = run.out.lines().take(6).collect();
        assert!(opening.contains("Left out"), "{command}: {opening}");
        assert!(
            opening.contains("incidents/broken.yaml"),
            "{command}: {opening}"
        );
        let json = folder.at(JUNE, &format!("{command} --format json"));
        assert_eq!(json.status, 1);
        assert!(json.out.contains("incidents/broken.yaml"), "{command}");
    }
    let json = folder.at(JUNE, "kpi --format json").json();
    for kpi in json["kpis"].as_array().unwrap() {
        // Obligations come from incidents as well.
        let over_incidents = [
            "KPI-MTTR-SEV1",
            "KPI-CUSTOMER-INCIDENTS",
            "KPI-ACCESS-REVIEW",
            "KPI-BREACH-NOTICE",
        ]
        .contains(&kpi["id"].as_str().unwrap());
        if over_incidents {
            assert_eq!(kpi["current"]["value"], serde_json::Value::Null, "{kpi}");
            assert_eq!(kpi["current"]["verdict"], "no-data", "{kpi}");
            assert!(
                kpi["reason"]
                    .as_str()
                    .unwrap()
                    .contains("incidents/broken.yaml"),
                "{kpi}"
            );
        } else {
            let reason = kpi["reason"].to_string();
            assert!(!reason.contains("broken"), "{kpi}");
        }
    }
    let run = folder.at(JUNE, "kpi KPI-MTTR-SEV1 --explain");
    assert_eq!(run.status, 1);
    assert!(run.out.contains("incidents/broken.yaml"), "{}", run.out);
    // A pack is refused, unless it may be a draft.
    let run = folder.at(JUNE, "pack");
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("pack --draft"), "{}", run.err);
    let run = folder.at(JUNE, "pack --draft");
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    let opening: String = run.out.lines().take(8).collect();
    assert!(opening.contains("Draft"), "{opening}");
    assert!(opening.contains("incidents/broken.yaml"), "{opening}");
    assert!(run.out.contains("KPI-MTTR-SEV1: no data"), "{}", run.out);
}

/// A file of a kind that cannot even be parsed spoils the kind as well.
#[test]
fn a_file_that_is_no_yaml_spoils_its_kind() {
    let folder = Folder::example("management-review");
    folder.write(
        "registers/vulnerabilities/zz.yaml",
        "- {id: VULN-900, severity: high\n",
    );
    let json = folder.at(JUNE, "kpi KPI-VULN-HIGH --format json").json();
    assert_eq!(json["kpis"][0]["current"]["verdict"], "no-data");
    folder.write("results/zz.yaml", b"id: \xff\n");
    let json = folder.at(JUNE, "kpi KPI-BACKUP --format json").json();
    // The deadline has not passed, so the missing figure is pending; it is missing all the same.
    assert_eq!(json["kpis"][0]["current"]["value"], serde_json::Value::Null);
    let reason = json["kpis"][0]["reason"].to_string();
    assert!(reason.contains("results/zz.yaml"), "{reason}");
}

#[test]
fn empty_workspaces_are_shown_as_such() {
    let folder = Folder::workspace::<&str>(&[]);
    assert_eq!(
        folder.run(&["check"]).fine(),
        "ok 0 records, nothing to report\n"
    );
    assert!(folder.run(&["kpi"]).fine().contains("no KPI is defined"));
    assert!(folder.run(&["due"]).fine().contains("nothing is due"));
    assert!(folder.run(&["status"]).fine().contains("KPIs       0"));
    assert!(folder.run(&["pack"]).fine().contains("No KPI is defined"));
    folder.write("isms.toml", CONFIG.replace("since = 2026-01-01\n", ""));
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 0);
    assert!(run.out.contains("since-missing"), "{}", run.out);
}

#[test]
fn any_day_and_any_width_will_do() {
    let folder = Folder::example("starter");
    for day in [
        "0001-01-01",
        "1969-12-31",
        "2024-02-29",
        "2028-02-29",
        "2099-12-31",
    ] {
        for command in ["check --timely", "status", "kpi", "due", "pack"] {
            let run = folder.at(day, command);
            assert!(
                run.status < 2 && run.err.is_empty(),
                "{day} {command}: {run:?}"
            );
        }
    }
    let example = Folder::example("management-review");
    for width in [0, 1, 20, 40, 400, 100_000] {
        for command in [
            "check",
            "status",
            "kpi",
            "due",
            "kpi KPI-VULN-HIGH --explain",
        ] {
            let screen = crate::harness::Screen { width, color: true };
            let mut words: Vec<&str> = command.split_whitespace().collect();
            words.extend(["--as-of", JUNE]);
            assert_eq!(run_on(example.path(), screen, &words).status, 0);
        }
    }
}
