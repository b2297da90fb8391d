//! Lists of patterns as OpenSSH writes them (`ssh_config(5)`, PATTERNS): `*` is any text, `?` one character, `!` in
//! front excludes.

use std::fmt;

/// A list of patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patterns(Box<str>);

impl Patterns {
    /// The patterns of a list with commas.
    pub(super) fn new(list: &str) -> Self {
        Self(list.into())
    }

    /// Whether it names nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0
            .split(',')
            .all(|pattern| pattern.trim_start_matches('!').is_empty())
    }

    /// Whether an e-mail address is meant, in upper or lower case.
    pub fn matches(&self, email: &str) -> bool {
        self.decide(email.trim(), |one, other| one.eq_ignore_ascii_case(&other))
    }

    /// Whether a text is meant as it is written.
    pub(super) fn matches_exactly(&self, text: &str) -> bool {
        self.decide(text, |one, other| one == other)
    }

    /// One that matches is enough, unless one that excludes does.
    fn decide(&self, text: &str, same: fn(char, char) -> bool) -> bool {
        let mut is_meant = false;
        for pattern in self.0.split(',') {
            match pattern.strip_prefix('!') {
                Some(pattern) if fits(pattern, text, same) => return false,
                Some(_) => {}
                None => is_meant |= fits(pattern, text, same),
            }
        }
        is_meant
    }
}

impl fmt::Display for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.0.chars().filter(|c| !c.is_control()).collect();
        write!(f, "`{shown}`")
    }
}

/// Whether a pattern fits a text, in time of their product at most: only the last `*` is ever tried again.
fn fits(pattern: &str, text: &str, same: fn(char, char) -> bool) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    let mut again = None;
    loop {
        let (before, rest) = (pattern.clone(), text.clone());
        match (pattern.next(), text.next()) {
            (Some('*'), _) => {
                text = rest.clone();
                again = Some((pattern.clone(), rest));
                continue;
            }
            (Some('?'), Some(_)) => continue,
            (Some(one), Some(other)) if same(one, other) => continue,
            (None, None) => return true,
            _ => drop(before),
        }
        let Some((after, mut from)) = again.take() else {
            return false;
        };
        if from.next().is_none() {
            return false;
        }
        pattern = after.clone();
        text = from.clone();
        again = Some((after, from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_as_in_openssh() {
        for (list, text, expected) in [
            ("a@x", "a@x", true),
            ("a@x", "A@X", true),
            ("a@x", "a@xy", false),
            ("a@x", "", false),
            ("*@x", "@x", true),
            ("*@x", "a@x", true),
            ("*@x", "a@x@y", false),
            ("?@x", "a@x", true),
            ("?@x", "é@x", true),
            ("?@x", "ab@x", false),
            ("a*c*e", "abcde", true),
            ("a*c*e", "abcdef", false),
            ("**", "", true),
            ("", "", true),
            ("a@x,b@x", "b@x", true),
            ("a@x, b@x", "b@x", false),
            ("*@x,!a@x", "a@x", false),
            ("!a@x,*@x", "A@x", false),
            ("*@x,!a@x", "b@x", true),
            ("!a@x", "b@x", false),
        ] {
            assert_eq!(Patterns::new(list).matches(text), expected, "{list} {text}");
        }
        assert!(!Patterns::new("git").matches_exactly("Git"));
    }

    #[test]
    fn many_stars_take_no_time() {
        let stars = "*a".repeat(2_000);
        assert!(!Patterns::new(&format!("{stars}b")).matches(&"a".repeat(20_000)));
    }

    #[test]
    fn a_list_of_nothing_is_told() {
        assert!(Patterns::new("").is_empty());
        assert!(Patterns::new(",!,").is_empty());
        assert!(!Patterns::new(",a").is_empty());
    }
}
