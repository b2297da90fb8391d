//! The checks behind the catalogue, one file per rule.

mod acceptance_expired;
mod acceptance_forbidden;
mod acceptance_incomplete;
mod acceptance_missing;
mod acceptance_open_ended;
mod acceptance_self_approved;
mod acceptance_stale;
mod acceptance_unauthorised;
mod acceptance_widened;
mod acceptance_without_mitigation;
mod acceptances;
mod action_due_before_opened;
mod action_not_smart;
mod action_overdue;
mod activity_overdue;
mod alert_unanswered;
mod approval_by_other;
mod approval_unsigned;
mod approvals;
mod audit_coverage;
mod audit_overdue;
mod audit_without_report;
mod auditor_not_independent;
mod backfilled;
pub mod baseline;
mod breach_not_notified;
mod check_in_missed;
mod circular_succession;
mod closed_without_verification;
mod config;
mod context;
mod control_review_overdue;
mod dated_facts;
mod definitions;
mod deleted_before_retention;
mod deviation_approval;
mod due_date_moved;
mod duplicate_id;
mod duties;
mod entries;
mod evidence_digest;
mod evidence_expired;
mod evidence_missing;
mod finding_past_sla;
mod finding_without_action;
mod future_dated;
pub mod history;
mod id_prefix;
mod id_reused;
mod ignore_unused;
mod ignore_without_end;
mod illegal_transition;
mod incident_order;
mod incident_without_lessons;
mod ineffective_without_successor;
mod kpi_analysis_overdue;
mod kpi_combination;
mod kpi_evaluation;
mod kpi_expression;
mod kpi_literal;
mod kpi_target;
mod kpi_unmonitored;
mod log_rewritten;
mod lowered_without_measures;
mod management_review_overdue;
mod measurement_overdue;
pub mod minutes;
mod missed_without_finding;
mod notification_undecided;
mod owner_left;
mod owners;
mod period_invalid;
mod policy_review_overdue;
mod references;
mod register_review_overdue;
mod report_overdue;
mod result_conflict;
mod result_date;
mod result_period;
mod result_rewritten;
mod result_value;
mod result_verdict;
mod results;
mod retained;
mod retention_due;
mod review_action_untracked;
mod review_input_missing;
mod review_output_missing;
mod review_quorum;
mod review_rewritten;
mod review_unsigned;
mod rewriting;
mod risk_over_appetite;
mod risk_range;
mod risk_review_overdue;
mod risk_treatment_overdue;
mod root_cause_overdue;
mod scope;
mod since_missing;
mod sink;
mod status_contradicts_dates;
mod target_above_current;
mod target_weakened;
mod too_complex;
mod too_many_extensions;
mod treatment_done_risk_unchanged;
mod treatment_without_action;
mod trust_changed;
mod trusted;
mod unknown_person;
mod unknown_reference;
mod unused_control;
mod verification_overdue;
mod verified_before_completed;
mod verified_by_owner;
mod wrong_kind_reference;

pub use context::Context;
pub use scope::Scope;
pub use sink::Sink;

use crate::assess::{Timeline, View};
use crate::diagnostics::{Class, Diagnostic, Rule, Severity, catalogue, settle};
use crate::workspace::Snapshot;
use chrono::NaiveDate;
use std::sync::atomic::{AtomicUsize, Ordering};

type Check = fn(&Context<'_>, &mut Sink<'_>);

