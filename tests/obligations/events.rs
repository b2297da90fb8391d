//! What incidents, risks and evidence ask for.

use crate::support::{Workspace, action, record, word};

/// Obligations of one kind from one incident, in a zone with summer time.
fn incident(kind: &str, rest: &str, day: &str) -> String {
    let config = "since = 2025-01-01\ntimezone = \"Europe/Zurich\"\n[incident]\nlessons_within = { sev1 = \"14d\" }";
    let text = record("INC", &format!("severity: sev1\n{rest}"));
    Workspace::new(config, &[("incidents/i.yaml", &text)])
        .of(kind, day)
        .join("; ")
}

#[test]
fn three_lessons_are_due_after_resolution() {
    // The night before clocks go forward: days are counted, not hours.
    let resolved = "detected: 2026-03-28T20:00:00+01:00\nresolved: 2026-03-28T23:30:00+01:00\n";
    let lesson = |step: &str, day: &str| format!("  {step}: {{date: {day}, note: n}}\n");
    let check = |steps: &[(&str, &str)], day: &str, expected: &str| {
        let steps: String = steps.iter().map(|(step, day)| lesson(step, day)).collect();
        let lessons = if steps.is_empty() {
            String::new()
        } else {
            format!("lessons:\n{steps}")
        };
        assert_eq!(
            incident("lessons", &format!("{resolved}{lessons}"), day),
            expected,
            "{day} {steps}"
        );
    };
    check(&[], "2026-03-27", "");
    check(&[], "2026-03-28", "INC due 2026-04-11 due-soon");
    check(&[], "2026-04-11", "INC due 2026-04-11 due-today");
    check(&[], "2026-04-12", "INC due 2026-04-11 overdue");
    let two = [("document", "2026-04-01"), ("analyse", "2026-04-11")];
    check(&two, "2026-04-12", "INC due 2026-04-11 overdue");
    let three = [two[0], ("identify", "2026-04-09"), two[1]];
    check(&three, "2026-04-12", "INC due 2026-04-11 done 2026-04-11");
    check(&three, "2026-04-10", "INC due 2026-04-11 due-soon");
    let late = [two[0], two[1], ("identify", "2026-04-12")];
    check(
        &late,
        "2026-04-12",
        "INC due 2026-04-11 done-late 2026-04-12",
    );
    // A severity without a time has none.
    let config = "[incident]\nlessons_within = { sev2 = \"14d\" }";
    let text = record("INC", &format!("severity: sev1\n{resolved}"));
    let workspace = Workspace::new(config, &[("incidents/i.yaml", &text)]);
    assert_eq!(workspace.lines("2026-05-01"), [""; 0]);
}

/// The later steps of an incident resolved on 1 March with lessons by 15 March and the actions given.
fn later_steps(lessons: &str, actions: &[&str], day: &str) -> String {
    let incident = format!("severity: sev1\ndetected: 2026-03-01\nresolved: 2026-03-01\n{lessons}");
    let incident = record("INC", &incident);
    let mut all = String::new();
    for (index, rest) in actions.iter().enumerate() {
        let text = action(&format!("A{index}"), &format!("opened: 2026-03-02\n{rest}"));
        all += &format!("---\n{}", text.replace("source: POL", "source: INC"));
    }
    let config = "since = 2025-01-01\n[incident]\nlessons_within = { sev1 = \"14d\" }";
    let files = [
        ("incidents/i.yaml", incident.as_str()),
        ("actions/a.yaml", &all),
    ];
    let files = if actions.is_empty() {
        &files[..1]
    } else {
        &files
    };
    let workspace = Workspace::new(config, files);
    let steps = workspace
        .on(day)
        .into_iter()
        .filter(|it| word(&it.kind) == "lessons");
    let lines = steps.filter_map(|it| {
        let step = it.title.strip_prefix("Title of INC: ")?.to_owned();
        Some(format!("{step} {} {}", it.due, word(&it.state)))
    });
    lines.collect::<Vec<_>>().join("; ")
}

