//! The functions.

use std::cmp::Ordering;

use super::super::compare::ordering;
use super::super::ir::{Function, Node};
use super::super::problem::Failure;
use super::super::time;
use super::super::value::Value;
use super::{Machine, Outcome};
use crate::records::moment::{Elapsed, Moment};

impl<'a> Machine<'_, '_, 'a> {
    pub(super) fn call(
        &mut self,
        function: Function,
        arguments: &'a [Node],
        node: &'a Node,
    ) -> Outcome<'a> {
        match (function, arguments) {
            (Function::Days, [count]) => {
                let days = self.number(count)?;
                match time::elapsed(days * time::DAY as f64, false) {
                    Some(elapsed) => Ok(Value::Duration(elapsed)),
                    None => Err(self.out_of_range(node, "a length of time")),
                }
            }
            (Function::Age, [date]) => {
                let day = self.moment(date)?.day(self.scope.calendar);
                let age = self.scope.today.signed_duration_since(day).num_days();
                Ok(Value::Number(age as f64))
            }
            (Function::BusinessDays, [from, to]) => {
                let from = self.moment(from)?.day(self.scope.calendar);
                let to = self.moment(to)?.day(self.scope.calendar);
                Ok(Value::Number(time::business_days(from, to) as f64))
            }
            (Function::Get, [id]) => match self.value(id)? {
                Value::Text(id) => match (self.scope.get)(&id) {
                    Ok(found) => Ok(found.unwrap_or(Value::Null)),
                    Err(message) => Err(Failure::new(node.range.clone(), message)
                        .help("mend that file first; `ismsctl check` says what is wrong with it")),
                },
                Value::Null => Ok(Value::Null),
                other => Err(self.wrong(id, &other, "an id")),
            },
            (Function::Size, [target]) => self.size(target),
            (Function::StartsWith, [text, part]) => {
                self.compare_texts(text, part, |text, part| text.starts_with(part))
            }
            (Function::EndsWith, [text, part]) => {
                self.compare_texts(text, part, |text, part| text.ends_with(part))
            }
            (Function::Contains, [text, part]) => {
                self.compare_texts(text, part, |text, part| text.contains(part))
            }
            (Function::Min, [first, rest @ ..]) => self.extreme(first, rest, Ordering::Less),
            (Function::Max, [first, rest @ ..]) => self.extreme(first, rest, Ordering::Greater),
            (Function::Abs, [operand]) => self.magnitude(operand),
            (Function::Round, [operand]) => Ok(Value::Number(self.number(operand)?.round())),
            // The checker has counted the arguments.
            _ => Err(Failure::new(
                node.range.clone(),
                "wrong number of arguments",
            )),
        }
    }

    fn number(&mut self, node: &'a Node) -> Result<f64, Failure> {
        match self.value(node)? {
            Value::Number(number) => Ok(number),
            other => Err(self.wrong(node, &other, "a number")),
        }
    }

    fn moment(&mut self, node: &'a Node) -> Result<Moment, Failure> {
        match self.value(node)? {
            Value::Moment(moment) => Ok(moment),
            other => Err(self.wrong(node, &other, "a date")),
        }
    }

    fn size(&mut self, target: &'a Node) -> Outcome<'a> {
        let size = match self.value(target)? {
            Value::List(items) => items.len(),
            Value::Text(text) => text.chars().count(),
            Value::Object(object) => object.names().len(),
            other => return Err(self.wrong(target, &other, "a list or text")),
        };
        Ok(Value::Number(size as f64))
    }

    fn compare_texts(
        &mut self,
        text: &'a Node,
        part: &'a Node,
        holds: fn(&str, &str) -> bool,
    ) -> Outcome<'a> {
        match (self.value(text)?, self.value(part)?) {
            (Value::Text(text), Value::Text(part)) => Ok(Value::Boolean(holds(&text, &part))),
            (Value::Text(_), other) => Err(self.wrong(part, &other, "text")),
            (other, _) => Err(self.wrong(text, &other, "text")),
        }
    }

    fn extreme(&mut self, first: &'a Node, rest: &'a [Node], wanted: Ordering) -> Outcome<'a> {
        let mut best = (first, self.value(first)?);
        for node in rest {
            let value = self.value(node)?;
            if ordering(self, (node, &value), (best.0, &best.1))? == wanted {
                best = (node, value);
            }
        }
        Ok(best.1)
    }

    fn magnitude(&mut self, operand: &'a Node) -> Outcome<'a> {
        match self.value(operand)? {
            Value::Number(number) => Ok(Value::Number(number.abs())),
            Value::Duration(elapsed) => Ok(Value::Duration(Elapsed {
                milliseconds: elapsed.milliseconds.saturating_abs(),
                ..elapsed
            })),
            other => Err(self.wrong(operand, &other, "a number")),
        }
    }

    /// The failure of a result that does not fit.
    pub(in super::super) fn out_of_range(&self, node: &Node, what: &str) -> Failure {
        let shown = self.shown(node);
        Failure::new(
            node.range.clone(),
            format!("`{shown}` is {what} out of range"),
        )
    }
}
