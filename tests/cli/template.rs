//! `template`, and the templates of a workspace: what stands in for what, and that a copy changes nothing.

use crate::harness::{Folder, JUNE};
use ismsctl::render::template::BUILT_IN;

#[test]
fn the_list_names_what_stands_in() {
    let nowhere = Folder::new();
    let list = nowhere.run(&["template", "list"]).fine();
    assert_eq!(list.lines().count(), BUILT_IN.len());
    assert!(
        list.contains("pack.html.j2    the management review pack as HTML\n"),
        "{list}"
    );
    let folder = Folder::example("audit-directive");
    folder.write("templates/pack.html.j2", "mine");
    let own = folder.run(&["template", "list"]).fine();
    assert_eq!(
        own.strip_prefix(&list).unwrap(),
        "templates/pack.html.j2 stands in for pack.html.j2\n\
         templates/compliance-status.md.j2 stands in for report.md.j2\n"
    );
    let err = nowhere
        .run(&["-C", "missing", "template", "list"])
        .refused();
    assert!(err.contains("missing"), "{err}");
}

#[test]
fn a_misspelt_template_is_told() {
    let folder = Folder::example("management-review");
    folder.write("templates/pack.htm.j2", "mine");
    folder.write("templates/weather.j2", "mine");
    folder.write("templates/README.md", "About templates.");
    let notes = "ismsctl: templates/pack.htm.j2 is no template that anything uses; did you mean `pack.html.j2` or `pack.md.j2`?\n\
                 ismsctl: templates/weather.j2 is no template that anything uses; they are named as `ismsctl template list` says, or after a report\n";
    for words in ["template list", "pack", "report audit"] {
        let run = folder.at(JUNE, words);
        assert_eq!((run.status, run.err.as_str()), (0, notes), "{words}");
    }
    let run = folder.at(JUNE, "pack -o out");
    assert!(run.err.contains(notes), "{run:?}");
}

#[test]
fn built_in_ones_are_printed() {
    let nowhere = Folder::new();
    for built_in in BUILT_IN {
        let text = nowhere.run(&["template", "print", built_in.name]).fine();
        assert_eq!(text, built_in.text);
    }
    let report = nowhere.run(&["template", "print", "report.html.j2"]);
    assert_eq!(nowhere.run(&["template", "print", "audit.html.j2"]), report);
    let err = nowhere.run(&["template", "print", "pack.htm.j2"]).refused();
    assert!(
        err.contains("there is no template `pack.htm.j2`; did you mean `pack.html.j2`"),
        "{err}"
    );
    let err = nowhere.run(&["template", "print", "weather"]).refused();
    assert!(err.contains("`ismsctl template list` lists them"), "{err}");
}

#[test]
fn a_copy_in_the_workspace_changes_nothing() {
    let folder = Folder::example("management-review");
    let commands = [
        "pack",
        "pack --format html",
        "report audit",
        "report audit --format html",
    ];
    let before = commands.map(|words| folder.at(JUNE, words).fine());
    for built_in in BUILT_IN {
        folder.write(&format!("templates/{}", built_in.name), built_in.text);
    }
    for (words, before) in commands.iter().zip(before) {
        assert!(folder.at(JUNE, words).fine() == before, "{words}");
    }
}

#[test]
fn the_template_of_a_report_goes_before_that_of_all() {
    let folder = Folder::example("management-review");
    folder.write("templates/report.html.j2", "<p>all: {{ report }}</p>");
    folder.write("templates/audit.html.j2", "<p>audit: {{ period }}</p>");
    let html = |name: &str| {
        folder
            .at(JUNE, &format!("report {name} --format html"))
            .fine()
    };
    assert_eq!(html("risk-register"), "<p>all: risk-register</p>\n");
    assert_eq!(html("audit"), "<p>audit: 2025</p>\n");
    // The other spelling and the pages of commands are as they were.
    assert!(
        folder
            .at(JUNE, "report audit")
            .fine()
            .starts_with("# Example Software: ")
    );
    assert!(
        folder
            .at(JUNE, "clauses --format html")
            .fine()
            .starts_with("<!doctype html>")
    );
}

#[test]
fn a_template_of_the_pack_is_used_and_its_errors_have_a_place() {
    let folder = Folder::example("management-review");
    folder.write(
        "templates/pack.html.j2",
        "<h1>{{ organisation }}</h1>\n{{ part.minutes }}\n",
    );
    let html = folder.at(JUNE, "pack --format html").fine();
    assert!(
        html.starts_with("<h1>Example Software</h1>\n<section id=\"minutes\""),
        "{html}"
    );
    assert!(
        folder
            .at(JUNE, "pack")
            .fine()
            .starts_with("# Example Software: ")
    );
    let draft = folder.at(JUNE, "pack --draft --format html").out;
    assert!(draft.starts_with("<div class=\"callout warn\">"), "{draft}");
    folder.write("templates/pack.html.j2", "<h1>\n{{ part.nothing }}\n");
    let err = folder.at(JUNE, "pack --format html").refused();
    assert!(
        err.contains("templates/pack.html.j2:2: undefined value in `{{ part.nothing }}`"),
        "{err}"
    );
}
