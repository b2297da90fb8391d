//! `explain` and `schema`: what the tool says about itself.

use crate::harness::{Folder, Screen, run_on, snapshot};
use ismsctl::diagnostics::catalogue::CATALOGUE;

#[test]
fn rules_explain_themselves() {
    let folder = Folder::new();
    snapshot!("list", folder.run(&["explain"]).fine());
    snapshot!(
        "unknown-reference",
        folder.run(&["explain", "unknown-reference"]).fine()
    );
    let color = Screen {
        width: 80,
        color: true,
    };
    let run = run_on(folder.path(), color, &["explain", "schema"]);
    snapshot!("schema-color", run.fine());
    for rule in CATALOGUE {
        let page = folder.run(&["explain", rule.id]).fine();
        assert!(page.starts_with(rule.id), "{page}");
        assert!(!page.contains("```"), "{page}");
        assert!(page.contains(rule.summary), "{page}");
    }
}

#[test]
fn an_unknown_rule_is_refused_with_help() {
    let folder = Folder::new();
    let err = folder.run(&["explain", "unknown-referense"]).refused();
    assert!(err.contains("did you mean `unknown-reference`?"), "{err}");
    assert!(
        folder
            .run(&["explain", ""])
            .refused()
            .contains("lists all rules")
    );
}

#[test]
fn schemas_are_printed_as_committed() {
    let folder = Folder::new();
    snapshot!("schema-list", folder.run(&["schema"]).fine());
    for name in folder.run(&["schema"]).fine().lines() {
        let text = folder.run(&["schema", name]).fine();
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(schema["title"], name);
        assert!(jsonschema::draft202012::new(&schema).is_ok(), "{name}");
    }
    assert_eq!(
        folder.run(&["schema", "risks"]).fine(),
        folder.run(&["schema", "risk"]).fine()
    );
    let err = folder.run(&["schema", "rsk"]).refused();
    assert!(err.contains("did you mean `risk`?"), "{err}");
}
