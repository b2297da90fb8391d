//! When the result of an activity calls for attention.

use super::spelling::{SpellingError, quoted, tidied};
use super::target::{Op, TargetKind};
use super::text_value::{TextValue, text_value};
use super::{Quantity, Target};
use std::fmt;
use std::str::FromStr;

const HELP: &str = "write a comparison such as `> 5` or `>= 3%`, `any` (more than none) or `fail`";

/// The condition of an alert.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AlertCondition {
    /// `> 5`: the figure stands in this relation to a bound.
    Compare {
        /// How they are compared.
        op: Op,
        /// The bound.
        quantity: Quantity,
    },
    /// `any`: the figure is more than zero.
    Any,
    /// `fail`: the outcome is a fail.
    Fail,
}

impl FromStr for AlertCondition {
    type Err = SpellingError;

    fn from_str(text: &str) -> Result<Self, SpellingError> {
        let refusal =
            || SpellingError::new(format!("{} is not an alert condition", quoted(text)), HELP);
        let tidy = tidied(text).to_ascii_lowercase();
        match tidy.as_str() {
            "any" => return Ok(AlertCondition::Any),
            "fail" => return Ok(AlertCondition::Fail),
            _ => {}
        }
        // The comparisons of targets, but not their bare values, of which an alert could mean the opposite.
        if !tidy.starts_with(['<', '>', '=', '≤', '≥']) {
            return Err(refusal());
        }
        match tidy.parse::<Target>().map(|target| target.kind) {
            Ok(TargetKind::Compare { op, quantity }) => {
                Ok(AlertCondition::Compare { op, quantity })
            }
            _ => Err(refusal()),
        }
    }
}

impl fmt::Display for AlertCondition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AlertCondition::Compare { op, quantity } => write!(out, "{} {quantity}", op.ascii()),
            AlertCondition::Any => out.write_str("any"),
            AlertCondition::Fail => out.write_str("fail"),
        }
    }
}

impl TextValue for AlertCondition {
    const NAME: &'static str = "AlertCondition";
    const FORMAT: &'static str = "isms-alert";
    const DESCRIPTION: &'static str =
        "A comparison with the figure of the result, `any` (more than none) or `fail`.";
    const EXAMPLES: &'static [&'static str] = &["> 5", ">= 3%", "any", "fail"];

    fn spelled(&self) -> String {
        self.to_string()
    }
}
text_value!(AlertCondition);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_comparisons_any_or_fail() {
        for (text, canonical) in [
            ("> 5", "> 5"),
            (">=3 %", ">= 3%"),
            ("≤ 2h", "<= 2h"),
            ("= 0", "= 0"),
            ("Any", "any"),
            ("fail", "fail"),
        ] {
            let read: AlertCondition = text.parse().unwrap();
            assert_eq!(read.to_string(), canonical, "{text}");
        }
        for text in ["5", "more than 5", "pass", "> 0 for 3 periods", ""] {
            assert!(text.parse::<AlertCondition>().is_err(), "{text}");
        }
    }
}
