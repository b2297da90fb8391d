//! Alerts: their definition, and answers that are none.

use super::support::{PEOPLE, found, lines};
use ismsctl::rules::Scope;

const ACTIVITY: &str = "id: ACTV-1\ntitle: t\nowner: ceo\nmethod: automated\ncadence: monthly\n";

fn told(alert: &str, result: &str) -> Vec<String> {
    let activity = format!("{ACTIVITY}alert: {alert}\n");
    let result = format!(
        "activity: ACTV-1\nperiod: 2026-05\ndate: 2026-06-01\nperformed_by: ceo\n{result}\n"
    );
    let files = [
        ("activities/a.yaml", activity.as_str()),
        ("results/r.yaml", &result),
    ];
    let found = found(PEOPLE, &files, "2026-06-30", Scope::Timely);
    lines(&found)
        .into_iter()
        .filter(|line| line.starts_with("alert-unanswered") || line.starts_with("kpi-target"))
        .collect()
}

/// The thresholds of an audit directive, each with a figure on either side of it.
#[test]
fn thresholds_are_held_against_what_was_recorded() {
    let cases = [
        (
            "{when: '> 5', unit: count, window: 10min}",
            "value: 6",
            "value: 5",
        ),
        ("{when: '> 5', window: 10min}", "value: 5.5", "value: 0"),
        ("{when: any}", "value: 1", "value: 0"),
        (
            "{when: any}",
            "numerator: 1\ndenominator: 9",
            "numerator: 0\ndenominator: 9",
        ),
        ("{when: fail}", "outcome: fail", "outcome: pass"),
        ("{when: '> 1 %'}", "value: 1.2%", "value: 1%"),
        ("{when: '> 1', unit: percent}", "value: 1.2", "value: 0.9"),
        (
            "{when: '> 1 %'}",
            "numerator: 2\ndenominator: 100",
            "numerator: 1\ndenominator: 100",
        ),
    ];
    for (alert, raises, is_quiet) in cases {
        let field = raises.split(':').next().unwrap();
        let raised = told(alert, raises);
        assert_eq!(raised.len(), 1, "{alert} {raises} {raised:?}");
        let column = field.len() + 3;
        let place =
            format!("alert-unanswered results/r.yaml:5:{column} this result of `ACTV-1` meets");
        assert!(raised[0].starts_with(&place), "{raised:?}");
        assert_eq!(told(alert, is_quiet), [""; 0], "{alert} {is_quiet}");
    }
}

#[test]
fn an_answer_from_before_the_result_is_none() {
    let of = |day: &str| {
        told(
            "{when: any}",
            &format!("value: 1\nhandled: {{by: ceo, on: {day}, note: n}}"),
        )
    };
    assert_eq!(
        of("2026-05-31"),
        [
            "alert-unanswered results/r.yaml:6:24 this result of `ACTV-1` meets its alert condition `any`"
        ]
    );
    assert_eq!(of("2026-06-01"), [""; 0]);
    // Not given yet.
    assert_eq!(of("2026-07-01").len(), 1);
}

#[test]
fn a_condition_suits_its_unit_and_its_window() {
    for (alert, expected) in [
        (
            "{when: '> 1 %', unit: count}",
            "kpi-target activities/a.yaml:6:15 the condition is in percent, the alert in count",
        ),
        (
            "{when: '> 2h', unit: percent}",
            "kpi-target activities/a.yaml:6:15 the condition is in h, the alert in percent",
        ),
        (
            "{when: '> 5', window: 0min}",
            "kpi-target activities/a.yaml:6:30 nothing can be counted over `0min`",
        ),
        (
            "{when: '> 5', window: -10min}",
            "kpi-target activities/a.yaml:6:30 nothing can be counted over `-10min`",
        ),
    ] {
        assert_eq!(told(alert, "outcome: pass"), [expected], "{alert}");
    }
    for alert in [
        "{when: '> 2h', unit: min}",
        "{when: '> 5', unit: count, window: 10min}",
    ] {
        assert_eq!(told(alert, "outcome: pass"), [""; 0], "{alert}");
    }
}
