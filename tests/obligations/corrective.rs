//! The corrective action chain: steps of findings, succession, the register of improvements, lessons.

use crate::support::{Workspace, date, record};
use chrono::NaiveDate;
use ismsctl::assess::chain::{Chain, Outcome, Step, StepState};

const CONFIG: &str = "since = 2026-01-01\n[finding]\nroot_cause_within = { major = \"14d\" }\n\
    close_within = { major = \"30d\" }\n[incident]\nlessons_within = { sev1 = \"14d\" }\n";

/// A nonconformity raised on 1 March by an incident.
fn finding(rest: &str) -> String {
    record(
        "FND",
        &format!(
            "type: major\nsource: INC\nraised: 2026-03-01\nraised_by: auditor\nstatus: open\n{rest}"
        ),
    )
}

/// An action opened on 5 March and due on 31 March.
fn action(id: &str, rest: &str) -> String {
    let rest = format!(
        "type: corrective\nsource: FND\nopened: 2026-03-05\ndue: 2026-03-31\nsuccess_criteria: c\nstatus: open\n{rest}"
    );
    record(id, &rest)
}

fn workspace(finding: &str, actions: &[String]) -> Workspace {
    let incident = record(
        "INC",
        "severity: sev3\ndetected: 2026-02-20\nresolved: 2026-02-21",
    );
    let actions = actions.join("---\n");
    let mut files = vec![
        ("findings/f.yaml", finding),
        ("incidents/i.yaml", &incident),
    ];
    if !actions.is_empty() {
        files.push(("actions/a.yaml", &actions));
    }
    Workspace::new(CONFIG, &files)
}

