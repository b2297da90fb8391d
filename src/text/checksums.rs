//! Lists of files with their SHA-256, spelled as `sha256sum` prints them, so that anybody can redo them.

use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// A SHA-256; prints as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checksum([u8; 32]);

impl Checksum {
    /// The checksum of bytes as they are.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The checksum of text in parts, whatever way its lines end: a carriage return at the end of a line is left out,
    /// as `sed 's/\r$//'` does. Git checks out the same file with one way to end lines here and with another there.
    pub fn of_text(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for (index, part) in parts.iter().enumerate() {
            let next = parts[index + 1..].iter().find_map(|part| part.first());
            add_text(&mut hash, part, next.copied());
        }
        Self(hash.finalize().into())
    }

    /// Hands over its 64 hexadecimal digits, at once: the list of a large workspace has millions of them.
    fn digits<T>(&self, take: impl FnOnce(&str) -> T) -> T {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 0xf)];
        }
        take(std::str::from_utf8(&digits).unwrap_or_default())
    }

    /// A checksum from its hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// Adds text up to its end, which is followed by `next` or by nothing.
fn add_text(hash: &mut Sha256, text: &[u8], next: Option<u8>) {
    // Found at once, unlike its place.
    if !text.contains(&b'\r') {
        return hash.update(text);
    }
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\r') {
        let follower = rest.get(at + 1).copied().or(next);
        let ends_line = matches!(follower, Some(b'\n') | None);
        let kept = if ends_line { at } else { at + 1 };
        hash.update(&rest[..kept]);
        rest = &rest[at + 1..];
    }
    hash.update(rest);
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digits(|digits| f.write_str(digits))
    }
}

impl fmt::Debug for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checksum({self})")
    }
}

/// Files with their checksums, by path (bytewise).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checksums(pub BTreeMap<String, Checksum>);

impl Checksums {
    /// The list as `sha256sum` prints it: `<digest>  <path>`, a line for each.
    pub fn spell(&self) -> String {
        let list = self.0.iter();
        spell_checksums(list.map(|(path, checksum)| (path.as_str(), *checksum)))
    }

    /// Reads a list, whatever way its lines end.
    ///
    /// # Errors
    /// The first line that is none, from 1.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut list = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let (checksum, path) = entry(line).ok_or(index + 1)?;
            list.insert(path, checksum);
        }
        Ok(Self(list))
    }

    /// Paths that stand in one of two lists only, or in both with different checksums.
    pub fn differing<'c>(&'c self, other: &'c Self) -> Vec<&'c str> {
        let own = self.0.iter();
        let changed = own.filter(|(path, checksum)| other.0.get(*path) != Some(checksum));
        let others = other.0.keys().filter(|path| !self.0.contains_key(*path));
        let changed = changed.map(|(path, _)| path);
        let mut paths: Vec<&str> = changed.chain(others).map(String::as_str).collect();
        paths.sort_unstable();
        paths
    }
}

/// Files with their checksums as `sha256sum` prints them, in the order given.
pub fn spell_checksums<'p>(list: impl ExactSizeIterator<Item = (&'p str, Checksum)>) -> String {
    /// Digest, two spaces, most paths, end of line.
    const LINE: usize = 64 + 2 + 40 + 1;
    let mut text = String::with_capacity(list.len() * LINE);
    for (path, checksum) in list {
        let (mark, path) = escape(path);
        text.push_str(mark);
        checksum.digits(|digits| text.push_str(digits));
        text.push_str("  ");
        text.push_str(&path);
        text.push('\n');
    }
    text
}

/// A name with a line end in it would break the list: `sha256sum` marks the line and escapes it.
fn escape(path: &str) -> (&'static str, Cow<'_, str>) {
    let is_special = |byte: u8| matches!(byte, b'\\' | b'\n' | b'\r');
    if !path.bytes().any(is_special) {
        return ("", path.into());
    }
    let escaped = path.replace('\\', "\\\\").replace('\n', "\\n");
    ("\\", escaped.replace('\r', "\\r").into())
}

fn entry(line: &str) -> Option<(Checksum, String)> {
    let (escaped, line) = match line.strip_prefix('\\') {
        Some(line) => (true, line),
        None => (false, line),
    };
    let (checksum, path) = line.split_at_checked(64)?;
    // `sha256sum --binary` marks the path with a star.
    let path = path
        .strip_prefix("  ")
        .or_else(|| path.strip_prefix(" *"))?;
    let path = if escaped {
        unescape(path)?
    } else {
        path.into()
    };
    (!path.is_empty()).then_some((Checksum::parse(checksum)?, path))
}

fn unescape(path: &str) -> Option<String> {
    let mut plain = String::new();
    let mut characters = path.chars();
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            },
            character => character,
        });
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_lines_make_no_difference() {
        let text = |text: &str| Checksum::of_text(&[text.as_bytes()]);
        assert_eq!(text("a\r\nb\r\n"), Checksum::of(b"a\nb\n"));
        assert_eq!(text("a\nb\n"), Checksum::of(b"a\nb\n"));
        // What `sed 's/\r$//'` makes of them.
        for (written, read) in [
            ("a\rb", "a\rb"),
            ("a\r", "a"),
            ("\r\r\n", "\r\n"),
            ("\r", ""),
        ] {
            assert_eq!(text(written), Checksum::of(read.as_bytes()), "{written:?}");
        }
        let parts = Checksum::of_text(&[b"\xEF\xBB\xBF", b"a\r", b"\n"]);
        assert_eq!(parts, Checksum::of(b"\xEF\xBB\xBFa\n"));
    }

    #[test]
    fn lists_are_spelled_as_sha256sum_does_and_read_again() {
        let names = ["b/c.yaml", "b.yaml", "a\nb", "c\\d", "é"];
        let sums = names.map(|name| (name.to_owned(), Checksum::of(name.as_bytes())));
        let list = Checksums(sums.into_iter().collect());
        let text = list.spell();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with('\\') && lines[0].ends_with("  a\\nb"));
        assert!(lines[1].ends_with("  b.yaml") && lines[2].ends_with("  b/c.yaml"));
        assert!(lines[3].ends_with("  c\\\\d"));
        assert_eq!(Checksums::parse(&text), Ok(list.clone()));
        assert_eq!(Checksums::parse(&text.replace('\n', "\r\n")), Ok(list));
        let first = lines[1];
        for (line, wrong) in [
            (&first[1..], 1),
            (&first[..66], 1),
            (&first.replace("  ", " "), 1),
        ] {
            assert_eq!(Checksums::parse(line), Err(wrong), "{line}");
        }
    }

    #[test]
    fn lists_tell_in_which_files_they_differ() {
        let list = |files: &[(&str, &str)]| {
            let files = files.iter();
            let files = files.map(|(path, text)| {
                let checksum = Checksum::of(text.as_bytes());
                ((*path).to_owned(), checksum)
            });
            Checksums(files.collect())
        };
        let one = list(&[("a", "1"), ("b", "1"), ("d", "1")]);
        let other = list(&[("a", "1"), ("b", "2"), ("c", "1")]);
        assert_eq!(one.differing(&other), ["b", "c", "d"]);
        assert_eq!(one.differing(&one), [""; 0]);
    }
}
