//! YAML 1.2 as trees with places, composed from parser events within a budget.
//!
//! Core tags only; duplicate keys, merge-conflict markers and values no record can hold are reported where they
//! stand. All mistakes up to the first that makes the rest unreadable are collected.

mod compose;
mod keys;
mod meter;
mod mistakes;
mod offsets;
mod place;
mod tags;

pub use super::raw::MAX_BYTES;
use super::{Source, Span, TextError, TextErrorKind, Tree, TreeBuilder, raw};
pub use meter::MAX_WAITING;
use std::sync::Arc;

/// Deepest nesting of lists and mappings, aliases included.
pub const MAX_DEPTH: usize = 64;
/// Nodes that aliases may add to one file.
pub const MAX_ALIAS_NODES: usize = 10_000;
/// Mistakes listed for one file; what follows them is not looked at.
pub const MAX_MISTAKES: usize = 1_000;

/// Reads all documents of a file.
///
/// Never fails as a whole: the tree holds what could be read, beside every mistake. A tree with a [`TextErrorKind`]
/// other than `Empty` is not fit to be used as records. Empty documents are left out.
pub fn read(source: Arc<Source>) -> (Tree, Vec<TextError>) {
    let errors = raw::check(&source);
    if !errors.is_empty() {
        return (TreeBuilder::default().finish(source), errors);
    }
<<<<<<< HEAD
    let mut composer = Composer::new(&source);
    composer.run();
    let Composer {
        builder,
        errors: found,
        ..
    } = composer;
    errors.extend(found);
=======
    let (builder, mut errors) = compose::Composer::new(&source).run();
>>>>>>> text-tests
    if errors.is_empty() && builder.is_empty() {
        errors.push(emptiness(&source));
    }
    (builder.finish(source), errors)
}

fn emptiness(source: &Source) -> TextError {
    let text = source.text();
    let message = if text.trim().is_empty() {
        "this file is empty"
    } else if text
        .lines()
        .any(|line| line.starts_with("---") || line.starts_with("..."))
    {
        "this file has only empty documents"
    } else if text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        "this file has only comments"
    } else {
        "this file has no values"
    };
    TextError::new(TextErrorKind::Empty, Span::default(), message)
        .help("write a record, or delete the file")
}

<<<<<<< HEAD
/// What is looked for in the raw text: size, characters YAML forbids, and markers of an unfinished merge.
fn before_parsing(source: &Source) -> Vec<TextError> {
    let text = source.text();
    if text.len() > MAX_BYTES {
        let message = format!(
            "this file has {} MiB; the limit is {} MiB",
            text.len() >> 20,
            MAX_BYTES >> 20
        );
        return vec![
            TextError::new(TextErrorKind::TooComplex, Span::default(), message)
                .help("split it into several files"),
        ];
    }
    if let Some(at) = text.bytes().position(is_forbidden) {
        let byte = text.as_bytes()[at];
        let name = if byte == 0 {
            "NUL byte"
        } else {
            "control character"
        };
        let message = format!("{name} (0x{byte:02X}) in the text");
        return vec![
            TextError::new(TextErrorKind::Syntax, Span::new(at, at + 1), message)
                .help("remove it; YAML is printable text"),
        ];
    }
    if text.contains("<<<<<<<") {
        return merge_conflicts(source);
    }
    Vec::new()
}

fn is_forbidden(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7F
}

fn merge_conflicts(source: &Source) -> Vec<TextError> {
    let text = source.text();
    let starts = source.line_starts();
    let mut found = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let start = *start as usize;
        let end = starts
            .get(index + 1)
            .map_or(text.len(), |next| *next as usize);
        let line = text[start..end].trim_end();
        if line == "<<<<<<<" || line.starts_with("<<<<<<< ") {
            let span = Span::new(start, start + line.len());
            found.push(
                TextError::new(
                    TextErrorKind::MergeConflict,
                    span,
                    "an unfinished merge: a conflict marker stands in the file",
                )
                .help("keep one side (or join both) and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`"),
            );
        }
    }
    found
}

/// A collection whose end has not come yet.
struct Open {
    node: u32,
    anchor: usize,
    flow: bool,
    /// For mappings: keys seen so far, once there are enough for a search to be slow.
    keys: Keys,
    /// For mappings: the key that waits for its value.
    pending_key: Option<PendingKey>,
    is_map: bool,
}

#[derive(Default)]
struct Keys {
    list: Vec<u32>,
    set: HashSet<Box<str>>,
}

