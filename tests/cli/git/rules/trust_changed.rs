//! `trust-changed`: a change to whom and what the check believes is told by itself, and believed when it is merged.

use super::records::{context, policy, risk};
use crate::git::repository::{CONFIG, History, SECURITY, STRANGER};

fn history(more: &str) -> History {
    let history = History::new();
    history.write("isms.toml", &format!("{CONFIG}{more}"));
    history.write("risks/r.yaml", &risk("RISK-1"));
    history.commit(SECURITY, "2026-01-02", "Begin");
    history.branch("work");
    history
}

/// What the rule says about the range, in its order.
fn told(history: &History) -> Vec<String> {
    let json = history.run("check --base main --format json").json();
    let found = json["diagnostics"].as_array().unwrap().iter();
    let found = found.filter(|one| one["rule"] == "trust-changed");
    let line = |one: &serde_json::Value| {
        assert_eq!(one["level"], "warning");
        format!(
            "{}:{} {}",
            one["path"].as_str().unwrap(),
            one["line"],
            one["message"].as_str().unwrap()
        )
    };
    found.map(line).collect()
}

#[test]
fn people_are_compared_by_what_is_said_of_them() {
    let history = history("");
    history.replace(
        "isms.toml",
        "email = [\"technology@example.org\"]",
        "email = [\"cto@example.org\", \"technology@example.org\"]",
    );
    history.replace(
        "isms.toml",
        "roles = [\"auditor\"]",
        "roles = [\"auditor\", {role = \"ciso\", from = 2026-02-01}]",
    );
    history.replace(
        "isms.toml",
        "\n[roles]",
        "[people.new]\nname = \"New\"\nroles = [\"cto\"]\n\n[roles]\nceo = \"Chief\"",
    );
    history.commit(SECURITY, "2026-02-01", "Change people");
    assert_eq!(
        told(&history),
        [
            "isms.toml:11 `email` of `technology` was `technology@example.org` and is now `cto@example.org`, `technology@example.org`",
            "isms.toml:16 `roles` of `audit` was `auditor` and is now `auditor`, `ciso from 2026-02-01`",
            "isms.toml:17 `new` was added to [people] as `cto`",
            "isms.toml:22 `ceo` was added to [roles]",
        ]
    );
}

#[test]
fn who_is_gone_is_told_where_they_were() {
    let history = history("");
    history.replace("isms.toml", "[people.audit]\nname = \"Auditor\"\nemail = [\"audit@example.org\"]\nroles = [\"auditor\"]\n", "");
    history.commit(SECURITY, "2026-02-01", "The auditor left");
    assert_eq!(
        told(&history),
        ["isms.toml:5 `audit` was taken out of [people]"]
    );
}

#[test]
fn levels_and_git_are_compared_by_what_they_come_to() {
    let history = history(
        "[git]\nallowed_signers = \"keys\"\n[rules]\nunused-control = \"off\"\nid-prefix = \"warning\"\n",
    );
    history.replace(
        "isms.toml",
        "allowed_signers = \"keys\"",
        "signatures = \"required\"\nbackfill = \"30d\"",
    );
    history.replace(
        "isms.toml",
        "unused-control = \"off\"",
        "backfilled = \"off\"",
    );
    history.commit(SECURITY, "2026-02-01", "Change settings");
    assert_eq!(
        told(&history),
        [
            "isms.toml:23 `allowed_signers` of [git] was `keys` and is now gone",
            "isms.toml:24 `signatures` of [git] was `optional` and is now `required`",
            "isms.toml:26 the level of `unused-control` was `off` and is now `note`",
            "isms.toml:27 the level of `backfilled` was `warning` and is now `off`",
        ]
    );
}

