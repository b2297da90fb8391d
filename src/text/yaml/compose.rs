//! Composing a tree from the parser's events, within the budgets.

use super::keys::{Keys, KeysOfOne};
use super::meter::{MAX_WAITING, MeteredInput};
use super::offsets::ByteOffsets;
use super::place::{self, Parent, Scalar};
use super::{MAX_ALIAS_NODES, MAX_DEPTH, MAX_MISTAKES, mistakes, tags};
use crate::text::scalar::{is_not_finite, plain_kind};
use crate::text::{NodeKind, Source, Span, Style, TextError, TreeBuilder};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use std::cell::Cell;
use std::collections::BTreeMap;

/// Room for as many open collections as most files have at once.
const USUAL_DEPTH: usize = 8;

/// A collection whose end has not come yet.
struct Open {
    node: u32,
    anchor: usize,
    /// Written in brackets.
    flow: bool,
    is_map: bool,
    /// For mappings: the keys so far.
    keys: KeysOfOne,
    /// For mappings: the key that waits for its value.
    pending_key: Option<PendingKey>,
}

#[derive(Clone, Copy)]
struct PendingKey {
    node: u32,
    /// For a second key of the same text: the first anchor of the entry.
    duplicate: Option<usize>,
}

/// What an anchor of the current document names.
#[derive(Clone, Copy)]
enum Anchored {
    /// A collection that is still open: an alias to it would contain itself.
    Open,
    Node(u32),
    /// The value of a duplicate key, which is not in the tree.
    Dropped,
}

pub(super) struct Composer<'s> {
    source: &'s Source,
    bytes: ByteOffsets<'s>,
    builder: TreeBuilder,
    open: Vec<Open>,
    keys: Keys,
    /// By the parser's numbers, which rise in the order of the text as nodes do.
    anchors: BTreeMap<usize, Anchored>,
    alias_nodes: usize,
    /// End of the last token.
    last_end: u32,
    errors: Vec<TextError>,
    fatal: bool,
}

