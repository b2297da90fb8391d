//! `control-review-overdue`: controls that were not looked at again (clause 6.1.3, Annex A 5.35).

use super::{Context, Sink, duties};
use crate::assess::obligations::ObligationKind;

/// Tells what `due` lists as overdue.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    duties::report(context, sink, ObligationKind::ControlReview);
}