#[derive(Clone, Copy)]
struct PendingKey {
    node: u32,
    duplicate: bool,
}

const LINEAR_KEYS: usize = 24;

struct Composer<'s> {
    source: &'s Source,
    bytes: ByteOffsets,
    builder: TreeBuilder,
    open: Vec<Open>,
    anchors: HashMap<usize, u32>,
    alias_nodes: usize,
    last_end: u32,
    errors: Vec<TextError>,
    fatal: bool,
}

impl<'s> Composer<'s> {
    fn new(source: &'s Source) -> Self {
        Self {
            source,
            bytes: ByteOffsets::new(source.text()),
            builder: TreeBuilder::default(),
            open: Vec::new(),
            anchors: HashMap::new(),
            alias_nodes: 0,
            last_end: 0,
            errors: Vec::new(),
            fatal: false,
        }
    }

    fn run(&mut self) {
        let mut parser = Parser::new_from_str(self.source.text());
        while let Some(event) = parser.next_event() {
            match event {
                Ok((event, span)) => self.event(event, span.start, span.end),
                Err(error) => {
                    let at = self.bytes.of(error.marker()).min(self.source.text().len());
                    self.errors.push(scan_error(self.source, at, error.info()));
                    self.fatal = true;
                }
            }
            if self.fatal {
                return;
            }
        }
    }

