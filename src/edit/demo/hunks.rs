//! Changes of a text, as lines to be found and lines to stand there instead.

/// One place of a text: kept lines begin with a space, lines that go with `-`, lines that come with `+`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hunk {
    before: String,
    after: String,
}

impl Hunk {
    /// Takes one more line; refuses one that begins otherwise.
    pub fn push(&mut self, line: &str) -> Result<(), String> {
        let (before, after) = match line.as_bytes().first() {
            Some(b' ') => (true, true),
            Some(b'-') => (true, false),
            Some(b'+') => (false, true),
            _ => return Err(format!("`{line}` begins with none of space, `-` and `+`")),
        };
        if before {
            self.before.push_str(&line[1..]);
            self.before.push('\n');
        }
        if after {
            self.after.push_str(&line[1..]);
            self.after.push('\n');
        }
        Ok(())
    }

    /// The same change the other way round.
    pub fn reversed(&self) -> Self {
        Self {
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }

    /// What stands there afterwards.
    pub fn after(&self) -> &str {
        &self.after
    }

    /// Whether lines only come.
    pub fn is_new(&self) -> bool {
        self.before.is_empty()
    }

    /// Makes the change, which must fit whole lines at exactly one place.
    pub fn apply(&self, text: &str) -> Result<String, String> {
        if self.before.is_empty() {
            return Err(format!("`{}` names no place", self.after.trim_end()));
        }
        let is_start = |at: &usize| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
        let starts = text.match_indices(&self.before).map(|(at, _)| at);
        let mut places = starts.filter(is_start);
        match (places.next(), places.next()) {
            (Some(at), None) => {
                let rest = &text[at + self.before.len()..];
                Ok(format!("{}{}{rest}", &text[..at], self.after))
            }
            (None, _) => Err(format!("no place reads `{}`", self.before.trim_end())),
            _ => Err(format!("several places read `{}`", self.before.trim_end())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hunk(lines: &str) -> Hunk {
        let mut hunk = Hunk::default();
        lines.lines().for_each(|line| hunk.push(line).unwrap());
        hunk
    }

    #[test]
    fn a_change_fits_whole_lines_at_one_place() {
        let text = "a: 1\nb: 2\nbb: 1\nc: 3\n";
        let change = hunk(" a: 1\n-b: 2\n+b: 3\n+d: 4");
        let changed = change.apply(text).unwrap();
        assert_eq!(changed, "a: 1\nb: 3\nd: 4\nbb: 1\nc: 3\n");
        assert_eq!(change.reversed().apply(&changed).unwrap(), text);
        assert!(hunk("-: 1").apply(text).unwrap_err().contains("no place"));
        let twice = hunk("-a\n+b").apply("a\na\n").unwrap_err();
        assert_eq!(twice, "several places read `a`");
        assert!(hunk("+a").apply(text).is_err());
        assert!(Hunk::default().push("a").is_err());
        assert!(Hunk::default().push("").is_err());
    }
}
