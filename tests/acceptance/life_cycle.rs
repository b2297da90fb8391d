//! States of an acceptance that the directive's table does not show, and which of several is told.

use crate::workspace::{CONTROLS, Folder};

const CONFIG: &str = r#"[isms]
name = "Test"
since = 2026-01-01
[roles]
ciso = "CISO"
ceo = "CEO"
[people.product-lead]
name = "Product lead"
[people.head-of-security]
name = "Head of security"
roles = ["ciso"]
[people.director]
name = "Director"
roles = ["ceo"]
[[risk.bands]]
name = "free"
max = 4
[[risk.bands]]
name = "owned"
max = 9
accept = { any_of = ["owner"], at_most = "1mo" }
[[risk.bands]]
name = "watched"
max = 16
accept = { all_of = ["ciso", "ceo"], mitigation = true, at_most = "6mo" }
[[risk.bands]]
name = "refused"
max = 25
accept = "never"
"#;

/// State of the acceptance of one risk, and the acceptance rules that speak of it, in order of their ids.
fn told(rating: &str, more: &str, day: &str) -> (String, Vec<String>) {
    let folder = Folder::new();
    folder.write("isms.toml", CONFIG);
    folder.write("controls/c.yaml", CONTROLS);
    let record = format!(
        "id: RISK-1\ntitle: Risk\nowner: product-lead\ncategory: test\nidentified: 2026-01-05\n{rating}\nstatus: open\n{more}\n"
    );
    folder.write("risks/r.yaml", &record);
    let risks = folder.json(&["risk", "--as-of", day]);
    let state = risks["risks"][0]["acceptance"]["state"].as_str().unwrap();
    let check = folder.json(&["check", "--timely", "--as-of", day]);
    let found = check["diagnostics"].as_array().unwrap().iter();
    let rules = found
        .map(|found| found["rule"].as_str().unwrap().to_owned())
        .filter_map(|rule| rule.strip_prefix("acceptance-").map(str::to_owned));
    let mut rules: Vec<String> = rules.collect();
    rules.sort();
    rules.dedup();
    (state.to_owned(), rules)
}

fn acceptance(by: &str, until: &str, score: u16) -> String {
    format!("acceptance: {{by: [{by}], {until}score: {score}, rationale: Test.}}")
}

const IN_PLACE: &str = "controls: [CTRL-IN-PLACE]\n";
const BOTH: &str = "{who: ciso, on: 2026-02-02}, {who: ceo, on: 2026-02-28}";
const JUNE: &str = "2026-06-30";

#[track_caller]
fn expect(rating: &str, more: &str, day: &str, state: &str, rules: &[&str]) {
    let (found, raised) = told(rating, more, day);
    assert_eq!(
        (found.as_str(), raised),
        (state, rules.iter().map(ToString::to_string).collect())
    );
}

#[test]
fn an_acceptance_runs_from_the_last_signature_it_needs() {
    // 28 February and six months is 28 August.
    for (until, state, rules) in [
        ("2026-08-28", "valid", &[][..]),
        ("2026-08-29", "too-long", &["open-ended"]),
    ] {
        let it = acceptance(BOTH, &format!("until: {until}, "), 12);
        expect(
            "likelihood: 4\nimpact: 3",
            &(IN_PLACE.to_owned() + &it),
            JUNE,
            state,
            rules,
        );
    }
    // A signature that is not needed does not prolong it.
    let later = format!("{BOTH}, {{who: product-lead, on: 2026-06-01}}");
    let it = acceptance(&later, "until: 2026-08-29, ", 12);
    expect(
        "likelihood: 4\nimpact: 3",
        &(IN_PLACE.to_owned() + &it),
        JUNE,
        "too-long",
        &["open-ended"],
    );
    // 31 January and a month is the last day of February.
    let january = "{who: product-lead, on: 2026-01-31}";
    for (until, state) in [("2026-02-28", "valid"), ("2026-03-01", "too-long")] {
        let it = acceptance(january, &format!("until: {until}, "), 9);
        let (found, _) = told("likelihood: 3\nimpact: 3", &it, "2026-02-10");
        assert_eq!(found, state, "until {until}");
    }
}

