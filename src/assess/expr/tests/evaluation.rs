//! What expressions give.

use super::*;

pub(super) fn record() -> Json {
    json!({
        "id": "INC-1", "title": "Überlast", "severity": "sev1",
        "detected": "2026-03-02T08:00:00+01:00", "resolved": "2026-03-02T10:30:00+01:00",
        "due": "2026-03-09", "done": 3, "total": 4, "tags": ["pci", "eu"],
        "owner": "ana", "source": "A-1", "actions": ["A-1", "A-2"],
        "steps": [
            {"date": "2026-03-01", "note": "a", "done": true, "score": 2.5, "parts": [1, 2]},
            {"date": "2026-03-05", "score": 4}
        ],
        "frameworks": {"iso27001": ["A.5.15"], "soc2": []},
        "custom": {"level": 3, "name": "x", "flag": true, "sla-days": 30, "nothing": null}
    })
}

#[track_caller]
pub(super) fn gives(cases: &[(&str, &str)], record: &Json) {
    for (text, expected) in cases {
        assert_eq!(run(text, record).as_deref(), Ok(*expected), "{text}");
    }
}

#[track_caller]
pub(super) fn fails(cases: &[(&str, &str)], record: &Json) {
    for (text, expected) in cases {
        let found = run(text, record);
        assert_eq!(
            found.as_ref().map_err(String::as_str),
            Err(*expected),
            "{text}"
        );
    }
}

#[test]
fn numbers_are_doubles() {
    gives(
        &[
            ("r.done / r.total", "0.75"),
            ("3 / 4 * 100", "75"),
            ("7 % 4 + 0x10 + 2u + 1e2 + .5", "121.5"),
            ("1 - -2 -1", "2"),
            ("-r.done + - 1.5", "-4.5"),
            ("-(r.done - 1)", "-2"),
            ("1 / 0", "inf"),
            ("0 / 0", "NaN"),
            ("2 + 3 * 4 == 14 && (2 + 3) * 4 == 20", "true"),
            ("0.1 + 0.2 == 0.3", "false"),
            ("round(2.5) + abs(-1) + min(3, 1, 2) + max(3, r.total)", "9"),
        ],
        &record(),
    );
}

#[test]
fn conditions() {
    gives(
        &[
            ("r.severity == \"sev1\"", "true"),
            ("r.severity in [\"sev2\", \"sev3\"]", "false"),
            ("\"eu\" in r.tags && !(\"us\" in r.tags)", "true"),
            ("\"iso27001\" in r.frameworks", "true"),
            ("\"dora\" in r.frameworks", "false"),
            ("r.customer_visible", "false"),
            ("r.customer_visible ? 1 : 2", "2"),
            ("r.title < \"Z\"", "false"),
            (
                "r.title.startsWith(\"Ü\") && r.title.endsWith(\"t\")",
                "true",
            ),
            ("r.title.contains(\"last\")", "true"),
            ("r.tags == [\"pci\", \"eu\"]", "true"),
            ("r.tags != [\"pci\"]", "true"),
            ("!!r.customer_visible", "false"),
            ("size(r.title) + size(r.tags) + r.frameworks.size()", "12"),
            ("r.title + \"!\"", "\"Überlast!\""),
        ],
        &record(),
    );
}

#[test]
fn logic_stops_at_the_left() {
    gives(
        &[
            ("false && r.custom.level", "false"),
            ("true || r.custom.level", "true"),
            ("has(r.resolved) && r.resolved > r.detected", "true"),
            ("!has(r.last.date) || r.last.date > r.due", "true"),
        ],
        &record(),
    );
    fails(
        &[
            (
                "true && r.custom.level",
                "r.custom.level: `r.custom.level` is a number, true or false is needed",
            ),
            (
                "r.custom.level && false",
                "r.custom.level: `r.custom.level` is a number, true or false is needed",
            ),
            (
                "r.custom.gone || true",
                "r.custom.gone: `r.custom.gone` is absent, true or false is needed",
            ),
        ],
        &record(),
    );
}

