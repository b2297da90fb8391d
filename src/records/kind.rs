//! The table of kinds: one row says everything that differs between them.

use super::action::Action;
use super::activity::Activity;
use super::audit::Audit;
use super::context::Context;
use super::control::Control;
use super::field::{FieldType, Shape};
use super::finding::Finding;
use super::incident::Incident;
use super::kpi::Kpi;
use super::objective::Objective;
use super::policy::Policy;
use super::record::Common;
use super::result::Result as Outcome;
use super::review::Review;
use super::risk::Risk;
use crate::text::{NodeRef, TypeError, deserialize};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A date, or something with a date, that says what happened; the rest of a record's dates are plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Field, dotted; `[]` after a list.
    pub field: &'static str,
    /// Date within the field's value that says when it happened; empty: the field itself is the date.
    pub date: &'static str,
}

/// What differs between kinds.
#[derive(Debug)]
pub struct KindRow {
    /// Name in text, JSON and schemas.
    pub name: &'static str,
    /// Name of several, also the folder and the name in `over:`.
    pub plural: &'static str,
    /// Date before which a record does not exist; empty: it always does.
    pub birth: &'static str,
    /// Dates of what happened after the birth (product page, "As of a day").
    pub facts: &'static [Fact],
    /// Lists of records that may be younger than the one that names them (`[]` after a list): before their birth it
    /// cannot have named them.
    pub successors: &'static [&'static str],
    /// Date from which a state KPI counts it.
    pub opened: &'static str,
    /// Dates that end it. `until` is the last day on which a definition is in force, so that it counts on that day;
    /// facts (`closed`, `completed`, `cancelled.on`, `resolved`, `performed`, `held`) are days on which it was over
    /// (see [`is_last_day`]).
    pub closed: &'static [&'static str],
    /// JSON Schema of one record or a list of records.
    pub schema: &'static str,
}

/// Whether the date at a path is the last day on which something holds, as `until` is everywhere; all other ends are
/// days on which it was over.
pub fn is_last_day(path: &str) -> bool {
    path.rsplit('.').next() == Some("until")
}

const fn on(field: &'static str) -> Fact {
    Fact { field, date: "" }
}

const fn dated(field: &'static str, date: &'static str) -> Fact {
    Fact { field, date }
}

macro_rules! kinds {
    ($($variant:ident($record:ty) = $row:expr;)*) => {
        /// A kind of record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = concat!("See [`", stringify!($record), "`].")] $variant,)*
        }

        impl Kind {
            /// All kinds, in the order of the product page.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),*];

            /// What is particular to this kind.
            pub fn row(self) -> &'static KindRow {
                match self {
                    $(Kind::$variant => {
                        static ROW: KindRow = $row;
                        &ROW
                    })*
                }
            }
        }

        /// A typed record.
        #[derive(Debug, Clone)]
        pub enum Record {
            $(#[doc = concat!("See [`", stringify!($record), "`].")] $variant(Box<$record>),)*
        }

        impl Record {
            /// Reads a node as a record of a kind.
            ///
            /// # Errors
            /// The first value that does not fit, with its place.
            pub fn read(kind: Kind, node: NodeRef<'_>) -> Result<Self, TypeError> {
                Ok(match kind {
                    $(Kind::$variant => Record::$variant(Box::new(deserialize(node)?)),)*
                })
            }

            /// Its kind.
            pub fn kind(&self) -> Kind {
                match self {
                    $(Record::$variant(_) => Kind::$variant,)*
                }
            }

            /// The fields all kinds share.
            pub fn common(&self) -> &dyn Common {
                match self {
                    $(Record::$variant(record) => record.as_ref(),)*
                }
            }
        }

        $(impl<'a> TryFrom<&'a Record> for &'a $record {
            type Error = ();

            fn try_from(record: &'a Record) -> Result<Self, ()> {
                match record {
                    Record::$variant(record) => Ok(record),
                    _ => Err(()),
                }
            }
        })*

        /// The schema of every kind, generated from its type.
        pub fn generate_schemas() -> Vec<(Kind, serde_json::Value)> {
            vec![$((Kind::$variant, super::schema::generate::<$record>(Kind::$variant.name()))),*]
        }
    };
}

