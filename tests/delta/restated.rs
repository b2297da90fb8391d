//! What was restated since a pack: what must hold whatever the records say, and cases that only the comparison itself
//! can tell.

use crate::support::{CONFIG, State};
use ismsctl::assess::Timeline;
use ismsctl::assess::obligations::obligations;
use ismsctl::assess::restated::{
    Cause, Difference, NoPack, Restated, Side, Sought, last_signed_pack, restated,
};
use ismsctl::workspace::{Origin, load};
use proptest::prelude::*;
use std::collections::BTreeMap;

const KPI: &str = "id: K\ntitle: Share\nowner: cto\narea: it\nunit: percent\ncadence: monthly\ntarget: '>= 95%'\nmeasure: recorded\n";
const JANUARY: &str = "kpi: K\nperiod: 2026-01\ndate: 2026-02-02\nvalue: 96\n";

/// What was restated between two states, the earlier one being that of the pack.
fn between(then: &State, now: &State) -> Restated {
    let timelines = (Timeline::of(&then.snapshot), Timeline::of(&now.snapshot));
    let series = (then.series(), now.series());
    restated(
        Side {
            timeline: &timelines.0,
            day: then.day,
            series: &series.0,
        },
        Side {
            timeline: &timelines.1,
            day: now.day,
            series: &series.1,
        },
        then.day,
        &obligations,
    )
}

fn state(kpi: &str, results: &str, day: &str) -> State {
    State::new(&[("kpis/k.yaml", kpi), ("results/a.yaml", results)], day)
}

#[test]
fn figures_are_compared_as_computed() {
    let then = state(KPI, JANUARY, "2026-03-20");
    let nearly = JANUARY.replace("96", "96.0000001");
    let found = between(&then, &state(KPI, &nearly, "2026-06-30"));
    assert_eq!(found.figures.len(), 1, "{found:?}");
    assert_eq!(found.figures[0].periods.last, "2026-01");
    assert!(!found.figures[0].later);
    let same = JANUARY.replace("96", "96.0");
    assert!(between(&then, &state(KPI, &same, "2026-06-30")).is_empty());
}

#[test]
fn the_order_in_which_records_are_added_up_restates_nothing() {
    let kpi = KPI.replace("measure: recorded", "measure: {recorded: mean}");
    let values = ["0.1", "1e15", "0.7", "-1e15", "0.3"];
    let results = |values: &[&str]| {
        let one = |(day, value): (usize, &&str)| {
            format!(
                "kpi: K\nid: RES-{value}\nperiod: 2026-01-0{}\ndate: 2026-02-02\nvalue: {value}\n",
                day + 1
            )
        };
        values
            .iter()
            .enumerate()
            .map(one)
            .collect::<Vec<_>>()
            .join("---\n")
    };
    let then = state(&kpi, &results(&values), "2026-03-20");
    let text = results(&values);
    let turned: Vec<&str> = text.split("---\n").collect();
    let turned: Vec<&str> = turned.into_iter().rev().collect();
    let now = state(&kpi, &turned.join("---\n"), "2026-06-30");
    assert!(
        between(&then, &now).is_empty(),
        "{:?}",
        between(&then, &now)
    );
}

#[test]
fn what_is_awaited_or_open_was_not_told() {
    // The grace of a month runs from its last day.
    let kpi = format!("{KPI}grace: 10d\n");
    let then = state(&kpi, "[]", "2026-02-05");
    let now = state(&kpi, JANUARY, "2026-06-30");
    assert!(between(&then, &now).is_empty());
    let late = state(&kpi, "[]", "2026-02-12");
    let found = between(&late, &now);
    assert_eq!(found.figures.len(), 1, "{found:?}");
    assert_eq!(
        found.figures[0].causes,
        [Cause::Entered("K/2026-01/2026-02-02".to_owned())]
    );
    // Without a target there is no verdict to tell it by.
    let free = kpi.replace("target: '>= 95%'\n", "");
    let then = state(&free, "[]", "2026-02-05");
    assert!(between(&then, &state(&free, JANUARY, "2026-06-30")).is_empty());
}

#[test]
fn periods_that_are_not_shown_any_more_are_told_at_once() {
    let results = "kpi: K\nperiod: 2026-01\ndate: 2026-02-02\nvalue: 96\n---\nkpi: K\nperiod: 2026-02\ndate: 2026-03-02\nvalue: 97\n";
    let then = state(KPI, results, "2026-03-20");
    let quarterly = KPI.replace("monthly", "quarterly");
    let found = between(&then, &state(&quarterly, results, "2026-06-30"));
    let figure = &found.figures[0];
    assert_eq!(figure.difference, Difference::Gone);
    assert_eq!(
        (
            figure.periods.first.as_str(),
            figure.periods.last.as_str(),
            figure.periods.count
        ),
        ("2026-01", "2026-02", 2)
    );
    assert!(
        matches!(&figure.causes[0], Cause::Definition(fields) if fields[0].path == "cadence"),
        "{figure:?}"
    );
}

