//! A cadence beside a trigger: whichever comes first, for every record.

use crate::support::{Workspace, activity, record, word};
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::{Verdict, evaluate};
use ismsctl::assess::obligations::obligations;

const VENDORS: &str =
    "since = 2025-01-01\n[registers.vendors]\nopened = \"onboarded\"\nclosed = \"offboarded\"";

fn assessments(cadence: &str, row: &str, results: &str, day: &str) -> Vec<String> {
    let text = activity(&format!(
        "{cadence}\ntrigger: {{over: vendors, where: r.tier == \"critical\", from: renewal, within: 0d}}"
    ));
    let row = format!("{{id: acme, tier: critical, {row}}}\n");
    let mut files = vec![
        ("activities/a.yaml", text.as_str()),
        ("registers/vendors/v.yaml", &row),
    ];
    if !results.is_empty() {
        files.push(("results/r.yaml", results));
    }
    Workspace::new(VENDORS, &files).of("activity", day)
}

fn result(date: &str, more: &str) -> String {
    format!("- {{activity: ACTV, for: [vendors/acme], date: {date}, outcome: pass{more}}}\n")
}

#[test]
fn the_earlier_of_renewal_and_year_end_counts() {
    let of = |results: &str, day: &str| {
        assessments(
            "cadence: annual",
            "onboarded: 2023-05-01, renewal: 2026-07-10",
            results,
            day,
        )
    };
    assert_eq!(
        of("", "2026-07-09"),
        [
            // Thirty days of grace of an annual cadence are over.
            "ACTV for vendors/acme 2025 due 2025-12-31 overdue",
            "ACTV for vendors/acme 2026 due 2026-07-10 due-soon",
            "ACTV for vendors/acme 2027 due 2027-12-31 upcoming",
        ]
    );
    // The renewal has no grace, the year has.
    assert_eq!(
        of("", "2026-01-30")[0],
        "ACTV for vendors/acme 2025 due 2025-12-31 in-grace"
    );
    assert_eq!(
        of("", "2026-07-11")[1],
        "ACTV for vendors/acme 2026 due 2026-07-10 overdue"
    );
    // In the year, before the renewal; in the year, after it; in the grace of the year before.
    let line = |results: &str, index: usize| of(results, "2026-12-31")[index].clone();
    let both = |second: &str| format!("{}{}", result("2025-11-03", ""), result(second, ""));
    assert_eq!(
        line(&both("2026-02-01"), 0),
        "ACTV for vendors/acme 2025 due 2025-12-31 done 2025-11-03"
    );
    assert_eq!(
        line(&both("2026-02-01"), 1),
        "ACTV for vendors/acme 2026 due 2026-07-10 done 2026-02-01"
    );
    assert_eq!(
        line(&both("2026-08-01"), 1),
        "ACTV for vendors/acme 2026 due 2026-07-10 done-late 2026-08-01"
    );
    let late = result("2026-01-20", "");
    assert_eq!(
        line(&late, 0),
        "ACTV for vendors/acme 2025 due 2025-12-31 done 2026-01-20"
    );
    assert_eq!(
        line(&late, 1),
        "ACTV for vendors/acme 2026 due 2026-07-10 overdue"
    );
    // It may say to which year it belongs.
    let named = result("2026-01-20", ", period: 2026");
    assert_eq!(
        line(&named, 0),
        "ACTV for vendors/acme 2025 due 2025-12-31 overdue"
    );
    assert_eq!(
        line(&named, 1),
        "ACTV for vendors/acme 2026 due 2026-07-10 done 2026-01-20"
    );
}