#[test]
fn lists_and_records() {
    gives(
        &[
            ("r.steps.exists(s, s.score > 3)", "true"),
            ("r.steps.all(s, s.done)", "false"),
            ("r.steps.exists_one(s, s.done)", "true"),
            ("r.steps.existsOne(s, s.score > 0)", "false"),
            ("r.steps.map(s, s.score * 2)", "[5, 8]"),
            ("r.steps.map(s, s.done, s.note)", "[\"a\"]"),
            ("r.steps.filter(s, !s.done).map(s, s.date)", "[2026-03-05]"),
            (
                "r.steps.exists(s, s.parts.exists(p, p * 2 == r.total))",
                "true",
            ),
            ("r.steps[1].score", "4"),
            ("r.steps[1].parts", "[]"),
            (
                "r.frameworks.filter(f, size(r.frameworks[f]) > 0)",
                "[\"iso27001\"]",
            ),
            ("r.frameworks.iso27001[0]", "\"A.5.15\""),
            ("r.custom.`sla-days` + r[\"custom\"][\"sla-days\"]", "60"),
            ("get(r.source).title", "\"Restore test\""),
            ("get(\"A-9\")", "null"),
            ("get(\"A-9\").title", "null"),
            ("r.actions.exists(a, get(a) == null)", "true"),
            ("[1, 2].map(x, [3].map(y, x + y))", "[[4], [5]]"),
            ("[].all(x, x > 1)", "true"),
            ("r.tags.exists(r, r == \"pci\")", "true"),
        ],
        &record(),
    );
    fails(
        &[
            ("r.steps[2].score", "2: `r.steps` has no item 2, it has 2"),
            (
                "r.steps[0.5].score",
                "0.5: `r.steps` has no item 0.5, it has 2",
            ),
            (
                "r.steps[-1].score",
                "-1: `r.steps` has no item -1, it has 2",
            ),
            (
                "r.custom.level.x",
                "r.custom.level: `r.custom.level` is a number and has no field `x`",
            ),
            (
                "r.custom.level.exists(x, true)",
                "r.custom.level: `r.custom.level` is a number, a list is needed",
            ),
            (
                "get(r.source) == get(r.source)",
                "get(r.source): `get(r.source)` is a record: records cannot be compared",
            ),
        ],
        &record(),
    );
}

#[test]
fn absent_values() {
    let empty = json!({"id": "X"});
    gives(
        &[
            ("r.resolved", "null"),
            ("r.tags", "[]"),
            ("r.customer_visible", "false"),
            ("r.last", "null"),
            ("r.last.date", "null"),
            ("r.last.parts", "[]"),
            ("r.last.done", "false"),
            ("r.custom.a.b.c", "null"),
            ("r.custom.a[0]", "null"),
            (
                "r.resolved == null && r.detected != timestamp(\"2026-01-01\")",
                "true",
            ),
            ("r.resolved == r.detected", "true"),
            (
                "r.severity == \"sev1\" || r.severity in [\"sev2\"]",
                "false",
            ),
            ("null in [null, r.title]", "true"),
            ("has(r.id)", "true"),
            (
                "has(r.tags) || has(r.customer_visible) || has(r.last.date)",
                "false",
            ),
            ("has(r[\"title\"])", "false"),
            (
                "r.steps.all(s, s.done) && !r.steps.exists(s, s.done)",
                "true",
            ),
            ("size(r.tags)", "0"),
            ("get(r.source).owner", "null"),
            ("has(r.resolved) && r.resolved < as_of", "false"),
        ],
        &empty,
    );
    gives(
        &[("has(r.custom.nothing)", "false"), ("has(r.tags)", "true")],
        &json!({
            "custom": {"nothing": null}, "tags": []
        }),
    );
    fails(
        &[
            (
                "r.resolved < as_of",
                "r.resolved: `r.resolved` is absent, a value is needed",
            ),
            (
                "as_of >= r.resolved",
                "r.resolved: `r.resolved` is absent, a value is needed",
            ),
            (
                "r.resolved - r.detected",
                "r.resolved: `r.resolved` is absent, a value is needed",
            ),
            (
                "1 + r.done * 2",
                "r.done: `r.done` is absent, a value is needed",
            ),
            ("-r.done", "r.done: `r.done` is absent, a number is needed"),
            (
                "age(r.detected) > 3",
                "r.detected: `r.detected` is absent, a date is needed",
            ),
            (
                "business_days(as_of, r.due)",
                "r.due: `r.due` is absent, a date is needed",
            ),
            (
                "days(r.done)",
                "r.done: `r.done` is absent, a number is needed",
            ),
            (
                "r.title.contains(\"x\")",
                "r.title: `r.title` is absent, text is needed",
            ),
            (
                "\"x\".contains(r.title)",
                "r.title: `r.title` is absent, text is needed",
            ),
            (
                "size(r.title)",
                "r.title: `r.title` is absent, a list or text is needed",
            ),
            (
                "max(1, r.done)",
                "r.done: `r.done` is absent, a value is needed",
            ),
            (
                "!r.custom.flag",
                "r.custom.flag: `r.custom.flag` is absent, true or false is needed",
            ),
            (
                "r.custom.flag ? 1 : 2",
                "r.custom.flag: `r.custom.flag` is absent, true or false is needed",
            ),
            (
                "1 in r.custom.list",
                "r.custom.list: `r.custom.list` is absent, a list is needed",
            ),
            (
                "r.custom.list.exists(x, x == 1)",
                "r.custom.list: `r.custom.list` is absent, a list is needed",
            ),
        ],
        &empty,
    );
}

