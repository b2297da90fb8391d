//! `evidence-expired`: certificates, contracts and reports that no longer prove anything (clause 7.5.3).

use super::{Context, Sink, duties};
use crate::assess::obligations::ObligationKind;

/// Tells what `due` lists as overdue.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    duties::report(context, sink, ObligationKind::EvidenceExpiry);
}
