//! `config`: what isms.toml says about itself and cannot mean. Its form is checked while reading.

mod git;
mod names;
mod people;
mod queries;
mod registers;
mod risk;

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue, did_you_mean};
use crate::text::pointer::Part;

/// Looks at names, people, the risk method, and what is asked of records.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut faults = Faults { context, sink };
    names::check(&mut faults);
    registers::check(&mut faults);
    people::check(&mut faults);
    risk::check(&mut faults);
    queries::check(&mut faults);
    git::check(&mut faults);
}

/// Collects mistakes by their place in isms.toml.
struct Faults<'f, 'c, 's> {
    context: &'f Context<'c>,
    sink: &'f mut Sink<'s>,
}

impl<'c> Faults<'_, 'c, '_> {
    fn config(&self) -> &'c crate::records::Config {
        self.context.snapshot.config()
    }

    /// A value that cannot be meant.
    fn value(&mut self, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.add(pointer, Part::Value, message.into(), help.into());
    }

    /// A key that cannot be meant.
    fn key(&mut self, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.add(pointer, Part::Key, message.into(), help.into());
    }

    fn add(&mut self, pointer: &str, part: Part, message: String, help: String) {
        let location = self.context.snapshot.config_place(pointer, part);
        let found = Diagnostic::new(&catalogue::CONFIG, location, message);
        self.sink.add(found.help(help));
    }
}

/// "did you mean …?", or all there is to choose from.
fn choice<'a>(text: &str, known: impl Iterator<Item = &'a str> + Clone, otherwise: &str) -> String {
    did_you_mean(text, known.clone()).unwrap_or_else(|| {
        let all: Vec<&str> = known.take(20).collect();
        match all.as_slice() {
            [] => otherwise.to_owned(),
            all => format!("known: {}", all.join(", ")),
        }
    })
}
