//! Every kind of change, for every kind of record that can have it.

use crate::support::{CONFIG, State, between, hold_the_laws, lines};

const RISK: &str =
    "id: R\ntitle: Outage\nowner: cto\ncategory: it\nidentified: 2026-01-10\nstatus: open\n";
const RATED: &str = "id: R\ntitle: Outage\nowner: cto\ncategory: it\nidentified: 2026-01-10\nstatus: open\nlikelihood: 2\nimpact: 2\n";
const ACTION: &str =
    "id: A\ntitle: Rotate keys\nowner: cto\ntype: corrective\nsource: F\nopened: 2026-01-10\n";
const FINDING: &str =
    "id: F\ntitle: No test\nowner: cto\nsource: R\nraised: 2026-01-10\nraised_by: ciso\n";
const INCIDENT: &str = "id: I\ntitle: Leak\nowner: cto\ndetected: 2026-02-01\n";
const KPI: &str = "id: K\ntitle: Share\nowner: cto\narea: it\nmeasure: recorded\n";
const ACTIVITY: &str = "id: T\ntitle: Scan\nowner: cto\nmethod: manual\n";
const CONTROL: &str =
    "id: C\ntitle: Access\nowner: cto\ncategory: access\nstatement: Access is reviewed.\n";
const POLICY: &str = "id: P\ntitle: Policy\nowner: cto\nversion: 1\neffective: 2026-01-01\n";
const OBJECTIVE: &str = "id: O\ntitle: Faster\nowner: cto\nkpis: [K]\n";
const AUDIT: &str = "id: U\ntitle: Audit\nowner: cto\ntype: internal\nscope: all\ncriteria: ISO\nauditors: [ciso]\n";
const REVIEW: &str = "id: V\ntitle: Review\nowner: ceo\ntype: quarterly\nperiod: {from: 2026-01-01, to: 2026-03-31}\n";
const CONTEXT: &str = "id: X\ntitle: Climate\nowner: ceo\ntype: external-issue\ndate: 2026-01-10\n";

/// A record that is edited between 31 March and 30 June 2026, and what is told of it.
struct Case {
    path: &'static str,
    head: &'static str,
    before: &'static str,
    after: &'static str,
    told: &'static str,
}

const fn case(
    (path, head): (&'static str, &'static str),
    before: &'static str,
    after: &'static str,
    told: &'static str,
) -> Case {
    Case {
        path,
        head,
        before,
        after,
        told,
    }
}

const RISKS: (&str, &str) = ("risks/a.yaml", RISK);
const RATED_RISKS: (&str, &str) = ("risks/a.yaml", RATED);
const ACTIONS: (&str, &str) = ("actions/a.yaml", ACTION);
const FINDINGS: (&str, &str) = ("findings/a.yaml", FINDING);
const INCIDENTS: (&str, &str) = ("incidents/a.yaml", INCIDENT);
const KPIS: (&str, &str) = ("kpis/a.yaml", KPI);
const ACTIVITIES: (&str, &str) = ("activities/a.yaml", ACTIVITY);
const CONTROLS: (&str, &str) = ("controls/a.yaml", CONTROL);
const POLICIES: (&str, &str) = ("policies/a.yaml", POLICY);
const OBJECTIVES: (&str, &str) = ("objectives/a.yaml", OBJECTIVE);
const AUDITS: (&str, &str) = ("audits/a.yaml", AUDIT);
const REVIEWS: (&str, &str) = ("reviews/a.yaml", REVIEW);
const CONTEXTS: (&str, &str) = ("context/a.yaml", CONTEXT);
const VENDORS: (&str, &str) = (
    "registers/vendors/a.yaml",
    "name: acme\nonboarded: 2026-01-10\n",
);

fn check(cases: &[Case]) {
    for case in cases {
        let of = |rest: &str| format!("{}{rest}", case.head);
        let (before, after) = (of(case.before), of(case.after));
        let one = State::sound(&[(case.path, &before)], "2026-03-31");
        let other = State::sound(&[(case.path, &after)], "2026-06-30");
        let told: Vec<String> = lines(&between(&one, &other));
        let told: Vec<&str> = told
            .iter()
            .map(|line| line.split_once(' ').unwrap().1)
            .collect();
        assert_eq!(told, [case.told], "{before}\n---\n{after}");
        hold_the_laws(&one, &other);
    }
}

