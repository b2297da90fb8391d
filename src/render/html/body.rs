//! Blocks as HTML.

use super::escape::escape;
use super::records::Records;
use crate::render::svg;
use crate::report::document::{Block, Chart, Line, Piece, Tone};
use foldhash::HashSet;
use std::fmt::{self, Write};

/// The HTML of a part as it grows.
pub struct Body<'b> {
    pub(super) text: String,
    pub(super) records: &'b Records,
    /// Rows that are the place of a record, all of one part; an id stands once on a page.
    pub(super) placed: HashSet<String>,
    /// How many tables the page has up to here.
    pub(super) tables: usize,
    /// Key of the part.
    pub(super) part: &'b str,
    /// The heading that was last.
    pub(super) heading: String,
    /// Its level.
    level: u8,
}

impl<'b> Body<'b> {
    /// A part in which nothing stands yet, by its key and heading; so many tables stand before it on the page.
    pub fn new(records: &'b Records, part: &'b str, heading: &str, tables: usize) -> Self {
        Self {
            text: String::new(),
            records,
            placed: HashSet::default(),
            tables,
            part,
            heading: heading.to_owned(),
            level: 2,
        }
    }

    /// Adds blocks; charts that follow each other stand side by side.
    pub fn blocks<'a>(&mut self, blocks: impl IntoIterator<Item = &'a Block>) {
        let mut among_charts = false;
        for block in blocks {
            let is_chart = matches!(block, Block::Chart(_));
            match (among_charts, is_chart) {
                (false, true) => self.text.push_str("<div class=\"charts\">\n"),
                (true, false) => self.text.push_str("</div>\n"),
                _ => {}
            }
            among_charts = is_chart;
            self.block(block);
        }
        if among_charts {
            self.text.push_str("</div>\n");
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, title) => self.title(*level, title),
            Block::Paragraph(line) => self.element("p", "", line),
            Block::List(lines) => self.list("<ul>", "", lines),
            Block::Checklist(lines) => {
                let ticks = "<span class=\"box\" aria-hidden=\"true\"></span>";
                self.list("<ul class=\"checklist\">", ticks, lines);
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Callout(tone, line) => self.callout(*tone, line),
            Block::Chart(chart) => self.chart(chart),
            Block::Details(title, within) => {
                let _ = writeln!(
                    self.text,
                    "<details>\n<summary>{}</summary>\n<div class=\"folded\">",
                    escape(title)
                );
                self.blocks(within);
                self.text.push_str("</div>\n</details>\n");
            }
        }
    }

    /// A heading; none is skipped on the way down.
    fn title(&mut self, level: u8, title: &str) {
        self.level = level.clamp(3, 6).min(self.level + 1);
        self.heading = title.to_owned();
        let level = self.level;
        let _ = writeln!(self.text, "<h{level}>{}</h{level}>", escape(title));
    }

    fn element(&mut self, name: &str, before: &str, line: &Line) {
        let _ = write!(self.text, "<{name}>{before}");
        self.line(line);
        let _ = writeln!(self.text, "</{name}>");
    }

    fn list(&mut self, open: &str, before: &str, lines: &[Line]) {
        let _ = writeln!(self.text, "{open}");
        for line in lines {
            self.element("li", before, line);
        }
        self.text.push_str("</ul>\n");
    }

    fn facts(&mut self, facts: &[(String, Line)]) {
        self.text.push_str("<dl class=\"facts\">\n");
        for (name, line) in facts {
            let _ = write!(self.text, "<div><dt>{}</dt><dd>", escape(name));
            self.line(line);
            self.text.push_str("</dd></div>\n");
        }
        self.text.push_str("</dl>\n");
    }

    fn callout(&mut self, tone: Tone, line: &Line) {
        let (class, sign, word) = match tone {
            Tone::Plain | Tone::Muted => ("note", "i", "Note: "),
            Tone::Good => ("good", "✓", "Good: "),
            Tone::Warn => ("warn", "!", "Warning: "),
            Tone::Bad => ("bad", "✗", "Alert: "),
        };
        let _ = write!(
            self.text,
            "<div class=\"callout {class}\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span>\
             <p><span class=\"unseen\">{word}</span>"
        );
        self.line(line);
        self.text.push_str("</p></div>\n");
    }

    /// The drawing shows its title, so what stands below it says it to those only who do not see it.
    fn chart(&mut self, chart: &Chart) {
        let (title, finding) = (escape(&chart.title), escape(&chart.finding));
        let _ = writeln!(
            self.text,
            "<figure id=\"chart-{}\">\n{}\n<figcaption><span class=\"unseen\">{title}: </span>{finding}</figcaption>\n</figure>",
            escape(&chart.name),
            svg::inline(chart).trim_end()
        );
    }

    /// Adds a run of text.
    pub(super) fn line(&mut self, line: &Line) {
        for piece in &line.0 {
            self.piece(piece);
        }
    }

    fn piece(&mut self, piece: &Piece) {
        let text = escape(piece.text());
        let _ = match piece {
            Piece::Plain(_) => self.text.write_str(&text),
            Piece::Strong(_) => write!(self.text, "<strong>{text}</strong>"),
            Piece::Typed(_) => write!(self.text, "<code>{}</code>", text.trim_matches('`')),
            Piece::Record(id) => match self.records.anchor(id) {
                // A record does not link to where it stands already.
                Some(anchor) if !Records::stand_in(self.part) => {
                    write!(
                        self.text,
                        "<a class=\"record\" href=\"#{anchor}\">{text}</a>"
                    )
                }
                _ => write!(self.text, "<span class=\"record\">{text}</span>"),
            },
            Piece::Mark(tone, _) => mark(*tone, &text, &mut self.text),
        };
    }
}

/// What stands for a tone besides colour; `text` is HTML.
fn mark(tone: Tone, text: &str, to: &mut String) -> fmt::Result {
    let (class, sign) = match tone {
        Tone::Plain => return to.write_str(text),
        Tone::Good => ("good", "✓"),
        Tone::Warn => ("warn", "~"),
        Tone::Bad => ("bad", "✗"),
        Tone::Muted => ("muted", "○"),
    };
    write!(
        to,
        "<span class=\"mark {class}\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span>\u{a0}{text}</span>"
    )
}
