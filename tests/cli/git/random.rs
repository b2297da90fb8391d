//! Random histories: what `diff` and `log` tell of commits is what a plain comparison of the records tells that were
//! written, whatever file, order or style they were written in.

mod model;
mod writing;

use super::repository::{History, SECURITY};
use super::story::{field, plain};
use model::{Expected, Record, SLOTS, difference, meets, touched};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use writing::Layout;

const DAY: &str = "--as-of 2026-06-30 --format json";

/// Records by their place in [`SLOTS`].
type Records = BTreeMap<usize, Record>;

/// What a commit is made of.
#[derive(Debug, Clone)]
enum Edit {
    /// Gives a field one of its values.
    Set(usize, usize, usize),
    /// Takes a record away, or adds it.
    Turn(usize),
    /// Puts a record into another file.
    Move(usize, usize),
    /// Writes files in another style.
    Style(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let slot = 0..SLOTS.len();
    prop_oneof![
        6 => (slot.clone(), 0..8usize, 0..8usize).prop_map(|(slot, field, choice)| Edit::Set(slot, field, choice)),
        2 => slot.clone().prop_map(Edit::Turn),
        2 => (slot, 0..3usize).prop_map(|(slot, file)| Edit::Move(slot, file)),
        2 => (0..writing::STYLES).prop_map(Edit::Style),
    ]
}

fn apply(edit: &Edit, records: &mut Records, layout: &mut Layout) {
    match *edit {
        Edit::Set(slot, field, choice) => {
            if let Some(record) = records.get_mut(&slot) {
                SLOTS[slot].kind.set(record, field, choice);
            }
        }
        Edit::Turn(slot) => {
            if records.remove(&slot).is_none() {
                records.insert(slot, SLOTS[slot].kind.fresh());
            }
        }
        Edit::Move(slot, file) => layout.files[slot] = file,
        Edit::Style(style) => layout.style = style,
    }
}

/// A commit as it was meant.
struct Meant {
    records: Records,
    layout: Layout,
}

/// Commits what edits make of a few records; the first commit has all of them.
fn committed(commits: &[Vec<Edit>]) -> (History, Vec<Meant>) {
    let history = History::new();
    history.write("isms.toml", super::repository::CONFIG);
    let mut records: Records = (0..SLOTS.len())
        .map(|slot| (slot, SLOTS[slot].kind.fresh()))
        .collect();
    let mut layout = Layout::default();
    let mut meant = Vec::new();
    for (number, edits) in commits.iter().enumerate() {
        for edit in edits {
            apply(edit, &mut records, &mut layout);
        }
        for folder in ["risks", "actions", "registers"] {
            let _ = std::fs::remove_dir_all(history.folder.path().join(folder));
        }
        for (path, text) in layout.files(&records) {
            history.write(&path, &text);
        }
        let day = format!("2026-0{}-10", number + 1);
        history.commit(SECURITY, &day, &subject(number));
        meant.push(Meant {
            records: records.clone(),
            layout: layout.clone(),
        });
    }
    (history, meant)
}

fn subject(number: usize) -> String {
    format!("Commit {number}")
}

/// The last commit of a range that touched what a change lists.
fn last_touch(meant: &[Meant], range: (usize, usize), slot: usize, expected: &Expected) -> String {
    let touches = |number: &usize| {
        let [before, after] = [number - 1, *number].map(|at| meant[at].records.get(&slot));
        let touched = touched(before, after);
        expected.written.iter().any(|listed| {
            let path = listed.split(": ").next().unwrap();
            touched.iter().any(|touched| meets(touched, path))
        })
    };
    let last = (range.0 + 1..=range.1).rev().find(touches);
    subject(last.unwrap())
}

/// What a diff says of a record: kinds of change, written and computed fields, commit.
type Line = (Vec<String>, Vec<String>, String);

fn told(diff: &Value) -> BTreeMap<String, Line> {
    let changes = diff["changes"].as_array().unwrap().iter();
    let line = |change: &Value| {
        let kinds = [&change["change"]];
        let also = change["also"].as_array().unwrap().iter();
        let kinds: Vec<String> = kinds.into_iter().chain(also).map(plain).collect();
        let is_whole = ["added", "removed"].contains(&kinds[0].as_str());
        let fields = change["fields"].as_array().unwrap().iter();
        let mut fields: Vec<String> = fields
            .map(|it| match is_whole {
                // Lists may be written in any order.
                true => plain(&it["path"]),
                false => field(it),
            })
            .collect();
        fields.sort();
        let commit = plain(&change["commit"]["subject"]);
        let id = format!("{} {}", plain(&change["kind"]), plain(&change["id"]));
        (id, (kinds, fields, commit))
    };
    changes.map(line).collect()
}

/// What the model says of two commits.
fn expected(meant: &[Meant], from: usize, to: usize) -> BTreeMap<String, Line> {
    let range = (from.min(to), from.max(to));
    let slots = SLOTS.iter().enumerate();
    let lines = slots.filter_map(|(at, slot)| {
        let [before, after] = [from, to].map(|number| meant[number].records.get(&at));
        let expected = difference(before, after)?;
        let commit = last_touch(meant, range, at, &expected);
        let is_whole = ["added", "removed"].contains(&expected.kinds[0]);
        let fields = expected.written.iter().chain(&expected.computed);
        let mut fields: Vec<String> = fields
            .map(|field| match is_whole {
                true => field.split(": ").next().unwrap().to_owned(),
                false => field.clone(),
            })
            .collect();
        fields.sort();
        let kinds = expected.kinds.iter().map(|kind| (*kind).to_owned());
        let id = format!("{} {}", slot.kind.name(), slot.id);
        Some((id, (kinds.collect(), fields, commit)))
    });
    lines.collect()
}

/// The life of a record, newest first: the commit, what kind of change it was, the file it left.
fn life(meant: &[Meant], slot: usize) -> Vec<[String; 3]> {
    let path = |at: usize| {
        let there = meant[at].records.contains_key(&slot);
        there.then(|| meant[at].layout.path(slot))
    };
    let mut steps = Vec::new();
    for number in 0..meant.len() {
        let earlier = number.checked_sub(1);
        let before = earlier.and_then(|at| meant[at].records.get(&slot));
        let change = difference(before, meant[number].records.get(&slot));
        let moved = earlier
            .and_then(path)
            .filter(|old| path(number).is_some_and(|new| new != *old));
        if change.is_some() || moved.is_some() {
            let kind = change.map_or("–", |change| change.kinds[0]);
            let moved = moved.unwrap_or("–".to_owned());
            steps.push([subject(number), kind.to_owned(), moved]);
        }
    }
    steps.reverse();
    steps
}

fn lives_told(history: &History, slot: usize) -> Vec<[String; 3]> {
    let log = history.folder.at(
        "2026-06-30",
        &format!("log {} --format json", SLOTS[slot].id),
    );
    let log = log.json();
    let entries = log["entries"].as_array().unwrap().iter();
    let entry = |entry: &Value| {
        let subject = plain(&entry["commit"]["subject"]);
        [
            subject,
            plain(&entry["change"]),
            plain(&entry["moved_from"]),
        ]
    };
    entries.map(entry).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn commits_are_told_as_they_were_meant(edits in proptest::collection::vec(proptest::collection::vec(edit(), 1..5), 3..7)) {
        let (history, meant) = committed(&edits);
        let ids: Vec<String> = {
            let log = history.git(&["log", "--reverse", "--format=%H"]);
            log.lines().map(str::to_owned).collect()
        };
        prop_assert_eq!(ids.len(), meant.len());
        for from in 0..ids.len() {
            for to in 0..ids.len() {
                let words = format!("diff {} {} {DAY}", ids[from], ids[to]);
                let words: Vec<&str> = words.split(' ').collect();
                let run = history.folder.run(&words);
                prop_assert_eq!(&run.err, "");
                prop_assert_eq!(told(&run.json()), expected(&meant, from, to), "{} {}", from, to);
            }
        }
        for (slot, record) in SLOTS.iter().enumerate() {
            let life = life(&meant, slot);
            if !life.is_empty() {
                prop_assert_eq!(lives_told(&history, slot), life, "{}", record.id);
            }
        }
        // What was wrong before is not new, and a clean tree makes nothing worse.
        prop_assert_eq!(history.new_since("HEAD"), Vec::<String>::new());
        prop_assert_eq!(history.run("check --base HEAD").status, 0);
    }

    #[test]
    fn place_order_and_style_are_no_change(places in proptest::collection::vec((0..3usize, 0..writing::STYLES), 4)) {
        let moves = |(file, style): &(usize, usize)| {
            let moves = (0..SLOTS.len()).map(|slot| Edit::Move(slot, (slot + file) % 3));
            moves.chain([Edit::Style(*style)]).collect::<Vec<_>>()
        };
        let edits: Vec<Vec<Edit>> = places.iter().map(moves).collect();
        let (history, _) = committed(&edits);
        for base in ["HEAD~1", "HEAD~2", "HEAD~3"] {
            let run = history.run(&format!("diff {base} HEAD --format markdown"));
            prop_assert_eq!(run.fine(), "");
            prop_assert_eq!(history.new_since(base), Vec::<String>::new());
        }
    }
}
