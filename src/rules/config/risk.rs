//! The risk method: every score must have a band (clause 6.1.2 b: consistent, valid and comparable results).

use super::Faults;
use crate::records::config::RiskMethod;

pub(super) fn check(faults: &mut Faults<'_, '_, '_>) {
    let method = &faults.config().risk;
    if matrix(faults, method) {
        bands(faults, method);
    }
}

/// Whether the matrix, if there is one, gives every rating a score.
fn matrix(faults: &mut Faults<'_, '_, '_>, method: &RiskMethod) -> bool {
    let Some(matrix) = &method.matrix else {
        return true;
    };
    if method.score.is_some() {
        let help = "keep one of `score` and `matrix`";
        faults.key("/risk/score", "a matrix already says how to score", help);
    }
    let (rows, columns) = (method.likelihood.len(), method.impact.len());
    let mut fits = true;
    if matrix.len() != rows {
        let message = format!(
            "the matrix has {} rows for {rows} likelihoods",
            matrix.len()
        );
        faults.value(
            "/risk/matrix",
            message,
            "write one row for each likelihood, the lowest first",
        );
        fits = false;
    }
    for (index, row) in matrix.iter().enumerate() {
        if row.len() != columns {
            let message = format!("this row has {} scores for {columns} impacts", row.len());
            let help = "write one score for each impact, the lowest first";
            faults.value(&format!("/risk/matrix/{index}"), message, help);
            fits = false;
        }
    }
    fits
}

fn bands(faults: &mut Faults<'_, '_, '_>, method: &RiskMethod) {
    for (index, pair) in method.bands.windows(2).enumerate() {
        let (lower, upper) = (&pair[0], &pair[1]);
        if upper.max <= lower.max {
            let pointer = format!("/risk/bands/{}/max", index + 1);
            let message = format!(
                "the band `{}` ends at {}, not above the one before it, which ends at {}",
                upper.name, upper.max, lower.max
            );
            faults.value(&pointer, message, "write the bands in ascending order");
        }
    }
    for (index, band) in method.bands.iter().enumerate() {
        if method.bands[..index]
            .iter()
            .any(|other| other.name == band.name)
        {
            let pointer = format!("/risk/bands/{index}/name");
            let message = format!("two bands are called `{}`", band.name);
            faults.value(&pointer, message, "give every band a name of its own");
        }
    }
    let Some(highest) = highest_score(method) else {
        return;
    };
    match method.bands.last() {
        Some(last) if last.max < highest => {
            let pointer = format!("/risk/bands/{}/max", method.bands.len() - 1);
            let message = format!("no band reaches the highest score, {highest}");
            let help = format!(
                "write `max = {highest}`, or add a band above `{}`",
                last.name
            );
            faults.value(&pointer, message, help);
        }
        Some(_) => {}
        None => faults.value(
            "/risk/bands",
            "there are no bands",
            "leave `bands` out for the usual four",
        ),
    }
}

fn highest_score(method: &RiskMethod) -> Option<u16> {
    let scale = |names: &[Box<str>]| 1..=u8::try_from(names.len()).unwrap_or(u8::MAX);
    scale(&method.likelihood)
        .flat_map(|likelihood| scale(&method.impact).map(move |impact| (likelihood, impact)))
        .filter_map(|(likelihood, impact)| method.score(likelihood, impact))
        .max()
}
