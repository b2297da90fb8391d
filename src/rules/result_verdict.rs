//! `result-verdict`: outcomes that say one thing beside figures that say another.

use super::results::{OnFile, takes_one};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::kpi::{Combination, Kpi, Measure};
use crate::records::quantity::format_value;
use crate::records::result::Outcome;
use crate::records::target::TargetKind;
use crate::records::{Calendar, Day};

/// Compares figure and outcome of every result that is the figure of its KPI.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = context.view.calendar();
    for one in context.standing() {
        let (Some(outcome), [(kpi_entry, kpi)]) = (one.result.outcome, &*one.kpis) else {
            continue;
        };
        let Some(judged) = judge(one, kpi, calendar) else {
            continue;
        };
        if judged.met == (outcome == Outcome::Pass) {
            continue;
        }
        let (verb, word) = if judged.met {
            ("meets", "pass")
        } else {
            ("misses", "fail")
        };
        let figure = format_value(judged.figure, kpi.unit);
        let message = format!("{figure} {verb} the target {}", judged.target);
        sink.add(
            Diagnostic::new(
                &catalogue::RESULT_VERDICT,
                one.entry.at("/outcome"),
                message,
            )
            .label("contradicts the figure")
            .help(format!(
                "write `outcome: {word}`, or leave it out: the verdict is computed from the figure"
            ))
            .about(one.entry.id())
            .related(
                kpi_entry.at("/target"),
                format!("the target of `{}`", kpi_entry.id()),
            ),
        );
    }
}

struct Judged {
    figure: f64,
    target: String,
    met: bool,
}

/// The verdict on a single figure; none where the KPI does not judge single figures, or deviates on that day.
fn judge(one: &OnFile<'_>, kpi: &Kpi, calendar: &Calendar) -> Option<Judged> {
    let is_figure = match &kpi.measure {
        Measure::Parts(parts) => parts.recorded == Some(Combination::Last),
        Measure::Recorded => takes_one(kpi),
    };
    if !is_figure {
        return None;
    }
    let period = one.result.period;
    let last = Day(period.map_or(one.result.date.0, |period| period.last(calendar)));
    let deviates = |from: Day, until: Day| (from..=until).contains(&last);
    if kpi.deviations.iter().any(|one| deviates(one.on, one.until)) {
        return None;
    }
    let target = &kpi.target.as_ref()?.in_force(last)?.target;
    if !matches!(target.kind, TargetKind::Compare { .. }) {
        return None;
    }
    let figure = one.figure(kpi)?;
    Some(Judged {
        figure,
        target: target.human(kpi.unit),
        met: target.compare(figure, kpi.unit)?,
    })
}
