use super::super::testbed::{borrowed, document, kpi, said};

/// The first sentence, and what stands under a heading.
fn under(files: &[(String, String)], heading: &str) -> (String, Vec<String>) {
    let said = said(&document(&borrowed(files)), "summary");
    let heading = format!("# {heading}");
    let after = said.iter().skip_while(|line| **line != heading).skip(1);
    let own = after.take_while(|line| !line.starts_with('#'));
    (said[0].clone(), own.cloned().collect())
}

const TARGET: &str = "target: \">= 95%\"\nnear: \">= 90%\"";

fn values(values: [f64; 6]) -> Vec<Option<f64>> {
    values.into_iter().map(Some).collect()
}

#[test]
fn the_first_sentence_is_the_verdict_on_the_whole() {
    let met = kpi("K-1", TARGET, &values([96.0; 6]));
    let also = kpi("K-2", TARGET, &values([97.0; 6]));
    let missed = kpi("K-3", TARGET, &values([96.0, 96.0, 96.0, 50.0, 50.0, 50.0]));
    let open = kpi("K-4", "", &values([50.0; 6]));
    type Files = Vec<(String, String)>;
    let cases: Vec<(Vec<&Files>, &str)> = vec![
        (vec![], "No KPI is judged in the period."),
        (vec![&open], "No KPI has a target."),
        (vec![&met], "The only KPI meets its target."),
        (
            vec![&missed],
            "The only KPI does not meet its target; 1 missed.",
        ),
        (vec![&met, &also, &open], "All 2 KPIs meet their targets."),
        (
            vec![&met, &missed],
            "1 of 2 KPIs meet their targets; 1 missed.",
        ),
    ];
    for (kpis, sentence) in cases {
        let files: Vec<(String, String)> = kpis.into_iter().flatten().cloned().collect();
        assert_eq!(under(&files, "Better").0, sentence);
    }
}

#[test]
fn a_good_state_says_so_plainly() {
    let files = kpi("K-1", TARGET, &values([96.0; 6]));
    let since = "1 Apr 2026, the first day of the period.";
    assert_eq!(
        under(&files, "Better").1,
        [format!("Nothing got better since {since}")]
    );
    assert_eq!(
        under(&files, "Worse").1,
        [format!("Nothing got worse since {since}")]
    );
    let decide = "Nothing in the records calls for a decision today.";
    assert_eq!(under(&files, "To decide today").1, [decide]);
}

#[test]
fn every_kpi_stands_where_its_verdict_and_trend_put_it() {
    let deviation = format!(
        "{TARGET}\ndeviations: [{{target: \">= 40%\", on: 2026-04-01, until: 2026-12-31, approved_by: ciso, reason: moving}}]"
    );
    let cases: Vec<(&str, Vec<Option<f64>>, &str, &str)> = vec![
        (
            TARGET,
            values([96.0, 96.0, 96.0, 80.0, 70.0, 60.0]),
            "Worse",
            "Figure K-1 (K-1) is missed: 60 % in 2026-06 against ≥ 95 %, the third period in a row, off target since 1 Apr \
             2026, worsened from 70 % in 2026-05 (met with 96 % in 2026-03), beyond \
             ordinary variation; owner Technology; no finding or action answers it.",
        ),
        (
            TARGET,
            values([80.0, 80.0, 80.0, 96.0, 96.0, 96.0]),
            "Better",
            "Figure K-1 (K-1) meets its target: 96 % in 2026-06 against ≥ 95 % (missed with 80 % in 2026-03); owner Technology.",
        ),
        // What improved and still misses says both.
        (
            TARGET,
            values([60.0, 60.0, 60.0, 60.0, 60.0, 70.0]),
            "Better",
            "Figure K-1 (K-1) is missed: 70 % in 2026-06 against ≥ 95 %, for 6 periods in a row, off target since 1 Jan \
             2026, improved from 60 % in 2026-05, beyond ordinary variation; owner Technology; no finding or action answers it.",
        ),
        (
            TARGET,
            values([80.0; 6]),
            "Still off target or unknown",
            "Figure K-1 (K-1) is missed: 80 % in 2026-06 against ≥ 95 %, for 6 periods in a row, off target since 1 Jan \
             2026; owner Technology; no finding or action answers it.",
        ),
        (
            TARGET,
            values([80.0, 80.0, 80.0, 80.0, 80.0, 92.0]),
            "Better",
            "Figure K-1 (K-1) is near its target: 92 % in 2026-06 against ≥ 95 %, off target since 1 Jan 2026, improved \
             from 80 % in 2026-05 (missed), beyond ordinary variation; owner Technology.",
        ),
        (
            &deviation,
            values([96.0, 96.0, 96.0, 96.0, 96.0, 50.0]),
            "Worse",
            "Figure K-1 (K-1) misses its target under an approved deviation: 50 % in 2026-06 against ≥ 95 %, ciso \
             approved ≥ 40 % until 31 Dec 2026, worsened from 96 % in 2026-05 (met), beyond ordinary \
             variation; owner Technology.",
        ),
        (
            "target: \">= 95%\"\ngrace: 0d",
            vec![
                Some(96.0),
                Some(96.0),
                Some(96.0),
                Some(96.0),
                Some(96.0),
                None,
            ],
            "To decide today",
            "Nothing in the records calls for a decision today.",
        ),
        (
            "target: 100% for 2 periods",
            values([100.0, 100.0, 100.0, 100.0, 50.0, 100.0]),
            "Worse",
            "Figure K-1 (K-1) is missed: 50 %, 100 % up to 2026-06 against 100 % for 2 periods, the second period in a \
             row, off target since 1 May 2026 (met with 100 %, 100 % up to 2026-03); owner Technology; no finding or action answers it.",
        ),
    ];
    for (more, values, heading, sentence) in cases {
        let (_, own) = under(&kpi("K-1", more, &values), heading);
        assert!(own.contains(&sentence.to_owned()), "{sentence}\n{own:#?}");
    }
}

