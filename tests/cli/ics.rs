//! `due --format ics`, read back by an iCalendar parser that is not ours.

use crate::harness::{Folder, JUNE, MARCH};
use icalendar::parser::{Component, read_calendar, unfold};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An entry of the calendar: its properties by name.
type Entry = BTreeMap<String, String>;

/// The entries of a calendar, and the properties of the whole.
#[track_caller]
fn read(text: &str) -> (Vec<Entry>, Entry) {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap();
    let properties = |all: &[icalendar::parser::Property<'_>]| -> Entry {
        let pairs = all.iter();
        pairs
            .map(|it| (it.name.to_string(), it.val.to_string()))
            .collect()
    };
    let entry = |component: &Component<'_>| {
        assert_eq!(component.name, "VEVENT");
        properties(&component.properties)
    };
    let entries = calendar.components.iter().map(entry).collect();
    (entries, properties(&calendar.properties))
}

/// Every line ends as it must and is no longer than it may be.
#[track_caller]
fn is_well_formed(text: &str) {
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
    }
}

fn open(json: &Value) -> Vec<&Value> {
    let all = json["obligations"].as_array().unwrap().iter();
    let done = |it: &&Value| matches!(it["state"].as_str().unwrap(), "done" | "done-late");
    all.filter(|it| !done(it)).collect()
}

#[test]
fn the_calendar_holds_what_is_open() {
    let folder = Folder::example("management-review");
    for day in [JUNE, MARCH] {
        for filter in ["", "--overdue", "--owner cto --within 60d"] {
            let json = folder
                .at(day, &format!("due {filter} --format json"))
                .json();
            let text = folder.at(day, &format!("due {filter} --format ics")).fine();
            is_well_formed(&text);
            let (entries, calendar) = read(&text);
            assert_eq!(calendar["VERSION"], "2.0");
            assert_eq!(calendar["PRODID"], "-//ismsctl//due//EN");
            assert_eq!(calendar["X-WR-CALNAME"], "Example Software: due");
            let dates: Vec<String> = entries.iter().map(|it| it["DTSTART"].clone()).collect();
            let due = open(&json).into_iter();
            let due: Vec<String> = due
                .map(|it| it["due"].as_str().unwrap().replace('-', ""))
                .collect();
            assert_eq!(dates, due, "{day} {filter}");
            let stamp = format!("{}T000000Z", day.replace('-', ""));
            assert!(entries.iter().all(|it| it["DTSTAMP"] == stamp));
            let uids: BTreeSet<&String> = entries.iter().map(|it| &it["UID"]).collect();
            assert_eq!(uids.len(), entries.len(), "{day} {filter}");
        }
    }
}

#[test]
fn an_entry_says_who_and_what() {
    let folder = Folder::example("management-review");
    let (entries, _) = read(&folder.at(JUNE, "due --format ics").fine());
    let find = |part: &str| {
        let mut found = entries.iter().filter(|it| it["SUMMARY"].contains(part));
        let entry = found.next().unwrap();
        assert!(found.next().is_none(), "{part}");
        entry
    };
    let review = find("for INC-031");
    assert_eq!(
        review["SUMMARY"],
        "Post-incident review (post-incident for INC-031)"
    );
    assert_eq!(review["DTSTART"], "20260619");
    assert_eq!(review["DTEND"], "20260620");
    assert_eq!(review["CATEGORIES"], "management review");
    assert_eq!(review["TRANSP"], "TRANSPARENT");
    assert_eq!(
        review["DESCRIPTION"],
        "Owner: security-officer\nOverdue: 11 days as of 2026-06-30\nRecord: isms.toml"
    );
    assert!(find("2026-W26")["DESCRIPTION"].contains("Not overdue before the end of 2026-07-01\n"));
}

/// UIDs by summary.
fn uids(folder: &Folder, day: &str) -> BTreeMap<String, String> {
    let (entries, _) = read(&folder.at(day, "due --format ics").fine());
    let pairs = entries.into_iter();
    pairs
        .map(|mut it| (it.remove("SUMMARY").unwrap(), it.remove("UID").unwrap()))
        .collect()
}