#[test]
fn what_was_wrong_when_it_was_signed_is_told_before_what_happened_since() {
    let rating = "assessments:\n  - {date: 2026-01-12, by: ciso, likelihood: 4, impact: 3}\n  - {date: 2026-05-11, by: ciso, likelihood: 4, impact: 4}";
    let step =
        |by: &str, until: &str, controls: &str| controls.to_owned() + &acceptance(by, until, 12);
    let (ended, late) = ("until: 2026-06-29, ", "until: 2026-12-31, ");
    // From the bottom of the list of precedence to its top; each case has all the faults below its own.
    expect(
        rating,
        &step(BOTH, ended, IN_PLACE),
        "2026-03-01",
        "valid",
        &["stale"],
    );
    expect(
        rating,
        &step(BOTH, "until: 2026-05-12, ", IN_PLACE),
        "2026-05-12",
        "stale",
        &["stale"],
    );
    expect(
        rating,
        &step(BOTH, ended, IN_PLACE),
        JUNE,
        "stale",
        &["expired", "stale"],
    );
    expect(
        rating,
        &step(BOTH, late, IN_PLACE),
        JUNE,
        "too-long",
        &["open-ended", "stale"],
    );
    expect(
        rating,
        &step(BOTH, "", IN_PLACE),
        JUNE,
        "open-ended",
        &["open-ended", "stale"],
    );
    expect(
        rating,
        &step(BOTH, ended, ""),
        JUNE,
        "without-mitigation",
        &["expired", "stale", "without-mitigation"],
    );
    let one = "{who: ceo, on: 2026-02-02}";
    expect(
        rating,
        &step(one, "", ""),
        JUNE,
        "incomplete",
        &["incomplete", "open-ended", "stale", "without-mitigation"],
    );
    let own = "{who: product-lead, on: 2026-02-02}";
    expect(
        rating,
        &step(own, "", ""),
        JUNE,
        "self-approved",
        &["open-ended", "self-approved", "stale", "without-mitigation"],
    );
    let former = format!("{own}, {{who: director, on: 2026-02-02}}");
    // The director may be one of two, so that what is lacking is the other.
    expect(
        rating,
        &step(&former, "", ""),
        JUNE,
        "incomplete",
        &["incomplete", "open-ended", "stale", "without-mitigation"],
    );
    let refused = IN_PLACE.to_owned() + &acceptance(own, ended, 17);
    expect(
        rating,
        &refused,
        JUNE,
        "forbidden",
        &["expired", "forbidden", "stale"],
    );
}

#[test]
fn the_owner_and_anybody_where_the_band_says_so() {
    let own = "{who: product-lead, on: 2026-06-08}";
    let until = "until: 2026-07-08, ";
    expect(
        "likelihood: 3\nimpact: 3",
        &acceptance(own, until, 9),
        JUNE,
        "valid",
        &[],
    );
    let ceo = "{who: ceo, on: 2026-06-08}";
    expect(
        "likelihood: 3\nimpact: 3",
        &acceptance(ceo, until, 9),
        JUNE,
        "unauthorised",
        &["unauthorised"],
    );
    // A band without a rule: any signature, no end, no mitigation.
    expect(
        "likelihood: 2\nimpact: 2",
        &acceptance(ceo, "", 4),
        JUNE,
        "valid",
        &[],
    );
    expect(
        "likelihood: 2\nimpact: 2",
        &acceptance(own, "", 4),
        JUNE,
        "valid",
        &[],
    );
    expect(
        "likelihood: 2\nimpact: 2",
        "treatment: {option: accept}",
        JUNE,
        "missing",
        &["missing"],
    );
}

#[test]
fn before_its_first_signature_nothing_was_accepted() {
    let it = IN_PLACE.to_owned() + &acceptance(BOTH, "until: 2026-06-30, ", 12);
    let state = |day: &str| told("likelihood: 4\nimpact: 3", &it, day).0;
    assert_eq!(state("2026-02-01"), "none");
    assert_eq!(state("2026-02-27"), "incomplete");
    assert_eq!(state("2026-02-28"), "valid");
    assert_eq!(state("2026-06-30"), "valid");
    // The control ends with the acceptance; after it both are told, the older fault first.
    assert_eq!(state("2026-07-01"), "without-mitigation");
}

#[test]
fn a_closed_risk_keeps_the_state_of_its_last_day() {
    let closed =
        IN_PLACE.to_owned() + &acceptance(BOTH, "until: 2026-06-01, ", 12) + "\nclosed: 2026-05-29";
    let rating = "likelihood: 4\nimpact: 3";
    let (state, rules) = told(rating, &closed.replace("status: open", ""), "2026-06-20");
    assert_eq!((state.as_str(), rules.len()), ("valid", 0));
}
