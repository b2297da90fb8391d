//! Tokens of an expression, for what the parser cannot tell: which bracket is not closed, where a
//! field's name stands, how far an operand reaches. The parser keeps its own lexer; this one only
//! has to agree with it on where texts, names and brackets begin and end.

use std::ops::Range;

use super::limits::{self, MAX_DEPTH};
use super::problem::{Problem, ProblemKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Name,
    Number,
    Text,
    Open,
    Close,
    Operator,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub range: Range<usize>,
    /// For an opening bracket, the index of its closing one.
    pub partner: usize,
}

/// The tokens of one text, in order.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    pub source: &'t str,
    pub list: Vec<Token>,
}

impl Tokens<'_> {
    /// The index of the token at a byte of the text.
    pub(super) fn at(&self, byte: usize) -> Option<usize> {
        let index = self.list.partition_point(|token| token.range.end <= byte);
        let token = self.list.get(index)?;
        (token.range.start <= byte).then_some(index)
    }

    pub(super) fn text(&self, index: usize) -> &str {
        self.list
            .get(index)
            .and_then(|token| self.source.get(token.range.clone()))
            .unwrap_or_default()
    }

    /// The range with the grouping brackets that stand directly around it. Only for operands:
    /// around an argument the brackets are the call's.
    pub(super) fn grouped(&self, range: Range<usize>) -> Range<usize> {
        let after = |byte| self.list.partition_point(|token| token.range.start < byte);
        let (mut first, mut next) = (after(range.start), after(range.end));
        let mut grouped = range;
        while first > 0 && self.text(first - 1) == "(" && self.text(next) == ")" {
            first -= 1;
            grouped = self.list[first].range.start..self.list[next].range.end;
            next += 1;
        }
        grouped
    }
}

