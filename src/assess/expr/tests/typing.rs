//! Operands, arguments and results of the wrong type or number.

use super::problems::refused;
use super::*;
use ProblemKind::{Syntax, Type as Typing};

#[test]
fn operands() {
    for (text, message, help) in [
        (
            "r.done + ‹r.title›",
            "`+` cannot take a number and `r.title`, which is text",
            "",
        ),
        (
            "‹r.customer_visible› + 1",
            "`+` cannot take `r.customer_visible`, which is true or false",
            "",
        ),
        (
            "r.due + ‹14›",
            "`+` cannot take a date and `14`, which is a number",
            "write a number of days as days(14)",
        ),
        (
            "r.due + ‹r.detected›",
            "`+` cannot take a date and `r.detected`, which is a date",
            "only their difference means something",
        ),
        (
            "1 - ‹null›",
            "`-` cannot take a number and `null`, which is null",
            "",
        ),
        (
            "-‹r.title› == null",
            "`-` needs a number, `r.title` is text",
            "",
        ),
        (
            "!‹r.done›",
            "`!` needs true or false, `r.done` is a number",
            "",
        ),
        (
            "r.customer_visible && ‹r.title›",
            "`&&` needs true or false, `r.title` is text",
            "",
        ),
        (
            "‹null› || true",
            "`||` needs true or false, `null` is null",
            "",
        ),
        (
            "r.resolved - r.detected > ‹4›",
            "`r.resolved - r.detected` is a duration and `4` is a number: they cannot be compared",
            "compare a duration with days(n); four hours are days(4 / 24)",
        ),
        (
            "r.due >= ‹\"2026-01-01\"›",
            "`r.due` is a date and `\"2026-01-01\"` is text: they cannot be compared",
            "write the date as timestamp(\"2026-01-01\")",
        ),
        (
            "‹\"4\"› == r.done",
            "`\"4\"` is text and `r.done` is a number: they cannot be compared",
            "write 4 without quotes",
        ),
        (
            "r.customer_visible == ‹\"true\"›",
            "`r.customer_visible` is true or false and `\"true\"` is text: they cannot be compared",
            "write true without quotes",
        ),
        (
            "r.tags == ‹\"pci\"›",
            "`r.tags` is a list and `\"pci\"` is text: they cannot be compared",
            "look for a value in a list with `value in list`",
        ),
        (
            "r.last == ‹r.last›",
            "`r.last` is a record and `r.last` is a record: they cannot be compared",
            "compare a field of it, such as its `id`",
        ),
        (
            "‹r.tags› < 3",
            "`<` cannot order `r.tags`, which is a list",
            "",
        ),
        (
            "r.done <= ‹null›",
            "`<=` cannot order `null`, which is null",
            "",
        ),
        ("1 in ‹r.title›", "`in` needs a list, `r.title` is text", ""),
        (
            "‹r.done› in r.tags",
            "`r.done` is a number and `r.tags` is a list of texts: they cannot be compared",
            "",
        ),
        (
            "r.done in ‹[\"a\", \"b\"]›",
            "`r.done` is a number and `[\"a\", \"b\"]` is a list of texts: they cannot be compared",
            "",
        ),
        (
            "[1, ‹\"a\"›] == null",
            "the list mixes a number and text",
            "",
        ),
        (
            "r.done > 3 ? 1 : ‹\"a\"›",
            "the choice gives a number or text; both must be of one type",
            "",
        ),
        (
            "‹r.done› ? 1 : 2",
            "`?` needs true or false, `r.done` is a number",
            "",
        ),
        (
            "r.source.‹title› == null",
            "`r.source` is text and has no field `title`",
            "it is an id; the record is get(r.source)",
        ),
        (
            "r.steps.‹date› == null",
            "`r.steps` is a list and has no field `date`",
            "look at each item: r.steps.exists(x, x.date …)",
        ),
        (
            "r.tags[‹\"a\"›] == null",
            "a position in a list is a number, this is text",
            "",
        ),
        (
            "‹r.done›[0] == null",
            "`r.done` is a number and has no items",
            "",
        ),
        ("‹{\"a\": [1]}› == null", "maps cannot be written here", ""),
        (
            "‹(r.done + 1) * r.total› && true",
            "`&&` needs true or false, `(r.done + 1) * r.total` is a number",
            "",
        ),
    ] {
        refused(text, Expect::Any, Typing, message, help);
    }
}

