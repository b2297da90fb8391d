//! What the rules about duties have in common: each tells the overdue entries of one kind in the list that `due`
//! shows, so that the two always agree.

mod place;

use super::{Context, Sink};
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::diagnostics::{Diagnostic, Rule, catalogue};
use crate::records::Day;
use chrono::NaiveDate;
use place::{Place, place};

/// How an overdue duty of a kind is told.
pub struct Telling {
    /// The rule that tells it.
    pub rule: &'static Rule,
    /// What is owed; the subject follows.
    what: &'static str,
    /// How to mend it.
    help: &'static str,
}

const fn telling(rule: &'static Rule, what: &'static str, help: &'static str) -> Telling {
    Telling { rule, what, help }
}

/// How the duties of a kind are told; none for ends of acceptances, which `acceptance-expired` judges with the rest of
/// the acceptance.
pub fn of(kind: ObligationKind) -> Option<Telling> {
    use ObligationKind as K;
    use catalogue as c;
    const RESULT: &str = "add the result; one that comes late counts as late, and not as missing";
    const REVIEWED: &str =
        "review it and add the day to `review_log`, or set `review.next` if another day was agreed";
    Some(match kind {
        K::Activity => telling(&c::ACTIVITY_OVERDUE, "the result of", RESULT),
        K::Measurement => telling(&c::MEASUREMENT_OVERDUE, "the figure of", RESULT),
        K::Control => telling(&c::MEASUREMENT_OVERDUE, "the monitoring of", RESULT),
        K::PolicyReview => telling(&c::POLICY_REVIEW_OVERDUE, "the review of", REVIEWED),
        K::ControlReview => telling(&c::CONTROL_REVIEW_OVERDUE, "the review of", REVIEWED),
        K::RiskReview => telling(
            &c::RISK_REVIEW_OVERDUE,
            "the review of",
            "assess it anew (`assessments`), or add the day on which it was confirmed to `review_log`",
        ),
        K::RegisterReview => telling(
            &c::REGISTER_REVIEW_OVERDUE,
            "the review of",
            "review the row and write the day into the field that [registers] names as its `log`",
        ),
        K::RiskTreatment => telling(
            &c::RISK_TREATMENT_OVERDUE,
            "the treatment of",
            "complete its actions, agree on another `due` in the treatment, or have the risk accepted",
        ),
        K::AcceptanceEnd => return None,
        K::Action => telling(
            &c::ACTION_OVERDUE,
            "the completion of",
            "add `completed`, agree on an extension (`extensions`), or cancel it with a reason",
        ),
        K::CheckIn => telling(
            &c::CHECK_IN_MISSED,
            "the check-in on",
            "ask how it goes and add the answer to `progress`",
        ),
        K::Verification => telling(
            &c::VERIFICATION_OVERDUE,
            "the verification of",
            "have somebody other than the owner look whether it worked, and add `verification`",
        ),
        K::Finding => telling(
            &c::FINDING_PAST_SLA,
            "the work on",
            "complete its actions, or decline it with a reason in `disposition` if it is no nonconformity",
        ),
        K::RootCause => telling(
            &c::ROOT_CAUSE_OVERDUE,
            "the root cause of",
            "add `root_cause: {date, by, text}`",
        ),
        K::Lessons => telling(
            &c::INCIDENT_WITHOUT_LESSONS,
            "what was learned from",
            "add the steps that are missing to `lessons`, each with `date` and `note`",
        ),
        K::Notification => telling(
            &c::BREACH_NOT_NOTIFIED,
            "the notification of",
            "notify and add it to `notification.sent`, or record why none is required",
        ),
        K::Audit => telling(
            &c::AUDIT_OVERDUE,
            "the audit",
            "add `performed` to the audit, or plan it anew and say why",
        ),
        K::ManagementReview => telling(
            &c::MANAGEMENT_REVIEW_OVERDUE,
            "the management review",
            "add `held` to the review of that period, or record for whom it was held in `for`",
        ),
        K::Report => telling(
            &c::REPORT_OVERDUE,
            "the report",
            "add a result with `report`, the period, and `distributed: {to, on}`",
        ),
        K::KpiAnalysis => telling(
            &c::KPI_ANALYSIS_OVERDUE,
            "the analysis of",
            "discuss it in a management review (input d2), or answer its result with `handled`",
        ),
        K::EvidenceExpiry => telling(
            &c::EVIDENCE_EXPIRED,
            "the evidence for",
            "replace it by evidence that is valid, with its `valid_until`",
        ),
        K::Retention => telling(
            &c::RETENTION_DUE,
            "the disposal of",
            "dispose of it as the retention plan says, or lengthen `keep` of its class in [[retention]]",
        ),
    })
}

