//! The types of `r`: the fields an expression may use of the records of a collection. They come from the
//! JSON Schema of the kind; what only isms.toml knows (severities, types of reviews and audits, bands of
//! risk) is filled in.

use crate::records::config::Register;
use crate::records::field::{Field, FieldType, Shape, TextType};
use crate::records::{Config, Kind};
use crate::workspace::{Collection, Snapshot};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The shapes of all collections of a workspace.
#[derive(Debug)]
pub struct Shapes {
    kinds: BTreeMap<Kind, Arc<Shape>>,
    registers: BTreeMap<Box<str>, Arc<Shape>>,
    rows: Arc<Shape>,
}

impl Shapes {
    /// The shapes of a workspace, with those of the registers and of `custom` that a schema types.
    pub fn of_snapshot(snapshot: &Snapshot) -> Self {
        let names = snapshot.registers().into_iter();
        let typed = names.filter_map(|name| {
            let shape = snapshot.register_shape(name)?;
            let declared = snapshot.config().registers.get(name);
            Some((name.into(), Arc::new(with_dates(shape, declared))))
        });
        let mut shapes = Self::of(snapshot.config());
        shapes.registers = typed.collect();
        for (kind, shape) in &mut shapes.kinds {
            if let Some(custom) = snapshot.custom_shape(*kind) {
                let custom = FieldType::Object(Arc::clone(custom));
                retype(Arc::make_mut(shape), "custom", custom);
            }
        }
        shapes
    }

    /// The shapes under a configuration; rows of registers may have any field.
    pub fn of(config: &Config) -> Self {
        let kinds = by_schema()
            .iter()
            .map(|(kind, shape)| (*kind, Arc::new(configured(*kind, shape, config))));
        Self {
            kinds: kinds.collect(),
            registers: BTreeMap::new(),
            rows: Arc::new(Shape {
                fields: Vec::new(),
                open: true,
            }),
        }
    }

    /// The fields of a record of a collection. Rows of a register without a schema may have any field.
    pub fn collection(&self, collection: &Collection) -> &Arc<Shape> {
        let known = match collection {
            Collection::Kind(kind) => self.kinds.get(kind),
            Collection::Register(name) => self.registers.get(&**name),
        };
        known.unwrap_or(&self.rows)
    }
}

/// The type of a field by its dotted path; `None` when the shape has no such field.
pub fn path_type(shape: &Shape, path: &str) -> Option<FieldType> {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let ty = match shape.field(name) {
        Some(field) => field.ty.clone(),
        None if shape.open => FieldType::Any,
        None => return None,
    };
    match (rest, ty) {
        (None, ty) => Some(ty),
        (Some(rest), FieldType::Object(inner)) => path_type(&inner, rest),
        (Some(_), FieldType::Any) => Some(FieldType::Any),
        (Some(_), _) => None,
    }
}

/// Paths of the date fields of a shape, for suggestions.
pub fn date_paths(shape: &Shape) -> Vec<String> {
    let mut paths = Vec::new();
    for field in &shape.fields {
        match &field.ty {
            FieldType::Moment => paths.push(field.name.clone()),
            FieldType::Object(inner) => {
                let inner = date_paths(inner).into_iter();
                paths.extend(inner.map(|path| format!("{}.{path}", field.name)));
            }
            _ => {}
        }
    }
    paths
}

/// The shapes as the embedded schemas say, read once.
fn by_schema() -> &'static BTreeMap<Kind, Shape> {
    static SHAPES: OnceLock<BTreeMap<Kind, Shape>> = OnceLock::new();
    SHAPES.get_or_init(|| {
        let shape = |kind: &Kind| {
            // A test compares the schemas with the types, so they are JSON; if not, any field goes.
            let document = serde_json::from_str(kind.row().schema).unwrap_or_default();
            let open = Shape {
                fields: Vec::new(),
                open: true,
            };
            let shape = match FieldType::from_schema(&document, "#/$defs/record") {
                FieldType::Object(shape) => Shape::clone(&shape),
                _ => open,
            };
            (*kind, shape)
        };
        Kind::ALL.iter().map(shape).collect()
    })
}

fn configured(kind: Kind, shape: &Shape, config: &Config) -> Shape {
    let mut shape = shape.clone();
    // An id compared with one that does not exist would count to a comfortable 0.
    let own = TextType {
        values: Vec::new(),
        refers: vec![kind.name().to_owned()],
    };
    retype(&mut shape, "id", FieldType::Text(own));
    match kind {
        Kind::Incident => limit(&mut shape, "severity", &config.incident.severities),
        Kind::Review => limit(&mut shape, "type", config.reviews.keys()),
        Kind::Audit => limit(&mut shape, "type", config.audits.keys()),
        Kind::Risk => {
            let bands = config.risk.bands.iter().map(|band| &band.name);
            let computed = [
                (
                    "score",
                    FieldType::Number,
                    "Score of the current assessment.",
                ),
                ("band", texts(bands), "Band of the score."),
            ];
            for (name, ty, doc) in computed {
                let doc = doc.to_owned();
                let name = name.to_owned();
                shape.fields.push(Field { name, ty, doc });
            }
        }
        // Figures keep their spelling in the record (`93%`), and compute as numbers or durations.
        Kind::Result => retype(&mut shape, "value", FieldType::Any),
        _ => {}
    }
    shape
}

/// The shape of a register's rows; the columns that isms.toml declares as dates are dates, even where the schema
/// only says that they are text.
fn with_dates(shape: &Shape, declared: Option<&Register>) -> Shape {
    let mut shape = shape.clone();
    let columns = declared.into_iter().flat_map(|register| {
        let ends = register.opened.iter().chain(&register.closed);
        let review = register.review.iter();
        let review = review.flat_map(|review| review.or_by.iter().chain(&review.log));
        ends.chain(&register.facts).chain(review)
    });
    for column in columns {
        if matches!(path_type(&shape, column), Some(FieldType::Text(_))) {
            retype(&mut shape, column, FieldType::Moment);
        }
    }
    shape
}

fn limit<'c>(shape: &mut Shape, field: &str, names: impl IntoIterator<Item = &'c Box<str>>) {
    retype(shape, field, texts(names));
}

fn retype(shape: &mut Shape, name: &str, ty: FieldType) {
    if let Some(field) = shape.fields.iter_mut().find(|field| field.name == name) {
        field.ty = ty;
    }
}

fn texts<'c>(names: impl IntoIterator<Item = &'c Box<str>>) -> FieldType {
    FieldType::Text(TextType {
        values: names.into_iter().map(|name| name.to_string()).collect(),
        refers: Vec::new(),
    })
}
