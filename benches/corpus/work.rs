//! What happened and is being done: incidents, findings, risks, actions and results.

use super::governance::{head, held, rhythm};
use super::random::Random;
use super::{Counts, SEED, id};
use chrono::{Datelike, Days, Months, NaiveDate};

/// A day of the given years.
pub fn date(random: &mut Random, first: i32, last: i32) -> NaiveDate {
    let start = NaiveDate::from_ymd_opt(first, 1, 1).unwrap_or_default();
    let days = 365 * (last - first + 1) as usize;
    // What happened stops in spring 2026.
    let end = NaiveDate::from_ymd_opt(2026, 5, 31).unwrap_or_default();
    (start + Days::new(random.below(days) as u64)).min(end)
}

/// The dates of an action, which the finding or risk it answers must fit.
struct Course {
    opened: NaiveDate,
    due: NaiveDate,
    completed: Option<NaiveDate>,
    verified: Option<NaiveDate>,
}

impl Course {
    fn of(counts: &Counts, index: usize) -> Self {
        let mut random = Random::new(SEED, "course", index);
        let reviews = counts.findings + counts.risks;
        let opened = match index.checked_sub(reviews) {
            Some(review) => held(review),
            None => date(&mut random, 2024, 2026),
        };
        let due = opened + Days::new(random.between(30, 60) as u64);
        let done = opened + Days::new(random.between(10, 29) as u64);
        let completed = random.chance(85).then_some(done);
        let corrective = index < counts.findings;
        Self {
            opened,
            due,
            completed,
            verified: completed
                .filter(|_| corrective)
                .map(|day| day + Days::new(14)),
        }
    }
}

pub fn action(counts: &Counts, index: usize, random: &mut Random) -> String {
    let course = Course::of(counts, index);
    let (kind, source) = if index < counts.findings {
        ("corrective", id("FND", index))
    } else if index < counts.findings + counts.risks {
        ("treatment", id("RISK", index - counts.findings))
    } else {
        ("review", id("REV", index - counts.findings - counts.risks))
    };
    let mut text = head(random, "to be mended");
    text += &format!("tags: [audit, {kind}]\ntype: {kind}\nsource: {source}\n");
    text += &format!("opened: {}\ndue: {}\n", course.opened, course.due);
    text += &random.field("success_criteria", 100);
    text += "check_in: {by: security-officer, every: 1mo}\nprogress:\n";
    let noted = course.opened + Days::new(7);
    text += &format!("  - {{date: {noted}, note: {}}}\n", random.sentence());
    match (course.completed, course.verified) {
        (Some(completed), Some(verified)) => {
            text += &format!("status: verified\ncompleted: {completed}\n");
            text += &format!(
                "verification: {{by: compliance-officer, on: {verified}, effective: true, note: {}}}\n",
                random.sentence()
            );
        }
        (Some(completed), None) => text += &format!("status: completed\ncompleted: {completed}\n"),
        (None, _) => text += "status: in-progress\n",
    }
    text + "evidence:\n  - {url: \"https://tracker.example.org/items\"}\n"
}

pub fn finding(counts: &Counts, index: usize, random: &mut Random) -> String {
    let course = Course::of(counts, index);
    let raised = course.opened;
    let source = match index % 4 {
        0 => id("AUD", index % counts.audits),
        1 => id("INC", index % counts.incidents),
        2 => "KPI-BACKUP".to_owned(),
        _ => id("CTRL", index % counts.controls),
    };
    let mut text = head(random, "not as required");
    text += &format!(
        "type: {}\n",
        random.of(&["minor", "minor", "major", "observation"])
    );
    text += &format!("source: {source}\nraised: {raised}\nraised_by: compliance-officer\n");
    text += &format!("clause: 9.{}\n", random.between(1, 3));
    text += &format!("control: {}\n", id("CTRL", index % counts.controls));
    text += &format!("consequences: {}\n", random.sentence());
    let day = raised + Days::new(9);
    text += &format!("similar: {{checked_by: operations, on: {day}, found: []}}\n");
    text += &format!(
        "root_cause: {{date: {day}, by: operations, text: {}}}\n",
        random.sentence()
    );
    text += &format!("correction: {}\n", random.sentence());
    text += &format!("actions: [{}]\n", id("ACT", index));
    match course.verified {
        Some(day) => {
            text + &format!("status: closed\nclosed: {day}\nclosed_by: compliance-officer\n")
        }
        None => text + "status: in-progress\n",
    }
}

