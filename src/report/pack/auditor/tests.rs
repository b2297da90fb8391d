use super::super::testbed::{borrowed, document, kpi, said};

fn questions(files: &[(String, String)]) -> Vec<String> {
    said(&document(&borrowed(files)), "auditor_questions")
}

fn file(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

const ACTION: &str = "title: Do it\nowner: cto\ntype: corrective\nsource: FND-1\nopened: 2026-01-05\n\
    success_criteria: done\n";
const FINDING: &str = "id: FND-1\ntitle: A gap\nowner: cto\ntype: minor\nsource: K-1\nraised: 2026-01-05\nraised_by: ciso\n\
    root_cause: {date: 2026-01-08, by: cto, text: haste}\nconsequences: none\nsimilar: {checked_by: cto, on: 2026-01-08}\n";

/// A KPI that is missed from April on.
fn missed() -> Vec<(String, String)> {
    let values = [96.0, 96.0, 96.0, 80.0, 80.0, 80.0].map(Some);
    kpi("K-1", "target: \">= 95%\"", &values)
}

#[test]
fn each_cause_has_its_question_and_its_clause() {
    type Files = Vec<(String, String)>;
    let cases: Vec<(Files, &str, &str)> = vec![
        (
            vec![],
            "10.2 a | The target is missed",
            "Figure K-1 (K-1), 80 % against ≥ 95 %, off target since 1 Apr 2026",
        ),
        (
            vec![file(
                "actions/one.yaml",
                &format!(
                    "id: ACT-1\n{ACTION}due: 2026-08-01\nstatus: open\nextensions:\n\
                     - {{from: 2026-03-01, to: 2026-05-01, by: ciso, on: 2026-02-20, reason: late}}\n\
                     - {{from: 2026-05-01, to: 2026-08-01, by: ciso, on: 2026-04-20, reason: later}}\n"
                ),
            )],
            "10.2 c | The action was put off",
            "Do it (ACT-1), 2 extensions, due 1 Mar 2026 at first, now 1 Aug 2026",
        ),
        (
            vec![
                file(
                    "findings/one.yaml",
                    &format!(
                        "{FINDING}actions: [ACT-1]\nstatus: closed\nclosed: 2026-05-02\nclosed_by: ciso\n"
                    ),
                ),
                file(
                    "actions/one.yaml",
                    &format!(
                        "id: ACT-1\n{ACTION}due: 2026-05-01\nstatus: completed\ncompleted: 2026-05-01\n"
                    ),
                ),
            ],
            "10.2 d | The finding is closed",
            "A gap (FND-1), closed on 2 May 2026",
        ),
        (
            vec![file(
                "risks/one.yaml",
                "id: RISK-1\ntitle: Flood\nowner: cto\ncategory: site\nidentified: 2026-01-05\nstatus: accepted\n\
                 likelihood: 2\nimpact: 4\ntreatment: {option: accept}\n\
                 acceptance: {by: [{who: ciso, on: 2026-02-01}], until: 2026-07-15, score: 8, rationale: small}\n",
            )],
            "6.1.3 f | The acceptance ends soon",
            "Flood (RISK-1), signed by ciso, until 15 Jul 2026",
        ),
        (
            vec![file(
                "audits/one.yaml",
                "id: AUD-1\ntitle: Spring audit\nowner: ciso\ntype: internal\nscope: all\ncriteria: 27001\n\
                 auditors: [ciso]\nplanned: 2026-04-10\n",
            )],
            "9.2.1 | The audit was planned",
            "Spring audit (AUD-1), planned for 10 Apr 2026",
        ),
        (
            vec![file(
                "reviews/q1.yaml",
                "id: REV-Q1\ntitle: First quarter\nowner: ciso\ntype: quarterly\nplanned: 2026-04-10\nheld: 2026-04-14\n\
                 period: {from: 2026-01-01, to: 2026-03-31}\nattendees: [cto]\n",
            )],
            "9.3.3 | The review is not signed off",
            "First quarter (REV-Q1), held on 14 Apr 2026",
        ),
        (
            vec![file(
                "policies/one.yaml",
                "id: POL-1\ntitle: Policy\nowner: ciso\nversion: 1\neffective: 2026-01-01\nreview: {every: 1y}\n\
                 evidence: [{url: \"https://example.org/a\", valid_until: 2026-05-31}]\n",
            )],
            "7.5.3 | The evidence has expired",
            "POL-1 (",
        ),
    ];
    for (more, question, about) in cases {
        let files: Vec<_> = missed().into_iter().chain(more).collect();
        let questions = questions(&files);
        let found = questions.iter().find(|line| line.starts_with(question));
        let found = found.unwrap_or_else(|| panic!("{question}\n{questions:#?}"));
        assert!(found.contains(about), "{about}\n{found}");
    }
}

#[test]
fn an_answered_miss_is_no_question_and_the_gravest_comes_first() {
    let mut files = missed();
    files.push(file(
        "findings/one.yaml",
        &format!("{FINDING}status: open\n"),
    ));
    let asked = questions(&files);
    assert!(
        asked
            .iter()
            .all(|line| !line.starts_with("10.2 a | The target")),
        "{asked:#?}"
    );
    let asked = questions(&missed());
    assert!(
        asked[1].starts_with("10.2 a | The target is missed"),
        "{asked:#?}"
    );
}

#[test]
fn questions_are_bounded_however_many_records_give_cause() {
    let values = [96.0, 96.0, 96.0, 80.0, 80.0, 80.0].map(Some);
    let files: Vec<_> = (0..60)
        .flat_map(|number| kpi(&format!("K-{number}"), "target: \">= 95%\"", &values))
        .collect();
    let asked = questions(&files);
    assert!(asked.len() < 40, "{}", asked.len());
    assert!(asked[1].ends_with("; and 56 more"), "{}", asked[1]);
}
