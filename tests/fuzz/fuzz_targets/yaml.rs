//! Any bytes are read as YAML or refused: no crash, every span within the text.
#![no_main]

use ismsctl::text::{NodeRef, Source, content_offset, yaml};
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::decode("fuzz.yaml", bytes.to_vec()) else {
        return;
    };
    let source = Arc::new(source);
    let (tree, errors) = yaml::read(Arc::clone(&source));
    for error in &errors {
        assert!(source.text().get(error.span.range()).is_some());
    }
    for root in tree.documents() {
        check(root);
    }
});

fn check(node: NodeRef<'_>) {
    let text = node.tree().source().text();
    let span = node.span();
    assert!(text.get(span.range()).is_some());
    for (offset, _) in node.text().char_indices().take(100) {
        let place = content_offset(node, offset);
        assert!(span.range().contains(&place) || place == span.end as usize);
        assert!(text.is_char_boundary(place));
    }
    node.items().for_each(check);
    for (key, value) in node.entries() {
        check(key);
        check(value);
    }
}
