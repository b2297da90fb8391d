//! What the fields of a record hold, as far as two spellings of it have to be told from two meanings: read from the
//! JSON Schemas, with the formats (`isms-duration`, `isms-target` …) that name how a text is read.

use crate::records::field::{FieldType, Shape};
use crate::records::{Config, Kind};
use serde_json::{Map, Value};
use std::sync::OnceLock;

/// What a value holds, by the JSON type it has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// How a single text or number is read.
    pub scalar: Scalar,
    /// What the entries of a list hold.
    pub entry: Option<Box<Form>>,
    /// Whether one entry may stand without its list.
    pub lone: Lone,
    /// What the fields of a mapping hold, in the order of the schema.
    pub fields: Vec<(Box<str>, Form)>,
    /// What the other fields of a mapping hold.
    pub others: Option<Box<Form>>,
}

/// How a text or number is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scalar {
    /// By the type it has in YAML.
    #[default]
    Plain,
    /// As written: `2026` and `"2026"` are the same.
    Text,
    /// A day or an instant.
    Moment,
    /// A length of time.
    Duration,
    /// A stretch of the calendar.
    Span,
    /// A number with or without a unit.
    Quantity,
    /// A target of a KPI.
    Target,
    /// The unit of a KPI.
    Unit,
    /// A period.
    Period,
    /// The condition of an alert.
    Alert,
}

/// Whether one entry may stand without its list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Lone {
    /// No.
    #[default]
    No,
    /// A text for a list of one text.
    Bare,
    /// A text for a list of one mapping that has this field only.
    Under(Box<str>),
}

/// A value that nothing is known about.
pub static ANY: Form = Form {
    scalar: Scalar::Plain,
    entry: None,
    lone: Lone::No,
    fields: Vec::new(),
    others: None,
};

impl Form {
    /// The records of a kind.
    pub fn of_kind(kind: Kind) -> &'static Form {
        static FORMS: OnceLock<Vec<OnceLock<Form>>> = OnceLock::new();
        let forms = FORMS.get_or_init(|| Kind::ALL.iter().map(|_| OnceLock::new()).collect());
        forms[kind as usize].get_or_init(|| {
            let schema = serde_json::from_str(kind.row().schema).unwrap_or_default();
            Reader::new(&schema).at("/$defs/record")
        })
    }

    /// isms.toml.
    pub fn of_config() -> &'static Form {
        static FORM: OnceLock<Form> = OnceLock::new();
        FORM.get_or_init(|| {
            let schema = crate::records::schema::generate_single::<Config>("isms.toml");
            Reader::new(&schema).node(&schema)
        })
    }

    /// The rows of a register that a schema of the workspace types.
    pub fn of_shape(shape: &Shape) -> Form {
        let fields = shape.fields.iter();
        Form {
            fields: fields
                .map(|field| (field.name.as_str().into(), Form::of_type(&field.ty)))
                .collect(),
            ..Form::default()
        }
    }

    fn of_type(ty: &FieldType) -> Form {
        let scalar = |scalar| Form {
            scalar,
            ..Form::default()
        };
        match ty {
            FieldType::Text(_) => scalar(Scalar::Text),
            FieldType::Moment => scalar(Scalar::Moment),
            FieldType::List(entry) => Form {
                entry: Some(Box::new(Form::of_type(entry))),
                ..Form::default()
            },
            FieldType::Object(shape) => Form::of_shape(shape),
            FieldType::Boolean | FieldType::Number | FieldType::Duration | FieldType::Any => {
                Form::default()
            }
        }
    }

    /// What a field of a mapping holds.
    pub fn field(&self, name: &str) -> &Form {
        let known = self.fields.iter().find(|(known, _)| **known == *name);
        match (known, &self.others) {
            (Some((_, form)), _) => form,
            (None, Some(others)) => others,
            (None, None) => &ANY,
        }
    }

    /// What the entries of a list hold.
    pub fn entry(&self) -> &Form {
        self.entry.as_deref().unwrap_or(&ANY)
    }

    /// Both together: what either says about a JSON type.
    fn or(mut self, other: Form) -> Form {
        if self.scalar == Scalar::Plain {
            self.scalar = other.scalar;
        }
        self.entry = self.entry.or(other.entry);
        if self.lone == Lone::No {
            self.lone = other.lone;
        }
        if self.fields.is_empty() {
            self.fields = other.fields;
        }
        self.others = self.others.or(other.others);
        self
    }
}

