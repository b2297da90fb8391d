//! The types of a record's fields, read from its JSON Schema: what expressions, field paths and
//! registers are checked against.
//!
//! The schemas are those schemars writes (draft 2020-12, `$defs`, local `$ref`) and those a
//! workspace writes for its own registers and `custom` fields, so nothing here may fail: what is
//! not understood is [`FieldType::Any`].

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

/// What a field holds when it is present. Every field may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    Boolean,
    Number,
    Text(TextType),
    /// A date or an RFC 3339 instant.
    Moment,
    /// A computed length of time; written durations (`4h`) are text.
    Duration,
    List(Box<FieldType>),
    Object(Arc<Shape>),
    /// Not known before the record is read.
    Any,
}

/// What is known of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextType {
    /// The only values allowed; empty when any text is.
    pub values: Vec<String>,
    /// The record kinds whose ids it names (`*`: any kind); empty when it is not a reference.
    pub refers: Vec<String>,
}

/// The fields of an object, in the order of its schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    pub fields: Vec<Field>,
    /// Fields not listed are allowed too (maps, `custom`, rows without a schema).
    pub open: bool,
}

/// One field of a [`Shape`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub ty: FieldType,
    /// The schema's description, empty when it has none.
    pub doc: String,
}

impl Shape {
    /// The field of that name, if the schema lists it.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl FieldType {
    /// The type at `pointer` (`""` or `#` for the root, `#/$defs/record`, `/$defs/record`) of a
    /// schema document. A pointer that leads nowhere gives [`FieldType::Any`].
    pub fn from_schema(document: &Value, pointer: &str) -> FieldType {
        Reader::new(document).at(pointer)
    }

    /// The type that `node`, a schema inside `document`, describes.
    pub fn from_node(document: &Value, node: &Value) -> FieldType {
        Reader::new(document).node(node)
    }
}

/// References followed inside one another: more is no schema a person wrote.
const DEEPEST: usize = 64;

/// Reads one schema document; remembers what each `$ref` gave.
struct Reader<'d> {
    document: &'d Value,
    /// References being resolved: one that meets itself is cut to `Any`.
    open: Vec<String>,
    known: BTreeMap<String, FieldType>,
}

impl<'d> Reader<'d> {
    fn new(document: &'d Value) -> Self {
        Self {
            document,
            open: Vec::new(),
            known: BTreeMap::new(),
        }
    }

    fn at(&mut self, pointer: &str) -> FieldType {
        let pointer = pointer.strip_prefix('#').unwrap_or(pointer);
        if let Some(known) = self.known.get(pointer) {
            return known.clone();
        }
        if self.open.len() == DEEPEST || self.open.iter().any(|open| open == pointer) {
            return FieldType::Any;
        }
        let Some(node) = self.document.pointer(pointer) else {
            return FieldType::Any;
        };
        self.open.push(pointer.to_owned());
        let ty = self.node(node);
        self.open.pop();
        self.known.insert(pointer.to_owned(), ty.clone());
        ty
    }

    fn node(&mut self, node: &Value) -> FieldType {
        let Value::Object(node) = node else {
            return FieldType::Any;
        };
        annotated(self.bare(node), node)
    }

    /// The type without the annotations that stand beside it.
    fn bare(&mut self, node: &Map<String, Value>) -> FieldType {
        if let Some(pointer) = node.get("$ref").and_then(Value::as_str) {
            return if pointer.starts_with('#') {
                self.at(pointer)
            } else {
                FieldType::Any
            };
        }
        if let Some(Value::Array(parts)) = node.get("allOf") {
            return self.all_of(node, parts);
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(Value::Array(parts)) = node.get(key)
                && !node.contains_key("properties")
            {
                return self.any_of(parts);
            }
        }
        if let Some(constant) = node.get("const") {
            return from_values(std::slice::from_ref(constant));
        }
        if let Some(Value::Array(values)) = node.get("enum") {
            return from_values(values);
        }
        self.by_type(node)
    }

    fn by_type(&mut self, node: &Map<String, Value>) -> FieldType {
        let names = match node.get("type") {
            Some(Value::String(name)) => vec![name.as_str()],
            Some(Value::Array(names)) => names
                .iter()
                .filter_map(Value::as_str)
                .filter(|name| *name != "null")
                .collect(),
            _ if node.contains_key("properties") => vec!["object"],
            _ if node.contains_key("items") => vec!["array"],
            _ if refers(node).is_some() => vec!["string"],
            _ => Vec::new(),
        };
        match names.as_slice() {
            ["boolean"] => FieldType::Boolean,
            ["number" | "integer"] | ["number", "integer"] | ["integer", "number"] => {
                FieldType::Number
            }
            ["string"] => from_format(node),
            // Kept as written: `2026`, `1.10` and `9.2` are spellings, not figures.
            [a, b] if scalar_pair(a, b) => FieldType::Text(TextType::default()),
            ["array"] => {
                let items = match node.get("items") {
                    Some(items) => self.node(items),
                    None => FieldType::Any,
                };
                FieldType::List(Box::new(items))
            }
            ["object"] => FieldType::Object(Arc::new(self.shape(node))),
            _ => FieldType::Any,
        }
    }

