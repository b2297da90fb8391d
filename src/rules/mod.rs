//! The checks behind the catalogue, one file per rule.

mod context;
mod sink;

pub use context::Context;
pub use sink::Sink;

use crate::assess::Timeline;
use crate::diagnostics::{Class, Diagnostic, Rule, settle};
use crate::workspace::Snapshot;
use chrono::NaiveDate;

/// Which rules are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Those that depend on the records alone.
    Valid,
    /// Those that depend on the day as well.
    Timely,
}

impl Scope {
    fn includes(self, class: Class) -> bool {
        match class {
            Class::Valid => true,
            Class::Timely => self == Scope::Timely,
            Class::History => false,
        }
    }
}

type Check = fn(&Context<'_>, &mut Sink<'_>);

/// Every rule that has a check of its own. Rules raised while loading are in the catalogue only.
const CHECKS: &[(&Rule, Check)] = &[];

/// Everything there is to say about a snapshot, sorted, after `[rules]` and `ignore` had their say.
pub fn check(snapshot: &Snapshot, as_of: NaiveDate, scope: Scope) -> Vec<Diagnostic> {
    let mut sink = Sink::new(snapshot, as_of);
    for diagnostic in snapshot.diagnostics() {
        sink.add(diagnostic.clone());
    }
    // Without isms.toml, people, areas and methods are unknown, and every rule would cry wolf.
    if snapshot.config_is_sound() {
        let timeline = Timeline::of(snapshot);
        let view = timeline.at(as_of);
        let context = Context::new(snapshot, &timeline, &view);
        for (rule, run) in CHECKS {
            if scope.includes(rule.class) && sink.is_on(rule) {
                sink.running(rule);
                run(&context, &mut sink);
            }
        }
    }
    let mut found = sink.finish();
    settle(&mut found);
    found
}
