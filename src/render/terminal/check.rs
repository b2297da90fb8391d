//! `check` for people: each diagnostic with an excerpt of its source.

use super::Paint;
use super::excerpt::{Excerpt, place_name};
use super::text::harmless;
use crate::diagnostics::{Diagnostic, Location, Severity};
use crate::report::check::CheckReport;
use miette::{GraphicalReportHandler, GraphicalTheme};
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
    let existing = match report.existing() {
        0 => String::new(),
        count => format!("; {count} existing"),
    };
    if parts.is_empty() {
        let nothing = if existing.is_empty() {
            "nothing to report"
        } else {
            "nothing new"
        };
        format!("{} {records}, {nothing}{existing}\n", paint.good("ok"))
    } else {
        format!("{} in {records}{existing}\n", parts.join(", "))
    }
}

fn paint_level(paint: Paint, level: Severity, text: String) -> String {
    match level {
        Severity::Error => paint.bad(text),
        Severity::Warning => paint.doubtful(text),
        Severity::Note => paint.hint(text),
    }
}

/// Lines between two places that are drawn as one.
const NEAR: usize = 2;

struct Page {
    paint: Paint,
    handler: GraphicalReportHandler,
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
            text: String::new(),
        }
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let title = format!("{}[{}]", diagnostic.level.word(), diagnostic.rule.id);
        let title = match diagnostic.existing {
            false => paint_level(self.paint, diagnostic.level, title),
            true => self.paint.faint(format!("existing {title}")),
        };
        let message = harmless(&diagnostic.message);
        let _ = writeln!(self.text, "{title}: {message}");
        let place = &diagnostic.location;
        let same_file = diagnostic
            .related
            .iter()
            .filter(|related| related.location.path() == place.path())
            .map(|related| (&related.location, related.message.as_str()));
        // Where lines follow one another they are drawn as one; else the place that matters comes first.
        let line = place.start().line;
        let (near, far): (Vec<_>, Vec<_>) =
            same_file.partition(|(other, _)| other.start().line.abs_diff(line) <= NEAR);
        let mut here = vec![(place, diagnostic.label.as_str())];
        here.extend(near);
        let revision = diagnostic.revision.as_deref();
        self.excerpt(&here, revision);
        self.excerpt(&far, revision);
        for related in &diagnostic.related {
            if related.location.path() != diagnostic.location.path() {
                let start = related.location.start();
                let place = format!(
                    "{}:{}:{}",
                    place_name(related.location.path(), revision),
                    start.line,
                    start.column
                );
                let _ = writeln!(self.text, "  {}: {place}", harmless(&related.message));
            }
        }
        if let Some(commit) = &diagnostic.commit {
            let short = commit.id.get(..7).unwrap_or(&commit.id);
            let subject = harmless(&commit.subject);
            let author = harmless(&commit.author);
            let _ = writeln!(
                self.text,
                "  in commit {short} of {}, {author}: {subject}",
                commit.date
            );
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

    fn excerpt(&mut self, places: &[(&Location, &str)], revision: Option<&str>) {
        let Some((first, _)) = places.first() else {
            return;
        };
        if first.source.text().is_empty() {
            let path = place_name(first.path(), revision);
            let _ = writeln!(self.text, "    ╭─[{path}]\n    ╰────");
            return;
        }
        let Some(excerpt) = Excerpt::new(places, revision) else {
            return;
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
