//! The one call into the `cel` crate: text to tree, and its syntax errors in our words.

use std::ops::Range;

use cel::IdedExpr;
use cel::common::ast::SourceInfo;
use cel::parser::{ParseError, ParseErrors};

use super::lex::{TokenKind, Tokens};
use super::limits::{self, MAX_DEPTH};
use super::problem::{Problem, ProblemKind, snippet};

/// A tree no deeper than [`MAX_DEPTH`], and the tokens its nodes stand for.
pub(super) struct Tree {
    pub root: IdedExpr,
    pub info: SourceInfo,
}

enum Refusal {
    Syntax(ParseErrors),
    TooDeep(Option<Range<usize>>),
}

/// Parses the text of the tokens. Needs the stack of [`limits::on_own_stack`].
///
/// # Errors
/// The first syntax error (the ones after it are mostly its echo), or a tree that is too deep.
pub(super) fn parse(tokens: &Tokens<'_>) -> Result<Tree, Vec<Problem>> {
    let refusal = match parse_here(tokens.source) {
        Ok(tree) => return Ok(tree),
        Err(refusal) => refusal,
    };
    let problem = match refusal {
        Refusal::Syntax(errors) => explain(tokens, errors),
        Refusal::TooDeep(range) => limits::too_deep(range.unwrap_or(0..tokens.source.len())),
    };
    Err(vec![problem])
}

fn parse_here(source: &str) -> Result<Tree, Refusal> {
    // An environment without macros: `exists`, `has` … stay calls, which is what the checker wants.
    let parser = cel::Env::default()
        .parser()
        .enable_optional_syntax(false)
        .enable_ident_escape_syntax(true)
        .max_recursion_depth(MAX_DEPTH as u16);
    let (root, info) = parser
        .parse_with_source_info(source)
        .map_err(Refusal::Syntax)?;
    match limits::beyond_depth(&root) {
        None => Ok(Tree { root, info }),
        Some(id) => Err(Refusal::TooDeep(token_range(&info, id))),
    }
}

/// The bytes of the token a node was made at: a name, a literal, an operator, an opening bracket.
pub(super) fn token_range(info: &SourceInfo, id: u64) -> Option<Range<usize>> {
    let (first, last) = info.offset_for(id)?;
    let end = (last as usize).saturating_add(1).min(info.source.len());
    Some((first as usize).min(end)..end)
}

fn explain(tokens: &Tokens<'_>, errors: ParseErrors) -> Problem {
    let deep = errors.errors.iter().find(|e| is_recursion(e));
    let Some(error) = deep.or(errors.errors.first()) else {
        let everything = 0..tokens.source.len();
        return Problem::new(ProblemKind::Syntax, everything, "the expression is not CEL");
    };
    let start = byte_of(tokens.source, error.pos);
    // Optional selection (`.?`, `[?`) is told at the token before its `?`.
    let before = ["unsupported syntax '.?", "unsupported syntax '[?"];
    let behind = usize::from(before.iter().any(|start| error.msg.starts_with(start)));
    let token = tokens.at(start).map(|index| index + behind);
    let token = token.and_then(|index| Some((index, tokens.list.get(index)?)));
    let range = token.map_or(start..start, |(_, token)| token.range.clone());
    if deep.is_some() {
        return limits::too_deep(range);
    }
    let syntax = |message: String| Problem::new(ProblemKind::Syntax, range.clone(), message);
    let shown = snippet(tokens.source, &range);
    let message = error.msg.as_str();
    if message.starts_with("reserved identifier") {
        return syntax(format!("`{shown}` is a reserved word of CEL"));
    }
    if message.starts_with("invalid int") || message.starts_with("invalid double") {
        return syntax(format!("the number `{shown}` is too large"));
    }
    if message.contains("Incomplete `ExprContext`") {
        return incomplete_choice(tokens);
    }
    let Some((index, token)) = token else {
        return at_end(tokens);
    };
    let unread = message.contains("token recognition") || message.starts_with("invalid string");
    if token.kind == TokenKind::Text && (range.start < start || unread) {
        return syntax("the text has an unknown escape".to_owned())
            .help("write a backslash twice, or put `r` before the quote");
    }
    let problem = syntax(format!("unexpected `{shown}`"));
    match help_for(tokens, index) {
        Some(help) => problem.help(help),
        None => problem,
    }
}

fn is_recursion(error: &ParseError) -> bool {
    error.msg.contains("Recursion limit")
}

fn at_end(tokens: &Tokens<'_>) -> Problem {
    let last = tokens.list.last().map(|token| token.range.clone());
    let range = last.unwrap_or(0..tokens.source.len());
    let shown = snippet(tokens.source, &range);
    let problem = Problem::new(
        ProblemKind::Syntax,
        range,
        format!("the expression ends after `{shown}`"),
    );
    match shown.as_str() {
        "%" => problem.help("`%` is the remainder of a division; write a percentage without it"),
        _ => problem.help("something is missing on its right"),
    }
}

/// A `?` without its `:`, or one ternary inside the middle of another.
fn incomplete_choice(tokens: &Tokens<'_>) -> Problem {
    let question = (0..tokens.list.len()).find(|&index| tokens.text(index) == "?");
    let range = question.map_or(0..tokens.source.len(), |index| {
        tokens.list[index].range.clone()
    });
    Problem::new(
        ProblemKind::Syntax,
        range,
        "`?` needs both values: `condition ? value : other`",
    )
    .help("a choice inside another stands in parentheses")
}

fn help_for(tokens: &Tokens<'_>, index: usize) -> Option<&'static str> {
    let before = index.checked_sub(1).map(|before| tokens.text(before));
    match (tokens.text(index), before) {
        ("and" | "AND", _) => Some("`and` is written `&&`"),
        ("or" | "OR", _) => Some("`or` is written `||`"),
        ("not" | "NOT", _) | (_, Some("not" | "NOT")) => {
            Some("`not` is written `!`, with parentheses: `!(a in b)`")
        }
        ("is", _) => Some("`is` is written `==`"),
        (">", Some("<")) => Some("`<>` is written `!=`"),
        ("?", Some(".")) => Some("absent fields give null by themselves: leave out the `?`"),
        ("!" | "-", Some("-" | "!")) => Some("put the operand in parentheses"),
        ("in", Some(".")) => Some("`in` is a word of CEL; select the field as r[\"in\"]"),
        (";", _) => Some("one expression is enough"),
        _ => None,
    }
}

/// The byte of a line (from 1) and column (characters, from 1).
fn byte_of(source: &str, (line, column): (isize, isize)) -> usize {
    let skip = usize::try_from(line - 1).unwrap_or(0);
    let line_start = source
        .split_inclusive('\n')
        .take(skip)
        .map(str::len)
        .sum::<usize>();
    let rest = &source[line_start..];
    let column = usize::try_from(column - 1).unwrap_or(0);
    let within = rest
        .char_indices()
        .nth(column)
        .map_or(rest.len(), |(byte, _)| byte);
    line_start + within
}