/// Splits the text into tokens.
///
/// # Errors
/// An empty text, characters and texts that no token begins or ends with, brackets without their
/// partner or nested too deep: all of them.
pub(super) fn scan(source: &str) -> Result<Tokens<'_>, Vec<Problem>> {
    let mut list = Vec::new();
    let mut problems = Vec::new();
    let mut position = 0;
    while let Some(first) = source.get(position..).and_then(|rest| rest.chars().next()) {
        let rest = &source[position..];
        if first.is_ascii_whitespace() || first == '\u{b}' {
            position += 1;
            continue;
        }
        if rest.starts_with("//") {
            position += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        match token(rest, first) {
            Ok((kind, length)) => {
                list.push(Token {
                    kind,
                    range: position..position + length,
                    partner: usize::MAX,
                });
                position += length;
            }
            Err((length, message, help)) => {
                let problem =
                    Problem::new(ProblemKind::Syntax, position..position + length, message);
                problems.push(match help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
                position += length;
            }
        }
    }
    if list.is_empty() && problems.is_empty() {
        problems.push(Problem::new(
            ProblemKind::Syntax,
            0..source.len(),
            "the expression is empty",
        ));
    }
    pair(source, &mut list, &mut problems);
    if problems.is_empty() {
        Ok(Tokens { source, list })
    } else {
        problems.sort_by_key(|problem| problem.range.start);
        Err(problems)
    }
}

type Stray = (usize, String, Option<&'static str>);

/// The kind and length of the token that `rest` begins with.
fn token(rest: &str, first: char) -> Result<(TokenKind, usize), Stray> {
    if let Some(prefix) = text_prefix(rest) {
        return text(rest, prefix);
    }
    if first.is_ascii_alphabetic() || first == '_' {
        return Ok((TokenKind::Name, word(rest)));
    }
    if first.is_ascii_digit() {
        return Ok((TokenKind::Number, number(rest)));
    }
    if first == '`' {
        return match rest[1..].find('`') {
            Some(end) => Ok((TokenKind::Name, end + 2)),
            None => Err((1, "the quoted name is never closed".to_owned(), None)),
        };
    }
    if matches!(first, '(' | '[' | '{') {
        return Ok((TokenKind::Open, 1));
    }
    if matches!(first, ')' | ']' | '}') {
        return Ok((TokenKind::Close, 1));
    }
    const DOUBLE: [&str; 6] = ["==", "!=", "<=", ">=", "&&", "||"];
    if rest.get(..2).is_some_and(|pair| DOUBLE.contains(&pair)) {
        return Ok((TokenKind::Operator, 2));
    }
    if "+-*/%!<>?:.,".contains(first) {
        return Ok((TokenKind::Operator, 1));
    }
    Err(stray(first))
}

fn stray(first: char) -> Stray {
    let help = match first {
        '=' => Some("compare with `==`"),
        '&' => Some("`and` is written `&&`"),
        '|' => Some("`or` is written `||`"),
        '≤' => Some("write `<=`"),
        '≥' => Some("write `>=`"),
        '≠' => Some("write `!=`"),
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => Some("use straight quotes"),
        _ if first.is_alphabetic() => {
            Some("a field with other than ASCII letters is selected as r[\"name\"]")
        }
        _ => None,
    };
    let shown = first.escape_debug();
    (
        first.len_utf8(),
        format!("unexpected character `{shown}`"),
        help,
    )
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .unwrap_or(rest.len())
}

/// Digits, a fraction only when a digit follows the point, an exponent.
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = word(rest);
    if bytes.get(end) == Some(&b'.') && digit(end + 1) {
        end += 1 + word(&rest[end + 1..]);
    }
    let exponent = matches!(bytes.get(end - 1), Some(b'e' | b'E')) && !rest.starts_with("0x");
    if exponent && matches!(bytes.get(end), Some(b'+' | b'-')) && digit(end + 1) {
        end += 1 + word(&rest[end + 1..]);
    }
    end
}

/// The length of the letters before the quote of a text (`r"…"`, `b'…'`), if a text begins here.
fn text_prefix(rest: &str) -> Option<usize> {
    let letters = rest
        .bytes()
        .take(2)
        .take_while(|byte| b"rRbB".contains(byte))
        .count();
    (0..=letters).find(|&at| matches!(rest.as_bytes().get(at), Some(b'"' | b'\'')))
}

fn text(rest: &str, prefix: usize) -> Result<(TokenKind, usize), Stray> {
    let bytes = rest.as_bytes();
    let raw = rest[..prefix].contains(['r', 'R']);
    let quote = bytes[prefix];
    let triple = bytes[prefix..].len() >= 3 && bytes[prefix..prefix + 3] == [quote; 3];
    let width = if triple { 3 } else { 1 };
    let mut at = prefix + width;
    while at < bytes.len() {
        if bytes[at] == b'\\' && !raw {
            at += 2;
        } else if bytes[at..].starts_with(&[quote; 3][..width]) {
            return Ok((TokenKind::Text, at + width));
        } else if matches!(bytes[at], b'\n' | b'\r') && !triple {
            break;
        } else {
            at += 1;
        }
    }
    // `""` followed by no third quote is an empty text, not the start of a long one.
    if triple {
        return Ok((TokenKind::Text, prefix + 2));
    }
    let length = rest.lines().next().map_or(1, str::len);
    let message = "the text is never closed".to_owned();
    Err((length, message, Some("end it with the quote it began with")))
}

/// Finds the partner of every opening bracket.
fn pair(source: &str, list: &mut [Token], problems: &mut Vec<Problem>) {
    let mut open: Vec<usize> = Vec::new();
    let mut deep = false;
    let syntax = |range: &Range<usize>, message: String| {
        Problem::new(ProblemKind::Syntax, range.clone(), message)
    };
    for index in 0..list.len() {
        let range = list[index].range.clone();
        match list[index].kind {
            TokenKind::Open => {
                open.push(index);
                if open.len() > MAX_DEPTH && !deep {
                    deep = true;
                    problems.push(limits::too_deep(range));
                }
            }
            TokenKind::Close => {
                let close = &source[range.clone()];
                let Some(start) = open.pop() else {
                    problems.push(syntax(&range, format!("`{close}` closes nothing")));
                    continue;
                };
                let opening = &source[list[start].range.clone()];
                if matches!((opening, close), ("(", ")") | ("[", "]") | ("{", "}")) {
                    list[start].partner = index;
                } else {
                    problems.push(syntax(
                        &range,
                        format!("`{close}` does not close `{opening}`"),
                    ));
                }
            }
            _ => {}
        }
    }
    // One too deep is told as that; hundreds left open would drown it.
    if deep {
        problems.retain(|problem| problem.kind == ProblemKind::TooComplex);
        return;
    }
    for start in open {
        let range = &list[start].range;
        let message = format!("`{}` is never closed", &source[range.clone()]);
        problems.push(syntax(range, message));
    }
}
