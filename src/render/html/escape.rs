//! Text from records for HTML: nothing in it is markup, nothing in it turns what stands around it.

use std::borrow::Cow;

/// The longest word a column of a table has to make room for; longer ones are cut by the browser.
const LONG: usize = 30;

/// Text as HTML, fit for contents and for attributes in double quotes.
pub fn escape(text: &str) -> Cow<'_, str> {
    let is_markup = |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if text
        .bytes()
        .all(|byte| matches!(byte, b' '..=b'~') && !is_markup(byte))
    {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => escaped.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => escaped.push('\u{FFFD}'),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped.into()
}

/// What stands behind `#record-` for the id of a record: different ids never meet.
pub fn slug(id: &str) -> String {
    let mut slug = String::with_capacity(id.len());
    for character in id.chars() {
        match character {
            '-' | '.' => slug.push(character),
            _ if character.is_ascii_alphanumeric() => slug.push(character),
            // Also for `_` itself, or `a_2f_b` would be `a/b`.
            _ => slug.push_str(&format!("_{:x}_", u32::from(character))),
        }
    }
    slug
}

/// Whether a text has a word that would make a column too wide.
pub fn has_long_word(text: &str) -> bool {
    // A character is a byte at least, and most texts are short.
    text.len() > LONG
        && text
            .split_whitespace()
            .any(|word| word.len() > LONG && word.chars().nth(LONG).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let cases = [
            (
                "<script>alert(1)</script>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
            ),
            ("\" onload=\"x", "&quot; onload=&quot;x"),
            ("' onload='x", "&#39; onload=&#39;x"),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            ("a\u{1b}[31m\u{9b}\u{0}b\u{7f}", "a[31mb"),
            ("one\ntwo\tthree", "one two three"),
            ("\u{202e}evil\u{2066}", "\u{fffd}evil\u{fffd}"),
        ];
        for (text, escaped) in cases {
            assert_eq!(escape(text), escaped, "{text:?}");
        }
    }

    #[test]
    fn different_ids_have_different_slugs() {
        let ids = [
            "vendors/acme",
            "vendors_acme",
            "vendors_2f_acme",
            "RISK-1",
            "risk-1",
            "größe",
        ];
        let slugs: std::collections::BTreeSet<String> = ids.iter().map(|id| slug(id)).collect();
        assert_eq!(slugs.len(), ids.len());
        assert_eq!(slug("RISK-1.2"), "RISK-1.2");
        assert_eq!(slug("vendors/acme"), "vendors_2f_acme");
        for slug in slugs {
            assert!(
                slug.chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)),
                "{slug}"
            );
        }
    }

    #[test]
    fn long_words_are_found() {
        assert!(!has_long_word(
            "an ordinary sentence of more than thirty letters"
        ));
        assert!(has_long_word(&"a".repeat(31)));
        assert!(!has_long_word(&"ü".repeat(30)));
    }
}
