//! Registers in CSV and YAML: what is said about their rows, at which line and column (torture cases 16 to 18).

use super::support::{PEOPLE, found, lines};
use ismsctl::diagnostics::Diagnostic;
use ismsctl::rules::Scope;

const SCHEMA: &str = r#"{
    "type": "object",
    "additionalProperties": false,
    "required": ["id", "tier"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "tier": {"enum": ["critical", "normal"]},
        "owner": {"type": "string"},
        "onboarded": {"type": "string", "format": "date"},
        "offboarded": {"type": "string", "format": "date"},
        "score": {"type": "number", "minimum": 0},
        "staff": {"type": "integer"},
        "certified": {"type": "boolean"},
        "sites": {"type": "array", "items": {"type": "string"}}
    }
}"#;

const TYPED: &str = "[registers.vendors]\nschema = \"schemas/v.json\"\n";

fn said(config: &str, files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let config = format!("{PEOPLE}\n{config}");
    let mut all = vec![("schemas/v.json", SCHEMA)];
    all.extend(files);
    found(&config, &all, "2026-06-30", Scope::Valid)
}

/// What is said about one table.
fn of(config: &str, table: &str) -> Vec<String> {
    lines(&said(config, &[("registers/vendors.csv", table)]))
}

fn helps(config: &str, table: &str) -> Vec<String> {
    let found = said(config, &[("registers/vendors.csv", table)]);
    let helps = found
        .into_iter()
        .map(|found| found.help.unwrap_or_default());
    helps.collect()
}

/// A line of `lines`, for the table.
fn at(rule: &str, place: &str, message: &str) -> String {
    format!("{rule} registers/vendors.csv:{place} {message}")
}

