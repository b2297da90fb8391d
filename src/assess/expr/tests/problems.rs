//! What is refused when an expression is compiled: kind, message, help, and the exact place, which
//! the tables mark as `‹…›`.

use super::*;
use ProblemKind::{Literal, Syntax, TooComplex, Unknown};

/// Compiles a marked expression and compares its only problem.
#[track_caller]
pub(super) fn refused(text: &str, expect: Expect, kind: ProblemKind, message: &str, help: &str) {
    let (plain, ranges) = marked(text);
    let problems = Expression::compile(&plain, &env(), expect).expect_err(&plain);
    let found: Vec<String> = problems
        .iter()
        .map(|problem| {
            let Problem { kind, message, .. } = problem;
            let help = problem.help.as_deref().unwrap_or_default();
            format!("{:?} {kind:?} {message} | {help}", problem.range)
        })
        .collect();
    let range = ranges.first().cloned().unwrap_or(0..plain.len());
    assert_eq!(
        found,
        [format!("{range:?} {kind:?} {message} | {help}")],
        "{plain}"
    );
}

#[test]
fn names() {
    for (text, message, help) in [
        (
            "r.‹severty› == \"sev1\"",
            "`r` has no field `severty`",
            "did you mean `severity`?",
        ),
        (
            "‹x›.detected == null",
            "unknown variable `x`",
            "the variables are: `r`, `period`, `as_of`",
        ),
        (
            "‹severity› == \"sev1\"",
            "unknown variable `severity`",
            "did you mean `r.severity`?",
        ),
        (
            "r.due < ‹now›",
            "unknown variable `now`",
            "the day evaluated is `as_of`",
        ),
        (
            "r.due < period.‹ende›",
            "`period` has no field `ende`",
            "did you mean `end`?",
        ),
        (
            "period.‹quarter› == null",
            "`period` has no field `quarter`",
            "its fields are: `start`, `last`, `end`",
        ),
        (
            "r.steps.exists(s, s.‹notes› != null)",
            "`s` has no field `notes`",
            "did you mean `note`?",
        ),
        (
            "r[‹\"titel\"›] == null",
            "`r` has no field `titel`",
            "did you mean `title`?",
        ),
        (
            "‹agee›(r.detected) > 3",
            "unknown function `agee`",
            "did you mean `age`?",
        ),
        (
            "r.title.‹startswith›(\"a\")",
            "unknown function `startswith`",
            "did you mean `startsWith`?",
        ),
        (
            "r.resolved - r.detected > ‹duration›(\"14d\")",
            "unknown function `duration`",
            "lengths of time are counted in days: write days(14)",
        ),
        (
            "r.resolved - r.detected > ‹duration›(\"36h\")",
            "unknown function `duration`",
            "lengths of time are counted in days: write days(36 / 24)",
        ),
        (
            "‹age› > 3",
            "unknown variable `age`",
            "`age` is a function: age(r.detected)",
        ),
    ] {
        refused(text, Expect::Any, Unknown, message, help);
    }
}

#[test]
fn quoted_names_are_placed_with_their_quotes() {
    refused(
        "r.last.‹`no-te`› == null",
        Expect::Any,
        Unknown,
        "`r.last` has no field `no-te`",
        "did you mean `note`?",
    );
}

#[test]
fn literals_outside_an_enumeration() {
    let never = "`r.severity` is never `sev-1`";
    let help = "did you mean `sev1`?";
    for text in [
        "r.severity == ‹\"sev-1\"›",
        "r.severity != ‹'sev-1'›",
        "‹\"sev-1\"› == r.severity",
        "r.severity in [\"sev1\", ‹\"sev-1\"›]",
        "r.severity == (r.done > 1 ? \"sev1\" : ‹\"sev-1\"›)",
        "r.severity >= ‹\"sev-1\"›",
    ] {
        refused(text, Expect::Boolean, Literal, never, help);
    }
    refused(
        "r.severity == ‹\"critical\"›",
        Expect::Boolean,
        Literal,
        "`r.severity` is never `critical`",
        "its values are: `sev1`, `sev2`, `sev3`",
    );
    refused(
        "[r].exists(x, x.severity == ‹\"\"›)",
        Expect::Boolean,
        Literal,
        "`x.severity` is never ``",
        "its values are: `sev1`, `sev2`, `sev3`",
    );
    assert!(Expression::compile("r.title == \"any\"", &env(), Expect::Boolean).is_ok());
}

