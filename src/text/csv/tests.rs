use super::*;
use crate::text::{NodeRef, content_offset};
use proptest::prelude::*;

fn read_as(text: &str, separator: u8, decimal: u8) -> Table {
    let dialect = Dialect { separator, decimal };
    let typed = |name: &str| match name {
        "n" => CellType::Number,
        "b" => CellType::Boolean,
        _ => CellType::Text,
    };
    read(Arc::new(Source::new("t.csv", text)), dialect, &typed)
}

fn read_text(text: &str) -> Table {
    read_as(text, b',', b'.')
}

fn rows(table: &Table) -> Vec<Vec<(String, NodeKind, String)>> {
    let cell = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
        (key.text().to_owned(), value.kind(), value.text().to_owned())
    };
    let documents = table.tree.documents();
    documents
        .map(|row| row.entries().map(cell).collect())
        .collect()
}

fn texts(table: &Table) -> Vec<Vec<String>> {
    let rows = rows(table).into_iter();
    rows.map(|row| row.into_iter().map(|(_, _, text)| text).collect())
        .collect()
}

/// Mistakes as `line:column: text at fault: message`.
fn mistakes(table: &Table) -> Vec<String> {
    let source = table.tree.source();
    let word = |error: &TextError| {
        let place = source.position(error.span.start as usize);
        let text = source.slice(error.span);
        format!("{}:{} {text:?} {}", place.line, place.column, error.message)
    };
    table.errors.iter().map(word).collect()
}

#[test]
fn rows_are_mappings_of_the_header() {
    let table = read_text("id,name\nacme,\"Acme, Ltd\"\nbolt,\n");
    assert!(table.complete && table.errors.is_empty() && table.faulty.is_empty());
    assert!(table.tree.is_table());
    assert_eq!(texts(&table), [["acme", "Acme, Ltd"], ["bolt", ""]]);
    let row = table.tree.documents().next().unwrap();
    assert_eq!(row.get("name").unwrap().written(), "\"Acme, Ltd\"");
    assert_eq!(row.written(), "acme,\"Acme, Ltd\"");
    let (key, _) = row.entry("name").unwrap();
    assert_eq!((key.span().start, key.written()), (3, "name"));
    let last = table.tree.documents().last().unwrap();
    assert!(last.get("name").is_none(), "an empty cell is null");
}

#[test]
fn cells_are_found_whatever_was_looked_for_before() {
    const COLUMNS: usize = 300;
    let line = |cell: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = (0..COLUMNS).map(cell).collect();
        cells.join(",") + "\n"
    };
    let cell = |row: usize, column: usize| format!("{row}/{column}");
    let mut text = line(&|column| format!("c{column}"));
    for row in 0..4 {
        text += &line(&|column| cell(row, column));
    }
    let table = read_text(&text);
    assert!(table.complete && table.errors.is_empty());
    for step in [1, 7, 16, 299] {
        for (row, node) in table.tree.documents().enumerate() {
            for column in (0..COLUMNS).map(|index| index * step % COLUMNS) {
                let found = node.get(&format!("c{column}")).unwrap();
                assert_eq!(found.text(), cell(row, column));
            }
            for nothing in ["", "c", "c300", "zz"] {
                assert!(node.get(nothing).is_none());
            }
        }
    }
}

#[test]
fn cells_are_typed_by_their_column() {
    use NodeKind::{Boolean, Float, Integer, Null, Text};
    let cases = [
        ("n", b'.', "12", Integer, "12"),
        ("n", b'.', "-1.5", Float, "-1.5"),
        ("n", b'.', "1e3", Float, "1e3"),
        ("n", b'.', "\"007\"", Integer, "007"),
        ("n", b'.', "\"1,5\"", Text, "1,5"),
        ("n", b'.', "1 000", Text, "1 000"),
        ("n", b'.', " 5", Text, " 5"),
        ("n", b'.', "0x1F", Text, "0x1F"),
        ("n", b'.', "1e999", Text, "1e999"),
        ("n", b'.', ".inf", Text, ".inf"),
        ("n", b'.', "-", Text, "-"),
        ("n", b',', "\"1,5\"", Float, "1.5"),
        ("n", b',', "1.5", Text, "1.5"),
        ("n", b',', "15", Integer, "15"),
        ("n", b'.', "", Null, ""),
        ("n", b'.', "\"\"", Null, ""),
        ("b", b'.', "TRUE", Boolean, "TRUE"),
        ("b", b'.', "false", Boolean, "false"),
        ("b", b'.', "yes", Text, "yes"),
        ("b", b'.', "1", Text, "1"),
        ("t", b'.', "12", Text, "12"),
        ("t", b'.', "true", Text, "true"),
        ("t", b'.', "~", Text, "~"),
    ];
    for (column, decimal, cell, kind, text) in cases {
        let table = read_as(&format!("id,{column}\nx,{cell}\n"), b',', decimal);
        assert!(table.errors.is_empty(), "{cell}");
        let row = &rows(&table)[0];
        assert_eq!(row[1], (column.to_owned(), kind, text.to_owned()), "{cell}");
    }
    let table = read_as("id;n\nx;1,5\n", b';', b',');
    let row = table.tree.documents().next().unwrap();
    assert_eq!(row.get("n").unwrap().as_number(), Some(1.5));
    assert_eq!(row.get("n").unwrap().written(), "1,5");
}

