//! What the hand-written values of a record have in common when they are read: the error that says
//! what was wrong and how to mend it, numbers in front of a unit, and the nearest known word.

/// Why a hand-written value could not be read. Both parts start in lower case and carry no full
/// stop; `Display` joins them with a semicolon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {help}")]
pub struct SpellingError {
    /// What is wrong, with the offending text in backticks.
    pub message: String,
    /// How to mend it, with two valid examples.
    pub help: String,
}

impl SpellingError {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        SpellingError {
            message: message.into(),
            help: help.into(),
        }
    }
}

/// Longest piece of offending text that a message repeats, in characters.
const QUOTED_CHARS: usize = 60;

/// The offending text in backticks: shortened, and with control characters made visible.
pub fn quoted(text: &str) -> String {
    let mut shown = String::from("`");
    for (position, character) in text.chars().enumerate() {
        if position == QUOTED_CHARS {
            shown.push('…');
            break;
        }
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown.push('`');
    shown
}

/// The text with runs of any white space (no-break spaces too) as one space, none at the ends, and
/// the typographic minus as a hyphen.
pub fn tidied(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('\u{2212}', "-")
}

/// Length in bytes of the number that `text` starts with: sign, digits, one point, digits and,
/// when digits follow it, an exponent. None without a digit before the unit.
fn number_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits_from = |start: usize| {
        bytes[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits_from(sign);
    let mut end = sign + whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits_from(end + 1);
        if fraction > 0 {
            end += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let exponent_sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits_from((end + 1 + exponent_sign).min(bytes.len()));
        if exponent > 0 {
            end += 1 + exponent_sign + exponent;
        }
    }
    Some(end)
}

/// Splits tidied text into its leading number and what follows, without the space between them.
pub fn split_number(text: &str) -> Option<(&str, &str)> {
    let end = number_length(text)?;
    Some((&text[..end], text[end..].trim_start()))
}

/// A decimal number of at most 18 digits kept exactly: `mantissa / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    /// Reads a plain decimal such as `1.5` or `-14`. None for exponents, and for more than 18 digits.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.len() + fraction.len() > 18 {
            return None;
        }
        let mut mantissa = 0i128;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            mantissa = mantissa * 10 + i128::from(byte - b'0');
        }
        Some(Decimal {
            mantissa: if negative { -mantissa } else { mantissa },
            scale: fraction.len() as u32,
        })
    }

    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// This number times `factor`; None when that is not a whole number.
    pub fn times_exactly(self, factor: i64) -> Option<i128> {
        // 18 digits times 64 bits are far inside 128 bits, so neither step overflows.
        let product = self.mantissa * i128::from(factor);
        let divisor = 10i128.pow(self.scale);
        (product % divisor == 0).then_some(product / divisor)
    }
}

/// The known word nearest to `word` (case ignored), when it is near enough to be meant.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let length = word.chars().count();
    if length > QUOTED_CHARS {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = (length / 3).max(1);
    known
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`? " in front of `help` when a known word is near.
pub fn with_suggestion(word: &str, known: &[&str], help: &str) -> String {
    match nearest(word, known) {
        Some(candidate) => format!("did you mean `{candidate}`? {help}"),
        None => help.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_split_from_units() {
        assert_eq!(split_number("1.5h"), Some(("1.5", "h")));
        assert_eq!(split_number("-14 d"), Some(("-14", "d")));
        assert_eq!(split_number("1e3"), Some(("1e3", "")));
        assert_eq!(split_number("3 each"), Some(("3", "each")));
        assert_eq!(split_number("3each"), Some(("3", "each")));
        assert_eq!(split_number(".5"), Some((".5", "")));
        assert_eq!(split_number("5."), Some(("5", ".")));
        for refused in ["", "h", "-", "+.", ".", "inf", "NaN", "é"] {
            assert_eq!(split_number(refused), None, "{refused}");
        }
    }

    #[test]
    fn decimals_are_exact() {
        let tenth = Decimal::parse("0.1").unwrap();
        assert_eq!(tenth.times_exactly(60), Some(6));
        assert_eq!(tenth.times_exactly(7), None);
        assert_eq!(
            Decimal::parse("-1.50").unwrap().times_exactly(60),
            Some(-90)
        );
        assert_eq!(Decimal::parse("1234567890123456789"), None);
        assert_eq!(Decimal::parse("1e3"), None);
    }

    #[test]
    fn near_words_are_found() {
        assert_eq!(nearest("Percnt", &["percent", "count"]), Some("percent"));
        assert_eq!(nearest("zebra", &["percent", "count"]), None);
        assert_eq!(nearest("x", &["h", "d"]), None);
    }

    #[test]
    fn quoted_text_is_short_and_printable() {
        assert_eq!(quoted("a\u{1b}[2J"), "`a\\u{1b}[2J`");
        assert!(quoted(&"x".repeat(10_000)).chars().count() < 70);
    }
}
