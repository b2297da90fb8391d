//! What the parser says, in plain words.

use super::CHECK;

/// The parser's words, the message and the help.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed in this context",
        "`:` is not expected here",
        "put text that contains `: ` in quotes, or check the indentation",
    ),
    (
        "illegal placement of ':' indicator",
        "`:` is not expected here",
        "put text that contains `: ` in quotes, or check the indentation",
    ),
    (
        "invalid indentation",
        "this is not indented enough",
        "indent it further than the key it belongs to",
    ),
    (
        "invalid indentation in flow construct",
        "this is not indented enough",
        "indent it further than the key it belongs to",
    ),
    (
        "invalid indentation in quoted scalar",
        "this quoted text goes on in a line that is not indented enough",
        "close the quote, or indent every line of the text further than its key",
    ),
    (
        "while parsing a flow mapping, did not find expected ',' or '}'",
        "expected `,` or `}`",
        "close the bracket, or put `,` between the entries",
    ),
    (
        "while parsing a flow sequence, expected ',' or ']'",
        "expected `,` or `]`",
        "close the bracket, or put `,` between the entries",
    ),
    (
        "misplaced bracket",
        "this bracket closes nothing",
        "remove it, or put the text in quotes",
    ),
    (
        "while scanning a quoted scalar, found unexpected end of stream",
        "this quoted text has no closing quote",
        "close it; in single quotes `'` is written `''`, in double quotes `\"` is written `\\\"`",
    ),
    (
        "while scanning a quoted scalar, found unexpected document indicator",
        "a line of this quoted text starts with `---` or `...`",
        "close the quote, or indent the line",
    ),
    (
        "invalid trailing content after double-quoted scalar",
        "text after the closing quote",
        "put the whole value in quotes; in single quotes `'` is written `''`",
    ),
    (
        "while parsing a quoted scalar, found unknown escape character",
        "this escape means nothing in double quotes",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "while parsing a quoted scalar, did not find expected hexadecimal number",
        "this escape has too few hexadecimal digits",
        "write `\\x` with 2, `\\u` with 4 or `\\U` with 8 digits",
    ),
    (
        "while parsing a quoted scalar, found invalid Unicode character escape code",
        "this escape is no character",
        "write the character itself, or `\\U` with its 8 digits",
    ),
    (
        "while parsing node, found unknown anchor",
        "no anchor of this name stands before the alias",
        "write the value out, or put the text in quotes if it starts with `*`",
    ),
    (
        "while parsing a node, did not find expected node content",
        "a value is missing here",
        "write a value, or `null` for none",
    ),
    (
        "block sequence entries are not allowed in this context",
        "a list cannot start here",
        "start it on a line of its own under the key, or quote text that starts with `- `",
    ),
    (
        "mapping keys are not allowed in this context",
        "a key cannot start here",
        "quote text that starts with `? `",
    ),
    (
        "comment intercepting the multiline text",
        "a comment stands inside a text of several lines",
        "move the comment above the key",
    ),
    (
        "wrongly indented line in block scalar",
        "this line is indented less than the block's first line",
        "indent all lines of the block alike",
    ),
    (
        "while scanning a block scalar, did not find expected comment or line break",
        "text right after the sign that starts a block",
        "start the text on the next line, or put it in quotes",
    ),
    (
        "the handle wasn't declared",
        "this tag has a prefix that was not declared",
        "records use plain YAML; remove the tag",
    ),
    (
        "a byte order mark must not appear inside a document",
        "a byte order mark (U+FEFF) inside the text",
        "remove this invisible character",
    ),
    (
        "missing explicit document end marker before directive",
        "a directive stands inside a document",
        "end the document above with `...`, or quote text that starts with `%`",
    ),
    (
        "comments must be separated from other tokens by whitespace",
        "`#` stands right after a value",
        "put a blank before the comment, or quote the text",
    ),
    (
        "unexpected character: ``'",
        "text cannot start with a backtick",
        "put the text in quotes",
    ),
];

/// Message and help for what the parser says; `open` when a bracket still is.
pub(super) fn words(info: &str, open: bool) -> (String, &'static str) {
    let Some((_, message, help)) = WORDS.iter().find(|(said, ..)| *said == info) else {
        return unusual(info);
    };
    if open && message.starts_with("`:`") {
        let help = "close the bracket that is still open, or put text that contains `: ` in quotes";
        return ((*message).to_owned(), help);
    }
    ((*message).to_owned(), help)
}

/// The parser's own wording without its jargon, for what people hardly ever meet.
fn unusual(info: &str) -> (String, &'static str) {
    if let Some(character) = info.strip_prefix("unexpected character: `") {
        let character = character.trim_end_matches('\'');
        return (
            format!("text cannot start with `{character}`"),
            "put the text in quotes",
        );
    }
    let plain = info
        .split_once(", ")
        .filter(|(before, _)| before.starts_with("while "))
        .map_or(info, |(_, what)| what)
        .replace("did not find expected", "expected")
        .replace("could not find expected", "expected")
        .replace("scalar", "text");
    (format!("this is not valid YAML: {plain}"), CHECK)
}
