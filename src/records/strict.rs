//! Bounds that a schema states and a plain Rust type does not: what is read as a type fits its schema as well.

use serde::de::{Deserialize, Deserializer, Error};

/// Largest position on a scale.
const LONGEST_SCALE: u8 = 100;
/// Largest score of a risk.
const HIGHEST_SCORE: u16 = 10_000;

/// A text with at least one character.
pub fn text<'de, D: Deserializer<'de>>(input: D) -> Result<Box<str>, D::Error> {
    let text = Box::<str>::deserialize(input)?;
    if text.is_empty() {
        return Err(D::Error::custom("text is missing here"));
    }
    Ok(text)
}

/// A list with at least one entry.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Vec<T>, D::Error> {
    let list = Vec::deserialize(input)?;
    if list.is_empty() {
        return Err(D::Error::custom(
            "the list is empty; at least one entry is needed",
        ));
    }
    Ok(list)
}

/// A position on a scale, from 1 to 100.
pub fn position<'de, D: Deserializer<'de>>(input: D) -> Result<u8, D::Error> {
    let position = u8::deserialize(input)?;
    if (1..=LONGEST_SCALE).contains(&position) {
        return Ok(position);
    }
    Err(D::Error::custom(format!(
        "{position} is no position on a scale from 1 to {LONGEST_SCALE}"
    )))
}

/// A position on a scale, where there is one.
pub fn optional_position<'de, D: Deserializer<'de>>(input: D) -> Result<Option<u8>, D::Error> {
    position(input).map(Some)
}

/// A score, from 1 to 10,000.
pub fn score<'de, D: Deserializer<'de>>(input: D) -> Result<u16, D::Error> {
    let score = u16::deserialize(input)?;
    if (1..=HIGHEST_SCORE).contains(&score) {
        return Ok(score);
    }
    Err(D::Error::custom(format!(
        "{score} is no score from 1 to {HIGHEST_SCORE}"
    )))
}
