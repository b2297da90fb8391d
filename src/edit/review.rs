//! The record of a review that is planned: what is known stands there, what the meeting adds has a place.

use super::yaml::{EditError, Line, Value, document};
use crate::assess::reviews::plan::Plan;

/// The file of a planned review, with comments that tell what is to be filled in.
///
/// # Errors
/// A record that would not be read as it was meant.
pub fn planned(plan: &Plan) -> Result<String, EditError> {
    let entry = |key: &str, value: Value| Line::Entry(key.to_owned(), value, None);
    let comment = |text: String| Line::Comment(text);
    let id = &plan.id.id;
    let mut lines = vec![
        comment(format!(
            "Planned, not yet held: `ismsctl pack --review {id}` renders what it"
        )),
        comment(
            "looks at; actions that carry over are computed there, not copied here.".to_owned(),
        ),
        entry("id", Value::text(id)),
        entry("title", Value::text(&plan.title)),
        entry("owner", Value::text(&plan.owner)),
        entry("type", Value::text(&plan.r#type)),
    ];
    if !plan.r#for.is_empty() {
        lines.push(entry("for", Value::texts(&plan.r#for)));
    }
    let (from, to) = plan.days;
    lines.push(entry("planned", Value::text(plan.planned.to_string())));
    lines.push(entry(
        "period",
        Value::map([
            ("from", Value::text(from.to_string())),
            ("to", Value::text(to.to_string())),
        ]),
    ));
    if let Some(chair) = &plan.chair {
        lines.push(entry("chair", Value::text(chair)));
    }
    lines.push(comment(attendance(plan)));
    lines.push(entry("attendees", Value::List(Vec::new())));
    lines.push(comment(
        "What the room says to each point (9.3.2); what the records tell need not be repeated."
            .to_owned(),
    ));
    let inputs = plan.inputs.iter().map(|input| {
        let place = Value::map([("state", Value::Null)]);
        (input.word().to_owned(), place, input.about().to_owned())
    });
    lines.push(Line::Map("inputs".to_owned(), inputs.collect()));
    lines.push(comment(
        "After the meeting: decisions, conclusion, and then".to_owned(),
    ));
    lines.push(comment(format!("`ismsctl review close {id} --held DAY`.")));
    document(&lines)
}

fn attendance(plan: &Plan) -> String {
    let must = plan.attendees.join(", ");
    match (plan.attendees.is_empty(), plan.optional.is_empty()) {
        (true, _) => "Who came:".to_owned(),
        (false, true) => format!("Who came; must attend: {must}."),
        (false, false) => {
            let may = plan.optional.join(", ");
            format!("Who came; must attend: {must}; may attend: {may}.")
        }
    }
}
