//! `risk matrix`: heat maps that are read without colour. Side by side where they fit, else one below the other.

use super::super::text::{flow, harmless, width as columns};
use super::super::{Paint, notes};
use crate::report::risk::{Heat, HeatKind, Matrix};
use std::fmt::Write;

/// Blanks between two maps.
const BETWEEN: usize = 3;
/// Most ids named of risks that are on no map.
const NAMED: usize = 6;

/// The heat maps as text.
pub fn render(matrix: &Matrix, paint: Paint, width: usize) -> String {
    let mut text = notes::incomplete(&matrix.incomplete, paint);
    let blocks: Vec<Block> = matrix
        .maps
        .iter()
        .map(|heat| Block::of(matrix, heat))
        .collect();
    let mut rest = blocks.as_slice();
    while let Some(first) = rest.first() {
        let mut count = 1;
        let mut taken = first.width;
        while let Some(next) = rest.get(count) {
            taken += BETWEEN + next.width;
            if taken > width {
                break;
            }
            count += 1;
        }
        side_by_side(&rest[..count], paint, &mut text);
        rest = &rest[count..];
        text.push('\n');
    }
    text.push_str(&legend(matrix, paint, width));
    text
}

/// A map as lines, each with a plain and a painted spelling.
struct Block {
    title: &'static str,
    width: usize,
    lines: Vec<Vec<(String, Tone)>>,
}

/// What a piece of a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Faint,
    Strong,
    Bad,
}

impl Block {
    fn of(matrix: &Matrix, heat: &Heat) -> Self {
        let digits = heat.cells.values().map(|ids| ids.len().to_string().len());
        let positions = matrix.likelihood.len().to_string().len();
        let cell = digits.max().unwrap_or(1).max(positions) + 2;
        let axis = matrix.impact.len().to_string().len();
        let mut lines = Vec::new();
        for impact in Matrix::positions(&matrix.impact).rev() {
            let mut line = vec![(format!("{impact:>axis$} │"), Tone::Faint)];
            for likelihood in Matrix::positions(&matrix.likelihood) {
                let count = heat.count(likelihood, impact);
                let marked = matrix.is_marked(likelihood, impact);
                line.push((" ".to_owned(), Tone::Plain));
                line.push(spelled(count, marked, cell));
            }
            lines.push(line);
        }
        let wide = (cell + 1) * matrix.likelihood.len();
        lines.push(vec![(
            format!("{:axis$} └{}", "", "─".repeat(wide)),
            Tone::Faint,
        )]);
        let mut numbers = format!("{:axis$}  ", "");
        for likelihood in Matrix::positions(&matrix.likelihood) {
            let _ = write!(numbers, " {}", centred(&likelihood.to_string(), cell));
        }
        lines.push(vec![(numbers, Tone::Faint)]);
        Self {
            title: heat.kind.word(),
            width: axis + 2 + wide,
            lines,
        }
    }
}

/// ` 2 `, `[2]`, ` · `: how many, and whether the cell is marked.
fn spelled(count: usize, marked: bool, cell: usize) -> (String, Tone) {
    let count_text = match count {
        0 => "·".to_owned(),
        count => count.to_string(),
    };
    let inner = centred(&count_text, cell - 2);
    let tone = match (count, marked) {
        (0, _) => Tone::Faint,
        (_, true) => Tone::Bad,
        (_, false) => Tone::Strong,
    };
    match marked {
        true => (format!("[{inner}]"), tone),
        false => (format!(" {inner} "), tone),
    }
}

fn centred(text: &str, width: usize) -> String {
    format!("{text:^width$}")
}

fn side_by_side(blocks: &[Block], paint: Paint, text: &mut String) {
    let height = blocks
        .iter()
        .map(|block| block.lines.len())
        .max()
        .unwrap_or(0);
    let gap = " ".repeat(BETWEEN);
    for (index, block) in blocks.iter().enumerate() {
        let last = index + 1 == blocks.len();
        let pad = match last {
            true => String::new(),
            false => " ".repeat(block.width - columns(block.title)) + &gap,
        };
        let _ = write!(text, "{}{pad}", paint.strong(block.title));
    }
    text.push('\n');
    for row in 0..height {
        let mut line = String::new();
        for (index, block) in blocks.iter().enumerate() {
            let last = index + 1 == blocks.len();
            let mut pieces = block.lines.get(row).cloned().unwrap_or_default();
            let used: usize = pieces.iter().map(|(piece, _)| columns(piece)).sum();
            if last {
                trim_end(&mut pieces);
            }
            for (piece, tone) in &pieces {
                line.push_str(&match tone {
                    Tone::Plain => piece.clone(),
                    Tone::Faint => paint.faint(piece),
                    Tone::Strong => paint.strong(piece),
                    Tone::Bad => paint.bad(piece),
                });
            }
            if !last {
                line.push_str(&" ".repeat(block.width - used));
                line.push_str(&gap);
            }
        }
        let _ = writeln!(text, "{line}");
    }
}

/// Takes blanks off the end, before anything is painted.
fn trim_end(pieces: &mut Vec<(String, Tone)>) {
    while let Some((piece, _)) = pieces.last_mut() {
        piece.truncate(piece.trim_end().len());
        if !piece.is_empty() {
            return;
        }
        pieces.pop();
    }
}

fn legend(matrix: &Matrix, paint: Paint, width: usize) -> String {
    let mut text = String::new();
    let mut say = |head: &str, parts: Vec<String>, separator: &str| {
        let line = format!("{head}{}", flow(&parts, separator, columns(head), width));
        for line in line.lines() {
            let _ = writeln!(text, "{}", paint.faint(line));
        }
    };
    let scale = |names: &[String]| -> Vec<String> {
        let names = names.iter().enumerate();
        names
            .map(|(index, name)| format!("{} {}", index + 1, harmless(name)))
            .collect()
    };
    say("impact ↑      ", scale(&matrix.impact), "  ");
    say("likelihood →  ", scale(&matrix.likelihood), "  ");
    let plural = if matrix.risks == 1 { "" } else { "s" };
    let day = matrix.as_of.format("%-d %b %Y");
    let above = match matrix.appetite {
        Some(appetite) => format!("above the appetite of {appetite}, or not to be accepted"),
        None => "not to be accepted".to_owned(),
    };
    let marks = format!(
        "{} risk{plural} as of {day} · [\u{a0}] {above}",
        matrix.risks
    );
    let words = marks.split(' ').map(|word| word.replace('\u{a0}', " "));
    say("", words.collect(), " ");
    for heat in matrix.maps.iter().filter(|heat| !heat.unrated.is_empty()) {
        let what = match heat.kind {
            HeatKind::Current => "not rated".to_owned(),
            kind => format!("without {} rating", kind.word()),
        };
        let mut names: Vec<String> = heat.unrated.iter().take(NAMED).cloned().collect();
        if heat.unrated.len() > NAMED {
            names.push(format!("and {} more", heat.unrated.len() - NAMED));
        }
        let last = names.len() - 1;
        names[..last].iter_mut().for_each(|name| name.push(','));
        names.insert(0, format!("{what}:"));
        say("", names, " ");
    }
    text
}
