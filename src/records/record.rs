//! What all records have in common, and the macro that gives every kind those fields.

use super::shared::{Evidence, Ignore};

/// The fields every record has.
pub trait Common {
    /// Id as written; absent only for results that leave it to be derived.
    fn id(&self) -> Option<&str>;
    /// Title, where there is one.
    fn title(&self) -> Option<&str>;
    /// Person or role responsible.
    fn owner(&self) -> Option<&str>;
    /// Free labels.
    fn tags(&self) -> &[Box<str>];
    /// Files and addresses that support the record.
    fn evidence(&self) -> &[Evidence];
    /// Rules silenced for this record.
    fn ignores(&self) -> &[Ignore];
}

/// Declares a kind of record: its own fields after the common ones.
///
/// `required` kinds must have id, title and owner; `optional` ones may leave them out.
macro_rules! record {
    (@struct [$($meta:tt)*] $name:ident [$($head:tt)*] [$($body:tt)*]) => {
        $($meta)*
        #[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($head)*
            /// What it is about, in a few sentences.
            pub description: Option<Box<str>>,
            $($body)*
            /// Free labels, usable in KPI expressions.
            #[serde(default)]
            pub tags: Vec<Box<str>>,
            /// Remarks for people; never evaluated.
            pub notes: Option<Box<str>>,
            /// Files and addresses that support this record.
            #[serde(default)]
            pub evidence: Vec<crate::records::shared::Evidence>,
            /// Fields of your own.
            pub custom: Option<crate::records::shared::Custom>,
            /// Rules silenced for this record, each with a reason and an end.
            #[serde(default)]
            pub ignore: Vec<crate::records::shared::Ignore>,
        }
    };
    (@common $name:ident, $record:ident, $id:expr, $title:expr, $owner:expr) => {
        impl crate::records::record::Common for $name {
            fn id(&self) -> Option<&str> {
                let $record = self;
                $id
            }
            fn title(&self) -> Option<&str> {
                let $record = self;
                $title
            }
            fn owner(&self) -> Option<&str> {
                let $record = self;
                $owner
            }
            fn tags(&self) -> &[Box<str>] {
                &self.tags
            }
            fn evidence(&self) -> &[crate::records::shared::Evidence] {
                &self.evidence
            }
            fn ignores(&self) -> &[crate::records::shared::Ignore] {
                &self.ignore
            }
        }
    };
    (required, $(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        record!(@struct [$(#[$meta])*] $name [
            /// Unique in the workspace.
            pub id: crate::records::id::Id,
            /// What people call it.
            #[serde(deserialize_with = "crate::records::strict::text")]
            #[schemars(length(min = 1))]
            pub title: Box<str>,
            /// Person or role responsible.
            pub owner: crate::records::id::Who,
        ] [$($body)*]);
        record!(@common $name, it, Some(&it.id), Some(&it.title), Some(&it.owner));
    };
    (optional, $(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        record!(@struct [$(#[$meta])*] $name [
            /// Unique in the workspace; derived from subject, period and date when it is left out.
            pub id: Option<crate::records::id::Id>,
            /// What people call it.
            pub title: Option<Box<str>>,
            /// Person or role responsible.
            pub owner: Option<crate::records::id::Who>,
        ] [$($body)*]);
        record!(@common $name, it, it.id.as_deref(), it.title.as_deref(), it.owner.as_deref());
    };
}

pub(crate) use record;
