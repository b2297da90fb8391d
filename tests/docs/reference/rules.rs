//! docs/reference/rules.md: the catalogue of rules.

use super::{GENERATED, table};
use ismsctl::diagnostics::catalogue::{CATALOGUE, Class, Rule};

const INTRODUCTION: &str = "# Rules

Every problem that `ismsctl check` reports names a rule. `ismsctl explain RULE` prints the page of a rule. An *error* puts
the records at fault and makes `check` end with status 1; a *warning* asks somebody to look; a *note* is worth knowing.

The level of a rule is set in `isms.toml`:

```toml
[rules]
unused-control = \"off\"
missed-without-finding = \"error\"
```

One record is excused from one rule until a day by `ignore`, with a reason ([fields](records.md#ignore)).

";

/// The page.
pub fn page() -> String {
    let mut text = format!("{GENERATED}{INTRODUCTION}");
    let classes = [
        (Class::Valid, "On the records alone: `ismsctl check`"),
        (
            Class::Timely,
            "Depending on the day: `ismsctl check --timely`",
        ),
        (Class::History, "Against a base revision"),
    ];
    for (class, title) in classes {
        let rules = CATALOGUE.iter().filter(|rule| rule.class == class);
        let rows: Vec<Vec<String>> = rules
            .map(|rule| {
                let link = format!("[{0}](#{0})", rule.id);
                vec![link, rule.level.word().to_owned(), rule.summary.to_owned()]
            })
            .collect();
        if !rows.is_empty() {
            text += &format!(
                "## {title}\n\n{}\n",
                table(&["rule", "level", "what is reported"], &rows)
            );
        }
    }
    let pages: Vec<String> = CATALOGUE.iter().map(|rule| demoted(rule)).collect();
    text + &pages.join("\n")
}

/// The page of a rule, one level of headings down; its sections become bold words, which need no anchors.
fn demoted(rule: &Rule) -> String {
    let mut fenced = false;
    let mut text = String::new();
    for line in rule.page.lines() {
        fenced ^= line.starts_with("```");
        text += &match (fenced, line.strip_prefix("# "), line.strip_prefix("## ")) {
            (false, Some(id), _) => format!("## {id}\n"),
            (false, _, Some(section)) => format!("**{section}**\n"),
            _ => format!("{line}\n"),
        };
    }
    text
}
