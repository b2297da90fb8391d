//! What README.md, docs/ and the pages of examples/ say is true: their commands run, their screens are real, their
//! links lead somewhere, and the reference pages are what the code says.
//!
//! `ISMSCTL_UPDATE=1 cargo test --test docs` writes screens and reference pages anew.
//!
//! # How a page is read
//!
//! A page is one session, read from top to bottom like a reader at a terminal would. It starts in a fresh copy of
//! `examples/` outside git: pages of `examples/NAME/` in that workspace, every other page in the folder that holds
//! `examples/`, as if at the root of the project. The terminal has 80 columns and no colour.
//!
//! - A block marked `sh` holds commands. A block marked `console` holds commands behind `$ ` and below each what it
//!   prints, standard error included. A line of nothing but `…` stands for any number of lines that are left out.
//! - Commands that run: `ismsctl …`, `cargo run … -- …`, `mkdir DIR`, `cd DIR`, `export ISMSCTL_AS_OF=DAY`, `echo $?`. Output may
//!   go to a file (`> FILE`); what stands behind a `|` is not run. A comment starts with ` #`.
//! - A command must end with status 0, unless `echo $?` comes next.
//! - A block whose first word is in `commands::FOREIGN` belongs to another tool and is not run.
//! - A block marked with a language and `file=PATH` is saved there: ```` ```yaml file=kpis/mine.yaml ````. With `diff`
//!   the lines marked `-` (and those around them) are replaced in that file by the lines marked `+`.

mod commands;
mod links;
mod page;
mod reference;
mod session;

use std::path::{Path, PathBuf};

/// The folder of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether pages are to be written anew instead of compared.
#[expect(clippy::disallowed_methods, reason = "a test that writes on request")]
fn updating() -> bool {
    std::env::var_os("ISMSCTL_UPDATE").is_some()
}

/// All pages, relative to the project, in order.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![PathBuf::from("README.md")];
    for folder in ["docs", "examples"] {
        let files = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
        pages.extend(files.into_iter().map(Result::unwrap).filter_map(|entry| {
            let page = entry.path().extension().is_some_and(|end| end == "md")
                && !entry
                    .path()
                    .components()
                    .any(|part| part.as_os_str() == "evidence");
            page.then(|| entry.path().strip_prefix(root()).unwrap().to_owned())
        }));
    }
    pages
}

#[test]
fn commands_on_pages_run_and_print_what_is_shown() {
    let mut wrong = Vec::new();
    for name in pages() {
        wrong.extend(commands::run_page(&name));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn links_lead_somewhere() {
    let wrong = links::broken(&pages());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_page_of_docs_is_linked_from_another() {
    let linked = links::targets(&pages());
    let alone: Vec<_> = pages()
        .into_iter()
        .filter(|page| page.starts_with("docs") && !linked.contains(page))
        .collect();
    assert!(alone.is_empty(), "nothing links to {alone:?}");
}

#[test]
fn reference_pages_are_what_the_code_says() {
    for (name, text) in reference::all() {
        let path = root().join("docs/reference").join(name);
        if updating() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "docs/reference/{name} is not what the code says; run with ISMSCTL_UPDATE=1"
        );
    }
}
