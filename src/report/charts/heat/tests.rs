//! What is said of risks.

use super::*;

fn drawn(rated: usize, over: usize) -> Drawn {
    Drawn {
        map: HeatMap {
            likelihood: Vec::new(),
            impact: Vec::new(),
            bands: Vec::new(),
            cells: Vec::new(),
            marked: String::new(),
            moves: Vec::new(),
            compared: String::new(),
            planned: false,
        },
        rated,
        over,
        beyond: "above the appetite of 12".to_owned(),
    }
}

fn moved(id: &str, from: u16, to: u16) -> Moved<'_> {
    let rating = Rating {
        likelihood: 1,
        impact: 1,
    };
    Moved {
        id,
        from: rating,
        to: rating,
        scores: Some((from, to)),
    }
}

#[test]
fn what_is_above_the_appetite() {
    let ids = ["RISK-1", "RISK-2", "RISK-3"];
    for (over, count, words) in [
        (0, 3, "None of 3 open risks is above the appetite of 12"),
        (1, 3, "1 of 3 open risks is above the appetite of 12"),
        (2, 3, "2 of 3 open risks are above the appetite of 12"),
        (
            0,
            1,
            "The only open risk, RISK-1, is not above the appetite of 12",
        ),
        (
            1,
            1,
            "The only open risk, RISK-1, is above the appetite of 12",
        ),
    ] {
        assert_eq!(residual_words(&drawn(count, over), &ids[..count]), words);
    }
}

#[test]
fn what_moved_most_is_named() {
    let since = "since 1 Apr 2026";
    assert_eq!(movements(&[], ""), "");
    assert_eq!(movements(&[], since), "; none moved since 1 Apr 2026");
    let few = [
        moved("RISK-1", 12, 20),
        moved("RISK-2", 9, 6),
        moved("RISK-3", 4, 4),
    ];
    assert_eq!(
        movements(&few, since),
        "; since 1 Apr 2026 RISK-1 grew from 12 to 20, and RISK-2 fell from 9 to 6"
    );
    let many = ["RISK-1", "RISK-2", "RISK-3", "RISK-4"].map(|id| moved(id, 4, 8));
    let most = moved("RISK-9", 4, 16);
    let many: Vec<Moved<'_>> = many.into_iter().chain([most]).collect();
    assert_eq!(
        movements(&many, since),
        "; since 1 Apr 2026 5 grew, RISK-9 most, from 4 to 16"
    );
}

#[test]
fn what_controls_and_treatment_do() {
    assert_eq!(
        inherent_words(&drawn(10, 7), 2),
        "Without controls 7 of 10 rated risks would be above the appetite of 12; now 2 are"
    );
    assert_eq!(
        inherent_words(&drawn(1, 0), 0),
        "Even without controls none of 1 rated risk would be above the appetite of 12"
    );
    let without = [("RISK-006", Some(16)), ("RISK-2", None)];
    let words = "Of 4 risks with a target, 1 is above the appetite of 12 now and none would be after treatment";
    assert_eq!(target_words(&drawn(4, 0), 1, &[]), words);
    assert_eq!(
        target_words(&drawn(4, 0), 1, &without),
        format!("{words}; 2, among them RISK-006 (16), have no target")
    );
    assert_eq!(
        target_words(&drawn(1, 1), 0, &without[1..]),
        "Of 1 risk with a target, none is above the appetite of 12 now and 1 would be after treatment; RISK-2 has no \
         target"
    );
}
