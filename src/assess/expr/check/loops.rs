//! Comprehensions: `list.exists(x, …)`, `all`, `exists_one`, `map`, `filter`.

use std::ops::Range;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr};

use super::super::ir::{Form, Kind, Loop};
use super::super::limits::MAX_COMPREHENSIONS;
use super::super::problem::{Problem, ProblemKind};
use super::super::types::Type;
use super::{Checked, Checker, any, checked};

impl Checker<'_> {
    /// `call` has a target and two arguments, three for a `map` with a condition.
    pub(super) fn comprehension(
        &mut self,
        form: Form,
        call: &CallExpr,
        name: &Range<usize>,
        end: usize,
    ) -> Checked {
        let (Some(target), [variable, rest @ ..]) = (call.target.as_deref(), call.args.as_slice())
        else {
            return any(name.start..end);
        };
        let over = self.expression(target);
        let start = self.tokens.grouped(over.node.range.clone()).start;
        let range = start..end.max(start);
        let items = self.items(&over, &call.func_name);
        let Some(variable) = self.loop_variable(variable) else {
            return any(range);
        };
        if self.locals.len() == MAX_COMPREHENSIONS {
            let problem = Problem::new(
                ProblemKind::TooComplex,
                name.clone(),
                format!("more than {MAX_COMPREHENSIONS} comprehensions inside one another"),
            );
            self.report(
                problem,
                Some("let another record or KPI do part of the work".into()),
            );
            return any(range);
        }
        let local = self.locals.len();
        self.locals.push((variable, items.clone()));
        let mut parts: Vec<Checked> = rest.iter().map(|part| self.expression(part)).collect();
        self.locals.pop();
        let Some(body) = parts.pop() else {
            return any(range);
        };
        let guard = parts.pop();
        let condition = match form {
            Form::Map => guard.as_ref(),
            _ => Some(&body),
        };
        if let Some(condition) = condition {
            self.loop_condition(condition, &call.func_name);
        }
        let ty = match form {
            Form::All | Form::Exists | Form::ExistsOne => Type::Boolean,
            Form::Filter => Type::List(Box::new(items)),
            Form::Map if body.ty == Type::Null => Type::List(Box::new(Type::Any)),
            Form::Map => Type::List(Box::new(body.ty)),
        };
        let kind = Kind::Loop(Box::new(Loop {
            form,
            over: over.node,
            local,
            guard: guard.map(|guard| guard.node),
            body: body.node,
        }));
        checked(kind, range, ty)
    }

    /// The type of the items a comprehension goes over: elements of a list, names of a map.
    fn items(&mut self, over: &Checked, name: &str) -> Type {
        match &over.ty {
            Type::List(items) => items.as_ref().clone(),
            Type::Object(_) => Type::text(),
            Type::Any => Type::Any,
            other => {
                let shown = self.shown(&over.node);
                let message = format!("`{name}` needs a list, `{shown}` is {other}");
                let problem = self.problem(ProblemKind::Type, &over.node.range, message);
                self.report(problem, None);
                Type::Any
            }
        }
    }

    fn loop_condition(&mut self, condition: &Checked, name: &str) {
        if !matches!(condition.ty, Type::Boolean | Type::Any) {
            let shown = self.shown(&condition.node);
            let message = format!(
                "`{name}` needs true or false, `{shown}` is {}",
                condition.ty
            );
            let problem = self.problem(ProblemKind::Type, &condition.node.range, message);
            self.report(problem, None);
        }
    }

    fn loop_variable(&mut self, part: &IdedExpr) -> Option<String> {
        if let Expr::Ident(name) = &part.expr {
            return Some(name.clone());
        }
        let problem = Problem::new(
            ProblemKind::Syntax,
            self.token(part),
            "the first argument names the item: a simple name is needed",
        );
        self.report(
            problem,
            Some("write r.tags.exists(t, t == \"pci\")".to_owned()),
        );
        None
    }
}
