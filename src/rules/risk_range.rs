//! `risk-range`: ratings that are not on the scales of isms.toml (clause 6.1.2 b).

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::config::RiskMethod;
use crate::records::risk::Risk;
use crate::workspace::EntryRef;
use std::borrow::Cow;

/// Looks at all ratings of all risks, and at the scores that acceptances pin.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let method = &context.snapshot.config().risk;
    for (entry, risk) in context.snapshot.typed::<Risk>(Kind::Risk) {
        for (base, likelihood, impact) in ratings(risk) {
            sink.add_maybe(off_scale(entry, method, &base, "likelihood", likelihood));
            sink.add_maybe(off_scale(entry, method, &base, "impact", impact));
        }
        sink.add_maybe(pinned(entry, risk, method));
    }
}

/// Every rating of a risk: a pointer to it, likelihood and impact.
fn ratings(risk: &Risk) -> Vec<(Cow<'static, str>, Option<u8>, Option<u8>)> {
    let mut all = vec![("".into(), risk.likelihood, risk.impact)];
    for (name, rating) in [("/inherent", risk.inherent), ("/target", risk.target)] {
        all.extend(rating.map(|it| (name.into(), Some(it.likelihood), Some(it.impact))));
    }
    let assessments = risk.assessments.iter().enumerate();
    all.extend(assessments.map(|(index, it)| {
        let base = format!("/assessments/{index}");
        (base.into(), Some(it.likelihood), Some(it.impact))
    }));
    all
}

fn off_scale(
    entry: EntryRef<'_>,
    method: &RiskMethod,
    base: &str,
    axis: &str,
    position: Option<u8>,
) -> Option<Diagnostic> {
    let scale = match axis {
        "likelihood" => &method.likelihood,
        _ => &method.impact,
    };
    let position = position.filter(|it| usize::from(*it) > scale.len())?;
    let names = scale.iter().enumerate();
    let names: Vec<String> = names
        .map(|(index, name)| format!("{} {name}", index + 1))
        .collect();
    let location = entry.at(&format!("{base}/{axis}"));
    let message = format!(
        "`{position}` is beyond the {axis} scale, which ends at {}",
        scale.len()
    );
    Some(
        Diagnostic::new(&catalogue::RISK_RANGE, location, message)
            .label("not on the scale")
            .help(format!("the {axis} scale is {}", names.join(", ")))
            .about(entry.id()),
    )
}

/// An accepted score that no rating gives.
fn pinned(entry: EntryRef<'_>, risk: &Risk, method: &RiskMethod) -> Option<Diagnostic> {
    let score = risk.acceptance.as_ref()?.score;
    let (lowest, highest) = method.range()?;
    if (lowest..=highest).contains(&score) {
        return None;
    }
    let location = entry.at("/acceptance/score");
    let message = format!("no risk can have a score of {score}");
    Some(
        Diagnostic::new(&catalogue::RISK_RANGE, location, message)
            .label("not a score")
            .help(format!("scores run from {lowest} to {highest}"))
            .about(entry.id()),
    )
}
