//! Indented JSON in which every row of a table stands on a line of its own: half as long, and a difference between two
//! documents is a difference of lines.

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};
use std::io::{Result, Write};

/// The key under which tables have their rows.
const ROWS: &[u8] = b"rows";

/// A value as indented JSON with a final newline, and its rows as lines.
pub fn spell<T: Serialize>(value: &T) -> String {
    let mut text = Vec::new();
    let lines = Lines {
        pretty: PrettyFormatter::new(),
        key: Vec::new(),
        is_key: false,
        rows: Vec::new(),
        within: 0,
    };
    // Our shapes have text keys and finite numbers only, which is all serialisation can fail on.
    if value
        .serialize(&mut Serializer::with_formatter(&mut text, lines))
        .is_err()
    {
        text.clear();
    }
    text.push(b'\n');
    String::from_utf8(text).unwrap_or_default()
}

/// Where a document is being written.
struct Lines<'f> {
    pretty: PrettyFormatter<'f>,
    /// The key that was last.
    key: Vec<u8>,
    is_key: bool,
    /// Of every open list whether it is one of rows.
    rows: Vec<bool>,
    /// How many lists and objects are open within a row, itself included.
    within: usize,
}

impl Lines<'_> {
    fn is_inline(&self) -> bool {
        self.within > 0
    }

    /// Begins a list or object: whether it stands within a line, else whether it is a list of rows.
    fn begins(&mut self, is_inline: bool, has_rows: bool) -> bool {
        match is_inline {
            true => self.within += 1,
            false => self.rows.push(has_rows),
        }
        is_inline
    }

    /// Ends it; whether it stood within a line.
    fn ends(&mut self) -> bool {
        let is_inline = self.is_inline();
        match is_inline {
            true => self.within -= 1,
            false => {
                self.rows.pop();
            }
        }
        is_inline
    }

    fn separate<W: Write + ?Sized>(writer: &mut W, first: bool) -> Result<()> {
        match first {
            true => Ok(()),
            false => writer.write_all(b", "),
        }
    }
}

impl Formatter for Lines<'_> {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        match self.begins(self.is_inline(), self.key == ROWS) {
            true => writer.write_all(b"["),
            false => self.pretty.begin_array(writer),
        }
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        match self.ends() {
            true => writer.write_all(b"]"),
            false => self.pretty.end_array(writer),
        }
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        match self.is_inline() {
            true => Self::separate(writer, first),
            false => self.pretty.begin_array_value(writer, first),
        }
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        match self.is_inline() {
            true => Ok(()),
            false => self.pretty.end_array_value(writer),
        }
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        let is_row = self.rows.last() == Some(&true);
        // What an object holds is in no list yet.
        match self.begins(self.is_inline() || is_row, false) {
            true => writer.write_all(b"{"),
            false => self.pretty.begin_object(writer),
        }
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        match self.ends() {
            true => writer.write_all(b"}"),
            false => self.pretty.end_object(writer),
        }
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        if self.is_inline() {
            return Self::separate(writer, first);
        }
        self.key.clear();
        self.is_key = true;
        self.pretty.begin_object_key(writer, first)
    }

    fn end_object_key<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.is_key = false;
        self.pretty.end_object_key(writer)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        match self.is_inline() {
            true => Ok(()),
            false => self.pretty.end_object_value(writer),
        }
    }

    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> Result<()> {
        if self.is_key {
            self.key.extend_from_slice(fragment.as_bytes());
        }
        writer.write_all(fragment.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::spell;
    use serde_json::{Value, json};

    #[test]
    fn rows_are_lines_and_everything_else_is_indented() {
        let value = json!({
            "name": "x",
            "rows": [
                {"id": "A", "ids": ["a", "b"], "part": {"rows": [{"x": 1}], "none": []}},
                {"id": "B", "text": "rows"},
                {},
            ],
            "blocks": [{"rows": [], "list": [1, {"rows": [{"id": "C"}]}]}],
        });
        let text = spell(&value);
        let lines = [
            "{",
            "  \"name\": \"x\",",
            "  \"rows\": [",
            "    {\"id\": \"A\", \"ids\": [\"a\", \"b\"], \"part\": {\"rows\": [{\"x\": 1}], \"none\": []}},",
            "    {\"id\": \"B\", \"text\": \"rows\"},",
            "    {}",
            "  ],",
            "  \"blocks\": [",
            "    {",
            "      \"rows\": [],",
            "      \"list\": [",
            "        1,",
            "        {",
            "          \"rows\": [",
            "            {\"id\": \"C\"}",
            "          ]",
            "        }",
            "      ]",
            "    }",
            "  ]",
            "}",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), lines);
        assert!(text.ends_with("}\n"));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
