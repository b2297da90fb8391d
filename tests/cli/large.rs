//! Much of one thing: files in a folder, letters in a scalar, diagnostics in a run.

use crate::harness::{Folder, PLAIN, run_on};
use std::fmt::Write;
use std::time::{Duration, Instant};

const RISK: &str = "id: RISK-NUMBER\ntitle: A risk\nowner: ciso\ncategory: a\nidentified: 2026-01-05\nlikelihood: 1\nimpact: 1\nstatus: open\n";

#[test]
fn twenty_thousand_files_in_one_folder() {
    let folder = Folder::workspace::<&str>(&[]);
    std::fs::create_dir(folder.path().join("risks")).unwrap();
    for number in 0..20_000 {
        let text = RISK.replace("NUMBER", &format!("{number:05}"));
        std::fs::write(folder.path().join(format!("risks/{number:05}.yaml")), text).unwrap();
    }
    let run = folder.run(&["check", "--timely"]);
    assert_eq!(run.fine(), "ok 20000 records, nothing to report\n");
    assert!(folder.run(&["status"]).fine().contains("Risks    20000"));
    let pack = folder.run(&["pack"]).fine();
    assert!(pack.contains("RISK-19999"));
}

/// A long text with a mistake behind it is told in few lines.
#[test]
fn a_scalar_of_five_megabytes() {
    let long = "words and words ".repeat(5 * 65_536);
    let record = RISK.replace("NUMBER", "001");
    for notes in [
        format!("notes: {long}\n"),
        format!("notes: \"{long}\"\n"),
        format!(
            "notes: |\n  {}\n",
            long.replace("and words ", "and words\n  ")
        ),
    ] {
        let folder = Folder::workspace(&[("risks/r.yaml", format!("{record}{notes}"))]);
        let begin = Instant::now();
        assert_eq!(
            folder.run(&["check"]).fine(),
            "ok 1 record, nothing to report\n"
        );
        let broken = format!("{record}{notes}colour: red\n");
        folder.write("risks/r.yaml", broken);
        let run = folder.run(&["check"]);
        assert_eq!(run.status, 1);
        assert!(run.out.contains("there is no field `colour` here"));
        assert!(
            run.out.len() < 20_000,
            "{} bytes for one mistake",
            run.out.len()
        );
        assert!(begin.elapsed() < Duration::from_secs(20));
    }
    // The mistake on the long line itself.
    let line = format!(
        "{{id: RISK-001, notes: \"{long}\", colour: red, owner: ciso, title: x, category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}}\n"
    );
    let folder = Folder::workspace(&[("risks/r.yaml", line)]);
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(
        run.out.contains(&format!("r.yaml:1:{}]", long.len() + 27)),
        "{}",
        run.out
    );
    assert!(
        run.out.len() < 20_000,
        "{} bytes for one mistake",
        run.out.len()
    );
}

/// Time grows with the number of diagnostics, not with its square, and a file is not copied for each.
#[test]
fn many_mistakes_in_one_file() {
    let mut text = String::new();
    for number in 0..2_000 {
        let _ = writeln!(
            text,
            "- {{id: RISK-{number}, title: x, owner: ciso, category: a, identified: 2026-13-05, likelihood: 1, impact: 1, status: open}}"
        );
    }
    let folder = Folder::workspace(&[("risks/r.yaml", text)]);
    let begin = Instant::now();
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(run.out.ends_with("2000 errors in 2000 records\n"));
    assert!(
        begin.elapsed() < Duration::from_secs(20),
        "{:?}",
        begin.elapsed()
    );
}

#[test]
fn five_hundred_kpis_and_a_list_of_fifty_thousand_risks() {
    let folder = Folder::workspace::<&str>(&[]);
    let mut risks = String::new();
    for number in 0..50_000 {
        let _ = writeln!(
            risks,
            "- {{id: RISK-{number}, title: x, owner: ciso, category: a, identified: 2026-01-05, likelihood: 1, impact: 1, status: open}}"
        );
    }
    folder.write("risks/all.yaml", risks);
    for number in 0..500 {
        folder.write(
            &format!("kpis/{number}.yaml"),
            format!("id: KPI-{number:03}\ntitle: x\nowner: ciso\narea: a\nunit: count\ncadence: monthly\ntarget: 0\nmeasure: {{over: actions, at: completed, aggregate: count}}\n"),
        );
    }
    let run = run_on(folder.path(), PLAIN, &["status"]);
    assert_eq!(run.status, 0);
    assert!(
        run.out.contains("KPIs     500") && run.out.contains("Risks    50000"),
        "{}",
        &run.out[..400]
    );
}
