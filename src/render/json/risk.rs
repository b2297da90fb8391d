//! `risk --format json`: the list, the heat maps, one risk in full.

use super::due::{ObligationOutput, obligation_as_of};
use super::{VERSION, day, spell};
use crate::report::risk::{AcceptanceState, Matrix, RiskReport, RiskRow, RiskSheet, Scored, Trend};
use schemars::JsonSchema;
use serde::Serialize;

/// The risk register.
#[derive(Serialize, JsonSchema)]
pub struct RiskOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// Score above which an open risk needs treatment or acceptance.
    appetite: Option<u16>,
    /// The highest score first, then by id; closed ones included.
    risks: Vec<RiskRowOutput>,
    /// Records that could not be read, so that something may be missing.
    left_out: Vec<String>,
    /// Errors the records have (see `check`).
    errors: usize,
}

/// One risk.
#[derive(Serialize, JsonSchema)]
struct RiskRowOutput {
    id: String,
    title: String,
    category: String,
    /// Person or role responsible.
    owner: String,
    /// Position on the likelihood scale, by the latest assessment.
    likelihood: Option<u8>,
    /// Position on the impact scale, by the latest assessment.
    impact: Option<u8>,
    score: Option<u16>,
    band: Option<String>,
    /// Status of the day, by the dates of the record.
    status: String,
    /// Option of treatment: mitigate, accept, transfer or avoid.
    treatment: Option<&'static str>,
    acceptance: AcceptanceOutput,
    /// Against the latest earlier assessment; a lower score is an improvement.
    trend: Option<Trend>,
    /// Rating without any control.
    inherent: Option<ScoredOutput>,
    /// Rating that treatment is to reach.
    target: Option<ScoredOutput>,
    /// Whether it is open and above the appetite.
    over_appetite: bool,
    /// Whether it is above the appetite, and neither under treatment nor validly accepted.
    unanswered: bool,
    identified: String,
    closed: Option<String>,
    /// File of the record.
    path: String,
}

/// Where an acceptance stands.
#[derive(Serialize, JsonSchema)]
struct AcceptanceOutput {
    state: AcceptanceState,
    /// Its last day.
    until: Option<String>,
}

/// A rating, its score and its band.
#[derive(Serialize, JsonSchema)]
struct ScoredOutput {
    likelihood: u8,
    impact: u8,
    score: Option<u16>,
    band: Option<String>,
}

fn scored(it: &Scored) -> ScoredOutput {
    ScoredOutput {
        likelihood: it.rating.likelihood,
        impact: it.rating.impact,
        score: it.score,
        band: it.band.clone(),
    }
}

fn row(row: &RiskRow) -> RiskRowOutput {
    let current = row.current.as_ref();
    RiskRowOutput {
        id: row.id.clone(),
        title: row.title.clone(),
        category: row.category.clone(),
        owner: row.owner.clone(),
        likelihood: current.map(|it| it.rating.likelihood),
        impact: current.map(|it| it.rating.impact),
        score: current.and_then(|it| it.score),
        band: current.and_then(|it| it.band.clone()),
        status: row.status.clone(),
        treatment: row.treatment,
        acceptance: AcceptanceOutput {
            state: row.acceptance,
            until: row.until.map(day),
        },
        trend: row.trend,
        inherent: row.inherent.as_ref().map(scored),
        target: row.target.as_ref().map(scored),
        over_appetite: row.over_appetite,
        unanswered: row.unanswered,
        identified: day(row.identified),
        closed: row.closed.map(day),
        path: row.path.clone(),
    }
}

/// The list as JSON.
pub fn list(report: &RiskReport) -> String {
    spell(&RiskOutput {
        version: VERSION,
        as_of: day(report.as_of),
        appetite: report.appetite,
        risks: report.rows.iter().map(row).collect(),
        left_out: report.incomplete.left_out.clone(),
        errors: report.incomplete.errors,
    })
}

/// Heat maps.
#[derive(Serialize, JsonSchema)]
pub struct MatrixOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// Score above which an open risk needs treatment or acceptance.
    appetite: Option<u16>,
    /// Names of the likelihoods, from 1.
    likelihood: Vec<String>,
    /// Names of the impacts, from 1.
    impact: Vec<String>,
    /// Every cell, by likelihood and then impact.
    cells: Vec<CellOutput>,
    /// Risks on no map, since they have no such rating on the scales.
    unrated: UnratedOutput,
    /// Records that could not be read, so that something may be missing.
    left_out: Vec<String>,
    /// Errors the records have (see `check`).
    errors: usize,
}

/// One cell, with the ids of its risks; null for a map that was not asked for.
#[derive(Serialize, JsonSchema)]
struct CellOutput {
    likelihood: u8,
    impact: u8,
    score: Option<u16>,
    band: Option<String>,
    /// Whether its score is above the appetite.
    over_appetite: bool,
    /// Whether nobody may accept its risks.
    forbidden: bool,
    inherent: Option<Vec<String>>,
    current: Option<Vec<String>>,
    target: Option<Vec<String>>,
}

/// Ids of risks by the rating they lack; null for a map that was not asked for.
#[derive(Serialize, JsonSchema)]
struct UnratedOutput {
    inherent: Option<Vec<String>>,
    current: Option<Vec<String>>,
    target: Option<Vec<String>>,
}

