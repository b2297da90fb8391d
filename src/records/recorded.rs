//! A figure as somebody recorded it.

use crate::records::quantity::Quantity;
use crate::records::spelling::SpellingError;
use crate::records::text_value::{TextValue, text_value};
use std::str::FromStr;

/// A number, with or without a unit (`93`, `93%`, `2d`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecordedValue(pub Quantity);

impl FromStr for RecordedValue {
    type Err = SpellingError;

    fn from_str(text: &str) -> Result<Self, SpellingError> {
        text.parse().map(Self)
    }
}

impl TextValue for RecordedValue {
    const NAME: &'static str = "RecordedValue";
    const FORMAT: &'static str = "isms-quantity";
    const DESCRIPTION: &'static str =
        "The figure, in the KPI's unit or with a unit of the same dimension.";
    const EXAMPLES: &'static [&'static str] = &["93", "93%", "5.25h"];
    const IS_VERBATIM: bool = true;

    fn spelled(&self) -> String {
        match self.0.unit {
            Some(unit) => format!("{} {unit}", self.0.value),
            None => self.0.value.to_string(),
        }
    }
}
text_value!(RecordedValue);
