use super::*;
use crate::text::{Source, Tree, yaml};
use std::sync::Arc;

fn tree(text: &str) -> Tree {
    let (tree, errors) = yaml::read(Arc::new(Source::new("t", text)));
    assert_eq!(errors, []);
    tree
}

#[test]
fn pointers_are_escaped_as_in_the_rfc() {
    assert_eq!(child("/a", "b/c~d"), "/a/b~1c~0d");
    assert_eq!(
        steps("/a~1b/~01//x").collect::<Vec<_>>(),
        ["a/b", "~1", "", "x"]
    );
    assert_eq!(steps("").count(), 0);
    for key in ["", "a", "~", "/", "~1", "~01/", "é"] {
        assert_eq!(steps(&child("", key)).collect::<Vec<_>>(), [key]);
    }
}

#[test]
fn pointers_find_keys_entries_and_the_root() {
    let tree = tree("a/b:\n  - x\n  - {'': y, 0: z}\n'01': w\n");
    let root = tree.documents().next().unwrap();
    let text = |pointer: &str| find(root, pointer).map(NodeRef::text);
    assert_eq!(text("/a~1b/0"), Some("x"));
    assert_eq!(text("/a~1b/1/"), Some("y"));
    assert_eq!(text("/a~1b/1/0"), Some("z"));
    assert_eq!(text("/01"), Some("w"));
    assert_eq!(find(root, "").map(NodeRef::index), Some(root.index()));
    for absent in [
        "/a~1b/2",
        "/a~1b/00",
        "/a~1b/+0",
        "/a~1b/-1",
        "/a~1b/-",
        "/a~1b/0/x",
        "/x",
        "/a~1b/1.0",
    ] {
        assert!(find(root, absent).is_none(), "{absent}");
    }
}

#[test]
fn a_place_is_never_empty() {
    let text = "id: x\nnote:\nlist:\n  -\n  - y\nmap: {}\nitems: []\nsub:\n  k: [1]\n";
    let tree = tree(text);
    let root = tree.documents().next().unwrap();
    let at = |pointer: &str, part: Part| &text[place(root, pointer, part).range()];
    for (pointer, part, expected) in [
        ("/id", Part::Key, "id"),
        ("/id", Part::Value, "x"),
        ("/note", Part::Value, "note"),
        ("/note", Part::Key, "note"),
        ("/note/x", Part::Value, "note"),
        ("/list/0", Part::Value, "-"),
        ("/list/0", Part::Key, "-"),
        ("/list/0/title", Part::Value, "-"),
        ("/list/1", Part::Value, "y"),
        ("/list/9", Part::Value, "-"),
        ("/map/x", Part::Key, "{}"),
        ("/items/3", Part::Key, "[]"),
        ("/sub/x", Part::Value, "k"),
        ("/sub/k/7", Part::Value, "["),
        ("/x", Part::Value, "id"),
        ("/id/x", Part::Value, "x"),
    ] {
        assert_eq!(at(pointer, part), expected, "{pointer} {part:?}");
    }
}
