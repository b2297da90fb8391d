//! The catalogue of rules: one entry per rule with its id, default level, class, summary and page.
//!
//! `explain`, docs/rules.md, SARIF help, `[rules]` in isms.toml and the tests all read this one table.
//! Rules raised while files are read have an entry here and no check of their own.

use crate::diagnostics::Severity;

/// What a rule needs to know before it can speak, and so which runs of `check` include it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A property of the records alone; every `check` runs it.
    Valid,
    /// Depends on the as-of day; `check --timely`, `due` and `status` run it.
    Timely,
    /// Compares with a base revision; `check --base` runs it.
    History,
}

/// One rule of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable id in kebab-case, as printed with each diagnostic and used in `[rules]` and `ignore`.
    pub id: &'static str,
    /// Level unless `[rules]` sets another.
    pub level: Severity,
    /// When the rule runs.
    pub class: Class,
    /// One sentence saying what is reported; also the first paragraph of the page.
    pub summary: &'static str,
    /// Markdown shown by `explain`: why it matters, a failing and a mended record, notes.
    pub page: &'static str,
}

/// The rule with exactly this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    let place = CATALOGUE.binary_search_by(|rule| rule.id.cmp(id)).ok()?;
    CATALOGUE.get(place).copied()
}

/// Names of rules that this version does not check yet. Records and isms.toml may name them, so that a workspace can be
/// written for several versions; any other name that is not in the catalogue is a mistake.
pub const RESERVED: &[&str] = &[
    "approval-by-other",
    "approval-unsigned",
    "backfilled",
    "deleted-before-retention",
    "future-dated",
    "id-reused",
    "trust-changed",
    "acceptance-widened",
    "due-date-moved",
    "illegal-transition",
    "log-rewritten",
    "result-rewritten",
    "review-rewritten",
    "target-weakened",
];

/// Whether a name that the catalogue lacks is kept for a rule to come.
pub fn is_reserved(id: &str) -> bool {
    RESERVED.contains(&id)
}

/// Declares each rule as a static and lists them in `CATALOGUE`, so that neither can lack the other.
macro_rules! catalogue {
    ($($name:ident = $id:literal $level:ident $class:ident $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $name: Rule = Rule {
                id: $id,
                level: Severity::$level,
                class: Class::$class,
                summary: $summary,
                page: include_str!(concat!("pages/", $id, ".md")),
            };
        )*

        /// Every rule, in alphabetical order of ids (`find` relies on it).
        pub static CATALOGUE: &[&Rule] = &[$(&$name),*];
    };
}

