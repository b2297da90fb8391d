//! `notification-undecided`: personal data was affected, and nobody has decided whom to tell (GDPR articles 33, 34).

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::incident::Incident;

/// Looks for the decision in every incident that affected personal data.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, incident) in context.snapshot.typed::<Incident>(Kind::Incident) {
        if incident.personal_data != Some(true) || incident.notification.is_some() {
            continue;
        }
        let message = format!(
            "`{}` affected personal data, and it is not decided whether to notify",
            entry.id()
        );
        sink.add(
            Diagnostic::new(
                &catalogue::NOTIFICATION_UNDECIDED,
                entry.at("/personal_data"),
                message,
            )
            .label("no `notification`")
            .help("add `notification:` with `required`, `reason` and `by`; until then it counts as required")
            .about(entry.id()),
        );
    }
}
