//! `pack -o` and `pack --verify`: the same bytes from anywhere, and what is otherwise by its name.

use super::pack::story::Story;
use super::repository::{SECURITY, git};
use crate::harness::{Folder, JUNE, Run};
use serde_json::Value;
use std::path::Path;

/// What a review would be shown, beside its folder.
const ORDER: &str = "--since last";

fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = entries.into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let read = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap();
        let path = path.to_str().unwrap().to_owned();
        (path, std::fs::read(entry.path()).unwrap())
    });
    read.collect()
}

/// A clone at another place, which knows nothing of the first.
fn clone(story: &Story, options: &[&str]) -> Folder {
    let clone = Folder::new();
    let url = format!("file://{}", story.history.folder.path().display());
    let words: Vec<&str> = ["clone", "-q"].iter().chain(options).copied().collect();
    git(
        clone.path(),
        &[&words[..], &[url.as_str(), "deep/er"]].concat(),
    );
    clone
}

fn at(clone: &Folder, words: &str) -> Run {
    clone.at(JUNE, &format!("-C deep/er {words}"))
}

/// A pack that was written from a workspace, outside of it.
struct Presented {
    place: Folder,
}

impl Presented {
    fn of(folder: &Folder, words: &str) -> Self {
        let place = Folder::new();
        let target = place.path().join("pack");
        let run = folder.at(JUNE, &format!("pack {words} -o {}", target.display()));
        assert_eq!(run.status, 0, "{run:?}");
        Self { place }
    }

    fn path(&self) -> String {
        self.place.path().join("pack").display().to_string()
    }

    fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        bytes(&self.place.path().join("pack"))
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.read("pack.json")).unwrap()
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.place.path().join("pack").join(file)).unwrap()
    }

    fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{text}");
        self.place
            .write(&format!("pack/{file}"), text.replacen(from, to, 1));
    }

    /// Writes the list anew, as somebody would who hides a change.
    fn list_anew(&self) {
        let pack = self.place.path().join("pack");
        let names: Vec<String> = self.bytes().into_iter().map(|(name, _)| name).collect();
        let names = names.iter().filter(|name| *name != "MANIFEST");
        let mut words = vec!["--"];
        words.extend(names.map(String::as_str));
        let list = std::process::Command::new("sha256sum")
            .args(words)
            .current_dir(&pack)
            .output()
            .unwrap();
        std::fs::write(pack.join("MANIFEST"), list.stdout).unwrap();
    }

    fn verify(&self, folder: &Folder, words: &str) -> Run {
        folder.run(&[&["pack", "--verify", &self.path()][..], &split(words)].concat())
    }

    fn verify_json(&self, folder: &Folder, words: &str) -> Value {
        self.verify(folder, &format!("--format json {words}"))
            .json()
    }
}

fn split(words: &str) -> Vec<&str> {
    words.split_whitespace().collect()
}

/// Causes, paths and records of all differences.
fn told(json: &Value) -> Vec<(String, String, Vec<String>)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let records = |value: &Value| value.as_array().unwrap().iter().map(text).collect();
    let differences = json["differences"].as_array().unwrap().iter();
    differences
        .map(|it| {
            (
                text(&it["cause"]),
                text(&it["path"]),
                records(&it["records"]),
            )
        })
        .collect()
}

fn input(path: &str, records: &[&str]) -> (String, String, Vec<String>) {
    let records = records.iter().map(|id| (*id).to_owned()).collect();
    ("input".to_owned(), path.to_owned(), records)
}

