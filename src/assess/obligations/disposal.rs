//! What has been kept long enough (`[[retention]]`): a note, never a reproach.
//!
//! It is due on the first day on which the record may go, and stays open without ever being overdue, so that it counts
//! in no figure. An open record that names it blocks it. Of what must still be kept, only what may go soon is listed;
//! `assess/retention.rs` tells the rest.

use super::ObligationKind;
use super::ledger::{Duty, Ledger, shifted};
use crate::assess::Unclear;
use crate::assess::retention::{Kept, KeptState, disposable_by};

/// Enters the records that may be disposed of now or soon, and gives those of which nobody can tell.
pub(super) fn enter(ledger: &mut Ledger<'_>) -> Vec<Unclear> {
    let view = ledger.view();
    if view.config().retention.is_empty() {
        return Vec::new();
    }
    let soon = shifted(ledger.day(), ledger.due_soon()).unwrap_or(ledger.day());
    let retention = disposable_by(view, soon);
    for kept in &retention.records {
        enter_record(ledger, kept, soon);
    }
    retention.unclear
}

fn enter_record<'v>(ledger: &mut Ledger<'v>, kept: &Kept<'v>, soon: chrono::NaiveDate) {
    let holder = match kept.state {
        KeptState::Held(holder) => Some(holder),
        KeptState::Running | KeptState::Over => None,
        KeptState::NotStarted | KeptState::Unclear => return,
    };
    if let Some(due) = kept.disposal().filter(|due| *due <= soon) {
        let owner = ledger.owner(kept.seen);
        ledger.enter(Duty {
            owner,
            // Its deadline is always still ahead.
            grace: (ledger.day() - due).num_days().max(0),
            blocked_by: holder,
            ..Duty::of(ObligationKind::Retention, kept.seen, due)
        });
    }
}
