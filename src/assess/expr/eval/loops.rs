//! Comprehensions.

use std::rc::Rc;

use super::super::ir::{Form, Loop};
use super::super::problem::Failure;
use super::super::value::Value;
use super::{Machine, Outcome, names_of};

impl<'a> Machine<'_, '_, 'a> {
    pub(super) fn comprehension(&mut self, looped: &'a Loop) -> Outcome<'a> {
        let items: Rc<[Value<'a>]> = match self.value(&looped.over)? {
            Value::List(items) => items,
            Value::Object(object) => names_of(&object),
            other => return Err(self.wrong(&looped.over, &other, "a list")),
        };
        let mut kept = Vec::new();
        let mut matches = 0_usize;
        for item in items.iter() {
            self.locals[looped.local] = item.clone();
            if looped.form == Form::Map {
                if self.passes(looped)? {
                    kept.push(self.value(&looped.body)?);
                }
                continue;
            }
            let holds = self.boolean(&looped.body)?;
            match (looped.form, holds) {
                (Form::All, false) => return Ok(Value::Boolean(false)),
                (Form::Exists, true) => return Ok(Value::Boolean(true)),
                (Form::Filter, true) => kept.push(item.clone()),
                (Form::ExistsOne, true) => matches += 1,
                _ => {}
            }
        }
        Ok(match looped.form {
            Form::All => Value::Boolean(true),
            Form::Exists => Value::Boolean(false),
            Form::ExistsOne => Value::Boolean(matches == 1),
            Form::Map | Form::Filter => Value::List(kept.into()),
        })
    }

    fn passes(&mut self, looped: &'a Loop) -> Result<bool, Failure> {
        match &looped.guard {
            Some(guard) => self.boolean(guard),
            None => Ok(true),
        }
    }
}
