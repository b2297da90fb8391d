use super::*;
use proptest::prelude::*;
use std::io::Write;
use std::process::{Command, Stdio};

/// Messages and their trailers as `Key: value`, lines parted by `|`.
const CASES: &[(&str, &str)] = &[
    ("Subject\n\nReviewed-by: A <a@x>\n", "Reviewed-by: A <a@x>"),
    ("Subject\n\nReviewed-by: A <a@x>", "Reviewed-by: A <a@x>"),
    ("Reviewed-by: A <a@x>\n", ""),
    ("Subject\nReviewed-by: A <a@x>\n", ""),
    ("Subject\n\nReviewed-by: A <a@x>\n\nText.\n", ""),
    ("Subject\n\nText.\nReviewed-by: A <a@x>\n", ""),
    (
        "Subject\n\nText.\n\nReviewed-by: A <a@x>\n\n\n",
        "Reviewed-by: A <a@x>",
    ),
    (
        "Subject\r\n\r\nReviewed-by: A <a@x>\r\n",
        "Reviewed-by: A <a@x>",
    ),
    (
        "Subject\n\nreviewed-BY :  A\n  <a@x>  \n",
        "reviewed-BY: A <a@x>",
    ),
    (
        "Subject\n\nText\nSigned-off-by: B <b@x>\nReviewed-by: A <a@x>\n",
        "Signed-off-by: B <b@x>|Reviewed-by: A <a@x>",
    ),
    ("Subject\n\n1\n2\n3\n4\nSigned-off-by: B <b@x>\n", ""),
    (
        "Subject\n\nReviewed-by: A <a@x>\n(cherry picked from commit 1234)\n",
        "Reviewed-by: A <a@x>",
    ),
    (
        "Subject\n\nReviewed-by: A <a@x>\n# Please enter the message\n#\n",
        "Reviewed-by: A <a@x>",
    ),
    (
        "Subject\n\nReviewed-by: A <a@x>\n\nConflicts:\n\ta.yaml\n",
        "Reviewed-by: A <a@x>",
    ),
    (
        "Subject\n\nReviewed-by: A <a@x>\n# ------------------------ >8 ------------------------\nK: v\n",
        "Reviewed-by: A <a@x>",
    ),
    ("Subject\n\nReviewed-by: A <a@x>\n---\nfile | 2 +-\n", ""),
    (
        "Subject\n\n---\n\nReviewed-by: A <a@x>\n",
        "Reviewed-by: A <a@x>",
    ),
    ("Subject\n\n Reviewed-by: A <a@x>\n", ""),
    ("Subject\n\n: v\nK: v\n", ""),
    ("Subject\n\nA b: v\nK: v\n", ""),
    ("Subject\n\nK:\n", "K: "),
    ("", ""),
    ("\n", ""),
    ("#\n\n#\n", ""),
];

fn spelled(message: &[u8]) -> String {
    let lines = trailers(message).into_iter();
    let lines: Vec<String> = lines
        .map(|trailer| format!("{}: {}", trailer.key, trailer.value))
        .collect();
    lines.join("|")
}

/// What git makes of a message; none where git is not at hand.
fn by_git(message: &[u8]) -> Option<String> {
    let mut git = Command::new("git")
        .args([
            "interpret-trailers",
            "--parse",
            "--only-trailers",
            "--no-divider",
        ])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    git.stdin.take()?.write_all(message).ok()?;
    let output = git.wait_with_output().ok()?;
    assert!(output.status.success());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(text.trim_end_matches('\n').replace('\n', "|"))
}

#[test]
fn trailers_are_the_last_paragraph() {
    for (message, expected) in CASES {
        assert_eq!(spelled(message.as_bytes()), *expected, "{message:?}");
        if let Some(git) = by_git(message.as_bytes()) {
            assert_eq!(git, *expected, "git on {message:?}");
        }
    }
}

/// Lines of which hostile messages are made.
const LINES: &[&str] = &[
    "",
    " ",
    "\t",
    "Subject",
    "K: v",
    "Reviewed-by: A <a@x>",
    "Approved-by : B",
    " folded",
    "\tfolded: too",
    "Signed-off-by: C <c@x>",
    "(cherry picked from commit 12)",
    "# comment",
    "#",
    "---",
    "Conflicts:",
    "\tfile",
    "a b: c",
    ":",
    "-: x",
    "é: x",
    "x:y:z",
    "\r",
    "# ------------------------ >8 ------------------------",
];

#[test]
fn messages_of_all_kinds_read_as_git_reads_them() {
    // A generator with a fixed start, so that a failure shows itself again.
    let mut state = 7u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut compared = 0;
    for _ in 0..300 {
        let count = 3 + next(7);
        let mut message = "Subject\n\n".to_owned();
        for _ in 0..count {
            message.push_str(LINES[next(LINES.len())]);
            message.push('\n');
        }
        if next(3) == 0 {
            message = message.split_off(next(9));
        }
        let own = spelled(message.as_bytes());
        let Some(git) = by_git(message.as_bytes()) else {
            return;
        };
        assert_eq!(own, git, "{message:?}");
        compared += usize::from(!own.is_empty());
    }
    assert!(compared > 30, "only {compared} of them had trailers");
}

#[test]
fn those_who_endorse_are_named_with_their_address() {
    let message = b"Subject

Approved-by: Chief of security <security@example.org>
reviewed-by: auditor@example.org
Reviewed-by: Auditor <auditor at example.org>
Reviewed-by: <one@example.org> <two@example.org>
Reviewed-by: A > B <three@example.org>
Reviewed-by: Somebody
Signed-off-by: Other <other@example.org>
Acked-by: Other <other@example.org>
";
    let found: Vec<String> = endorsements(message)
        .into_iter()
        .map(|by| format!("{}|{}", by.name, by.email))
        .collect();
    assert_eq!(
        found,
        [
            "Chief of security|security@example.org",
            "|auditor@example.org"
        ]
    );
}

#[test]
fn a_nul_ends_a_message() {
    let hidden = b"Subject\n\nText\0\n\nReviewed-by: A <a@x>\n";
    assert!(trailers(hidden).is_empty());
}

proptest! {
    #[test]
    fn anything_is_survived(message in prop::collection::vec(any::<u8>(), 0..300)) {
        endorsements(&message);
    }
}
