//! Clause 9.2: internal audits and their programme.

use super::{Ground, Sheet, some};
use crate::assess::Seen;
use crate::assess::coverage::{CoverageState, TypeCoverage, programme, report_days};
use crate::assess::independence::Estate;
use crate::assess::obligations::ObligationKind;
use crate::assess::people::overlap;
use crate::records::Kind;
use crate::records::audit::Audit;
use std::collections::BTreeSet;

pub(super) fn write(ground: &Ground<'_>, sheets: &mut Vec<Sheet>) {
    let types = programme(ground.view);
    let internal = internal(&types);
    let mut audits: Vec<(Seen<'_>, &Audit)> = ground
        .view
        .typed::<Audit>(Kind::Audit)
        .filter(|(_, audit)| internal.is_empty() || internal.contains(&*audit.r#type))
        .collect();
    audits.sort_by_key(|(seen, audit)| (audit.performed, audit.planned, seen.id()));
    sheets.push(intervals(ground, &internal, &audits));
    sheets.push(plan(ground, &types, &internal));
    sheets.push(criteria(ground, &audits));
    sheets.push(auditors(ground, &audits));
    sheets.push(reported(ground, &audits));
}

/// The types of internal audit: those that have a cycle; where none has, those whose names begin with `internal`; and
/// where there is none either, all but those that begin with `external`.
fn internal<'v>(types: &[TypeCoverage<'v>]) -> BTreeSet<&'v str> {
    let named = |is: &dyn Fn(&&TypeCoverage<'v>) -> bool| -> BTreeSet<&'v str> {
        types
            .iter()
            .filter(|kind| is(kind))
            .map(|kind| kind.name)
            .collect()
    };
    let with_cycle = named(&|kind| kind.r#type.cycle.is_some());
    let by_name = named(&|kind| kind.name.starts_with("internal"));
    let others = named(&|kind| !kind.name.starts_with("external"));
    [with_cycle, by_name, others]
        .into_iter()
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

fn intervals(
    ground: &Ground<'_>,
    internal: &BTreeSet<&str>,
    audits: &[(Seen<'_>, &Audit)],
) -> Sheet {
    let mut sheet = ground.sheet(
        "9.2.1",
        "internal audits are performed at planned intervals",
    );
    for (seen, audit) in audits {
        if let Some(performed) = audit.performed {
            sheet.proof(seen.id(), audit.scope.to_string(), Some(performed.0));
        }
    }
    for obligation in ground.overdue(&[ObligationKind::Audit]) {
        let subject = obligation.subject.as_str();
        let is_ours =
            internal.contains(subject) || audits.iter().any(|(seen, _)| seen.id() == subject);
        if is_ours {
            let period = obligation
                .period
                .map_or_else(String::new, |period| format!(" for {period}"));
            sheet.gap_of(
                subject,
                format!("no audit `{subject}`{period}, due on {}", obligation.due),
            );
        }
    }
    if sheet.is_unproved() {
        sheet.gap("no internal audit has been performed so far");
    }
    sheet
}

fn plan(ground: &Ground<'_>, types: &[TypeCoverage<'_>], internal: &BTreeSet<&str>) -> Sheet {
    let mut sheet = ground.sheet(
        "9.2.2",
        "an audit programme with frequency, methods and responsibilities is planned and kept up",
    );
    for kind in types.iter().filter(|kind| internal.contains(kind.name)) {
        let (name, it) = (kind.name, kind.r#type);
        let approved = it
            .approved
            .as_ref()
            .filter(|approved| approved.on.0 <= ground.day());
        match approved {
            Some(approved) => sheet.proof(
                name,
                format_args!("programme approved by {}", &*approved.by),
                Some(approved.on.0),
            ),
            None => sheet.gap_of(
                name,
                format!("the programme `{name}` is not approved (`approved` in isms.toml)"),
            ),
        }
        match it.cadence {
            Some(cadence) => sheet.proof(name, format_args!("{cadence}"), None),
            None => sheet.gap_of(
                name,
                format!("the programme `{name}` has no frequency (`cadence`)"),
            ),
        }
        if it.by.is_empty() {
            sheet.gap_of(
                name,
                format!("the programme `{name}` does not say who audits (`by`)"),
            );
        }
        if let Some(planned) = kind.planned {
            sheet.proof(planned.audit, "planned", Some(planned.day));
        }
        coverage(kind, &mut sheet);
    }
    if internal.is_empty() {
        sheet.gap("isms.toml has no type of internal audit");
    }
    sheet
}

/// What the audits of a type have covered within its cycle, what is left and until when, and what is late.
fn coverage(kind: &TypeCoverage<'_>, sheet: &mut Sheet) {
    for dimension in &kind.dimensions {
        let (scope, all, cycle) = (
            dimension.scope.word(),
            dimension.items.len(),
            dimension.cycle,
        );
        let covered: Vec<_> = dimension.with(CoverageState::Covered).collect();
        let open: Vec<&str> = dimension
            .with(CoverageState::Open)
            .map(|item| item.id)
            .collect();
        let until = dimension
            .with(CoverageState::Open)
            .map(|item| item.until)
            .min();
        if let Some(last) = covered.iter().filter_map(|item| item.last).max() {
            let left = until.map(|until| format!("; by {until}: {}", some(&open)));
            let text = format!(
                "{} of {all} {scope} covered within {cycle}{}",
                covered.len(),
                left.unwrap_or_default()
            );
            sheet.proof(last.audit, text, Some(last.day));
        }
        let overdue: Vec<&str> = dimension
            .with(CoverageState::Overdue)
            .map(|item| item.id)
            .collect();
        if !overdue.is_empty() {
            let text = format!(
                "{} of {all} {scope} not audited within {cycle}: {}",
                overdue.len(),
                some(&overdue)
            );
            sheet.gap_of(kind.name, text);
        }
    }
}

fn criteria(ground: &Ground<'_>, audits: &[(Seen<'_>, &Audit)]) -> Sheet {
    let mut sheet = ground.sheet("9.2.2 a", "each audit has criteria and a scope");
    for (seen, audit) in audits {
        let (verb, day) = match audit.performed {
            Some(performed) => ("audited", performed),
            None => ("planned", audit.planned),
        };
        let text = format!("{verb} against {}: {}", &*audit.criteria, audit.scope);
        sheet.proof(seen.id(), text, Some(day.0));
    }
    if sheet.is_unproved() {
        sheet.gap("no audit is planned");
    }
    sheet
}

fn auditors(ground: &Ground<'_>, audits: &[(Seen<'_>, &Audit)]) -> Sheet {
    let mut sheet = ground.sheet(
        "9.2.2 b",
        "auditors are objective, and nobody audits their own work",
    );
    let config = ground.view.config();
    let estate = Estate::of(ground.view.snapshot());
    for (seen, audit) in audits {
        let id = seen.id();
        let day = audit.performed.unwrap_or(audit.planned).0;
        let conflicts = estate.conflicts(audit);
        for it in &conflicts {
            let auditor = &*audit.auditors[it.auditor];
            sheet.gap_of(
                id,
                format!(
                    "{auditor} audits the {} {} of their own in {id}",
                    it.what.word(),
                    it.id
                ),
            );
        }
        let by = config
            .audits
            .get(&*audit.r#type)
            .map_or(&[][..], |kind| &kind.by);
        let may = |auditor: &str| {
            by.is_empty() || by.iter().any(|who| overlap(config, auditor, who, day))
        };
        let outside: Vec<&str> = audit
            .auditors
            .iter()
            .map(|who| &**who)
            .filter(|who| !may(who))
            .collect();
        for auditor in &outside {
            sheet.gap_of(
                id,
                format!("{auditor} audits in {id}, but the programme names others (`by`)"),
            );
        }
        if conflicts.is_empty() && outside.is_empty() {
            let names: Vec<&str> = audit.auditors.iter().map(|who| &**who).collect();
            sheet.proof(id, format_args!("by {}", names.join(", ")), Some(day));
        }
    }
    if audits.is_empty() {
        sheet.gap("no audit is planned");
    }
    sheet
}

/// Reports that are not late yet are neither shown nor missing.
fn reported(ground: &Ground<'_>, audits: &[(Seen<'_>, &Audit)]) -> Sheet {
    let mut sheet = ground.sheet(
        "9.2.2 c",
        "results of audits are reported to the managers concerned",
    );
    for (seen, audit) in audits {
        let Some(performed) = audit.performed else {
            continue;
        };
        match &audit.reported {
            Some(reported) => sheet.proof(
                seen.id(),
                format_args!("reported to {}", reported.to.0.join(", ")),
                Some(reported.on.0),
            ),
            None if (ground.day() - performed.0).num_days()
                > report_days(ground.view.config(), audit) =>
            {
                sheet.gap_of(
                    seen.id(),
                    format!(
                        "{} was performed on {performed} and has not been reported",
                        seen.id()
                    ),
                );
            }
            None => {}
        }
    }
    sheet
}
