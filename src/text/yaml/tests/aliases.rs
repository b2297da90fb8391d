//! Anchors and aliases.

use super::*;

#[test]
fn aliases_repeat_values() {
    assert_eq!(
        shapes("a: &x 1\nb: *x\nc: [*x, *x]\n"),
        ["{a:1,b:1,c:[1,1]}"]
    );
    assert_eq!(
        shapes("a: &x {p: [1]}\nb: {q: *x}\n"),
        ["{a:{p:[1]},b:{q:{p:[1]}}}"]
    );
    assert_eq!(shapes("a: &x\nb: *x\n"), ["{a:null,b:null}"]);
    assert_eq!(shapes("&k a: 1\nb: *k\n"), ["{a:1,b:\"a\"}"]);
    assert_eq!(shapes("a: &x 1\n*x : 2\n"), ["{a:1,1:2}"]);
}

#[test]
fn an_alias_means_the_last_anchor_of_its_name() {
    assert_eq!(shapes("- &x 1\n- *x\n- &x 2\n- *x\n"), ["[1,1,2,2]"]);
}

#[test]
fn an_aliased_value_keeps_its_place() {
    let tree = tree("a: &x foo\nb: *x\n");
    let value = tree.documents().next().unwrap().get("b").unwrap();
    assert_eq!((value.text(), value.span()), ("foo", Span::new(6, 9)));
}

#[test]
fn aliases_without_an_anchor_are_named() {
    assert_eq!(
        mistake("a: *x\n"),
        (TextErrorKind::Syntax, 1, 4, "*x".to_owned())
    );
    assert_eq!(mistake("a: [*x, 1]\n").3, "*x");
    for (text, place, word) in [
        ("a: &x [*x]\n", 8, "inside the value"),
        ("a: &x\n  b: *x\n", 6, "inside the value"),
        ("- &x [1]\n- &x [2, *x ]\n", 10, "inside the value"),
        ("a: &x 1\n---\nb: *x\n", 4, "earlier document"),
    ] {
        let (kind, _, column, found) = mistake(text);
        assert_eq!(
            (kind, column, found.as_str()),
            (TextErrorKind::Syntax, place, "*x"),
            "{text:?}"
        );
        assert!(message(text).0.contains(word), "{text:?}");
    }
}

#[test]
fn anchors_of_dropped_values_raise_no_second_mistake() {
    for text in [
        "a: 1\na: &x 2\nb: *x\n",
        "a: 1\na: {c: &x [2]}\nb: [*x ]\n",
        "a: 1\na: &x {c: &y 2, d: *y }\nb: *x\nc: *y\n",
        "a: 1\n&x a: 2\nb: *x\n",
        "a: 1\na: {b: &x 1, b: &y 2, c: &z 3}\nd: [*x , *y , *z ]\n",
    ] {
        let (tree, errors) = parse(text);
        assert!(
            errors
                .iter()
                .all(|error| error.kind == TextErrorKind::DuplicateKey),
            "{text:?}: {errors:?}"
        );
        let root = shape(tree.documents().next().unwrap());
        assert!(
            root.starts_with("{a:1,") && root.contains("null"),
            "{text:?}: {root}"
        );
    }
    let (tree, _) = parse("p: &p 1\nq: 1\nq: &q 2\nr: &r 3\ns: [*p , *r ]\n");
    assert_eq!(
        shape(tree.documents().next().unwrap()),
        "{p:1,q:1,r:3,s:[1,3]}"
    );
}

#[test]
fn an_alias_bomb_stops_at_the_alias_that_crosses_the_budget() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{} ", level - 1);
        text.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            vec![alias; 9].join(",")
        ));
    }
    let (kind, line, column, place) = mistake(&text);
    assert_eq!(
        (kind, line, place.as_str()),
        (TextErrorKind::TooComplex, 5, "*a3")
    );
    assert_eq!(column, 10);
    let (tree, _) = parse(&text);
    assert!(tree.documents().next().unwrap().entries().count() >= 4);
}

#[test]
fn aliases_up_to_the_budget_are_fine() {
    let fits = format!("a: &x 1\nb:\n{}", "  - *x\n".repeat(MAX_ALIAS_NODES));
    assert_eq!(
        tree(&fits)
            .documents()
            .next()
            .unwrap()
            .get("b")
            .unwrap()
            .items()
            .count(),
        MAX_ALIAS_NODES
    );
    let (kind, line, ..) = mistake(&format!("{fits}  - *x\n"));
    assert_eq!(
        (kind, line),
        (TextErrorKind::TooComplex, MAX_ALIAS_NODES + 3)
    );
}

#[test]
fn aliases_cannot_be_stacked_beyond_the_depth() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..100 {
        text.push_str(&format!("a{level}: &a{level} [*a{} ]\n", level - 1));
    }
    // Level n is n + 1 lists deep, within the mapping of the document.
    let (kind, line, _, place) = mistake(&text);
    assert_eq!(
        (kind, line, place.as_str()),
        (TextErrorKind::TooComplex, MAX_DEPTH, "*a62")
    );
}
