//! Packs of workspaces in memory, for the tests of their parts.

use super::{Choice, Pack, Subject};
use crate::assess::obligations::{obligations, survey};
use crate::assess::{Timeline, kpi};
use crate::report::Incomplete;
use crate::report::basis::Basis;
use crate::report::document::{Block, Cell, Document};
use crate::report::kpi::KpiReport;
use crate::workspace::{CONFIG_FILE, Origin, load};
use chrono::NaiveDate;

const CONFIG: &str = "[isms]\nname = \"Test\"\nsince = 2026-01-01\n[roles]\nciso = \"Security\"\ncto = \"Technology\"\n\
    [areas.all]\ntitle = \"All\"\nowner = \"cto\"\n[risk]\nappetite = 12\n";

/// The day on which packs are made.
pub fn june() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).unwrap()
}

/// The pack of some files as a document; the review that is planned looks at the second quarter of 2026.
pub fn document(files: &[(&str, &str)]) -> Document {
    const REVIEW: &str = "id: REV-Q2\ntitle: Second quarter\nowner: ciso\ntype: quarterly\nplanned: 2026-07-10\n\
        period: {from: 2026-04-01, to: 2026-06-30}\n";
    let own = [(CONFIG_FILE, CONFIG), ("reviews/q2.yaml", REVIEW)];
    let all = own.iter().chain(files);
    let files = all.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    let snapshot = load(&Origin::Memory(&files.collect())).unwrap();
    let timeline = Timeline::of(&snapshot);
    let view = timeline.at(june());
    let series = kpi::evaluate(&timeline, june(), &obligations);
    let survey = survey(&view);
    let incomplete = Incomplete::of(&snapshot, 0).with_unclear(&survey.unclear);
    let kpis = KpiReport::new(&timeline, june(), series.clone(), 12, incomplete);
    let inputs = snapshot.spelled_inputs();
    let basis = Basis {
        view: &view,
        survey: &survey,
        series: &series,
        kpis: &kpis.rows,
        revision: None,
        digest: snapshot.digest().to_string(),
        inputs: &inputs,
        version: "",
        left_out: kpis.incomplete.left_out.clone(),
        unclear: kpis.incomplete.unclear.clone(),
        draft: false,
    };
    let subject = Subject::find(&view, &Choice::default()).unwrap();
    Pack::new(&basis, subject).document()
}

/// A KPI with one result a month from January on; `None` where there is none.
pub fn kpi(id: &str, more: &str, values: &[Option<f64>]) -> Vec<(String, String)> {
    let definition = format!(
        "id: {id}\ntitle: Figure {id}\narea: all\nowner: cto\nunit: percent\ncadence: monthly\nmeasure: recorded\n{more}\n"
    );
    let mut files = vec![(format!("kpis/{id}.yaml"), definition)];
    for (month, value) in (1..).zip(values) {
        if let Some(value) = value {
            let last = if month == 2 { 28 } else { 30 };
            let text = format!(
                "kpi: {id}\nperiod: 2026-{month:02}\ndate: 2026-{month:02}-{last}\nperformed_by: cto\nvalue: {value}\n"
            );
            files.push((format!("results/{id}-{month:02}.yaml"), text));
        }
    }
    files
}

/// Files as they are asked for.
pub fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    let files = files.iter();
    files.map(|(path, text)| (&**path, &**text)).collect()
}

/// What a part says, one line for each paragraph, item and row.
pub fn said(document: &Document, part: &str) -> Vec<String> {
    let part = document.parts.iter().find(|it| it.name == part).unwrap();
    let mut said = Vec::new();
    for block in &part.blocks {
        match block {
            Block::Heading(_, title) => said.push(format!("# {title}")),
            Block::Paragraph(line) | Block::Callout(_, line) => said.push(line.text().into_owned()),
            Block::List(lines) => said.extend(lines.iter().map(|it| it.text().into_owned())),
            Block::Table(table) => {
                let row = |row: &Vec<Cell>| {
                    let cells = row.iter().map(|cell| cell.line().text().into_owned());
                    cells.collect::<Vec<_>>().join(" | ")
                };
                said.extend(table.rows.iter().map(row));
            }
            _ => {}
        }
    }
    said
}
