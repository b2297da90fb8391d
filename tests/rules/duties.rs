//! The rules about duties and the list of `due`, which never disagree.

use super::support::{PEOPLE, found, lines};
use chrono::NaiveDate;
use ismsctl::assess::Timeline;
use ismsctl::assess::obligations::{ObligationKind, State, obligations};
use ismsctl::diagnostics::catalogue::{CATALOGUE, Class};
use ismsctl::rules::{Scope, check};
use ismsctl::workspace::{Origin, load};
use std::collections::BTreeSet;
use std::path::Path;

/// The rule that tells what is overdue of a kind; ends of acceptances are judged with the acceptance.
fn rule(kind: ObligationKind) -> &'static str {
    match kind {
        ObligationKind::Activity => "activity-overdue",
        ObligationKind::Measurement | ObligationKind::Control => "measurement-overdue",
        ObligationKind::PolicyReview => "policy-review-overdue",
        ObligationKind::ControlReview => "control-review-overdue",
        ObligationKind::RiskReview => "risk-review-overdue",
        ObligationKind::RegisterReview => "register-review-overdue",
        ObligationKind::RiskTreatment => "risk-treatment-overdue",
        ObligationKind::AcceptanceEnd => "acceptance-expired",
        ObligationKind::Action => "action-overdue",
        ObligationKind::CheckIn => "check-in-missed",
        ObligationKind::Verification => "verification-overdue",
        ObligationKind::Finding => "finding-past-sla",
        ObligationKind::RootCause => "root-cause-overdue",
        ObligationKind::Lessons => "incident-without-lessons",
        ObligationKind::Notification => "breach-not-notified",
        ObligationKind::Audit => "audit-overdue",
        ObligationKind::ManagementReview => "management-review-overdue",
        ObligationKind::Report => "report-overdue",
        ObligationKind::KpiAnalysis => "kpi-analysis-overdue",
        ObligationKind::EvidenceExpiry => "evidence-expired",
        ObligationKind::Retention => "retention-due",
    }
}

/// Rules that tell duties, by what their page says they are.
fn rules() -> BTreeSet<&'static str> {
    let kinds = [
        ObligationKind::Activity,
        ObligationKind::Measurement,
        ObligationKind::Control,
        ObligationKind::PolicyReview,
        ObligationKind::ControlReview,
        ObligationKind::RiskReview,
        ObligationKind::RegisterReview,
        ObligationKind::RiskTreatment,
        ObligationKind::Action,
        ObligationKind::CheckIn,
        ObligationKind::Verification,
        ObligationKind::Finding,
        ObligationKind::RootCause,
        ObligationKind::Lessons,
        ObligationKind::Notification,
        ObligationKind::Audit,
        ObligationKind::ManagementReview,
        ObligationKind::Report,
        ObligationKind::KpiAnalysis,
        ObligationKind::EvidenceExpiry,
        ObligationKind::Retention,
    ];
    kinds.into_iter().map(rule).collect()
}

#[test]
fn every_rule_about_a_duty_depends_on_the_day() {
    for id in rules() {
        let known = CATALOGUE.iter().find(|rule| rule.id == id);
        assert_eq!(known.map(|rule| rule.class), Some(Class::Timely), "{id}");
    }
}

#[test]
fn due_and_the_rules_tell_the_same_in_the_examples() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut folders: Vec<_> = std::fs::read_dir(examples)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("isms.toml").is_file())
        .collect();
    folders.sort();
    let mut told = 0;
    for folder in folders {
        let snapshot = load(&Origin::Worktree(&folder)).unwrap();
        let timeline = Timeline::of(&snapshot);
        for day in [
            "2025-06-30",
            "2026-01-01",
            "2026-06-30",
            "2026-12-31",
            "2028-02-29",
        ] {
            let day: NaiveDate = day.parse().unwrap();
            let overdue: BTreeSet<(&str, String)> = obligations(&timeline.at(day))
                .into_iter()
                .filter(|it| match it.kind {
                    // Never overdue: it may be done, and nobody is waiting for it.
                    ObligationKind::Retention => it.due <= day && it.state != State::Blocked,
                    _ => it.state == State::Overdue,
                })
                .filter(|it| it.kind != ObligationKind::AcceptanceEnd)
                .map(|it| (rule(it.kind), format!("`{}`", it.subject)))
                .collect();
            let rules = rules();
            let found: BTreeSet<(&str, String)> = check(&snapshot, day, Scope::Timely)
                .iter()
                .filter(|found| rules.contains(found.rule.id))
                .map(|found| {
                    let subject = found.message.split('`').nth(1).unwrap();
                    (found.rule.id, format!("`{subject}`"))
                })
                .collect();
            assert_eq!(found, overdue, "{} {day}", folder.display());
            told += found.len();
        }
    }
    assert!(told > 40, "{told}");
}

const ACTIVITY: &str =
    "id: ACTV-1\ntitle: Work\nowner: ceo\nmethod: manual\ncadence: monthly\ngrace: 0d\n";

fn overdue(files: &[(&str, &str)], day: &str) -> Vec<String> {
    lines(&found(PEOPLE, files, day, Scope::Timely))
}

#[test]
fn periods_of_one_duty_are_told_together() {
    let of = |day: &str| overdue(&[("activities/a.yaml", ACTIVITY)], day);
    assert_eq!(of("2026-01-31"), [""; 0]);
    let place = "activity-overdue activities/a.yaml:5:10 the result of `ACTV-1` for 2026-01 was due on 2026-01-31";
    assert_eq!(of("2026-02-01"), [format!("{place}, 1 day ago")]);
    assert_eq!(
        of("2026-03-01"),
        [format!("{place}, 29 days ago; 2026-02 is overdue as well")]
    );
    assert_eq!(
        of("2026-04-01"),
        [format!(
            "{place}, 60 days ago; 2 later periods are overdue as well, the last of them 2026-03"
        )]
    );
    let results = "- {id: R1, activity: ACTV-1, period: 2026-01, date: 2026-02-10, performed_by: ceo, outcome: pass}\n";
    let files = [("activities/a.yaml", ACTIVITY), ("results/r.yaml", results)];
    assert_eq!(overdue(&files, "2026-02-28"), [""; 0]);
    assert_eq!(
        overdue(&files, "2026-03-01"),
        [place
            .replace("2026-01-31", "2026-02-28")
            .replace("for 2026-01", "for 2026-02")
            + ", 1 day ago"]
    );
}

#[test]
fn the_record_may_ignore_its_duty_until_a_day() {
    let text = format!(
        "{ACTIVITY}ignore: [{{rule: activity-overdue, reason: The tool is replaced, until: 2026-03-15}}]\n"
    );
    let files = [("activities/a.yaml", text.as_str())];
    assert_eq!(overdue(&files, "2026-03-15"), [""; 0]);
    assert_eq!(overdue(&files, "2026-03-16").len(), 1);
}

#[test]
fn pieces_of_evidence_are_told_one_by_one() {
    let text = "id: CTX-1\ntitle: An issue\nowner: ceo\ntype: feedback\ndate: 2026-02-01\nevidence:\n\
        - {url: \"https://example.org/a\", valid_until: 2026-05-31}\n\
        - {url: \"https://example.org/b\", valid_until: 2026-05-31}\n";
    let found = overdue(&[("context/a.yaml", text)], "2026-06-30");
    let line = |row: usize, name: &str| {
        format!(
            "evidence-expired context/a.yaml:{row}:47 the evidence for `CTX-1` (https://example.org/{name}) was valid until 2026-05-31, 30 days ago"
        )
    };
    assert_eq!(found, [line(7, "a"), line(8, "b")]);
}
