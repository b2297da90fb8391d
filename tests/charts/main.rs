//! The charts of every example: sound XML with a text for those who cannot see them, everything within its frame, and
//! a drawing of each kind kept as a snapshot. All of them are left in `target/tmp/charts`, to be looked at.

mod figures;
mod sound;

use chrono::NaiveDate;
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::evaluate;
use ismsctl::assess::obligations::{obligations, survey};
use ismsctl::render::svg;
use ismsctl::report::Incomplete;
use ismsctl::report::basis::Basis;
use ismsctl::report::document::{Chart, Document};
use ismsctl::report::kpi::KpiReport;
use ismsctl::report::pack::{Choice, Pack, Subject};
use ismsctl::report::scheduled::{Name, Report};
use ismsctl::workspace::{Origin, load};
use std::path::Path;

/// Every example with days to look at it.
const EXAMPLES: &[(&str, &str)] = &[
    ("audit-directive", "2026-06-30"),
    ("control-monitoring", "2026-06-30"),
    ("management-review", "2025-02-10"),
    ("management-review", "2026-03-31"),
    ("management-review", "2026-06-30"),
    ("monitoring-framework", "2026-06-30"),
    ("monitoring-phase", "2026-06-30"),
    ("starter", "2026-01-01"),
    ("starter", "2026-03-15"),
];

/// The pack of an example and its reports, each by its name.
fn documents(example: &str, day: &str) -> Vec<(String, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(example);
    of_folder(&folder, day)
}

fn of_folder(folder: &Path, day: &str) -> Vec<(String, Document)> {
    let as_of: NaiveDate = day.parse().unwrap();
    let snapshot = load(&Origin::Worktree(folder)).unwrap();
    let timeline = Timeline::of(&snapshot);
    let view = timeline.at(as_of);
    let series = evaluate(&timeline, as_of, &obligations);
    let survey = survey(&view);
    let kpis = |periods| {
        let incomplete = Incomplete::default();
        KpiReport::new(&timeline, as_of, series.clone(), periods, incomplete).rows
    };
    let (few, all) = (kpis(12), kpis(usize::MAX));
    let inputs = snapshot.spelled_inputs();
    let basis = |kpis| Basis {
        view: &view,
        survey: &survey,
        series: &series,
        kpis,
        revision: None,
        inputs: &inputs,
        digest: snapshot.digest().to_string(),
        version: "VERSION",
        left_out: Vec::new(),
        unclear: Vec::new(),
        draft: false,
    };
    let (for_pack, for_reports) = (basis(&few), basis(&all));
    let mut documents = Vec::new();
    let choice = Choice {
        review: None,
        r#type: None,
    };
    if let Ok(subject) = Subject::find(&view, &choice) {
        let pack = Pack::new(&for_pack, subject).document();
        documents.push(("pack".to_owned(), pack));
    }
    for name in Name::ALL {
        let report = Report::new(name, &for_reports, None).unwrap();
        documents.push((name.as_str().to_owned(), report.document()));
    }
    documents
}

/// Leaves a drawing to be looked at, and gives it back.
fn drawn(folder: &str, chart: &Chart) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("charts")
        .join(folder);
    std::fs::create_dir_all(&folder).unwrap();
    let svg = svg::standalone(chart);
    std::fs::write(folder.join(format!("{}.svg", chart.name)), &svg).unwrap();
    svg
}
