//! `pack --format json`, and pack.json in the folder of a pack

use super::document::{BlockOutput, PartOutput, blocks, parts};
use super::kpi::{KpiRowOutput, row};
use super::lines::spell;
use super::{VERSION, day};
use crate::report::document::Document;
use crate::report::pack::{Pack, Since, Subject};
use crate::text::{Checksum, Checksums};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A management review pack.
#[derive(Serialize, JsonSchema)]
pub struct PackOutput<'d> {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    tool: ToolOutput,
    /// The commit whose records these are, in full; null when no commit holds them as they are.
    revision: Option<String>,
    /// The commit since which records were changed on disk, in full; null when none was, and outside git.
    changed_since: Option<String>,
    /// SHA-256 over the list of all files the records were read from, as `sha256sum` prints it.
    digest: String,
    /// How many records there are.
    records: usize,
    /// The workspace's own templates that made pages of this pack.
    templates: Vec<TemplateOutput>,
    /// The records have errors: not for sign-off.
    draft: bool,
    review: ReviewOutput,
    /// The earlier state it is compared with.
    since: Option<SinceOutput>,
    title: String,
    /// Figures against targets, those that the pack shows, as `kpi --format json` has them.
    kpis: Vec<KpiRowOutput>,
    /// How many duties there are, by urgency.
    work: WorkOutput,
    /// Open risks.
    risks: RisksOutput,
    /// How many open findings there are, by type.
    findings: BTreeMap<&'static str, usize>,
    /// Records that could not be read.
    left_out: Vec<String>,
    /// What may be due and nobody can tell.
    unclear: Vec<String>,
    /// Warnings, and the facts it stands on.
    opening: Vec<BlockOutput<'d>>,
    parts: Vec<PartOutput<'d>>,
}

/// What made the pack.
#[derive(Serialize, JsonSchema)]
struct ToolOutput {
    name: &'static str,
    version: String,
}

/// A template of the workspace.
#[derive(Serialize, JsonSchema)]
struct TemplateOutput {
    /// Path in the workspace.
    path: String,
    sha256: String,
}

/// The review that the pack is for.
#[derive(Serialize, JsonSchema)]
struct ReviewOutput {
    /// Null when none is planned.
    id: Option<String>,
    /// A type of isms.toml.
    r#type: Option<String>,
    title: String,
    /// First and last day of its period.
    from: String,
    to: String,
    planned: Option<String>,
}

/// The earlier state that the pack is compared with.
#[derive(Serialize, JsonSchema)]
struct SinceOutput {
    /// What was asked for: `last`, `last-review`, a day, a tag; else the commit.
    asked: String,
    /// The commit, in full.
    revision: String,
    /// What people call it.
    label: String,
    /// The day that people mean by it.
    day: String,
}

/// How many duties there are, by urgency.
#[derive(Serialize, JsonSchema)]
struct WorkOutput {
    overdue: usize,
    due_today: usize,
    in_grace: usize,
    blocked: usize,
    due_soon: usize,
}

/// Open risks.
#[derive(Serialize, JsonSchema)]
struct RisksOutput {
    open: usize,
    over_appetite: usize,
    /// By band.
    bands: BTreeMap<String, usize>,
}

fn review(subject: &Subject<'_>) -> ReviewOutput {
    ReviewOutput {
        id: subject.id.map(str::to_owned),
        r#type: subject.r#type.map(str::to_owned),
        title: subject.title.clone(),
        from: day(subject.from),
        to: day(subject.to),
        planned: subject.planned.map(day),
    }
}

fn since(since: &Since<'_>) -> SinceOutput {
    SinceOutput {
        asked: since.asked.clone(),
        revision: since.revision.clone(),
        label: since.label.clone(),
        day: day(since.day),
    }
}

/// The pack as JSON; `templates` are those of the workspace that made its pages.
pub fn render(pack: &Pack<'_>, document: &Document, templates: &Checksums) -> String {
    spell(&value(pack, document, templates))
}

/// The keys of the pack with their values.
pub fn data(pack: &Pack<'_>, document: &Document, templates: &Checksums) -> Value {
    // Texts, numbers and lists of them: nothing that JSON cannot hold.
    serde_json::to_value(value(pack, document, templates)).unwrap_or_default()
}

fn value<'d>(pack: &Pack<'_>, document: &'d Document, templates: &Checksums) -> PackOutput<'d> {
    let basis = pack.basis();
    let (work, risks) = (pack.work(), pack.open_risks());
    let template = |(path, checksum): (&String, &Checksum)| TemplateOutput {
        path: path.clone(),
        sha256: checksum.to_string(),
    };
    PackOutput {
        version: VERSION,
        as_of: day(basis.as_of()),
        tool: ToolOutput {
            name: env!("CARGO_PKG_NAME"),
            version: basis.version.to_owned(),
        },
        revision: basis.commit(),
        changed_since: basis.changed_since(),
        digest: basis.digest.clone(),
        records: basis.records(),
        templates: templates.0.iter().map(template).collect(),
        draft: basis.draft,
        review: review(pack.subject()),
        since: pack.compared().map(since),
        title: document.title.clone(),
        kpis: pack.kpis().iter().map(|kpi| row(kpi)).collect(),
        work: WorkOutput {
            overdue: work.overdue,
            due_today: work.due_today,
            in_grace: work.in_grace,
            blocked: work.blocked,
            due_soon: work.due_soon,
        },
        risks: RisksOutput {
            open: risks.count,
            over_appetite: risks.over_appetite,
            bands: risks.bands.into_iter().collect(),
        },
        findings: pack
            .open_findings()
            .iter()
            .map(|finding| (finding.r#type, finding.count))
            .collect(),
        left_out: basis.left_out.clone(),
        unclear: basis.unclear.clone(),
        opening: blocks(&document.opening),
        parts: parts(document),
    }
}
