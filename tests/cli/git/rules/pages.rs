//! The records on the pages of these rules: what stands under Fails fails, and what stands under Mended does not.

use super::told;
use crate::git::repository::{History, SECURITY};
use ismsctl::diagnostics::catalogue::find;

/// Each rule with the file in which its page's records stand.
const PAGES: &[(&str, &str)] = &[
    ("acceptance-widened", "risks/r.yaml"),
    ("due-date-moved", "actions/a.yaml"),
    ("illegal-transition", "actions/a.yaml"),
    ("log-rewritten", "risks/r.yaml"),
    ("result-rewritten", "results/r.yaml"),
    ("review-rewritten", "reviews/r.yaml"),
    ("target-weakened", "kpis/k.yaml"),
];

/// The blocks of YAML in a text.
fn blocks(text: &str) -> Vec<&str> {
    let parts = text.split("```yaml\n").skip(1);
    parts
        .map(|part| part.split("```").next().unwrap())
        .collect()
}

#[test]
fn pages_show_what_fails_and_how_it_is_mended() {
    for (rule, path) in PAGES {
        let page = find(rule).unwrap().page;
        let (fails, mended) = page.split_once("## Mended").unwrap();
        let (fails, mended) = (blocks(fails), blocks(mended));
        let [before, after] = fails[..] else {
            panic!("{rule}")
        };
        let [mended] = mended[..] else {
            panic!("{rule}")
        };
        let history = History::of(&[(path, before)]);
        for text in [before, after, mended] {
            history.write(path, text);
            let json = history.run("check --format json").json();
            let found = json["diagnostics"].as_array().unwrap().iter();
            let refused = found.filter(|one| one["rule"] == "schema");
            assert_eq!(refused.count(), 0, "{rule}: {text}");
        }
        history.write(path, after);
        history.commit(SECURITY, "2026-06-15", "Change");
        assert!(!told(&history, "HEAD~1", rule).is_empty(), "{rule}");
        let history = History::of(&[(path, before)]);
        history.write(path, mended);
        history.commit(SECURITY, "2026-06-15", "Change");
        assert_eq!(told(&history, "HEAD~1", rule), [""; 0], "{rule}");
    }
}