/// The heat maps as JSON.
pub fn matrix(matrix: &Matrix) -> String {
    use crate::report::risk::HeatKind::{Current, Inherent, Target};
    let heat = |kind| matrix.maps.iter().find(|heat| heat.kind == kind);
    let mut cells = Vec::new();
    for likelihood in Matrix::positions(&matrix.likelihood) {
        for impact in Matrix::positions(&matrix.impact) {
            let ids = |kind| {
                let cells = heat(kind).map(|heat| heat.cells.get(&(likelihood, impact)));
                cells.map(|ids| ids.cloned().unwrap_or_default())
            };
            cells.push(CellOutput {
                likelihood,
                impact,
                score: matrix.score(likelihood, impact),
                band: matrix.band(likelihood, impact).map(str::to_owned),
                over_appetite: matrix.is_over_appetite(likelihood, impact),
                forbidden: matrix.is_forbidden(likelihood, impact),
                inherent: ids(Inherent),
                current: ids(Current),
                target: ids(Target),
            });
        }
    }
    let unrated = |kind| heat(kind).map(|heat| heat.unrated.clone());
    spell(&MatrixOutput {
        version: VERSION,
        as_of: day(matrix.as_of),
        appetite: matrix.appetite,
        likelihood: matrix.likelihood.clone(),
        impact: matrix.impact.clone(),
        cells,
        unrated: UnratedOutput {
            inherent: unrated(Inherent),
            current: unrated(Current),
            target: unrated(Target),
        },
        left_out: matrix.incomplete.left_out.clone(),
        errors: matrix.incomplete.errors,
    })
}

/// One risk in full.
#[derive(Serialize, JsonSchema)]
pub struct SheetOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    risk: RiskRowOutput,
    description: Option<String>,
    /// The earliest first.
    assessments: Vec<AssessmentOutput>,
    controls: Vec<ControlOutput>,
    /// Plan of the treatment.
    plan: Option<String>,
    /// Day by which it is to be treated.
    treatment_due: Option<String>,
    actions: Vec<ActionOutput>,
    /// Score that was accepted.
    accepted_score: Option<u16>,
    rationale: Option<String>,
    /// What the band asks for, in words.
    rule: Option<String>,
    /// Everything that is wrong with the acceptance, the gravest first.
    faults: Vec<String>,
    signatures: Vec<SignatureOutput>,
    /// The earliest first.
    reviews: Vec<ReviewOutput>,
    /// What is open about it.
    obligations: Vec<ObligationOutput>,
    /// Records that could not be read, so that something may be missing.
    left_out: Vec<String>,
    /// Errors the records have (see `check`).
    errors: usize,
}

/// One assessment.
#[derive(Serialize, JsonSchema)]
struct AssessmentOutput {
    date: String,
    by: String,
    likelihood: u8,
    impact: u8,
    score: Option<u16>,
    band: Option<String>,
    note: Option<String>,
}

/// A control of the risk.
#[derive(Serialize, JsonSchema)]
struct ControlOutput {
    id: String,
    title: Option<String>,
    /// Whether it is in place on the day.
    in_place: bool,
}

/// An action of the treatment.
#[derive(Serialize, JsonSchema)]
struct ActionOutput {
    id: String,
    title: String,
    owner: String,
    due: String,
    /// Where it stands, in words.
    state: String,
}

/// A signature under the acceptance.
#[derive(Serialize, JsonSchema)]
struct SignatureOutput {
    who: String,
    /// The persons behind the name on the day.
    persons: Vec<String>,
    on: String,
    /// The names in the rule of the band that it stands for.
    authority: Vec<String>,
    /// Whether it counts.
    counts: bool,
    /// Why it does not count.
    reason: Option<&'static str>,
}

/// A review.
#[derive(Serialize, JsonSchema)]
struct ReviewOutput {
    date: String,
    approver: String,
    note: Option<String>,
}

/// One risk as JSON.
pub fn sheet(sheet: &RiskSheet) -> String {
    let assessments = sheet.assessments.iter().map(|it| {
        let ScoredOutput {
            likelihood,
            impact,
            score,
            band,
        } = scored(&it.scored);
        AssessmentOutput {
            date: day(it.date),
            by: it.by.clone(),
            likelihood,
            impact,
            score,
            band,
            note: it.note.clone(),
        }
    });
    let controls = sheet.controls.iter().map(|it| ControlOutput {
        id: it.id.clone(),
        title: it.title.clone(),
        in_place: it.in_place,
    });
    let actions = sheet.actions.iter().map(|it| ActionOutput {
        id: it.id.clone(),
        title: it.title.clone(),
        owner: it.owner.clone(),
        due: day(it.due),
        state: it.state.clone(),
    });
    let signatures = sheet.signatures.iter().map(|it| SignatureOutput {
        who: it.who.clone(),
        persons: it.persons.clone(),
        on: day(it.on),
        authority: it.authority.clone(),
        counts: it.discarded.is_none(),
        reason: it.discarded,
    });
    let reviews = sheet.reviews.iter().map(|it| ReviewOutput {
        date: day(it.date),
        approver: it.approver.clone(),
        note: it.note.clone(),
    });
    let next = sheet.next.iter();
    spell(&SheetOutput {
        version: VERSION,
        as_of: day(sheet.as_of),
        risk: row(&sheet.row),
        description: sheet.description.clone(),
        assessments: assessments.collect(),
        controls: controls.collect(),
        plan: sheet.plan.clone(),
        treatment_due: sheet.treatment_due.map(day),
        actions: actions.collect(),
        accepted_score: sheet.accepted_score,
        rationale: sheet.rationale.clone(),
        rule: sheet.rule.clone(),
        faults: sheet.faults.clone(),
        signatures: signatures.collect(),
        reviews: reviews.collect(),
        obligations: next
            .map(|item| obligation_as_of(item, sheet.as_of))
            .collect(),
        left_out: sheet.incomplete.left_out.clone(),
        errors: sheet.incomplete.errors,
    })
}
