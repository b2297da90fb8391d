//! Questions to records outside KPIs: triggers, retention and reviews of register rows. They name a collection, a
//! condition and dates, and are checked and evaluated like KPIs.

use super::expr::{Env, Expect, Expression, Failure, Scope, Shapes, Type, Value};
use super::expr::{date_paths, path_type};
use super::kpi::{Problem, ProblemRule, Scene, check_row_date, unknown_literals};
use super::{Seen, View};
use crate::diagnostics::did_you_mean;
use crate::records::activity::Trigger;
use crate::records::config::{RegisterReview, Retention};
use crate::records::field::{FieldType, Shape};
use crate::records::{Kind, Moment};
use crate::text::pointer::child;
use crate::workspace::{Collection, Snapshot};
use std::sync::Arc;

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
    /// The question of a trigger that stands at `base`.
    pub fn of_trigger(base: String, trigger: &'q Trigger) -> Self {
        let done = trigger.done.as_deref().map(|done| ("done", done));
        Self {
            base,
            over: &trigger.over,
            filter: trigger.r#where.as_deref(),
            dates: [("from", &*trigger.from)].into_iter().chain(done).collect(),
        }
    }

    /// The question of a type of review with a trigger, in isms.toml.
    pub fn of_review_type(name: &str, trigger: &'q Trigger) -> Self {
        Self::of_trigger(format!("{}/trigger", child("/reviews", name)), trigger)
    }

    /// The question of an activity with a trigger, in its record.
    pub fn of_activity(trigger: &'q Trigger) -> Self {
        Self::of_trigger("/trigger".to_owned(), trigger)
    }

    /// The question of the retention rule at a position of isms.toml.
    pub fn of_retention(position: usize, rule: &'q Retention) -> Self {
        Self {
            base: format!("/retention/{position}"),
            over: &rule.over,
            filter: rule.r#where.as_deref(),
            dates: vec![("from", &rule.from)],
        }
    }

    /// The question of the review of a register's rows, in isms.toml.
    pub fn of_register(name: &'q str, review: &'q RegisterReview) -> Self {
        let dates = [("or_by", &review.or_by), ("log", &review.log)];
        let dates = dates
            .into_iter()
            .filter_map(|(key, path)| Some((key, path.as_deref()?)));
        Self {
            base: format!("{}/review", child("/registers", name)),
            over: name,
            filter: review.r#where.as_deref(),
            dates: dates.collect(),
        }
    }

    /// Checks it, so that it can be asked.
    ///
    /// # Errors
    /// Everything that is wrong with it, with pointers below `base`.
    pub fn compile(&self, snapshot: &Snapshot, shapes: &Shapes) -> Result<Question, Vec<Problem>> {
        let collection = self.collection(snapshot).map_err(|problem| vec![problem])?;
        let shape = shapes.collection(&collection);
        let mut problems = Vec::new();
        let filter = match self.filter(snapshot, shape) {
            Ok(filter) => filter,
            Err(found) => {
                problems = found;
                None
            }
        };
        let dates = self.dates.iter();
        problems.extend(dates.filter_map(|(key, path)| {
            self.date_problem(key, path, (&collection, shape), snapshot)
        }));
        match problems.is_empty() {
            true => Ok(Question { collection, filter }),
            false => Err(problems),
        }
    }

    fn collection(&self, snapshot: &Snapshot) -> Result<Collection, Problem> {
        let registers = snapshot.registers();
        match Kind::from_plural(self.over) {
            Some(kind) => Ok(Collection::Kind(kind)),
            None if registers.contains(&self.over) => Ok(Collection::Register(self.over.into())),
            None => {
                let known = Kind::ALL.iter().map(|kind| kind.plural()).chain(registers);
                let message = format!("`{}` is no kind and no register", self.over);
                let problem = self.problem("over", message);
                Err(problem.maybe_help(did_you_mean(self.over, known)))
            }
        }
    }

    fn problem(&self, key: &str, message: String) -> Problem {
        Problem::new(ProblemRule::Expression, child(&self.base, key), message)
    }

    fn filter(
        &self,
        snapshot: &Snapshot,
        record: &Arc<Shape>,
    ) -> Result<Option<Expression>, Vec<Problem>> {
        let Some(text) = self.filter else {
            return Ok(None);
        };
        let pointer = child(&self.base, "where");
        let env = Env::new()
            .variable("r", Type::Object(Arc::clone(record)))
            .variable("as_of", Type::Moment);
        let expression = Expression::compile(text, &env, Expect::Boolean).map_err(|problems| {
            let problems = problems.into_iter();
            let located = |problem| Problem::of_expression(&pointer, problem);
            problems.map(located).collect::<Vec<_>>()
        })?;
        let unknown = unknown_literals(&expression, snapshot, &pointer);
        match unknown.is_empty() {
            true => Ok(Some(expression)),
            false => Err(unknown),
        }
    }

    fn date_problem(
        &self,
        key: &str,
        path: &str,
        (collection, shape): (&Collection, &Shape),
        snapshot: &Snapshot,
    ) -> Option<Problem> {
        let message = match (path_type(shape, path), collection) {
            (Some(FieldType::Moment), _) => return None,
            // A review may be logged as a list of days or of entries with a date.
            (Some(FieldType::List(_)), _) if key == "log" => return None,
            (Some(FieldType::Any), Collection::Register(register)) => {
                let help = check_row_date(register, path, shape, snapshot).err()?;
                let message = format!("no row of `{register}` has a date `{path}`");
                return Some(self.problem(key, message).maybe_help(Some(help)));
            }
            (Some(FieldType::Any), _) => return None,
            (Some(_), _) => format!("`{path}` is not a date of {}", self.over),
            (None, _) => format!("{} have no field `{path}`", self.over),
        };
        let dates = date_paths(shape);
        let close = did_you_mean(path, dates.iter().map(String::as_str));
        let all = || Some(format!("dates are {}", dates.join(", "))).filter(|_| !dates.is_empty());
        Some(self.problem(key, message).maybe_help(close.or_else(all)))
    }
}

/// A checked question, ready to be asked of any record of its collection.
pub struct Question {
    /// The records it is asked of.
    pub collection: Collection,
    filter: Option<Expression>,
}

impl Question {
    /// Whether its condition holds for a record as of the day of the view; true without one.
    ///
    /// # Errors
    /// The condition fails on the record: nobody can tell.
    pub fn holds<'v>(
        &'v self,
        view: &'v View<'_>,
        shapes: &'v Shapes,
        seen: Seen<'v>,
    ) -> Result<bool, Failure> {
        let Some(filter) = &self.filter else {
            return Ok(true);
        };
        let scene = Scene { view, shapes };
        let today = view.day();
        let variables = [scene.record(seen), Value::Moment(Moment::Day(today))];
        let scope = Scope {
            variables: &variables,
            calendar: view.calendar(),
            today,
            get: &|id| scene.get(id),
        };
        let value = filter.evaluate(&scope)?;
        Ok(matches!(value, Value::Boolean(true)))
    }

    /// The text of its condition.
    pub fn text(&self) -> &str {
        self.filter.as_ref().map_or("", Expression::text)
    }
}
