use super::*;
use chrono_tz::Tz;
use proptest::prelude::*;

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFZ4vMQ8q62t0+xB1JM7f1wq4T6zN96kG60ovp3lcfny";

fn zurich() -> Calendar {
    Calendar {
        timezone: Tz::Europe__Zurich,
        ..Calendar::default()
    }
}

/// Lines that let sign, or what is wrong: the offending text and the message.
fn read(text: &str) -> (Vec<Line>, Vec<String>) {
    let (signers, mistakes) = AllowedSigners::read(text, &zurich());
    let spelled = mistakes.iter().map(|mistake| {
        let line = text[..mistake.span.range().start].matches('\n').count() + 1;
        format!(
            "{line} `{}`: {}",
            &text[mistake.span.range()],
            mistake.message
        )
    });
    (signers.lines, spelled.collect())
}

#[test]
fn lines_are_read_as_openssh_reads_them() {
    let text = format!(
        "# comment\n\n   # another\n\t a@x\t{KEY}  a comment with \"\n\"a@x,*@y\" namespaces=\"git,file\" {KEY}\r\na@x NAMESPACES=\"git\",Valid-After=\"20260101\",valid-before=\"202606301200Z\" {KEY}"
    );
    let (lines, mistakes) = read(&text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let shown: Vec<String> = lines
        .iter()
        .map(|line| {
            let namespaces = line.namespaces.as_ref().map(ToString::to_string);
            let instant = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339());
            format!(
                "{} {:?} {:?} {:?}",
                line.principals,
                namespaces,
                instant(line.after),
                instant(line.before)
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "`a@x` None None None",
            "`a@x,*@y` Some(\"`git,file`\") None None",
            "`a@x` Some(\"`git`\") Some(\"2025-12-31T23:00:00+00:00\") Some(\"2026-06-30T12:00:00+00:00\")",
        ]
    );
}

#[test]
fn mistakes_are_told_at_their_place_and_let_nobody_sign() {
    let cases = [
        ("a@x", "`a@x`: there is no key here"),
        (
            "a@x ssh-ed25519",
            "`a@x`: the kind of a key stands here, and no key",
        ),
        ("a@x namespaces=\"git\"", "`a@x`: there is no key here"),
        ("a@x ssh-ed25519 AAAA", "`AAAA`: this is no key"),
        ("a@x ssh-ed25519 ?", "`?`: this is no key"),
        (
            "a@x foo KEY",
            "`foo`: `foo` is neither an option nor a kind of key",
        ),
        (
            "a@x namespaces=git KEY",
            "`namespaces=git`: the value of `namespaces` is not in quotes",
        ),
        (
            "a@x namespaces KEY",
            "`namespaces`: the value of `namespaces` is not in quotes",
        ),
        (
            "a@x namespaces=\"git\",namespaces=\"file\" KEY",
            "`namespaces=\"file\"`: `namespaces` stands here twice",
        ),
        (
            "a@x valid-after=\"20261301\" KEY",
            "`valid-after=\"20261301\"`: `20261301` is no time",
        ),
        (
            "a@x valid-before=\"202601011\" KEY",
            "`valid-before=\"202601011\"`: `202601011` is no time",
        ),
        (
            "a@x valid-after=\"20260101\",valid-before=\"20250101\" KEY",
            "`valid-after=\"20260101\",valid-before=\"20250101\"`: `valid-before` is not later than `valid-after`",
        ),
        (
            "a@x namespaces=\"git\", KEY",
            "`,`: an option is missing beside this comma",
        ),
        ("a@x , KEY", "`,`: an option is missing beside this comma"),
        (
            "a@x namespaces=\"git\",,valid-after=\"20260101\" KEY",
            "`,`: an option is missing beside this comma",
        ),
        (
            "a@x cert-authority KEY",
            "`cert-authority`: `cert-authority` is not supported: what its certificates sign is not verified",
        ),
        (
            "\"a@x b@x KEY",
            "`\"a@x b@x KEY`: the quote that begins here has no end",
        ),
        (", KEY", "`,`: this line is for nobody"),
        (
            "a@x ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIFZ4vMQ8q62t0+xB1JM7f1wq4T6zN96kG60ovp3lcfny",
            "`ssh-rsa`: the key is of type `ssh-ed25519`, not `ssh-rsa`",
        ),
        ("a@x namespaces=\"git\" , KEY", "`,`: `,` is no kind of key"),
        (
            "a@x ssh-dss AAAAB3NzaC1kc3MAAAAA",
            "`AAAAB3NzaC1kc3MAAAAA`: keys of type `ssh-dss` are not supported: what they sign is not verified",
        ),
    ];
    for (line, expected) in cases {
        let text = format!("# é\n{}\nb@x {KEY}\n", line.replace("KEY", KEY));
        let (lines, mistakes) = read(&text);
        let expected = format!("2 {}", expected.replace("KEY", KEY));
        assert_eq!(mistakes, [expected], "{line}");
        assert_eq!(lines.len(), 1, "{line}: the other line counts");
    }
}

#[test]
fn the_fixture_tells_of_keys_that_are_not_used() {
    let text = include_str!("../../../../tests/fixtures/signatures/allowed_signers");
    let (lines, mistakes) = read(text);
    assert_eq!(lines.len(), 6);
    let messages: Vec<&str> = mistakes
        .iter()
        .filter_map(|mistake| mistake.rsplit_once("`: ").map(|(_, message)| message))
        .collect();
    assert_eq!(
        messages,
        [
            "keys of type `ecdsa-sha2-nistp521` are not supported: what they sign is not verified",
            "this RSA key has 1024 bits; fewer than 2048 prove nothing",
        ]
    );
}

#[test]
fn times_without_a_zone_are_those_of_the_workspace() {
    let after = |time: &str| {
        let (lines, mistakes) = read(&format!("a@x valid-after=\"{time}\" {KEY}"));
        assert!(mistakes.is_empty(), "{mistakes:?}");
        lines[0].after.unwrap().to_rfc3339()
    };
    assert_eq!(after("20260701"), "2026-06-30T22:00:00+00:00");
    assert_eq!(after("20260701000000z"), "2026-07-01T00:00:00+00:00");
    assert_eq!(after("202607011230UTC"), "2026-07-01T12:30:00+00:00");
    // Clocks show 02:30 twice, and on the other day not at all.
    assert_eq!(after("202610250230"), "2026-10-25T00:30:00+00:00");
    assert_eq!(after("202603290230"), "2026-03-29T01:00:00+00:00");
}

proptest! {
    #[test]
    fn anything_is_survived(text in "([a@x*!?,\"=\\\\ \\n\\t#é]|namespaces|valid-after|ssh-ed25519|AAAA|2026){0,40}") {
        let (_, mistakes) = AllowedSigners::read(&text, &zurich());
        for mistake in mistakes {
            prop_assert!(text.get(mistake.span.range()).is_some_and(|it| !it.is_empty()));
        }
    }
}
