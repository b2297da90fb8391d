//! What a pack says about how it was made, so that it can be made again.

use super::super::since::Spec;
use super::Order;
use crate::records::Day;
use crate::report::pack::Choice;
use crate::text::{Checksum, Checksums};
use crate::workspace::Standing;
use crate::workspace::git::CommitId;
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeMap;

/// How a pack was made.
pub struct Recorded {
    /// The day it looks at.
    pub as_of: NaiveDate,
    /// Version of the tool that made it.
    pub version: String,
    /// The commit whose records it shows, in full.
    pub revision: Option<String>,
    /// The commit since which records were changed on disk.
    pub changed_since: Option<String>,
    /// The templates of the workspace that made its pages.
    pub templates: Checksums,
    /// Whether it is a draft.
    pub draft: bool,
    review: Option<String>,
    r#type: Option<String>,
    /// What it is compared with: as it was asked for, and the commit.
    since: Option<(String, String)>,
}

impl Recorded {
    /// Reads it from pack.json.
    ///
    /// # Errors
    /// What cannot be understood, in words.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let json: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if json["version"] != 1 {
            return Err("it is of another version of the format".to_owned());
        }
        let as_of: Day = text(&json, "/as_of")?
            .parse()
            .map_err(|error| format!("`as_of`: {error}"))?;
        let templates = json["templates"].as_array().into_iter().flatten();
        let templates: Result<BTreeMap<String, Checksum>, String> = templates
            .map(|template| {
                let checksum = Checksum::parse(&text(template, "/sha256")?);
                let checksum = checksum.ok_or("`sha256` of a template is none")?;
                Ok((text(template, "/path")?, checksum))
            })
            .collect();
        Ok(Self {
            as_of: as_of.0,
            version: text(&json, "/tool/version")?,
            revision: commit(&json, "/revision")?,
            changed_since: commit(&json, "/changed_since")?,
            templates: Checksums(templates?),
            draft: json["draft"].as_bool().ok_or("it has no `draft`")?,
            review: maybe(&json, "/review/id")?,
            r#type: maybe(&json, "/review/type")?,
            since: match &json["since"] {
                Value::Null => None,
                since => {
                    let revision = commit(since, "/revision")?;
                    let revision = revision.ok_or("`since` has no `revision`")?;
                    Some((text(since, "/asked")?, revision))
                }
            },
        })
    }

    /// What the pack was asked to be about.
    pub fn order(&self) -> Order<'_> {
        Order {
            choice: Choice {
                r#type: self.r#type.clone().filter(|_| self.review.is_none()),
                review: self.review.clone(),
            },
            since: self.since.as_ref().map(|(asked, revision)| Spec {
                text: asked,
                revision: Some(revision),
            }),
        }
    }

    /// What the records are said to stand on.
    pub fn standing(&self) -> Option<Standing> {
        let exact = self.revision.is_some();
        let commit = self.revision.as_ref().or(self.changed_since.as_ref())?;
        let commit = CommitId::parse(commit)?;
        Some(Standing { commit, exact })
    }
}

fn maybe(json: &Value, pointer: &str) -> Result<Option<String>, String> {
    match json.pointer(pointer) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("`{}` is no text", &pointer[1..])),
    }
}

fn text(json: &Value, pointer: &str) -> Result<String, String> {
    maybe(json, pointer)?.ok_or_else(|| format!("it has no `{}`", &pointer[1..]))
}

/// The id of a commit in full; anything else would mean something else elsewhere.
fn commit(json: &Value, pointer: &str) -> Result<Option<String>, String> {
    let id = maybe(json, pointer)?;
    match id.as_deref().map(CommitId::parse) {
        Some(None) => Err(format!("`{}` is no commit", &pointer[1..])),
        _ => Ok(id),
    }
}
