//! Documents as Markdown that renders right under GitHub's flavour. Text from records never breaks a page.

pub mod diff;

use crate::report::document::{Align, Block, Chart, Document, Line, Piece, Table, Tone};
use std::borrow::Cow;
use std::fmt::Write;

/// The document as Markdown, in which a sentence stands for every chart.
pub fn render(document: &Document) -> String {
    page(document, Page::default())
}

/// The document as Markdown whose charts are drawn in files of a folder, `<name>.svg`; the path is written as it is.
pub fn render_with_charts(document: &Document, folder: &str) -> String {
    let charts = Some(folder.trim_end_matches('/').to_owned());
    let text = String::new();
    page(document, Page { text, charts })
}

fn page(document: &Document, mut page: Page) -> String {
    if !document.title.is_empty() {
        page.heading(1, &document.title);
    }
    page.blocks(&document.opening);
    for part in &document.parts {
        page.heading(2, &part.title);
        page.blocks(&part.blocks);
    }
    page.text
}

/// Blocks as Markdown, without the headings of the parts that hold them.
pub fn blocks(blocks: &[Block]) -> String {
    let mut page = Page::default();
    page.blocks(blocks);
    page.text
}

/// Blocks as Markdown, whose charts are drawn in files of a folder if one is named.
pub fn blocks_with_charts(blocks: &[Block], folder: Option<&str>) -> String {
    let mut page = Page {
        text: String::new(),
        charts: folder.map(str::to_owned),
    };
    page.blocks(blocks);
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
    /// The folder of the charts, if they are drawn.
    charts: Option<String>,
}

impl Page {
    /// An empty line before everything but the first.
    fn apart(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn heading(&mut self, level: u8, title: &str) {
        self.apart();
        let marks = "#".repeat(usize::from(level));
        let _ = writeln!(self.text, "{marks} {}", escape(title));
    }

    fn lines(&mut self, mark: &str, lines: &[Line]) {
        for line in lines {
            let _ = writeln!(self.text, "{mark}{}", paragraph(line));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        if let Block::Heading(level, title) = block {
            return self.heading(*level, title);
        }
        self.apart();
        match block {
            Block::Heading(..) => {}
            Block::Paragraph(line) => self.lines("", std::slice::from_ref(line)),
            Block::Callout(_, line) => self.lines("> ", std::slice::from_ref(line)),
            Block::List(lines) => self.lines("- ", lines),
            Block::Checklist(lines) => self.lines("- [ ] ", lines),
            Block::Facts(facts) => {
                let mut rows = Table::new(&["", ""]);
                for (name, line) in facts {
                    rows.row([name.as_str().into(), line.clone()]);
                }
                table(&mut self.text, &rows);
            }
            Block::Table(rows) => table(&mut self.text, rows),
            Block::Chart(chart) => self.chart(chart),
            Block::Details(title, within) => {
                let _ = writeln!(self.text, "<details><summary>{}</summary>", escape(title));
                self.blocks(within);
                let _ = writeln!(self.text, "\n</details>");
            }
        }
    }
}

impl Page {
    /// A chart by its title and what it shows, below its drawing where there is one.
    fn chart(&mut self, chart: &Chart) {
        let (title, finding) = (escape(&chart.title), escape(&chart.finding));
        let _ = writeln!(self.text, "**{}**", title.trim());
        if let Some(folder) = &self.charts {
            let _ = writeln!(self.text, "\n![{finding}]({folder}/{}.svg)", chart.name);
        }
        let line = chart.finding.as_str().into();
        let _ = writeln!(self.text, "\n{}", paragraph(&line));
    }
}

/// Bytes of most cells of a table.
const CELL: usize = 32;

fn table(text: &mut String, table: &Table) {
    text.reserve(table.cells() * CELL);
    let titles: Vec<Cow<'_, str>> = table
        .columns
        .iter()
        .map(|column| escape(&column.title))
        .collect();
    let _ = writeln!(text, "| {} |", titles.join(" | "));
    let marks: Vec<&str> = table
        .columns
        .iter()
        .map(|column| match column.align {
            Align::Left => ":--",
            Align::Right => "--:",
        })
        .collect();
    let _ = writeln!(text, "| {} |", marks.join(" | "));
    for row in &table.rows {
        text.push_str("| ");
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                text.push_str(" | ");
            }
            text.push_str(&spell(&cell.line()));
        }
        text.push_str(" |\n");
    }
}