#[test]
fn records_close_and_reopen() {
    check(&[
        case(
            RATED_RISKS,
            "",
            "closed: 2026-05-01",
            "closed | closed - → 2026-05-01",
        ),
        case(
            FINDINGS,
            "type: minor\nstatus: closed\nclosed: 2026-03-01\nclosed_by: ciso",
            "type: minor\nstatus: in-progress",
            "reopened | status closed → in-progress; closed 2026-03-01 → -; closed_by ciso → -",
        ),
        case(
            ACTIONS,
            "due: 2026-05-01\nstatus: open",
            "due: 2026-05-01\nstatus: completed\ncompleted: 2026-04-30",
            "closed | status open → completed; completed - → 2026-04-30",
        ),
        case(
            ACTIONS,
            "due: 2026-05-01\nstatus: open",
            "due: 2026-05-01\nstatus: cancelled\ncancelled: {on: 2026-04-30, by: ciso, reason: Moot}",
            "closed | status open → cancelled; cancelled - → {\"on\":\"2026-04-30\",\"by\":\"ciso\",\"reason\":\"Moot\"}",
        ),
        // Verified is no other end.
        case(
            ACTIONS,
            "due: 2026-05-01\nstatus: completed\ncompleted: 2026-03-30",
            "due: 2026-05-01\nstatus: verified\ncompleted: 2026-03-30\nverification: {by: ciso, on: 2026-05-02, effective: true, note: Seen}",
            "changed | status completed → verified; verification - → {\"by\":\"ciso\",\"on\":\"2026-05-02\",\"effective\":true,\"note\":\"Seen\"}",
        ),
        case(
            INCIDENTS,
            "severity: sev2",
            "severity: sev2\nresolved: 2026-04-02T10:00:00Z",
            "closed | resolved - → 2026-04-02T10:00:00Z",
        ),
        case(
            AUDITS,
            "planned: 2026-05-01",
            "planned: 2026-05-01\nperformed: 2026-05-04",
            "closed | performed - → 2026-05-04",
        ),
        case(
            REVIEWS,
            "planned: 2026-04-10",
            "planned: 2026-04-10\nheld: 2026-04-14",
            "closed | held - → 2026-04-14",
        ),
        case(
            CONTROLS,
            "",
            "until: 2026-05-31",
            "closed | until - → 2026-05-31",
        ),
        case(
            VENDORS,
            "tier: 1",
            "tier: 1\noffboarded: 2026-05-31",
            "closed | offboarded - → 2026-05-31",
        ),
    ]);
}

#[test]
fn what_ends_later_has_not_ended_yet() {
    check(&[
        case(
            ACTIONS,
            "due: 2026-05-01\nstatus: open",
            "due: 2026-05-01\nstatus: open\ncompleted: 2026-07-30",
            "changed | completed - → 2026-07-30",
        ),
        case(
            CONTROLS,
            "",
            "until: 2026-06-30",
            "changed | until - → 2026-06-30",
        ),
    ]);
}

#[test]
fn a_date_that_came_is_told_though_nobody_wrote_anything() {
    check(&[
        case(
            CONTEXTS,
            "until: 2026-05-31",
            "until: 2026-05-31",
            "closed | status in-force → ended",
        ),
        case(
            VENDORS,
            "offboarded: 2026-04-30",
            "offboarded: 2026-04-30",
            "closed | status open → closed",
        ),
        case(
            ACTIONS,
            "due: 2026-05-01\nstatus: completed\ncompleted: 2026-04-30",
            "due: 2026-05-01\nstatus: completed\ncompleted: 2026-04-30\nnotes: Done",
            "closed | notes - → Done; status open → completed",
        ),
    ]);
}

