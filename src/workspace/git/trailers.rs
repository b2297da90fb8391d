//! Trailers of a commit message, found as `git interpret-trailers --parse --no-divider` finds them: lines `Key: value` in the
//! last paragraph, never in the first.

/// A trailer, its value on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trailer {
    /// As written.
    pub key: String,
    /// Continuation lines are joined by a space.
    pub value: String,
}

/// Somebody who approved or reviewed, by what the message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorsement {
    /// Empty where only an address stands there.
    pub name: String,
    /// The address.
    pub email: String,
}

/// The trailers of a message, in their order. Bytes that are not UTF-8 become replacement characters.
pub fn trailers(message: &[u8]) -> Vec<Trailer> {
    let message = message.split(|byte| *byte == 0).next().unwrap_or_default();
    let mut folded: Vec<Vec<u8>> = Vec::new();
    let mut goes_on = false;
    for line in block(message) {
        if goes_on && starts_with_space(line) {
            if let Some(last) = folded.last_mut() {
                last.push(b'\n');
                last.extend_from_slice(line);
            }
        } else {
            folded.push(line.to_vec());
            goes_on = separator(line).is_some();
        }
    }
    folded.iter().filter_map(|lines| parse(lines)).collect()
}

/// Who is named by `Approved-by:` and `Reviewed-by:`, in any case of letters, as `Name <address>` or an address alone.
/// A value that cannot be read so names nobody.
pub fn endorsements(message: &[u8]) -> Vec<Endorsement> {
    let named = |trailer: Trailer| {
        let counts = ["approved-by", "reviewed-by"]
            .iter()
            .any(|key| trailer.key.eq_ignore_ascii_case(key));
        counts.then(|| identity(&trailer.value)).flatten()
    };
    trailers(message).into_iter().filter_map(named).collect()
}

fn identity(value: &str) -> Option<Endorsement> {
    let is_address = |text: &str| {
        text.contains('@') && !text.contains(|c: char| c.is_whitespace() || "<>".contains(c))
    };
    let (name, email) = match value.split_once('<') {
        Some((name, rest)) => (name.trim(), rest.strip_suffix('>')?.trim()),
        None => ("", value),
    };
    (is_address(email) && !name.contains('>')).then(|| Endorsement {
        name: name.to_owned(),
        email: email.to_owned(),
    })
}

/// What git itself writes into messages; beside it other lines may stand.
const OF_GIT: [&[u8]; 2] = [b"Signed-off-by: ", b"(cherry picked from commit "];

/// The lines of the last paragraph, if it consists of trailers.
fn block(message: &[u8]) -> Vec<&[u8]> {
    let mut lines = lines(body(message));
    let Some(title_end) = lines
        .iter()
        .position(|line| !is_comment(line) && is_blank(line))
    else {
        return Vec::new();
    };
    let (mut trailers, mut others, mut continued) = (0usize, 0usize, 0usize);
    let (mut of_git, mut only_blank) = (false, true);
    for (at, line) in lines.iter().enumerate().skip(title_end).rev() {
        if is_comment(line) {
            others += continued;
            continued = 0;
            continue;
        }
        if is_blank(line) {
            if only_blank {
                continue;
            }
            others += continued;
            let is_block = match of_git {
                true => trailers * 3 >= others,
                false => trailers > 0 && others == 0,
            };
            return match is_block {
                true => lines.split_off(at + 1),
                false => Vec::new(),
            };
        }
        only_blank = false;
        if OF_GIT.iter().any(|start| line.starts_with(start)) {
            of_git = true;
            trailers += 1;
            continued = 0;
        } else if starts_with_space(line) {
            continued += 1;
        } else if separator(line).is_some() {
            trailers += 1;
            continued = 0;
        } else {
            others += 1 + continued;
            continued = 0;
        }
    }
    Vec::new()
}

/// A message without what editors and old versions of git leave at its end: comments, everything behind the scissors,
/// and lists of conflicts.
fn body(message: &[u8]) -> &[u8] {
    const SCISSORS: &[u8] = b"# ------------------------ >8 ------------------------\n";
    let mut end = message.len();
    let mut rest = None;
    let mut conflicts = false;
    let mut at = 0;
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        if line == SCISSORS {
            end = at;
            break;
        }
        let is_rest = match line {
            b"\n" => true,
            line if is_comment(line) => true,
            b"Conflicts:\n" => {
                conflicts = true;
                true
            }
            line => conflicts && rest.is_some() && line.starts_with(b"\t"),
        };
        if is_rest {
            rest = rest.or(Some(at));
        } else {
            rest = None;
            conflicts = false;
        }
        at += line.len();
    }
    &message[..rest.unwrap_or(end)]
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.split(|byte| *byte == b'\n').collect()
}

fn is_comment(line: &[u8]) -> bool {
    line.starts_with(b"#")
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn starts_with_space(line: &[u8]) -> bool {
    line.first().is_some_and(|byte| is_space(*byte))
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| is_space(*byte))
}

/// Where the colon behind a key stands: letters, digits and hyphens, then perhaps blanks.
fn separator(line: &[u8]) -> Option<usize> {
    let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let key = line.iter().take_while(|byte| is_key(byte)).count();
    let blanks = line[key..]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'));
    let colon = key + blanks.count();
    (key > 0 && line.get(colon) == Some(&b':')).then_some(colon)
}

fn parse(lines: &[u8]) -> Option<Trailer> {
    let colon = separator(lines)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut value = Vec::new();
    for part in lines[colon + 1..].split(|byte| *byte == b'\n') {
        let part = match value.is_empty() {
            true => part,
            false => {
                value.push(b' ');
                &part[part.iter().take_while(|byte| is_space(**byte)).count()..]
            }
        };
        value.extend_from_slice(part);
    }
    Some(Trailer {
        key: text(trimmed(&lines[..colon])),
        value: text(trimmed(&value)),
    })
}

fn trimmed(mut bytes: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && is_space(*first)
    {
        bytes = rest;
    }
    while let [rest @ .., last] = bytes
        && is_space(*last)
    {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests;
