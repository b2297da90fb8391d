//! `audit-without-report`: audits whose results nobody was told in time (clause 9.2.2 c).

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::audit::Audit;
use crate::records::{Duration, Kind};

/// Days for the report where the type of audit does not say.
const USUAL: i64 = 30;

/// Looks for audits performed longer ago than reporting may take.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let view = context.view;
    for (seen, audit) in view.typed::<Audit>(Kind::Audit) {
        let (Some(performed), None) = (audit.performed, &audit.reported) else {
            continue;
        };
        let kind = view.config().audits.get(&*audit.r#type);
        let within = days(kind.and_then(|kind| kind.report_within), USUAL);
        let age = (view.day() - performed.0).num_days();
        if age <= within {
            continue;
        }
        let what = match &audit.report {
            Some(_) => "it has a report, but nobody was given it",
            None => "its results have not been reported",
        };
        sink.add(
            Diagnostic::new(
                &catalogue::AUDIT_WITHOUT_REPORT,
                seen.at("/performed"),
                format!("`{}` was performed {age} days ago and {what}", seen.id()),
            )
            .label(format!("to be reported within {within} days"))
            .help("add `reported: {to: […], on: DATE}` with the managers who got the results")
            .about(seen.id()),
        );
    }
}

/// A time in whole days; a part of a day counts as none.
pub(super) fn days(within: Option<Duration>, usual: i64) -> i64 {
    within.map_or(usual, |within| within.seconds().div_euclid(86_400))
}
