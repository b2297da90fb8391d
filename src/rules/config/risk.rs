//! The risk method: every score must have a band (clause 6.1.2 b: consistent, valid and comparable results).

use super::Faults;
use crate::records::config::{Accept, RiskMethod};

pub(super) fn check(faults: &mut Faults<'_, '_, '_>) {
    let method = &faults.config().risk;
    if matrix(faults, method) {
        bands(faults, method);
    }
    acceptance(faults, method);
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
    let Some((lowest, highest)) = method.range() else {
        return;
    };
    appetite(faults, method, lowest, highest);
    if let Some(first) = method.bands.first().filter(|first| first.max < lowest) {
        let message = format!(
            "no score falls in the band `{}`; the lowest is {lowest}",
            first.name
        );
        faults.value(
            "/risk/bands/0/max",
            message,
            format!("write {lowest} or more, or remove the band"),
        );
    }
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

/// An appetite that no score is on either side of decides nothing.
fn appetite(faults: &mut Faults<'_, '_, '_>, method: &RiskMethod, lowest: u16, highest: u16) {
    let Some(appetite) = method.appetite else {
        return;
    };
    if !(lowest..=highest).contains(&appetite) {
        let message = format!("the appetite of {appetite} is not on the scale of scores");
        let help = format!("scores run from {lowest} to {highest}");
        faults.value("/risk/appetite", message, help);
    }
}

/// Who may accept the risks of each band: by exactly one of the ways there are.
fn acceptance(faults: &mut Faults<'_, '_, '_>, method: &RiskMethod) {
    for (index, band) in method.bands.iter().enumerate() {
        let Some(Accept::When {
            automatic,
            any_of,
            all_of,
            mitigation,
            at_most,
            self_approval,
        }) = &band.accept
        else {
            continue;
        };
        let base = format!("/risk/bands/{index}/accept");
        let ways = [
            ("automatic", *automatic),
            ("any_of", !any_of.is_empty()),
            ("all_of", !all_of.is_empty()),
        ];
        let given: Vec<&str> = ways.iter().filter(|way| way.1).map(|way| way.0).collect();
        match given.as_slice() {
            [] => {
                let message = format!("nobody is named who may accept a `{}` risk", band.name);
                let help =
                    "write `any_of`, `all_of` or `automatic = true`, or `accept = \"never\"`";
                faults.key(&base, message, help);
            }
            [_] => {}
            [first, second, ..] => {
                let message = format!("`{second}` beside `{first}`: only one of them can decide");
                faults.key(&format!("{base}/{second}"), message, "keep one of the two");
            }
        }
        let conditions = [
            ("mitigation", *mitigation),
            ("at_most", at_most.is_some()),
            ("self", *self_approval),
        ];
        for (name, _) in conditions.iter().filter(|it| it.1 && *automatic) {
            let message = format!("`{name}` has no effect where risks are accepted automatically");
            faults.key(
                &format!("{base}/{name}"),
                message,
                "remove it, or `automatic`",
            );
        }
        for (list, names) in [("any_of", any_of), ("all_of", all_of)] {
            for (position, name) in names.iter().enumerate() {
                if names[..position].contains(name) {
                    let pointer = format!("{base}/{list}/{position}");
                    faults.value(&pointer, format!("`{name}` is listed twice"), "remove one");
                }
            }
        }
    }
}
