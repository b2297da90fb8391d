//! Duties month by month: done in time, done late, not done.

use super::months::Months;
use super::{are, listed};
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::report::basis::{Basis, counted};
use crate::report::document::{Chart, Figure, Layer, Stack, Tone};

/// Which duties are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// All with a date; what may be disposed of is no duty.
    All,
    /// Activities, measurements, checks of controls (clause 9.1).
    Monitoring,
}

/// How many of the duties that fell due in the last months were done in time.
pub fn duties(basis: &Basis<'_>, watched: Watched, until: chrono::NaiveDate) -> Option<Chart> {
    let until = until.min(basis.as_of());
    let months = Months::up_to(until, basis.view.calendar());
    let list: Vec<&Obligation> = basis
        .survey
        .list
        .iter()
        .filter(|it| watched.wants(it.kind) && months.position(it.due).is_some())
        .collect();
    let months = months.from(list.iter().map(|it| it.due).min()?);
    let stack = stack(&list, &months);
    let (name, title) = match watched {
        Watched::All => ("duties", "Duties by the month they fell due in"),
        Watched::Monitoring => ("monitoring", "Monitoring by the month it fell due in"),
    };
    Some(Chart {
        name: name.to_owned(),
        title: title.to_owned(),
        finding: finding(&stack, watched, &months),
        figure: Figure::Stack(stack),
    })
}

impl Watched {
    fn wants(self, kind: ObligationKind) -> bool {
        match self {
            Watched::All => kind != ObligationKind::Retention,
            Watched::Monitoring => matches!(
                kind,
                ObligationKind::Activity | ObligationKind::Measurement | ObligationKind::Control
            ),
        }
    }

    fn one(self) -> &'static str {
        match self {
            Watched::All => "duty",
            Watched::Monitoring => "monitoring activity",
        }
    }
}

/// In time, late, not done, open.
fn layer_of(state: State) -> usize {
    match state {
        State::Done => 0,
        State::DoneLate => 1,
        State::Overdue => 2,
        _ => 3,
    }
}

fn stack(list: &[&Obligation], months: &Months) -> Stack {
    let layers = [
        ("in time", Tone::Good),
        ("late", Tone::Warn),
        ("not done", Tone::Bad),
        ("still open", Tone::Muted),
    ];
    let mut layers = layers.map(|(name, tone)| Layer {
        name: name.to_owned(),
        tone,
        counts: vec![0; months.len()],
    });
    for it in list {
        if let Some(month) = months.position(it.due) {
            layers[layer_of(it.state)].counts[month] += 1;
        }
    }
    Stack {
        columns: months.names(),
        layers: layers.to_vec(),
        in_time: true,
    }
}

/// How many were done in time, and in which month fewest were.
fn finding(stack: &Stack, watched: Watched, months: &Months) -> String {
    let sum = |index: usize| -> usize {
        let layer = stack.layers.get(index);
        layer.map_or(0, |layer| layer.counts.iter().sum())
    };
    let all: usize = (0..stack.layers.len()).map(sum).sum();
    let [done, late, missing, open] = [0, 1, 2, 3].map(sum);
    let fell = format!("that fell due in {}", months.words());
    if done == all {
        let one = watched.one();
        return match all {
            1 => format!("The only {one} {fell} was done in time."),
            _ => format!("All {} {fell} were done in time.", counted(all, one)),
        };
    }
    let were = |count| if count == 1 { "was" } else { "were" };
    let none = |count: usize| {
        if count == 0 {
            "none".to_owned()
        } else {
            count.to_string()
        }
    };
    let mut parts = vec![format!("{} {} done in time", none(done), were(done))];
    if late > 0 {
        parts.push(format!("{late} late"));
    }
    if missing > 0 {
        parts.push(format!("{missing} {} not done", are(missing)));
    }
    if open > 0 {
        parts.push(format!("{open} {} still open", are(open)));
    }
    let worst = worst(stack, months, late + missing);
    format!(
        "Of {} {fell}, {}{}.",
        counted(all, watched.one()),
        listed(&parts),
        worst.unwrap_or_default()
    )
}

/// The month in which most of what was late or missing fell due: `most` only where it is more than half.
fn worst(stack: &Stack, months: &Months, all: usize) -> Option<String> {
    let of_month = |month: usize| stack.layers[1].counts[month] + stack.layers[2].counts[month];
    let counts = (0..stack.columns.len()).map(|month| (of_month(month), month));
    let (count, month) = counts.max()?;
    if count < 2 || count == all {
        return None;
    }
    let month = months.spelled(month);
    Some(match 2 * count > all {
        true => {
            format!("; most of what was late or missing, {count} of {all}, fell due in {month}")
        }
        false => format!("; the most in one month, {count} of {all}, fell due in {month}"),
    })
}

#[cfg(test)]
mod tests;