#[test]
fn a_record_has_duties_from_its_beginning_to_its_end() {
    let of = |row: &str, day: &str| assessments("cadence: annual\ngrace: 0d", row, "", day);
    // From the year in which it began; without a renewal by the last day.
    assert_eq!(
        of("onboarded: 2026-03-01", "2026-06-30"),
        [
            "ACTV for vendors/acme 2026 due 2026-12-31 upcoming",
            "ACTV for vendors/acme 2027 due 2027-12-31 upcoming",
        ]
    );
    // A renewal before it began is of another contract.
    assert_eq!(
        of("onboarded: 2026-03-01, renewal: 2026-02-01", "2026-06-30")[0],
        "ACTV for vendors/acme 2026 due 2026-12-31 upcoming"
    );
    // What was overdue when it ended stays so; nothing else is asked for.
    let ended = "onboarded: 2023-05-01, offboarded: 2026-04-01";
    assert_eq!(of(ended, "2026-03-31").len(), 3);
    assert_eq!(
        of(ended, "2026-04-01"),
        ["ACTV for vendors/acme 2025 due 2025-12-31 overdue"]
    );
    let in_time = "onboarded: 2023-05-01, offboarded: 2025-12-31";
    assert_eq!(of(in_time, "2026-04-01"), [""; 0]);
}

#[test]
fn the_age_of_the_latest_result_beside_a_trigger() {
    let of = |results: &str, day: &str| {
        let cadence = "cadence: continuous\nmax_age: 90d";
        let cadence = cadence.replace("continuous\nmax_age: 90d", "{max_age: 90d}");
        assessments(
            &cadence,
            "onboarded: 2026-01-01, renewal: 2026-07-10",
            results,
            day,
        )
        .join("; ")
    };
    // Ninety days after the first day; after a result; the renewal comes first; it was done after the renewal.
    assert_eq!(
        of("", "2026-01-31"),
        "ACTV for vendors/acme due 2026-04-01 upcoming"
    );
    assert_eq!(
        of(&result("2026-03-01", ""), "2026-05-15"),
        "ACTV for vendors/acme due 2026-05-30 due-soon"
    );
    assert_eq!(
        of(&result("2026-05-01", ""), "2026-05-15"),
        "ACTV for vendors/acme due 2026-07-10 upcoming"
    );
    assert_eq!(
        of(&result("2026-07-10", ""), "2026-07-15"),
        "ACTV for vendors/acme due 2026-10-08 upcoming"
    );
}

#[test]
fn several_owners_have_a_part_each() {
    let part = |id: &str, owner: &str| {
        format!(
            "id: {id}\ntitle: t\nowner: {owner}\nmethod: manual\ncadence: quarterly\nkpis: [KPI]\n"
        )
    };
    let parts = format!(
        "---\n{}---\n{}",
        part("ACTV-DEV", "engineering"),
        part("ACTV-BUS", "operations")
    );
    let kpi = record(
        "KPI",
        "area: a\nunit: percent\ncadence: quarterly\ntarget: 100%\nmeasure: {recorded: sum}",
    );
    let result = |id: &str, done: u32| {
        format!(
            "- {{activity: {id}, kpi: KPI, period: 2026-Q1, date: 2026-03-31, numerator: {done}, denominator: 10}}\n"
        )
    };
    let of = |results: &str| {
        let files = [
            ("activities/a.yaml", parts.as_str()),
            ("kpis/k.yaml", &kpi),
            ("results/r.yaml", results),
        ];
        let workspace = Workspace::new("since = 2026-01-01", &files);
        let duties: Vec<String> = workspace
            .on("2026-04-20")
            .iter()
            .filter(|it| {
                it.period
                    .is_some_and(|period| period.to_string() == "2026-Q1")
            })
            .map(|it| {
                format!(
                    "{} {} {}",
                    it.subject,
                    it.owner.as_deref().unwrap_or("-"),
                    word(&it.state)
                )
            })
            .collect();
        let timeline = Timeline::of(workspace.snapshot());
        let series = evaluate(&timeline, "2026-04-20".parse().unwrap(), &obligations);
        let point = series[0].points[0].clone();
        (duties, point.figure.value, point.verdict)
    };
    let (duties, value, verdict) = of(&result("ACTV-DEV", 10));
    assert_eq!(
        duties,
        ["ACTV-BUS operations overdue", "ACTV-DEV engineering done"]
    );
    assert_eq!((value, verdict), (None, Some(Verdict::NoData)));
    let (duties, value, _) = of(&format!(
        "{}{}",
        result("ACTV-DEV", 10),
        result("ACTV-BUS", 8)
    ));
    assert_eq!(
        duties,
        ["ACTV-BUS operations done", "ACTV-DEV engineering done"]
    );
    assert_eq!(value, Some(90.0));
}
