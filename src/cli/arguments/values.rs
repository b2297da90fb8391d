//! What arguments may be: formats, ratings, statuses, times.

use crate::diagnostics::did_you_mean;
use crate::records::Duration;
use crate::records::spelling::SpellingError;
use crate::report::controls::ControlStatus;
use crate::report::risk::HeatKind;
use clap::ValueEnum;

/// When to use colour.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// Whether to use colour, given what the terminal says.
    pub fn wanted(self, automatic: bool) -> bool {
        match self {
            ColorChoice::Auto => automatic,
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        }
    }
}

/// How output is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// For programs; the shapes have schemas.
    Json,
}

/// How output is spelled that calendars can read as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DueFormat {
    /// For people.
    Human,
    /// For programs; the shape has a schema.
    Json,
    /// For calendars: every open obligation as an all-day entry (iCalendar).
    Ics,
}

/// How output that is also a document is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// For people.
    Human,
    /// For programs; the shapes have schemas.
    Json,
    /// As a page.
    Markdown,
    /// As one self-contained page for browsers, and for printing from them.
    Html,
}

/// How differences are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Human,
    /// For programs; the shape has a schema.
    Json,
    /// As a page, for example a comment on a pull request.
    Markdown,
}

/// How packs are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PackFormat {
    /// As a page.
    Markdown,
    /// As one self-contained page for browsers, and for printing from them.
    Html,
    /// For programs; the shape has a schema.
    Json,
}

/// Which rating a heat map is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HeatMap {
    /// Without any control.
    Inherent,
    /// By the latest assessment.
    Current,
    /// As treatment is to leave it.
    Target,
}

impl From<HeatMap> for HeatKind {
    fn from(map: HeatMap) -> Self {
        match map {
            HeatMap::Inherent => HeatKind::Inherent,
            HeatMap::Current => HeatKind::Current,
            HeatMap::Target => HeatKind::Target,
        }
    }
}

/// A status of controls, as JSON spells it.
#[derive(Debug, Clone, Copy)]
pub struct ControlStatusArgument(pub ControlStatus);

impl ControlStatusArgument {
    pub fn parse(text: &str) -> Result<Self, String> {
        let found = ControlStatus::ALL
            .into_iter()
            .find(|status| status.word() == text);
        found.map(Self).ok_or_else(|| {
            let words: Vec<&str> = ControlStatus::ALL
                .iter()
                .map(|status| status.word())
                .collect();
            let help = did_you_mean(text, words.iter().copied());
            help.unwrap_or_else(|| format!("it is one of {}", words.join(", ")))
        })
    }
}

/// A duration in whole days, not negative.
pub fn whole_days(text: &str) -> Result<i64, String> {
    let duration: Duration = text
        .parse()
        .map_err(|error: SpellingError| error.to_string())?;
    let days = duration.whole_days().filter(|days| *days >= 0);
    days.ok_or_else(|| "whole days are wanted here, for example 30d".to_owned())
}
