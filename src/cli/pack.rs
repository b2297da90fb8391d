//! `ismsctl pack`

use super::arguments::{Global, Pack as Arguments};
use super::documents::{self, Request};
use super::restated::restatement;
use super::since::EarlierState;
use super::{CliError, Status, World};
use crate::render::markdown;
use crate::report::pack::{Choice, Pack, Subject};

/// How many periods of each KPI the dashboard shows.
const PERIODS: usize = 12;

pub fn run(
    global: &Global,
    arguments: &Arguments,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let request = Request {
        command: "pack",
        draft: arguments.draft,
        periods: PERIODS,
    };
    documents::write(global, world, &request, |basis, loaded| {
        let choice = Choice {
            review: arguments.review.clone(),
            r#type: arguments.r#type.clone(),
        };
        let subject = Subject::find(basis.view, &choice)?;
        let restated = restatement(basis, &subject, loaded);
        let Some(spec) = &arguments.since else {
            let pack = Pack::new(basis, subject).restated(&restated);
            return Ok(markdown::render(&pack.document()));
        };
        let earlier = EarlierState::read(spec, basis, &subject, loaded)?;
        Ok(earlier.compare(basis, |since| {
            let pack = Pack::new(basis, subject).restated(&restated).since(since);
            markdown::render(&pack.document())
        }))
    })
}