/// References followed inside one another; no schema of ours has as many.
const DEEPEST: usize = 16;

/// Reads a schema as our own types write it.
struct Reader<'s> {
    document: &'s Value,
    depth: usize,
}

impl<'s> Reader<'s> {
    fn new(document: &'s Value) -> Self {
        Self { document, depth: 0 }
    }

    fn at(&mut self, pointer: &str) -> Form {
        let Some(node) = self.document.pointer(pointer) else {
            return Form::default();
        };
        if self.depth == DEEPEST {
            return Form::default();
        }
        self.depth += 1;
        let form = self.node(node);
        self.depth -= 1;
        form
    }

    fn node(&mut self, node: &Value) -> Form {
        let Some(node) = node.as_object() else {
            return Form::default();
        };
        if let Some(pointer) = node.get("$ref").and_then(Value::as_str) {
            return self.at(pointer.trim_start_matches('#'));
        }
        let branches = ["anyOf", "oneOf"].into_iter().find_map(|key| node.get(key));
        if let Some(branches) = branches.and_then(Value::as_array) {
            return self.any_of(branches);
        }
        let (is_text, is_list) = (has_type(node, "string"), has_type(node, "array"));
        let mut form = Form {
            scalar: match is_text || node.contains_key("enum") || node.contains_key("const") {
                true => scalar(node),
                false => Scalar::Plain,
            },
            ..Form::default()
        };
        if let Some(entry) = node.get("items") {
            form.entry = Some(Box::new(self.node(entry)));
        }
        if is_text && is_list {
            form.lone = Lone::Bare;
        }
        if let Some(fields) = node.get("properties").and_then(Value::as_object) {
            let fields = fields.iter();
            form.fields = fields
                .map(|(name, schema)| (name.as_str().into(), self.node(schema)))
                .collect();
        }
        match node.get("additionalProperties") {
            Some(schema @ Value::Object(_)) => form.others = Some(Box::new(self.node(schema))),
            _ => form.others = None,
        }
        form
    }

    fn any_of(&mut self, branches: &[Value]) -> Form {
        let forms: Vec<Form> = branches.iter().map(|branch| self.node(branch)).collect();
        let lists = branches.iter().zip(&forms);
        let lone = lists
            .filter(|(branch, _)| has_type_of(branch, "array"))
            .find_map(|(branch, form)| Some((self.only_field(branch.get("items")?)?, form)))
            .map(|(field, _)| Lone::Under(field));
        let mut form = forms.into_iter().fold(Form::default(), Form::or);
        if let Some(lone) = lone {
            form.lone = lone;
        }
        form
    }

    /// The one field that a mapping must have, where it is the only one.
    fn only_field(&self, entry: &Value) -> Option<Box<str>> {
        let entry = match entry.get("$ref").and_then(Value::as_str) {
            Some(pointer) => self.document.pointer(pointer.trim_start_matches('#'))?,
            None => entry,
        };
        match entry.get("required")?.as_array()?.as_slice() {
            [one] => one.as_str().map(Into::into),
            _ => None,
        }
    }
}

fn has_type_of(node: &Value, name: &str) -> bool {
    node.as_object().is_some_and(|node| has_type(node, name))
}

fn has_type(node: &Map<String, Value>, name: &str) -> bool {
    match node.get("type") {
        Some(Value::String(one)) => one == name,
        Some(Value::Array(several)) => several.iter().any(|one| one == name),
        _ => false,
    }
}

