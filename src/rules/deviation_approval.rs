//! `deviation-approval`: deviations from a target that nobody entitled to it has approved.

use super::{Context, Sink};
use crate::assess::people::{self, Refusal};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::kpi::{Deviation, Kpi};
use crate::records::{Config, Kind};

/// Looks at who approved each deviation, on the day it was given.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let config = context.snapshot.config();
    for (entry, kpi) in context.snapshot.typed::<Kpi>(Kind::Kpi) {
        for (index, deviation) in kpi.deviations.iter().enumerate() {
            let Some((message, label, help)) = fault(config, kpi, deviation) else {
                continue;
            };
            let location = entry.at(&format!("/deviations/{index}/approved_by"));
            sink.add(
                Diagnostic::new(&catalogue::DEVIATION_APPROVAL, location, message)
                    .label(label)
                    .help(help)
                    .about(entry.id())
                    .related(entry.at("/owner"), "the owner"),
            );
        }
    }
}

fn fault(
    config: &Config,
    kpi: &Kpi,
    deviation: &Deviation,
) -> Option<(String, &'static str, &'static str)> {
    let (approver, owner, day) = (&*deviation.approved_by, &*kpi.owner, deviation.on.0);
    Some(
        match people::approves(config, approver, owner, day).err()? {
            // Told as `unknown-person`.
            Refusal::Unknown => return None,
            Refusal::OutOfOffice => {
                let what = match config.people.contains_key(approver) {
                    true => format!("`{approver}` was not in office on {day}"),
                    false => format!("nobody held the role `{approver}` on {day}"),
                };
                let help =
                    "have it approved by somebody who was in office; until then the target judges";
                (what, "could not approve it", help)
            }
            Refusal::Owner => {
                let what = match approver == owner {
                    true => {
                        format!("the owner `{owner}` approved a deviation from their own target")
                    }
                    false => format!(
                        "`{approver}` and the owner `{owner}` were the same person on {day}"
                    ),
                };
                let help = "have it approved by another person; until then the target judges";
                (what, "not independent", help)
            }
        },
    )
}
