mod random;

use super::*;

const WHOLE: Place = Place {
    document: 0,
    item: None,
};

fn item(at: usize) -> Place {
    Place {
        document: 0,
        item: Some(at),
    }
}

fn signed() -> Value {
    Value::map([
        ("by", Value::text("cto")),
        ("on", Value::text("2026-07-16")),
    ])
}

/// What stands in the text after `signed_off` was set.
#[track_caller]
fn sign(text: &str, place: Place) -> String {
    set(text, place, &["signed_off"], &signed()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

const SIGNED: &str = "signed_off: {by: cto, on: 2026-07-16}";

/// `^` marks where the entry is to come, as the text given.
#[track_caller]
fn comes(text: &str, place: Place, written: &str) {
    let (before, after) = text.split_once('^').unwrap();
    let made = sign(&format!("{before}{after}"), place);
    assert_eq!(made, format!("{before}{written}{after}"));
}

#[test]
fn a_key_comes_behind_the_last_one() {
    let line = format!("\n{SIGNED}");
    for text in [
        "id: A\ntitle: x^\n",
        "id: A\ntitle: x^",
        "id: A\ntitle: x  # why^\n\n# The end.\n",
        "# Head.\nid: A\ntitle:^\n",
        "id: A\ntitle: # nothing yet^\n",
        "id: A\nlist:\n  - a\n  - b # c^\n# End.\n",
        "id: A\nlist:\n- a\n- {b: 1,\n   c: 2}^\n",
        "id: A\ntext: |\n  one\n  two^\n\n",
        "id: A\ntext: >-\n  one\n\n  two^\n",
        "id: A\ntext: \"one\n  two\"^\n",
        "id: A\nevidence: &e\n  - {path: a}^\n",
        "id: &i A\nsame: *i # alias^\n",
        "id: A\nchain: &c {a: 1}\nsame: *c^\n...\n",
        "---\nid: A^\n---\nid: B\n",
        "id: A\ntitle: Grüße, 世界 🎉^\n",
        "? id\n: A\ntitle: x^\n",
    ] {
        comes(text, WHOLE, &line);
    }
    comes("id: A\r\ntitle: x^\r\n", WHOLE, &format!("\r\n{SIGNED}"));
    comes("id: A\rtitle: x^\r", WHOLE, &format!("\r{SIGNED}"));
    comes("\u{FEFF}id: A^\n", WHOLE, &line);
    // A text that keeps its empty lines keeps them.
    comes("id: A\ntext: |+\n  one\n\n^", WHOLE, &format!("{SIGNED}\n"));
    comes("  id: A\n  b: 1^\n", WHOLE, &format!("\n  {SIGNED}"));
}

#[test]
fn records_of_a_list_keep_their_indentation() {
    let line = format!("\n  {SIGNED}");
    comes("- id: A\n  b: 1^\n- id: B\n  b: 2\n", item(0), &line);
    comes(
        "- id: A\n  b: 1\n# About B.\n- id: B\n  b: 2 # two^\n# End\n",
        item(1),
        &line,
    );
    comes("- id: A^\n", item(0), &line);
    comes(
        "-   id: A\n    b: 1^\n",
        item(0),
        &format!("\n    {SIGNED}"),
    );
    comes(
        "  - id: A\n    b: 1^\n",
        item(0),
        &format!("\n    {SIGNED}"),
    );
    comes(
        "- &a\n  id: A^\n- *a\n".replace("- *a\n", "").as_str(),
        item(0),
        &line,
    );
    comes("-\n  id: A\n  b: 1^\n", item(0), &line);
    comes(
        "- {id: A, b: 1^}\n- {id: B}\n",
        item(0),
        &format!(", {SIGNED}"),
    );
    let second = Place {
        document: 1,
        item: None,
    };
    comes(
        "id: A\n--- # second\nid: B\nb: 1^\n",
        second,
        &format!("\n{SIGNED}"),
    );
}

#[test]
fn mappings_in_brackets_stay_in_brackets() {
    let more = format!(", {SIGNED}");
    comes("{id: A, b: 1^}\n", WHOLE, &more);
    comes(
        "{id: A, b: *a^ }\n".replace("*a", "x").as_str(),
        WHOLE,
        &more,
    );
    comes("{id: A, b: 1,^}\n", WHOLE, &format!(" {SIGNED}"));
    comes("{\n  id: A, # the id\n  b: 1^ # the b\n}\n", WHOLE, &more);
    comes("{id: &a A, b: *a^}\n", WHOLE, &more);
    comes(
        "- [{id: A^}, 1]\n".replace("- [", "[").as_str(),
        item(0),
        &more,
    );
    assert_eq!(
        set("r: {}\n", WHOLE, &["r", "a"], &Value::Integer(1)).unwrap(),
        "r: {a: 1}\n"
    );
}

#[test]
fn a_value_takes_the_place_of_another() {
    for (text, made) in [
        ("id: A\nx: old # c\nz: 1\n", "id: A\nx: new # c\nz: 1\n"),
        ("x:   old\n", "x:   new\n"),
        ("x:\nz: 1\n", "x: new\nz: 1\n"),
        ("x: # c\nz: 1\n", "x: new # c\nz: 1\n"),
        ("x: ~\n", "x: new\n"),
        ("x: |\n  one\n  two\nz: 1\n", "x: new\nz: 1\n"),
        (
            "x:\n  - 1\n  - 2 # two\n# End\nz: 1\n",
            "x: new # two\n# End\nz: 1\n",
        ),
        ("x: 'it''s' # c\n", "x: new # c\n"),
        ("x: {a: 1,\n  b: 2}\nz: 1\n", "x: new\nz: 1\n"),
        ("{x: 1, z: 2}\n", "{x: new, z: 2}\n"),
        ("{x: , z: 2}\n", "{x: new, z: 2}\n"),
        ("{z: 2, x: }\n", "{z: 2, x: new}\n"),
        ("a: &a 1\nx: *a\n", "a: &a 1\nx: new\n"),
        ("x: &a 1\n", "x: new\n"),
        ("x: 1\r\nz: 2\r\n", "x: new\r\nz: 2\r\n"),
        ("\"x\" : 1\n", "\"x\" : new\n"),
    ] {
        assert_eq!(
            set(text, WHOLE, &["x"], &Value::text("new")).as_deref(),
            Ok(made),
            "{text}"
        );
    }
}

#[test]
fn a_path_leads_into_a_record_and_makes_what_is_missing() {
    let text =
        "id: A\ninputs:\n  b: {state: }  # issues\n  c: {state: }\ndecisions:\n  - {text: t}\n";
    let made = set(
        text,
        WHOLE,
        &["inputs", "b", "state"],
        &Value::text("No change."),
    )
    .unwrap();
    assert_eq!(made, text.replacen("{state: }", "{state: No change.}", 1));
    let made = set(
        text,
        WHOLE,
        &["decisions", "0", "action"],
        &Value::text("ACT-1"),
    )
    .unwrap();
    assert_eq!(made, text.replace("text: t", "text: t, action: ACT-1"));
    let made = set(text, WHOLE, &["inputs", "e", "state"], &Value::text("None")).unwrap();
    assert_eq!(
        made,
        text.replace("decisions", "  e: {state: None}\ndecisions")
    );
    let made = set(
        "id: A\ninputs:\n",
        WHOLE,
        &["inputs", "e", "state"],
        &Value::text("None"),
    );
    assert_eq!(made.unwrap(), "id: A\ninputs: {e: {state: None}}\n");
    let refused = set("id: A\n", WHOLE, &["id", "b"], &Value::Null).unwrap_err();
    assert_eq!(refused, EditError::NoPlace("id.b".to_owned()));
}

#[test]
fn a_key_may_come_behind_another() {
    let held = Value::text("2026-07-14");
    let behind = |text: &str, place| set_behind(text, place, "planned", "held", &held);
    for (text, place, made) in [
        (
            "id: A\nplanned: x # p\nz: 1\n",
            WHOLE,
            "id: A\nplanned: x # p\nheld: 2026-07-14\nz: 1\n",
        ),
        (
            "- planned: x\n  z: 1\n",
            item(0),
            "- planned: x\n  held: 2026-07-14\n  z: 1\n",
        ),
        (
            "{planned: x, z: 1}\n",
            WHOLE,
            "{planned: x, held: 2026-07-14, z: 1}\n",
        ),
        ("id: A\nz: 1\n", WHOLE, "id: A\nz: 1\nheld: 2026-07-14\n"),
        (
            "planned: x\nheld: y\n",
            WHOLE,
            "planned: x\nheld: 2026-07-14\n",
        ),
    ] {
        assert_eq!(behind(text, place).as_deref(), Ok(made), "{text}");
    }
}

#[test]
fn long_lists_take_a_line_for_each_item() {
    let decisions: Vec<Value> = (1..=3)
        .map(|number| {
            Value::map([
                (
                    "text",
                    Value::text(format!("Do the thing of number {number}, and do it well.")),
                ),
                ("kind", Value::text("improvement")),
            ])
        })
        .collect();
    let made = set(
        "- id: A\n- id: B\n",
        item(0),
        &["decisions"],
        &Value::List(decisions),
    );
    assert_eq!(
        made.unwrap(),
        "- id: A\n  decisions:\n\
         \x20   - {text: \"Do the thing of number 1, and do it well.\", kind: improvement}\n\
         \x20   - {text: \"Do the thing of number 2, and do it well.\", kind: improvement}\n\
         \x20   - {text: \"Do the thing of number 3, and do it well.\", kind: improvement}\n- id: B\n"
    );
}

#[test]
fn texts_are_quoted_only_where_they_must_be() {
    for (text, written) in [
        ("cto", "cto"),
        ("2026-07-16", "2026-07-16"),
        ("It's fine", "It's fine"),
        ("a, b", "a, b"),
        ("2026", "\"2026\""),
        ("1e5", "\"1e5\""),
        ("0x1F", "\"0x1F\""),
        ("no", "\"no\""),
        ("Null", "\"Null\""),
        ("", "\"\""),
        ("a: b", "\"a: b\""),
        ("a #b", "\"a #b\""),
        ("a#b", "a#b"),
        ("- a", "\"- a\""),
        (" a", "\" a\""),
        ("a\nb\t\"c\\", "\"a\\nb\\t\\\"c\\\\\""),
        ("\u{1b}[31m\u{7}", "\"\\u001B[31m\\u0007\""),
        ("<<", "\"<<\""),
        ("*a", "\"*a\""),
        ("世界 🎉", "世界 🎉"),
        ("...", "\"...\""),
    ] {
        let made = set("id: A\n", WHOLE, &["x"], &Value::text(text)).unwrap();
        assert_eq!(made, format!("id: A\nx: {written}\n"));
    }
    let made = set("{id: A}\n", WHOLE, &["x"], &Value::text("a, b")).unwrap();
    assert_eq!(made, "{id: A, x: \"a, b\"}\n");
}

#[test]
fn what_would_change_more_is_refused() {
    // The mapping is named elsewhere as well.
    let shared = "a: &a\n  k: 1\nb: *a\n";
    let refused = set(shared, WHOLE, &["a", "x"], &Value::Integer(1)).unwrap_err();
    assert_eq!(refused, EditError::Entangled("a.x".to_owned()));
    assert!(set(shared, WHOLE, &["b", "x"], &Value::Integer(1)).is_err());
    // The anchor is used later.
    let used = "x: &a 1\nz: *a\n";
    assert_eq!(
        set(used, WHOLE, &["x"], &Value::Integer(2)).unwrap_err(),
        EditError::Entangled("x".to_owned())
    );
    assert_eq!(
        set("a: [\n", WHOLE, &["x"], &Value::Null).unwrap_err(),
        EditError::Unreadable
    );
    assert_eq!(
        set("a: 1\n", item(0), &["x"], &Value::Null).unwrap_err(),
        EditError::NoPlace("x".to_owned())
    );
}

#[test]
fn a_record_comes_at_the_end_of_a_file() {
    let record = [
        ("id".to_owned(), Value::text("B")),
        ("for".to_owned(), Value::texts(["INC-1"])),
    ];
    for (text, made) in [
        ("- id: A\n", "- id: A\n- id: B\n  for: [INC-1]\n"),
        ("- id: A", "- id: A\n- id: B\n  for: [INC-1]\n"),
        (
            "  - id: A\n# End\n",
            "  - id: A\n# End\n  - id: B\n    for: [INC-1]\n",
        ),
        (
            "- {id: A}\r\n",
            "- {id: A}\r\n- id: B\r\n  for: [INC-1]\r\n",
        ),
        ("[{id: A}]\n", "[{id: A}, {id: B, for: [INC-1]}]\n"),
        ("id: A\n", "id: A\n---\nid: B\nfor: [INC-1]\n"),
        (
            "id: A\n---\n- id: C\n",
            "id: A\n---\n- id: C\n- id: B\n  for: [INC-1]\n",
        ),
        ("# Nothing yet", "# Nothing yet\nid: B\nfor: [INC-1]\n"),
        ("", "id: B\nfor: [INC-1]\n"),
    ] {
        assert_eq!(append(text, &record).as_deref(), Ok(made), "{text}");
    }
    assert_eq!(append("a: [\n", &record), Err(EditError::Unreadable));
}

#[test]
fn a_new_file_has_comments_and_places_to_fill() {
    let lines = [
        Line::Comment("What it is for.".to_owned()),
        Line::Entry("id".to_owned(), Value::text("REV-1"), None),
        Line::Entry("chair".to_owned(), Value::Null, Some("who?".to_owned())),
        Line::Map(
            "inputs".to_owned(),
            vec![(
                "b".to_owned(),
                Value::map([("state", Value::Null)]),
                "issues".to_owned(),
            )],
        ),
    ];
    assert_eq!(
        document(&lines).unwrap(),
        "# What it is for.\nid: REV-1\nchair: null  # who?\ninputs:\n  b: {state: }  # issues\n"
    );
}

#[test]
fn records_are_found_by_their_node() {
    let tree = read("- id: A\n- id: B\n---\nid: C\n").unwrap();
    let documents: Vec<NodeRef<'_>> = tree.documents().collect();
    let second = documents[0].items().nth(1).unwrap();
    assert_eq!(place_of(second), Some(item(1)));
    let third = Place {
        document: 1,
        item: None,
    };
    assert_eq!(place_of(documents[1]), Some(third));
    assert_eq!(place_of(second.get("id").unwrap()), None);
}
