//! Where a control stands, and why, in words.

use super::{ControlStatus, ReasonRow};
use crate::assess::controls::{ControlState, Reason, ReasonKind};
use crate::records::control::Control;
use crate::report::kpi::verdict_word;

/// What people call a status.
pub fn status_words(status: ControlStatus) -> &'static str {
    match status {
        ControlStatus::Failing => "failing",
        ControlStatus::Stale => "stale",
        ControlStatus::Unknown => "unknown",
        ControlStatus::Passing => "passing",
        ControlStatus::NotMonitored => "not monitored",
        ControlStatus::NotImplemented => "not in place",
        ControlStatus::NotApplicable => "not applicable",
        ControlStatus::Ended => "ended",
    }
}

/// A reason in words.
pub(super) fn reason(reason: &Reason, state: &ControlState<'_>) -> ReasonRow {
    ReasonRow {
        record: Some(reason.record.clone()).filter(|record| !record.is_empty()),
        day: reason.day,
        period: reason.period.clone(),
        words: words(reason, state.control),
        decides: reason.decides(state.status),
    }
}

fn words(reason: &Reason, control: &Control) -> String {
    let record = &reason.record;
    let day = reason.day.map_or_else(String::new, |day| day.to_string());
    let period = reason.period.as_deref();
    let of_period = period.map_or_else(String::new, |period| format!(" in {period}"));
    match reason.kind {
        ReasonKind::Ended => format!("claimed until {day}"),
        ReasonKind::NotApplicable => {
            let line = control.applicability.as_ref();
            line.map_or_else(String::new, |line| line.justification.to_string())
        }
        ReasonKind::NotImplemented => "it applies and is not in place yet".to_owned(),
        ReasonKind::ResultFails => format!("the result {record} of {day} fails"),
        ReasonKind::KpiMissed => format!("{record} missed its target{of_period}"),
        ReasonKind::Overdue => match period {
            Some(period) => format!("{record} {period} was due on {day}"),
            None => format!("{record} was due on {day}"),
        },
        ReasonKind::Unreadable => format!("{record} cannot be read"),
        ReasonKind::KpiNotComputed => format!("{record} has no figure{of_period}"),
        ReasonKind::DutiesUnclear => format!("nobody can tell for what {record} is due"),
        ReasonKind::NothingMonitors => "no monitor, activity or KPI looks after it".to_owned(),
        ReasonKind::ResultHolds => format!("the result {record} of {day}"),
        ReasonKind::DutyDone => format!("done for {record} on {day}"),
        ReasonKind::KpiHolds => {
            let word = verdict_word(reason.verdict);
            format!("{record} {word}{of_period}")
        }
        ReasonKind::NothingYet => format!("{record} has had no result so far"),
        ReasonKind::NothingMeasured => match period {
            Some(period) => format!("{record} had nothing to measure in {period}"),
            None => format!("{record} has no verdict yet"),
        },
    }
}
