//! Rules of class History, a file per rule named after it: histories that keep to the rule and histories that do not.

mod backfilled;
mod deleted_before_retention;
mod future_dated;
mod id_reused;
mod records;
mod trust_changed;

use ismsctl::diagnostics::catalogue::{CATALOGUE, Class};
use std::path::Path;

#[test]
fn every_rule_on_history_has_a_file_of_histories() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/git/rules");
    for rule in CATALOGUE.iter().filter(|rule| rule.class == Class::History) {
        let file = folder.join(format!("{}.rs", rule.id.replace('-', "_")));
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        // One that breaks the rule and one that keeps to it.
        assert!(text.matches("#[test]").count() >= 2, "tests of {}", rule.id);
        assert!(text.contains(&format!("\"{}", rule.id)), "{}", rule.id);
    }
}
