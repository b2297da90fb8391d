use super::{Lines, escaped};

#[test]
fn lines_are_folded_between_characters() {
    // Three bytes each: 23 of them and the name make 74 bytes, one more would make 77.
    let long = "€".repeat(60);
    let mut lines = Lines::default();
    lines.text("NOTE", &long);
    let all: Vec<&str> = lines.0.split("\r\n").collect();
    assert!(all.iter().all(|line| line.len() <= 75), "{all:?}");
    assert_eq!(all[0], format!("NOTE:{}", "€".repeat(23)));
    assert_eq!(all[1], format!(" {}", "€".repeat(24)));
    assert_eq!(all[2], format!(" {}", "€".repeat(13)));
    assert_eq!(all[3..], [""]);
}

#[test]
fn a_line_of_75_bytes_is_not_folded() {
    for (length, expected) in [(75, 1), (76, 2), (149, 2), (150, 3)] {
        let mut lines = Lines::default();
        lines.add(&"x".repeat(length));
        assert_eq!(lines.0.matches("\r\n").count(), expected, "{length}");
    }
}

#[test]
fn text_is_escaped() {
    for (text, expected) in [
        ("a, b; c\\d", "a\\, b\\; c\\\\d"),
        ("one\ntwo\r\nthree\rfour", "one\\ntwo\\nthree\\nfour"),
        ("END:VEVENT\u{2028}x", "END:VEVENT\\nx"),
        ("bell\u{7} tab\t", "bell  tab "),
        ("quote \" colon : equals =", "quote \" colon : equals ="),
    ] {
        assert_eq!(escaped(text), expected, "{text:?}");
    }
}
