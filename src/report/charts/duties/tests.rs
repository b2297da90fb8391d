//! What is said of duties.

use super::*;
use crate::records::Calendar;

fn said(counts: [&[usize]; 4]) -> String {
    let layer = |counts: &[usize]| Layer {
        name: String::new(),
        tone: Tone::Plain,
        counts: counts.to_vec(),
    };
    let stack = Stack {
        columns: (1..=counts[0].len())
            .map(|it| format!("2026-{it:02}"))
            .collect(),
        layers: counts.map(layer).to_vec(),
        in_time: true,
    };
    let day = |text: &str| text.parse().unwrap();
    let months = Months::up_to(day("2026-03-31"), &Calendar::default());
    finding(&stack, Watched::All, &months.from(day("2026-01-01")))
}

#[test]
fn what_was_late_or_is_missing_is_told() {
    assert_eq!(
        said([&[5, 5, 5], &[0, 1, 0], &[0, 2, 1], &[0, 0, 1]]),
        "Of 20 duties that fell due in the last 3 months, 15 were done in time, 1 late, 3 are not done and 1 is still \
         open; most of what was late or missing, 3 of 4, fell due in February 2026."
    );
    // Most is more than half.
    assert_eq!(
        said([&[0, 0, 0], &[1, 2, 0], &[1, 1, 1], &[0, 0, 0]]),
        "Of 6 duties that fell due in the last 3 months, none were done in time, 3 late and 3 are not done; the most in \
         one month, 3 of 6, fell due in February 2026."
    );
    assert_eq!(
        said([&[0, 0, 0], &[0, 0, 0], &[0, 0, 2], &[0, 0, 0]]),
        "Of 2 duties that fell due in the last 3 months, none were done in time and 2 are not done."
    );
}

#[test]
fn all_in_time_is_said_plainly() {
    let none = [0; 3];
    assert_eq!(
        said([&[5, 0, 2], &none, &none, &none]),
        "All 7 duties that fell due in the last 3 months were done in time."
    );
    assert_eq!(
        said([&[1, 0, 0], &none, &none, &none]),
        "The only duty that fell due in the last 3 months was done in time."
    );
}

#[test]
fn what_may_be_disposed_of_is_no_duty() {
    assert!(!Watched::All.wants(ObligationKind::Retention));
    assert!(Watched::All.wants(ObligationKind::Action));
    assert!(!Watched::Monitoring.wants(ObligationKind::Action));
}