/// The steps of the only finding: `name day` when taken, `name ?` and the day it is due when missing; those nobody
/// asks for are left out.
fn steps(chain: &Chain<'_>) -> String {
    let day =
        |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.format(" %m-%d").to_string());
    let steps = chain.findings[0].steps.iter();
    let words = steps.filter_map(|(step, state)| match state {
        StepState::Done(on) => Some(format!("{step:?}{}", day(*on))),
        StepState::Missing(due) => Some(format!("{step:?}?{}", day(*due))),
        StepState::NotAsked => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_step_of_a_nonconformity_has_its_day() {
    let text = finding(
        "consequences: none\nsimilar: {checked_by: o, on: 2026-03-08, found: []}\n\
         root_cause: {date: 2026-03-10, by: o, text: t}\nclosed: 2026-05-02\nclosed_by: auditor",
    );
    let done = action(
        "A1",
        "completed: 2026-03-25\nevidence: [{url: \"https://example.org\"}]\n\
         verification: {by: p, on: 2026-04-28, effective: true, note: n}",
    );
    let workspace = workspace(&text, &[done]);
    for (day, expected, status, next) in [
        (
            "2026-03-01",
            "Consequences Similar? RootCause? 03-15 Actions? Completion? 03-31 Evidence? Verification? Effectiveness? Closure?",
            "open",
            Some(Step::Similar),
        ),
        (
            "2026-03-10",
            "Consequences Similar 03-08 RootCause 03-10 Actions 03-05 Completion? 03-31 Evidence? Verification? Effectiveness? Closure?",
            "open",
            Some(Step::Completion),
        ),
        (
            "2026-03-25",
            "Consequences Similar 03-08 RootCause 03-10 Actions 03-05 Completion 03-25 Evidence Verification? 04-24 Effectiveness? Closure?",
            "open",
            Some(Step::Verification),
        ),
        (
            "2026-04-28",
            "Consequences Similar 03-08 RootCause 03-10 Actions 03-05 Completion 03-25 Evidence Verification 04-28 Effectiveness 04-28 Closure?",
            "open",
            Some(Step::Closure),
        ),
        (
            "2026-05-02",
            "Consequences Similar 03-08 RootCause 03-10 Actions 03-05 Completion 03-25 Evidence Verification 04-28 Effectiveness 04-28 Closure 05-02",
            "closed",
            None,
        ),
    ] {
        workspace.chain(day, |chain| {
            assert_eq!(steps(&chain), expected, "{day}");
            let finding = &chain.findings[0];
            assert_eq!((finding.status, finding.next()), (status, next), "{day}");
            assert_eq!(finding.source.kind, Some("incident"));
        });
    }
    workspace.chain("2026-06-30", |chain| assert_eq!(chain.findings[0].age, 62));
    workspace.chain("2026-02-28", |chain| assert!(chain.findings.is_empty()));
}

#[test]
fn observations_ask_for_less_and_declined_ones_for_nothing() {
    let observation = |rest: &str| finding(rest).replace("type: major", "type: observation");
    let of = |text: &str, actions: &[String]| {
        workspace(text, actions).chain("2026-06-30", |chain| steps(&chain))
    };
    assert_eq!(
        of(&observation(""), &[]),
        "Actions? Completion? Evidence? Closure?"
    );
    let improvement = action("A1", "completed: 2026-03-25").replace("corrective", "improvement");
    assert_eq!(
        of(&observation(""), &[improvement]),
        "Actions 03-05 Completion 03-25 Evidence? Closure?"
    );
    assert_eq!(
        of(&observation("correction: c\nclosed: 2026-03-09"), &[]),
        "Closure 03-09"
    );
    let declined = "disposition: {declined: true, by: o, on: 2026-03-09, reason: r}";
    assert_eq!(of(&observation(declined), &[]), "Closure?");
}

#[test]
fn what_did_not_work_is_followed_to_what_did() {
    let check = |on: &str, effective: bool| {
        format!("verification: {{by: p, on: {on}, effective: {effective}, note: n}}")
    };
    let first = action(
        "A1",
        &format!("completed: 2026-03-20\n{}", check("2026-04-10", false)),
    );
    let second = |rest: &str| {
        let text = action("A2", &format!("succeeds: A1\n{rest}"));
        text.replace("2026-03-05", "2026-04-12")
            .replace("source: FND", "source: INC")
    };
    let outcome = |actions: &[String], day: &str| {
        workspace(&finding("actions: [A1]"), actions).chain(day, |chain| {
            let ids: Vec<&str> = chain.findings[0]
                .actions
                .iter()
                .map(|it| it.link.id)
                .collect();
            (ids.join(" "), chain.findings[0].actions[0].outcome)
        })
    };
    let worked = second(&format!(
        "completed: 2026-05-02\n{}",
        check("2026-05-30", true)
    ));
    let both = [first.clone(), worked];
    let of = |day: &str| outcome(&both, day);
    assert_eq!(of("2026-03-19"), ("A1".into(), Outcome::Open));
    assert_eq!(
        of("2026-03-20"),
        ("A1".into(), Outcome::Completed(date("2026-03-20")))
    );
    assert_eq!(
        of("2026-04-10"),
        ("A1".into(), Outcome::Ineffective(date("2026-04-10")))
    );
    assert_eq!(
        of("2026-05-29"),
        ("A1 A2".into(), Outcome::Ineffective(date("2026-04-10")))
    );
    assert_eq!(
        of("2026-05-30"),
        ("A1 A2".into(), Outcome::Effective(date("2026-05-30")))
    );
    // One that was opened before it cannot follow it.
    let early = second(&check("2026-05-30", true)).replace("2026-04-12", "2026-03-04");
    let earlier = [first.clone(), early];
    assert_eq!(
        outcome(&earlier, "2026-06-30"),
        ("A1".into(), Outcome::Ineffective(date("2026-04-10")))
    );
    // A circle, which another rule tells, is walked once.
    let circle = [
        action(
            "A1",
            &format!("succeeds: A2\n{}", check("2026-04-10", false)),
        ),
        action(
            "A2",
            &format!("succeeds: A1\n{}", check("2026-04-11", false)),
        ),
    ];
    assert_eq!(
        outcome(&circle, "2026-06-30"),
        ("A1 A2".into(), Outcome::Ineffective(date("2026-04-10")))
    );
}

#[test]
fn the_register_of_improvements_is_a_view_of_actions() {
    let text = action(
        "A1",
        "description: Do it\ncheck_in: {by: p, every: 2w}\nprogress: [{date: 2026-03-12, note: n}]\n\
         extensions: [{from: 2026-03-31, to: 2026-05-15, by: p, on: 2026-04-02, reason: r}]\n\
         completed: 2026-05-20",
    )
    .replace("due: 2026-03-31", "due: 2026-05-15")
    .replace("status: open", "status: completed");
    let workspace = workspace(&finding(""), &[text]);
    let line = |day: &str| {
        workspace.chain(day, |chain| {
            let it = &chain.improvements[0];
            assert_eq!((it.source.id, it.source.kind), ("FND", Some("finding")));
            assert_eq!(it.description, "Do it");
            assert_eq!(it.first_deadline, date("2026-03-31"));
            format!(
                "{} {} x{} {:?} late {:?} check-in {:?} verify {:?}",
                it.status,
                it.deadline,
                it.extensions(),
                it.overdue,
                it.late,
                it.check_in.map(|(day, late)| format!("{day} {late}")),
                it.verification_due
                    .map(|(day, late)| format!("{day} {late}"))
            )
        })
    };
    for (day, expected) in [
        (
            "2026-03-11",
            "open 2026-03-31 x0 None late None check-in Some(\"2026-03-19 false\") verify None",
        ),
        (
            "2026-03-31",
            "in-progress 2026-03-31 x0 None late None check-in Some(\"2026-03-26 true\") verify None",
        ),
        (
            "2026-04-01",
            "in-progress 2026-03-31 x0 Some(1) late None check-in Some(\"2026-03-26 true\") verify None",
        ),
        (
            "2026-04-02",
            "in-progress 2026-05-15 x1 None late None check-in Some(\"2026-03-26 true\") verify None",
        ),
        (
            "2026-05-20",
            "completed 2026-05-15 x1 None late Some(5) check-in None verify Some(\"2026-06-19 false\")",
        ),
        (
            "2026-06-20",
            "completed 2026-05-15 x1 None late Some(5) check-in None verify Some(\"2026-06-19 true\")",
        ),
    ] {
        assert_eq!(line(day), expected, "{day}");
    }
}

#[test]
fn lessons_of_incidents_and_audits_are_told_step_by_step() {
    let incident = record(
        "INC",
        "severity: sev1\ndetected: 2026-02-20\nresolved: 2026-02-21\nlessons:\n  document: {date: 2026-02-22, note: n}",
    );
    let audit = record(
        "AUD",
        "type: internal\nscope: s\ncriteria: c\nauditors: [o]\nplanned: 2026-02-10\nperformed: 2026-02-28\n\
         lessons:\n  identify: {date: 2026-03-20, note: Ask earlier}",
    );
    let raised = finding("").replace("source: INC", "source: AUD");
    let files = [
        ("incidents/i.yaml", incident.as_str()),
        ("audits/a.yaml", &audit),
        ("findings/f.yaml", &raised),
        ("actions/a.yaml", &action("A1", "")),
    ];
    let workspace = Workspace::new(CONFIG, &files);
    let missing = |day: &str| {
        workspace.chain(day, |chain| {
            let all = chain.lessons.iter();
            all.map(|it| format!("{}: {}", it.seen.id(), it.missing().join(" ")))
                .collect::<Vec<_>>()
                .join("; ")
        })
    };
    assert_eq!(missing("2026-02-20"), "INC: ");
    assert_eq!(missing("2026-02-21"), "INC: document analyse identify");
    assert_eq!(
        missing("2026-02-28"),
        "INC: analyse identify; AUD: document analyse identify"
    );
    assert_eq!(
        missing("2026-03-20"),
        "INC: analyse identify; AUD: document analyse implement verify"
    );
    workspace.chain("2026-03-20", |chain| {
        let [incident, audit] = chain.lessons.as_slice() else {
            panic!("two")
        };
        assert_eq!(incident.steps[1].due, Some(date("2026-03-07")));
        assert_eq!(
            audit.steps[2].done,
            Some((date("2026-03-20"), "Ask earlier"))
        );
        assert_eq!(audit.steps[3].due, Some(date("2026-03-31")));
        assert_eq!(audit.steps[4].due, Some(date("2026-04-30")));
        assert!(audit.has_begun());
    });
}