#[test]
fn a_clean_work_tree_its_revision_and_its_clones_give_the_same_bytes() {
    let story = Story::told();
    let folder = &story.history.folder;
    let first = Presented::of(folder, ORDER);
    let files: Vec<String> = first.bytes().into_iter().map(|(name, _)| name).collect();
    for file in ["INPUTS", "MANIFEST", "pack.html", "pack.json", "pack.md"] {
        assert!(files.iter().any(|name| name == file), "{files:?}");
    }
    let revision = Presented::of(folder, &format!("{ORDER} --rev HEAD"));
    assert!(first.bytes() == revision.bytes());
    // What lies in the folder and is no record changes nothing.
    story
        .history
        .write("notes.txt", "x")
        .write("evidence/x.txt", "x");
    assert!(Presented::of(folder, ORDER).bytes() == first.bytes());
    for options in [
        &[][..],
        &["-c", "core.autocrlf=true"],
        &["--branch", "main", "--origin", "elsewhere"],
    ] {
        let clone = clone(&story, options);
        for words in ["", "--rev HEAD"] {
            let target = clone.path().join(format!("pack{words}").replace(' ', ""));
            let written = at(
                &clone,
                &format!("pack {ORDER} {words} -o {}", target.display()),
            );
            assert_eq!(
                (written.status, written.err.as_str()),
                (0, ""),
                "{options:?}"
            );
            assert!(bytes(&target) == first.bytes(), "{options:?} {words}");
        }
        let verified = first.verify(&clone, "-C deep/er");
        assert_eq!(verified.status, 0, "{verified:?}");
    }
    // HTML has an element called `main`.
    let files = first.bytes().into_iter();
    let files = files.filter(|(name, _)| name != "pack.html");
    let text = String::from_utf8(files.flat_map(|(_, bytes)| bytes).collect()).unwrap();
    let here = folder.path().display().to_string();
    for word in [here.as_str(), "main", "elsewhere", "origin"] {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '/' && c != '-');
        assert!(!words.into_iter().any(|it| it == word), "{word}");
    }
}

#[test]
fn a_pack_names_its_commit_in_full_and_the_branch_of_nobody() {
    let story = Story::told();
    story
        .history
        .repository
        .branch(
            "elder",
            &story
                .history
                .repository
                .revparse_single("presented")
                .unwrap()
                .peel_to_commit()
                .unwrap(),
            false,
        )
        .unwrap();
    let full = story.history.git(&["rev-parse", "HEAD"]).trim().to_owned();
    let prepared = story.history.git(&["rev-parse", "presented^{commit}"]);
    for (asked, recorded) in [
        ("last", "last"),
        ("2026-03-09", "2026-03-09"),
        ("presented", "presented"),
        ("elder", prepared.trim()),
        (story.prepared.as_str(), story.prepared.as_str()),
    ] {
        let pack = Presented::of(&story.history.folder, &format!("--since {asked}"));
        let json = pack.json();
        assert_eq!(json["revision"], full.as_str());
        assert_eq!(json["changed_since"], Value::Null);
        assert_eq!(json["since"]["asked"], recorded, "{asked}");
        assert_eq!(json["since"]["revision"].as_str().unwrap().len(), 40);
        assert!(!pack.read("pack.md").contains("elder"));
        // Neither tag nor branch is in the clone.
        let clone = clone(&story, &["--single-branch", "--no-tags"]);
        let verified = pack.verify(&clone, "-C deep/er");
        assert_eq!(verified.status, 0, "{asked}: {verified:?}");
    }
}

#[test]
fn a_changed_file_of_the_pack_is_named() {
    let story = Story::told();
    let folder = &story.history.folder;
    let pack = Presented::of(folder, ORDER);
    let verified = pack.verify(folder, "");
    assert_eq!(verified.status, 0, "{verified:?}");
    assert!(
        verified.out.starts_with("ok the ") && verified.out.contains(" are what the records at "),
        "{verified:?}"
    );

    // Somebody improves a figure.
    pack.replace("pack.md", "RISK-1", "RISK-7");
    let json = pack.verify_json(folder, "");
    assert_eq!(json["outcome"], "differs");
    let changed = ("pack".to_owned(), "pack.md".to_owned(), Vec::new());
    assert_eq!(told(&json), [changed]);
    // And the list as well: then the records contradict it.
    pack.list_anew();
    let verified = pack.verify(folder, "");
    assert_eq!(verified.status, 1);
    assert!(
        verified.out.contains("pack.md line ") && verified.out.contains("RISK-7"),
        "{verified:?}"
    );

    let pack = Presented::of(folder, ORDER);
    pack.place.write("pack/extra.txt", "x");
    std::fs::remove_file(pack.place.path().join("pack/pack.html")).unwrap();
    let json = pack.verify_json(folder, "");
    let causes: Vec<String> = told(&json).into_iter().map(|it| it.1).collect();
    assert_eq!(causes, ["pack.html", "extra.txt"]);

    // The list alone, in another order.
    let pack = Presented::of(folder, ORDER);
    let list = pack.read("MANIFEST");
    let lines: Vec<&str> = list.lines().rev().collect();
    pack.place.write("pack/MANIFEST", lines.join("\n") + "\n");
    let json = pack.verify_json(folder, "");
    assert_eq!(told(&json)[0].1, "MANIFEST", "{json}");

    // What it was made from is not to be believed any more.
    let pack = Presented::of(folder, ORDER);
    pack.replace(
        "pack.json",
        "\"as_of\": \"2026-06-30\"",
        "\"as_of\": \"2026-06-29\"",
    );
    let json = pack.verify_json(folder, "");
    assert_eq!(told(&json).len(), 1);
    assert!(
        json["notes"][0]
            .as_str()
            .unwrap()
            .contains("nothing was made again")
    );
    pack.list_anew();
    assert_eq!(pack.verify(folder, "").status, 1);
    pack.place.write("pack/pack.json", "{}");
    pack.list_anew();
    assert!(
        pack.verify(folder, "")
            .refused()
            .contains("pack.json cannot be understood")
    );
}