#[test]
fn a_record_judged_by_itself_is_known_by_its_id() {
    let kpi = "id: K\ntitle: Time\nowner: cto\narea: it\nunit: d\ncadence: each\ntarget: '<= 5d'\nmeasure: {over: incidents, from: detected, until: resolved}\n";
    let incident = |id: &str, resolved: &str| {
        format!(
            "id: {id}\ntitle: x\nowner: cto\nseverity: sev1\ndetected: 2026-02-01\nresolved: {resolved}\n"
        )
    };
    let at = |files: &[(&str, String)], day: &str| {
        let mut all = vec![("kpis/k.yaml", kpi)];
        all.extend(files.iter().map(|(path, text)| (*path, text.as_str())));
        State::new(&all, day)
    };
    let files = [
        ("incidents/1.yaml", incident("I-1", "2026-02-03")),
        // Still open on the day of the pack: it was provisional.
        ("incidents/2.yaml", incident("I-2", "2026-03-25")),
    ];
    let then = at(&files, "2026-03-20");
    let now = at(
        &[
            ("incidents/1.yaml", incident("I-1", "2026-02-09")),
            ("incidents/2.yaml", incident("I-2", "2026-03-24")),
            ("incidents/3.yaml", incident("I-3", "2026-02-05")),
        ],
        "2026-06-30",
    );
    let found = between(&then, &now);
    let told: Vec<_> = found
        .figures
        .iter()
        .map(|it| (it.periods.last.as_str(), it.difference.clone()))
        .collect();
    assert_eq!(told, [("I-1", Difference::Other), ("I-3", Difference::New)]);
}

#[test]
fn the_last_signed_pack_is_of_the_type_first() {
    let config = format!(
        "{CONFIG}[reviews.annual]\ntitle = \"Annual review\"\ncadence = \"annual\"\nattendees = [\"ceo\"]\n"
    );
    let review = |id: &str, r#type: &str, on: &str, pack: &str| {
        format!(
            "id: {id}\ntitle: x\nowner: ciso\ntype: {type}\nplanned: {on}\nheld: {on}\nperiod: {{from: 2026-01-01, to: 2026-01-31}}\nsigned_off: {{by: ceo, on: {on}}}\n{pack}"
        )
    };
    let state = State::new(
        &[
            ("isms.toml", &config),
            (
                "reviews/1.yaml",
                &review(
                    "R-1",
                    "quarterly",
                    "2026-02-01",
                    "pack: {revision: aaaaaaa}\n",
                ),
            ),
            (
                "reviews/2.yaml",
                &review("R-2", "annual", "2026-03-01", "pack: {revision: bbbbbbb}\n"),
            ),
            ("reviews/3.yaml", &review("R-3", "annual", "2026-04-01", "")),
        ],
        "2026-06-30",
    );
    let timeline = Timeline::of(&state.snapshot);
    let found = |day: &str, sought: Sought<'_>| {
        let view = timeline.at(day.parse().unwrap());
        last_signed_pack(&view, sought).map(|pack| (pack.review, pack.of_type, pack.silent))
    };
    let of = |r#type| Sought {
        r#type,
        ..Sought::default()
    };
    let told = |id: &str, of_type, silent: Option<&str>| {
        Ok((id.to_owned(), of_type, silent.map(str::to_owned)))
    };
    assert_eq!(
        found("2026-06-30", of(Some("quarterly"))),
        told("R-1", true, None)
    );
    assert_eq!(
        found("2026-06-30", of(Some("annual"))),
        told("R-2", true, Some("R-3"))
    );
    assert_eq!(
        found("2026-06-30", of(Some("other"))),
        told("R-2", false, None)
    );
    assert_eq!(
        found("2026-06-30", of(None)),
        told("R-2", true, Some("R-3"))
    );
    assert_eq!(
        found("2026-02-15", of(Some("annual"))),
        told("R-1", false, None)
    );
    assert_eq!(found("2026-01-15", of(None)), Err(NoPack::NothingSigned));
    let own = Sought {
        r#type: Some("annual"),
        except: Some("R-2"),
        before: Some("2026-03-01".parse().unwrap()),
    };
    assert_eq!(found("2026-06-30", own), told("R-1", false, None));
    let only = Sought {
        before: Some("2026-02-01".parse().unwrap()),
        ..own
    };
    assert_eq!(found("2026-06-30", only), Err(NoPack::NothingSigned));
}

