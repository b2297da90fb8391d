//! The functions expressions may call: names, forms, numbers of arguments.

use super::super::ir::{Form, Function};
use super::super::suggest;
use Meaning::{Function as Fun, Has, Loop, Timestamp};
use Style::{Both, Global, Method};

/// How a function is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `f(x)`
    Global,
    /// `x.f()`
    Method,
    /// Either.
    Both,
}

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Function(Function),
    Loop(Form),
    Has,
    /// A date literal, read when the expression is compiled.
    Timestamp,
}

pub(super) struct Signature {
    pub name: &'static str,
    pub meaning: Meaning,
    pub style: Style,
    /// Least and most arguments; for a method without its target.
    pub arguments: (usize, usize),
    pub usage: &'static str,
}

const fn entry(
    name: &'static str,
    meaning: Meaning,
    style: Style,
    arguments: (usize, usize),
    usage: &'static str,
) -> Signature {
    Signature {
        name,
        meaning,
        style,
        arguments,
        usage,
    }
}

#[rustfmt::skip]
static SIGNATURES: [Signature; 20] = [
    entry("days", Fun(Function::Days), Global, (1, 1), "days(14)"),
    entry("age", Fun(Function::Age), Global, (1, 1), "age(r.detected)"),
    entry("business_days", Fun(Function::BusinessDays), Global, (2, 2), "business_days(r.opened, r.completed)"),
    entry("get", Fun(Function::Get), Global, (1, 1), "get(r.source)"),
    entry("timestamp", Timestamp, Global, (1, 1), "timestamp(\"2026-03-31\")"),
    entry("has", Has, Global, (1, 1), "has(r.closed)"),
    entry("size", Fun(Function::Size), Both, (0, 0), "size(r.tags)"),
    entry("min", Fun(Function::Min), Global, (2, usize::MAX), "min(a, b)"),
    entry("max", Fun(Function::Max), Global, (2, usize::MAX), "max(a, b)"),
    entry("abs", Fun(Function::Abs), Global, (1, 1), "abs(n)"),
    entry("round", Fun(Function::Round), Global, (1, 1), "round(n)"),
    entry("startsWith", Fun(Function::StartsWith), Method, (1, 1), "r.id.startsWith(\"VEN-\")"),
    entry("endsWith", Fun(Function::EndsWith), Method, (1, 1), "r.id.endsWith(\"-eu\")"),
    entry("contains", Fun(Function::Contains), Method, (1, 1), "r.title.contains(\"backup\")"),
    entry("all", Loop(Form::All), Method, (2, 2), "r.tags.all(t, t != \"draft\")"),
    entry("exists", Loop(Form::Exists), Method, (2, 2), "r.tags.exists(t, t == \"pci\")"),
    entry("exists_one", Loop(Form::ExistsOne), Method, (2, 2), "r.tags.exists_one(t, t == \"pci\")"),
    entry("existsOne", Loop(Form::ExistsOne), Method, (2, 2), "r.tags.existsOne(t, t == \"pci\")"),
    entry("map", Loop(Form::Map), Method, (2, 3), "r.actions.map(a, get(a))"),
    entry("filter", Loop(Form::Filter), Method, (2, 2), "r.tags.filter(t, t != \"draft\")"),
];

pub(super) fn find(name: &str) -> Option<&'static Signature> {
    SIGNATURES.iter().find(|signature| signature.name == name)
}

/// An example call.
pub(super) fn usage(name: &str) -> &'static str {
    find(name).map_or("", |signature| signature.usage)
}

/// Help for a function that does not exist; `argument` is its text literal, if it has one.
pub(super) fn help_for_unknown(name: &str, argument: Option<&str>) -> Option<String> {
    match name {
        "duration" => Some(match argument.and_then(in_days) {
            Some(days) => format!("lengths of time are counted in days: write {days}"),
            None => "lengths of time are counted in days: write days(14), days(4 / 24)".to_owned(),
        }),
        "date" => Some("write timestamp(\"2026-03-31\")".to_owned()),
        "now" | "today" => Some("the day evaluated is the variable `as_of`".to_owned()),
        "int" | "uint" | "double" => Some("every number is a double already".to_owned()),
        "matches" => Some("use startsWith, endsWith or contains".to_owned()),
        _ => {
            let names: Vec<&str> = SIGNATURES.iter().map(|signature| signature.name).collect();
            suggest::nearest(name, names.iter().copied())
                .map(|near| format!("did you mean `{near}`?"))
        }
    }
}

/// `14d` as `days(14)`, `36h` as `days(36 / 24)`.
fn in_days(duration: &str) -> Option<String> {
    let duration = duration.trim();
    let unit = duration.find(|c: char| c.is_ascii_alphabetic() || c.is_whitespace())?;
    let (count, unit) = duration.split_at(unit);
    let figure: f64 = count.parse().ok()?;
    if !figure.is_finite() {
        return None;
    }
    match unit.trim() {
        "d" | "day" | "days" => Some(format!("days({count})")),
        "w" | "week" | "weeks" => Some(format!("days({count} * 7)")),
        "h" | "hour" | "hours" => Some(format!("days({count} / 24)")),
        "m" | "min" | "minutes" => Some(format!("days({count} / 1440)")),
        "s" | "seconds" => Some(format!("days({count} / 86400)")),
        _ => None,
    }
}
