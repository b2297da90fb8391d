//! `audit-without-report`: audits whose results nobody was told in time (clause 9.2.2 c).

use super::{Context, Sink};
use crate::assess::coverage::report_days;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::audit::Audit;

/// Looks for audits performed longer ago than reporting may take.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let view = context.view;
    for (seen, audit) in view.typed::<Audit>(Kind::Audit) {
        let (Some(performed), None) = (audit.performed, &audit.reported) else {
            continue;
        };
        let within = report_days(view.config(), audit);
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