#[test]
fn a_pack_under_another_way_to_end_lines_is_the_same() {
    let story = Story::told();
    let pack = Presented::of(&story.history.folder, ORDER);
    for (file, bytes) in pack.bytes() {
        let text = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
        pack.place.write(&format!("pack/{file}"), text);
    }
    let verified = pack.verify(&story.history.folder, "");
    assert_eq!(verified.status, 0, "{verified:?}");
    // No checkout ends a single line otherwise.
    for (file, said) in [
        ("pack.md", "was changed after it was written"),
        ("pack.html", "was changed after it was written"),
        ("MANIFEST", "␍`, and the records give `"),
    ] {
        let pack = Presented::of(&story.history.folder, ORDER);
        pack.replace(file, "\n", "\r\n");
        let verified = pack.verify(&story.history.folder, "");
        assert_eq!(verified.status, 1, "{file}: {verified:?}");
        let told = format!("{file} ");
        assert!(
            verified.out.contains(&told) && verified.out.contains(said),
            "{verified:?}"
        );
    }
}

#[test]
fn a_byte_of_an_input_is_told_by_its_record() {
    let story = Story::told();
    let folder = &story.history.folder;
    let committed = Presented::of(folder, ORDER);
    // The files on disk changed; what was committed did not.
    story
        .history
        .replace("risks/RISK-3.yaml", "likelihood: 3", "likelihood: 2");
    assert_eq!(committed.verify(folder, "").status, 0);
    let json = committed.verify_json(folder, "--worktree");
    assert_eq!(json["outcome"], "differs");
    assert_eq!(told(&json), [input("risks/RISK-3.yaml", &["RISK-3"])]);

    // A pack of files that no commit holds.
    let target = folder.path().join("evidence/pack");
    let written = folder.at(JUNE, &format!("pack {ORDER} -o {}", target.display()));
    assert_eq!(written.status, 0);
    let note = format!(
        "ismsctl: the records were changed since {}, so that",
        story.head
    );
    assert!(written.err.starts_with(&note), "{written:?}");
    let pack = Presented::of(folder, ORDER);
    assert_eq!(pack.json()["revision"], Value::Null);
    assert_eq!(
        pack.json()["changed_since"].as_str().map(|id| &id[..7]),
        Some(story.head.as_str())
    );
    assert_eq!(pack.verify(folder, "").status, 0);
    story
        .history
        .replace("risks/RISK-3.yaml", "likelihood: 2", "likelihood: 1");
    story.history.write("risks/RISK-9.yaml", "id: RISK-9\ntitle: New\nowner: cto\ncategory: access\nidentified: 2026-06-05\nlikelihood: 2\nimpact: 4\nstatus: open\n");
    story.history.remove("risks/RISK-2.yaml");
    let verified = pack.verify(folder, "");
    assert_eq!(verified.status, 1);
    for line in [
        "risks/RISK-2.yaml is gone since the pack was made: RISK-2",
        "risks/RISK-3.yaml is not as it was when the pack was made: RISK-3",
        "risks/RISK-9.yaml is new since the pack was made: RISK-9",
    ] {
        assert!(verified.out.contains(line), "{}", verified.out);
    }
}

#[test]
fn in_a_file_of_many_records_only_those_that_changed_are_named() {
    let story = Story::told();
    let folder = &story.history.folder;
    let records = "- {kpi: KPI-REVIEWED, period: 2026-05, date: 2026-06-03, value: 96}\n- {kpi: KPI-TRAINED, period: 2026-05, date: 2026-06-03, value: 97}\n";
    let path = "results/extra.yaml";
    // The story has results of its own for May.
    let records = records
        .replace("2026-05", "2026-06")
        .replace("06-03", "06-30");
    story.history.write(path, &records);
    story.history.commit(SECURITY, "2026-06-30", "June");
    let pack = Presented::of(folder, ORDER);
    story.history.replace(path, "value: 96", "value: 95");
    let json = pack.verify_json(folder, "--worktree");
    assert_eq!(
        told(&json),
        [input(path, &["KPI-REVIEWED/2026-06/2026-06-30"])]
    );
}