#[test]
fn missing_figures_are_said_to_be_missing() {
    let silent = kpi("K-1", "target: 100%\nsince: 2026-01-01", &[]);
    let (first, own) = under(&silent, "Still off target or unknown");
    // June's result is not late yet, and May's was never recorded.
    assert_eq!(first, "The only KPI does not meet its target; 1 pending.");
    assert_eq!(own, [""; 0]);
    let late = kpi(
        "K-1",
        "target: 100%\ngrace: 0d",
        &[Some(100.0), Some(100.0), Some(100.0)],
    );
    let (_, worse) = under(&late, "Worse");
    assert!(
        worse[0].starts_with("Figure K-1 (K-1) has no figure for 2026-05 (target 100 %)"),
        "{worse:?}"
    );
    assert!(
        worse[0].contains("(met with 100 % in 2026-03)"),
        "{worse:?}"
    );
}

#[test]
fn what_cannot_be_read_is_told_before_any_figure() {
    let mut files = kpi("K-1", TARGET, &values([96.0; 6]));
    files.push((
        "kpis/broken.yaml".to_owned(),
        "id: K-2\ntitle: [\n".to_owned(),
    ));
    let (first, _) = under(&files, "Better");
    assert!(first.starts_with("Incomplete: kpis/broken.yaml"), "{first}");
}

#[test]
fn risks_come_first_where_nobody_answers_for_them() {
    let mut files = kpi("K-1", TARGET, &values([96.0, 96.0, 96.0, 80.0, 70.0, 60.0]));
    let risk = "id: RISK-1\ntitle: Flood\nowner: ciso\ncategory: site\nidentified: 2026-01-05\nstatus: open\n\
        assessments:\n- {date: 2026-01-05, by: ciso, likelihood: 2, impact: 5}\n\
        - {date: 2026-05-04, by: ciso, likelihood: 4, impact: 5}\n";
    files.push(("risks/one.yaml".to_owned(), risk.to_owned()));
    let (_, worse) = under(&files, "Worse");
    assert_eq!(
        worse[0],
        "Flood (RISK-1) has grown: 10 medium → 20 high, assessed on 4 May 2026, above the appetite of 12, neither under \
         treatment nor validly accepted; owner Security."
    );
    let (_, decide) = under(&files, "To decide today");
    assert_eq!(
        decide[0],
        "Flood (RISK-1): 20 high against an appetite of 12, owner Security; it is above the appetite, neither under treatment \
         nor accepted. Accept it, or treat it."
    );
}

