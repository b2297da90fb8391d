//! Patterns in a schema of the workspace run in linear time: what cannot is refused when the schema is compiled.

use ismsctl::records::validate::RecordSchema;
use ismsctl::text::{Source, yaml};
use std::sync::Arc;

fn schema(pattern: &str) -> String {
    format!(
        r#"{{"type": "object", "properties": {{"name": {{"type": "string", "pattern": "{pattern}"}}}}}}"#
    )
}

#[test]
fn look_ahead_is_refused() {
    assert!(RecordSchema::compile(&schema("^(?=a)b$"), None).is_err());
    assert!(RecordSchema::compile(&schema("^[a-z]+$"), None).is_ok());
}

#[test]
fn a_pattern_that_explodes_elsewhere_ends_here() {
    let judge = RecordSchema::compile(&schema("^(a+)+$"), None).unwrap();
    let text = format!("name: {}b\n", "a".repeat(50_000));
    let (tree, errors) = yaml::read(Arc::new(Source::new("r.yaml", text)));
    assert_eq!(errors, []);
    let mistakes = judge.mistakes(tree.documents().next().unwrap());
    assert_eq!(mistakes.len(), 1);
    assert_eq!(mistakes[0].pointer, "/name");
}
