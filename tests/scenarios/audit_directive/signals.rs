//! What is watched by which tool, when it raises an alarm, and that every tool is the source of something.

use crate::support::{Scenario, word};
use std::collections::BTreeSet;

/// Signals, tools and thresholds; and every result that meets its threshold, found by taking all answers away.
#[test]
fn every_signal_has_its_tool_and_threshold() {
    const SIGNALS: [(&str, &str, &str, &str); 6] = [
        (
            "failed logins",
            "ACTV-SIG-LOGIN",
            "Splunk",
            "> 5 count 10min",
        ),
        (
            "privileged access",
            "ACTV-SIG-PRIVILEGED",
            "CyberArk",
            "any count -",
        ),
        (
            "traffic anomalies",
            "ACTV-SIG-NETWORK",
            "Elastic",
            "fail - -",
        ),
        (
            "malware detection",
            "ACTV-SIG-MALWARE",
            "Sentinel",
            "any count -",
        ),
        (
            "error rate",
            "ACTV-SIG-ERRORS",
            "application monitoring",
            "> 1% percent -",
        ),
        (
            "sensitive data access",
            "ACTV-SIG-EXPORT",
            "Purview",
            "any count -",
        ),
    ];
    let page = Scenario::open("audit-directive");
    for (signal, id, tool, alert) in SIGNALS {
        let entry = page.snapshot().get(id).unwrap();
        let activity: &ismsctl::records::activity::Activity =
            entry.record().unwrap().try_into().ok().unwrap();
        let own = activity.alert.as_ref().unwrap();
        let unit = own.unit.map_or("-".to_owned(), |unit| unit.to_string());
        let window = own
            .window
            .map_or("-".to_owned(), |window| window.to_string());
        assert_eq!(activity.tool.as_deref(), Some(tool), "{signal}");
        assert_eq!(format!("{} {unit} {window}", own.when), alert, "{signal}");
    }

    // The most failures in ten minutes were 14 in week 10 and 7 in week 19; 5 in week 15 are not more than 5. Failed
    // requests: 1.3 % in week 17; 1.0 % in week 21 is not more than 1 %. Administrative sessions: none in weeks 5, 12
    // and 23. Signatures matched in weeks 6 and 22. Malware: looks of 23 March and 15 June. Exports: weeks 8 and 25.
    let mut expected: BTreeSet<String> = BTreeSet::new();
    for (id, weeks) in [
        ("ACTV-SIG-LOGIN", vec![10, 19]),
        ("ACTV-SIG-NETWORK", vec![6, 22]),
        ("ACTV-SIG-ERRORS", vec![17]),
        ("ACTV-SIG-EXPORT", vec![8, 25]),
        (
            "ACTV-SIG-PRIVILEGED",
            (2..=26)
                .filter(|week| ![5, 12, 23].contains(week))
                .collect(),
        ),
    ] {
        for week in weeks {
            let monday = chrono::NaiveDate::from_isoywd_opt(2026, week + 1, chrono::Weekday::Mon);
            expected.insert(format!("{id}/2026-W{week:02}/{}", monday.unwrap()));
        }
    }
    expected.extend(["2026-03-23", "2026-06-15"].map(|day| format!("ACTV-SIG-MALWARE/{day}")));
    for signal in [
        "errors",
        "exports",
        "logins",
        "malware",
        "network",
        "privileged",
    ] {
        page.rewrite(&format!("results/signals/{signal}.yaml"), |line| {
            let answered = line.find(", handled: {");
            answered.map_or(line.to_owned(), |at| format!("{}}}", &line[..at]))
        });
    }
    let found = page.json("check --timely");
    let found: BTreeSet<String> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["rule"] == "alert-unanswered")
        .map(|it| word(&it["record"]))
        .collect();
    assert_eq!(found, expected);
}

/// Every tool of the list is the source of results, and is reviewed once a year.
#[test]
fn every_tool_is_named_by_what_it_measures() {
    const TOOLS: [(&str, &str, &str); 14] = [
        ("grc", "onetrust", "OneTrust"),
        ("grc", "servicenow", "ServiceNow"),
        ("siem", "splunk", "Splunk"),
        ("siem", "elastic", "Elastic"),
        ("siem", "sentinel", "Sentinel"),
        ("vulnerability", "qualys", "Qualys"),
        ("vulnerability", "nessus", "Nessus"),
        ("vulnerability", "tenable", "Tenable"),
        ("dlp", "purview", "Purview"),
        ("dlp", "symantec", "Symantec"),
        ("pam", "cyberark", "CyberArk"),
        ("pam", "beyondtrust", "BeyondTrust"),
        ("training", "knowbe4", "KnowBe4"),
        ("training", "proofpoint", "Proofpoint"),
    ];
    let page = Scenario::open("audit-directive");
    let sources: BTreeSet<String> = page
        .snapshot()
        .typed::<ismsctl::records::result::Result>(ismsctl::records::Kind::Result)
        .filter_map(|(_, result)| result.source.as_deref().map(str::to_owned))
        .collect();
    let due = page.json("due");
    for (category, id, source) in TOOLS {
        assert!(
            sources.contains(source),
            "no result names {source} as its source"
        );
        let row = page.snapshot().get(&format!("tools/{id}")).unwrap();
        assert_eq!(row.node().get("category").unwrap().text(), category);
        let subject = format!("tools/{id}");
        let mut duties = due["obligations"].as_array().unwrap().iter();
        assert!(
            duties.any(|it| it["subject"] == *subject && it["kind"] == "register-review"),
            "{id} is not reviewed"
        );
    }
    let others = ["application monitoring"];
    let known = TOOLS.map(|(_, _, source)| source);
    let strange: Vec<_> = sources
        .iter()
        .filter(|source| !known.contains(&source.as_str()) && !others.contains(&source.as_str()))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}
