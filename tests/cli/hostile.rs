//! Text from records is data wherever it goes: it moves no cursor, breaks no table, becomes no markup.

use crate::harness::{Folder, Run, Screen, run_on};

pub const DAY: &str = "2026-03-31";

/// What a title may hold, as a JSON (hence YAML) string.
pub fn titles() -> Vec<String> {
    vec![
        "\u{1b}[31mred\u{1b}]0;owned\u{7} \u{1b}]8;;http://evil\u{1b}\\link".to_owned(),
        "\u{202e}gnp.exe\u{2066} and \u{9b}31m".to_owned(),
        "a | b || c \\| d \\\\| e".to_owned(),
        "two\nlines\r\nand | more\u{2028}and more\u{85}x".to_owned(),
        "`code` ``` fence ~~~ $x$ <!-- comment".to_owned(),
        "<script>alert(1)</script><img src=x onerror=alert(1)>".to_owned(),
        "[x](javascript:alert(1)) ![y](http://evil/z.png) <http://evil>".to_owned(),
        "- [ ] item # heading > quote 1. one === ---".to_owned(),
        "- dash".to_owned(),
        "# hash".to_owned(),
        "> quote".to_owned(),
        "1. one".to_owned(),
        "=1+1".to_owned(),
        "| - |".to_owned(),
        "* star **bold** _it_ __b__".to_owned(),
        "@everyone please &amp; &lt;script&gt;".to_owned(),
        "{{ 7 * 7 }} {% raw %} ${HOME} $(id)".to_owned(),
        "\u{0}nul \u{8}back \u{7f}del".to_owned(),
        "x".repeat(10_000),
        "日本語🔥".repeat(2_000),
        " ".to_owned(),
        "\u{301}\u{301}combining".to_owned(),
        "\\".to_owned(),
        "ends with \\".to_owned(),
    ]
}

/// A workspace in which every text of every kind that a pack shows is hostile.
pub fn hostile() -> Folder {
    let folder = Folder::workspace::<&str>(&[]);
    let mut config = String::from(
        "[isms]\nname = \"\\u001b[31mEvil | `corp` <script>\\u202e\"\nsince = 2026-01-01\n",
    );
    config.push_str("[roles]\nciso = \"| \\u001b[31mrole <b>\"\n");
    config.push_str("[reviews.quarterly]\ntitle = \"| <b> review\"\ncadence = \"quarterly\"\nattendees = [\"ciso\"]\n");
    config.push_str("[reports.metrics]\ncadence = \"monthly\"\nowner = \"ciso\"\n");
    config.push_str("[pack]\ntraining = [\"KPI-000\"]\nvendors = \"vendors\"\n");
    config.push_str("[registers.vendors]\nkey = \"id\"\n");
    folder.write("isms.toml", config);
    for (index, title) in titles().iter().enumerate() {
        // Control characters that YAML refuses to hold plainly are fine as escapes.
        let text = serde_json::to_string(title)
            .unwrap()
            .replace('\u{7f}', "\\u007f")
            .replace('\u{85}', "\\u0085")
            .replace('\u{9b}', "\\u009b");
        let write = |path: &str, body: String| {
            let body = body
                .replace("TEXT", &text)
                .replace("NUMBER", &format!("{index:03}"));
            folder.write(&format!("{path}/{index:03}.yaml"), body);
        };
        let head = "id: KIND-NUMBER\ntitle: TEXT\nowner: ciso\n";
        let body = |kind: &str, rest: &str| format!("{}{rest}", head.replace("KIND", kind));
        write(
            "risks",
            body(
                "RISK",
                "category: TEXT\nidentified: 2026-01-05\nassessments:\n  - {date: 2026-01-05, by: ciso, likelihood: 2, impact: 2}\n  - {date: 2026-02-05, by: ciso, likelihood: 4, impact: 4, note: TEXT}\nstatus: open\nreview: {every: 1mo}\nacceptance: {by: [{who: ciso, on: 2026-01-06}], until: 2026-12-31, score: 4, rationale: TEXT}\n",
            ),
        );
        write(
            "findings",
            body(
                "FND",
                "type: minor\nsource: INC-NUMBER\nraised: 2026-01-20\nraised_by: ciso\nconsequences: TEXT\nstatus: open\n",
            ),
        );
        write(
            "actions",
            body(
                "ACT",
                "type: review\nsource: FND-NUMBER\nopened: 2026-01-21\ndue: 2026-02-21\nsuccess_criteria: TEXT\nstatus: open\n",
            ),
        );
        write(
            "incidents",
            body(
                "INC",
                "severity: sev1\ndetected: 2026-01-19\npersonal_data: true\nnotification: {required: false, reason: TEXT, by: ciso}\n",
            ),
        );
        write(
            "context",
            body(
                "CTX",
                "type: feedback\nparty: TEXT\ndate: 2026-02-02\nimpact: TEXT\n",
            ),
        );
        write("objectives", body("OBJ", "kpis: [KPI-NUMBER]\n"));
        write(
            "audits",
            body(
                "AUD",
                "type: internal\nscope: TEXT\ncriteria: TEXT\nauditors: [ciso]\nplanned: 2026-06-01\n",
            ),
        );
        write(
            "kpis",
            body(
                "KPI",
                "area: a\nunit: count\ncadence: monthly\ntarget: 0\nmeasure: {over: incidents, at: detected, aggregate: count}\ndecide: TEXT\ndeviations: [{target: \"<= 1\", on: 2026-03-01, until: 2026-03-30, approved_by: ciso, reason: TEXT}]\n",
            ),
        );
        write(
            "registers/vendors",
            "id: vNUMBER\ntitle: TEXT\nname: TEXT\n".to_owned(),
        );
    }
    let text = serde_json::to_string("| <b>\n\u{1b}[31m").unwrap();
    let inputs: Vec<String> = ["a", "b", "c", "d1", "d2", "d3", "d4", "e", "f", "g"]
        .iter()
        .map(|letter| format!("  {letter}: {{state: {text}, trend: {text}, proposed: {text}}}\n"))
        .collect();
    folder.write(
        "reviews/next.yaml",
        format!("id: REV-1\ntitle: {text}\nowner: ciso\ntype: quarterly\nplanned: 2026-04-10\nperiod: {{from: 2026-01-01, to: 2026-03-31}}\nchair: ciso\ninputs:\n{}", inputs.concat()),
    );
    folder
}