/// Every rule that has a check of its own. Rules raised while loading are in the catalogue only.
///
/// They run at the same time, each with a sink of its own. `ignore-unused` is apart: it looks at what they found.
const CHECKS: &[(&Rule, Check)] = &[
    (
        &catalogue::ACTION_DUE_BEFORE_OPENED,
        action_due_before_opened::check,
    ),
    (&catalogue::ACTION_NOT_SMART, action_not_smart::check),
    (&catalogue::ACTION_OVERDUE, action_overdue::check),
    (&catalogue::ACTIVITY_OVERDUE, activity_overdue::check),
    (&catalogue::ACCEPTANCE_EXPIRED, acceptance_expired::check),
    (
        &catalogue::ACCEPTANCE_FORBIDDEN,
        acceptance_forbidden::check,
    ),
    (
        &catalogue::ACCEPTANCE_INCOMPLETE,
        acceptance_incomplete::check,
    ),
    (&catalogue::ACCEPTANCE_MISSING, acceptance_missing::check),
    (
        &catalogue::ACCEPTANCE_OPEN_ENDED,
        acceptance_open_ended::check,
    ),
    (
        &catalogue::ACCEPTANCE_SELF_APPROVED,
        acceptance_self_approved::check,
    ),
    (&catalogue::ACCEPTANCE_STALE, acceptance_stale::check),
    (
        &catalogue::ACCEPTANCE_UNAUTHORISED,
        acceptance_unauthorised::check,
    ),
    (
        &catalogue::ACCEPTANCE_WITHOUT_MITIGATION,
        acceptance_without_mitigation::check,
    ),
    (&catalogue::ALERT_UNANSWERED, alert_unanswered::check),
    (&catalogue::AUDIT_OVERDUE, audit_overdue::check),
    (&catalogue::BREACH_NOT_NOTIFIED, breach_not_notified::check),
    (&catalogue::CHECK_IN_MISSED, check_in_missed::check),
    (&catalogue::AUDIT_COVERAGE, audit_coverage::check),
    (
        &catalogue::AUDIT_WITHOUT_REPORT,
        audit_without_report::check,
    ),
    (
        &catalogue::AUDITOR_NOT_INDEPENDENT,
        auditor_not_independent::check,
    ),
    (&catalogue::CIRCULAR_SUCCESSION, circular_succession::check),
    (
        &catalogue::CLOSED_WITHOUT_VERIFICATION,
        closed_without_verification::check,
    ),
    (&catalogue::CONFIG, config::check),
    (
        &catalogue::CONTROL_REVIEW_OVERDUE,
        control_review_overdue::check,
    ),
    (&catalogue::DEVIATION_APPROVAL, deviation_approval::check),
    (&catalogue::DUPLICATE_ID, duplicate_id::check),
    (&catalogue::EVIDENCE_DIGEST, evidence_digest::check),
    (&catalogue::EVIDENCE_EXPIRED, evidence_expired::check),
    (&catalogue::EVIDENCE_MISSING, evidence_missing::check),
    (&catalogue::FINDING_PAST_SLA, finding_past_sla::check),
    (
        &catalogue::FINDING_WITHOUT_ACTION,
        finding_without_action::check,
    ),
    (&catalogue::ID_PREFIX, id_prefix::check),
    (&catalogue::IGNORE_WITHOUT_END, ignore_without_end::check),
    (&catalogue::INCIDENT_ORDER, incident_order::check),
    (
        &catalogue::INCIDENT_WITHOUT_LESSONS,
        incident_without_lessons::check,
    ),
    (
        &catalogue::INEFFECTIVE_WITHOUT_SUCCESSOR,
        ineffective_without_successor::check,
    ),
    (
        &catalogue::KPI_ANALYSIS_OVERDUE,
        kpi_analysis_overdue::check,
    ),
    (&catalogue::KPI_COMBINATION, kpi_combination::check),
    (&catalogue::KPI_EVALUATION, kpi_evaluation::check),
    (&catalogue::KPI_EXPRESSION, kpi_expression::check),
    (&catalogue::KPI_LITERAL, kpi_literal::check),
    (&catalogue::KPI_TARGET, kpi_target::check),
    (&catalogue::KPI_UNMONITORED, kpi_unmonitored::check),
    (
        &catalogue::MANAGEMENT_REVIEW_OVERDUE,
        management_review_overdue::check,
    ),
    (&catalogue::MEASUREMENT_OVERDUE, measurement_overdue::check),
    (
        &catalogue::LOWERED_WITHOUT_MEASURES,
        lowered_without_measures::check,
    ),
    (
        &catalogue::MISSED_WITHOUT_FINDING,
        missed_without_finding::check,
    ),
    (
        &catalogue::NOTIFICATION_UNDECIDED,
        notification_undecided::check,
    ),
    (&catalogue::OWNER_LEFT, owner_left::check),
    (&catalogue::PERIOD_INVALID, period_invalid::check),
    (
        &catalogue::POLICY_REVIEW_OVERDUE,
        policy_review_overdue::check,
    ),
    (
        &catalogue::REGISTER_REVIEW_OVERDUE,
        register_review_overdue::check,
    ),
    (&catalogue::REPORT_OVERDUE, report_overdue::check),
    (&catalogue::RESULT_CONFLICT, result_conflict::check),
    (&catalogue::RESULT_DATE, result_date::check),
    (&catalogue::RESULT_PERIOD, result_period::check),
    (&catalogue::RESULT_VALUE, result_value::check),
    (&catalogue::RESULT_VERDICT, result_verdict::check),
    (&catalogue::RETENTION_DUE, retention_due::check),
    (&catalogue::RISK_REVIEW_OVERDUE, risk_review_overdue::check),
    (
        &catalogue::RISK_TREATMENT_OVERDUE,
        risk_treatment_overdue::check,
    ),
    (&catalogue::ROOT_CAUSE_OVERDUE, root_cause_overdue::check),
    (
        &catalogue::REVIEW_ACTION_UNTRACKED,
        review_action_untracked::check,
    ),
    (
        &catalogue::REVIEW_INPUT_MISSING,
        review_input_missing::check,
    ),
    (
        &catalogue::REVIEW_OUTPUT_MISSING,
        review_output_missing::check,
    ),
    (&catalogue::REVIEW_QUORUM, review_quorum::check),
    (&catalogue::REVIEW_UNSIGNED, review_unsigned::check),
    (&catalogue::SINCE_MISSING, since_missing::check),
    (
        &catalogue::STATUS_CONTRADICTS_DATES,
        status_contradicts_dates::check,
    ),
    (&catalogue::TOO_COMPLEX, too_complex::check),
    (&catalogue::TOO_MANY_EXTENSIONS, too_many_extensions::check),
    (&catalogue::RISK_OVER_APPETITE, risk_over_appetite::check),
    (&catalogue::RISK_RANGE, risk_range::check),
    (
        &catalogue::TARGET_ABOVE_CURRENT,
        target_above_current::check,
    ),
    (
        &catalogue::TREATMENT_DONE_RISK_UNCHANGED,
        treatment_done_risk_unchanged::check,
    ),
    (
        &catalogue::TREATMENT_WITHOUT_ACTION,
        treatment_without_action::check,
    ),
    (&catalogue::UNKNOWN_PERSON, unknown_person::check),
    (&catalogue::UNKNOWN_REFERENCE, unknown_reference::check),
    (&catalogue::UNUSED_CONTROL, unused_control::check),
    (
        &catalogue::VERIFICATION_OVERDUE,
        verification_overdue::check,
    ),
    (
        &catalogue::VERIFIED_BEFORE_COMPLETED,
        verified_before_completed::check,
    ),
    (&catalogue::VERIFIED_BY_OWNER, verified_by_owner::check),
    (
        &catalogue::WRONG_KIND_REFERENCE,
        wrong_kind_reference::check,
    ),
];

