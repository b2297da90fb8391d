//! The lines of a source around some places, for miette to draw: only those lines, and of a long line only what
//! stands near the place, so that one mistake costs a few lines of output whatever the size of the file.

use super::text::{harmless, harmless_character};
use crate::diagnostics::Location;
use crate::text::Source;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::fmt;

/// Most characters shown of a line.
const LINE: usize = 400;
/// Characters kept before the place when a line is cut.
const BEFORE: usize = 60;

/// What miette draws: a text of its own with the real line numbers and columns.
pub struct Excerpt {
    name: String,
    text: String,
    lines: Vec<Line>,
    labels: Vec<LabeledSpan>,
    /// Offset in `text` and real column (from 0) of every label.
    columns: Vec<(usize, usize)>,
}

/// A line of the excerpt.
struct Line {
    /// Number in the file, from 0.
    number: usize,
    /// Bytes in the excerpt's text, without the line end.
    start: usize,
    end: usize,
}

/// Where the bytes of a shown line come from.
struct Cut<'s> {
    /// First byte in the source.
    from: usize,
    text: &'s str,
    cut_before: bool,
    cut_after: bool,
}

/// A path as people read it: with the revision it is read in, unless that is the files at hand.
pub fn place_name(path: &str, revision: Option<&str>) -> String {
    let path = harmless(path);
    match revision {
        Some(revision) => format!("{path}@{revision}"),
        None => path.into_owned(),
    }
}

impl Excerpt {
    /// The lines around places of one file; the first place is the one that matters.
    pub fn new(places: &[(&Location, &str)], revision: Option<&str>) -> Option<Self> {
        let source = &places.first()?.0.source;
        let mut excerpt = Self {
            name: place_name(source.path(), revision),
            text: String::new(),
            lines: Vec::new(),
            labels: Vec::new(),
            columns: Vec::new(),
        };
        let starts: Vec<usize> = places
            .iter()
            .map(|(location, _)| (location.span.start as usize).min(source.text().len()))
            .collect();
        let numbers: Vec<usize> = starts
            .iter()
            .map(|start| source.position(*start).line - 1)
            .collect();
        let last = source.line_starts().len() - 1;
        let mut shown: Vec<usize> = numbers
            .iter()
            .flat_map(|number| number.saturating_sub(1)..=(number + 1).min(last))
            .collect();
        shown.sort_unstable();
        shown.dedup();
        for number in shown {
            let marks = (0..places.len()).filter(|index| numbers[*index] == number);
            let marks: Vec<usize> = marks.collect();
            let focus = marks.iter().map(|index| starts[*index]).min();
            let cut = cut(source, number, focus);
            excerpt.line(number, &cut, &marks, places);
        }
        Some(excerpt)
    }

    fn line(
        &mut self,
        number: usize,
        cut: &Cut<'_>,
        marks: &[usize],
        places: &[(&Location, &str)],
    ) {
        let start = self.text.len();
        if cut.cut_before {
            self.text.push('…');
        }
        let mut moved = Vec::new();
        for (offset, character) in cut.text.char_indices() {
            moved.push((cut.from + offset, self.text.len()));
            self.text.push(harmless_character(character));
        }
        let end = self.text.len();
        moved.push((cut.from + cut.text.len(), end));
        if cut.cut_after {
            self.text.push('…');
        }
        let find = |byte: usize| {
            let index = moved.partition_point(|(from, _)| *from < byte);
            moved.get(index).map_or(end, |(_, to)| *to)
        };
        for index in marks {
            let (location, label) = &places[*index];
            let from = find(location.span.start as usize);
            let to = find(location.span.end as usize).max(from);
            let to = from + self.text[from..to].trim_end().len();
            let label = Some(harmless(label).into_owned()).filter(|label| !label.is_empty());
            self.columns.push((from, location.start().column - 1));
            self.labels.push(if *index == 0 {
                LabeledSpan::new_primary_with_span(label, (from, to - from))
            } else {
                LabeledSpan::new(label, from, to - from)
            });
        }
        self.lines.push(Line {
            number,
            start,
            end: self.text.len(),
        });
        self.text.push('\n');
    }

    /// Index of the line that holds a byte of the excerpt.
    fn line_of(&self, offset: usize) -> Option<usize> {
        let index = self.lines.partition_point(|line| line.end < offset);
        self.lines.get(index).map(|_| index)
    }
}

/// What is shown of a line: all of it, or the part around the focus (a byte of the source).
fn cut(source: &Source, number: usize, focus: Option<usize>) -> Cut<'_> {
    let starts = source.line_starts();
    let start = starts[number] as usize;
    let end = starts
        .get(number + 1)
        .map_or(source.text().len(), |next| *next as usize);
    let whole = source.text().get(start..end).unwrap_or_default();
    let whole = whole.trim_end_matches(['\n', '\r']);
    let focus = focus.map_or(0, |focus| (focus - start).min(whole.len()));
    let before = whole.get(..focus).unwrap_or_default();
    let long = whole.chars().nth(LINE).is_some();
    let first = before
        .char_indices()
        .rev()
        .take(BEFORE)
        .last()
        .map_or(0, |(offset, _)| offset);
    let first = if long && before.chars().nth(BEFORE).is_some() {
        first
    } else {
        0
    };
    let rest = whole.get(first..).unwrap_or_default();
    let length = rest
        .char_indices()
        .nth(LINE)
        .map_or(rest.len(), |(offset, _)| offset);
    Cut {
        from: start + first,
        text: &rest[..length],
        cut_before: first > 0,
        cut_after: length < rest.len(),
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let first = self.line_of(span.offset());
        let last = self.line_of(span.offset() + span.len());
        let (Some(first), Some(last)) = (first, last) else {
            return Err(MietteError::OutOfBounds);
        };
        if before == 0 && after == 0 {
            let column = self
                .columns
                .iter()
                .find(|(offset, _)| *offset == span.offset());
            return Ok(Box::new(MietteSpanContents::new_named(
                self.name.clone(),
                &self.text.as_bytes()[span.offset()..span.offset() + span.len()],
                *span,
                self.lines[first].number,
                column.map_or(0, |(_, column)| *column),
                1,
            )));
        }
        let adjacent = |index: usize| self.lines[index].number == self.lines[index - 1].number + 1;
        // Places that do not stand on lines that follow one another are drawn apart.
        if !(first + 1..=last).all(adjacent) {
            return Err(MietteError::OutOfBounds);
        }
        let mut from = first;
        while from > 0 && first - from < before && adjacent(from) {
            from -= 1;
        }
        let mut to = last;
        while to + 1 < self.lines.len() && to - last < after && adjacent(to + 1) {
            to += 1;
        }
        let (start, end) = (self.lines[from].start, self.lines[to].end);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &self.text.as_bytes()[start..end],
            (start, end - start).into(),
            self.lines[from].number,
            0,
            to - from + 1,
        )))
    }
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
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