fn harmless(name: &str, run: &Run) {
    assert!(run.status < 2, "{name}: {}", run.err);
    let plain = crate::status::without_colour(&run.out);
    for (number, line) in plain.lines().enumerate() {
        let bad = line.chars().find(|c| {
            c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(bad, None, "{name}:{}: {line:?}", number + 1);
    }
}

#[test]
fn nothing_reaches_the_terminal() {
    let folder = hostile();
    for (width, color) in [(20, false), (80, false), (80, true), (400, true)] {
        let screen = Screen { width, color };
        for command in [
            "check",
            "check --timely",
            "status",
            "kpi",
            "due",
            "due --within 90d",
            "kpi KPI-003 --explain",
        ] {
            let mut words: Vec<&str> = command.split_whitespace().collect();
            words.extend(["--as-of", DAY]);
            let run = run_on(folder.path(), screen, &words);
            harmless(&format!("{command} at {width}"), &run);
        }
    }
    // One line an item, however long its title.
    let due = folder.at(DAY, "due").out;
    assert!(
        due.lines()
            .all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80),
        "{due}"
    );
}

#[test]
fn excerpts_of_hostile_sources_are_harmless() {
    let source = "id: RISK-001\ntitle: \u{202e}evil \u{9b}31m\u{feff} x\nowner: ciso\nstatus: \u{202e}opne\n";
    let folder = Folder::workspace(&[("risks/r.yaml", source)]);
    let run = folder.run(&["check"]);
    harmless("check", &run);
    assert_eq!(run.status, 1);
    let folder = Folder::workspace(&[("risks/r.yaml", "id: RISK-001\nti\u{1b}[31mtle: x\n")]);
    harmless("check", &folder.run(&["check"]));
    // JSON escapes what it must and keeps the text as it is.
    let json = folder.run(&["check", "--format", "json"]);
    assert!(!json.out.contains('\u{1b}'));
}

/// Every row of every table has as many cells as the table has columns, and no line is cut in two.
#[test]
fn tables_of_a_pack_hold() {
    let folder = hostile();
    let run = folder.at(DAY, "pack --draft");
    harmless("pack", &run);
    let mut columns = None;
    let mut rows = 0;
    for line in run.out.lines() {
        if !line.starts_with('|') {
            let table_like = line.ends_with('|') && !line.ends_with("\\|");
            assert!(!table_like, "{line}");
            columns = None;
            continue;
        }
        assert!(line.ends_with(" |"), "{line}");
        let cells = unescaped_pipes(line) - 1;
        assert_eq!(cells, *columns.get_or_insert(cells), "{line}");
        rows += 1;
    }
    assert!(rows > 200, "{rows}");
}

fn unescaped_pipes(line: &str) -> usize {
    let mut escaped = false;
    let mut count = 0;
    for character in line.chars() {
        match character {
            '\\' => escaped = !escaped,
            '|' if !escaped => count += 1,
            _ => {}
        }
        if character != '\\' {
            escaped = false;
        }
    }
    count
}

#[test]
fn nothing_in_a_pack_is_markup_of_a_record() {
    let folder = hostile();
    let pack = folder.at(DAY, "pack --draft").out;
    for markup in [
        "<script",
        "<img",
        "<b>",
        "<!--",
        "<http",
        "](javascript",
        "](http",
        "```",
        "~~~",
        "**bold**",
    ] {
        let found = pack.match_indices(markup).find(|(at, _)| {
            let before = &pack[..*at];
            let escapes = before.len() - before.trim_end_matches('\\').len();
            escapes.is_multiple_of(2)
        });
        assert_eq!(
            found.map(|(at, _)| &pack[at..(at + 40).min(pack.len())]),
            None,
            "{markup}"
        );
    }
    // A list item, a quotation or a paragraph does not begin another block within.
    for line in pack.lines() {
        let inner = ["- [ ] ", "- ", "> "]
            .iter()
            .find_map(|mark| line.strip_prefix(mark));
        if let Some(inner) = inner {
            assert!(!inner.starts_with(['-', '+', '#', '>', '=']), "{line}");
            assert!(!inner.starts_with("1. "), "{line}");
        }
        assert!(
            !line.starts_with("    ") && !line.starts_with('\t'),
            "{line}"
        );
    }
}

#[test]
fn nothing_in_a_page_is_markup_of_a_record() {
    let folder = hostile();
    for words in ["pack", "report risk-register", "report improvement"] {
        let run = folder.at(DAY, &format!("{words} --draft --format html"));
        harmless(words, &run);
        let body = run.out.split_once("<body>").unwrap().1;
        let known = [
            "a",
            "body",
            "caption",
            "code",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "figcaption",
            "figure",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "header",
            "html",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "script",
            "section",
            "span",
            "strong",
            "summary",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "time",
            "tr",
            "ul", // within drawings:
            "svg",
            "title",
            "desc",
            "defs",
            "pattern",
            "g",
            "path",
            "rect",
            "circle",
            "line",
            "polyline",
            "polygon",
            "text",
            "tspan",
        ];
        // Only our own script has a `<` that is none of a tag.
        let (before, after) = body.split_once("<script>").unwrap();
        assert!(!after.split_once("</script>").unwrap().1.contains("<script"));
        for tag in before.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap();
            let name = tag
                .trim_start_matches('/')
                .split([' ', '\n', '/'])
                .next()
                .unwrap();
            assert!(known.contains(&name), "{words}: <{tag}>");
            // Attributes are ours: no handler, no style, no address.
            let attributes = tag.split('"').step_by(2).skip(1);
            for attribute in std::iter::once(tag.split('"').next().unwrap()).chain(attributes) {
                let attribute = attribute.trim().rsplit(' ').next().unwrap();
                assert!(
                    !attribute.starts_with("on") && attribute != "style=",
                    "{words}: <{tag}>"
                );
            }
            assert!(
                !tag.contains("javascript:") || !tag.starts_with('a'),
                "{words}: <{tag}>"
            );
        }
    }
}