#[test]
fn what_says_the_same_is_no_change() {
    let history = history("[git]\nallowed_signers = \"keys\"\n");
    history
        .write(".mailmap", "A <a@x> <b@x>\n")
        .write("keys", "# nobody yet\n");
    history.commit(SECURITY, "2026-01-03", "Add files");
    history.branch("next").check_out("main");
    history
        .repository
        .reference(
            "refs/heads/main",
            history.repository.revparse_single("work").unwrap().id(),
            true,
            "",
        )
        .unwrap();
    history.check_out("next");
    let other = CONFIG
        .replace(
            "name = \"Test\"",
            "name = \"Another name\"\ntimezone = \"Europe/Zurich\"",
        )
        .replace("\"security@example.org\"", "'SECURITY@example.org'")
        .replace(
            "ciso = \"Security\"",
            "ciso = \"Chief information security officer\"",
        );
    history.write("isms.toml", &format!("{other}[git]\nallowed_signers = 'keys' # here\nsignatures = \"optional\"\n[rules]\nbackfilled = \"warning\"\n"));
    history
        .write(".mailmap", "# who is who\nA <a@x> <B@x>\n")
        .write("keys", "# nobody at all\n");
    history.replace("risks/r.yaml", "A risk", "Another");
    history.commit(SECURITY, "2026-02-01", "Say it otherwise");
    assert_eq!(told(&history), [""; 0]);
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn files_of_addresses_and_keys_are_told() {
    let history = history("[git]\nallowed_signers = \"keys\"\n");
    history.write(
        ".mailmap",
        "Security officer <security@example.org> <stranger@example.net>\n",
    );
    let key = "AAAAC3NzaC1lZDI1NTE5AAAAIOhsGFuGvEcNGqYhRzR7qiZx8VhxEH1cSMhHwmNq8l2d";
    history.write("keys", &format!("security@example.org ssh-ed25519 {key}\n"));
    let expected = [
        ".mailmap:1 `.mailmap`, which says which addresses are one person's, was added",
        "keys:1 `keys`, which says whose keys sign, was added",
    ];
    assert_eq!(told(&history), expected);
    history.commit(SECURITY, "2026-02-01", "Add files");
    assert_eq!(told(&history), expected);
    history.remove("keys").write(".mailmap", "");
    history.commit(SECURITY, "2026-02-02", "And change them");
    let found = told(&history);
    assert!(
        found.contains(&"keys:1 `keys`, which says whose keys sign, was taken away".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(
            &".mailmap:1 `.mailmap`, which says which addresses are one person's, was changed"
                .to_owned()
        ),
        "{found:?}"
    );
}

#[test]
fn what_is_silenced_is_told() {
    let history = history("");
    let ignore = |rule: &str, until: &str| {
        format!("ignore: [{{rule: {rule}, reason: Because, until: {until}}}]\n")
    };
    history.write(
        "risks/r.yaml",
        &(risk("RISK-1").replace("impact: 3", "impact: 9") + &ignore("risk-range", "2026-12-31")),
    );
    history.write(
        "context/c.yaml",
        &(context("CTX-1") + &ignore("id-prefix", "2026-08-31")),
    );
    history.commit(SECURITY, "2026-02-01", "Be silent");
    let mut found = told(&history);
    found.sort();
    assert_eq!(
        found,
        [
            "context/c.yaml:6 `id-prefix` was silenced until 2026-08-31",
            "risks/r.yaml:9 `risk-range` was silenced until 2026-12-31",
        ]
    );
    // Longer is more, shorter and none are less.
    history.branch("next").check_out("work");
    for (until, count) in [("2027-01-31", 1), ("2026-11-30", 0)] {
        history.check_out("next");
        history.replace("risks/r.yaml", "2026-12-31", until);
        let json = history.run("check --base work --format json").json();
        let found = json["diagnostics"].as_array().unwrap();
        let found = found.iter().filter(|one| one["rule"] == "trust-changed");
        assert_eq!(found.count(), count, "{until}");
    }
}

#[test]
fn nobody_approves_for_themselves() {
    let history = history("");
    let policy = |log: &[(&str, &str)]| policy(log);
    history.write("policies/p.yaml", &policy(&[]).replace("review_log:\n", ""));
    history.commit(SECURITY, "2026-01-03", "A policy");
    history
        .repository
        .reference(
            "refs/heads/main",
            history.repository.head().unwrap().target().unwrap(),
            true,
            "",
        )
        .unwrap();
    // Somebody makes themselves CISO and approves; by what is merged they are nobody.
    history.replace("isms.toml", "\n[roles]", "[people.me]\nname = \"Me\"\nemail = [\"stranger@example.net\"]\nroles = [\"ciso\"]\n\n[roles]");
    history.write("policies/p.yaml", &policy(&[("2026-02-01", "ciso")]));
    history.commit(STRANGER, "2026-02-01", "Approve");
    assert_eq!(
        history.new_since("main"),
        ["trust-changed", "approval-by-other POL-1"]
    );
    // Once that was agreed on, the next approval is theirs.
    history.branch("next");
    history.write(
        "policies/p.yaml",
        &policy(&[("2026-02-01", "ciso"), ("2026-02-02", "me")]),
    );
    history.commit(STRANGER, "2026-02-02", "Approve");
    assert_eq!(history.new_since("work"), [""; 0]);
}

#[test]
fn silence_of_the_range_is_not_believed() {
    let ignore = "ignore: [{rule: approval-by-other, reason: Because, until: 2026-12-31}]\n";
    let log = policy(&[("2026-02-01", "ciso")]);
    let history = history("");
    history.write("policies/p.yaml", &(log.clone() + ignore));
    history.commit(STRANGER, "2026-02-01", "Approve");
    let found = history.new_since("main");
    assert!(
        found.contains(&"approval-by-other POL-1".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"trust-changed POL-1".to_owned()),
        "{found:?}"
    );
}

#[test]
fn where_there_was_nothing_to_believe_nothing_changed() {
    let history = History::new();
    history.write("notes.txt", "");
    history.commit(SECURITY, "2026-01-01", "Nothing");
    history.branch("work");
    history.write("isms.toml", CONFIG);
    history.commit(SECURITY, "2026-01-02", "Begin");
    history.replace(
        "isms.toml",
        "cto = \"Technology\"\n",
        "cto = \"Technology\"\nceo = \"Chief\"\n",
    );
    history.commit(SECURITY, "2026-01-03", "Go on");
    history.check_out("work");
    history.git(&["branch", "-f", "main", "HEAD~2"]);
    assert_eq!(told(&history), [""; 0]);
}

#[test]
fn a_merge_tells_what_neither_side_has() {
    let history = history("");
    history.write("context/a.yaml", &context("CTX-1"));
    let work = history.commit(SECURITY, "2026-02-01", "Work");
    history.check_out("main").branch("other");
    history.replace("isms.toml", "[roles]\n", "[roles]\nceo = \"Chief\"\n");
    let other = history.commit(SECURITY, "2026-02-01", "Add a role");
    history.write("context/a.yaml", &context("CTX-1"));
    history.commit_on(&[other, work], SECURITY, "2026-02-02", "Merge");
    assert_eq!(told(&history), ["isms.toml:20 `ceo` was added to [roles]"]);
    history.replace("isms.toml", "[roles]\n", "[roles]\ncfo = \"Finance\"\n");
    history.commit_on(&[other, work], SECURITY, "2026-02-02", "Merge, and more");
    assert_eq!(told(&history).len(), 2);
}