#[test]
fn literals_that_are_ids_are_handed_to_the_caller() {
    for (text, expected) in [
        ("r.owner == ‹\"ana\"›", vec![("ana", "person")]),
        ("‹\"AUD-1\"› != r.source", vec![("AUD-1", "audit incident")]),
        (
            "r.source in [‹\"A\"›, ‹\"B\"›]",
            vec![("A", "audit incident"), ("B", "audit incident")],
        ),
        ("‹\"ACT-1\"› in r.actions", vec![("ACT-1", "action")]),
        (
            "r.actions.exists(a, a == ‹\"ACT-1\"›)",
            vec![("ACT-1", "action")],
        ),
        ("r.actions == [‹\"ACT-1\"›]", vec![("ACT-1", "action")]),
        (
            "get(‹\"vendors/acme\"›) != null",
            vec![("vendors/acme", "*")],
        ),
        ("r.title == \"x\" && r.owner != null", vec![]),
    ] {
        let (plain, ranges) = marked(text);
        let expression = Expression::compile(&plain, &env(), Expect::Boolean).unwrap();
        let found: Vec<(String, Range<usize>)> = expression
            .literals()
            .iter()
            .map(|l| {
                (
                    format!("{} {}", l.text, l.refers.join(" ")),
                    l.range.clone(),
                )
            })
            .collect();
        let expected: Vec<(String, Range<usize>)> = expected
            .iter()
            .zip(ranges)
            .map(|((id, kinds), range)| (format!("{id} {kinds}"), range))
            .collect();
        assert_eq!(found, expected, "{plain}");
    }
}

#[test]
fn syntax() {
    for (text, message, help) in [
        ("", "the expression is empty", ""),
        ("  // nothing", "the expression is empty", ""),
        (
            "r.done ‹=› 3",
            "unexpected character `=`",
            "compare with `==`",
        ),
        (
            "r.customer_visible ‹and› true",
            "unexpected `and`",
            "`and` is written `&&`",
        ),
        (
            "r.done > 1 ‹or› true",
            "unexpected `or`",
            "`or` is written `||`",
        ),
        (
            "r.severity ‹not› in []",
            "unexpected `not`",
            "`not` is written `!`, with parentheses: `!(a in b)`",
        ),
        ("r.done <‹>› 3", "unexpected `>`", "`<>` is written `!=`"),
        (
            "r.title == ‹\"ab›",
            "the text is never closed",
            "end it with the quote it began with",
        ),
        ("‹(›r.done + 1", "`(` is never closed", ""),
        ("r.done‹)›", "`)` closes nothing", ""),
        ("[1, 2‹)›", "`)` does not close `[`", ""),
        (
            "r.done ‹+›",
            "the expression ends after `+`",
            "something is missing on its right",
        ),
        (
            "r.done > 95‹%›",
            "the expression ends after `%`",
            "`%` is the remainder of a division; write a percentage without it",
        ),
        ("‹if›(true)", "`if` is a reserved word of CEL", ""),
        (
            "‹99999999999999999999› > 1",
            "the number `99999999999999999999` is too large",
            "",
        ),
        (
            "r.title == ‹\"a\\q\"›",
            "the text has an unknown escape",
            "write a backslash twice, or put `r` before the quote",
        ),
        (
            "r.done > 1 ‹?› 2",
            "`?` needs both values: `condition ? value : other`",
            "a choice inside another stands in parentheses",
        ),
        (
            "r.‹?›done > 1",
            "unexpected `?`",
            "absent fields give null by themselves: leave out the `?`",
        ),
        (
            "r.title == ‹'\\ud800'›",
            "the text has an unknown escape",
            "write a backslash twice, or put `r` before the quote",
        ),
        ("r.tags[‹?›0] > 1", "unexpected `?`", ""),
        ("1 ‹2›", "unexpected `2`", ""),
        ("\"ä\" == \"ö\" ‹\"ü\"›", "unexpected `\"ü\"`", ""),
        ("r.done\n  ‹3›", "unexpected `3`", ""),
        (
            "r.t‹ä›tle",
            "unexpected character `ä`",
            "a field with other than ASCII letters is selected as r[\"name\"]",
        ),
    ] {
        refused(text, Expect::Any, Syntax, message, help);
    }
    let two = Expression::compile("r.done ≤ 3 & r.total ≥ 4", &env(), Expect::Any).unwrap_err();
    let helps: Vec<_> = two.iter().filter_map(|p| p.help.as_deref()).collect();
    assert_eq!(helps, ["write `<=`", "`and` is written `&&`", "write `>=`"]);
}

#[test]
fn all_problems_are_collected_in_order() {
    let (plain, ranges) =
        marked("r.‹sevrity› == 1 && r.severity == ‹\"sev9\"› && ‹foo›(r.‹titel›) > ‹y›");
    let problems = Expression::compile(&plain, &env(), Expect::Boolean).unwrap_err();
    let found: Vec<_> = problems.iter().map(|p| (p.kind, p.range.clone())).collect();
    let kinds = [Unknown, Literal, Unknown, Unknown, Unknown];
    let expected: Vec<_> = kinds.into_iter().zip(ranges).collect();
    assert_eq!(found, expected);
}

#[test]
fn comprehensions_nest_twice() {
    let two = "r.steps.all(s, s.parts.all(p, p > 0))";
    assert!(Expression::compile(two, &env(), Expect::Boolean).is_ok());
    let chained = "r.tags.filter(t, t != \"a\").map(t, size(t)).exists(n, n > 3)";
    assert!(Expression::compile(chained, &env(), Expect::Boolean).is_ok());
    refused(
        "r.steps.all(s, s.parts.all(p, r.tags.‹all›(t, size(t) > p)))",
        Expect::Boolean,
        TooComplex,
        "more than 2 comprehensions inside one another",
        "let another record or KPI do part of the work",
    );
}
