//! What is no change: where a record stands, in which order, and how it is written.

use crate::support::{CONFIG, State, between, lines, look};
use ismsctl::assess::delta::{change_of, delta};
use ismsctl::records::Kind;

const ONE: &str = "id: R-1\ntitle: One\nowner: cto\ncategory: it\nidentified: 2026-01-10\nlikelihood: 2\nimpact: 3\nstatus: open\n";
const TWO: &str = "id: R-2\ntitle: Two\nowner: cto\ncategory: it\nidentified: 2026-01-11\ncontrols: []\nlikelihood: 2\nimpact: 2\nstatus: open\n";

fn same(before: &[(&str, &str)], after: &[(&str, &str)]) {
    let (one, other) = (
        State::sound(before, "2026-03-31"),
        State::sound(after, "2026-03-31"),
    );
    assert_eq!(lines(&between(&one, &other)), [""; 0], "{after:?}");
    assert_eq!(lines(&between(&other, &one)), [""; 0], "{after:?}");
}

#[test]
fn where_and_how_a_record_is_written_is_no_change() {
    let before = [("risks/a.yaml", ONE), ("risks/b.yaml", TWO)];
    same(&before, &[("risks/old/c.yaml", ONE), ("risks/d.yml", TWO)]);
    let documents = format!("{TWO}---\n{ONE}");
    same(&before, &[("risks/all.yaml", &documents)]);
    let list = "# all\n- {id: R-2, likelihood: 2, impact: 2, identified: 2026-01-11, title: 'Two', owner: cto, category: it, status: open}\n\
                - status: \"open\"\n  impact: 3\n  likelihood: 2\n  identified: 2026-01-10\n  category: it\n  owner: cto\n  title: |\n    One\n  id: R-1\n  tags: ~\n";
    same(&before, &[("risks/all.yaml", list)]);
}

#[test]
fn a_register_may_move_from_a_table_to_yaml() {
    let table = "name,tier,onboarded,critical,offboarded,keeper\nacme,1,2026-01-10,true,,cto\nzeta,2,2026-01-11,false,,\n";
    let yaml = "- {name: zeta, onboarded: 2026-01-11, tier: 2, critical: false}\n- {name: acme, tier: 1, onboarded: 2026-01-10, critical: true, keeper: cto}\n";
    same(
        &[("registers/vendors.csv", table)],
        &[("registers/vendors/all.yaml", yaml)],
    );
    let columns = "critical,name,keeper,onboarded,tier,offboarded\ntrue,acme,cto,2026-01-10,1,\nfalse,zeta,,2026-01-11,2,\n";
    same(
        &[("registers/vendors.csv", table)],
        &[("registers/vendors.csv", columns)],
    );
}

#[test]
fn how_isms_toml_is_written_is_no_change() {
    let toml = CONFIG.replace("[roles]", "# who\n[roles]").replace(
        "since = 2026-01-01",
        "since = \"2026-01-01\"\ndue_soon = \"30 d\"",
    );
    let told = CONFIG.replace(
        "since = 2026-01-01",
        "since = 2026-01-01\ndue_soon = \"30d\"",
    );
    same(&[("isms.toml", &told)], &[("isms.toml", &toml)]);
}

#[test]
fn a_result_is_known_by_what_its_id_is_derived_from() {
    let activity = (
        "activities/a.yaml",
        "id: T\ntitle: Scan\nowner: cto\nmethod: manual\ncadence: monthly\n",
    );
    let result = |date: &str, outcome: &str| {
        format!("activity: T\nperiod: 2026-02\ndate: {date}\noutcome: {outcome}\n")
    };
    let (first, second) = (result("2026-03-01", "pass"), result("2026-03-01", "fail"));
    let other_day = result("2026-03-02", "pass");
    let state = |text: &str| State::sound(&[activity, ("results/a.yaml", text)], "2026-03-31");
    let one = state(&first);
    assert_eq!(
        lines(&between(&one, &state(&second))),
        ["T/2026-02/2026-03-01 changed | outcome pass → fail"]
    );
    let ids: Vec<String> = between(&one, &state(&other_day))
        .changes
        .iter()
        .map(|change| format!("{} {}", change.id, change.kind().word()))
        .collect();
    assert_eq!(
        ids,
        ["T/2026-02/2026-03-01 removed", "T/2026-02/2026-03-02 added"]
    );
}

#[test]
fn records_that_share_an_id_are_matched_by_what_they_say_and_then_by_place() {
    let risk = |title: &str| ONE.replace("title: One", &format!("title: {title}"));
    let list = |titles: &[&str]| {
        let all: Vec<String> = titles.iter().map(|title| risk(title)).collect();
        all.join("---\n")
    };
    let state = |titles: &[&str]| State::new(&[("risks/a.yaml", &list(titles))], "2026-03-31");
    let one = state(&["a", "b", "c"]);
    for (after, told) in [
        (vec!["c", "a", "b"], vec![]),
        (vec!["c", "d", "a"], vec!["R-1 changed | title b → d"]),
    ] {
        assert_eq!(lines(&between(&one, &state(&after))), told, "{after:?}");
    }
    let fewer = between(&one, &state(&["b"]));
    let kinds: Vec<&str> = fewer
        .changes
        .iter()
        .map(|change| change.kind().word())
        .collect();
    assert_eq!(kinds, ["removed", "removed"]);
}

#[test]
fn the_file_is_told_though_it_is_no_change() {
    let after = ONE.replace("title: One", "title: Uno");
    let one = State::sound(&[("risks/a.yaml", ONE)], "2026-03-31");
    let other = State::sound(&[("risks/b.yaml", &after)], "2026-03-31");
    let change = &between(&one, &other).changes[0];
    assert_eq!(change.path.before.as_deref(), Some("risks/a.yaml"));
    assert_eq!(change.path.after.as_deref(), Some("risks/b.yaml"));
    assert_eq!(change.subject.kind(), Some(Kind::Risk));
}

#[test]
fn one_record_can_be_compared_by_itself() {
    let after = ONE.replace("impact: 3", "impact: 5");
    let one = State::sound(
        &[("risks/a.yaml", ONE), ("risks/b.yaml", TWO)],
        "2026-03-31",
    );
    let other = State::sound(&[("risks/a.yaml", &after)], "2026-03-31");
    look(&one, &other, |before, after| {
        let (ours, theirs) = (one.snapshot.get("R-1"), other.snapshot.get("R-1"));
        let ours = ours.map(|entry| (before, entry));
        let theirs = theirs.map(|entry| (after, entry));
        let change = change_of(ours, theirs).unwrap();
        assert_eq!(change.kind().word(), "escalated");
        assert_eq!(Some(&change), delta(before, after).of(Kind::Risk).next());
        assert_eq!(change_of(ours, ours), None);
        assert_eq!(change_of(None, None), None);
        assert_eq!(change_of(None, theirs).unwrap().kind().word(), "added");
    });
}
