use super::*;
use crate::report::document::{Block, Line, Table, Tone};
use chrono::NaiveDate;
use serde_json::json;

fn document() -> Document {
    let mut document = Document::new("Example <Ltd>: every part");
    document.warning("Draft: not for sign-off.");
    document.facts(vec![("Period".to_owned(), "2026-Q2".into())]);
    document.part("one", "One & only");
    document.paragraph("1. a paragraph");
    let mut table = Table::new(&["a", ">b"]);
    table.row(["x|y", "1"]);
    document.add(Block::Table(table));
    document.part("empty", "Empty");
    document.part("folded", "Folded");
    let within = vec![Block::Callout(Tone::Bad, Line::from("within"))];
    document.add(Block::Details("more".to_owned(), within));
    document.list(vec!["last".into()]);
    document
}

fn page(document: &Document) -> Page<'_> {
    Page {
        organisation: "Example <Ltd>",
        as_of: NaiveDate::from_ymd_opt(2026, 6, 30).unwrap(),
        document,
        charts: None,
        data: json!({"title": "its own", "rows": [{"name": "<b> & | *x*"}], "nothing": null}),
    }
}

fn own(text: &str, spelling: Spelling) -> Result<String, TemplateError> {
    let own = Own {
        path: "templates/x",
        text,
    };
    render(Form::Report, Some(own), spelling, &page(&document()))
}

#[test]
fn built_in_templates_give_the_whole_document() {
    let mut bare = Document::new("Example <Ltd>: bare");
    bare.part("only", "Only");
    let untitled = Document::new("No organisation in it");
    for document in [
        document(),
        bare,
        untitled,
        Document::new("Example <Ltd>: empty"),
    ] {
        for form in [Form::Pack, Form::Report] {
            let whole = markdown::render(&document);
            let mut page = page(&document);
            if !document.title.starts_with("Example") {
                page.organisation = "";
                let titled = render(form, None, Spelling::Markdown, &page).unwrap();
                assert_eq!(titled.replacen("# : ", "# ", 1), whole);
                continue;
            }
            assert_eq!(
                render(form, None, Spelling::Markdown, &page).unwrap(),
                whole
            );
            let html = render(form, None, Spelling::Html, &page).unwrap();
            for part in &document.parts {
                let anchor = format!("<section id=\"{}\"", part.name);
                assert_eq!(html.matches(&anchor).count(), 1, "{html}");
            }
            assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"));
            assert!(html.ends_with("</html>\n"));
        }
    }
}

#[test]
fn the_head_of_a_page_is_what_its_policy_says() {
    let html = render(Form::Pack, None, Spelling::Html, &page(&document())).unwrap();
    let within = |open: &str, close: &str| {
        let rest = html.split_once(open).unwrap().1;
        rest.split_once(close).unwrap().0.to_owned()
    };
    assert_eq!(within("<style>", "</style>"), html::style());
    assert_eq!(within("<script>", "</script>"), html::SCRIPT);
    assert_eq!(
        within("http-equiv=\"Content-Security-Policy\" content=\"", "\">"),
        html::policy()
    );
    assert!(
        html.contains("<title>Example &lt;Ltd&gt;: every part</title>"),
        "{html}"
    );
    assert!(
        html.contains("<p class=\"organisation\">Example &lt;Ltd&gt;</p>\n<h1>every part</h1>")
    );
}

#[test]
fn values_are_escaped_for_the_format() {
    let text = "{{ rows[0].name }}[{{ nothing }}]";
    let markdown = own(text, Spelling::Markdown).unwrap();
    assert!(
        markdown.ends_with("\n&lt;b&gt; &amp; \\| \\*x\\*[]\n"),
        "{markdown}"
    );
    let html = own(text, Spelling::Html).unwrap();
    assert!(html.ends_with("&lt;b&gt; &amp; | *x*[]\n"), "{html}");
}

#[test]
fn what_we_render_stays_as_it_is() {
    let markdown = own("{{ part.one }}", Spelling::Markdown).unwrap();
    assert!(
        markdown.contains("\n## One &amp; only\n\n1\\. a paragraph\n\n| a | b |\n"),
        "{markdown}"
    );
    let html = own("{{ part.one }}{{ contents }}", Spelling::Html).unwrap();
    assert!(html.contains("<section id=\"one\""), "{html}");
    assert!(
        html.contains("<li><a href=\"#folded\">Folded</a></li>"),
        "{html}"
    );
    // `title` is the title of the page, whatever the keys of JSON are.
    assert!(
        own("{{ title }}", Spelling::Html)
            .unwrap()
            .contains("every part")
    );
}

#[test]
fn no_template_leaves_out_a_warning() {
    let markdown = own("mine", Spelling::Markdown).unwrap();
    assert_eq!(markdown, "> Draft: not for sign-off.\n\nmine\n");
    let html = own("<p>mine", Spelling::Html).unwrap();
    assert!(
        html.starts_with("<div class=\"callout warn\">") && html.ends_with("\n<p>mine\n"),
        "{html}"
    );
    let html = own("<html><BODY class='a'>mine</body></html>", Spelling::Html).unwrap();
    assert!(
        html.starts_with("<html><BODY class='a'><div class=\"callout warn\">"),
        "{html}"
    );
    // It stands there once, also where a template shows everything.
    for spelling in Spelling::ALL {
        let all = own("{{ opening }}{{ page }}", spelling).unwrap();
        assert_eq!(all.matches("Draft: not for").count(), 1, "{all}");
    }
}

#[test]
fn errors_name_line_and_text() {
    for spelling in Spelling::ALL {
        let error = own("a\n  {{ nobody }}\n", spelling).unwrap_err();
        assert_eq!(
            error.to_string(),
            "templates/x:2: undefined value in `{{ nobody }}`"
        );
    }
}

#[test]
fn names_and_forms_agree() {
    for form in [Form::Pack, Form::Report] {
        for spelling in Spelling::ALL {
            assert_eq!(form.built_in(spelling).name, spelling.template(form.stem()));
        }
    }
    assert_eq!(BUILT_IN.len(), 4);
}

#[test]
fn every_variable_is_described() {
    let document = document();
    for spelling in Spelling::ALL {
        let mut page = page(&document);
        page.data = json!({"title": "not counted twice"});
        let seen = context::of(&page, spelling, true).variables;
        let mut names: Vec<String> = seen
            .try_iter()
            .unwrap()
            .map(|name| name.to_string())
            .collect();
        let described = VARIABLES
            .iter()
            .filter(|it| it.only.is_none_or(|only| only == spelling));
        let mut described: Vec<&str> = described.map(|variable| variable.name).collect();
        names.sort();
        described.sort_unstable();
        assert_eq!(names, described);
    }
}

#[test]
fn a_template_that_runs_on_is_told_in_plain_words() {
    let error = minijinja::Error::from(minijinja::ErrorKind::OutOfFuel);
    assert_eq!(
        super::words(&error),
        "the template runs too long, more than 100 million steps"
    );
}