    fn shape(&mut self, node: &Map<String, Value>) -> Shape {
        let closed = |key| node.get(key) == Some(&Value::Bool(false));
        let fields = match node.get("properties") {
            Some(Value::Object(properties)) => properties
                .iter()
                .map(|(name, schema)| Field {
                    name: name.clone(),
                    ty: self.node(schema),
                    doc: description(schema).to_owned(),
                })
                .collect(),
            _ => Vec::new(),
        };
        Shape {
            fields,
            open: !closed("additionalProperties") && !closed("unevaluatedProperties"),
        }
    }

    /// `allOf`: one part is that part; objects are merged; anything else is not known.
    fn all_of(&mut self, node: &Map<String, Value>, parts: &[Value]) -> FieldType {
        let own = node.contains_key("properties");
        if let ([part], false) = (parts, own) {
            return self.node(part);
        }
        let mut merged = Shape {
            fields: Vec::new(),
            open: true,
        };
        let mut shapes: Vec<Arc<Shape>> = Vec::new();
        if own {
            shapes.push(Arc::new(self.shape(node)));
        }
        for part in parts {
            match self.node(part) {
                FieldType::Object(shape) => shapes.push(shape),
                // A condition (`if`, `required`) says nothing about types.
                FieldType::Any => {}
                _ => return FieldType::Any,
            }
        }
        if shapes.is_empty() {
            return FieldType::Any;
        }
        for shape in shapes {
            merged.open &= shape.open;
            for field in &shape.fields {
                if merged.field(&field.name).is_none() {
                    merged.fields.push(field.clone());
                }
            }
        }
        FieldType::Object(Arc::new(merged))
    }

    fn any_of(&mut self, parts: &[Value]) -> FieldType {
        let mut types = Vec::new();
        for part in parts {
            let null = part.get("type").and_then(Value::as_str) == Some("null");
            let null_constant = part.get("const").is_some_and(Value::is_null);
            if !null && !null_constant {
                types.push(self.node(part));
            }
        }
        types.into_iter().reduce(union).unwrap_or(FieldType::Any)
    }
}

/// The type that holds what either holds.
fn union(a: FieldType, b: FieldType) -> FieldType {
    match (a, b) {
        (a, b) if a == b => a,
        (FieldType::Text(a), FieldType::Text(b)) => FieldType::Text(union_of_texts(a, b)),
        (FieldType::Text(_), FieldType::Number) | (FieldType::Number, FieldType::Text(_)) => {
            FieldType::Text(TextType::default())
        }
        _ => FieldType::Any,
    }
}

fn union_of_texts(mut a: TextType, b: TextType) -> TextType {
    // One alternative without a list allows any text.
    let both = |x: &[String], y: &[String]| !x.is_empty() && !y.is_empty();
    if both(&a.values, &b.values) {
        a.values.extend(b.values);
        a.values = distinct(a.values);
    } else {
        a.values.clear();
    }
    if both(&a.refers, &b.refers) {
        a.refers.extend(b.refers);
        a.refers = distinct(a.refers);
    } else {
        a.refers.clear();
    }
    a
}

fn distinct(values: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(values.len());
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

fn scalar_pair(a: &str, b: &str) -> bool {
    let number = |name: &str| matches!(name, "number" | "integer");
    (a == "string" && number(b)) || (number(a) && b == "string")
}

fn from_format(node: &Map<String, Value>) -> FieldType {
    match node.get("format").and_then(Value::as_str) {
        Some("date" | "date-time" | "isms-moment") => FieldType::Moment,
        _ => FieldType::Text(TextType::default()),
    }
}

/// The type of an `enum` or `const`; null among the values only says the field may be absent.
fn from_values(values: &[Value]) -> FieldType {
    let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
    if values.is_empty() {
        return FieldType::Any;
    }
    if values.iter().all(|value| value.is_boolean()) {
        return FieldType::Boolean;
    }
    if values.iter().all(|value| value.is_number()) {
        return FieldType::Number;
    }
    let texts: Vec<String> = values
        .iter()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect();
    if texts.len() == values.len() {
        FieldType::Text(TextType {
            values: distinct(texts),
            refers: Vec::new(),
        })
    } else {
        FieldType::Any
    }
}

/// Applies `x-isms-ref` and `x-isms-person`, which may stand at a text, beside a `$ref` to one, or
/// at a list of them.
fn annotated(ty: FieldType, node: &Map<String, Value>) -> FieldType {
    let Some(kinds) = refers(node) else {
        return ty;
    };
    match ty {
        FieldType::Text(text) => FieldType::Text(TextType {
            refers: kinds,
            ..text
        }),
        FieldType::List(items) => match *items {
            FieldType::Text(text) => FieldType::List(Box::new(FieldType::Text(TextType {
                refers: kinds,
                ..text
            }))),
            other => FieldType::List(Box::new(other)),
        },
        other => other,
    }
}

fn refers(node: &Map<String, Value>) -> Option<Vec<String>> {
    if node.get("x-isms-person") == Some(&Value::Bool(true)) {
        return Some(vec!["person".to_owned()]);
    }
    match node.get("x-isms-ref")? {
        Value::String(kind) => Some(vec![kind.clone()]),
        Value::Array(kinds) => Some(
            kinds
                .iter()
                .filter_map(|kind| kind.as_str().map(str::to_owned))
                .collect(),
        ),
        _ => None,
    }
}

fn description(schema: &Value) -> &str {
    schema
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