#[test]
fn the_last_two_lessons_follow_the_actions_of_the_incident() {
    let improvement = "type: improvement\ndue: 2026-04-10";
    let corrective = "type: corrective\ndue: 2026-04-20";
    // Nothing to implement, nothing to verify.
    assert_eq!(later_steps("", &[], "2026-05-01"), "");
    // An improvement is implemented, and not verified by a day.
    let of = |day| later_steps("", &[improvement], day);
    assert_eq!(of("2026-04-10"), "implement 2026-04-10 due-today");
    assert_eq!(of("2026-04-11"), "implement 2026-04-10 overdue");
    // Not before there is an action, nor before the incident is over.
    assert_eq!(of("2026-03-01"), "");
    // The last of several; what was given up does not count.
    let given_up =
        "type: corrective\ndue: 2026-09-30\ncancelled: {on: 2026-03-20, by: o, reason: r}";
    let actions = [improvement, corrective, given_up];
    assert_eq!(
        later_steps("", &actions, "2026-04-01"),
        "implement 2026-04-20 due-soon; verify 2026-05-20 upcoming"
    );
    assert_eq!(
        later_steps("", &actions, "2026-03-19"),
        "implement 2026-09-30 upcoming; verify 2026-10-30 upcoming"
    );
    // Verification runs from the completion, where there is one.
    let early = "type: corrective\ndue: 2026-04-20\ncompleted: 2026-04-05";
    let lessons = "lessons:\n  implement: {date: 2026-04-06, note: n}\n  verify: {date: 2026-05-06, note: n}\n";
    assert_eq!(
        later_steps(lessons, &[early], "2026-05-05"),
        "implement 2026-04-20 done; verify 2026-05-05 due-today"
    );
    assert_eq!(
        later_steps(lessons, &[early], "2026-05-06"),
        "implement 2026-04-20 done; verify 2026-05-05 done-late"
    );
}

#[test]
fn unresolved_incidents_have_no_lessons_yet() {
    let text = "detected: 2026-03-28T20:00:00+01:00";
    assert_eq!(incident("lessons", text, "2026-12-31"), "");
    // 23:30 in UTC is the next day in Zurich.
    let text = format!("{text}\nresolved: 2026-05-01T23:30:00Z");
    assert_eq!(
        incident("lessons", &text, "2026-05-02"),
        "INC due 2026-05-16 due-soon"
    );
}

#[test]
fn breaches_are_notified_by_the_clock() {
    // Seventy-two hours from 22:00 before clocks go forward end at 23:00 on the third day.
    let known = "detected: 2026-03-27T22:00:00+01:00\npersonal_data: true\n";
    let sent = |at: &str| {
        format!(
            "{known}notification:\n  required: true\n  reason: r\n  by: o\n  sent: [{{to: t, at: {at}}}]\n"
        )
    };
    for (text, day, expected) in [
        (known.to_owned(), "2026-03-26", ""),
        // Undecided counts as required.
        (
            known.to_owned(),
            "2026-03-27",
            "INC due 2026-03-30 due-soon",
        ),
        (
            known.to_owned(),
            "2026-03-30",
            "INC due 2026-03-30 due-today",
        ),
        (known.to_owned(), "2026-03-31", "INC due 2026-03-30 overdue"),
        (
            sent("2026-03-30T23:00:00+02:00"),
            "2026-03-30",
            "INC due 2026-03-30 done 2026-03-30",
        ),
        (
            sent("2026-03-30T21:00:00Z"),
            "2026-03-30",
            "INC due 2026-03-30 done 2026-03-30",
        ),
        (
            sent("2026-03-30T23:00:01+02:00"),
            "2026-03-30",
            "INC due 2026-03-30 done-late 2026-03-30",
        ),
        (
            sent("2026-03-31T08:00:00+02:00"),
            "2026-03-30",
            "INC due 2026-03-30 due-today",
        ),
        (
            sent("2026-03-31T08:00:00+02:00"),
            "2026-03-31",
            "INC due 2026-03-30 done-late 2026-03-31",
        ),
        (
            sent("2026-03-30"),
            "2026-03-30",
            "INC due 2026-03-30 done 2026-03-30",
        ),
        (
            sent("2026-03-31"),
            "2026-03-31",
            "INC due 2026-03-30 done-late 2026-03-31",
        ),
        // The earliest of several.
        (
            sent("2026-04-02T08:00:00+02:00}, {to: u, at: 2026-03-28T08:00:00+01:00"),
            "2026-04-02",
            "INC due 2026-03-30 done 2026-03-28",
        ),
    ] {
        assert_eq!(
            incident("notification", &text, day),
            expected,
            "{text} {day}"
        );
    }
}