#[test]
fn reviews_that_say_nothing_of_their_revision_are_no_pack() {
    let review = "id: R-1\ntitle: x\nowner: ciso\ntype: quarterly\nplanned: 2026-02-01\nheld: 2026-02-01\nperiod: {from: 2026-01-01, to: 2026-01-31}\nsigned_off: {by: ceo, on: 2026-02-03}\n";
    let state = State::new(&[("reviews/1.yaml", review)], "2026-06-30");
    let timeline = Timeline::of(&state.snapshot);
    let found = last_signed_pack(&timeline.at(state.day), Sought::default());
    assert_eq!(found, Err(NoPack::NoRevision("R-1".to_owned())));
}

/// Records of all kinds that are compared, of which some are there.
const RECORDS: &[(&str, &str)] = &[
    ("kpis/k.yaml", KPI),
    (
        "kpis/mean.yaml",
        "id: M\ntitle: Mean\nowner: cto\narea: it\nunit: d\ncadence: monthly\ntarget: '<= 2d for 2 periods'\nmeasure: {over: incidents, at: resolved, value: r.resolved - r.detected, aggregate: mean}\n",
    ),
    (
        "kpis/open.yaml",
        "id: O\ntitle: Closed by now\nowner: cto\narea: it\nunit: percent\ncadence: monthly\nmeasure: {over: findings, at: raised, pass: r.closed != null, aggregate: share}\n",
    ),
    (
        "kpis/each.yaml",
        "id: E\ntitle: Each\nowner: cto\narea: it\nunit: d\ncadence: each\ntarget: '<= 5d'\nmeasure: {over: incidents, from: detected, until: resolved}\n",
    ),
    (
        "kpis/duties.yaml",
        "id: D\ntitle: Done on time\nowner: cto\narea: it\nunit: percent\ncadence: monthly\nmeasure: {over: obligations, at: due, pass: r.on_time, aggregate: share}\n",
    ),
    ("results/1.yaml", JANUARY),
    (
        "results/2.yaml",
        "kpi: K\nperiod: 2026-02\ndate: 2026-05-02\nvalue: 90\n",
    ),
    (
        "results/3.yaml",
        "kpi: K\nid: RES-3\nperiod: 2026-01\ndate: 2026-05-02\nvalue: 90\nsupersedes: K/2026-01/2026-02-02\n",
    ),
    (
        "incidents/1.yaml",
        "id: I-1\ntitle: x\nowner: cto\nseverity: sev1\ndetected: 2026-01-10\nresolved: 2026-01-12\n",
    ),
    (
        "incidents/2.yaml",
        "id: I-2\ntitle: x\nowner: cto\nseverity: sev2\ndetected: 2026-02-10\nresolved: 2026-04-12\n",
    ),
    (
        "findings/1.yaml",
        "id: F-1\ntitle: x\nowner: cto\ntype: minor\nsource: K\nraised: 2026-01-20\nraised_by: ciso\nstatus: closed\nclosed: 2026-04-20\n",
    ),
    (
        "actions/1.yaml",
        "id: A-1\ntitle: x\nowner: cto\ntype: corrective\nsource: F-1\nopened: 2026-01-21\ndue: 2026-05-01\nextensions: [{from: 2026-04-01, to: 2026-05-01, by: ciso, on: 2026-03-25, reason: a}]\nstatus: completed\ncompleted: 2026-04-21\n",
    ),
    (
        "risks/1.yaml",
        "id: R-1\ntitle: x\nowner: cto\ncategory: it\nidentified: 2026-01-10\nassessments: [{date: 2026-01-10, by: cto, likelihood: 1, impact: 1}, {date: 2026-04-10, by: cto, likelihood: 4, impact: 4}]\nstatus: open\n",
    ),
];

fn picked(mask: u16, day: &str) -> State {
    let all = RECORDS.iter().enumerate();
    let picked = all.filter(|(at, _)| mask >> at & 1 == 1);
    let mut files: BTreeMap<String, Vec<u8>> = picked
        .map(|(_, (path, text))| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    files.insert("isms.toml".to_owned(), CONFIG.as_bytes().to_vec());
    State {
        snapshot: load(&Origin::Memory(&files)).unwrap(),
        day: day.parse().unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Nothing is restated against the same records on the same day; on a later day no record is, and what time alone
    /// made another figure is called so.
    #[test]
    fn the_same_records_restate_nothing(mask in 0u16..1 << 13) {
        let then = picked(mask, "2026-03-20");
        prop_assert_eq!(between(&then, &picked(mask, "2026-03-20")), Restated::default());
        let later = between(&then, &picked(mask, "2026-06-30"));
        prop_assert!(later.figures.iter().all(|figure| figure.later), "{:?}", later);
        let corrections = later.records.iter().all(|record| record.id == "K/2026-01/2026-02-02");
        prop_assert!(corrections, "{:?}", later.records);
    }
}