#[test]
fn five_hundred_kpis_and_thousands_of_duties_stay_on_a_page() {
    let mut files = Vec::new();
    for number in 0..500 {
        let missed = values([96.0, 96.0, 96.0, 80.0, 70.0, 60.0]);
        files.extend(kpi(&format!("K-{number:03}"), TARGET, &missed));
    }
    for number in 0..5000 {
        let action = format!(
            "id: ACT-{number:04}\ntitle: Do it\nowner: cto\ntype: corrective\nsource: K-001\nopened: 2026-01-05\n\
             due: 2026-02-01\nsuccess_criteria: done\nstatus: open\n"
        );
        files.push((format!("actions/{number}.yaml"), action));
    }
    let said = said(&document(&borrowed(&files)), "summary");
    assert_eq!(said[0], "None of 500 KPIs meets its target; 500 missed.");
    assert!(said.len() < 40, "{}", said.len());
    let letters: usize = said.iter().map(|line| line.chars().count()).sum();
    assert!(letters < 5_000, "{letters}");
    for wanted in [
        "5000 duties are overdue.",
        "And 495 more, which the parts below tell.",
        "And 4996 more, listed under “Overdue and upcoming work”.",
        "And 497 more missed KPIs, listed under “KPI dashboard”.",
    ] {
        assert!(
            said.iter().any(|line| line == wanted),
            "{wanted}\n{said:#?}"
        );
    }
}

#[test]
fn of_kpis_that_missed_as_long_the_one_that_is_further_off_comes_first() {
    let mut files = kpi("K-1", TARGET, &values([96.0, 96.0, 96.0, 96.0, 96.0, 80.0]));
    let further = values([96.0, 96.0, 96.0, 96.0, 96.0, 40.0]);
    files.extend(kpi("K-2", TARGET, &further));
    let decide = format!("{TARGET}\ndecide: Ask for help.");
    let agreed = values([96.0, 96.0, 96.0, 96.0, 96.0, 85.0]);
    files.extend(kpi("K-3", &decide, &agreed));
    for heading in ["Worse", "To decide today"] {
        let (_, said) = under(&files, heading);
        let order: Vec<usize> = ["K-3", "K-2", "K-1"]
            .iter()
            .filter_map(|id| said.iter().position(|line| line.contains(id)))
            .collect();
        assert_eq!(order, [0, 1, 2], "{heading}: {said:#?}");
    }
}

#[test]
fn what_waits_for_long_and_what_treatment_does_not_lower_is_to_be_decided() {
    let control = "id: CTL-1\ntitle: Backup\nowner: cto\ncategory: x\nstatement: y\n\
        applicability: {applicable: true, justification: kept, implemented: true}\n\
        evidence:\n- {url: 'https://example.org/a', valid_until: 2026-02-01}\n\
        - {url: 'https://example.org/b', valid_until: 2026-06-01}\n";
    let risk = "id: RISK-1\ntitle: Flood\nowner: ciso\ncategory: site\nidentified: 2026-01-05\nstatus: open\n\
        assessments:\n- {date: 2026-01-05, by: ciso, likelihood: 5, impact: 5}\n\
        treatment: {option: mitigate, plan: Move., actions: [ACT-1], due: 2026-09-01}\n";
    let action = "id: ACT-1\ntitle: Move the racks\nowner: cto\ntype: treatment\nsource: RISK-1\nopened: 2026-01-05\n\
        due: 2026-09-01\nsuccess_criteria: done\nstatus: open\n";
    let files = [
        ("controls/one.yaml", control),
        ("risks/one.yaml", risk),
        ("actions/one.yaml", action),
    ];
    let document = document(&files);
    let said = said(&document, "summary");
    let decide = said.iter().skip_while(|line| *line != "# To decide today");
    let decide: Vec<&String> = decide.skip(1).collect();
    assert_eq!(
        decide,
        [
            "Flood (RISK-1): 25 critical against an appetite of 12, owner Security; it is critical in spite of its \
             treatment. Is the treatment enough?",
            "Backup: https://example.org/a (CTL-1): 149 days late, owner Technology. A new date, help, or an end.",
        ]
    );
    let minutes = super::super::testbed::said(&document, "minutes");
    let about = |line: &&String| {
        line.starts_with("Flood (RISK-1) | ") || line.contains("example.org/a (CTL-1) | ")
    };
    assert_eq!(minutes.iter().filter(about).count(), 2, "{minutes:#?}");
}
