//! What isms.toml says about registers: the key of a row, the schema that types its fields, how CSV is written.

use super::files::Files;
use super::own_schema::{self, OwnSchema, in_config};
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::records::config::Register;
use crate::records::field::{Field, FieldType, Shape, TextType};
use crate::records::{Config, Moment};
use crate::text::csv::{CellType, Dialect};
use crate::text::pointer::child;
use crate::text::{NodeKind, NodeRef, Source, Tree};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One register.
pub struct RegisterRules {
    /// The field that names a row.
    pub key: Box<str>,
    /// The schema of a row.
    pub schema: Option<OwnSchema>,
    /// How its CSV is written; none when isms.toml does not say it in a way that can be used, so that rows would be
    /// misread.
    pub dialect: Option<Dialect>,
    /// Fields that isms.toml names, with the key it names them under (`owner`, `opened` …).
    pub named: Vec<(&'static str, Box<str>)>,
}

/// All registers, by name.
#[derive(Default)]
pub struct Registers {
    declared: BTreeMap<Box<str>, RegisterRules>,
    undeclared: RegisterRules,
}

impl Default for RegisterRules {
    fn default() -> Self {
        Self {
            key: "id".into(),
            schema: None,
            dialect: Some(Dialect::default()),
            named: Vec::new(),
        }
    }
}

impl Registers {
    /// Reads what isms.toml declares; a schema or a separator that cannot be used is a mistake of isms.toml.
    pub fn read(
        files: &dyn Files,
        config: Option<&Config>,
        tree: &Tree,
    ) -> (Self, Vec<Diagnostic>) {
        let mut registers = Self::default();
        let mut diagnostics = Vec::new();
        for (name, register) in config.into_iter().flat_map(|config| &config.registers) {
            let rules = RegisterRules::read(files, name, register, tree, &mut diagnostics);
            registers.declared.insert(name.clone(), rules);
        }
        (registers, diagnostics)
    }

    /// The rules of a register; the usual ones for one that is not declared.
    pub fn get(&self, register: &str) -> &RegisterRules {
        self.declared.get(register).unwrap_or(&self.undeclared)
    }

    /// The fields of the rows of registers, where they are known: a schema types them, or all rows stand under the
    /// header of one table.
    pub fn into_shapes(
        self,
        tables: &BTreeMap<Arc<str>, Vec<Box<str>>>,
    ) -> BTreeMap<Box<str>, Arc<Shape>> {
        let mut shapes: BTreeMap<Box<str>, Arc<Shape>> = BTreeMap::new();
        for (name, columns) in tables {
            let rules = self.get(name);
            let missing = rules.wanted().map(|(_, field)| field);
            let columns = columns.iter().map(|column| &**column);
            let shape = with_columns(rules.shape(), columns.chain(missing));
            shapes.insert((**name).into(), Arc::new(shape));
        }
        for (name, rules) in self.declared {
            if let Some(shape) = rules.schema.and_then(|schema| schema.shape) {
                shapes.entry(name).or_insert(shape);
            }
        }
        shapes
    }
}

/// The fields of rows that have these columns and no others; what the schema does not type is text. A column that is
/// wanted and not there is told at the header, and need not be told again wherever it is used.
fn with_columns<'c>(schema: Option<&Shape>, columns: impl Iterator<Item = &'c str>) -> Shape {
    let mut shape = schema.cloned().unwrap_or_default();
    for column in columns {
        if shape.field(column).is_none() {
            shape.fields.push(Field {
                name: column.to_owned(),
                ty: FieldType::Text(TextType::default()),
                doc: String::new(),
            });
        }
    }
    shape.open = false;
    shape
}

impl RegisterRules {
    fn read(
        files: &dyn Files,
        name: &str,
        register: &Register,
        tree: &Tree,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let base = child("/registers", name);
        let mut rules = Self {
            key: register.key.clone().unwrap_or_else(|| "id".into()),
            schema: None,
            dialect: dialect(register, &base, tree, diagnostics),
            named: register.fields(),
        };
        if let Some(path) = &register.schema {
            match OwnSchema::read(files, path) {
                Ok(schema) => rules.schema = Some(schema),
                Err(message) => {
                    let pointer = format!("{base}/schema");
                    let what = "one row";
                    diagnostics.push(own_schema::unusable(tree, &pointer, path, what, &message));
                    // Without its types every cell would be text.
                    rules.dialect = None;
                }
            }
        }
        rules
    }