#[test]
fn an_amended_history_is_told_by_its_records() {
    let story = Story::told();
    let folder = &story.history.folder;
    let pack = Presented::of(folder, ORDER);
    story
        .history
        .replace("risks/RISK-3.yaml", "likelihood: 3", "likelihood: 2");
    story.history.git(&[
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.org",
        "commit",
        "-qa",
        "--amend",
        "--no-edit",
    ]);
    // Here the commit is still to be found, and no branch leads to it.
    let json = pack.verify_json(folder, "");
    assert_eq!(json["outcome"], "differs");
    let told_here = told(&json);
    assert_eq!(told_here[0].0, "revision");
    assert_eq!(
        told_here[1],
        input("risks/RISK-3.yaml", &["RISK-3"]),
        "{json}"
    );
    assert_eq!(pack.verify(folder, "").status, 1);
    // A new clone never had it; later commits make no difference.
    story.history.write("risks/RISK-8.yaml", "id: RISK-8\ntitle: Later\nowner: cto\ncategory: access\nidentified: 2026-06-05\nlikelihood: 2\nimpact: 4\nstatus: open\n");
    story.history.commit(SECURITY, "2026-06-25", "Later");
    let clone = clone(&story, &[]);
    let json = pack.verify_json(&clone, "-C deep/er");
    assert_eq!(json["outcome"], "unverified");
    assert_eq!(
        told(&json)[1..],
        [input("risks/RISK-3.yaml", &["RISK-3"])],
        "{json}"
    );
    let verified = pack.verify(&clone, "-C deep/er");
    assert_eq!(verified.status, 2);
    assert!(
        verified
            .out
            .contains("is not in this clone; `git fetch` may get it"),
        "{verified:?}"
    );
}

#[test]
fn a_shallow_clone_names_the_repair() {
    let story = Story::told();
    let pack = Presented::of(&story.history.folder, "--rev presented");
    let shallow = clone(&story, &["--depth", "1"]);
    let verified = pack.verify(&shallow, "-C deep/er");
    assert_eq!(verified.status, 2);
    assert!(
        verified.out.contains("`git fetch --unshallow`"),
        "{verified:?}"
    );
    // The commit is there, and what the pack is compared with is not.
    let pack = Presented::of(&story.history.folder, ORDER);
    let verified = pack.verify(&shallow, "-C deep/er");
    assert_eq!(verified.status, 2, "{verified:?}");
}

#[test]
fn another_version_of_the_tool_is_told() {
    let story = Story::told();
    let folder = &story.history.folder;
    let own = env!("CARGO_PKG_VERSION");
    let pack = Presented::of(folder, ORDER);
    for (file, bytes) in pack.bytes() {
        let text = String::from_utf8(bytes).unwrap();
        let text = text
            .replace(&format!("\"version\": \"{own}\""), "\"version\": \"0.0.9\"")
            .replace(&format!("ismsctl {own}"), "ismsctl 0.0.9");
        pack.place.write(&format!("pack/{file}"), text);
    }
    pack.list_anew();
    // It gives the same figures, and says so.
    let json = pack.verify_json(folder, "");
    assert_eq!(json["outcome"], "identical", "{json}");
    assert_eq!(
        json["notes"][0],
        format!("ismsctl 0.0.9 made the pack, and this is {own}")
    );
    pack.replace("pack.md", "RISK-1", "RISK-7");
    pack.list_anew();
    let causes: Vec<String> = told(&pack.verify_json(folder, ""))
        .into_iter()
        .map(|it| it.0)
        .collect();
    assert_eq!(causes, ["tool", "output"]);
}

#[test]
fn templates_of_the_workspace_are_told() {
    let story = Story::told();
    let folder = &story.history.folder;
    story
        .history
        .write("templates/pack.md.j2", "# Own\n{{ page }}\n");
    let pack = Presented::of(folder, ORDER);
    assert_eq!(pack.json()["templates"][0]["path"], "templates/pack.md.j2");
    story
        .history
        .write("templates/pack.md.j2", "# Other\n{{ page }}\n");
    let json = pack.verify_json(folder, "--worktree");
    let causes: Vec<(String, String)> = told(&json).into_iter().map(|it| (it.0, it.1)).collect();
    let wanted = [
        ("template", "templates/pack.md.j2"),
        ("output", "pack.json"),
        ("output", "pack.md"),
    ];
    assert_eq!(
        causes,
        wanted.map(|(a, b)| (a.to_owned(), b.to_owned())),
        "{json}"
    );
}

