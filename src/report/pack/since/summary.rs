//! What changed, kind by kind, for whoever reads on after the first page.

use super::{Changes, News, Turn};
use crate::records::Kind;
use crate::report::document::{Document, Line};
use std::collections::BTreeMap;

/// Most records named in one breath.
const NAMED: usize = 5;

/// Says in a line for each kind of record what became of it, and what cannot be compared.
pub fn write(changes: &Changes<'_>, document: &mut Document) {
    let since = changes.since;
    document.part("changes", format!("What changed since {}", since.label));
    let doubts = since.doubts();
    if changes.is_empty() {
        let what = match doubts.is_empty() {
            true => "Nothing has changed",
            false => "Nothing that can be compared has changed",
        };
        document.paragraph(format!("{what} since {} ({}).", since.label, since.commit));
    } else {
        document.paragraph(format!("Against revision {}:", since.commit));
        let mut lines: Vec<Line> = Vec::new();
        for (kind, news) in changes.all() {
            if !news.is_empty() {
                let title = Line::default().strong(title_of(kind));
                lines.push(title.plain(": ").then(counts(&news)).plain("."));
            }
        }
        if !changes.others.is_empty() {
            let title = Line::default().strong("Besides");
            let others = changes.others.join(", ");
            let told = format!("`{}` tells of each).", since.command);
            lines.push(title.plain(format!(": {others} (")).words(&told));
        }
        document.list(lines);
    }
    for doubt in doubts {
        document.remark(doubt);
    }
}

fn title_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Risk => "Risks",
        Kind::Action => "Actions",
        Kind::Kpi => "KPIs",
        Kind::Finding => "Findings",
        _ => "Objectives",
    }
}

/// `1 grown: RISK-003 Unpatched edge devices (12 medium → 20 high); 2 closed: RISK-009, RISK-011`.
fn counts(news: &[&News<'_>]) -> Line {
    let mut turns: BTreeMap<Turn, Vec<&News<'_>>> = BTreeMap::new();
    for it in news {
        turns.entry(it.turn).or_default().push(it);
    }
    let words = turns.into_iter().map(|(turn, news)| {
        let mut names: Vec<Line> = news.iter().take(NAMED).map(|it| name(it)).collect();
        let more = news.len() - names.len();
        if more > 0 {
            names.push(format!("and {more} more").into());
        }
        let word = turn.word().to_lowercase();
        Line::from(format!("{} {word}: ", news.len())).then(Line::joined(names, ", "))
    });
    Line::joined(words, "; ")
}

/// The id, with title and measure where readers should know them.
fn name(news: &News<'_>) -> Line {
    let name = match news.is_prominent {
        true => news.name(),
        false => news.reference(),
    };
    // That something changed says nothing yet.
    let is_measured = news.is_prominent || news.turn == Turn::Changed;
    match news.brief.as_ref().filter(|_| is_measured) {
        Some(brief) => name.plain(format!(" ({brief})")),
        None => name,
    }
}
