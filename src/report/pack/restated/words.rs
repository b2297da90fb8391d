//! The wording of what was restated.

use crate::assess::delta::FieldChange;
use crate::assess::restated::{
    Cause, Difference, Periods, RestatedFigure, RestatedRecord, Shown, Turn,
};
use crate::records::Unit;
use crate::records::quantity::{format_number, format_value};
use crate::report::basis::{counted, long};
use crate::report::diff::{field_words, value_words};
use crate::report::document::Line;
use crate::report::kpi::verdict_word;
use chrono::NaiveDate;

/// Most causes of one figure, and fields of one cause, that are told one by one.
const TOLD: usize = 3;

/// `2026-03`, `2026-01 to 2026-03 (3)`.
pub fn periods(periods: &Periods) -> String {
    match periods.count {
        0 | 1 => periods.last.clone(),
        count => format!("{} to {} ({count})", periods.first, periods.last),
    }
}

/// The figure then and now; the target where it is another, and as many decimals as tell the two apart.
pub fn both(figure: &RestatedFigure) -> (String, String) {
    let (then, now) = (figure.then.as_ref(), figure.now.as_ref());
    let is_other_target = match then.zip(now) {
        Some((then, now)) => then.target != now.target,
        None => false,
    };
    let words = |shown: Option<&Shown>, decimals: usize| match shown {
        Some(shown) => shown_words(shown, is_other_target, decimals),
        None => "not shown".to_owned(),
    };
    let pairs = (2..=12).map(|decimals| (words(then, decimals), words(now, decimals)));
    let mut apart = pairs.filter(|(then, now)| then != now);
    apart
        .next()
        .unwrap_or_else(|| (words(then, 17), words(now, 17)))
}

fn shown_words(shown: &Shown, with_target: bool, decimals: usize) -> String {
    let Shown {
        numerator,
        denominator,
        unit,
        ..
    } = shown;
    let mut words = match shown.value {
        None => "no data".to_owned(),
        Some(value) => with_decimals(value, *unit, decimals),
    };
    if let (Some(upper), Some(lower)) = (numerator, denominator) {
        let upper = format_number(*upper, decimals);
        words = format!("{words} ({upper} of {})", format_number(*lower, decimals));
    }
    if with_target {
        let target = shown.target.as_ref();
        let target = target.map_or_else(|| "none".to_owned(), |target| target.human(*unit));
        words = format!("{words} against {target}");
    }
    match shown.verdict.filter(|_| shown.value.is_some()) {
        Some(verdict) => format!("{words}, {}", verdict_word(Some(verdict))),
        None => words,
    }
}

fn with_decimals(value: f64, unit: Unit, decimals: usize) -> String {
    let shown = format_value(value, unit);
    let rounded = format_number(value, 2);
    match shown.strip_prefix(&rounded) {
        Some(unit) => format!("{}{unit}", format_number(value, decimals)),
        None => shown,
    }
}

/// What changed: the fate of the figure, then what about its definition and records differs.
pub fn what(figure: &RestatedFigure, day: NaiveDate) -> Line {
    let mut said: Vec<Line> = Vec::new();
    match &figure.difference {
        Difference::Other => {}
        Difference::Gone => said.push("not shown any more".into()),
        Difference::New => said.push("was not shown then".into()),
        Difference::KpiRemoved => said.push("the KPI was removed".into()),
        Difference::KpiRenamed(to) => {
            said.push(Line::from("the KPI is ").record(to).plain(" now"));
        }
    }
    said.extend(figure.causes.iter().take(TOLD).map(|it| cause(it, figure)));
    if figure.causes.len() > TOLD {
        said.push(format!("and {} more", figure.causes.len() - TOLD).into());
    }
    if figure.later {
        said.push(format!("all of it dated after {}", long(day)).into());
    }
    match said.is_empty() {
        true => "what it is computed from".into(),
        false => Line::joined(said, "; "),
    }
}

fn cause(cause: &Cause, figure: &RestatedFigure) -> Line {
    let target = |shown: &Option<Shown>| {
        let shown = shown.as_ref();
        let target = shown.and_then(|it| Some(it.target.as_ref()?.human(it.unit)));
        target.unwrap_or_else(|| "none".to_owned())
    };
    let record = |id: &String| Line::default().record(id);
    match cause {
        Cause::Definition(fields) => format!("definition: {}", list(fields)).into(),
        Cause::Target => {
            format!("target {} → {}", target(&figure.then), target(&figure.now)).into()
        }
        Cause::Waived(by, on) => {
            let from = long(*on);
            format!("waived by a deviation from {from}, approved by {by}").into()
        }
        Cause::NotWaived => "not waived any more".into(),
        Cause::Superseded(id, by) => {
            let corrected = match by {
                Some(by) => Line::from("correction: ").record(by).plain(" supersedes "),
                None => Line::from("corrected: "),
            };
            corrected.record(id)
        }
        Cause::Entered(id) => record(id).plain(" entered"),
        Cause::Deleted(id) => format!("{id} deleted").into(),
        Cause::Rewritten(id, fields) => record(id).plain(format!(": {}", list(fields))),
        Cause::Rows(then, now) => {
            let commit = |commit: &Option<String>| match commit {
                Some(commit) => format!("rows of {commit}"),
                None => "no rows of a commit".to_owned(),
            };
            format!("{} then, {} now", commit(then), commit(now)).into()
        }
        Cause::Config(fields) => format!("isms.toml: {}", list(fields)).into(),
    }
}

fn list(fields: &[FieldChange]) -> String {
    let mut told: Vec<String> = fields.iter().take(TOLD).map(field_words).collect();
    if fields.len() > TOLD {
        told.push(format!("{} more", counted(fields.len() - TOLD, "field")));
    }
    told.join(", ")
}

/// What a record said and says, field by field.
pub fn sides(record: &RestatedRecord) -> (String, String) {
    let side = |of: fn(&FieldChange) -> &Option<serde_json::Value>| {
        let told = record.fields.iter().take(TOLD + 2).map(|field| {
            let value = of(field).as_ref().map(value_words);
            format!("{} {}", field.path, value.as_deref().unwrap_or("–"))
        });
        told.collect::<Vec<_>>().join("; ")
    };
    let (then, now) = (side(|it| &it.from), side(|it| &it.to));
    match record.turn {
        Turn::Entered => ("not on record".to_owned(), now),
        Turn::Deleted => (then, "not on record".to_owned()),
        Turn::Changed | Turn::Corrected(_) => (then, now),
    }
}

/// What became of a record.
pub fn turn(record: &RestatedRecord) -> Line {
    match &record.turn {
        Turn::Entered => "entered afterwards".into(),
        Turn::Deleted => "deleted".into(),
        Turn::Corrected(by) => Line::from("correction: ")
            .record(by)
            .plain(" supersedes it"),
        Turn::Changed => {
            let mut names: Vec<&str> = record.fields.iter().map(|it| it.path.as_str()).collect();
            let more = names.len().saturating_sub(TOLD);
            names.truncate(TOLD);
            match more {
                0 => format!("{} changed", names.join(", ")).into(),
                more => format!("{} and {more} more changed", names.join(", ")).into(),
            }
        }
    }
}