/// Tells what is overdue of a kind. Periods of one duty are told together: the oldest is the one that matters.
pub fn report(context: &Context<'_>, sink: &mut Sink<'_>, kind: ObligationKind) {
    let Some(telling) = of(kind) else { return };
    let mut overdue: Vec<&Obligation> = context
        .obligations()
        .iter()
        .filter(|it| it.kind == kind && is_told(it, context.view.day()))
        .collect();
    // Stable, so that the oldest stays first.
    overdue.sort_by(|one, other| group(one).cmp(&group(other)));
    for same in overdue.chunk_by(|one, other| one.period.is_some() && group(one) == group(other)) {
        if let Some((oldest, later)) = same.split_first() {
            sink.add(diagnostic(context, &telling, oldest, later));
        }
    }
}

/// Whether a duty is told: what is overdue. What may be disposed of never is, and is told from the day on which it may.
pub fn is_told(it: &Obligation, day: NaiveDate) -> bool {
    match it.kind {
        ObligationKind::Retention => {
            it.due <= day && it.done.is_none() && it.state != State::Blocked
        }
        _ => it.state == State::Overdue,
    }
}

fn group(it: &Obligation) -> impl Ord + '_ {
    (&it.subject, &it.r#for, it.period.is_none())
}

fn diagnostic(
    context: &Context<'_>,
    telling: &Telling,
    oldest: &Obligation,
    later: &[&Obligation],
) -> Diagnostic {
    let Place {
        location,
        record,
        related,
    } = place(context, oldest);
    let late = (context.view.day() - oldest.due).num_days();
    let days = match late {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    };
    let ago = match late {
        0 => "today".to_owned(),
        _ => format!("{days} ago"),
    };
    let part = part(context, oldest).map_or_else(String::new, |part| format!(" ({part})"));
    let occasion = oldest.r#for.as_deref().filter(|it| *it != oldest.subject);
    let occasion = occasion.map_or_else(String::new, |it| format!(" for `{it}`"));
    let period = oldest.period.map(|period| format!(" for {period}"));
    let others = match later {
        [] => String::new(),
        [one] => one.period.map_or_else(String::new, |period| {
            format!("; {period} is overdue as well")
        }),
        [.., last] => last.period.map_or_else(String::new, |period| {
            format!(
                "; {} later periods are overdue as well, the last of them {period}",
                later.len()
            )
        }),
    };
    let message = format!(
        "{} `{}`{part}{occasion}{} {} {}, {ago}{others}",
        telling.what,
        oldest.subject,
        period.unwrap_or_default(),
        ended(oldest.kind),
        Day(oldest.due),
    );
    // The owner is the one who must not verify.
    let owner = oldest
        .owner
        .as_deref()
        .filter(|_| oldest.kind != ObligationKind::Verification);
    let late = match oldest.kind {
        ObligationKind::Retention => "kept long enough".to_owned(),
        _ => format!("{days} late"),
    };
    let label = match owner {
        Some(owner) => format!("{late}, `{owner}`"),
        None => late,
    };
    let mut found = Diagnostic::new(telling.rule, location, message)
        .label(label)
        .help(telling.help);
    found.record = record;
    for (location, what) in related {
        found = found.related(location, what);
    }
    found
}

/// What happened on the due day.
fn ended(kind: ObligationKind) -> &'static str {
    match kind {
        ObligationKind::EvidenceExpiry => "was valid until",
        ObligationKind::Retention => "has been due since",
        _ => "was due on",
    }
}

/// Which part of a record a duty is about, where its title says more than that of the record: a step of the lessons,
/// a piece of evidence.
fn part<'o>(context: &Context<'_>, it: &'o Obligation) -> Option<&'o str> {
    let record = context.snapshot.get(&it.subject)?;
    let rest = it.title.strip_prefix(record.title())?;
    rest.strip_prefix(": ")
}
