//! Clause 10: continual improvement, nonconformities and corrective actions.

use super::{Ground, Sheet};
use crate::assess::Seen;
use crate::assess::obligations::ObligationKind;
use crate::records::Kind;
use crate::records::action::{Action, ActionType};
use crate::records::finding::{Finding, FindingType};
use crate::records::review::{DecisionKind, Review};
use foldhash::HashSet;

type Nonconformity<'v> = (Seen<'v>, &'v Finding);

pub(super) fn write(ground: &Ground<'_>, sheets: &mut Vec<Sheet>) {
    let findings = ground.view.typed::<Finding>(Kind::Finding);
    let is_nonconformity =
        |it: &Finding| matches!(it.r#type, FindingType::Major | FindingType::Minor);
    let mut all: Vec<Nonconformity<'_>> = findings.filter(|(_, it)| is_nonconformity(it)).collect();
    all.sort_by_key(|(seen, finding)| (finding.raised, seen.id()));
    sheets.push(improvement(ground));
    sheets.push(reaction(ground, &all));
    sheets.push(causes(ground, &all));
    sheets.push(actions(ground, &all));
    sheets.push(effectiveness(ground));
    sheets.push(changes(ground, &all));
    sheets.push(nature(ground, &all));
    sheets.push(outcomes(ground, &all));
}

fn improvement(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet("10.1", "the system is improved continually");
    let mut last = None;
    let findings = ground.view.typed::<Finding>(Kind::Finding);
    for (seen, finding) in findings.filter(|(_, it)| it.r#type == FindingType::Opportunity) {
        last = last.max(Some(finding.raised.0));
        if ground.is_recent(finding.raised.0) {
            sheet.proof(
                seen.id(),
                format_args!("opportunity: {}", seen.title()),
                Some(finding.raised.0),
            );
        }
    }
    let actions = ground.view.typed::<Action>(Kind::Action);
    let improving = |it: &Action| matches!(it.r#type, ActionType::Improvement | ActionType::Review);
    for (seen, action) in actions.filter(|(_, it)| improving(it)) {
        let day = action.completed.unwrap_or(action.opened).0;
        last = last.max(Some(day));
        if ground.is_recent(day) {
            let word = if action.completed.is_some() {
                "improved"
            } else {
                "under way"
            };
            sheet.proof(
                seen.id(),
                format_args!("{word}: {}", seen.title()),
                Some(day),
            );
        }
    }
    if sheet.is_unproved() {
        sheet.gap(match last {
            Some(last) => format!("no improvement recorded since {last}"),
            None => "no improvement recorded".to_owned(),
        });
    }
    sheet
}

fn is_declined(finding: &Finding) -> bool {
    finding
        .disposition
        .as_ref()
        .is_some_and(|decision| decision.declined)
}

fn reaction(ground: &Ground<'_>, all: &[Nonconformity<'_>]) -> Sheet {
    let mut sheet = ground.sheet(
        "10.2 a",
        "nonconformities are reacted to: corrected, and their consequences dealt with",
    );
    for (seen, finding) in all {
        let reacted =
            finding.correction.is_some() || !finding.actions.is_empty() || is_declined(finding);
        if reacted {
            sheet.proof(seen.id(), seen.title(), Some(finding.raised.0));
        } else {
            sheet.gap_of(
                seen.id(),
                format!(
                    "{} of {} has neither correction nor action",
                    seen.id(),
                    finding.raised
                ),
            );
        }
    }
    sheet
}

/// What is not late yet is neither shown nor missing.
fn causes(ground: &Ground<'_>, all: &[Nonconformity<'_>]) -> Sheet {
    let mut sheet = ground.sheet("10.2 b", "causes are found, and similar cases looked for");
    let late: HashSet<&str> = ground
        .overdue(&[ObligationKind::RootCause])
        .map(|it| it.subject.as_str())
        .collect();
    for (seen, finding) in all {
        let id = seen.id();
        match &finding.root_cause {
            Some(cause) => sheet.proof(id, "root cause found", Some(cause.date.0)),
            None if late.contains(id) || finding.closed.is_some() => {
                sheet.gap_of(id, format!("{id} of {} has no root cause", finding.raised));
            }
            None => {}
        }
        match &finding.similar {
            Some(similar) => sheet.proof(id, "similar cases looked for", Some(similar.on.0)),
            None if late.contains(id)
                || finding.closed.is_some()
                || finding.root_cause.is_some() =>
            {
                sheet.gap_of(id, format!("nobody looked for cases similar to {id}"));
            }
            None => {}
        }
    }
    sheet
}

