//! `review prepare` and `review close` for people.

use super::Paint;
use super::text::{Flowing, harmless};
use crate::report::basis::long;
use crate::report::review::{Closed, Missing, Prepared};
use std::fmt::Write;

/// Where what is said begins.
const COLUMN: usize = 15;

/// What was planned, or with `--dry-run` would be.
pub fn prepared(report: &Prepared, paint: Paint, width: usize) -> String {
    let plan = &report.plan;
    let (from, to) = plan.days;
    let deadline = match plan.deadline {
        Some(deadline) if deadline < plan.planned => {
            format!("; was to be held by {}", long(deadline))
        }
        Some(deadline) => format!("; to be held by {}", long(deadline)),
        None => String::new(),
    };
    let mut facts = vec![
        ("looks at", format!("{} to {}", long(from), long(to))),
        ("planned for", format!("{}{deadline}", long(plan.planned))),
        ("prepared by", plan.owner.clone()),
    ];
    if !plan.attendees.is_empty() {
        facts.push(("must attend", plan.attendees.join(", ")));
    }
    if let Some(like) = &plan.id.like {
        facts.push(("id", format!("like {like}; `--id` names another")));
    }
    let mut text = page(&plan.id.id, &plan.title, &facts, paint, width);
    let path = harmless(&report.path);
    match report.written {
        true => text.push_str(&format!("\n{} {path}\n", paint.good("wrote"))),
        false => {
            text.push_str(&format!("\n{path} would hold:\n\n"));
            for line in report.text.lines() {
                text.push_str(&format!("  {}\n", harmless(line)));
            }
            text.push('\n');
        }
    }
    let what = ["what the meeting looks at", "once it was held"];
    for (at, (command, what)) in report.next().iter().zip(what).enumerate() {
        let start = if at == 0 { "next" } else { "" };
        let command = paint.hint(harmless(command));
        let _ = writeln!(text, "{start:<4}  {command}   {what}");
    }
    text
}

/// What is missing, or what was recorded.
pub fn closed(report: &Closed, paint: Paint, width: usize) -> String {
    if !report.missing.is_empty() {
        let mut text = page(&report.id, &report.title, &[], paint, width);
        for missing in &report.missing {
            text.push_str(&lacks(missing, paint, width));
        }
        let count = match report.missing.len() {
            1 => "1 thing is missing".to_owned(),
            count => format!("{count} things are missing"),
        };
        let _ = writeln!(text, "\n{}; nothing was written", paint.bad(count));
        return text;
    }
    let mut facts = Vec::new();
    facts.extend(report.held.map(|held| ("held", long(held))));
    match &report.pack {
        Some(pack) => {
            let why = report.pack_is.as_ref().map(|why| format!(", {why}"));
            let revision = pack.revision.get(..7).unwrap_or(&pack.revision);
            facts.push((
                "pack",
                format!("made from {revision}{}", why.unwrap_or_default()),
            ));
            facts.extend(
                pack.sha256
                    .as_ref()
                    .map(|digest| ("sha256", digest.clone())),
            );
        }
        None => facts.push(("pack", "none is recorded".to_owned())),
    }
    if let Some((by, on)) = &report.signed_off {
        facts.push(("signed off", format!("by {by} on {}", long(*on))));
    }
    let mut text = page(&report.id, &report.title, &facts, paint, width);
    let fields = report.fields.join(", ");
    let path = harmless(&report.path);
    let _ = match (report.fields.is_empty(), report.written) {
        (true, _) => writeln!(text, "\n{path} has all of it; nothing was written"),
        (false, true) => writeln!(text, "\n{} {fields} into {path}", paint.good("wrote")),
        (false, false) => writeln!(text, "\n{fields} would be written into {path}"),
    };
    let next = match &report.signed_off {
        Some((by, _)) => format!(
            "commit it as {by}, or with a trailer `Approved-by:` that names them; from then on the minutes do not change"
        ),
        None => format!(
            "once the minutes are agreed: ismsctl review close {} --sign WHO",
            report.id
        ),
    };
    let mut flowing = Flowing::new(6, 6, width);
    flowing.sentence(0, &harmless(&next));
    let _ = writeln!(text, "next  {}", flowing.finish());
    text
}

/// The review, and a line for each fact.
fn page(id: &str, title: &str, facts: &[(&str, String)], paint: Paint, width: usize) -> String {
    let mut text = format!("{}  {}\n", paint.strong(harmless(id)), harmless(title));
    for (name, said) in facts {
        let mut flowing = Flowing::new(COLUMN, COLUMN, width);
        flowing.sentence(0, &harmless(said));
        let name = paint.faint(format!("  {name:<0$}", COLUMN - 2));
        let _ = writeln!(text, "{name}{}", flowing.finish());
    }
    text
}

fn lacks(missing: &Missing, paint: Paint, width: usize) -> String {
    let start = missing.location.start();
    let place = format!(
        "{}:{}:{}",
        missing.location.path(),
        start.line,
        start.column
    );
    let flow = |said: &str| {
        let mut flowing = Flowing::new(4, 4, width);
        flowing.sentence(0, &harmless(said));
        flowing.finish()
    };
    let mut text = format!("\n  {} {}\n", paint.bad("✗"), flow(&missing.message));
    if let Some(help) = &missing.help {
        let _ = writeln!(text, "    {}", paint.hint(flow(help)));
    }
    let rule = missing
        .rule
        .map_or_else(String::new, |rule| format!("  {rule}"));
    let _ = writeln!(
        text,
        "    {}",
        paint.faint(format!("{}{rule}", harmless(&place)))
    );
    text
}
