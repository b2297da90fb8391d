//! The YAML 1.2 core typing of plain text, and the numbers it stands for.

use super::NodeKind;

/// The type a plain scalar has by the YAML 1.2 core schema (`no`, `on` and `012`-style octals are not special).
pub(super) fn plain_kind(text: &str) -> NodeKind {
    // Most texts are settled by their first byte.
    match text.as_bytes().first() {
        None => NodeKind::Null,
        Some(b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F') => match text {
            "~" | "null" | "Null" | "NULL" => NodeKind::Null,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => NodeKind::Boolean,
            _ => NodeKind::Text,
        },
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') if is_integer(text) => NodeKind::Integer,
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') if is_float(text) => NodeKind::Float,
        Some(_) => NodeKind::Text,
    }
}

/// Whether a text is a decimal number with this decimal mark, and which; text otherwise.
pub(super) fn decimal_kind(text: &str, decimal: u8) -> NodeKind {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        // Nobody means a number of more digits than a double can hold.
        return match unsigned.len() {
            1..=300 => NodeKind::Integer,
            _ => NodeKind::Text,
        };
    }
    let fits = match decimal {
        b'.' => is_float(text) && float(text).is_some(),
        _ if text.contains('.') => false,
        _ => {
            let text = text.replace(char::from(decimal), ".");
            is_float(&text) && float(&text).is_some()
        }
    };
    match fits {
        true => NodeKind::Float,
        false => NodeKind::Text,
    }
}

fn is_integer(text: &str) -> bool {
    match text.as_bytes() {
        [b'0', b'o', octal @ ..] => {
            !octal.is_empty() && octal.iter().all(|byte| matches!(byte, b'0'..=b'7'))
        }
        [b'0', b'x', hexadecimal @ ..] => {
            !hexadecimal.is_empty() && hexadecimal.iter().all(u8::is_ascii_hexdigit)
        }
        decimal => matches!(digits(unsigned(decimal)), (1.., [])),
    }
}

/// `.inf` and `.nan` in the spellings of the core schema.
pub(super) fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

fn is_float(text: &str) -> bool {
    let (whole, rest) = digits(unsigned(text.as_bytes()));
    let (part, after) = match rest {
        [b'.', rest @ ..] => digits(rest),
        _ => (0, rest),
    };
    let has_point = rest.first() == Some(&b'.');
    let is_exponent = |exponent| matches!(digits(unsigned(exponent)), (1.., []));
    match after {
        [] => has_point && whole + part > 0,
        [b'e' | b'E', exponent @ ..] => whole + part > 0 && is_exponent(exponent),
        _ => false,
    }
}

fn unsigned(text: &[u8]) -> &[u8] {
    match text {
        [b'+' | b'-', rest @ ..] => rest,
        _ => text,
    }
}

/// How many digits a text begins with, and what follows them.
fn digits(text: &[u8]) -> (usize, &[u8]) {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count, &text[count..])
}

/// A whole number, exact where 64 bits hold it.
pub(super) enum Integer {
    Signed(i64),
    Wide(f64),
}

pub(super) fn integer(text: &str) -> Option<Integer> {
    let (radix, digits) = match (text.strip_prefix("0o"), text.strip_prefix("0x")) {
        (Some(octal), _) => (8, octal),
        (_, Some(hexadecimal)) => (16, hexadecimal),
        _ => (10, text.strip_prefix('+').unwrap_or(text)),
    };
    match i64::from_str_radix(digits, radix) {
        Ok(number) => Some(Integer::Signed(number)),
        Err(_) if radix == 10 => digits.parse().ok().map(Integer::Wide),
        Err(_) => u128::from_str_radix(digits, radix)
            .ok()
            .map(|number| Integer::Wide(number as f64)),
    }
}

/// The value of a float; also of a whole number that its tag calls one. None beyond what 64 bits hold.
pub(super) fn float(text: &str) -> Option<f64> {
    let number = match text.parse() {
        Ok(number) => number,
        Err(_) => match integer(text)? {
            Integer::Signed(number) => number as f64,
            Integer::Wide(number) => number,
        },
    };
    Some(number).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_typed_by_the_core_schema() {
        let cases = [
            ("NO", NodeKind::Text),
            ("on", NodeKind::Text),
            ("012", NodeKind::Integer),
            ("1_000", NodeKind::Text),
            ("12:30", NodeKind::Text),
            ("0o14", NodeKind::Integer),
            ("0x1F", NodeKind::Integer),
            ("~", NodeKind::Null),
            ("-1.5e3", NodeKind::Float),
            (".5", NodeKind::Float),
            ("1.", NodeKind::Float),
            (".", NodeKind::Text),
            ("1e3", NodeKind::Float),
            ("2026-03-31", NodeKind::Text),
            ("+", NodeKind::Text),
            ("True", NodeKind::Boolean),
        ];
        for (text, kind) in cases {
            assert_eq!(plain_kind(text), kind, "{text}");
        }
        assert!(is_not_finite("-.inf") && is_not_finite(".NaN") && !is_not_finite("-.nan"));
        assert!(matches!(integer("0o14"), Some(Integer::Signed(12))));
        assert!(matches!(
            integer("99999999999999999999"),
            Some(Integer::Wide(_))
        ));
    }
}