#[test]
fn the_clock_runs_from_awareness_and_only_where_it_must() {
    let text = |decision: &str| {
        format!(
            "detected: 2026-05-01\npersonal_data: true\nnotification: {{reason: r, by: o, {decision}}}"
        )
    };
    let of = |decision: &str| incident("notification", &text(decision), "2026-05-04");
    assert_eq!(of("required: true"), "INC due 2026-05-04 due-today");
    assert_eq!(
        of("required: true, aware: 2026-05-03"),
        "INC due 2026-05-06 due-soon"
    );
    assert_eq!(of("required: false"), "");
    // Plain days: whole days of 24 h, also where clocks change.
    let days = "detected: 2025-10-24\npersonal_data: true\n\
        notification: {required: true, reason: r, by: o, sent: [{to: t, at: 2025-10-27}]}";
    assert_eq!(
        incident("notification", days, "2025-10-27"),
        "INC due 2025-10-27 done 2025-10-27"
    );
    // Nobody asked, and nobody's data.
    assert_eq!(
        incident("notification", "detected: 2026-05-01", "2026-05-04"),
        ""
    );
    let other = "detected: 2026-05-01\nnotification: {required: true, reason: contract, by: o}";
    assert_eq!(
        incident("notification", other, "2026-05-04"),
        "INC due 2026-05-04 due-today"
    );
}

/// Obligations of one kind from one risk and an action.
fn risk(kind: &str, rest: &str, act: &str, day: &str) -> String {
    let text = record(
        "RISK",
        &format!(
            "category: c\nidentified: 2026-01-10\nlikelihood: 3\nimpact: 3\nstatus: open\n{rest}"
        ),
    );
    let act = action(
        "ACT",
        &format!("type: treatment\nopened: 2026-01-10\ndue: 2026-12-31\n{act}"),
    );
    let files = [("risks/r.yaml", text.as_str()), ("actions/a.yaml", &act)];
    Workspace::new("since = 2025-01-01", &files)
        .of(kind, day)
        .join("; ")
}

#[test]
fn treatment_is_done_when_its_actions_are() {
    let planned = "treatment: {option: mitigate, due: 2026-06-30, actions: [ACT]}";
    let of = |rest: &str, act: &str| risk("risk-treatment", rest, act, "2026-07-01");
    assert_eq!(of(planned, ""), "RISK due 2026-06-30 overdue");
    assert_eq!(
        of(planned, "completed: 2026-06-30"),
        "RISK due 2026-06-30 done 2026-06-30"
    );
    assert_eq!(
        of(planned, "completed: 2026-07-01"),
        "RISK due 2026-06-30 done-late 2026-07-01"
    );
    assert_eq!(
        of(&format!("{planned}\nclosed: 2026-05-01"), ""),
        "RISK due 2026-06-30 done 2026-05-01"
    );
    // Without actions: when an assessment finds the target reached, and stays there.
    let alone = |assessments: &str| {
        format!(
            "treatment: {{option: mitigate, due: 2026-06-30}}\ntarget: {{likelihood: 2, impact: 3}}\n\
             assessments: [{assessments}]"
        )
    };
    let assessed = |day: &str, likelihood: u8| {
        format!("{{date: {day}, by: o, likelihood: {likelihood}, impact: 3}}")
    };
    let (high, low, lower) = (
        assessed("2026-01-10", 4),
        assessed("2026-04-01", 2),
        assessed("2026-06-01", 1),
    );
    assert_eq!(of(&alone(&high), ""), "RISK due 2026-06-30 overdue");
    let all = format!("{high}, {low}, {lower}");
    assert_eq!(of(&alone(&all), ""), "RISK due 2026-06-30 done 2026-04-01");
    let back = format!("{high}, {low}, {}", assessed("2026-06-01", 4));
    assert_eq!(of(&alone(&back), ""), "RISK due 2026-06-30 overdue");
    // To accept is to sign.
    let accepted = "treatment: {option: accept, due: 2026-06-30}\n\
        acceptance: {score: 9, rationale: r, by: [{who: o, on: 2026-05-05}]}";
    assert_eq!(of(accepted, ""), "RISK due 2026-06-30 done 2026-05-05");
}