    fn event(&mut self, event: Event<'_>, start: Marker, end: Marker) {
        let span = Span::new(self.bytes.of(&start), self.bytes.of(&end));
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(NodeKind::List, anchor, tag.as_deref(), span)
            }
            Event::MappingStart(anchor, tag) => {
                self.open(NodeKind::Map, anchor, tag.as_deref(), span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::DocumentStart(_) => self.anchors.clear(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }

    fn error(&mut self, error: TextError) {
        self.errors.push(error);
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let span = token(self.source.text(), span, text, style);
        let mut kind = if style == Style::Plain {
            plain_kind(text)
        } else {
            NodeKind::Text
        };
        if let Some(tag) = tag {
            kind = self.tagged(tag, kind, text, span);
        } else if style == Style::Plain && is_not_finite(text) {
            self.error(not_finite(span, text));
        }
        if self.open.is_empty() {
            // An empty document is no record and no mistake beside others.
            if kind == NodeKind::Null && text.is_empty() {
                return;
            }
            self.builder.start_document();
        }
        let verbatim = match style {
            Style::Plain => self.source.slice(span) == text,
            Style::Single | Style::Double => {
                self.source
                    .text()
                    .get(span.start as usize + 1..span.end as usize - 1)
                    == Some(text)
            }
            Style::Literal | Style::Folded => false,
        };
        let stored = (!verbatim).then_some(text);
        let node = self.builder.scalar(span, kind, style, stored);
        self.last_end = self.last_end.max(span.end);
        self.remember(anchor, node);
        self.end_child(node, span);
    }

    fn open(&mut self, kind: NodeKind, anchor: usize, tag: Option<&Tag>, span: Span) {
        if self.open.is_empty() {
            self.builder.start_document();
        }
        if let Some(tag) = tag {
            self.collection_tag(tag, kind, span);
        }
        if self.open.len() >= MAX_DEPTH {
            let message = format!("lists and mappings are nested deeper than {MAX_DEPTH} levels");
            self.error(
                TextError::new(TextErrorKind::TooComplex, first_byte(span), message)
                    .help("records need far fewer levels; look for a stray bracket or indentation"),
            );
            self.fatal = true;
            return;
        }
        let flow = span.end > span.start;
        let node = self.builder.open(span, kind);
        // Until the collection is closed an alias to it would contain itself.
        self.anchors.remove(&anchor);
        self.open.push(Open {
            node,
            anchor,
            flow,
            keys: Keys::default(),
            pending_key: None,
            is_map: kind == NodeKind::Map,
        });
    }

    fn close(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        let end = if open.flow {
            self.last_end = self.last_end.max(span.end);
            span.end
        } else {
            self.last_end
        };
        self.builder.close(open.node, end);
        self.remember(open.anchor, open.node);
        let whole = self.builder.span(open.node);
        self.end_child(open.node, whole);
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let Some(&target) = self.anchors.get(&anchor) else {
            self.error(
                TextError::new(
                    TextErrorKind::Syntax,
                    span,
                    "this alias stands inside the value it names",
                )
                .help("write the value out"),
            );
            self.fatal = true;
            return;
        };
        self.alias_nodes += self.builder.size(target);
        if self.alias_nodes > MAX_ALIAS_NODES {
            let message =
                format!("aliases expand to more than {MAX_ALIAS_NODES} values in this file");
            self.error(
                TextError::new(TextErrorKind::TooComplex, span, message)
                    .help("write the values out, or split the file"),
            );
            self.fatal = true;
            return;
        }
        if self.open.is_empty() {
            self.builder.start_document();
        }
        let node = self.builder.copy(target);
        self.last_end = self.last_end.max(span.end);
        self.end_child(node, span);
    }

    fn remember(&mut self, anchor: usize, node: u32) {
        if anchor > 0 {
            self.anchors.insert(anchor, node);
        }
    }

    /// Settles a finished node: as a key it is compared with the others, as the value of a duplicate it is dropped.
    fn end_child(&mut self, node: u32, span: Span) {
        let Some(open) = self.open.last_mut().filter(|open| open.is_map) else {
            return;
        };
        if let Some(key) = open.pending_key.take() {
            if key.duplicate {
                self.builder.truncate(key.node);
                self.anchors.retain(|_, target| *target < key.node);
            }
            return;
        }
        if self.builder.is_collection(node) {
            self.error(
                TextError::new(
                    TextErrorKind::Syntax,
                    span,
                    "a list or a mapping cannot be a key here",
                )
                .help("keys are plain text"),
            );
            self.fatal = true;
            return;
        }
        let earlier = open.keys.find_or_add(&self.builder, self.source, node);
        let duplicate = earlier.is_some();
        open.pending_key = Some(PendingKey { node, duplicate });
        if let Some(earlier) = earlier {
            let name = self.builder.text(node, self.source).to_owned();
            let mut error = TextError::new(
                TextErrorKind::DuplicateKey,
                span,
                format!("the key `{name}` stands twice in one mapping"),
            )
            .help("keep one of the two");
            error.related = Some((self.builder.span(earlier), "first here".to_owned()));
            self.error(error);
        }
    }

    /// A scalar with a tag: the core tags force a type, everything else is refused.
    fn tagged(&mut self, tag: &Tag, kind: NodeKind, text: &str, span: Span) -> NodeKind {
        if tag.is_yaml_core_schema() {
            let plain = plain_kind(text);
            let wanted = match tag.suffix.as_str() {
                "str" => return NodeKind::Text,
                "null" => NodeKind::Null,
                "bool" => NodeKind::Boolean,
                "int" => NodeKind::Integer,
                "float" if plain == NodeKind::Integer => return NodeKind::Float,
                "float" => NodeKind::Float,
                _ => {
                    self.error(unknown_tag(tag, span));
                    return kind;
                }
            };
            if plain != wanted {
                let message = format!("`{text}` does not fit its tag `!!{}`", tag.suffix);
                self.error(
                    TextError::new(TextErrorKind::Syntax, span, message).help("remove the tag"),
                );
                return kind;
            }
            return wanted;
        }
        if tag.handle.is_empty() && tag.suffix == "!" {
            return NodeKind::Text;
        }
        self.error(unknown_tag(tag, span));
        kind
    }

    fn collection_tag(&mut self, tag: &Tag, kind: NodeKind, span: Span) {
        let fits = tag.is_yaml_core_schema()
            && matches!(
                (tag.suffix.as_str(), kind),
                ("seq", NodeKind::List) | ("map", NodeKind::Map)
            );
        let non_specific = tag.handle.is_empty() && tag.suffix == "!";
        if !fits && !non_specific {
            self.error(unknown_tag(tag, first_byte(span)));
        }
    }
}

impl Keys {
    /// The earlier key of the same text, else adds this one.
    fn find_or_add(&mut self, builder: &TreeBuilder, source: &Source, node: u32) -> Option<u32> {
        let text = builder.text(node, source);
        if self.list.len() < LINEAR_KEYS {
            let earlier = self
                .list
                .iter()
                .find(|key| builder.text(**key, source) == text);
            if earlier.is_some() {
                return earlier.copied();
            }
            self.list.push(node);
            return None;
        }
        if self.set.is_empty() {
            self.set = self
                .list
                .iter()
                .map(|key| builder.text(*key, source).into())
                .collect();
        }
        if self.set.insert(text.into()) {
            self.list.push(node);
            return None;
        }
        self.list
            .iter()
            .copied()
            .find(|key| builder.text(*key, source) == text)
    }
}

fn unknown_tag(tag: &Tag, span: Span) -> TextError {
    let core = tag.is_yaml_core_schema();
    let name = if core {
        format!("!!{}", tag.suffix)
    } else {
        format!("{}{}", tag.handle, tag.suffix)
    };
    let help = match (core, tag.suffix.as_str()) {
        (true, "timestamp") => "write the date without a tag: 2026-03-31",
        (true, "binary") => "keep binary content in a file under evidence/ and name its path",
        _ => "records use plain YAML; remove the tag",
    };
    TextError::new(
        TextErrorKind::Syntax,
        span,
        format!("the tag `{name}` is not part of YAML's core schema"),
    )
    .help(help)
}

fn not_finite(span: Span, text: &str) -> TextError {
    TextError::new(
        TextErrorKind::Value,
        span,
        format!("`{text}` is not a number a record can hold"),
    )
    .help("leave the value out when there is none, or quote it if it is text")
}

fn first_byte(span: Span) -> Span {
    Span {
        start: span.start,
        end: span.start + 1,
    }
}

fn scan_error(source: &Source, at: usize, info: &str) -> TextError {
    let text = source.text();
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let line_start = text[..at].rfind(['\n', '\r']).map_or(0, |index| index + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let error = TextError::new(
        TextErrorKind::Syntax,
        Span::new(at, end),
        format!("this is not valid YAML: {}", plain_words(info)),
    );
    let indent = &line[..line.len() - line.trim_start().len()];
    if indent.contains('\t') {
        return error.help("indent with spaces; YAML does not allow tabs");
    }
    if info.contains("mapping values are not allowed") {
        return error.help("put text that contains `: ` in quotes, or check the indentation");
    }
    error.help("check quotes, brackets and the indentation at and before this place")
}

/// The parser's wording without its own terms.
fn plain_words(info: &str) -> String {
    info.replace("did not find expected", "expected")
        .replace("while parsing a block mapping, ", "in a mapping: ")
        .replace("while parsing a node, ", "")
        .trim_end_matches('.')
        .to_owned()
}

/// The bytes of a scalar's token: without the anchor and tag before it and the comment or blanks after it.
fn token(source: &str, span: Span, text: &str, style: Style) -> Span {
    let written = source.get(span.range()).unwrap_or_default();
    let mut start = span.start as usize;
    match style {
        Style::Literal | Style::Folded => {
            let trimmed = written.trim_end_matches([' ', '\t', '\n', '\r']);
            return Span::new(start, start + trimmed.len());
        }
        Style::Plain if text.is_empty() => return Span::new(start, start),
        _ => {}
    }
    let mut rest = written;
    while rest.starts_with(['&', '!']) {
        let word = rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        let after = rest[word..].trim_start_matches([' ', '\t', '\n', '\r']);
        start += rest.len() - after.len();
        rest = after;
        while rest.starts_with('#') {
            let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
            let after = rest[line..].trim_start();
            start += rest.len() - after.len();
            rest = after;
        }
    }
    let length = match style {
        Style::Single => quoted_length(rest, '\''),
        Style::Double => quoted_length(rest, '"'),
        _ => rest.trim_end_matches([' ', '\t', '\n', '\r']).len(),
    };
    Span::new(start, start + length)
}

fn quoted_length(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((index, character)) = characters.next() {
        if quote == '"' && character == '\\' {
            characters.next();
        } else if character == quote {
            if quote == '\'' && characters.peek().is_some_and(|(_, next)| *next == '\'') {
                characters.next();
            } else {
                return index + 1;
            }
        }
    }
    text.len()
}

/// The parser counts characters; spans count bytes.
enum ByteOffsets {
    Ascii,
    Table(Vec<u32>),
}

impl ByteOffsets {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Ascii;
        }
        let offsets = text.char_indices().map(|(byte, _)| byte);
        let table = offsets
            .chain([text.len()])
            .map(|byte| u32::try_from(byte).unwrap_or(u32::MAX));
        Self::Table(table.collect())
    }

    fn of(&self, marker: &Marker) -> usize {
        match self {
            Self::Ascii => marker.index(),
            Self::Table(table) => {
                let last = table.last().copied().unwrap_or_default();
                table.get(marker.index()).copied().unwrap_or(last) as usize
            }
        }
    }
}

=======
>>>>>>> text-tests
#[cfg(test)]
mod tests;
