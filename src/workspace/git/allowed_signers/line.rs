//! One line of a file of keys: principals, options, the kind of a key, the key, and a comment.

use super::{Line, Patterns};
use crate::records::Calendar;
use crate::workspace::git::signature::{KeyFault, PublicKey, key_bytes};
use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use std::ops::Range;

/// What is wrong with a line.
pub(super) struct Fault {
    /// Bytes of the line.
    pub(super) place: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

const FORM: &str = "a line is: principals, options, kind of key, key; for example `security@example.org namespaces=\"git\" ssh-ed25519 AAAA…`";
const QUOTES: &str = "write its value in double quotes, for example `namespaces=\"git\"`";
const TIME: &str = "write YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS; `Z` at the end makes it UTC";

/// Reads a line; none for an empty one and for a comment.
pub(super) fn read(line: &str, calendar: &Calendar) -> Result<Option<Line>, Fault> {
    let mut words = Words { line, at: 0 };
    let Some(first) = words.next() else {
        return Ok(None);
    };
    if line[first.clone()].starts_with('#') {
        return Ok(None);
    }
    let principals = principals(line, &first)?;
    let missing = |message: &str| fault(&first, message.to_owned(), Some(FORM));
    let mut kind = words
        .next()
        .ok_or_else(|| missing("there is no key here"))?;
    let mut options = Options::default();
    if !is_kind(&line[kind.clone()]) {
        options = Options::read(line, kind.clone(), calendar)?;
        kind = words
            .next()
            .ok_or_else(|| missing("there is no key here"))?;
    }
    let place = words.next();
    let place = place.ok_or_else(|| missing("the kind of a key stands here, and no key"))?;
    let key = key(&line[kind.clone()], &kind, &line[place.clone()], &place)?;
    if let Some(place) = options.authority {
        let message =
            "`cert-authority` is not supported: what its certificates sign is not verified";
        return Err(fault(
            &place,
            message.to_owned(),
            Some("list the keys themselves"),
        ));
    }
    Ok(Some(Line {
        principals,
        key,
        namespaces: options.namespaces,
        after: options.after,
        before: options.before,
    }))
}

fn fault(place: &Range<usize>, message: String, help: Option<&'static str>) -> Fault {
    Fault {
        place: place.clone(),
        message,
        help,
    }
}

/// The words of a line, parted by white space outside quotes.
struct Words<'l> {
    line: &'l str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.line.get(self.at..)?;
        let start = self.at + (rest.len() - rest.trim_ascii_start().len());
        let bytes = &self.line.as_bytes()[start..];
        let (mut quoted, mut escaped) = (false, false);
        let end = bytes.iter().position(|byte| {
            let is_end = !quoted && byte.is_ascii_whitespace();
            quoted ^= *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            is_end
        });
        let trimmed = self.line.trim_ascii_end().len();
        let end = end.map_or(trimmed.max(start), |end| start + end);
        self.at = end;
        (start < end).then_some(start..end)
    }
}

fn principals(line: &str, place: &Range<usize>) -> Result<Patterns, Fault> {
    let word = &line[place.clone()];
    let list = match word.strip_prefix('"') {
        None => word,
        Some(rest) => match rest.strip_suffix('"') {
            Some(list) => list,
            None => {
                let message = "the quote that begins here has no end".to_owned();
                return Err(fault(place, message, None));
            }
        },
    };
    let patterns = Patterns::new(list);
    if patterns.is_empty() {
        let message = "this line is for nobody".to_owned();
        return Err(fault(place, message, Some(FORM)));
    }
    Ok(patterns)
}

fn is_kind(word: &str) -> bool {
    ["ssh-", "ecdsa-", "sk-"]
        .iter()
        .any(|start| word.starts_with(start))
}

fn key(
    kind: &str,
    kind_place: &Range<usize>,
    text: &str,
    place: &Range<usize>,
) -> Result<Box<[u8]>, Fault> {
    if !is_kind(kind) {
        let message = format!("`{kind}` is no kind of key");
        return Err(fault(kind_place, message, Some(FORM)));
    }
    let unreadable = || {
        let help = "paste the line of the `.pub` file as it is";
        fault(place, "this is no key".to_owned(), Some(help))
    };
    let bytes = key_bytes(text).ok_or_else(unreadable)?;
    let name = match PublicKey::read(&bytes) {
        Ok(key) => key.name(),
        Err(KeyFault::Unreadable) => return Err(unreadable()),
        Err(KeyFault::Certificate) => {
            let message = "certificates are not supported: what this one signs is not verified";
            return Err(fault(
                place,
                message.to_owned(),
                Some("list the key itself"),
            ));
        }
        Err(KeyFault::Unsupported(name)) => {
            let message =
                format!("keys of type `{name}` are not supported: what they sign is not verified");
            let help = "use Ed25519, ECDSA over P-256 or P-384, or RSA";
            return Err(fault(place, message, Some(help)));
        }
        Err(KeyFault::Weak(bits)) => {
            let message = format!("this RSA key has {bits} bits; fewer than 2048 prove nothing");
            return Err(fault(
                place,
                message,
                Some("make a new key, best `ssh-keygen -t ed25519`"),
            ));
        }
    };
    if name != kind {
        let message = format!("the key is of type `{name}`, not `{kind}`");
        return Err(fault(kind_place, message, None));
    }
    Ok(bytes.into())
}