#[test]
fn a_template_that_is_not_committed_is_told_when_the_pack_is_written() {
    let story = Story::told();
    let folder = &story.history.folder;
    let place = Folder::new();
    let write = || {
        let target = place.path().join("pack");
        folder.at(JUNE, &format!("pack {ORDER} -o {}", target.display()))
    };
    let verify = || {
        let target = place.path().join("pack");
        folder.run(&["pack", "--verify", target.to_str().unwrap()])
    };
    assert_eq!(write().err, "");
    story
        .history
        .write("templates/pack.md.j2", "# Own\n{{ page }}\n");
    let written = write();
    assert_eq!(written.status, 0);
    assert!(
        written
            .err
            .contains("not as committed: templates/pack.md.j2; the pack names ")
            && written.err.contains("commit them, and write it again"),
        "{written:?}"
    );
    let verified = verify();
    assert_eq!(verified.status, 1);
    assert!(
        verified
            .out
            .contains("templates/pack.md.j2 made the pack and is not in ")
            && verified.out.contains(": the template was not committed"),
        "{verified:?}"
    );
    story.history.commit(SECURITY, JUNE, "A template");
    assert_eq!((write().err, verify().status), (String::new(), 0));
    story
        .history
        .write("templates/pack.md.j2", "# Other\n{{ page }}\n");
    let is_told = |why: &str| {
        let note = "not as committed: templates/pack.md.j2";
        assert!(write().err.contains(note), "{why}");
        assert!(verify().out.contains(why), "{why}");
    };
    is_told("templates/pack.md.j2 is another one in ");
    story.history.remove("templates/pack.md.j2");
    is_told("that it was taken away was not committed");
}

#[test]
fn the_digest_can_be_redone_with_sha256sum() {
    let story = Story::told();
    let folder = &story.history.folder;
    let pack = Presented::of(folder, ORDER);
    let script = "find isms.toml actions findings kpis objectives policies results reviews risks -type f | LC_ALL=C sort | tr '\\n' '\\0' | xargs -0 sha256sum";
    let shell = |folder: &Path, script: &str| {
        let output = std::process::Command::new("sh")
            .args(["-c", script])
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(shell(folder.path(), script), pack.read("INPUTS"));
    let digest = pack.json()["digest"].as_str().unwrap().to_owned();
    let own = shell(folder.path(), &format!("{script} | sha256sum"));
    assert_eq!(own, format!("{digest}  -\n"));
    assert!(pack.read("pack.md").contains(&digest));
    // What a checkout with other ends of lines needs.
    let clone = clone(&story, &["-c", "core.autocrlf=true"]);
    let script = script.replace(
        "xargs -0 sha256sum",
        "xargs -0 sh -c 'for it; do printf \"%s  %s\\n\" \"$(sed \"s/\\r$//\" \"$it\" | sha256sum | cut -c1-64)\" \"$it\"; done' sh",
    );
    assert_eq!(
        shell(&clone.path().join("deep/er"), &script),
        pack.read("INPUTS")
    );
    let inside = Path::new(&pack.path()).to_owned();
    assert!(shell(&inside, "sha256sum -c MANIFEST").contains("pack.json: OK"));
    let path = inside.join("INPUTS");
    let checked = shell(folder.path(), &format!("sha256sum -c {}", path.display()));
    assert!(checked.contains("isms.toml: OK"));
}

#[test]
fn what_is_no_pack_is_refused() {
    let story = Story::told();
    let folder = &story.history.folder;
    let refused = folder.run(&["pack", "--verify", "risks"]).refused();
    assert!(
        refused.contains("`") && refused.contains("holds no pack"),
        "{refused}"
    );
    for words in [
        "pack --verify x --rev HEAD",
        "pack --verify x --as-of 2026-06-30",
        "pack --verify x --since last",
        "pack --verify x -o y",
        "pack --worktree",
        "pack -o x --format json",
    ] {
        assert_eq!(folder.run(&split(words)).status, 2, "{words}");
    }
    let refused = folder.at(JUNE, "pack -o risks").refused();
    assert!(
        refused.contains("which is not of an earlier pack"),
        "{refused}"
    );
    assert!(folder.path().join("risks/RISK-1.yaml").exists());
}
