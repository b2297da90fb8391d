//! Compares dates, periods and cadences with a table that Python made (tests/oracle/README.md).

use chrono::{NaiveDate, SecondsFormat};
use ismsctl::records::cadence::Cadence;
use ismsctl::records::calendar::Calendar;
use ismsctl::records::date::parse_date;
use ismsctl::records::moment::Moment;
use ismsctl::records::period::Period;
use ismsctl::records::span::CalendarSpan;

const TABLE: &str = include_str!("oracle/periods.csv");

fn date(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

fn zone(name: &str) -> Calendar {
    Calendar {
        timezone: name.parse().unwrap(),
        ..Calendar::default()
    }
}

fn cadence(keyword: &str) -> Cadence {
    serde_json::from_value(keyword.into()).unwrap()
}

/// The answer of ismsctl to one row, spelled as the table spells it.
fn answer(operation: &str, a: &str, b: &str, c: &str) -> String {
    let plain = Calendar::default();
    let spelled = |period: Option<Period>| period.map(|it| it.to_string()).unwrap_or_default();
    match operation {
        "add" => {
            let span: CalendarSpan = b.parse().unwrap();
            let moved = span.times_after(c.parse().unwrap(), date(a)).unwrap();
            moved.to_string()
        }
        "bounds" => {
            let period: Period = a.parse().unwrap();
            assert_eq!(period.to_string(), a);
            format!("{} {}", period.first(&plain), period.last(&plain))
        }
        "invalid" => spelled(a.parse().ok()),
        "containing" => spelled(cadence(a).period_containing(date(b), &plain)),
        "every" => {
            let (span, anchor) = (a.parse().unwrap(), date(b));
            spelled(Cadence::Every { span, anchor }.period_containing(date(c), &plain))
        }
        "sequence" => {
            let periods = cadence(a).periods(date(b), date(c), &plain);
            let spelled: Vec<String> = periods.map(|period| period.to_string()).collect();
            spelled.join(" ")
        }
        "midnight" => {
            let moment: Moment = b.parse().unwrap();
            let instant = moment.instant(&zone(a));
            instant.to_rfc3339_opts(SecondsFormat::Secs, true)
        }
        "elapsed" => {
            let (later, earlier): (Moment, Moment) = (b.parse().unwrap(), c.parse().unwrap());
            let elapsed = later.minus(earlier, &zone(a));
            elapsed.milliseconds.to_string()
        }
        other => panic!("the table has an operation nobody knows: {other}"),
    }
}

#[test]
fn ismsctl_agrees_with_the_oracle() {
    let mut lines = TABLE.lines();
    assert_eq!(lines.next(), Some("operation,a,b,c,expected"));
    let mut compared = 0;
    let mut wrong = Vec::new();
    for line in lines {
        // No cell of this table needs quotes.
        let cells: Vec<&str> = line.split(',').collect();
        let [operation, a, b, c, expected] = cells[..] else {
            panic!("not five cells: {line}");
        };
        let found = answer(operation, a, b, c);
        if found != expected {
            wrong.push(format!("{line}: found {found}"));
        }
        compared += 1;
    }
    assert!(compared >= 300, "only {compared} cases");
    assert!(
        wrong.is_empty(),
        "{} of {compared} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
