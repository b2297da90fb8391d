//! Incidents month by month and severity.

use super::months::Months;
use crate::records::Kind;
use crate::records::incident::Incident;
use crate::report::basis::{Basis, counted};
use crate::report::document::{Chart, Figure, Layer, Stack, Tone};
use chrono::NaiveDate;

/// Severities beyond so many share a layer.
const LAYERS: usize = 6;

/// Incidents by the month they were detected in.
pub fn incidents(basis: &Basis<'_>, until: NaiveDate) -> Option<Chart> {
    let calendar = basis.view.calendar();
    let until = until.min(basis.as_of());
    let months = Months::up_to(until, calendar);
    let all: Vec<(NaiveDate, &str)> = basis
        .view
        .typed::<Incident>(Kind::Incident)
        .map(|(_, incident)| (incident.detected.day(calendar), &*incident.severity))
        .filter(|(day, _)| *day <= until)
        .collect();
    // Months before the first record say nothing, months without an incident do.
    let months = months.from(all.iter().map(|(day, _)| *day).min()?);
    let severities: Vec<&str> = basis
        .view
        .config()
        .incident
        .severities
        .iter()
        .map(|name| &**name)
        .collect();
    let stack = stack(&all, &severities, &months);
    Some(Chart {
        name: "incidents".to_owned(),
        title: "Incidents by month of detection".to_owned(),
        finding: finding(&stack, &months),
        figure: Figure::Stack(stack),
    })
}

fn stack(all: &[(NaiveDate, &str)], severities: &[&str], months: &Months) -> Stack {
    let known: Vec<&str> = match severities.len() {
        count if count <= LAYERS => severities.to_vec(),
        _ => severities[..LAYERS - 1].to_vec(),
    };
    let mut layers: Vec<Layer> = known
        .iter()
        .chain(std::iter::once(&"other severities"))
        .enumerate()
        .map(|(index, name)| Layer {
            name: (*name).to_owned(),
            tone: match index {
                0 => Tone::Bad,
                1 => Tone::Warn,
                2 => Tone::Plain,
                _ => Tone::Muted,
            },
            counts: vec![0; months.len()],
        })
        .collect();
    for (day, severity) in all {
        let layer = known.iter().position(|name| name == severity);
        if let Some(month) = months.position(*day) {
            layers[layer.unwrap_or(known.len())].counts[month] += 1;
        }
    }
    if layers
        .last()
        .is_some_and(|other| other.counts.iter().all(|count| *count == 0))
    {
        layers.pop();
    }
    Stack {
        columns: months.names(),
        layers,
        in_time: true,
    }
}

/// How many, how grave, and whether they become more: of the last three months against the three before.
fn finding(stack: &Stack, months: &Months) -> String {
    let span = months.words();
    let totals: Vec<usize> = (0..stack.columns.len())
        .map(|month| stack.total(month))
        .collect();
    let all: usize = totals.iter().sum();
    if all == 0 {
        return format!("No incident was detected in {span}.");
    }
    let gravest = stack.layers.first().map(|layer| {
        let count = layer.counts.iter().sum::<usize>();
        let count = if count == 0 {
            "none".to_owned()
        } else {
            count.to_string()
        };
        format!(", {count} of them {}", layer.name)
    });
    let lately = totals.len().checked_sub(6).map(|start| {
        let sum = |from: usize| totals[from..from + 3].iter().sum::<usize>();
        let (before, now) = (sum(start), sum(start + 3));
        let turn = match now.cmp(&before) {
            std::cmp::Ordering::Greater => format!("up from {before}"),
            std::cmp::Ordering::Less => format!("down from {before}"),
            std::cmp::Ordering::Equal => "as many as".to_owned(),
        };
        format!(
            "; {now} in the three months to {}, {turn} in the three before",
            months.spelled(totals.len() - 1)
        )
    });
    format!(
        "{} detected in {span}{}{}.",
        counted(all, "incident"),
        gravest.unwrap_or_default(),
        lately.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests;