#[test]
fn what_gets_graver_escalates() {
    let assessed = "assessments: [{date: 2026-01-10, by: ciso, likelihood: 3, impact: 4}]";
    check(&[
        case(
            RISKS,
            assessed,
            "assessments: [{date: 2026-01-10, by: ciso, likelihood: 3, impact: 4}, {date: 2026-05-12, by: ciso, likelihood: 5, impact: 4}]",
            "escalated | assessments[2026-05-12] - → {\"date\":\"2026-05-12\",\"by\":\"ciso\",\"likelihood\":5,\"impact\":4}; score 12 → 20; band medium → high",
        ),
        case(
            RISKS,
            "likelihood: 3\nimpact: 4",
            "likelihood: 3\nimpact: 2",
            "de-escalated | impact 4 → 2; score 12 → 6",
        ),
        // An assessment of a day that lies ahead does not count yet.
        case(
            RISKS,
            assessed,
            "assessments: [{date: 2026-01-10, by: ciso, likelihood: 3, impact: 4}, {date: 2026-07-12, by: ciso, likelihood: 5, impact: 4}]",
            "changed | assessments[2026-07-12] - → {\"date\":\"2026-07-12\",\"by\":\"ciso\",\"likelihood\":5,\"impact\":4}",
        ),
        // Likelihood and impact changed places.
        case(
            RISKS,
            "likelihood: 3\nimpact: 4",
            "likelihood: 4\nimpact: 3",
            "changed | likelihood 3 → 4; impact 4 → 3",
        ),
        case(
            INCIDENTS,
            "severity: sev3",
            "severity: sev1",
            "escalated | severity sev3 → sev1",
        ),
        case(
            INCIDENTS,
            "severity: sev1",
            "severity: sev2",
            "de-escalated | severity sev1 → sev2",
        ),
        case(
            FINDINGS,
            "type: minor\nstatus: open",
            "type: major\nstatus: open",
            "escalated | type minor → major",
        ),
        case(
            FINDINGS,
            "type: minor\nstatus: open",
            "type: observation\nstatus: open",
            "de-escalated | type minor → observation",
        ),
    ]);
}

#[test]
fn targets_get_weaker_and_stricter_by_direction() {
    let percent = |target: &str| format!("unit: percent\ncadence: monthly\n{target}");
    let hours = |target: &str| format!("unit: h\ncadence: monthly\n{target}");
    let cases = [
        (
            percent("target: '>= 97%'"),
            percent("target: '>= 95%'"),
            "weakened | target >= 97% → >= 95%",
        ),
        (
            percent("target: '>= 95%'"),
            percent("target: '> 95%'"),
            "tightened | target >= 95% → > 95%",
        ),
        (
            hours("target: '<= 4h'"),
            hours("target: '<= 1d'"),
            "weakened | target <= 4h → <= 1d",
        ),
        (
            hours("target: '<= 1d'"),
            hours("target: '< 24h'"),
            "tightened | target <= 1d → < 24h",
        ),
        (
            percent("target: '0 for 3 periods'"),
            percent("target: '0 for 2 periods'"),
            "weakened | target <= 0 for 3 periods → <= 0 for 2 periods",
        ),
        (
            percent("target: '>= 90%'"),
            percent("target: '<= 90%'"),
            "changed | target >= 90% → <= 90%",
        ),
        (
            percent("target: decreasing over 4 periods"),
            percent("target: not increasing over 4 periods"),
            "weakened | target decreasing over 4 periods → not increasing over 4 periods",
        ),
        (
            percent("target: decreasing over 4 periods"),
            percent("target: decreasing over 3 periods"),
            "changed | target decreasing over 4 periods → decreasing over 3 periods",
        ),
        (
            percent("target: every month"),
            percent("target: every week"),
            "tightened | target every month → every week",
        ),
        (
            percent("target: 95\ndirection: higher-is-better"),
            percent("target: 90\ndirection: higher-is-better"),
            "weakened | target = 95 → = 90",
        ),
        (
            percent("target: '>= 95%'"),
            percent(""),
            "weakened | target >= 95% → -",
        ),
        (
            percent(""),
            percent("target: '>= 95%'"),
            "tightened | target - → >= 95%",
        ),
        (
            percent("target: '>= 95%'"),
            percent("target: '>= 95%'\nnear: '>= 90%'"),
            "weakened | near - → >= 90%",
        ),
        (
            percent("target: '>= 95%'\nnear: '>= 90%'"),
            percent("target: '>= 95%'\nnear: '>= 92%'"),
            "tightened | near >= 90% → >= 92%",
        ),
        // One thing each way: weakened, and the other is not forgotten.
        (
            percent("target: '>= 95%'\nnear: '>= 90%'"),
            percent("target: '>= 96%'\nnear: '>= 80%'"),
            "weakened tightened | target >= 95% → >= 96%; near >= 90% → >= 80%",
        ),
        // A dated entry weakens from its day on, be it past, between the two days or ahead.
        (
            percent("target: '>= 97%'"),
            percent("target: [{target: '>= 97%'}, {from: 2026-04-01, target: '>= 95%'}]"),
            "weakened | target[2026-04-01] - → >= 95%",
        ),
        (
            percent("target: '>= 97%'"),
            percent("target: [{target: '>= 97%'}, {from: 2027-01-01, target: '>= 95%'}]"),
            "weakened | target[2027-01-01] - → >= 95%",
        ),
        // Nobody wrote anything; the day came.
        (
            percent("target: [{target: '>= 97%'}, {from: 2026-04-01, target: '>= 95%'}]"),
            percent("target: [{target: '>= 97%'}, {from: 2026-04-01, target: '>= 95%'}]"),
            "weakened | target >= 97% → >= 95%",
        ),
        (
            percent("target: '>= 97%'"),
            percent("target: '≥ 97 %'\nnotes: Same"),
            "changed | notes - → Same",
        ),
    ];
    for (before, after, told) in cases {
        let (path, head) = KPIS;
        let of = |rest: &str| format!("{head}{rest}\n");
        let one = State::sound(&[(path, &of(&before))], "2026-03-31");
        let other = State::sound(&[(path, &of(&after))], "2026-06-30");
        let delta = between(&one, &other);
        let written: Vec<String> = lines(&delta)
            .iter()
            .map(|line| without_verdict(line.strip_prefix("K ").unwrap()))
            .collect();
        assert_eq!(written, [told], "{before}\n---\n{after}");
        hold_the_laws(&one, &other);
    }
}

