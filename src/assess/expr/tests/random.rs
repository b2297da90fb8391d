//! Properties over random texts.

use proptest::prelude::*;

use super::*;

/// Compiles and, when that works, evaluates on an absent and on a present record.
fn survives(text: &str) {
    for expect in [Expect::Any, Expect::Boolean] {
        match Expression::compile(text, &env(), expect) {
            Ok(_) => {}
            Err(problems) => {
                assert!(!problems.is_empty());
                for problem in problems {
                    assert!(text.get(problem.range.clone()).is_some(), "{problem:?}");
                    assert!(!problem.message.is_empty());
                }
                return;
            }
        }
    }
    for record in [
        json!({}),
        json!({"done": 1, "custom": {"x": "y"}, "tags": ["a"]}),
    ] {
        // A failure is fine, a panic is not.
        let _ = run(text, &record);
    }
}

/// Texts that look like expressions.
fn tokens() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "r",
        ".done",
        ".tags",
        ".custom",
        ".last",
        ".x",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "?",
        "+",
        "-",
        "*",
        "/",
        "%",
        "!",
        "==",
        "!=",
        "<",
        ">=",
        "&&",
        "||",
        " in ",
        "1",
        "2.5",
        "null",
        "true",
        "\"a\"",
        "'ä'",
        "has(",
        "days(",
        "age(",
        "get(",
        "size(",
        ".exists(x,",
        ".map(x,",
        "x",
        " ",
        "\n",
        "// c\n",
        "r'",
        "\"",
        "`",
        "period.end",
        "as_of",
        "timestamp(",
        "\\",
        "e",
        "é",
    ]);
    prop::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat())
}

/// Arithmetic that the parser reads as it is written, and its value.
fn sums() -> impl Strategy<Value = (String, f64)> {
    let number = (0u32..2000, 0u32..4).prop_map(|(n, quarter)| {
        let value = f64::from(n) + f64::from(quarter) / 4.0;
        (format!("{value}"), value)
    });
    number.prop_recursive(5, 40, 2, |inner| {
        (
            inner.clone(),
            prop::sample::select(vec!['+', '-', '*', '/', '%', 'n']),
            inner,
        )
            .prop_map(|((a, x), operator, (b, y))| match operator {
                '+' => (format!("({a} + {b})"), x + y),
                '-' => (format!("({a}-{b})"), x - y),
                '*' => (format!("({a}*{b})"), x * y),
                '/' => (format!("({a} /{b})"), x / y),
                '%' => (format!("({a}% {b})"), x % y),
                _ => (format!("(-({a}))"), -x),
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_refused_or_read(text in prop::collection::vec(any::<char>(), 0..300)) {
        survives(&text.into_iter().collect::<String>());
    }

    #[test]
    fn printable_text_is_refused_or_read(text in "[ -~\n]{0,2000}") {
        survives(&text);
    }

    #[test]
    fn tokens_in_any_order_are_refused_or_read(text in tokens()) {
        survives(&text);
    }

    #[test]
    fn arithmetic_is_that_of_doubles((text, expected) in sums()) {
        let found = run(&text, &json!({})).unwrap();
        prop_assert_eq!(found, expected.to_string());
    }
}
