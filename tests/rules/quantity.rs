//! Rules stay linear: many records, many mistakes.

use super::support::{CONTEXT, action, lines, valid};
use std::time::{Duration, Instant};

#[test]
fn thousands_of_mistakes_take_no_more_than_a_moment() {
    let mut text = String::new();
    for index in 0..5_000 {
        text.push_str(&action(
            &format!("ACT-{index:05}"),
            "  succeeds: NONE\n  blocked_by: CTX-2\n",
        ));
    }
    let began = Instant::now();
    let found = valid(&[("actions/a.yaml", &text), CONTEXT]);
    assert_eq!(found.len(), 10_000, "{:?}", lines(&found[..2]));
    // Far above what it takes, far below what a quadratic walk would.
    assert!(
        began.elapsed() < Duration::from_secs(60),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn many_records_of_one_id_list_a_bounded_number_of_places() {
    let text = action("ACT-1", "").repeat(2_000);
    let found = valid(&[("actions/a.yaml", &text), CONTEXT]);
    assert_eq!(found.len(), 1_999);
    assert!(found.iter().all(|found| found.related.len() <= 20));
}