#[test]
fn a_sound_table_is_quiet() {
    let table = "id,name,tier,onboarded,score,certified\r\nacme,\"Acme,\r\nLtd\",critical,2026-01-31,1.5,TRUE\r\nbolt,,normal,,,\r\n";
    assert_eq!(of(TYPED, table), [""; 0]);
    assert_eq!(of(TYPED, &format!("\u{FEFF}{table}")), [""; 0]);
    assert_eq!(of("", "id,name\nacme,Acme\n"), [""; 0]);
    let semicolons = "separator = \";\"\ndecimal = \",\"\n";
    let table = "id;tier;score\nacme;normal;1,5\n";
    assert_eq!(of(&format!("{TYPED}{semicolons}"), table), [""; 0]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_column() {
    let table = "\u{FEFF}id,tier\né,norml\n";
    let message = "`norml` is not a value of this field";
    assert_eq!(of(TYPED, table), [at("schema", "2:3", message)]);
}

#[test]
fn separators_are_declared_and_never_guessed() {
    let table = "id;tier;score\nacme;normal;1,5\n";
    let message = "the header is one cell: its names look separated by `;`, and the separator of this register is `,`";
    assert_eq!(of(TYPED, table), [at("csv-syntax", "1:3", message)]);
    assert_eq!(
        helps(TYPED, table),
        ["declare `separator = \";\"` for the register in isms.toml; it is never guessed"]
    );
    // The other way round, and with a comma within the names.
    let config = format!("{TYPED}separator = \";\"\n");
    let message = "the header is one cell: its names look separated by `,`, and the separator of this register is `;`";
    assert_eq!(
        of(&config, "id,tier\nacme,normal\n"),
        [at("csv-syntax", "1:3", message)]
    );
}

#[test]
fn decimal_marks_are_declared_and_never_guessed() {
    let config = format!("{TYPED}separator = \";\"\n");
    let table = "id;tier;score\nacme;normal;1,5\n";
    let message = "expected a number, found the text `1,5`";
    assert_eq!(of(&config, table), [at("schema", "2:13", message)]);
    assert_eq!(
        helps(&config, table),
        [
            "decimals are written with `.` here; if the whole file has `,`, declare `decimal = \",\"` under [registers.vendors]"
        ]
    );
    let config = format!("{config}decimal = \",\"\n");
    let message = "expected a number, found the text `1.5`";
    let table = "id;tier;score\nacme;normal;1.5\n";
    assert_eq!(of(&config, table), [at("schema", "2:13", message)]);
}

#[test]
fn rows_with_a_cell_too_few_or_too_many_are_told_by_row_and_column() {
    let table = "id,name,tier\nacme,\"Acme\n& Co\",critical\nbolt,Bolt\ncore,Core, Ltd,normal\ndéjà,,normal,\n";
    assert_eq!(
        of(TYPED, table),
        [
            at(
                "csv-syntax",
                "4:6",
                "this row has 2 cells and the header 3 columns: there is none for `tier`"
            ),
            at(
                "csv-syntax",
                "5:16",
                "this row has 4 cells and the header 3 columns"
            ),
            at(
                "csv-syntax",
                "6:13",
                "this row has 4 cells and the header 3 columns"
            ),
        ]
    );
}

#[test]
fn columns_that_are_missing_doubled_or_alike_are_told_once_at_the_header() {
    let rows = "acme,critical,x\nbolt,normal,y\n";
    let cases = [
        (
            "id,name,onboarded\n",
            vec![at(
                "schema",
                "1:1",
                "the column `tier` is missing; the schema asks for it",
            )],
        ),
        (
            "id,Tier,name\n",
            vec![at(
                "schema",
                "1:4",
                "the column `Tier` differs from the field `tier` only by case or spaces",
            )],
        ),
        (
            "id,\"ti er\",name\n",
            vec![at(
                "schema",
                "1:4",
                "the column `ti er` differs from the field `tier` only by case or spaces",
            )],
        ),
        (
            "id,tier,nmae\n",
            vec![at(
                "schema",
                "1:9",
                "the schema of `vendors` has no field `nmae`",
            )],
        ),
        (
            "id,tier,tier\n",
            vec![at("duplicate-key", "1:9", "the column `tier` stands twice")],
        ),
        (
            "id,tier,Tier \n",
            vec![at(
                "duplicate-key",
                "1:9",
                "the columns `tier` and `Tier ` differ only by case or spaces",
            )],
        ),
        (
            "id,tier,\n",
            vec![at("csv-syntax", "1:8", "column 3 has no name")],
        ),
    ];
    for (header, expected) in cases {
        // `x` and `y` are no dates, and names are free.
        let rows = rows.replace(",x", ",").replace(",y", ",");
        assert_eq!(of(TYPED, &format!("{header}{rows}")), expected, "{header}");
    }
    let help = |header: &str| helps(TYPED, &format!("{header}{rows}")).swap_remove(0);
    assert_eq!(help("id,Tier,name\n"), "did you mean `tier`?");
    assert_eq!(help("id,tier,nmae\n"), "did you mean `name`?");
}

#[test]
fn a_column_that_isms_toml_names_has_to_be_there() {
    let config = "[registers.vendors]\nkey = \"no\"\nowner = \"owner\"\nopened = \"onboarded\"\n";
    let table = "no,ownr,onboarded\nacme,ceo,2026-01-05\n";
    let message = "the column `owner` is missing; [registers.vendors] names it as `owner`";
    assert_eq!(of(config, table), [at("schema", "1:1", message)]);
    assert_eq!(helps(config, table), ["did you mean `ownr`?"]);
    let message = "the column `no` is missing; [registers.vendors] names it as `key`";
    let table = "nr,owner,onboarded\nacme,ceo,2026-01-05\n";
    assert_eq!(of(config, table), [at("schema", "1:1", message)]);
}

#[test]
fn cells_that_do_not_fit_are_told_where_they_stand() {
    let table = "id,tier,onboarded,score,staff,certified\n\
                 acme,crtical,2026-02-30,12 %,3.5,yes\n\
                 bolt,normal,31.01.2026,-1,,1\n\
                 core,normal,,\"1,000\", 7,\n\
                 ,normal,,,,\n\
                 dock,,,,,\n";
    let found = of(TYPED, table);
    assert_eq!(
        found,
        [
            at("schema", "2:6", "`crtical` is not a value of this field"),
            at(
                "date-invalid",
                "2:14",
                "`2026-02-30` is not a date: 2026-02 has 28 days"
            ),
            at("schema", "2:25", "expected a number, found the text `12 %`"),
            at(
                "schema",
                "2:30",
                "expected a whole number, found the number `3.5`"
            ),
            at(
                "schema",
                "2:34",
                "expected true or false, found the text `yes`"
            ),
            at("date-invalid", "3:13", "`31.01.2026` is not a date"),
            at("schema", "3:24", "the number `-1` is below 0"),
            at(
                "schema",
                "3:28",
                "expected true or false, found the text `1`"
            ),
            at(
                "schema",
                "4:14",
                "expected a number, found the text `1,000`"
            ),
            at(
                "schema",
                "4:22",
                "expected a whole number, found the text ` 7`"
            ),
            at("schema", "5:1", "the field `id` is missing"),
            at("schema", "6:6", "the field `tier` is missing"),
        ]
    );
    let help =
        |cell: &str| helps(TYPED, &format!("id,tier,score\nacme,normal,{cell}\n")).swap_remove(0);
    assert_eq!(
        help("12 %"),
        "write digits, with `.` before decimals and nothing else: no blanks, units or thousands marks"
    );
    let table = "id,tier,certified\nacme,normal,yes\n";
    assert_eq!(helps(TYPED, table), ["write `true` or `false`"]);
    let table = "id,tier,sites\nacme,normal,a b\n";
    assert_eq!(
        helps(TYPED, table),
        ["a cell holds one text, number or date; keep rows with lists or mappings as YAML"]
    );
}

#[test]
fn a_date_that_isms_toml_names_is_one_even_without_a_schema() {
    let config = "[registers.vendors]\nopened = \"onboarded\"\nfacts = [\"assessed\"]\n";
    let table = "id,onboarded,assessed,renewal\nacme,2026-01-05,soon,soon\n";
    let found = of(config, table);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("date-invalid registers/vendors.csv:2:17 `soon` is not a date"),
        "{found:?}"
    );
    let rows = "- {id: acme, onboarded: 2026-01-05, assessed: soon}\n";
    let found = lines(&said(config, &[("registers/vendors/all.yaml", rows)]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("date-invalid registers/vendors/all.yaml:1:47 "),
        "{found:?}"
    );
}

#[test]
fn quotes_and_bytes_that_make_no_table() {
    let cases = [
        (
            "id,tier\nacme,\"normal\nbolt,normal\n",
            "csv-syntax",
            "2:6",
            "this quote is never closed",
        ),
        (
            "id,tier\nacme,\"normal\" x\n",
            "csv-syntax",
            "2:14",
            "` x` stands after the closing quote of its cell",
        ),
        (
            "id,tier\nacme,norm\0al\n",
            "csv-syntax",
            "2:10",
            "NUL byte (0x00) in the text",
        ),
        ("", "empty-file", "1:1", "this file is empty"),
        (
            "id,tier\n",
            "empty-file",
            "1:1",
            "this file has a header and no rows",
        ),
        (
            "id,tier\n<<<<<<< HEAD\nacme,normal\n",
            "merge-conflict",
            "2:1",
            "an unfinished merge: a conflict marker stands in the file",
        ),
    ];
    for (table, rule, place, message) in cases {
        assert_eq!(of(TYPED, table), [at(rule, place, message)], "{table:?}");
    }
}

#[test]
fn a_key_stands_once_in_a_register_however_it_is_kept() {
    let table = "id,tier\nacme,normal\nbolt,normal\nacme,critical\n";
    let yaml = "- {id: bolt, tier: normal}\n- {id: core, tier: normal}\n";
    let found = said(
        TYPED,
        &[
            ("registers/vendors.csv", table),
            ("registers/vendors/more.yaml", yaml),
        ],
    );
    assert_eq!(
        lines(&found),
        [
            "duplicate-id registers/vendors.csv:3:1 the id `vendors/bolt` is taken",
            "duplicate-id registers/vendors.csv:4:1 the id `vendors/acme` is taken",
        ]
    );
    let message = at("schema", "3:1", "blanks stand around `bolt`");
    assert_eq!(of("", "id,tier\nacme,normal\n bolt,normal\n"), [message]);
    let message = at("schema", "3:1", "the cell of `id` is empty");
    assert_eq!(of("", "id,tier\nacme,normal\n,normal\n"), [message]);
}

#[test]
fn owners_and_references_of_rows_are_looked_at() {
    let config = "[people.jo]\nname = \"Jo\"\nuntil = 2026-03-31\n[registers.vendors]\nowner = \"owner\"\nclosed = \"ended\"\n";
    let table = "id,owner,ended\nacme,ceo,\nbolt,cfo,\ncore,jo,\ndock,jo,2026-02-01\n";
    let action = "id: ACT-1\ntitle: Something\nowner: ceo\ntype: improvement\nsource: vendors/acme\nopened: 2026-02-01\ndue: 2026-12-01\nstatus: open\n";
    let other = action.replace("ACT-1", "ACT-2").replace("/acme", "/acmee");
    let found = said(
        config,
        &[
            ("registers/vendors.csv", table),
            ("actions/a.yaml", action),
            ("actions/b.yaml", &other),
        ],
    );
    let found: Vec<String> = lines(&found);
    let expected = [
        "unknown-reference actions/b.yaml:5:9",
        "unknown-person registers/vendors.csv:3:6",
        "owner-left registers/vendors.csv:4:6",
    ];
    let starts = |(found, expected): (&String, &&str)| found.starts_with(*expected);
    assert!(
        found.len() == 3 && found.iter().zip(&expected).all(starts),
        "{found:#?}"
    );
}

#[test]
fn references_to_rows_that_could_not_be_read_are_not_at_fault() {
    let activity = "id: ACTV-1\ntitle: Work\nowner: ceo\nmethod: manual\ncadence: annual\n";
    let result = |id: &str| {
        format!(
            "{{id: R-{id}, activity: ACTV-1, for: [vendors/{id}], date: 2026-02-01, outcome: pass}}\n"
        )
    };
    let rules = |table: &str, id: &str| {
        let files = [
            ("registers/vendors.csv", table),
            ("activities/a.yaml", activity),
            ("results/r.yaml", &result(id)),
        ];
        let found = lines(&said(TYPED, &files));
        found
            .into_iter()
            .filter(|line| line.starts_with("unknown-reference"))
            .count()
    };
    assert_eq!(rules("id,tier\nacme,normal\n", "acme"), 0);
    assert_eq!(rules("id,tier\nacme,normal\n", "bolt"), 1);
    assert_eq!(rules("id,tier\nbolt,norml\n", "bolt"), 0);
    assert_eq!(rules("id,tier\nbolt\n", "bolt"), 0);
    assert_eq!(rules("id,tier\nacme,norml\n", "bolt"), 1);
    assert_eq!(rules("id,tier\nacme,\"normal\n", "bolt"), 0);
}

#[test]
fn what_isms_toml_says_of_a_register_has_to_make_sense() {
    let table = (
        "registers/vendors.csv",
        "id,tier,onboarded,offboarded\nacme,normal,2026-01-05,\n",
    );
    let cases = [
        ("separator = \";;\"\n", "`;;` cannot separate cells"),
        ("separator = \"\\n\"\n", "`\\n` cannot separate cells"),
        ("separator = \"\\\"\"\n", "`\\\"` cannot separate cells"),
        ("decimal = \"'\"\n", "`\\'` is no decimal mark"),
        (
            "closed = \"ofboarded\"\n",
            "rows of `vendors` have no field `ofboarded`",
        ),
        (
            "facts = [\"onboarded\", \"assessed\"]\n",
            "rows of `vendors` have no field `assessed`",
        ),
        (
            "owner = \"ownr\"\n",
            "rows of `vendors` have no field `ownr`",
        ),
        (
            "opened = \"score\"\n",
            "`score` is no date: the schema gives it another type",
        ),
        (
            "key = \"number\"\n",
            "rows of `vendors` have no field `number`",
        ),
        (
            "review = {every = \"1y\", log = \"reviewed\"}\n",
            "vendors have no field `reviewed`",
        ),
    ];
    for (more, message) in cases {
        let found = said(&format!("{TYPED}{more}"), &[table]);
        let config: Vec<&Diagnostic> = found
            .iter()
            .filter(|found| found.rule.id == "config")
            .collect();
        assert_eq!(config.len(), 1, "{more}: {:#?}", lines(&found));
        assert_eq!(config[0].message, message);
        assert!(config[0].help.is_some() && config[0].location.path() == "isms.toml");
        assert!(
            more.contains(config[0].location.text().trim_matches('"')),
            "{more}: {}",
            config[0].location.text()
        );
    }
    let found = said(&format!("{TYPED}closed = \"ofboarded\"\n"), &[table]);
    assert_eq!(
        found[0].help.as_deref(),
        Some("did you mean `offboarded` or `onboarded`?")
    );
}

#[test]
fn a_misspelt_field_of_rows_in_yaml_is_seen_as_well() {
    let rows = (
        "registers/vendors/all.yaml",
        "- {id: acme, onboarded: 2026-01-05}\n",
    );
    let config = "[registers.vendors]\nopened = \"onborded\"\nclosed = \"ended\"\n";
    let found = said(config, &[rows]);
    assert_eq!(lines(&found).len(), 1);
    assert_eq!(
        found[0].message,
        "no row of `vendors` has a field `onborded`"
    );
    assert_eq!(found[0].help.as_deref(), Some("did you mean `onboarded`?"));
    // Nothing has ended yet, and without rows nobody can tell.
    assert!(said("[registers.vendors]\nclosed = \"ended\"\n", &[rows]).is_empty());
    assert!(said(config, &[]).is_empty());
}

#[test]
fn a_schema_that_cannot_be_used_is_told_in_isms_toml_and_nowhere_else() {
    for (text, message) in [
        (
            "{",
            "the schema `schemas/x.json` cannot be used: EOF while parsing an object at line 1 column 1",
        ),
        (
            "{\"properties\": {\"id\": {\"pattern\": \"(?=x)\"}}}",
            "the schema `schemas/x.json` cannot be used: ",
        ),
    ] {
        let config = "[registers.vendors]\nschema = \"schemas/x.json\"\n";
        let found = said(
            config,
            &[
                ("schemas/x.json", text),
                ("registers/vendors.csv", "id\nacme\n"),
            ],
        );
        assert_eq!(found.len(), 1, "{:?}", lines(&found));
        assert!(
            found[0].message.starts_with(message),
            "{}",
            found[0].message
        );
        assert_eq!(found[0].location.text(), "\"schemas/x.json\"");
    }
    let found = said("[registers.vendors]\nschema = \"../x.json\"\n", &[]);
    assert_eq!(
        found[0].message,
        "the schema `../x.json` cannot be used: it does not lie in the workspace"
    );
}

#[test]
fn very_many_wrong_rows_are_counted() {
    let table = format!(
        "id,tier\n{}",
        (0..3_000)
            .map(|n| format!("v{n},norml\n"))
            .collect::<String>()
    );
    let found = of(TYPED, &table);
    assert_eq!(found.len(), 1_000);
    assert!(found[999].contains(":1001:"), "{}", found[999]);
    assert!(
        found[999].ends_with("the mistakes of 2000 more rows are not listed"),
        "{}",
        found[999]
    );
}