fn actions(ground: &Ground<'_>, all: &[Nonconformity<'_>]) -> Sheet {
    let mut sheet = ground.sheet("10.2 c", "the actions that are needed are carried out");
    for (seen, finding) in all {
        let ids = finding.actions.iter();
        let known = ids.filter_map(|id| {
            ground
                .view
                .get(id)?
                .typed::<Action>()
                .map(|action| (&**id, action))
        });
        for (id, action) in known {
            let day = action.completed.unwrap_or(action.opened).0;
            let word = if action.completed.is_some() {
                "completed"
            } else {
                "opened"
            };
            sheet.proof(id, format_args!("{word} for {}", seen.id()), Some(day));
        }
    }
    for obligation in ground.overdue(&[ObligationKind::Action]) {
        let action = ground
            .view
            .get(&obligation.subject)
            .and_then(|seen| seen.typed::<Action>());
        if action.is_some_and(|action| action.r#type == ActionType::Corrective) {
            let id = &obligation.subject;
            sheet.gap_of(
                id,
                format!("{id} was due on {} and is not done", obligation.due),
            );
        }
    }
    for (seen, finding) in all {
        let needless = finding.correction.is_some() || is_declined(finding);
        if finding.actions.is_empty() && !needless {
            sheet.gap_of(seen.id(), format!("{} has no action", seen.id()));
        }
    }
    sheet
}

fn effectiveness(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet(
        "10.2 d",
        "it is reviewed whether corrective actions were effective",
    );
    for (seen, action) in ground.view.typed::<Action>(Kind::Action) {
        if let (ActionType::Corrective, Some(check)) = (action.r#type, &action.verification) {
            let word = if check.effective {
                "effective"
            } else {
                "not effective"
            };
            sheet.proof(
                seen.id(),
                format_args!("{word}: {}", seen.title()),
                Some(check.on.0),
            );
        }
    }
    for obligation in ground.overdue(&[ObligationKind::Verification]) {
        let id = &obligation.subject;
        sheet.gap_of(id, format!("{id} was to be verified by {}", obligation.due));
    }
    sheet
}

/// Only where one was necessary, so that nothing can be missing.
fn changes(ground: &Ground<'_>, all: &[Nonconformity<'_>]) -> Sheet {
    let mut sheet = ground.sheet(
        "10.2 e",
        "the system itself is changed where that is needed",
    );
    for (seen, finding) in all {
        if let Some(change) = &finding.isms_change {
            sheet.proof(
                seen.id(),
                change.to_string(),
                finding.closed.map(|day| day.0),
            );
        }
    }
    for (seen, review) in ground.view.typed::<Review>(Kind::Review) {
        let Some(held) = review.held.filter(|held| ground.is_recent(held.0)) else {
            continue;
        };
        for decision in review
            .decisions
            .iter()
            .filter(|it| it.kind == DecisionKind::IsmsChange)
        {
            sheet.proof(seen.id(), decision.text.to_string(), Some(held.0));
        }
    }
    sheet
}

fn nature(ground: &Ground<'_>, all: &[Nonconformity<'_>]) -> Sheet {
    let mut sheet = ground.sheet(
        "10.2 f",
        "what the nonconformities were and what was done is documented",
    );
    for (seen, finding) in all {
        sheet.proof(seen.id(), seen.title(), Some(finding.raised.0));
    }
    sheet
}

fn outcomes(ground: &Ground<'_>, all: &[Nonconformity<'_>]) -> Sheet {
    let mut sheet = ground.sheet("10.2 g", "the results of corrective actions are documented");
    let mut told: HashSet<&str> = HashSet::default();
    for id in all.iter().flat_map(|(_, finding)| &finding.actions) {
        let Some(seen) = ground.view.get(id) else {
            continue;
        };
        let Some(action) = seen.typed::<Action>() else {
            continue;
        };
        let Some(completed) = action.completed.filter(|_| told.insert(seen.id())) else {
            continue;
        };
        let id = seen.id();
        match &action.verification {
            Some(check) => sheet.proof(id, check.note.to_string(), Some(check.on.0)),
            None if !action.evidence.is_empty() => {
                sheet.proof(id, "completed with evidence", Some(completed.0))
            }
            None => sheet.gap_of(
                id,
                format!("{id} was completed on {completed} with neither evidence nor verification"),
            ),
        }
    }
    sheet
}