#[test]
fn acceptances_end() {
    let text =
        "acceptance: {score: 9, rationale: r, until: 2026-06-30, by: [{who: o, on: 2026-02-01}]}";
    let of = |rest: &str, day: &str| risk("acceptance-end", &format!("{text}\n{rest}"), "", day);
    assert_eq!(of("", "2026-01-31"), "");
    assert_eq!(of("", "2026-02-01"), "RISK due 2026-06-30 upcoming");
    assert_eq!(of("", "2026-06-30"), "RISK due 2026-06-30 due-today");
    assert_eq!(of("", "2026-07-01"), "RISK due 2026-06-30 overdue");
    assert_eq!(of("closed: 2026-06-01", "2026-07-01"), "");
}

#[test]
fn evidence_expires_on_records_and_rows_that_still_need_it() {
    let evidence =
        "evidence: [{path: evidence/c.pdf, valid_until: 2026-06-30}, {url: \"https://x.example\"}]";
    let row = |rest: &str| format!("id: acme\nname: Acme\nresponsible: ops\n{evidence}\n{rest}\n");
    let config =
        "since = 2025-01-01\n[registers.vendors]\nowner = \"responsible\"\nclosed = \"left\"";
    let of = |path: &str, text: &str, day: &str| {
        Workspace::new(config, &[(path, text)])
            .of("evidence-expiry", day)
            .join("; ")
    };
    let vendors = "registers/vendors/v.yaml";
    assert_eq!(
        of(vendors, &row(""), "2026-06-30"),
        "vendors/acme due 2026-06-30 due-today"
    );
    assert_eq!(
        of(vendors, &row(""), "2026-07-01"),
        "vendors/acme due 2026-06-30 overdue"
    );
    assert_eq!(of(vendors, &row("left: 2026-06-15"), "2026-06-30"), "");
    let workspace = Workspace::new(config, &[(vendors, &row(""))]);
    let it = &workspace.on("2026-06-30")[0];
    assert_eq!(
        (it.title.as_str(), it.owner.as_deref()),
        ("Acme: evidence/c.pdf", Some("ops"))
    );
    let open = action(
        "ACT",
        &format!("type: improvement\nopened: 2026-01-01\ndue: 2026-12-31\n{evidence}"),
    );
    assert_eq!(
        of("actions/a.yaml", &open, "2026-06-30"),
        "ACT due 2026-06-30 due-today"
    );
    let done = format!("{open}completed: 2026-03-01\n");
    assert_eq!(of("actions/a.yaml", &done, "2026-06-30"), "");
    let audit = record(
        "AUD",
        &format!(
            "type: t\nscope: s\ncriteria: c\nauditors: [o]\nplanned: 2026-01-01\nperformed: 2026-01-01\n{evidence}"
        ),
    );
    assert_eq!(
        of("audits/a.yaml", &audit, "2026-06-30"),
        "AUD due 2026-06-30 due-today"
    );
    let result = format!("kpi: K\ndate: 2026-01-01\nvalue: 1\n{evidence}\n");
    assert_eq!(of("results/r.yaml", &result, "2026-06-30"), "");
}