fn scalar(node: &Map<String, Value>) -> Scalar {
    match node.get("format").and_then(Value::as_str) {
        Some("date" | "date-time" | "isms-moment") => Scalar::Moment,
        Some("isms-duration") => Scalar::Duration,
        Some("isms-span") => Scalar::Span,
        Some("isms-quantity") => Scalar::Quantity,
        Some("isms-target") => Scalar::Target,
        Some("isms-unit") => Scalar::Unit,
        Some("isms-period") => Scalar::Period,
        Some("isms-alert") => Scalar::Alert,
        _ => Scalar::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'f>(form: &'f Form, path: &str) -> &'f Form {
        path.split('.')
            .fold(form, |form, name| match name.strip_suffix("[]") {
                Some(name) => form.field(name).entry(),
                None => form.field(name),
            })
    }

    #[test]
    fn the_schemas_say_how_texts_are_read() {
        let cases = [
            (Kind::Risk, "identified", Scalar::Moment),
            (Kind::Risk, "assessments[].date", Scalar::Moment),
            (Kind::Risk, "assessments[].likelihood", Scalar::Plain),
            (Kind::Risk, "review.every", Scalar::Span),
            (Kind::Risk, "treatment.option", Scalar::Text),
            (Kind::Kpi, "grace", Scalar::Duration),
            (Kind::Kpi, "target", Scalar::Target),
            (Kind::Kpi, "target[].target", Scalar::Target),
            (Kind::Kpi, "near", Scalar::Target),
            (Kind::Kpi, "unit", Scalar::Unit),
            (Kind::Kpi, "cadence", Scalar::Text),
            (Kind::Kpi, "cadence.every", Scalar::Span),
            (Kind::Kpi, "measure.where", Scalar::Text),
            (Kind::Kpi, "measure.empty", Scalar::Plain),
            (Kind::Result, "value", Scalar::Quantity),
            (Kind::Result, "period", Scalar::Period),
            (Kind::Activity, "alert.when", Scalar::Alert),
            (Kind::Incident, "detected", Scalar::Moment),
            (Kind::Policy, "version", Scalar::Text),
            (Kind::Control, "frameworks.iso27001[]", Scalar::Text),
            (Kind::Control, "public", Scalar::Plain),
        ];
        for (kind, path, scalar) in cases {
            assert_eq!(
                at(Form::of_kind(kind), path).scalar,
                scalar,
                "{kind} {path}"
            );
        }
    }

    #[test]
    fn one_entry_may_stand_without_its_list_where_the_schema_says_so() {
        let form = Form::of_kind(Kind::Kpi).field("target");
        assert_eq!(form.lone, Lone::Under("target".into()));
        let form = Form::of_kind(Kind::Result).field("exceptions");
        assert_eq!(form.lone, Lone::Bare);
        let form = Form::of_kind(Kind::Risk).field("assessments");
        assert_eq!(form.lone, Lone::No);
        // A cadence is a word or a mapping, never a list.
        assert_eq!(Form::of_kind(Kind::Kpi).field("cadence").lone, Lone::No);
    }

    #[test]
    fn every_format_of_a_text_is_known() {
        for kind in Kind::ALL {
            let schema = kind.row().schema;
            for (at, _) in schema.match_indices("\"format\": \"isms-") {
                let rest = &schema[at + "\"format\": \"".len()..];
                let format = &rest[..rest.find('"').unwrap()];
                let node = serde_json::json!({ "format": format });
                let read = scalar(node.as_object().unwrap());
                assert_ne!(read, Scalar::Text, "{kind}: {format}");
            }
        }
    }

    #[test]
    fn isms_toml_has_a_form_as_well() {
        let form = Form::of_config();
        assert_eq!(at(form, "isms.due_soon").scalar, Scalar::Duration);
        assert_eq!(at(form, "people.chief.roles[].from").scalar, Scalar::Moment);
        assert_eq!(at(form, "risk.bands[].max").scalar, Scalar::Plain);
    }
}
