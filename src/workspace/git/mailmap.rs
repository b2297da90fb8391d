//! `.mailmap`: which names and addresses in commits stand for one person, as git resolves them (`gitmailmap(5)`).
//!
//! libgit2 reads the same file otherwise than git: it tells upper from lower case, and takes one line for an address
//! where git takes all of them together. What git shows counts.

use std::collections::BTreeMap;

/// Names and addresses, and those they stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mailmap {
    /// By address in commits, in lower case.
    entries: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Entry {
    proper: Proper,
    /// What holds for one name at this address, by the name in lower case.
    named: BTreeMap<String, Proper>,
}

/// What stands in place of a name and an address; absent is as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Proper {
    name: Option<String>,
    email: Option<String>,
}

impl Mailmap {
    /// Reads the bytes of a `.mailmap`. What git passes over is passed over; bytes that are not UTF-8 become
    /// replacement characters.
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut map = Self::default();
        for line in text.split('\n').filter(|line| !line.starts_with('#')) {
            map.add(line);
        }
        map
    }

    /// A line: `Name <proper>`, `<proper> <old>`, `Name <proper> <old>` or `Name <proper> Old name <old>`.
    fn add(&mut self, line: &str) {
        let Some((name, email, rest)) = identity(line) else {
            return;
        };
        if email.is_empty() {
            return;
        }
        let (proper_email, old_name, old_email) = match identity(rest) {
            Some((old_name, old_email, _)) => (Some(email), old_name, old_email),
            None => (None, "", email),
        };
        let entry = self.entries.entry(old_email.to_ascii_lowercase());
        let entry = entry.or_default();
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (name, email) = (given(name), proper_email.map(str::to_owned));
        if old_name.is_empty() {
            entry.proper.name = name.or(entry.proper.name.take());
            entry.proper.email = email.or(entry.proper.email.take());
        } else {
            let proper = Proper { name, email };
            entry.named.insert(old_name.to_ascii_lowercase(), proper);
        }
    }

    /// The proper name and address of an author. Upper and lower case are the same.
    pub fn resolve(&self, name: &str, email: &str) -> (String, String) {
        let entry = self.entries.get(&email.to_ascii_lowercase());
        let proper = entry.map(|entry| {
            let named = entry.named.get(&name.to_ascii_lowercase());
            named.unwrap_or(&entry.proper)
        });
        let or = |proper: Option<&String>, given: &str| proper.map_or(given, |it| it).to_owned();
        (
            or(proper.and_then(|proper| proper.name.as_ref()), name),
            or(proper.and_then(|proper| proper.email.as_ref()), email),
        )
    }
}

/// The first `Name <address>` of a text, and what stands behind it.
fn identity(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('<')?;
    let (email, rest) = rest.split_once('>')?;
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    Some((name.trim_matches(is_space), email, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::process::Command;

    const MAP: &str = "\
# comment
Chief of security <security@example.org> # since 2024
<security@example.org> <laptop@Home.example>
Officer <root@host>
<security@example.org> <root@host>\r
Auditor <auditor@example.org> Somebody <shared@example.org>
The team <SHARED@example.org>
<outside@example.org> <>
Nobody <> <void@example.org>
Name only
";

    /// Names and addresses in commits, and what they stand for.
    const CASES: &[(&str, &str, &str)] = &[
        (
            "x",
            "SECURITY@example.org",
            "Chief of security <SECURITY@example.org>",
        ),
        ("x", "laptop@home.EXAMPLE", "x <security@example.org>"),
        ("x", "root@host", "Officer <security@example.org>"),
        (
            "somebody",
            "Shared@example.org",
            "Auditor <auditor@example.org>",
        ),
        (
            "else",
            "shared@example.org",
            "The team <shared@example.org>",
        ),
        ("x", "other@example.org", "x <other@example.org>"),
        ("x", "void@example.org", "x <void@example.org>"),
        ("x", "", "x <outside@example.org>"),
    ];

    #[test]
    fn names_and_addresses_resolve() {
        let map = Mailmap::read(MAP.as_bytes());
        for (name, email, expected) in CASES {
            let (proper, address) = map.resolve(name, email);
            assert_eq!(format!("{proper} <{address}>"), *expected, "{name} {email}");
        }
        let (_, address) = Mailmap::default().resolve("x", "root@host");
        assert_eq!(address, "root@host");
    }

    #[test]
    fn git_resolves_them_alike() {
        let folder = std::env::temp_dir().join(format!("ismsctl-mailmap-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(".mailmap"), MAP).unwrap();
        git2::Repository::init(&folder).unwrap();
        for (name, email, expected) in CASES {
            let git = Command::new("git")
                .args(["check-mailmap", &format!("{name} <{email}>")])
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .env("GIT_CONFIG_NOSYSTEM", "1")
                .current_dir(&folder)
                .output();
            // Where git is not at hand the table above has to do.
            let Ok(git) = git else { break };
            let said = String::from_utf8(git.stdout).unwrap();
            assert_eq!(said.trim_end(), *expected, "{name} {email}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_no_text_is_passed_over() {
        let map = Mailmap::read(b"Ch\xefef <a@x> <b@x>\n<<<>>>\n<\n>\n<a@x>\n\0");
        assert_eq!(map.resolve("y", "b@x").1, "a@x");
    }

    proptest! {
        #[test]
        fn anything_is_survived(text in "[a<> \\n]{0,80}", name in ".*", email in ".*") {
            Mailmap::read(text.as_bytes()).resolve(&name, &email);
        }
    }
}
