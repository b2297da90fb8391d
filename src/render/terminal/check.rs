//! `check` for people: each diagnostic with an excerpt of its source.

use super::Paint;
use super::text::{harmless, harmless_source};
use crate::diagnostics::{Diagnostic, Location, Severity};
use crate::report::check::CheckReport;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use std::collections::HashMap;
use std::fmt;
use std::fmt::Write;

/// The report as text.
pub fn render(report: &CheckReport, paint: Paint, width: usize) -> String {
    let mut page = Page::new(paint, width);
    for diagnostic in &report.diagnostics {
        page.diagnostic(diagnostic);
    }
    page.text.push_str(&summary(report, paint));
    page.text
}

fn summary(report: &CheckReport, paint: Paint) -> String {
    let counted =
        |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter(|level| report.count(*level) > 0)
        .map(|level| paint_level(paint, level, counted(report.count(level), level.word())))
        .collect();
    let records = counted(report.records, "record");
    if parts.is_empty() {
        format!("{} {records}, nothing to report\n", paint.good("ok"))
    } else {
        format!("{} in {records}\n", parts.join(", "))
    }
}

fn paint_level(paint: Paint, level: Severity, text: String) -> String {
    match level {
        Severity::Error => paint.bad(text),
        Severity::Warning => paint.doubtful(text),
        Severity::Note => paint.hint(text),
    }
}

struct Page {
    paint: Paint,
    handler: GraphicalReportHandler,
    /// Cleaned sources by path; a file with many diagnostics is cleaned once.
    sources: HashMap<String, String>,
    text: String,
}

impl Page {
    fn new(paint: Paint, width: usize) -> Self {
        let theme = if paint.color() {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        Self {
            paint,
            handler: GraphicalReportHandler::new_themed(theme)
                .with_width(width.clamp(40, 400))
                .with_context_lines(1)
                .tab_width(4),
            sources: HashMap::new(),
            text: String::new(),
        }
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let title = format!("{}[{}]", diagnostic.level.word(), diagnostic.rule.id);
        let title = paint_level(self.paint, diagnostic.level, title);
        let message = harmless(&diagnostic.message);
        let _ = writeln!(self.text, "{title}: {message}");
        let here: Vec<(&Location, &str)> = [(&diagnostic.location, diagnostic.label.as_str())]
            .into_iter()
            .chain(
                diagnostic
                    .related
                    .iter()
                    .filter(|related| related.location.path() == diagnostic.location.path())
                    .map(|related| (&related.location, related.message.as_str())),
            )
            .collect();
        self.excerpt(&here);
        for related in &diagnostic.related {
            if related.location.path() != diagnostic.location.path() {
                let start = related.location.start();
                let place = format!(
                    "{}:{}:{}",
                    harmless(related.location.path()),
                    start.line,
                    start.column
                );
                let _ = writeln!(self.text, "  {}: {place}", harmless(&related.message));
            }
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(
                self.text,
                "  {}: {}",
                self.paint.hint("help"),
                harmless(help)
            );
        }
        let more = format!("ismsctl explain {}", diagnostic.rule.id);
        let _ = writeln!(self.text, "  {}\n", self.paint.faint(more));
    }

    fn excerpt(&mut self, places: &[(&Location, &str)]) {
        let Some((first, _)) = places.first() else {
            return;
        };
        let path = harmless(first.path()).into_owned();
        if first.source.text().is_empty() {
            let _ = writeln!(self.text, "    ╭─[{path}]\n    ╰────");
            return;
        }
        let source = self
            .sources
            .entry(path.clone())
            .or_insert_with(|| harmless_source(first.source.text()).into_owned());
        let labels = places
            .iter()
            .enumerate()
            .map(|(index, (location, label))| label_of(source, location, label, index == 0))
            .collect();
        let excerpt = Excerpt {
            source: NamedSource::new(path, source.clone()),
            labels,
        };
        let mut drawn = String::new();
        if self.handler.render_report(&mut drawn, &excerpt).is_ok() {
            // The handler's own heading is left out; ours names level and rule.
            let lines = drawn.lines().skip_while(|line| !line.contains('╭'));
            for line in lines.filter(|line| !line.trim().is_empty()) {
                self.text.push_str(line.trim_end());
                self.text.push('\n');
            }
        }
    }
}

/// A label under its text; spans over several lines are cut to the first, so that one line is shown.
fn label_of(source: &str, location: &Location, label: &str, primary: bool) -> LabeledSpan {
    let start = (location.span.start as usize).min(source.len());
    let end = (location.span.end as usize).min(source.len());
    let text = source.get(start..end).unwrap_or_default();
    let length = text.find('\n').unwrap_or(text.len());
    let length = text[..length].trim_end().len();
    let label = Some(harmless(label).into_owned()).filter(|label| !label.is_empty());
    if primary {
        LabeledSpan::new_primary_with_span(label, (start, length))
    } else {
        LabeledSpan::new(label, start, length)
    }
}

/// What miette draws.
struct Excerpt {
    source: NamedSource<String>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("excerpt")
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("excerpt")
    }
}

impl std::error::Error for Excerpt {}

impl miette::Diagnostic for Excerpt {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
