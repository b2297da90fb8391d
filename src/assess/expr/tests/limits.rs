//! Texts made to take the tool down.

use super::*;

fn compile(text: &str) -> Result<Expression, Vec<Problem>> {
    let variables = ["a", "b", "c", "e", "f"];
    let env = variables
        .into_iter()
        .fold(env(), |env, name| env.variable(name, Type::Any));
    Expression::compile(text, &env, Expect::Any)
}

#[track_caller]
fn too_complex(text: &str) {
    let problems = compile(text).expect_err("refused");
    let kinds: Vec<ProblemKind> = problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::TooComplex], "{text}: {problems:?}");
    assert!(text.get(problems[0].range.clone()).is_some());
}

/// `unit` as often as it fits into the longest expression, then `end`.
fn filled(unit: &str, end: &str) -> String {
    unit.repeat((MAX_CHARACTERS - end.len()) / unit.len()) + end
}

#[test]
fn length_counts_characters() {
    let text = |count: usize| format!("\"{}\"", "ä".repeat(count - 2));
    assert!(compile(&text(MAX_CHARACTERS)).is_ok());
    let problems = compile(&text(MAX_CHARACTERS + 1)).unwrap_err();
    assert_eq!(problems[0].kind, ProblemKind::TooComplex);
    // Brackets beyond all measure are not even looked at.
    too_complex(&"(".repeat(1_000_000));
}

#[test]
fn depth_has_an_exact_bound() {
    for (open, inner, close, most) in [
        ("(", "1", ")", MAX_DEPTH),
        ("[", "1", "]", MAX_DEPTH - 1),
        ("abs(", "1", ")", MAX_DEPTH - 1),
        ("a[", "1", "]", MAX_DEPTH - 1),
        ("!(", "true", ")", MAX_DEPTH - 1),
        ("", "1", " + 1", MAX_DEPTH - 1),
        ("", "a", ".b", MAX_DEPTH - 1),
        ("", "a", "[0]", MAX_DEPTH - 1),
        ("true ? 1 : ", "1", "", MAX_DEPTH - 1),
    ] {
        let nested = |depth: usize| open.repeat(depth) + inner + &close.repeat(depth);
        assert!(compile(&nested(most)).is_ok(), "{}", nested(most));
        too_complex(&nested(most + 1));
    }
    // Logical operators are balanced by the parser: many of them are no depth.
    assert!(compile(&("a == 1 || ".repeat(190) + "false")).is_ok());
}

#[test]
fn hostile_texts_end_soon() {
    for text in [
        filled("(", ""),
        filled("[", ""),
        filled("{", ""),
        filled("!", "a"),
        filled("-", "a"),
        filled("- ", "1"),
        filled("1+", "1"),
        filled("a.", "a"),
        filled("a?b:", "c"),
        filled("a?", "b"),
        filled("a&&", "a"),
        filled("a||b&&", "a"),
        filled("a<", "a"),
        filled("a in ", "a"),
        filled("f(", ""),
        filled("a[", ""),
        filled("a.b(", ""),
        filled("a.map(b,", ""),
        filled("{a:", ""),
        filled("a{b:", ""),
        filled("a[0]", ""),
        filled("1,", ""),
        filled("[1,", ""),
        filled("\"", ""),
        filled("'", ""),
        filled("`", ""),
        filled("r'", ""),
        filled("\\", ""),
        filled("é", ""),
        filled("\u{10ffff}", ""),
        filled("\0", ""),
        filled("a", ""),
        filled("9", ""),
        filled("9.", ""),
        filled("1e", "9"),
        filled(")", ""),
        filled("a?[{(-!b.c", ""),
        filled("\n", "a"),
        filled("//", ""),
        filled("//\n", "a"),
        filled("\"\"\"", ""),
        "(".repeat(60) + "1" + &")".repeat(60),
        "f(".repeat(60) + "1" + &")".repeat(60),
        "[".repeat(60) + &"1,".repeat(900) + "1" + &"]".repeat(60),
        "(a?".repeat(60) + "a" + &":a)".repeat(60),
        format!("a in [{}1]", "1,".repeat(950)),
    ] {
        if let Err(problems) = compile(&text) {
            for problem in problems {
                assert!(text.get(problem.range.clone()).is_some(), "{problem:?}");
            }
        }
    }
}

#[test]
fn chains_are_too_deep_and_not_fatal() {
    for text in [
        filled("1+", "1"),
        filled("a.", "a"),
        filled("a<", "a"),
        filled("a?b:", "c"),
        filled("(", ""),
        "(".repeat(900) + "1" + &")".repeat(900),
    ] {
        too_complex(&text);
    }
    // Signs cancel out in the parser.
    assert!(compile(&filled("!", "true")).is_ok());
}

#[test]
fn evaluation_needs_little_stack() {
    for (open, inner, close, expected) in [
        ("(", "1", " + 1)", "64"),
        ("abs(", "1", ")", "1"),
        ("max(0, ", "1", ")", "1"),
        ("[", "1", "][0]", "1"),
        ("(true ? ", "1", " : 2)", "1"),
        ("size([", "1", "])", "1"),
        ("!(", "true", ")", "false"),
        ("(1 == ", "1", " ? 1 : 2)", "1"),
        ("(1 in [", "1", "] ? 1 : 2)", "1"),
    ] {
        let repeated = |count: usize| open.repeat(count) + inner + &close.repeat(count);
        // As deep as it may be: some forms take two levels, some three.
        let deepest = (1..=63)
            .rev()
            .map(repeated)
            .find(|text| compile(text).is_ok());
        let deepest = deepest.unwrap();
        let evaluated = std::thread::Builder::new()
            .stack_size(512 << 10)
            .spawn(move || run(&deepest, &json!({})))
            .unwrap()
            .join();
        assert_eq!(evaluated.unwrap().as_deref(), Ok(expected), "{open}");
    }
}

#[test]
fn steps_are_budgeted() {
    let record = json!({"custom": {"many": vec![1; 1_000]}});
    let text = "r.custom.many.all(a, r.custom.many.all(b, a == b))";
    let failure = run(text, &record).unwrap_err();
    assert!(
        failure.ends_with("more than 1000000 steps were needed"),
        "{failure}"
    );
    let fewer = "r.custom.many.all(a, a == 1) && 2 in r.custom.many";
    assert_eq!(run(fewer, &record).as_deref(), Ok("false"));
}
