//! `status`: the one screen at several widths, with colour and without.

use crate::harness::{Folder, JUNE, MARCH, Screen, run_on, snapshot};

#[test]
fn the_one_screen() {
    for (name, day) in [
        ("management-review", JUNE),
        ("management-review", MARCH),
        ("starter", "2026-01-01"),
    ] {
        let folder = Folder::example(name);
        for (width, color) in [(80, false), (80, true), (120, false), (120, true)] {
            let screen = Screen { width, color };
            let run = run_on(folder.path(), screen, &["status", "--as-of", day]);
            let kind = if color { "color" } else { "plain" };
            snapshot!(format!("{name}-{day}-{width}-{kind}"), run.fine());
        }
    }
}

#[test]
fn nothing_but_colour_depends_on_colour() {
    let folder = Folder::example("management-review");
    let run = |color| {
        let screen = Screen { width: 80, color };
        run_on(folder.path(), screen, &["status", "--as-of", JUNE]).fine()
    };
    assert_eq!(without_colour(&run(true)), run(false));
}

/// The text without colour sequences; anything else that begins with ESC is left in and so noticed.
pub fn without_colour(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let (codes, tail) = after.split_once('m').unwrap();
        assert!(codes.chars().all(|c| c.is_ascii_digit() || c == ';'));
        rest = tail;
    }
    plain + rest
}

#[test]
fn lines_keep_to_the_width() {
    for name in ["management-review", "starter"] {
        let folder = Folder::example(name);
        for width in [80, 100, 120] {
            let screen = Screen {
                width,
                color: false,
            };
            for command in ["status", "kpi", "due", "risk"] {
                let text = run_on(folder.path(), screen, &[command, "--as-of", JUNE]).out;
                for line in text.lines() {
                    let columns = unicode_width::UnicodeWidthStr::width(line);
                    assert!(
                        columns <= width,
                        "{command} at {width}: {columns} columns: {line}"
                    );
                }
            }
        }
    }
}