impl<'s> Composer<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self {
            source,
            bytes: ByteOffsets::new(source.text()),
            builder: TreeBuilder::for_text(source.text()),
            open: Vec::with_capacity(USUAL_DEPTH),
            keys: Keys::new(),
            anchors: BTreeMap::new(),
            alias_nodes: 0,
            last_end: 0,
            errors: Vec::new(),
            fatal: false,
        }
    }

    /// Reads the whole text, or up to the first mistake that makes the rest unreadable.
    pub(super) fn run(mut self) -> (TreeBuilder, Vec<TextError>) {
        let waiting = Cell::new(0);
        let mut parser = Parser::new(MeteredInput::new(self.source.text(), &waiting));
        while let Some(event) = parser.next_event() {
            let cut = waiting.replace(0) > MAX_WAITING;
            match event {
                Ok((_, span)) if cut => {
                    self.fail(mistakes::too_much(self.source, self.bytes.of(&span.start)))
                }
                Err(error) if cut => self.fail(mistakes::too_much(
                    self.source,
                    self.bytes.of(error.marker()),
                )),
                Ok((event, span)) => self.event(event, span.start, span.end),
                Err(error) => {
                    let at = self.bytes.of(error.marker());
                    let opened = self.opened_here();
                    self.fail(mistakes::from_parser(self.source, at, error.info(), opened));
                }
            }
            if self.errors.len() >= MAX_MISTAKES && !self.fatal {
                let span = self
                    .errors
                    .last()
                    .map_or(Span::default(), |error| error.span);
                self.fail(mistakes::too_many(span));
            }
            if self.fatal {
                break;
            }
        }
        while let Some(open) = self.open.pop() {
            let no_value = |key: &PendingKey| self.builder.len() == key.node as usize + 1;
            if let Some(key) = open
                .pending_key
                .filter(|key| key.duplicate.is_some() || no_value(key))
            {
                self.builder.truncate(key.node);
            }
            self.builder.close(open.node, self.last_end);
        }
        for error in &mut self.errors {
            // An empty key has no bytes of its own.
            mistakes::make_visible(self.source, &mut error.span);
            if let Some((first, _)) = &mut error.related {
                mistakes::make_visible(self.source, first);
            }
        }
        (self.builder, self.errors)
    }

    fn event(&mut self, event: Event<'_>, start: Marker, end: Marker) {
        let span = Span::new(self.bytes.of(&start), self.bytes.of(&end));
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span);
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

    /// Reports a mistake after which the text makes no sense.
    fn fail(&mut self, error: TextError) {
        self.errors.push(error);
        self.fatal = true;
    }

    /// The bracket of the innermost collection, if that is written in brackets.
    fn opened_here(&self) -> Option<Span> {
        let open = self.open.last().filter(|open| open.flow)?;
        Some(first_byte(self.builder.span(open.node)))
    }

    fn parent(&self) -> Parent {
        match self.open.last() {
            Some(open) if !open.is_map => Parent::List,
            Some(open) if open.pending_key.is_some() => Parent::Key { flow: open.flow },
            _ => Parent::Other,
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) {
        let style = style_of(style);
        let token = Scalar {
            source: self.source.text(),
            span,
            text,
            style,
            has_properties: anchor > 0 || tag.is_some(),
            after: self.last_end as usize,
            parent: self.parent(),
        }
        .token();
        let plain = style == Style::Plain;
        let mut kind = if plain {
            plain_kind(text)
        } else {
            NodeKind::Text
        };
        if let Some(tag) = tag {
            let tag = self.written_tag(tag, span);
            let (tagged, mistake) = tags::scalar_kind(&tag, kind, text);
            kind = tagged;
            self.errors.extend(mistake);
        } else if plain && is_not_finite(text) {
            self.errors.push(tags::not_finite(token, text));
        }
        if self.open.is_empty() {
            // An empty document is no record, and no mistake beside others.
            if kind == NodeKind::Null && text.is_empty() {
                return;
            }
            self.builder.start_document();
        }
        let verbatim = match style {
            Style::Plain => self.source.slice(token) == text,
            Style::Single | Style::Double | Style::Quoted => {
                let quoted = self.source.slice(token);
                quoted.get(1..quoted.len().saturating_sub(1)) == Some(text)
            }
            Style::Literal | Style::Folded => false,
        };
        let node = self
            .builder
            .scalar(token, kind, style, (!verbatim).then_some(text));
        self.last_end = self.last_end.max(token.end);
        self.remember(anchor, Anchored::Node(node));
        self.end_child(node, token);
    }

    fn written_tag<'t>(&self, tag: &'t Tag, span: Span) -> tags::Written<'t>
    where
        's: 't,
    {
        tags::Written {
            tag,
            source: self.source,
            span: place::tag(self.source.text(), span.start as usize),
        }
    }

    fn open(&mut self, kind: NodeKind, anchor: usize, tag: Option<&Tag>, span: Span) {
        if let Some(tag) = tag {
            let tag = self.written_tag(tag, span);
            self.errors.extend(tags::collection_mistake(&tag, kind));
        }
        let (start, flow) = self.collection_start(kind, anchor > 0 || tag.is_some(), span);
        if self.open.len() >= MAX_DEPTH {
            return self.fail(mistakes::too_deep(Span::new(start, start + 1)));
        }
        if self.open.is_empty() {
            self.builder.start_document();
        }
        let token = Span::new(start, start + usize::from(flow));
        let node = self.builder.open(token, kind);
        self.last_end = self.last_end.max(token.end);
        self.remember(anchor, Anchored::Open);
        self.open.push(Open {
            node,
            anchor,
            flow,
            is_map: kind == NodeKind::Map,
            keys: self.keys.open(),
            pending_key: None,
        });
    }

    /// The first byte of a collection, and whether it is a bracket.
    ///
    /// The parser's span has a length for brackets; for blocks it is empty once anchor and tag are left out.
    fn collection_start(&self, kind: NodeKind, has_properties: bool, span: Span) -> (usize, bool) {
        let source = self.source.text();
        let (mark, end) = (span.start as usize, span.end as usize);
        let start = if has_properties {
            place::after_properties(source, mark, source.len())
        } else {
            mark
        };
        if kind == NodeKind::List {
            if end > start && source[start..].starts_with('[') {
                return (start, true);
            }
            return (
                place::block_list_start(source, end, self.parent(), self.last_end as usize),
                false,
            );
        }
        if end > start && source[start..].starts_with('{') {
            return (start, true);
        }
        // The first key of a block mapping may have an anchor or a tag of its own.
        (place::after_properties(source, start, source.len()), false)
    }

    fn close(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        self.keys.close(&open.keys);
        if open.flow {
            self.last_end = self.last_end.max(span.start + 1);
        }
        self.builder.close(open.node, self.last_end);
        self.remember(open.anchor, Anchored::Node(open.node));
        let whole = self.builder.span(open.node);
        self.end_child(open.node, whole);
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        self.last_end = self.last_end.max(span.end);
        let target = match self.anchors.get(&anchor) {
            Some(Anchored::Node(target)) => *target,
            Some(Anchored::Open) => return self.fail(mistakes::alias_within_itself(span)),
            Some(Anchored::Dropped) => {
                // The duplicate key is reported; an empty value keeps the mapping whole.
                let node = self
                    .builder
                    .scalar(span, NodeKind::Null, Style::Plain, Some(""));
                return self.end_child(node, span);
            }
            None => return self.fail(mistakes::alias_of_earlier_document(span)),
        };
        self.alias_nodes += self.builder.size(target);
        if self.alias_nodes > MAX_ALIAS_NODES {
            return self.fail(mistakes::too_many_alias_nodes(span));
        }
        if self.open.len() + self.builder.height(target) > MAX_DEPTH {
            return self.fail(mistakes::too_deep(span));
        }
        let node = self.builder.copy(target);
        self.end_child(node, span);
    }

    fn remember(&mut self, anchor: usize, what: Anchored) {
        if anchor > 0 {
            self.anchors.insert(anchor, what);
        }
    }

    /// Settles a finished node: as a key it is compared with the others, as the value of a duplicate it is dropped.
    fn end_child(&mut self, node: u32, span: Span) {
        let Some(open) = self.open.last_mut().filter(|open| open.is_map) else {
            return;
        };
        if let Some(key) = open.pending_key.take() {
            if let Some(anchor) = key.duplicate {
                self.builder.truncate(key.node);
                for (_, anchored) in self.anchors.range_mut(anchor..) {
                    *anchored = Anchored::Dropped;
                }
            }
            return;
        }
        if self.builder.is_collection(node) {
            return self.fail(mistakes::collection_as_key(span));
        }
        if !open.flow {
            // An empty key stands right after its anchor or tag, before the `:` that starts the mapping otherwise.
            self.builder.start_at_most(open.node, span.start);
        }
        let earlier = self
            .keys
            .find_or_add(&mut open.keys, &self.builder, self.source, node);
        let duplicate = earlier.map(|_| match self.anchors.last_key_value() {
            Some((anchor, Anchored::Node(named))) if *named == node => *anchor,
            Some((anchor, _)) => anchor + 1,
            None => 0,
        });
        open.pending_key = Some(PendingKey { node, duplicate });
        if let Some(earlier) = earlier {
            let name = self.builder.text(node, self.source);
            let first = self.builder.span(earlier);
            self.errors.push(mistakes::duplicate_key(name, span, first));
        }
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

fn first_byte(span: Span) -> Span {
    Span {
        start: span.start,
        end: span.start + 1,
    }
}