#[derive(Default)]
struct Options {
    namespaces: Option<Patterns>,
    after: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
    /// Where it says that the key makes certificates.
    authority: Option<Range<usize>>,
}

impl Options {
    fn read(line: &str, place: Range<usize>, calendar: &Calendar) -> Result<Self, Fault> {
        let mut options = Self::default();
        let mut start = place.start;
        while start < place.end {
            let end = end_of_option(&line[start..place.end]) + start;
            let is_last = end == place.end;
            if start == end || (!is_last && end + 1 == place.end) {
                let message = "an option is missing beside this comma".to_owned();
                return Err(fault(&(end..end + 1), message, None));
            }
            options.add(&line[start..end], start..end, calendar)?;
            start = end + 1;
        }
        let reversed = options.before.is_some() && options.before <= options.after;
        if reversed {
            let message = "`valid-before` is not later than `valid-after`".to_owned();
            return Err(fault(&place, message, None));
        }
        Ok(options)
    }

    fn add(&mut self, text: &str, place: Range<usize>, calendar: &Calendar) -> Result<(), Fault> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let twice = match name.to_ascii_lowercase().as_str() {
            "cert-authority" if value.is_none() => self.authority.replace(place.clone()).is_some(),
            "namespaces" => {
                let list = Patterns::new(&unquoted(name, value, &place)?);
                self.namespaces.replace(list).is_some()
            }
            "valid-after" => {
                let at = instant(&unquoted(name, value, &place)?, &place, calendar)?;
                self.after.replace(at).is_some()
            }
            "valid-before" => {
                let at = instant(&unquoted(name, value, &place)?, &place, calendar)?;
                self.before.replace(at).is_some()
            }
            _ => {
                let message = format!("`{text}` is neither an option nor a kind of key");
                let help = "options are namespaces, valid-after, valid-before and cert-authority";
                return Err(fault(&place, message, Some(help)));
            }
        };
        match twice {
            true => Err(fault(&place, format!("`{name}` stands here twice"), None)),
            false => Ok(()),
        }
    }
}

/// Where an option ends: at a comma outside quotes.
fn end_of_option(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    let end = text.bytes().position(|byte| {
        let is_end = !quoted && byte == b',';
        quoted ^= byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        is_end
    });
    end.unwrap_or(text.len())
}

/// A value without its quotes, which it must have.
fn unquoted(name: &str, value: Option<&str>, place: &Range<usize>) -> Result<String, Fault> {
    let value = value.unwrap_or_default();
    let inner = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    let inner = inner.map(|inner| inner.replace("\\\"", "\0"));
    match inner {
        Some(inner) if !inner.contains('"') => Ok(inner.replace('\0', "\"")),
        _ => {
            let message = format!("the value of `{name}` is not in quotes");
            Err(fault(place, message, Some(QUOTES)))
        }
    }
}

/// A time as OpenSSH writes it; without a zone it is one of the workspace.
fn instant(text: &str, place: &Range<usize>, calendar: &Calendar) -> Result<DateTime<Utc>, Fault> {
    let lower = text.to_ascii_lowercase();
    let utc = lower
        .strip_suffix("utc")
        .or_else(|| lower.strip_suffix('z'));
    let digits = utc.unwrap_or(&lower);
    let local = local_time(digits);
    let local = local.ok_or_else(|| fault(place, format!("`{text}` is no time"), Some(TIME)))?;
    Ok(match utc {
        Some(_) => local.and_utc(),
        None => in_zone(local, calendar),
    })
}

fn local_time(digits: &str) -> Option<NaiveDateTime> {
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain || !matches!(digits.len(), 8 | 12 | 14) {
        return None;
    }
    let part = |range: Range<usize>| digits.get(range).map_or(Some(0), |part| part.parse().ok());
    let year = digits.get(..4)?.parse().ok()?;
    let date = NaiveDate::from_ymd_opt(year, part(4..6)?, part(6..8)?)?;
    date.and_hms_opt(part(8..10)?, part(10..12)?, part(12..14)?)
}

/// The instant clocks of the workspace show a time: the earlier where they show it twice, the next they show where
/// they leave it out.
fn in_zone(local: NaiveDateTime, calendar: &Calendar) -> DateTime<Utc> {
    let at = |local: NaiveDateTime| match calendar.timezone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => Some(at.to_utc()),
        MappedLocalTime::Ambiguous(one, other) => Some(one.min(other).to_utc()),
        MappedLocalTime::None => None,
    };
    // No zone ever left out more than a day.
    let mut later = (0..=26 * 4).map(|quarters| local + TimeDelta::minutes(15 * quarters));
    later.find_map(at).unwrap_or_else(|| local.and_utc())
}