/// No result is on record here: without a target there is no verdict, with one there is no data.
fn without_verdict(line: &str) -> String {
    let told = line.find("; verdict").map_or(line, |at| &line[..at]);
    told.replace(" crossed", "")
        .replace("crossed |", "changed |")
}

#[test]
fn the_day_of_a_new_target_is_told() {
    let kpi = |target: &str| format!("{KPI}unit: percent\ncadence: monthly\ntarget: {target}\n");
    let before = kpi("'>= 97%'");
    let after = kpi(
        "[{target: '>= 97%'}, {from: 2026-04-01, target: '>= 95%'}, {from: 2026-06-01, target: '>= 98%'}]",
    );
    let one = State::sound(&[("kpis/a.yaml", &before)], "2026-03-31");
    let other = State::sound(&[("kpis/a.yaml", &after)], "2026-06-30");
    let delta = between(&one, &other);
    let demands = &delta.changes[0].facts.demands;
    let told: Vec<String> = demands
        .iter()
        .map(|it| {
            let word = if it.weaker { "weaker" } else { "stricter" };
            format!(
                "{word} {} → {} from {}",
                it.from.as_deref().unwrap_or("-"),
                it.to.as_deref().unwrap_or("-"),
                it.since.map_or("-".to_owned(), |day| day.to_string())
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "weaker ≥ 97 % → ≥ 95 % from 2026-04-01",
            "stricter ≥ 97 % → ≥ 98 % from 2026-06-01",
        ]
    );
}

#[test]
fn less_often_is_weaker() {
    check(&[
        case(
            KPIS,
            "unit: percent\ncadence: monthly",
            "unit: percent\ncadence: quarterly",
            "weakened | cadence monthly → quarterly",
        ),
        case(
            KPIS,
            "unit: percent\ncadence: monthly\ngrace: 5d",
            "unit: percent\ncadence: monthly\ngrace: 3 weeks",
            "weakened | grace 5d → 3w",
        ),
        // The usual grace of a month is ten days.
        case(
            KPIS,
            "unit: percent\ncadence: monthly\ngrace: 5d",
            "unit: percent\ncadence: monthly",
            "weakened | grace 5d → -",
        ),
        case(
            ACTIVITIES,
            "cadence: {every: 6w, anchor: 2026-01-05}",
            "cadence: monthly",
            "tightened | cadence {\"every\":\"6w\",\"anchor\":\"2026-01-05\"} → monthly",
        ),
        case(
            ACTIVITIES,
            "cadence: {every: 1mo, anchor: 2026-01-05}",
            "cadence: {every: 1 month, anchor: 2026-01-12}",
            "changed | cadence.anchor 2026-01-05 → 2026-01-12",
        ),
        case(
            ACTIVITIES,
            "cadence: {max_age: 2d}",
            "cadence: {max_age: 1d}",
            "tightened | cadence.max_age 2d → 1d",
        ),
        case(
            CONTROLS,
            "monitor: {cadence: monthly, method: manual}",
            "monitor: {cadence: monthly, method: manual, grace: 30d}",
            "weakened | monitor.grace - → 30d",
        ),
        case(
            CONTROLS,
            "monitor: {cadence: monthly, method: manual}",
            "",
            "weakened | monitor {\"cadence\":\"monthly\",\"method\":\"manual\"} → -",
        ),
        case(
            CONTROLS,
            "",
            "review: {every: 1y}",
            "tightened | review - → {\"every\":\"1y\"}",
        ),
        case(
            POLICIES,
            "review: {every: 12mo}",
            "review: {every: 2y}",
            "weakened | review.every 12mo → 2y",
        ),
        case(
            RATED_RISKS,
            "review: {every: 6mo}",
            "review: {every: 3mo}",
            "tightened | review.every 6mo → 3mo",
        ),
    ]);
}

#[test]
fn an_acceptance_gets_wider() {
    check(&[
        case(
            RATED_RISKS,
            "acceptance: {until: 2026-12-31, score: 6, rationale: Small}",
            "acceptance: {until: 2027-12-31, score: 6, rationale: Small}",
            "weakened | acceptance.until 2026-12-31 → 2027-12-31",
        ),
        case(
            RATED_RISKS,
            "acceptance: {until: 2026-12-31, score: 6, rationale: Small}",
            "acceptance: {score: 6, rationale: Small}",
            "weakened | acceptance.until 2026-12-31 → -",
        ),
        case(
            RATED_RISKS,
            "acceptance: {until: 2026-12-31, score: 6, rationale: Small}",
            "acceptance: {until: 2026-12-31, score: 9, rationale: Small}",
            "weakened | acceptance.score 6 → 9",
        ),
        case(
            RATED_RISKS,
            "acceptance: {until: 2026-12-31, score: 6, rationale: Small}",
            "acceptance: {until: 2026-11-30, score: 9, rationale: Small}",
            "weakened tightened | acceptance.until 2026-12-31 → 2026-11-30; acceptance.score 6 → 9",
        ),
        // To accept a risk at all is a decision, not a wider one.
        case(
            RATED_RISKS,
            "",
            "acceptance: {until: 2026-12-31, score: 6, rationale: Small}",
            "changed | acceptance - → {\"until\":\"2026-12-31\",\"score\":6,\"rationale\":\"Small\"}",
        ),
    ]);
}

#[test]
fn plans_slip_and_advance() {
    check(&[
        case(
            ACTIONS,
            "due: 2026-05-15\nstatus: open",
            "due: 2026-06-30\nstatus: open",
            "slipped | due 2026-05-15 → 2026-06-30",
        ),
        case(
            ACTIONS,
            "due: 2026-05-15\nstatus: open",
            "due: 2026-04-30\nstatus: open",
            "advanced | due 2026-05-15 → 2026-04-30",
        ),
        // Done is told before late.
        case(
            ACTIONS,
            "due: 2026-05-15\nstatus: open",
            "due: 2026-06-30\nstatus: completed\ncompleted: 2026-06-20",
            "closed slipped | due 2026-05-15 → 2026-06-30; status open → completed; completed - → 2026-06-20",
        ),
        case(
            RATED_RISKS,
            "treatment: {option: mitigate, due: 2026-05-01}",
            "treatment: {option: mitigate, due: 2026-09-01}",
            "slipped | treatment.due 2026-05-01 → 2026-09-01",
        ),
        case(
            RATED_RISKS,
            "treatment: {option: mitigate, due: 2026-05-01}",
            "treatment: {option: mitigate}",
            "changed | treatment.due 2026-05-01 → -",
        ),
        case(
            REVIEWS,
            "planned: 2026-07-10",
            "planned: 2026-07-17",
            "slipped | planned 2026-07-10 → 2026-07-17",
        ),
        case(
            AUDITS,
            "planned: 2026-09-10",
            "planned: 2026-09-01",
            "advanced | planned 2026-09-10 → 2026-09-01",
        ),
        case(
            OBJECTIVES,
            "due: 2026-12-31",
            "due: 2027-06-30",
            "slipped | due 2026-12-31 → 2027-06-30",
        ),
        case(
            POLICIES,
            "review: {every: 1y, next: 2026-09-01}",
            "review: {every: 1y, next: 2026-12-01}",
            "slipped | review.next 2026-09-01 → 2026-12-01",
        ),
    ]);
}

#[test]
fn the_extension_that_moved_a_due_date_is_counted() {
    let first = "{from: 2026-04-15, to: 2026-05-15, by: ciso, on: 2026-04-10, reason: Late}";
    let second = "{from: 2026-05-15, to: 2026-06-30, by: ciso, on: 2026-05-10, reason: Late again}";
    let action = |due: &str, extensions: &str| {
        format!("{ACTION}status: open\ndue: {due}\nextensions: [{extensions}]\n")
    };
    let before = action("2026-05-15", first);
    let after = action("2026-06-30", &format!("{second}, {first}"));
    let one = State::sound(&[("actions/a.yaml", &before)], "2026-04-30");
    let other = State::sound(&[("actions/a.yaml", &after)], "2026-06-30");
    let delta = between(&one, &other);
    let plan = &delta.changes[0].facts.plans[0];
    assert_eq!((plan.path, plan.extension), ("due", Some(2)));
    hold_the_laws(&one, &other);
    let bare = action("2026-06-30", first);
    let bare = State::sound(&[("actions/a.yaml", &bare)], "2026-06-30");
    let delta = between(&one, &bare);
    assert_eq!(delta.changes[0].facts.plans[0].extension, None);
}

#[test]
fn records_come_and_go_with_all_their_fields() {
    let risk = format!("{RISK}likelihood: 3\nimpact: 4\n");
    let one = State::sound(&[], "2026-03-31");
    let other = State::sound(&[("risks/a.yaml", &risk)], "2026-06-30");
    assert_eq!(
        lines(&between(&one, &other)),
        [
            "R added | title - → Outage; owner - → cto; category - → it; identified - → 2026-01-10; likelihood - → 3; \
          impact - → 4; status - → open; score - → 12; band - → medium"
        ]
    );
    let removed = between(&other, &one);
    assert_eq!(removed.changes[0].kinds[0].word(), "removed");
    assert_eq!(removed.changes[0].title, "Outage");
    hold_the_laws(&one, &other);
}

#[test]
fn the_latest_assessment_is_told_where_it_is_new() {
    let first = "{date: 2026-01-10, by: ciso, likelihood: 3, impact: 4}";
    let second = "{date: 2026-05-12, by: cto, likelihood: 5, impact: 4, note: Exploited}";
    let risk = |list: &str| format!("{RISK}assessments: [{list}]\n");
    let (before, after) = (risk(first), risk(&format!("{second}, {first}")));
    let one = State::sound(&[("risks/a.yaml", &before)], "2026-03-31");
    let other = State::sound(&[("risks/a.yaml", &after)], "2026-06-30");
    let facts = &between(&one, &other).changes[0].facts;
    let told = facts.assessment.as_ref().unwrap();
    assert_eq!(
        (told.by.as_str(), told.note.as_deref()),
        ("cto", Some("Exploited"))
    );
    let score = |rated: &Option<ismsctl::assess::delta::Rated>| rated.as_ref().unwrap().score;
    assert_eq!(
        (score(&facts.rating.before), score(&facts.rating.after)),
        (Some(12), Some(20))
    );
    assert_eq!(between(&other, &one).changes[0].facts.assessment, None);
}

#[test]
fn another_method_gives_other_scores_of_the_same_ratings() {
    let risk = format!("{RISK}likelihood: 3\nimpact: 4\n");
    let config = format!("{CONFIG}[risk]\nscore = \"sum\"\nappetite = 5\n");
    let one = State::sound(&[("risks/a.yaml", &risk)], "2026-03-31");
    let other = State::sound(
        &[("risks/a.yaml", &risk), ("isms.toml", &config)],
        "2026-03-31",
    );
    assert_eq!(
        lines(&between(&one, &other)),
        [
            "R de-escalated | score 12 → 7",
            "isms.toml changed | risk - → {\"score\":\"sum\",\"appetite\":5}",
        ]
    );
    hold_the_laws(&one, &other);
}

#[test]
fn severities_are_graver_only_on_a_scale_that_both_sides_share() {
    let turned =
        format!("{CONFIG}[incident]\nseverities = [\"sev4\", \"sev3\", \"sev2\", \"sev1\"]\n");
    let incident = |severity: &str| format!("{INCIDENT}severity: {severity}\n");
    let (before, after) = (incident("sev3"), incident("sev1"));
    let one = State::sound(&[("incidents/a.yaml", &before)], "2026-03-31");
    let files = [("incidents/a.yaml", after.as_str()), ("isms.toml", &turned)];
    let other = State::sound(&files, "2026-03-31");
    let told = lines(&between(&one, &other));
    assert_eq!(told[0], "I changed | severity sev3 → sev1");
}
