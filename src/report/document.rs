//! A document as data: headings, paragraphs, lists and tables. Formats only spell it.

/// A document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; level 1 is the title.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Line),
    /// A list.
    List(Vec<Line>),
    /// Boxes to tick.
    Checklist(Vec<Line>),
    /// A table.
    Table(Table),
    /// Something that is missing, or worth a remark.
    Remark(Line),
}

/// A run of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Piece>);

/// A piece of text; all of it is data, whatever characters it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Plain.
    Plain(String),
    /// What matters.
    Strong(String),
}

/// A table with a header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Titles of the columns.
    pub columns: Vec<(String, Align)>,
    /// Cells, as many as there are columns.
    pub rows: Vec<Vec<Line>>,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

impl Line {
    /// Adds plain text.
    pub fn plain(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Plain(text.into()));
        self
    }

    /// Adds text that matters.
    pub fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Strong(text.into()));
        self
    }
}

impl<T: Into<String>> From<T> for Line {
    fn from(text: T) -> Self {
        Line::default().plain(text)
    }
}

impl Table {
    /// A table with these columns; a title that starts with `>` stands to the right.
    pub fn new(titles: &[&str]) -> Self {
        let column = |title: &&str| match title.strip_prefix('>') {
            Some(title) => (title.to_owned(), Align::Right),
            None => ((*title).to_owned(), Align::Left),
        };
        Self {
            columns: titles.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row<C: Into<Line>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

impl Document {
    /// Adds a heading.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, line: impl Into<Line>) {
        self.blocks.push(Block::Paragraph(line.into()));
    }

    /// Adds a remark on what is missing.
    pub fn remark(&mut self, line: impl Into<Line>) {
        self.blocks.push(Block::Remark(line.into()));
    }

    /// Adds a list, unless it is empty.
    pub fn list(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.blocks.push(Block::List(lines));
        }
    }

    /// Adds boxes to tick.
    pub fn checklist(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Checklist(lines));
        }
    }

    /// Adds a table, or says in a sentence that there is nothing to show.
    pub fn table_or(&mut self, table: Table, nothing: impl Into<Line>) {
        if table.rows.is_empty() {
            self.remark(nothing);
        } else {
            self.blocks.push(Block::Table(table));
        }
    }
}
