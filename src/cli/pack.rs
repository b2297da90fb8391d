//! `ismsctl pack`

use super::arguments::{Global, Pack as Arguments};
use super::documents::{self, Request};
use super::pages;
use super::restated::restatement;
use super::since::{EarlierState, Spec};
use super::{CliError, Status, World};
use crate::render::template::Form;
use crate::report::document::Document;
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
        version: documents::VERSION,
    };
    documents::write(global, world, &request, |basis, loaded| {
        let choice = Choice {
            review: arguments.review.clone(),
            r#type: arguments.r#type.clone(),
        };
        let subject = Subject::find(basis.view, &choice)?;
        let restated = restatement(basis, &subject, loaded);
        let page = |document: &Document| {
            let spelling = arguments.format.spelling();
            let none = || serde_json::Value::Null;
            pages::spell(loaded, &["pack"], Form::Pack, spelling, document, none)
        };
        let Some(spec) = &arguments.since else {
            let pack = Pack::new(basis, subject).restated(&restated);
            return page(&pack.document());
        };
        let spec = Spec {
            text: spec,
            revision: None,
        };
        let earlier = EarlierState::read(spec, basis, &subject, loaded)?;
        earlier.compare(basis, |since| {
            let pack = Pack::new(basis, subject).restated(&restated).since(since);
            page(&pack.document())
        })
    })
}
