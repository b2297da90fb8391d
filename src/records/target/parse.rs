//! Reading a target from its spelling.

use std::str::FromStr;

use super::{Op, Target, TargetKind, TrendShape};
use crate::records::quantity::{CalendarUnit, Quantity};
use crate::records::spelling::{SpellingError, nearest, quoted, tidied};

const HELP: &str = "write for example `>= 95%`, `<= 7d`, `100%`, `0 for 3 periods`, \
    `decreasing over 4 periods` or `every month`";

/// Most periods a target may look at.
const MOST_PERIODS: u16 = 1000;

impl FromStr for Target {
    type Err = SpellingError;

    /// Reads the forms listed in [`TargetKind`]; signs may be ASCII or `≥` and `≤`, case and spaces
    /// are free. A bare `100%` means at least, a bare zero at most, any other bare value exactly.
    fn from_str(text: &str) -> Result<Self, SpellingError> {
        let tidy = tidied(text).to_ascii_lowercase();
        let words: Vec<&str> = tidy.split(' ').collect();
        let kind = match words.first().copied() {
            Some("every") => parse_every(&words[1..]),
            Some("not" | "decreasing" | "increasing") => parse_trend(&words),
            _ => parse_comparison(&words),
        };
        match kind {
            Ok(kind) => Ok(Target {
                kind,
                written: text.to_string(),
            }),
            Err(reason) => Err(SpellingError::new(
                format!("{} is not a target: {reason}", quoted(text)),
                HELP,
            )),
        }
    }
}

fn parse_every(words: &[&str]) -> Result<TargetKind, String> {
    let unit = match words {
        [word] => CalendarUnit::parse(word).filter(|unit| *unit != CalendarUnit::Year),
        _ => None,
    };
    unit.map(TargetKind::Every)
        .ok_or_else(|| "`every` is followed by day, week, month or quarter".into())
}

fn parse_trend(words: &[&str]) -> Result<TargetKind, String> {
    let (negated, rest) = match words {
        ["not", rest @ ..] => (true, rest),
        _ => (false, words),
    };
    let shape = match (negated, rest.first().copied()) {
        (false, Some("decreasing")) => TrendShape::Decreasing,
        (false, Some("increasing")) => TrendShape::Increasing,
        (true, Some("decreasing")) => TrendShape::NotDecreasing,
        (true, Some("increasing")) => TrendShape::NotIncreasing,
        _ => return Err("`not` is followed by decreasing or increasing".into()),
    };
    match rest {
        [_, "over", count, "period" | "periods"] => Ok(TargetKind::Trend {
            shape,
            periods: parse_periods(count)?,
        }),
        _ => Err(format!(
            "`{}` is followed by `over n periods`",
            shape.words()
        )),
    }
}

/// `OP quantity`, a bare quantity, or either with `for n periods`.
fn parse_comparison(words: &[&str]) -> Result<TargetKind, String> {
    let (comparison, count) = match words {
        [comparison @ .., "for", count, "period" | "periods"] => (comparison, Some(*count)),
        _ => (words, None),
    };
    let comparison = comparison.join(" ");
    let (op, rest) = split_op(&comparison)?;
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Err("a number is missing".into());
    }
    let quantity: Quantity = rest
        .parse()
        .map_err(|error: SpellingError| reason_against(rest, error))?;
    let op = op.or(quantity.implied_op()).unwrap_or(Op::Equal);
    match count {
        None => Ok(TargetKind::Compare { op, quantity }),
        Some(count) => Ok(TargetKind::Sustained {
            op,
            quantity,
            periods: parse_periods(count)?,
        }),
    }
}

/// The operator in front, None for a bare value, and what follows.
fn split_op(text: &str) -> Result<(Option<Op>, &str), String> {
    let is_sign = |character: char| "<>=≤≥!~≠≈".contains(character);
    let end = text
        .find(|character| !is_sign(character))
        .unwrap_or(text.len());
    let (sign, rest) = text.split_at(end);
    let op = match sign {
        "" => None,
        ">=" | "≥" => Some(Op::AtLeast),
        ">" => Some(Op::Above),
        "<=" | "≤" => Some(Op::AtMost),
        "<" => Some(Op::Below),
        "=" | "==" => Some(Op::Equal),
        "=>" => return Err("`=>` is no operator, did you mean `>=`?".into()),
        "=<" => return Err("`=<` is no operator, did you mean `<=`?".into()),
        other => {
            return Err(format!(
                "{} is no operator, use >= > <= < or =",
                quoted(other)
            ));
        }
    };
    Ok((op, rest))
}

/// Why the quantity could not be read, with the word that was probably meant.
fn reason_against(text: &str, error: SpellingError) -> String {
    let known = ["decreasing", "increasing", "every", "not"];
    let first = text.split(' ').next().unwrap_or(text);
    match nearest(first, &known) {
        Some(word) => format!("{} is unknown, did you mean `{word}`?", quoted(first)),
        None => match error.help.split_once('?') {
            Some((suggestion, _)) => format!("{}, {suggestion}?", error.message),
            None => error.message,
        },
    }
}

fn parse_periods(count: &str) -> Result<u16, String> {
    let digits = count.bytes().all(|byte| byte.is_ascii_digit());
    match count.parse::<u16>() {
        Ok(periods @ 2..=MOST_PERIODS) if digits => Ok(periods),
        Ok(0 | 1) if digits => Err("over several periods means at least 2".into()),
        _ if digits => Err(format!("at most {MOST_PERIODS} periods can be asked for")),
        _ => Err(format!("{} is not a number of periods", quoted(count))),
    }
}
