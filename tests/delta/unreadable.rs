//! What cannot be read has neither come nor gone.

use crate::support::{State, between, lines};
use ismsctl::assess::delta::{Delta, End};

const RISK: &str = "id: R\ntitle: Outage\nowner: cto\ncategory: it\nidentified: 2026-01-10\nstatus: open\nlikelihood: 3\nimpact: 4\n";

fn told(delta: &Delta) -> Vec<String> {
    let end = |end: End| match end {
        End::Before => "before",
        End::After => "after",
    };
    let unreadable = delta.unreadable.iter().map(|it| {
        let id = it.id.as_deref().unwrap_or("-");
        format!(
            "unreadable {}: {} {id} {}",
            end(it.end),
            it.subject.name(),
            it.path
        )
    });
    let unsure = delta.unsure.iter().map(|it| {
        let readable = end(it.readable);
        format!(
            "unsure: {} {} {readable}, {}",
            it.subject.name(),
            it.id,
            it.path
        )
    });
    lines(delta)
        .into_iter()
        .chain(unreadable)
        .chain(unsure)
        .collect()
}

#[test]
fn a_record_that_broke_is_not_removed() {
    let one = State::sound(&[("risks/a.yaml", RISK)], "2026-03-31");
    let typed = RISK.replace("category", "categroy");
    let other = State::new(&[("risks/b.yaml", &typed)], "2026-03-31");
    assert_eq!(
        told(&between(&one, &other)),
        [
            "unreadable after: risk R risks/b.yaml",
            "unsure: risk R before, risks/b.yaml"
        ]
    );
    assert_eq!(
        told(&between(&other, &one)),
        [
            "unreadable before: risk R risks/b.yaml",
            "unsure: risk R after, risks/b.yaml"
        ]
    );
}

#[test]
fn a_file_that_broke_may_hold_any_record_of_its_kind() {
    let finding = "id: F\ntitle: No test\nowner: cto\nsource: R\nraised: 2026-01-10\nraised_by: ciso\ntype: minor\nstatus: open\n";
    let one = State::sound(
        &[("risks/a.yaml", RISK), ("findings/a.yaml", finding)],
        "2026-03-31",
    );
    let other = State::new(&[("risks/a.yaml", "id: [R\n")], "2026-03-31");
    let told = told(&between(&one, &other));
    assert_eq!(told[0].split(" | ").next(), Some("F removed"));
    assert!(
        told.contains(&"unsure: risk R before, risks/a.yaml".to_owned()),
        "{told:?}"
    );
}

#[test]
fn a_row_that_broke_is_known_by_its_register() {
    let row = "name: acme\nonboarded: 2026-01-10\n";
    let one = State::sound(&[("registers/vendors/a.yaml", row)], "2026-03-31");
    let broken = row.replace("2026-01-10", "2026-02-30");
    let other = State::new(&[("registers/vendors/a.yaml", &broken)], "2026-03-31");
    let told = told(&between(&one, &other));
    assert!(
        told.contains(&"unsure: vendors vendors/acme before, registers/vendors/a.yaml".to_owned()),
        "{told:?}"
    );
    assert!(
        told.iter().all(|line| !line.contains("removed")),
        "{told:?}"
    );
}

#[test]
fn an_isms_toml_that_cannot_be_used_is_no_change_of_everything() {
    let risk = RISK;
    let config = "[isms]\nname = \"Test\"\n[risk]\nscore = \"sum\"\n";
    let one = State::sound(
        &[("risks/a.yaml", risk), ("isms.toml", config)],
        "2026-03-31",
    );
    let broken = format!("{config}appetite = \"much\"\n");
    let other = State::new(
        &[("risks/a.yaml", risk), ("isms.toml", &broken)],
        "2026-03-31",
    );
    assert_eq!(
        told(&between(&one, &other)),
        ["unreadable after: isms.toml - isms.toml"]
    );
}

#[test]
fn nothing_at_all_is_empty() {
    let one = State::sound(&[("risks/a.yaml", RISK)], "2026-03-31");
    assert!(between(&one, &one).is_empty());
}
