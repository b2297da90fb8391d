//! Pages of rules on a terminal.

use super::Paint;
use crate::diagnostics::{Class, Rule};

/// All rules, a line each.
pub fn list(rules: &[&Rule], paint: Paint) -> String {
    let width = rules
        .iter()
        .map(|rule| rule.id.len())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for (class, title) in [
        (Class::Valid, "Rules on the records alone: ismsctl check"),
        (
            Class::Timely,
            "Rules that depend on the day: ismsctl check --timely",
        ),
        (Class::History, "Rules on history: ismsctl check --base REV"),
    ] {
        let mut members = rules.iter().filter(|rule| rule.class == class).peekable();
        if members.peek().is_none() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{}\n", paint.strong(title)));
        for rule in members {
            let id = paint.hint(format!("{:<width$}", rule.id));
            text.push_str(&format!(
                "  {id}  {:<7}  {}\n",
                rule.level.word(),
                rule.summary
            ));
        }
    }
    text
}

/// The page of one rule.
pub fn page(rule: &Rule, paint: Paint) -> String {
    let mut text = String::new();
    let mut in_code = false;
    for line in rule.page.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
            continue;
        }
        let line = match line {
            line if in_code && line.is_empty() => String::new(),
            line if in_code => format!("    {line}"),
            line => match line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")) {
                Some(heading) => paint.strong(heading),
                None => line.to_owned(),
            },
        };
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&format!(
        "\nLevel: {}. Set it under [rules] in isms.toml.\n",
        rule.level.word()
    ));
    text
}
