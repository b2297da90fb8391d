//! What is said of ages, and where they are counted.

use super::*;

fn open(id: &str, age: i64, late: Option<i64>) -> Open {
    Open {
        id: id.to_owned(),
        age,
        late,
    }
}

#[test]
fn the_longest_overdue_is_named() {
    let findings = [open("FND-1", 40, Some(10)), open("FND-2", 400, None)];
    let actions = [open("ACT-1", 20, Some(12))];
    assert_eq!(
        finding(&findings, &actions, "action"),
        "2 findings and 1 action are open; 2 are overdue, ACT-1 the longest by 12 d."
    );
    assert_eq!(
        finding(&findings[..1], &[], "action"),
        "1 finding is open; FND-1 is overdue by 10 d."
    );
    assert_eq!(
        finding(&findings[1..], &[], "action"),
        "1 finding is open, none overdue; the oldest is FND-2 with 400 d."
    );
    assert_eq!(
        finding(
            &[],
            &[open("ACT-2", 0, None), open("ACT-1", 0, None)],
            "corrective action"
        ),
        "2 corrective actions are open, none overdue; the oldest is ACT-1 with 0 d."
    );
}

#[test]
fn bands_are_told_apart_at_their_last_day() {
    let findings: Vec<Open> = [0, 30, 31, 90, 91, 365, 366, 10_000]
        .iter()
        .map(|age| open("FND", *age, None))
        .collect();
    let stack = stack(&findings, &[open("ACT", 180, Some(1))]);
    let counts: Vec<(&str, &[usize])> = stack
        .layers
        .iter()
        .map(|it| (it.name.as_str(), it.counts.as_slice()))
        .collect();
    assert_eq!(
        counts,
        [
            ("findings", &[2, 2, 1, 1, 2][..]),
            ("actions, overdue", &[0, 0, 1, 0, 0][..])
        ]
    );
}