const LAST: (&Rule, Check) = (&catalogue::IGNORE_UNUSED, ignore_unused::check);

/// Whether a rule has no check here because it is raised while files are read.
fn is_raised_at_load(rule: &Rule) -> bool {
    let mut checks = CHECKS.iter().chain([&LAST]);
    rule.class == Class::Valid && checks.all(|(one, _)| one.id != rule.id)
}

/// Everything there is to say about a snapshot, sorted, after `[rules]` and `ignore` had their say.
pub fn check(snapshot: &Snapshot, as_of: NaiveDate, scope: Scope) -> Vec<Diagnostic> {
    check_along(&Timeline::of(snapshot).at(as_of), scope)
}

/// The same of the snapshot of a view, on its day.
pub fn check_along(view: &View<'_>, scope: Scope) -> Vec<Diagnostic> {
    let (snapshot, as_of) = (view.snapshot(), view.day());
    let mut sink = Sink::new(snapshot, as_of);
    for diagnostic in snapshot.diagnostics() {
        sink.add(diagnostic.clone());
    }
    // Without isms.toml, people, areas and methods are unknown, and every rule would cry wolf.
    if snapshot.config_is_sound() {
        let on_file = view.timeline().at(NaiveDate::MAX);
        let context = Context::new(view, &on_file);
        let wanted = |rule: &Rule| scope.includes(rule.class) && sink.is_on(rule);
        let is_error = |rule: &Rule| sink.level(rule) == Severity::Error;
        // The last one looks at what all others found.
        let all = scope != Scope::Errors || is_error(LAST.0);
        let wanted = |rule: &Rule| wanted(rule) && (all || is_error(rule));
        let checks: Vec<_> = CHECKS.iter().filter(|(rule, _)| wanted(rule)).collect();
        let last = wanted(LAST.0);
        for one in run_all(&checks, &context, || Sink::new(snapshot, as_of)) {
            sink.absorb(one);
        }
        if last {
            sink.running(LAST.0);
            (LAST.1)(&context, &mut sink);
        }
    }
    let mut found = sink.finish();
    settle(&mut found);
    found
}

/// Runs checks on as many threads as files are read with; the sinks come in the order of the checks.
///
/// The threads are not those of the pool: while one of those waits for parallel work of its own it may begin another
/// check, which may then wait for ever for what the first is computing.
fn run_all<'s>(
    checks: &[&(&'static Rule, Check)],
    context: &Context<'_>,
    sink: impl Fn() -> Sink<'s> + Sync,
) -> Vec<Sink<'s>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((rule, run)) = checks.get(index) else {
                return done;
            };
            let mut sink = sink();
            sink.running(rule);
            run(context, &mut sink);
            done.push((index, sink));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..rayon::current_num_threads())
            .map(|_| scope.spawn(work))
            .collect();
        let mut done = work();
        for other in others {
            match other.join() {
                Ok(sinks) => done.extend(sinks),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, sink)| sink).collect()
}
