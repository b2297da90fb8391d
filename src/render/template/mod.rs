//! Pages through templates (Jinja): the built-in ones are what packs and reports really are, and a workspace may put its
//! own in their place. Text from records is data there as well: it is escaped for the format of the page unless it comes
//! from our own rendering, and a template can neither read files nor run for ever.

mod context;
mod variables;

pub use variables::{VARIABLES, Variable};

use super::{html, markdown};
use crate::report::document::Document;
use chrono::NaiveDate;
use context::Pasted;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use std::borrow::Cow;

/// Steps a template may take; a register of 50,000 rows needs some millions.
const FUEL: u64 = 100_000_000;

/// How a page is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    Markdown,
    Html,
}

impl Spelling {
    /// Both.
    pub const ALL: [Spelling; 2] = [Spelling::Markdown, Spelling::Html];

    /// What a template for it is called: `pack.md.j2`.
    pub fn template(self, stem: &str) -> String {
        match self {
            Spelling::Markdown => format!("{stem}.md.j2"),
            Spelling::Html => format!("{stem}.html.j2"),
        }
    }

    /// Text of which nothing is markup.
    fn escape(self, text: &str) -> Cow<'_, str> {
        match self {
            Spelling::Markdown => markdown::escape(text),
            Spelling::Html => html::escape(text),
        }
    }
}

/// A template that comes with the tool.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    /// What it renders.
    pub renders: &'static str,
    /// What it says.
    pub text: &'static str,
}

/// All templates that come with the tool.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "pack.md.j2",
        renders: "the management review pack as Markdown",
        text: include_str!("pack.md.j2"),
    },
    BuiltIn {
        name: "pack.html.j2",
        renders: "the management review pack as HTML",
        text: include_str!("pack.html.j2"),
    },
    BuiltIn {
        name: "report.md.j2",
        renders: "every report as Markdown",
        text: include_str!("report.md.j2"),
    },
    BuiltIn {
        name: "report.html.j2",
        renders: "every report as HTML, and the pages of controls and clauses",
        text: include_str!("report.html.j2"),
    },
];

/// Which of the built-in templates renders a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Pack,
    Report,
}

impl Form {
    /// The name of its templates without ending.
    pub fn stem(self) -> &'static str {
        match self {
            Form::Pack => "pack",
            Form::Report => "report",
        }
    }

    /// The template that comes with the tool.
    pub fn built_in(self, spelling: Spelling) -> &'static BuiltIn {
        match (self, spelling) {
            (Form::Pack, Spelling::Markdown) => &BUILT_IN[0],
            (Form::Pack, Spelling::Html) => &BUILT_IN[1],
            (Form::Report, Spelling::Markdown) => &BUILT_IN[2],
            (Form::Report, Spelling::Html) => &BUILT_IN[3],
        }
    }
}

/// A template of a workspace.
#[derive(Debug, Clone, Copy)]
pub struct Own<'o> {
    /// Path in the workspace.
    pub path: &'o str,
    /// What it says.
    pub text: &'o str,
}

/// What is put into a template.
pub struct Page<'p> {
    /// Name of the organisation.
    pub organisation: &'p str,
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// What the page shows.
    pub document: &'p Document,
    /// The folder of the files in which Markdown finds its charts; without one a sentence stands for each.
    pub charts: Option<&'p str>,
    /// The same for programs; its keys are variables. Null where there is no such output.
    pub data: serde_json::Value,
}

/// Why a template cannot be rendered, with its place.
#[derive(Debug, thiserror::Error)]
#[error("{path}:{line}: {message}")]
pub struct TemplateError {
    /// Path in the workspace.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// The page as its template says: the workspace's own, else the built-in one. Warnings stand above a template of the
/// workspace, so that none can leave them out.
///
/// # Errors
/// A template that is none, or that asks for what is not there.
pub fn render(
    form: Form,
    own: Option<Own<'_>>,
    spelling: Spelling,
    page: &Page<'_>,
) -> Result<String, TemplateError> {
    let built_in = form.built_in(spelling);
    let (path, text) = match own {
        Some(own) => (own.path, own.text),
        None => (built_in.name, built_in.text),
    };
    let failed = |error: minijinja::Error| {
        let line = error.line().unwrap_or(1);
        let at = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        TemplateError {
            path: path.to_owned(),
            line,
            message: format!("{} in `{}`", words(&error), at.trim()),
        }
    };
    let seen = context::of(page, spelling, own.is_some());
    let rendered = environment(spelling)
        .render_named_str(path, text, seen.variables)
        .map_err(failed)?;
    let mut rendered = match own {
        Some(_) => warned(&rendered, &seen.warnings, spelling),
        None => rendered,
    };
    rendered.truncate(rendered.trim_end().len());
    rendered.push('\n');
    Ok(rendered)
}

fn environment(spelling: Spelling) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    // The formatter escapes, and knows Markdown as well.
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_formatter(move |out, _, value: &Value| {
        if let Some(pasted) = value.downcast_object_ref::<Pasted>() {
            let mut pieces = pasted.pieces();
            return Ok(pieces.try_for_each(|piece| out.write_str(piece))?);
        }
        let written = match value.as_str() {
            Some(text) if value.is_safe() => out.write_str(text),
            Some(text) => out.write_str(&spelling.escape(text)),
            None if value.is_none() => Ok(()),
            None => out.write_str(&spelling.escape(&value.to_string())),
        };
        written.map_err(minijinja::Error::from)
    });
    environment
}

/// The page with its warnings: at the beginning, in HTML at the beginning of the body.
fn warned(rendered: &str, warnings: &str, spelling: Spelling) -> String {
    if warnings.is_empty() {
        return rendered.to_owned();
    }
    let after_body = || {
        let lower = rendered.to_ascii_lowercase();
        let tag = lower.find("<body")?;
        Some(tag + rendered.get(tag..)?.find('>')? + 1)
    };
    let (before, after) = match spelling {
        Spelling::Markdown => ("", rendered),
        Spelling::Html => rendered.split_at(after_body().unwrap_or(0)),
    };
    format!("{before}{warnings}\n{after}")
}

fn words(error: &minijinja::Error) -> String {
    if error.kind() == ErrorKind::OutOfFuel {
        let most = FUEL / 1_000_000;
        return format!("the template runs too long, more than {most} million steps");
    }
    let kind = error.kind().to_string();
    match error.detail() {
        Some(detail) => format!("{kind}: {detail}"),
        None => kind,
    }
}

#[cfg(test)]
mod tests;