#[test]
fn untyped_values_are_checked_when_read() {
    gives(
        &[
            ("r.custom.level + 1", "4"),
            ("r.custom.level > 2 && r.custom.flag", "true"),
            ("r.custom.name == \"x\"", "true"),
            ("r.custom.level * days(1)", "259200000 ms"),
        ],
        &record(),
    );
    fails(
        &[
            (
                "r.custom.level == \"3\"",
                "r.custom.level: `r.custom.level` is a number: it cannot be compared with text",
            ),
            (
                "\"3\" != r.custom.level",
                "r.custom.level: `r.custom.level` is a number: it cannot be compared with text",
            ),
            (
                "r.custom.name < as_of",
                "r.custom.name: `r.custom.name` is text: it cannot be compared with a date",
            ),
            (
                "r.custom.level - as_of",
                "as_of: `-` cannot take a number and `as_of`, which is a date",
            ),
            (
                "r.custom.name * 2",
                "2: `*` cannot take text and `2`, which is a number",
            ),
            (
                "r.custom.level in [\"a\"]",
                "r.custom.level: `r.custom.level` is a number: it cannot be compared with text",
            ),
        ],
        &record(),
    );
}

#[test]
fn comparisons_of_what_is_no_finite_number_fail() {
    let message = "r.done / r.total: `r.done / r.total` is not a finite number";
    for total in [0.0, -0.0] {
        for done in [0, 1] {
            let record = json!({"done": done, "total": total});
            fails(
                &[
                    ("r.done / r.total >= 0.95", message),
                    ("1 == r.done / r.total", message),
                    ("(r.done / r.total) in [1]", message),
                ],
                &record,
            );
        }
    }
}

#[test]
fn results_keep_their_promise() {
    let expression = Expression::compile("r.custom.x", &env(), Expect::Boolean).unwrap();
    let calendar = calendar();
    for (value, expected) in [
        (json!(true), Ok("true")),
        (
            json!(1),
            Err("`r.custom.x` is a number, true or false is needed"),
        ),
        (
            json!(null),
            Err("`r.custom.x` is absent, true or false is needed"),
        ),
    ] {
        let record = json!({"custom": {"x": value}});
        let ty = shape();
        let row = Row {
            value: &record,
            ty: Some(&ty),
        };
        let variables = [Value::Object(Object::Borrowed(&row))];
        let scope = Scope {
            variables: &variables,
            calendar: &calendar,
            today: day("2026-03-31"),
            get: &|_: &str| Ok(None),
        };
        let found = expression.evaluate(&scope);
        let found = found.as_ref().map(spelled).map_err(|f| f.message.as_str());
        assert_eq!(found.as_deref().map_err(|e| *e), expected);
    }
}

#[test]
fn the_help_of_an_absent_value_tells_the_guard() {
    let expression = Expression::compile("r.resolved < as_of", &env(), Expect::Boolean).unwrap();
    let calendar = calendar();
    let scope = Scope {
        variables: &[],
        calendar: &calendar,
        today: day("2026-03-31"),
        get: &|_: &str| Ok(None),
    };
    let failure = expression.evaluate(&scope).unwrap_err();
    assert_eq!(failure.range, 0..10);
    let help = "leave such records out with has(r.resolved) && …";
    assert_eq!(failure.help.as_deref(), Some(help));
}
