//! `register-review-overdue`: rows of registers that were not looked at again (Annex A 5.9, 5.22).

use super::{Context, Sink, duties};
use crate::assess::obligations::ObligationKind;

/// Tells what `due` lists as overdue.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    duties::report(context, sink, ObligationKind::RegisterReview);
}