catalogue! {
    ACCEPTANCE_EXPIRED = "acceptance-expired" Error Timely
        "The last day of an acceptance has passed.";
    ACCEPTANCE_FORBIDDEN = "acceptance-forbidden" Error Valid
        "A risk is accepted that nobody may accept.";
    ACCEPTANCE_INCOMPLETE = "acceptance-incomplete" Error Valid
        "An acceptance lacks one of several signatures that are needed.";
    ACCEPTANCE_MISSING = "acceptance-missing" Error Valid
        "A risk is said to be accepted and nobody has signed for it.";
    ACCEPTANCE_OPEN_ENDED = "acceptance-open-ended" Error Valid
        "An acceptance has no end, or one later than its band allows.";
    ACCEPTANCE_SELF_APPROVED = "acceptance-self-approved" Error Valid
        "The owner of a risk has accepted it alone.";
    ACCEPTANCE_STALE = "acceptance-stale" Error Valid
        "An acceptance is of another score than the risk has now.";
    ACCEPTANCE_UNAUTHORISED = "acceptance-unauthorised" Error Valid
        "Nobody who was entitled to has signed an acceptance.";
    ACCEPTANCE_WIDENED = "acceptance-widened" Error History
        "An acceptance covers more than it did, with the signatures it had.";
    ACCEPTANCE_WITHOUT_MITIGATION = "acceptance-without-mitigation" Error Valid
        "A risk is accepted that needs mitigation first and has none.";
    ACTION_DUE_BEFORE_OPENED = "action-due-before-opened" Error Valid
        "An action is due before the day on which it was opened.";
    ACTION_NOT_SMART = "action-not-smart" Error Valid
        "An action has no success criteria by which anybody could tell that it worked.";
    ACTION_OVERDUE = "action-overdue" Error Timely
        "An action is neither completed nor cancelled, and its due date has passed.";
    ACTIVITY_OVERDUE = "activity-overdue" Warning Timely
        "The result of an activity has not been recorded by its deadline.";
    ALERT_UNANSWERED = "alert-unanswered" Warning Timely
        "A result meets the alert condition of its activity and nobody has handled it.";
    APPROVAL_BY_OTHER = "approval-by-other" Warning History
        "An approval was entered by somebody else than the person it names.";
    APPROVAL_UNSIGNED = "approval-unsigned" Error History
        "A sign-off or acceptance was not signed with a key of the person it names.";
    AUDIT_COVERAGE = "audit-coverage" Note Timely
        "The audit programme has not covered something within its cycle.";
    AUDIT_OVERDUE = "audit-overdue" Warning Timely
        "An audit that the programme asks for has not been performed by its deadline.";
    AUDIT_WITHOUT_REPORT = "audit-without-report" Warning Timely
        "The results of an audit have not been reported in time.";
    AUDITOR_NOT_INDEPENDENT = "auditor-not-independent" Error Valid
        "An auditor owns an area, control or policy under audit.";
    BACKFILLED = "backfilled" Warning History
        "What was done on a day was entered long after it.";
    BREACH_NOT_NOTIFIED = "breach-not-notified" Error Timely
        "A notification that is required, or not decided on, was not sent in time.";
    CHECK_IN_MISSED = "check-in-missed" Warning Timely
        "Nobody has noted the progress of an action when a check-in was due.";
    CIRCULAR_SUCCESSION = "circular-succession" Error Valid
        "Records of one kind follow one another in a circle.";
    CLOSED_WITHOUT_VERIFICATION = "closed-without-verification" Error Valid
        "A nonconformity was closed without root cause, verified actions or the name of who closed it.";
    CONFIG = "config" Error Valid
        "The configuration in isms.toml cannot be used as it stands.";
    CONTROL_REVIEW_OVERDUE = "control-review-overdue" Warning Timely
        "The review of a control has not taken place by its date.";
    CSV_SYNTAX = "csv-syntax" Error Valid
        "The rows of a register in CSV cannot be told apart from this place on.";
    DATE_INVALID = "date-invalid" Error Valid
        "A date does not exist in the calendar, or a time does not exist in the day.";
    DELETED_BEFORE_RETENTION = "deleted-before-retention" Error History
        "A record was taken away that must be kept, or without leaving a trace.";
    DEVIATION_APPROVAL = "deviation-approval" Error Valid
        "A deviation from a target lacks an approval by somebody entitled to give it.";
    DUE_DATE_MOVED = "due-date-moved" Error History
        "The due date of an action was put off without an extension.";
    DUPLICATE_ID = "duplicate-id" Error Valid
        "Two or more records have the same id.";
    DUPLICATE_KEY = "duplicate-key" Error Valid
        "A key appears twice in the same mapping.";
    EMPTY_FILE = "empty-file" Warning Valid
        "The file holds no record.";
    EVIDENCE_DIGEST = "evidence-digest" Error Valid
        "An evidence file does not have the SHA-256 digest that the record states.";
    EVIDENCE_EXPIRED = "evidence-expired" Warning Timely
        "Evidence that a record still needs is no longer valid.";
    EVIDENCE_MISSING = "evidence-missing" Error Valid
        "A record points to an evidence file that does not exist.";
    FINDING_PAST_SLA = "finding-past-sla" Warning Timely
        "The actions of a finding were not completed in the time for its type.";
    FINDING_WITHOUT_ACTION = "finding-without-action" Warning Valid
        "A finding was closed or its cause is known, and nothing follows from it.";
    FUTURE_DATED = "future-dated" Warning History
        "A record says that something happened on a day that had not come yet.";
    ID_PREFIX = "id-prefix" Warning Valid
        "An id does not begin with the prefix that the workspace sets for its kind.";
    ID_REUSED = "id-reused" Error History
        "A record has the id of another one that is gone.";
    IGNORE_UNUSED = "ignore-unused" Warning Valid
        "An ignore entry silences nothing.";
    IGNORE_WITHOUT_END = "ignore-without-end" Error Valid
        "An ignore entry has no day on which it ends.";
    ILLEGAL_TRANSITION = "illegal-transition" Error History
        "An action, finding or risk that was finished is not any more, or on another day.";
    INCIDENT_ORDER = "incident-order" Error Valid
        "The times of an incident run backwards.";
    INCIDENT_WITHOUT_LESSONS = "incident-without-lessons" Warning Timely
        "Lessons of an incident were not recorded in time.";
    INEFFECTIVE_WITHOUT_SUCCESSOR = "ineffective-without-successor" Error Valid
        "An action was found not effective and no later action succeeds it.";
    KPI_ANALYSIS_OVERDUE = "kpi-analysis-overdue" Warning Timely
        "A KPI has not been analysed when it was due.";
    KPI_COMBINATION = "kpi-combination" Error Valid
        "The results of a KPI cannot be combined into one figure for the period.";
    KPI_EVALUATION = "kpi-evaluation" Error Timely
        "An expression fails on a record, so a figure is no data or a due date unknown.";
    KPI_EXPRESSION = "kpi-expression" Error Valid
        "An expression of a KPI or trigger is not valid for the records it looks at.";
    KPI_LITERAL = "kpi-literal" Error Valid
        "An expression compares a field with a value that the field can never have.";
    KPI_TARGET = "kpi-target" Error Valid
        "The target of a KPI cannot be read or does not suit its unit.";
    KPI_UNMONITORED = "kpi-unmonitored" Note Valid
        "No activity feeds a KPI whose figures are recorded by hand.";
    LOG_REWRITTEN = "log-rewritten" Error History
        "An entry of a log is gone or says something else, or a rating was changed in place.";
    LOWERED_WITHOUT_MEASURES = "lowered-without-measures" Warning Valid
        "The score of a risk fell although nothing was done about it.";
    MANAGEMENT_REVIEW_OVERDUE = "management-review-overdue" Warning Timely
        "A management review has not been held by its deadline.";
    MEASUREMENT_OVERDUE = "measurement-overdue" Warning Timely
        "A figure or the monitoring of a control has not been recorded by its deadline.";
    MERGE_CONFLICT = "merge-conflict" Error Valid
        "The file still holds the markers of an unfinished merge.";
    MISSED_WITHOUT_FINDING = "missed-without-finding" Warning Timely
        "A KPI missed its target and nothing has been done about it in time.";
    NOT_UTF8 = "not-utf8" Error Valid
        "The file holds bytes that are not UTF-8 text.";
    NOTIFICATION_UNDECIDED = "notification-undecided" Warning Valid
        "An incident affected personal data and it is not decided whether to notify.";
    OWNER_LEFT = "owner-left" Warning Valid
        "The owner is a person who has left office.";
    PERIOD_INVALID = "period-invalid" Error Valid
        "A period is not spelled in a way that names one, or does not exist.";
    POLICY_REVIEW_OVERDUE = "policy-review-overdue" Warning Timely
        "The review of a policy has not taken place by its date.";
    REGISTER_REVIEW_OVERDUE = "register-review-overdue" Warning Timely
        "The review of a register row has not taken place by its date.";
    REPORT_OVERDUE = "report-overdue" Warning Timely
        "A scheduled report has not been delivered by its deadline.";
    RESULT_CONFLICT = "result-conflict" Error Valid
        "Two results say something different about the same subject and period.";
    RESULT_DATE = "result-date" Warning Valid
        "A total is dated before the last day of the period that it totals.";
    RESULT_PERIOD = "result-period" Error Valid
        "The period of a result does not fit the cadence of its activity or KPI.";
    RESULT_REWRITTEN = "result-rewritten" Error History
        "A result on record says something else than it did.";
    RESULT_VALUE = "result-value" Error Valid
        "A result has no value, two values, or one that cannot be true.";
    RESULT_VERDICT = "result-verdict" Warning Valid
        "The outcome of a result contradicts its figure.";
    RETENTION_DUE = "retention-due" Note Timely
        "A record has been kept as long as it must and is due for disposal.";
    REVIEW_ACTION_UNTRACKED = "review-action-untracked" Error Valid
        "A decision of a management review names no action that carries it out.";
    REVIEW_INPUT_MISSING = "review-input-missing" Warning Valid
        "A management review was signed off without one of its inputs.";
    REVIEW_OUTPUT_MISSING = "review-output-missing" Warning Valid
        "A management review was signed off without decisions or conclusion.";
    REVIEW_QUORUM = "review-quorum" Warning Valid
        "Somebody who had to attend a management review was neither there nor excused.";
    REVIEW_REWRITTEN = "review-rewritten" Error History
        "A management review that was signed off says something else than it did.";
    REVIEW_UNSIGNED = "review-unsigned" Warning Timely
        "The minutes of a management review have not been signed off in time.";
    RISK_OVER_APPETITE = "risk-over-appetite" Warning Timely
        "A risk above the appetite is neither under treatment nor validly accepted.";
    RISK_RANGE = "risk-range" Error Valid
        "A rating or an accepted score is not on the scales of the risk method.";
    RISK_REVIEW_OVERDUE = "risk-review-overdue" Warning Timely
        "The review of a risk has not taken place by its date.";
    RISK_TREATMENT_OVERDUE = "risk-treatment-overdue" Warning Timely
        "The treatment of a risk was not carried out by its date.";
    ROOT_CAUSE_OVERDUE = "root-cause-overdue" Warning Timely
        "The root cause of a finding was not determined in the time for its type.";
    SCHEMA = "schema" Error Valid
        "A field is unknown, missing, or holds a value of the wrong shape.";
    SINCE_MISSING = "since-missing" Warning Valid
        "isms.toml does not say since when the programme is judged.";
    STATUS_CONTRADICTS_DATES = "status-contradicts-dates" Error Valid
        "The status of a record says something else than its dates.";
    TARGET_ABOVE_CURRENT = "target-above-current" Error Valid
        "The target of a treatment is above every score the risk has had.";
    TARGET_WEAKENED = "target-weakened" Error History
        "The target of a KPI became easier for days that have passed.";
    TOO_COMPLEX = "too-complex" Error Valid
        "The file or expression exceeds the budget that keeps every run short.";
    TOO_MANY_EXTENSIONS = "too-many-extensions" Warning Valid
        "The due date of an action was extended more often than is allowed.";
    TREATMENT_DONE_RISK_UNCHANGED = "treatment-done-risk-unchanged" Warning Valid
        "The treatment of a risk is done and its score is no lower.";
    TREATMENT_WITHOUT_ACTION = "treatment-without-action" Warning Valid
        "A risk is under treatment without any action.";
    TRUST_CHANGED = "trust-changed" Warning History
        "Whom or what the check believes was changed by what is checked.";
    UNCLAIMED_FILE = "unclaimed-file" Warning Valid
        "A YAML file lies in a folder that belongs to no kind of record.";
    UNKNOWN_PERSON = "unknown-person" Error Valid
        "A field that takes a person or role names one that isms.toml does not know.";
    UNKNOWN_REFERENCE = "unknown-reference" Error Valid
        "A reference names an id that no record has.";
    UNREADABLE_FILE = "unreadable-file" Error Valid
        "A file or folder of the workspace cannot be read.";
    UNUSED_CONTROL = "unused-control" Note Valid
        "No monitor, activity or KPI looks after the control.";
    VERIFICATION_OVERDUE = "verification-overdue" Warning Timely
        "Nobody has verified in time whether a completed corrective action worked.";
    VERIFIED_BEFORE_COMPLETED = "verified-before-completed" Error Valid
        "An action was verified before it was completed.";
    VERIFIED_BY_OWNER = "verified-by-owner" Error Valid
        "The owner of an action verified it.";
    WRONG_KIND_REFERENCE = "wrong-kind-reference" Error Valid
        "A reference names a record of a kind that cannot stand here.";
    YAML_SYNTAX = "yaml-syntax" Error Valid
        "The file is not valid YAML from this place on.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_in_alphabetical_order() {
        for pair in CATALOGUE.windows(2) {
            assert!(
                pair[0].id < pair[1].id,
                "{} stands before {}",
                pair[0].id,
                pair[1].id
            );
        }
    }

    #[test]
    fn every_rule_is_found_by_its_id_and_no_other() {
        for rule in CATALOGUE {
            assert_eq!(find(rule.id).map(|found| found.id), Some(rule.id));
        }
        assert_eq!(find("no-such-rule"), None);
    }

    #[test]
    fn reserved_names_are_those_of_no_rule() {
        for id in RESERVED {
            assert!(is_reserved(id) && find(id).is_none(), "{id}");
        }
        assert!(!is_reserved("no-such-rule"));
    }

    #[test]
    fn pages_open_with_id_and_summary_and_have_their_sections() {
        for rule in CATALOGUE {
            let opening = format!("# {}\n\n{}\n\n## Why it matters\n", rule.id, rule.summary);
            assert!(
                rule.page.starts_with(&opening),
                "opening of the page of {}",
                rule.id
            );
            for section in ["\n## Fails\n", "\n## Mended\n"] {
                assert!(rule.page.contains(section), "{} lacks {section:?}", rule.id);
            }
        }
    }
}
