//! How `diff` and `log` look: on terminals of all widths and in a comment on a pull request, whatever records say.

use super::demonstration::Demonstration;
use super::repository::{History, SECURITY};
use crate::harness::{PLAIN, Run, Screen, run_on, snapshot};
use ismsctl::render::terminal::width;

const REVIEWS: &str = "diff review-2024-annual review-2025-annual";

#[test]
fn the_two_annual_reviews_on_eighty_columns() {
    let demo = Demonstration::shared();
    snapshot!("diff_reviews_80", demo.run(REVIEWS).fine());
    snapshot!(
        "diff_reviews_commits_80",
        demo.run(&format!("{REVIEWS} --commits")).fine()
    );
    snapshot!(
        "log_risk_80",
        demo.run("log RISK-003 --as-of 2026-06-30").fine()
    );
}

#[test]
fn the_two_annual_reviews_as_a_comment() {
    let demo = Demonstration::shared();
    let comment = demo.run(&format!("{REVIEWS} --format markdown")).fine();
    snapshot!("diff_reviews_markdown", comment);
    let words = "diff story/due-date-moved~1 story/due-date-moved --format markdown --commits";
    snapshot!("diff_commit_markdown", demo.run(words).fine());
}

/// Every command line here on a screen.
fn on(folder: &std::path::Path, screen: Screen, commands: &[&str]) -> Vec<(String, String)> {
    let run = |command: &&str| {
        let words: Vec<&str> = command.split(' ').collect();
        let run: Run = run_on(folder, screen, &words);
        assert_eq!(run.err, "", "{command}");
        ((*command).to_owned(), run.out)
    };
    commands.iter().map(run).collect()
}

const SCREENS: [&str; 5] = [
    REVIEWS,
    "diff review-2024-annual review-2025-annual --commits",
    "diff review-2024-annual~15 main",
    "log RISK-003 --as-of 2026-06-30",
    "log vendors/cloud-host --as-of 2026-06-30",
];

#[test]
fn lines_fit_and_end_without_blanks() {
    let demo = Demonstration::shared();
    for columns in [40, 60, 80, 120, 200] {
        let screen = Screen {
            width: columns,
            color: false,
        };
        for (command, text) in on(&demo.path(""), screen, &SCREENS) {
            for line in text.lines() {
                assert!(width(line) <= columns, "{columns} {command}: {line}");
                assert_eq!(line, line.trim_end(), "{columns} {command}");
            }
        }
    }
}

#[test]
fn colour_carries_nothing_alone() {
    let demo = Demonstration::shared();
    let colored = Screen {
        width: 80,
        color: true,
    };
    let plain = on(&demo.path(""), PLAIN, &SCREENS);
    for ((command, plain), (_, colored)) in plain.iter().zip(on(&demo.path(""), colored, &SCREENS))
    {
        assert!(colored.contains('\u{1b}'), "{command}");
        assert_eq!(&uncolored(&colored), plain, "{command}");
    }
}

/// Text without what colours it.
fn uncolored(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('m').unwrap().1)
}

const HOSTILE: [&str; 6] = [
    "a | b | c",
    "`rm -rf` *bold* <script>alert(1)</script>",
    "[press](javascript:alert(1)) ![x](https://example.org/x.png)",
    "first\\n\\n</details>\\n# Approved\\n| :-- |",
    "\\u001b[31mred\\u001b[0m \\u202eright to left\\u0007",
    "@everyone <!-- gone <img src=x onerror=alert(1)>",
];

/// A history in which titles, notes, statuses and a message of a commit say what they should not.
fn hostile() -> History {
    let risk = |number: usize, text: &str, impact: u8| {
        format!(
            "- id: RISK-{number}\n  title: \"{text}\"\n  owner: cto\n  category: access\n  identified: 2026-01-01\n  assessments:\n    - {{date: 2026-01-02, by: ciso, likelihood: 2, impact: 2}}\n    - {{date: 2026-02-01, by: ciso, likelihood: 2, impact: {impact}, note: \"{text}\"}}\n  status: open\n  tags: [\"{text}\"]\n"
        )
    };
    let all = |impact: u8| {
        let risks = HOSTILE.iter().enumerate();
        let risks = risks.map(|(number, text)| risk(number, text, impact));
        risks.collect::<String>()
    };
    let history = History::of(&[("risks/all.yaml", &all(2))]);
    let before = all(2).replace("tags: [\"", "tags: [\"was ");
    history.write("risks/all.yaml", &before);
    history.commit(SECURITY, "2026-02-02", "Once");
    history.write("risks/all.yaml", &all(4));
    let message = "</details> | `x` [y](javascript:z) \u{1b}[31m\n\nNothing more.";
    history.commit(
        ("`all` | @all", "security@example.org"),
        "2026-02-03",
        message,
    );
    history
}

#[test]
fn what_records_say_is_never_markup() {
    let history = hostile();
    let comment = history
        .run("diff HEAD~1 HEAD --format markdown --commits")
        .fine();
    snapshot!("diff_hostile_markdown", comment);
    // Nothing but what the tool writes itself is a tag, and one fold is opened and closed.
    let tags: Vec<&str> = comment
        .split('<')
        .skip(1)
        .map(|it| it.split('>').next().unwrap())
        .collect();
    assert_eq!(tags, ["details", "summary", "/summary", "/details"]);
    assert!(!comment.contains('\u{1b}') && !comment.contains('\u{202e}'));
    assert!(comment.is_char_boundary(comment.len()) && !comment.contains('\u{7}'));
    for line in comment.lines().filter(|line| line.starts_with('|')) {
        let bare = line.replace("\\|", "");
        assert_eq!(bare.matches('|').count(), 6, "{line}");
        assert!(line.ends_with('|'), "{line}");
        let code = line.replace("\\`", "");
        assert!(!code.contains('`'), "{line}");
    }
    let links = comment.match_indices("](");
    for (at, _) in links {
        assert_eq!(
            comment[..at].chars().last(),
            Some('\\'),
            "{}",
            &comment[at - 9..]
        );
    }
    assert!(
        !comment.contains("@everyone"),
        "a mention would call strangers"
    );
    assert_eq!(
        comment
            .lines()
            .filter(|line| line.starts_with("# "))
            .count(),
        0
    );
}

#[test]
fn what_records_say_never_moves_the_cursor() {
    let history = hostile();
    for columns in [40, 80, 200] {
        let screen = Screen {
            width: columns,
            color: false,
        };
        let commands = [
            "diff HEAD~1 HEAD --commits",
            "diff HEAD~2",
            "log RISK-3",
            "log RISK-4",
        ];
        for (command, text) in on(history.folder.path(), screen, &commands) {
            for line in text.lines() {
                assert!(
                    !line.contains(|it: char| it.is_control() || it == '\u{202e}'),
                    "{command}: {line:?}"
                );
                assert!(width(line) <= columns, "{columns} {command}: {line}");
                assert_eq!(line, line.trim_end(), "{columns} {command}");
            }
        }
    }
}