fn spell(line: &Line) -> Cow<'_, str> {
    if let [Piece::Plain(text) | Piece::Record(text)] = line.0.as_slice()
        && is_plain(text)
    {
        return text.into();
    }
    let mut spelled = String::new();
    for piece in &line.0 {
        match piece {
            Piece::Plain(text) | Piece::Record(text) => {
                // Escaping trims; between two pieces a space is not an accident.
                if text.starts_with(' ') && !spelled.is_empty() && !spelled.ends_with(' ') {
                    spelled.push(' ');
                }
                spelled.push_str(&escape(text));
                if text.ends_with(' ') && !spelled.ends_with(' ') {
                    spelled.push(' ');
                }
            }
            Piece::Typed(text) if is_span(text) => spelled.push_str(text),
            Piece::Typed(text) => spelled.push_str(&escape(text)),
            Piece::Mark(Tone::Plain | Tone::Good | Tone::Muted, text) => {
                spelled.push_str(&escape(text));
            }
            Piece::Strong(text) | Piece::Mark(_, text) if text.trim().is_empty() => {}
            Piece::Strong(text) | Piece::Mark(_, text) => {
                let _ = write!(spelled, "**{}**", escape(text.trim()));
            }
        }
    }
    spelled.truncate(spelled.trim_end().len());
    spelled.into()
}

/// Whether text between backticks can stand as it is: a bar would end a cell of a table even there.
fn is_span(text: &str) -> bool {
    let within = text.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
    let is_odd = |it: char| it == '`' || it == '|' || it.is_control();
    within.is_some_and(|it| !it.is_empty() && it.trim() == it && !it.contains(is_odd))
}

/// A paragraph, a list item or a remark must not begin like a list, a quotation or a heading.
fn paragraph(line: &Line) -> Cow<'_, str> {
    let text = spell(line);
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < text.len() && digits.starts_with(['.', ')']);
    if text.starts_with(['-', '+', '=', '#']) {
        format!("\\{text}").into()
    } else if numbered {
        let number = &text[..text.len() - digits.len()];
        format!("{number}\\{digits}").into()
    } else {
        text
    }
}

/// Text on one line in which nothing is markup.
pub fn escape(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut characters = text.trim().chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '_' if !(previous.is_alphanumeric() && next.is_alphanumeric()) => {
                escaped.push_str("\\_")
            }
            '#' if previous == ' ' => escaped.push_str("\\#"),
            // A mention would call a stranger.
            '@' if !previous.is_alphanumeric() && next.is_alphanumeric() => {
                escaped.push_str("@\u{2060}")
            }
            character if character.is_whitespace() || character.is_control() => {
                if !escaped.ends_with(' ') {
                    escaped.push(' ');
                }
            }
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => escaped.push('\u{FFFD}'),
            character => escaped.push(character),
        }
        previous = character;
    }
    escaped.into()
}

/// Whether a text is certain to stay as it is: words of letters, digits and harmless punctuation, one space apart.
fn is_plain(text: &str) -> bool {
    let mut previous = b' ';
    let harmless = text.bytes().all(|byte| {
        let before = std::mem::replace(&mut previous, byte);
        match byte {
            b' ' => before != b' ',
            b'-' | b'.' | b',' | b':' | b';' | b'(' | b')' | b'/' | b'%' | b'+' | b'=' | b'?' => {
                true
            }
            _ => byte.is_ascii_alphanumeric(),
        }
    });
    harmless && (previous != b' ' || text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let cases = [
            ("a | b\nc", "a \\| b c"),
            (
                "<script>alert(1)</script>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
            ),
            ("[x](javascript:alert)", "\\[x\\](javascript:alert)"),
            (
                "`code` *bold* snake_case _it_",
                "\\`code\\` \\*bold\\* snake_case \\_it\\_",
            ),
            ("\u{1b}[31mred", "\\[31mred"),
            ("C# and # 1", "C# and \\# 1"),
        ];
        for (text, escaped) in cases {
            assert_eq!(escape(text).trim_start(), escaped, "{text:?}");
        }
    }

    #[test]
    fn what_is_typed_is_code_unless_that_would_break_something() {
        for (words, spelled) in [
            ("say `pack: {a}` there", "say `pack: {a}` there"),
            ("`a|b`", "\\`a\\|b\\`"),
            ("``", "\\`\\`"),
            ("`a\nb`", "\\`a b\\`"),
            ("a ` b", "a \\` b"),
        ] {
            assert_eq!(spell(&Line::default().words(words)), spelled, "{words}");
        }
    }

    #[test]
    fn pieces_keep_the_space_between_them() {
        let line = Line::default().strong("Closed").plain(" on a day: it");
        assert_eq!(paragraph(&line), "**Closed** on a day: it");
        assert_eq!(paragraph(&" alone".into()), "alone");
    }

    #[test]
    fn paragraphs_do_not_become_lists_or_headings() {
        for (text, spelled) in [
            ("- a", "\\- a"),
            ("1. a", "1\\. a"),
            ("+ a", "\\+ a"),
            ("2026 was", "2026 was"),
        ] {
            assert_eq!(paragraph(&text.into()), spelled);
        }
    }
}