    /// The fields of a row that the schema knows.
    pub fn shape(&self) -> Option<&Shape> {
        self.schema.as_ref()?.shape.as_deref()
    }

    /// The fields of a row that isms.toml names, with the keys that name them. What a closed schema lacks is a mistake
    /// of isms.toml, and not among them.
    pub fn wanted(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let may_be = |field: &str| {
            let shape = self.shape();
            shape.is_none_or(|shape| shape.open || shape.field(field).is_some())
        };
        let named = self.named.iter().map(|(what, field)| (*what, &**field));
        std::iter::once(("key", &*self.key))
            .chain(named)
            .filter(move |(_, field)| may_be(field))
    }

    /// What the cells of a column are read as.
    pub fn cell_type(&self, column: &str) -> CellType {
        let field = self.shape().and_then(|shape| shape.field(column));
        match field.map(|field| &field.ty) {
            Some(FieldType::Number) => CellType::Number,
            Some(FieldType::Boolean) => CellType::Boolean,
            _ => CellType::Text,
        }
    }

    /// The fields that isms.toml takes for dates.
    pub fn dates(&self) -> impl Iterator<Item = &str> {
        let is_date = |what: &str| !matches!(what, "key" | "owner");
        let dates = self.named.iter().filter(move |(what, _)| is_date(what));
        dates.map(|(_, field)| &**field)
    }

    /// What is no date where isms.toml takes it for one: such a row would never begin or end.
    pub fn date_mistakes(&self, source: &Arc<Source>, row: NodeRef<'_>) -> Vec<Diagnostic> {
        let named = self.named.iter();
        let values = named.filter_map(|(what, field)| match *what {
            "key" | "owner" => None,
            // What happened may have happened several times.
            "log" | "facts" => Some(days(row.get(field)?)),
            _ => Some(vec![row.get(field)?]),
        });
        let mistakes = values.flatten().filter_map(|value| {
            let error = value.text().parse::<Moment>().err()?;
            let location = Location::new(source, value.span());
            let found = Diagnostic::new(&catalogue::DATE_INVALID, location, error.message);
            Some(found.help(error.help))
        });
        mistakes.collect()
    }
}

/// The days of a date field: the value itself, or those of a log, which is a list of days or of entries with a `date`.
fn days(value: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    match value.kind() {
        NodeKind::List => value
            .items()
            .map(|item| item.get("date").unwrap_or(item))
            .collect(),
        _ => vec![value],
    }
}

/// How CSV is written, as far as it can be used.
fn dialect(
    register: &Register,
    base: &str,
    tree: &Tree,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Dialect> {
    let mut dialect = Dialect::default();
    let before = diagnostics.len();
    if let Some(separator) = &register.separator {
        match separator.as_bytes() {
            [byte] if *byte == b'\t' || is_separator(*byte) => dialect.separator = *byte,
            _ => {
                let message = format!("`{}` cannot separate cells", separator.escape_debug());
                let found = in_config(tree, &format!("{base}/separator"), message);
                diagnostics.push(found.help("write one sign, such as `,`, `;`, `|` or `\\t`"));
            }
        }
    }
    match register.decimal.as_deref() {
        None | Some(".") => {}
        Some(",") => dialect.decimal = b',',
        Some(other) => {
            let message = format!("`{}` is no decimal mark", other.escape_debug());
            let found = in_config(tree, &format!("{base}/decimal"), message);
            diagnostics.push(found.help("write `.` or `,`"));
        }
    }
    (diagnostics.len() == before).then_some(dialect)
}

/// A sign that no name, number or date is written with.
fn is_separator(byte: u8) -> bool {
    byte.is_ascii_punctuation() && !matches!(byte, b'"' | b'\'' | b'.' | b'-' | b'_' | b'+')
}
