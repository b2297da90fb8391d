//! The YAML 1.2 core typing of plain text, and the numbers it stands for.

use super::NodeKind;

/// The type a plain scalar has by the YAML 1.2 core schema (`no`, `on` and `012`-style octals are not special).
pub(super) fn plain_kind(text: &str) -> NodeKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return NodeKind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => return NodeKind::Boolean,
        _ => {}
    }
    let numeric = text
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
    if !numeric {
        NodeKind::Text
    } else if is_integer(text) {
        NodeKind::Integer
    } else if is_float(text) {
        NodeKind::Float
    } else {
        NodeKind::Text
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
    let digits =
        |text: &str, radix: u32| !text.is_empty() && text.chars().all(|c| c.is_digit(radix));
    if let Some(octal) = text.strip_prefix("0o") {
        return digits(octal, 8);
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return digits(hexadecimal, 16);
    }
    digits(text.strip_prefix(['+', '-']).unwrap_or(text), 10)
}

/// `.inf` and `.nan` in the spellings of the core schema.
pub(super) fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

fn is_float(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    let mantissa_fits = match mantissa.split_once('.') {
        Some((whole, part)) => all_digits(whole) && all_digits(part) && mantissa.len() > 1,
        None => !mantissa.is_empty() && all_digits(mantissa) && exponent.is_some(),
    };
    exponent_fits && mantissa_fits
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
