//! Text in drawings: how wide it is, cut to a width, broken into lines, and escaped so that nothing in it is markup.

use unicode_width::UnicodeWidthChar;

/// Size of small text in pixels; nothing is smaller.
pub const SMALL: f64 = 11.0;
/// Size of titles; they are bold, so that their letters take more room than those of 13 pixels.
pub const TITLE: f64 = 14.0;

/// Longest text of a title or description that is not drawn, in characters.
const LONGEST: usize = 2000;

/// How wide a text is at a size, rather too wide than too narrow: readers have fonts of their own.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| advance(letter) * size).sum()
}

/// The width of a letter in ems, after the widest of the common fonts.
fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.34,
        ' ' | 'f' | 't' | 'r' | '-' | '(' | ')' | '[' | ']' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 0.98,
        letter if letter.is_ascii_uppercase() => 0.72,
        letter if letter.is_ascii() => 0.64,
        letter => match letter.width() {
            Some(2) => 1.1,
            Some(0) | None => 0.0,
            Some(_) => 0.75,
        },
    }
}

/// The text, cut with … where it is wider than there is room.
pub fn fit(text: &str, size: f64, room: f64) -> String {
    let text = tidy(text);
    if width(&text, size) <= room {
        return text;
    }
    let mut left = room - width("…", size);
    let mut kept = String::new();
    for letter in text.chars() {
        left -= advance(letter) * size;
        if left < 0.0 {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// The text in at most so many lines, the last one cut.
pub fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let text = tidy(text);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        if lines.len() + 1 == most {
            lines.push(fit(rest, size, room));
            break;
        }
        let mut end = 0;
        for (start, word) in words(rest) {
            if width(&rest[..start + word.len()], size) > room {
                break;
            }
            end = start + word.len();
        }
        if end == 0 {
            // A word wider than the line: it stands alone and is cut.
            end = rest.find(' ').unwrap_or(rest.len());
        }
        lines.push(fit(&rest[..end], size, room));
        rest = rest[end..].trim_start();
    }
    lines
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split(' ').map(move |word| (start(word), word))
}

/// On one line, without characters that XML refuses or that turn a text around, and not endless.
fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    for letter in text.trim().chars().take(LONGEST) {
        match letter {
            letter if letter.is_whitespace() => {
                if !tidy.ends_with(' ') {
                    tidy.push(' ');
                }
            }
            letter if letter.is_control() => {}
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter => tidy.push(letter),
        }
    }
    tidy
}

/// Text of an element or an attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in tidy(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let hostile = "<script>alert(\"1\")</script>&\u{0}\u{1b}[31m\u{202e}\u{ffff} a\nb";
        assert_eq!(
            escape(hostile),
            "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;[31m a b"
        );
    }

    #[test]
    fn long_texts_are_cut_to_their_room() {
        for text in ["x".repeat(10_000), "界".repeat(300), "word ".repeat(4_000)] {
            let cut = fit(&text, SMALL, 100.0);
            assert!(cut.ends_with('…') && width(&cut, SMALL) <= 100.0, "{cut}");
            let lines = wrap(&text, TITLE, 200.0, 2);
            assert!((1..=2).contains(&lines.len()));
            assert!(
                lines.iter().all(|line| width(line, TITLE) <= 200.0),
                "{lines:?}"
            );
        }
        assert_eq!(fit("short", SMALL, 100.0), "short");
    }

    #[test]
    fn lines_break_between_words() {
        let lines = wrap(
            "Mean time to resolve incidents of the first severity",
            TITLE,
            180.0,
            3,
        );
        assert_eq!(
            lines.join(" "),
            "Mean time to resolve incidents of the first severity"
        );
        assert!(lines.len() > 1);
        assert!(wrap("", TITLE, 100.0, 2).is_empty());
    }
}