kinds! {
    Policy(Policy) = KindRow {
        name: "policy", plural: "policies", birth: "",
        facts: &[dated("review_log[]", "date")],
        successors: &[],
        opened: "effective", closed: &["until"],
        schema: include_str!("../../schemas/policy.schema.json"),
    };
    Control(Control) = KindRow {
        name: "control", plural: "controls", birth: "",
        facts: &[dated("review_log[]", "date")],
        successors: &[],
        opened: "", closed: &["until"],
        schema: include_str!("../../schemas/control.schema.json"),
    };
    Objective(Objective) = KindRow {
        name: "objective", plural: "objectives", birth: "",
        facts: &[],
        successors: &[],
        opened: "", closed: &["until"],
        schema: include_str!("../../schemas/objective.schema.json"),
    };
    Context(Context) = KindRow {
        name: "context", plural: "context", birth: "date",
        facts: &[],
        successors: &["actions[]"],
        opened: "date", closed: &["until"],
        schema: include_str!("../../schemas/context.schema.json"),
    };
    Kpi(Kpi) = KindRow {
        name: "kpi", plural: "kpis", birth: "",
        facts: &[dated("deviations[]", "on")],
        successors: &[],
        opened: "since", closed: &["until"],
        schema: include_str!("../../schemas/kpi.schema.json"),
    };
    Activity(Activity) = KindRow {
        name: "activity", plural: "activities", birth: "",
        facts: &[],
        successors: &[],
        opened: "since", closed: &["until"],
        schema: include_str!("../../schemas/activity.schema.json"),
    };
    Result(Outcome) = KindRow {
        name: "result", plural: "results", birth: "date",
        facts: &[dated("handled", "on"), dated("distributed", "on")],
        successors: &["findings[]"],
        opened: "date", closed: &[],
        schema: include_str!("../../schemas/result.schema.json"),
    };
    Incident(Incident) = KindRow {
        name: "incident", plural: "incidents", birth: "detected",
        facts: &[
            on("occurred"), on("responded"), on("contained"), on("resolved"), on("notification.aware"),
            dated("notification.sent[]", "at"), dated("lessons.document", "date"), dated("lessons.analyse", "date"),
            dated("lessons.identify", "date"), dated("lessons.implement", "date"), dated("lessons.verify", "date"),
        ],
        successors: &[],
        opened: "detected", closed: &["resolved"],
        schema: include_str!("../../schemas/incident.schema.json"),
    };
    Audit(Audit) = KindRow {
        name: "audit", plural: "audits", birth: "",
        facts: &[
            on("performed"), dated("reported", "on"), dated("lessons.document", "date"), dated("lessons.analyse", "date"),
            dated("lessons.identify", "date"), dated("lessons.implement", "date"), dated("lessons.verify", "date"),
        ],
        successors: &["findings[]"],
        opened: "planned", closed: &["performed"],
        schema: include_str!("../../schemas/audit.schema.json"),
    };
    Finding(Finding) = KindRow {
        name: "finding", plural: "findings", birth: "raised",
        facts: &[on("closed"), dated("similar", "on"), dated("root_cause", "date"), dated("disposition", "on")],
        successors: &["actions[]"],
        opened: "raised", closed: &["closed"],
        schema: include_str!("../../schemas/finding.schema.json"),
    };
    Action(Action) = KindRow {
        name: "action", plural: "actions", birth: "opened",
        facts: &[
            on("completed"), dated("progress[]", "date"), dated("extensions[]", "on"), dated("verification", "on"),
            dated("cancelled", "on"),
        ],
        successors: &[],
        opened: "opened", closed: &["completed", "cancelled.on"],
        schema: include_str!("../../schemas/action.schema.json"),
    };
    Risk(Risk) = KindRow {
        name: "risk", plural: "risks", birth: "identified",
        facts: &[
            on("closed"), dated("assessments[]", "date"), dated("review_log[]", "date"), dated("acceptance.by[]", "on"),
        ],
        successors: &["treatment.actions[]"],
        opened: "identified", closed: &["closed"],
        schema: include_str!("../../schemas/risk.schema.json"),
    };
    Review(Review) = KindRow {
        name: "review", plural: "reviews", birth: "",
        facts: &[on("held"), dated("distributed", "on"), dated("signed_off", "on")],
        successors: &[],
        opened: "planned", closed: &["held"],
        schema: include_str!("../../schemas/review.schema.json"),
    };
}

impl Kind {
    /// Name in text, JSON and schemas.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Name of several; also the folder and the name in `over:`.
    pub fn plural(self) -> &'static str {
        self.row().plural
    }

    /// The fields of a record and their types, read from its schema.
    pub fn shape(self) -> &'static Arc<Shape> {
        static SHAPES: OnceLock<Vec<OnceLock<Arc<Shape>>>> = OnceLock::new();
        let shapes = SHAPES.get_or_init(|| Self::ALL.iter().map(|_| OnceLock::new()).collect());
        shapes[self as usize].get_or_init(|| {
            let schema = serde_json::from_str(self.row().schema).unwrap_or_default();
            match FieldType::from_schema(&schema, "#/$defs/record") {
                FieldType::Object(shape) => shape,
                _ => Arc::default(),
            }
        })
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The kind of this plural.
    pub fn from_plural(plural: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.plural() == plural)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::field::FieldType;

    /// Lists of references to kinds that are born on a day, as the schema has them.
    fn lists(shape: &Shape, within: &str, found: &mut Vec<String>) {
        let is_born =
            |name: &String| Kind::from_name(name).is_some_and(|kind| !kind.row().birth.is_empty());
        for field in &shape.fields {
            let path = format!("{within}{}", field.name);
            match &field.ty {
                FieldType::Object(inner) => lists(inner, &format!("{path}."), found),
                FieldType::List(item) => match &**item {
                    FieldType::Text(text)
                        if !text.refers.is_empty() && text.refers.iter().all(is_born) =>
                    {
                        found.push(format!("{path}[]"));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    #[test]
    fn the_table_knows_every_list_of_records_that_may_be_younger() {
        for kind in Kind::ALL {
            let mut found = Vec::new();
            lists(kind.shape(), "", &mut found);
            assert_eq!(found, kind.row().successors, "{kind}");
        }
    }
}
