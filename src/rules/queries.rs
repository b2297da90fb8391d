//! Questions to records outside KPIs: triggers, retention and reviews of register rows. They name a collection, a
//! condition and dates, and are checked like KPIs.

use crate::assess::expr::{Env, Expect, Expression, Shapes, Type, date_paths, path_type};
use crate::assess::kpi::{Problem, ProblemRule, unknown_literals};
use crate::diagnostics::did_you_mean;
use crate::records::Kind;
use crate::records::activity::Trigger;
use crate::records::field::{FieldType, Shape};
use crate::text::pointer::child;
use crate::workspace::{Collection, Snapshot};

/// A question to the records of a collection.
pub struct Query<'q> {
    /// JSON pointer to the table that holds it.
    pub base: String,
    /// Kind or register.
    pub over: &'q str,
    /// Condition on a record `r`.
    pub filter: Option<&'q str>,
    /// Keys that hold the path of a date field, and the path.
    pub dates: Vec<(&'static str, &'q str)>,
}

impl<'q> Query<'q> {
    /// The question of a trigger.
    pub fn of_trigger(base: String, trigger: &'q Trigger) -> Self {
        let done = trigger.done.as_deref().map(|done| ("done", done));
        Self {
            base,
            over: &trigger.over,
            filter: trigger.r#where.as_deref(),
            dates: [("from", &*trigger.from)].into_iter().chain(done).collect(),
        }
    }

    /// Everything that is wrong with it.
    pub fn problems(&self, snapshot: &Snapshot, shapes: &Shapes) -> Vec<Problem> {
        let registers = snapshot.registers();
        let collection = match Kind::from_plural(self.over) {
            Some(kind) => Collection::Kind(kind),
            None if registers.contains(&self.over) => Collection::Register(self.over.into()),
            None => {
                let known = Kind::ALL.iter().map(|kind| kind.plural()).chain(registers);
                let message = format!("`{}` is no kind and no register", self.over);
                let problem = self.problem("over", message);
                return vec![problem.maybe_help(did_you_mean(self.over, known))];
            }
        };
        let shape = shapes.collection(&collection);
        let mut found = self.filter_problems(snapshot, Type::Object(std::sync::Arc::clone(shape)));
        let dates = self.dates.iter();
        found.extend(dates.filter_map(|(key, path)| self.date_problem(key, path, shape)));
        found
    }

    fn problem(&self, key: &str, message: String) -> Problem {
        Problem::new(ProblemRule::Expression, child(&self.base, key), message)
    }

    fn filter_problems(&self, snapshot: &Snapshot, record: Type) -> Vec<Problem> {
        let Some(text) = self.filter else {
            return Vec::new();
        };
        let pointer = child(&self.base, "where");
        let env = Env::new()
            .variable("r", record)
            .variable("as_of", Type::Moment);
        match Expression::compile(text, &env, Expect::Boolean) {
            Ok(expression) => unknown_literals(&expression, snapshot, &pointer),
            Err(problems) => problems
                .into_iter()
                .map(|problem| Problem::of_expression(&pointer, problem))
                .collect(),
        }
    }

    fn date_problem(&self, key: &str, path: &str, shape: &Shape) -> Option<Problem> {
        let message = match path_type(shape, path) {
            Some(FieldType::Moment | FieldType::Any) => return None,
            Some(_) => format!("`{path}` is not a date of {}", self.over),
            None => format!("{} have no field `{path}`", self.over),
        };
        let dates = date_paths(shape);
        let close = did_you_mean(path, dates.iter().map(String::as_str));
        let all = || Some(format!("dates are {}", dates.join(", "))).filter(|_| !dates.is_empty());
        Some(self.problem(key, message).maybe_help(close.or_else(all)))
    }
}