pub fn risk(counts: &Counts, index: usize, random: &mut Random) -> String {
    let action = counts.findings + index;
    let course = Course::of(counts, action);
    let identified = course.opened;
    let mut text = head(random, "risk");
    text += &format!(
        "category: {}\n",
        random.of(&["access", "supply", "operations"])
    );
    text += &format!("identified: {identified}\ninherent: {{likelihood: 4, impact: 4}}\n");
    text += "assessments:\n";
    text += &format!(
        "  - {{date: {identified}, by: security-officer, likelihood: 3, impact: {}}}\n",
        random.between(3, 4)
    );
    let mut status = "in-treatment";
    if let Some(day) = course.completed {
        status = "mitigated";
        text += &format!(
            "  - {{date: {}, by: security-officer, likelihood: 2, impact: {}, note: {}}}\n",
            day + Days::new(5),
            random.between(2, 3),
            random.sentence()
        );
    }
    text += "target: {likelihood: 2, impact: 3}\n";
    let controls = [index, index + 7].map(|control| id("CTRL", control % counts.controls));
    text += &format!("controls: [{}]\n", controls.join(", "));
    text += &format!(
        "treatment: {{option: mitigate, plan: {}, actions: [{}], due: {}}}\n",
        random.sentence(),
        id("ACT", action),
        course.due
    );
    text += &format!("status: {status}\nreview: {{every: 1y}}\nreview_log:\n");
    let day = identified + Days::new(30);
    text + &format!(
        "  - {{date: {day}, approver: cto, note: {}}}\n",
        random.sentence()
    )
}

pub fn incident(_: usize, random: &mut Random) -> String {
    let day = date(random, 2024, 2026);
    let severity = random.of(&["sev1", "sev2", "sev3", "sev3", "sev4", "sev4"]);
    let detected = random.between(6, 11);
    let time = |hour: usize, minute: usize| format!("{day}T{hour:02}:{minute:02}:00+01:00");
    let mut text = head(random, "incident");
    text += &format!(
        "tags: [reported, {}]\nseverity: {severity}\n",
        random.of(&["web", "mail"])
    );
    text += &format!("occurred: {}\n", time(detected - 1, random.below(60)));
    text += &format!("detected: {}\n", time(detected, random.below(30)));
    text += &format!("responded: {}\n", time(detected, random.between(30, 59)));
    text += &format!("contained: {}\n", time(detected + 1, random.below(60)));
    text += &format!(
        "resolved: {}\n",
        time(random.between(detected + 2, 22), random.below(60))
    );
    text += &format!(
        "customer_visible: {}\npersonal_data: false\n",
        random.chance(40)
    );
    if severity < "sev3" {
        text += "lessons:\n";
        let steps = ["document", "analyse", "identify", "implement", "verify"];
        for (index, step) in steps.iter().enumerate() {
            let day = day + Days::new(2 * index as u64 + 2);
            text += &format!("  {step}: {{date: {day}, note: {}}}\n", random.sentence());
        }
    }
    text
}

/// The result `index` is of the activity `index % activities`, and each further one is of the period before.
pub fn result(counts: &Counts, index: usize, random: &mut Random) -> String {
    let activity = index % counts.activities;
    let back = index / counts.activities;
    let (cadence, kpi) = rhythm(activity);
    let (period, last) = period(cadence, back);
    let done = last + Days::new(random.between(1, 3) as u64);
    let mut text = format!("title: {}\n", random.sentence());
    text += &format!(
        "activity: {}\nperiod: {period}\ndate: {done}\n",
        id("ACTV", activity)
    );
    match kpi {
        Some("KPI-SCAN-FINDINGS") => {
            text += &format!("kpi: KPI-SCAN-FINDINGS\nvalue: {}\n", random.below(9));
        }
        Some("KPI-TRAINING") => {
            text += &format!("kpi: KPI-TRAINING\nvalue: {}%\n", random.between(80, 100));
        }
        Some(kpi) => {
            let (part, whole) = (random.between(80, 100), 100);
            text += &format!("kpi: {kpi}\nnumerator: {part}\ndenominator: {whole}\n");
        }
        None => {
            text += &format!(
                "outcome: {}\n",
                random.of(&["pass", "pass", "pass", "fail"])
            )
        }
    }
    text += "performed_by: operations\nmethod: manual\nsource: scanner\ntags: [routine, tool]\n";
    if random.chance(20) {
        text += &format!("exceptions: [{}, None]\n", random.sentence());
    }
    if random.chance(30) {
        let day = done + Days::new(1);
        text += &format!("distributed: {{to: [cto, security-officer], on: {day}}}\n");
    }
    text += "evidence:\n  - {url: \"https://tracker.example.org/results\"}\n";
    text + &random.field("description", 200)
}

/// The period `back` before the last that was over at the end of May 2026, and its last day.
pub fn period(cadence: &str, back: usize) -> (String, NaiveDate) {
    let june = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap_or_default();
    match cadence {
        "monthly" => {
            let next = june - Months::new(back as u32);
            let last = next - Days::new(1);
            (last.format("%Y-%m").to_string(), last)
        }
        "quarterly" => {
            let next = june - Months::new(2 + 3 * back as u32);
            let last = next - Days::new(1);
            (format!("{}-Q{}", last.year(), last.month0() / 3 + 1), last)
        }
        _ => {
            // A Sunday.
            let last = june - Days::new(1 + 7 * back as u64);
            (last.format("%G-W%V").to_string(), last)
        }
    }
}
