//! Clauses 4.1 and 4.2: issues, climate change among them (Amd 1:2024), and needs of interested parties.

use super::{Ground, Sheet};
use crate::assess::Seen;
use crate::records::Kind;
use crate::records::context::{Context, ContextType};

pub(super) fn write(ground: &Ground<'_>, sheets: &mut Vec<Sheet>) {
    sheets.push(issues(ground));
    sheets.push(needs(ground));
}

/// Context records that hold on the day, by date.
fn holding<'v>(ground: &Ground<'v>) -> Vec<(Seen<'v>, &'v Context)> {
    let records = ground.view.typed::<Context>(Kind::Context);
    let day = ground.day();
    records
        .filter(|(_, it)| it.until.is_none_or(|until| day <= until.0))
        .collect()
}

/// Whether a record is about climate change, however it spells its topic.
fn is_climate(context: &Context) -> bool {
    let topic = context.topic.as_deref().unwrap_or_default();
    let letters = topic.chars().filter(|letter| letter.is_alphanumeric());
    let plain: String = letters.collect::<String>().to_lowercase();
    plain == "climatechange" || plain == "climate"
}

fn issues(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet(
        "4.1",
        "external and internal issues are determined, and whether climate change is one",
    );
    let issues = holding(ground);
    for (kind, word) in [
        (ContextType::ExternalIssue, "external issue"),
        (ContextType::InternalIssue, "internal issue"),
    ] {
        let of_kind: Vec<_> = issues.iter().filter(|(_, it)| it.r#type == kind).collect();
        for (seen, it) in &of_kind {
            sheet.proof(
                seen.id(),
                format_args!("{word}: {}", seen.title()),
                Some(it.date.0),
            );
        }
        if of_kind.is_empty() {
            sheet.gap(format!("no {word} is recorded"));
        }
    }
    let is_issue = |it: &Context| {
        matches!(
            it.r#type,
            ContextType::ExternalIssue | ContextType::InternalIssue
        )
    };
    let climate: Vec<_> = issues
        .iter()
        .filter(|(_, it)| is_issue(it) && is_climate(it))
        .collect();
    if climate.iter().any(|(_, it)| it.relevant.is_some()) {
        return sheet;
    }
    match climate.first() {
        Some((seen, _)) => sheet.gap_of(
            seen.id(),
            format!("{} does not say whether climate change is relevant (`relevant`)", seen.id()),
        ),
        None => sheet.gap(
            "whether climate change is a relevant issue is not determined: no issue has the topic `climate-change`",
        ),
    }
    sheet
}

fn needs(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet(
        "4.2",
        "interested parties and their requirements are determined",
    );
    for (seen, it) in holding(ground) {
        if it.r#type != ContextType::PartyNeed {
            continue;
        }
        match &it.party {
            Some(party) => sheet.proof(
                seen.id(),
                format_args!("{party}: {}", seen.title()),
                Some(it.date.0),
            ),
            None => sheet.gap_of(
                seen.id(),
                format!("{} does not say whose need it is (`party`)", seen.id()),
            ),
        }
    }
    if sheet.is_unproved() {
        sheet.gap("no need of an interested party is recorded");
    }
    sheet
}
