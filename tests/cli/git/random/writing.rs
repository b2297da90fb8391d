//! Records as files: in some file each, in some order and some style.

use super::Records;
use super::model::{Content, Kind, Record, SLOTS};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many styles there are.
pub const STYLES: usize = 7;

/// Where records stand, and how they are written.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The number of the file of each record.
    pub files: [usize; SLOTS.len()],
    /// 0 a list in blocks, 1 documents in single quotes, 2 a list in flow style, 3 JSON the other way round, 4 folded
    /// texts and comments, 5 the order of the keys and entries turned, 6 rows in a table.
    pub style: usize,
}

impl Layout {
    /// The file in which a record stands.
    pub fn path(&self, slot: usize) -> String {
        let file = self.files[slot];
        match SLOTS[slot].kind {
            Kind::Risk => format!("risks/{file}.yaml"),
            Kind::Action => format!("actions/below/{file}.yaml"),
            Kind::Vendor if self.style == 6 => "registers/vendors.csv".to_owned(),
            Kind::Vendor => format!("registers/vendors/{file}.yaml"),
        }
    }

    /// All files with their text.
    pub fn files(&self, records: &Records) -> Vec<(String, String)> {
        let mut files: BTreeMap<String, Vec<(&str, &Record)>> = BTreeMap::new();
        for (slot, record) in records {
            let file = files.entry(self.path(*slot)).or_default();
            let id = SLOTS[*slot].id;
            file.push((id.strip_prefix("vendors/").unwrap_or(id), record));
        }
        let files = files.into_iter().map(|(path, mut records)| {
            if self.is_turned() {
                records.reverse();
            }
            let text = match path.ends_with(".csv") {
                true => table(&records),
                false => self.text(&records),
            };
            (path, text)
        });
        files.collect()
    }

    fn is_turned(&self) -> bool {
        self.style == 3 || self.style == 5
    }

    fn text(&self, records: &[(&str, &Record)]) -> String {
        let mut text = String::new();
        if self.style == 4 {
            text.push_str("# What a reader should know.\n\n");
        }
        for (id, record) in records {
            match self.style {
                1 => {
                    text.push_str("---\n");
                    self.block(id, record, "", "", &mut text);
                }
                2 | 3 => {
                    let fields: Vec<String> = self
                        .fields(id, record)
                        .iter()
                        .map(|(name, content)| format!("\"{name}\": {}", self.flow(content)))
                        .collect();
                    let _ = writeln!(text, "- {{{}}}", fields.join(", "));
                }
                _ => self.block(id, record, "- ", "  ", &mut text),
            }
        }
        text
    }

    /// The id and the fields of a record.
    fn fields(&self, id: &str, record: &Record) -> Vec<(&'static str, Content)> {
        let id: &'static str = SLOTS
            .iter()
            .find_map(|slot| slot.id.ends_with(id).then_some(slot.id))
            .unwrap();
        let id = id.strip_prefix("vendors/").unwrap_or(id);
        let fields = record
            .iter()
            .map(|(name, content)| (*name, content.clone()));
        let mut fields: Vec<_> = [("id", Content::Text(id))]
            .into_iter()
            .chain(fields)
            .collect();
        if self.is_turned() {
            fields.reverse();
        }
        fields
    }

    fn block(&self, id: &str, record: &Record, first: &str, others: &str, text: &mut String) {
        for (index, (name, content)) in self.fields(id, record).iter().enumerate() {
            let indent = if index == 0 { first } else { others };
            let spelled = match content {
                Content::Text(text) if self.style == 4 && text.len() > 20 => {
                    let words: Vec<&str> = text.split(' ').collect();
                    let (one, other) = words.split_at(words.len() / 2);
                    format!(
                        ">-\n{others}  {}\n{others}  {}",
                        one.join(" "),
                        other.join(" ")
                    )
                }
                Content::Text(text) if self.style == 1 => format!("'{text}'"),
                Content::Text(text) if text.contains(": ") => quoted(text),
                Content::Text(text) => (*text).to_owned(),
                content => self.flow(content),
            };
            let comment = if self.style == 4 && !spelled.contains('\n') {
                "  # so"
            } else {
                ""
            };
            let _ = writeln!(text, "{indent}{name}: {spelled}{comment}");
        }
        // An empty list says as much as none.
        if self.style == 5 && !record.contains_key("tags") && record.contains_key("title") {
            let _ = writeln!(text, "{others}tags: []");
        }
    }

    fn flow(&self, content: &Content) -> String {
        match content {
            Content::Text(text) => quoted(text),
            Content::Number(number) => number.to_string(),
            Content::Tags(tags) => self.list(tags.iter().map(|tag| quoted(tag)).collect()),
            Content::Log(notes) => {
                let entry = |(day, note): (&&str, &&str)| format!("{{date: {day}, note: {note}}}");
                self.list(notes.iter().map(entry).collect())
            }
        }
    }

    fn list(&self, mut entries: Vec<String>) -> String {
        if self.is_turned() {
            entries.reverse();
        }
        format!("[{}]", entries.join(", "))
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

fn table(records: &[(&str, &Record)]) -> String {
    let mut text = "id,name,tier,seats\n".to_owned();
    for (id, record) in records {
        let cell = |name: &str| match record.get(name) {
            Some(Content::Text(text)) => quoted(text),
            Some(Content::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let _ = writeln!(
            text,
            "{id},{},{},{}",
            cell("name"),
            cell("tier"),
            cell("seats")
        );
    }
    text
}
