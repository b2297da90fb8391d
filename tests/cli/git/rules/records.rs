//! Sound records of a few lines.

/// A risk of the CTO.
pub fn risk(id: &str) -> String {
    format!(
        "id: {id}\ntitle: A risk\nowner: cto\ncategory: access\nidentified: 2026-01-01\nlikelihood: 3\nimpact: 3\nstatus: open\n"
    )
}

/// An issue noted on 1 January 2026.
pub fn context(id: &str) -> String {
    format!("id: {id}\ntitle: An issue\nowner: ciso\ntype: external-issue\ndate: 2026-01-01\n")
}

/// An objective.
pub fn objective(id: &str) -> String {
    format!("id: {id}\ntitle: A goal\nowner: ciso\nkpis: []\n")
}

/// An audit performed on a day.
pub fn audit(id: &str, performed: &str) -> String {
    format!(
        "id: {id}\ntitle: An audit\nowner: ciso\ntype: internal\nscope: Everything\ncriteria: ISO/IEC 27001:2022\nauditors: [auditor]\nplanned: {performed}\nperformed: {performed}\n"
    )
}

/// Work with results.
pub const ACTIVITY: &str = "id: ACTV-1\ntitle: Work\nowner: ciso\nmethod: manual\ncadence: daily\n";

/// An entry of a list of results of [`ACTIVITY`], of one day.
pub fn result(id: &str, day: &str) -> String {
    format!("- {{id: {id}, activity: ACTV-1, period: {day}, date: {day}, outcome: pass}}\n")
}

/// A policy reviewed on these days by these people.
pub fn policy(log: &[(&str, &str)]) -> String {
    let entry = |(day, who): &(&str, &str)| format!("  - {{date: {day}, approver: {who}}}\n");
    let log: String = log.iter().map(entry).collect();
    format!(
        "id: POL-1\ntitle: A policy\nowner: cto\nversion: 1\neffective: 2026-01-01\nreview: {{every: 1y}}\nreview_log:\n{log}"
    )
}
