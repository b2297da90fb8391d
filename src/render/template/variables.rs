//! What a template sees, for people: name, type and meaning of every variable.

use super::Spelling;

/// A variable.
#[derive(Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it is: text is escaped where it is printed, a piece of a page is not.
    pub r#type: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// The only pages that have it; all when absent.
    pub only: Option<Spelling>,
}

const TEXT: &str = "text";
const PIECE: &str = "piece of a page";

/// All variables but the keys of `--format json`.
pub const VARIABLES: &[Variable] = &[
    everywhere("organisation", TEXT, "the name in `isms.toml`"),
    everywhere("title", TEXT, "what the page is, without the organisation"),
    everywhere("as_of", TEXT, "the day that was looked at"),
    everywhere(
        "opening",
        PIECE,
        "the facts the page stands on; in a built-in template the warnings as well, which otherwise stand above",
    ),
    everywhere(
        "parts",
        "list",
        "the parts in order, each with `name`, `title`, `body` (without its heading) and `section` (with it)",
    ),
    everywhere(
        "part",
        "pieces of a page by name",
        "the same parts by their names, with heading: `{{ part.summary }}`",
    ),
    everywhere(
        "page",
        PIECE,
        "everything as it would be without a template, in HTML without the frame; no built-in template has it",
    ),
    in_html("contents", PIECE, "links to the parts"),
    in_html("style", PIECE, "the built-in style, for `<style>`"),
    in_html(
        "script",
        PIECE,
        "the built-in script, which sorts tables, for `<script>`",
    ),
    in_html(
        "policy",
        PIECE,
        "a Content Security Policy that allows this style and this script and nothing else",
    ),
];

const fn everywhere(name: &'static str, r#type: &'static str, meaning: &'static str) -> Variable {
    Variable {
        name,
        r#type,
        meaning,
        only: None,
    }
}

const fn in_html(name: &'static str, r#type: &'static str, meaning: &'static str) -> Variable {
    Variable {
        name,
        r#type,
        meaning,
        only: Some(Spelling::Html),
    }
}
