//! docs/templates.md: the templates, and every variable they see with an example.

use super::shape::Shapes;
use super::{GENERATED, table};
use crate::root;
use chrono::NaiveDate;
use ismsctl::render::template::{BUILT_IN, Form, Own, Page, Spelling, VARIABLES, Variable, render};
use ismsctl::report::document::Document;
use serde_json::Value;
use std::fmt::Write;

const INTRODUCTION: &str = "# Templates

Packs and reports are rendered by templates, in the Jinja language. The built-in ones are what you see without any of your
own; `ismsctl template print NAME` prints one to start from.

";

const OWN: &str = "
A file of the same name in `templates/` of the workspace takes the place of a built-in one. A report looks for a template
named after it first: `templates/risk-register.html.j2`, then `templates/report.html.j2`, then the built-in one.
`ismsctl template list` names those that are found. With `--rev` they come from that revision, like the records. A file of any
other name that ends in `.j2` is used by nothing; `template list`, `pack` and `report` say so, since it may be misspelt.

```sh
mkdir templates
ismsctl template print pack.html.j2 > templates/pack.html.j2
```

- Text from records stays text: it is escaped for the format of the page, in Markdown as well as in HTML. Pieces of a page
  are what ismsctl rendered itself and stay as they are.
- What a template asks for and the page does not have is an error that names file and line, and nothing is printed. So is
  a template that takes more than 100 million steps. None can read files.
- Warnings, as that of a draft, stand above the page of every template of your own, so that none can leave them out.
- A page of your own style needs a policy of its own: `policy` allows `style` and `script` as they are. `style` attributes
  are not allowed by it.

## Variables

";

const KEYS: &str = "
## Keys of JSON

Besides, a template sees the keys of `--format json`, unless a variable above has the same name. What stands in them is in
[JSON output](reference/json-output.md).
";

/// The page.
pub fn page() -> String {
    let width = BUILT_IN.iter().map(|it| it.name.len()).max().unwrap();
    let mut text = format!("{GENERATED}{INTRODUCTION}```console\n$ ismsctl template list\n");
    for built_in in BUILT_IN {
        let _ = writeln!(text, "{:width$}  {}", built_in.name, built_in.renders);
    }
    let rows: Vec<Vec<String>> = VARIABLES.iter().map(row).collect();
    let head = ["variable", "type", "meaning", "pages", "example"];
    text += &format!("```\n{OWN}{}{KEYS}", table(&head, &rows));
    for (name, command) in [("pack", "pack"), ("report", "report NAME")] {
        text += &keys(name, command).unwrap_or_default();
    }
    text
}

fn row(variable: &Variable) -> Vec<String> {
    let pages = match variable.only {
        None => "all",
        Some(Spelling::Html) => "HTML",
        Some(Spelling::Markdown) => "Markdown",
    };
    vec![
        format!("`{}`", variable.name),
        variable.r#type.to_owned(),
        variable.meaning.to_owned(),
        pages.to_owned(),
        example(variable),
    ]
}

/// What the variable says on a small page, cut after a few words.
fn example(variable: &Variable) -> String {
    let asked = match variable.name {
        "parts" => "parts[0].title".to_owned(),
        "part" => "part.summary".to_owned(),
        name => name.to_owned(),
    };
    let spelling = variable.only.unwrap_or(Spelling::Markdown);
    let mut document = Document::new("Example Software: management review pack");
    document.facts(vec![("As of".to_owned(), "30 Jun 2026".into())]);
    document.part("summary", "Summary");
    document.paragraph("5 of 9 KPIs meet their targets.");
    let page = Page {
        organisation: "Example Software",
        as_of: NaiveDate::from_ymd_opt(2026, 6, 30).unwrap(),
        document: &document,
        charts: None,
        data: Value::Null,
    };
    let own = Own {
        path: "templates/pack.md.j2",
        text: &format!("{{{{ {asked} }}}}"),
    };
    let said = render(Form::Pack, Some(own), spelling, &page).unwrap();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = said.chars().take(30).collect();
    let rest = if short.len() < said.len() { " …" } else { "" };
    format!("`{}{rest}`", short.trim_end())
}

/// The keys of a command's JSON; none while it has no schema.
fn keys(name: &str, command: &str) -> Option<String> {
    let path = root().join(format!("schemas/output/{name}.schema.json"));
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).ok()?).unwrap();
    let shapes = Shapes::read("", &schema, &schema, &[]);
    let taken = |field: &str| VARIABLES.iter().any(|variable| variable.name == field);
    let fields = shapes.fields("", &schema).into_iter();
    let rows: Vec<Vec<String>> = fields
        .filter(|field| !taken(&field.name))
        .map(|field| {
            let kind = match field.ty.contains("](") {
                // The table it links to is on another page.
                true => "see JSON output".to_owned(),
                false => field.ty,
            };
            vec![format!("`{}`", field.name), kind, field.meaning]
        })
        .collect();
    let rows = table(&["key", "type", "meaning"], &rows);
    Some(format!("\n### {command}\n\n{rows}"))
}