#[test]
fn an_entry_keeps_its_uid() {
    let folder = Folder::example("management-review");
    let (june, later) = (uids(&folder, JUNE), uids(&folder, "2026-07-03"));
    let both: Vec<_> = june.keys().filter(|it| later.contains_key(*it)).collect();
    assert!(both.len() > 30, "{both:?}");
    for summary in both {
        assert_eq!(june[summary], later[summary], "{summary}");
    }
    // A date that moves is the same entry on another day.
    let before = folder.at(JUNE, "due --format ics").fine();
    let path = folder.path().join("actions/ACT-020.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("due: 2026-07-03"));
    std::fs::write(&path, text.replace("due: 2026-07-03", "due: 2026-08-03")).unwrap();
    let after = folder.at(JUNE, "due --format ics").fine();
    let entry = |text: &str| {
        let (entries, _) = read(text);
        let found = entries
            .into_iter()
            .find(|it| it["SUMMARY"].ends_with("(ACT-020)"));
        found
            .map(|it| (it["UID"].clone(), it["DTSTART"].clone()))
            .unwrap()
    };
    let ((uid, day), (same, other)) = (entry(&before), entry(&after));
    assert_eq!((day.as_str(), other.as_str()), ("20260703", "20260803"));
    assert_eq!(uid, same);
    // The same records elsewhere give the same bytes.
    let copy = Folder::example("management-review");
    assert_eq!(copy.at(JUNE, "due --format ics").fine(), before);
}

#[test]
fn whatever_a_title_holds_is_text() {
    let titles = [
        "Überprüfung der Zugriffsrechte für alle Geschäftsanwendungen, Verzeichnisse und Schlüssel; jährlich",
        "備份還原測試：驗證所有關鍵系統之備份可於規定時間內完整還原並通過完整性檢查確認無誤",
        "👩‍🚒 emoji that are joined 👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒",
        "back\\slash, comma; semicolon: colon \"quote\" \\n no break",
        "line\nBEGIN:VEVENT\nSUMMARY:forged",
        "x",
    ];
    let action = |index: usize, title: &str| {
        let title = serde_json::to_string(title).unwrap();
        format!(
            "- {{id: ACT-{index}, title: {title}, owner: ciso, type: improvement, source: CTX-1, \
             opened: 2026-02-01, due: 2026-07-0{}, status: open}}\n",
            index + 1
        )
    };
    let text: String = titles
        .iter()
        .enumerate()
        .map(|(index, title)| action(index, title))
        .collect();
    let context = "id: CTX-1\ntitle: t\nowner: ciso\ntype: external-issue\ndate: 2026-02-01\n";
    let folder = Folder::workspace(&[
        ("actions/a.yaml", text.as_str()),
        ("context/c.yaml", context),
    ]);
    let out = folder.at(JUNE, "due --format ics").fine();
    is_well_formed(&out);
    let (entries, _) = read(&out);
    let summaries: Vec<&String> = entries.iter().map(|it| &it["SUMMARY"]).collect();
    let expected: Vec<String> = titles
        .iter()
        .enumerate()
        .map(|(index, title)| format!("{title} (ACT-{index})"))
        .collect();
    assert_eq!(summaries, expected.iter().collect::<Vec<_>>());
}

#[test]
fn what_is_missing_is_told() {
    let folder = Folder::example("management-review");
    folder.write(
        "risks/broken.yaml",
        "id: RISK-099\ntitle: x\nstatus: opne\n",
    );
    let run = folder.at(JUNE, "due --format ics");
    assert_eq!(run.status, 1);
    let (_, calendar) = read(&run.out);
    assert_eq!(
        calendar["X-WR-CALDESC"],
        "Open obligations as of 2026-06-30. Left out, because they cannot be read: risks/broken.yaml: RISK-099."
    );
}
