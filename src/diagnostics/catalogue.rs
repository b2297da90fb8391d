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
    ALERT_UNANSWERED = "alert-unanswered" Warning Timely
        "A result meets the alert condition of its activity and nobody has handled it.";
    CIRCULAR_SUCCESSION = "circular-succession" Error Valid
        "Records of one kind follow one another in a circle.";
    CONFIG = "config" Error Valid
        "The configuration in isms.toml cannot be used as it stands.";
    DATE_INVALID = "date-invalid" Error Valid
        "A date does not exist in the calendar, or a time does not exist in the day.";
    DEVIATION_APPROVAL = "deviation-approval" Error Valid
        "A deviation from a target lacks an approval by somebody entitled to give it.";
    DUPLICATE_ID = "duplicate-id" Error Valid
        "Two or more records have the same id.";
    DUPLICATE_KEY = "duplicate-key" Error Valid
        "A key appears twice in the same mapping.";
    EMPTY_FILE = "empty-file" Warning Valid
        "The file holds no record.";
    EVIDENCE_DIGEST = "evidence-digest" Error Valid
        "An evidence file does not have the SHA-256 digest that the record states.";
    EVIDENCE_MISSING = "evidence-missing" Error Valid
        "A record points to an evidence file that does not exist.";
    ID_PREFIX = "id-prefix" Warning Valid
        "An id does not begin with the prefix that the workspace sets for its kind.";
    IGNORE_UNUSED = "ignore-unused" Warning Valid
        "An ignore entry silences nothing.";
    IGNORE_WITHOUT_END = "ignore-without-end" Error Valid
        "An ignore entry has no day on which it ends.";
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
    MERGE_CONFLICT = "merge-conflict" Error Valid
        "The file still holds the markers of an unfinished merge.";
    MISSED_WITHOUT_FINDING = "missed-without-finding" Warning Timely
        "A KPI missed its target and nothing has been done about it in time.";
    NOT_UTF8 = "not-utf8" Error Valid
        "The file holds bytes that are not UTF-8 text.";
    OWNER_LEFT = "owner-left" Warning Valid
        "The owner is a person who has left office.";
    PERIOD_INVALID = "period-invalid" Error Valid
        "A period is not spelled in a way that names one, or does not exist.";
    RESULT_CONFLICT = "result-conflict" Error Valid
        "Two results say something different about the same subject and period.";
    RESULT_DATE = "result-date" Warning Valid
        "A total is dated before the last day of the period that it totals.";
    RESULT_PERIOD = "result-period" Error Valid
        "The period of a result does not fit the cadence of its activity or KPI.";
    RESULT_VALUE = "result-value" Error Valid
        "A result has no value, two values, or one that cannot be true.";
    RESULT_VERDICT = "result-verdict" Warning Valid
        "The outcome of a result contradicts its figure.";
    SCHEMA = "schema" Error Valid
        "A field is unknown, missing, or holds a value of the wrong shape.";
    SINCE_MISSING = "since-missing" Warning Valid
        "isms.toml does not say since when the programme is judged.";
    TOO_COMPLEX = "too-complex" Error Valid
        "The file or expression exceeds the budget that keeps every run short.";
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