#[test]
fn line_ends_of_every_kind_and_cells_of_several_lines() {
    for end in ["\n", "\r\n", "\r"] {
        for last in ["", end] {
            let text = format!("id,t{end}a,\"one{end}two\"{end}{end}b,x{last}");
            let table = read_text(&text);
            assert!(table.errors.is_empty(), "{text:?}");
            assert_eq!(texts(&table), [["a", "one\ntwo"], ["b", "x"]], "{text:?}");
            let b = table.tree.documents().last().unwrap();
            let place = table.tree.source().position(b.span().start as usize);
            assert_eq!((place.line, place.column), (5, 1), "{text:?}");
        }
    }
}

#[test]
fn rows_without_any_text_are_none() {
    let table = read_text("\n,,\nid,t\n\na,x\n,\n\"\",\"\"\nb,y\n,,,,\n");
    assert!(
        table.complete && table.errors.is_empty(),
        "{:?}",
        table.errors
    );
    assert_eq!(texts(&table), [["a", "x"], ["b", "y"]]);
}

#[test]
fn every_mistake_has_its_place() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["1:1 \"\" this file is empty"]),
        (" \n,\n", &["1:1 \" \" column 1 has no name"]),
        ("\n\n", &["1:1 \"\" this file is empty"]),
        ("id,t\n", &["1:1 \"\" this file has a header and no rows"]),
        (
            "id,t\n,\n",
            &["1:1 \"\" this file has a header and no rows"],
        ),
        (
            "id,t,u\na,b\n",
            &["2:3 \"b\" this row has 2 cells and the header 3 columns: there is none for `u`"],
        ),
        (
            "id,t,u\né\n",
            &["2:1 \"é\" this row has one cell and the header 3 columns: there is none for `t`"],
        ),
        (
            "id,t,u\na,\n",
            &["2:2 \",\" this row has 2 cells and the header 3 columns: there is none for `u`"],
        ),
        (
            "id,t\né,b,c,d\n",
            &["2:5 \"c\" this row has 4 cells and the header 2 columns"],
        ),
        (
            "id,t\na,b,\n",
            &["2:4 \",\" this row has 3 cells and the header 2 columns"],
        ),
        (
            "id,t\na,\"x\ny\nb,z\n",
            &["2:3 \"\\\"\" this quote is never closed"],
        ),
        (
            "id,t\na,\"x\" y\nb,\"z\"\"\"é\n",
            &[
                "2:6 \" y\" ` y` stands after the closing quote of its cell",
                "3:8 \"é\" `é` stands after the closing quote of its cell",
            ],
        ),
        (
            "id,t\nb,5\" pipe\nc, \"x\"\n",
            &[
                "2:4 \"\\\"\" a quote within a cell that does not begin with one",
                "3:4 \"\\\"\" a quote within a cell that does not begin with one",
            ],
        ),
        (
            "id,t,id\n1,2,3\n",
            &["1:6 \"id\" the column `id` stands twice"],
        ),
        (
            "id,Owner,\"owner \"\n1,2,3\n",
            &[
                "1:10 \"\\\"owner \\\"\" the columns `Owner` and `owner ` differ only by case or spaces",
            ],
        ),
        ("id,,t\n1,2,3\n", &["1:4 \",\" column 2 has no name"]),
        ("id,t,\n1,2,3\n", &["1:5 \",\" column 3 has no name"]),
        (
            "id;t;u\n1;2;3\n",
            &[
                "1:3 \";\" the header is one cell: its names look separated by `;`, and the separator of this register is `,`",
            ],
        ),
        (
            "id\tt\n1\t2\n",
            &[
                "1:3 \"\\t\" the header is one cell: its names look separated by tabs, and the separator of this register is `,`",
            ],
        ),
        (
            "id,t\na,b\n<<<<<<< HEAD\nb,c\n",
            &["3:1 \"<<<<<<< HEAD\" an unfinished merge: a conflict marker stands in the file"],
        ),
        (
            "id,t\na,b\0\n",
            &["2:4 \"\\0\" NUL byte (0x00) in the text"],
        ),
        (
            "\"id,t\na,b\n",
            &["1:1 \"\\\"\" this quote is never closed"],
        ),
    ];
    for (text, expected) in cases {
        let table = read_text(text);
        assert_eq!(mistakes(&table), *expected, "{text:?}");
        assert!(table.errors.iter().all(|error| error.help.is_some()));
    }
    let help = read_text("id,t\na,\0\n").errors[0].help.clone();
    assert!(!help.unwrap().contains("escape"), "CSV has none");
}