#[test]
fn calls() {
    for (text, message, help) in [
        (
            "‹days›() == null",
            "`days` takes 1 argument, not 0",
            "write days(14)",
        ),
        (
            "‹business_days›(r.due) > 1",
            "`business_days` takes 2 arguments, not 1",
            "write business_days(r.opened, r.completed)",
        ),
        (
            "‹size›(r.tags, 1) > 1",
            "`size` takes 1 argument, not 2",
            "write size(r.tags)",
        ),
        (
            "r.tags.‹size›(1) > 1",
            "`size` takes no arguments, not 1",
            "write size(r.tags)",
        ),
        (
            "‹min›(1) > 1",
            "`min` takes at least 2 arguments, not 1",
            "write min(a, b)",
        ),
        (
            "r.tags.‹map›(t) == null",
            "`map` takes 2 or 3 arguments, not 1",
            "write r.actions.map(a, get(a))",
        ),
        (
            "r.detected.‹age›() > 1",
            "`age` is a function, not a method",
            "write age(r.detected)",
        ),
        (
            "‹startsWith›(r.title, \"a\")",
            "`startsWith` is a method of the value it looks at",
            "write r.id.startsWith(\"VEN-\")",
        ),
        (
            "days(‹r.title›) == null",
            "`days` needs a number, `r.title` is text",
            "",
        ),
        (
            "age(‹r.done›) > 1",
            "`age` needs a date, `r.done` is a number",
            "",
        ),
        (
            "r.title.contains(‹1›)",
            "`contains` needs text, `1` is a number",
            "",
        ),
        (
            "size(‹r.done›) > 1",
            "`size` needs a list or text, `r.done` is a number",
            "",
        ),
        (
            "get(‹r.done›) == null",
            "`get` needs an id, `r.done` is a number",
            "",
        ),
        (
            "max(r.due, ‹1›) == null",
            "`max` needs a date here as before, `1` is a number",
            "",
        ),
        (
            "has(‹r›)",
            "`has` needs a field, `r` is not one",
            "write has(r.closed)",
        ),
        (
            "has(‹r.tags[0]›)",
            "`has` needs a field, `r.tags[0]` is not one",
            "write has(r.closed)",
        ),
        (
            "‹r.done›.exists(x, true)",
            "`exists` needs a list, `r.done` is a number",
            "",
        ),
        (
            "r.tags.filter(t, ‹t›) == null",
            "`filter` needs true or false, `t` is text",
            "",
        ),
        (
            "r.tags.map(t, ‹1›, t) == null",
            "`map` needs true or false, `1` is a number",
            "",
        ),
        (
            "r.due < timestamp(‹r.due›)",
            "`timestamp` needs a date in quotes",
            "write timestamp(\"2026-03-31\")",
        ),
    ] {
        refused(text, Expect::Any, Typing, message, help);
    }
    refused(
        "r.tags.exists(‹1›, true)",
        Expect::Any,
        Syntax,
        "the first argument names the item: a simple name is needed",
        "write r.tags.exists(t, t == \"pci\")",
    );
    let problems =
        Expression::compile("r.due < timestamp(\"2026-02-30\")", &env(), Expect::Any).unwrap_err();
    assert_eq!(problems[0].kind, Typing);
    assert_eq!(problems[0].range, 18..30);
}

#[test]
fn results() {
    for (text, expect, message, help) in [
        (
            "‹r.done + 1›",
            Expect::Boolean,
            "the expression gives a number, but true or false is needed",
            "",
        ),
        (
            "‹r.resolved - r.detected›",
            Expect::Number,
            "the expression gives a duration, but a number is needed",
            "divide it (`/ days(1)`), or give the KPI a duration as its unit",
        ),
        (
            "‹age(r.due)›",
            Expect::Duration,
            "the expression gives a number, but a duration is needed",
            "turn a number of days into a duration with days(n)",
        ),
        (
            "‹r.title›",
            Expect::NumberOrDuration,
            "the expression gives text, but a number or a duration is needed",
            "",
        ),
        (
            "‹null›",
            Expect::Moment,
            "the expression gives null, but a date is needed",
            "",
        ),
        (
            " ‹r.due› ",
            Expect::Text,
            "the expression gives a date, but text is needed",
            "",
        ),
    ] {
        refused(text, expect, Typing, message, help);
    }
    for (text, expect) in [
        ("r.custom.x", Expect::Boolean),
        ("r.custom.x", Expect::Duration),
        ("r.done", Expect::NumberOrDuration),
        ("r.due", Expect::Moment),
        ("r.title", Expect::Text),
        ("null", Expect::Any),
    ] {
        assert!(
            Expression::compile(text, &env(), expect).is_ok(),
            "{text} as {expect:?}"
        );
    }
}