#[test]
fn faulty_rows_are_told_apart_from_sound_ones() {
    let table = read_text("id,t\na,1\nb\nc,\"x\"y\nd,4\n");
    let faulty: Vec<&str> = table
        .faulty
        .iter()
        .map(|index| table.tree.node(*index).get("id").unwrap().text())
        .collect();
    assert_eq!(faulty, ["b", "c"]);
    assert!(table.complete);
    assert_eq!(table.tree.documents().len(), 4);
    let table = read_text("id,t\na,1\nb,\"2\nc,3\n");
    assert!(!table.complete, "what came after the quote is unknown");
    assert_eq!(table.faulty.len(), 1);
    assert!(table.header.is_some());
    assert!(!read_text("id;t\n1;2\n").complete);
}

#[test]
fn the_first_thousand_mistakes_are_listed_and_the_rest_counted() {
    let text = format!("id,t\n{}", "a\n".repeat(2_000));
    let table = read_text(&text);
    assert_eq!(table.errors.len(), MAX_MISTAKES + 1);
    let last = mistakes(&table).pop().unwrap();
    assert!(last.starts_with("1002:1 "), "{last}");
    assert!(
        last.ends_with("; 999 more mistakes are not listed"),
        "{last}"
    );
    assert_eq!(table.faulty.len(), 2_000);
}

#[test]
fn a_place_in_the_text_of_a_cell_is_a_place_in_the_file() {
    let table = read_text("id,t\na,\"x \"\"é\r\n  z\"\n");
    let row = table.tree.documents().next().unwrap();
    let cell = row.get("t").unwrap();
    assert_eq!(cell.text(), "x \"é\n  z");
    let source = table.tree.source().text();
    for (at, letter) in cell.text().char_indices() {
        let place = content_offset(cell, at);
        let written = source[place..].chars().next().unwrap();
        let expected = if letter == '\n' { '\r' } else { letter };
        assert_eq!(written, expected, "{at}");
    }
}

/// A cell as a writer of CSV would put it down.
fn written(cell: &str, quoted: bool, separator: char) -> String {
    let must = cell.contains(['"', '\n', '\r', separator]);
    match quoted || must {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

proptest! {
    /// Any table written with quotes reads back cell for cell, and every span is the cell as it was written.
    #[test]
    fn tables_read_back_cell_for_cell(
        columns in 1usize..5,
        cells in prop::collection::vec(("[a-z\"é🦀 ,;\n\r]{0,8}", any::<bool>()), 0..40),
        separator in prop::sample::select(vec![',', ';', '\t']),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        mark in any::<bool>(),
    ) {
        let separator_text = separator.to_string();
        let header: Vec<String> = (0..columns).map(|index| format!("c{index}")).collect();
        let mut lines = vec![header.join(&separator_text)];
        let rows: Vec<_> = cells.chunks_exact(columns).collect();
        for row in &rows {
            let row: Vec<String> = row.iter().map(|(cell, quoted)| written(cell, *quoted, separator)).collect();
            lines.push(row.join(&separator_text));
        }
        let text = format!("{}{}", if mark { "\u{FEFF}" } else { "" }, lines.join(end));
        let source = Source::decode("t.csv", text.into_bytes()).unwrap();
        let dialect = Dialect { separator: separator as u8, decimal: b'.' };
        let table = read(Arc::new(source), dialect, &|_| CellType::Text);
        let faults = table.errors.iter().filter(|error| error.kind != TextErrorKind::Empty);
        prop_assert_eq!(faults.count(), 0, "{:?}", table.errors);
        prop_assert!(table.complete);
        let expected: Vec<_> = rows.iter().filter(|row| row.iter().any(|(cell, _)| !cell.is_empty())).collect();
        prop_assert_eq!(table.tree.documents().len(), expected.len());
        for (row, cells) in table.tree.documents().zip(expected) {
            for (index, ((key, value), (cell, quoted))) in row.entries().zip(cells.iter()).enumerate() {
                let read_as = cell.replace("\r\n", "\n").replace('\r', "\n");
                prop_assert_eq!(key.text(), &header[index]);
                prop_assert_eq!(value.text(), &read_as);
                prop_assert_eq!(value.written(), &written(cell, *quoted, separator));
            }
        }
    }

    /// Whatever the text: no panic, spans that fit, and a reason for everything that was not read.
    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in "[ab\",;\n\r\t é.]{0,60}") {
        let table = read_text(&text);
        let source = table.tree.source();
        for error in &table.errors {
            let is_empty = error.kind == TextErrorKind::Empty;
            prop_assert!(is_empty || !source.slice(error.span).is_empty(), "{:?}", error);
        }
        for row in table.tree.documents() {
            for (key, value) in row.entries() {
                prop_assert!(source.text().get(value.span().range()).is_some());
                prop_assert!(!key.text().is_empty());
            }
        }
        prop_assert!(table.complete || !table.errors.is_empty());
        prop_assert!(table.faulty.is_empty() || !table.errors.is_empty());
    }
}
