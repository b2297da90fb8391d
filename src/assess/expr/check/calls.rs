//! Calls of functions: names, numbers and types of arguments.

use std::ops::Range;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue};

use super::super::ir::{Function, Kind};
use super::super::problem::ProblemKind;
use super::super::types::{Type, join};
use super::signature::{self, Meaning, Signature, Style};
use super::{Checked, Checker, any, checked};
use crate::records::moment::Moment;

impl Checker<'_> {
    /// An operator, a function, a method or a comprehension.
    pub(super) fn call(&mut self, part: &IdedExpr, call: &CallExpr) -> Checked {
        if call.target.is_none()
            && let Some(lowered) = self.operator(part, call)
        {
            return lowered;
        }
        let name = self.name_before(part);
        let end = self.bracketed(part).end;
        let Some(signature) = signature::find(call.func_name.trim_start_matches('.')) else {
            return self.unknown_function(call, &name, end);
        };
        if !self.well_formed(signature, call, &name) {
            // The parts may have problems of their own; those of a comprehension need its variable.
            match signature.meaning {
                Meaning::Loop(_) => self.visit(call.target.as_deref()),
                _ => self.visit(call.target.as_deref().into_iter().chain(&call.args)),
            }
            return any(name.start..end);
        }
        match signature.meaning {
            Meaning::Function(function) => self.function(function, call, name, end),
            Meaning::Loop(form) => self.comprehension(form, call, &name, end),
            Meaning::Has => self.has(call, name.start..end),
            Meaning::Timestamp => self.timestamp(call, name.start..end),
        }
    }

    fn unknown_function(&mut self, call: &CallExpr, name: &Range<usize>, end: usize) -> Checked {
        let message = format!("unknown function `{}`", call.func_name);
        let problem = self.problem(ProblemKind::Unknown, name, message);
        let argument = call.args.first().and_then(|argument| match &argument.expr {
            Expr::Literal(LiteralValue::String(text)) => Some(text.inner()),
            _ => None,
        });
        let help = signature::help_for_unknown(&call.func_name, argument);
        self.report(problem, help);
        self.visit(call.target.as_deref().into_iter().chain(&call.args));
        any(name.start..end)
    }

    /// Collects the problems of the parts of a call that is itself wrong.
    fn visit<'p>(&mut self, parts: impl IntoIterator<Item = &'p IdedExpr>) {
        for part in parts {
            self.expression(part);
        }
    }

    /// Whether the call has the form and the number of arguments of its function.
    fn well_formed(&mut self, known: &Signature, call: &CallExpr, name: &Range<usize>) -> bool {
        let method = call.target.is_some();
        let misplaced = match known.style {
            Style::Global => method,
            Style::Method => !method,
            Style::Both => false,
        };
        let (least, most) = match known.style {
            Style::Both if !method => (known.arguments.0 + 1, known.arguments.1 + 1),
            _ => known.arguments,
        };
        let given = call.args.len();
        let message = if misplaced && method {
            format!("`{}` is a function, not a method", known.name)
        } else if misplaced {
            format!("`{}` is a method of the value it looks at", known.name)
        } else if (least..=most).contains(&given) {
            return true;
        } else {
            let needed = match (least, most) {
                (least, usize::MAX) => format!("at least {least} arguments"),
                (1, 1) => "1 argument".to_owned(),
                (0, 0) => "no arguments".to_owned(),
                (least, most) if least == most => format!("{least} arguments"),
                (least, most) => format!("{least} or {most} arguments"),
            };
            format!("`{}` takes {needed}, not {given}", known.name)
        };
        let problem = self.problem(ProblemKind::Type, name, message);
        self.report(problem, Some(format!("write {}", known.usage)));
        false
    }

    fn function(
        &mut self,
        function: Function,
        call: &CallExpr,
        name: Range<usize>,
        end: usize,
    ) -> Checked {
        let parts = call.target.as_deref().into_iter().chain(&call.args);
        let arguments: Vec<Checked> = parts.map(|part| self.expression(part)).collect();
        let ty = self.result(function, &call.func_name, &arguments);
        let start = match (&call.target, arguments.first()) {
            (Some(_), Some(target)) => self.tokens.grouped(target.node.range.clone()).start,
            _ => name.start,
        };
        let nodes = arguments
            .into_iter()
            .map(|argument| argument.node)
            .collect();
        checked(Kind::Call(function, nodes), start..end.max(start), ty)
    }

    /// Checks the types of the arguments, and gives that of the result.
    fn result(&mut self, function: Function, name: &str, arguments: &[Checked]) -> Type {
        let mut each = |accepts: fn(&Type) -> bool, needed: &str| {
            for argument in arguments {
                self.argument(name, argument, accepts(&argument.ty), needed);
            }
        };
        match function {
            Function::Days => {
                each(|ty| *ty == Type::Number, "a number");
                Type::Duration
            }
            Function::Age | Function::BusinessDays => {
                each(|ty| *ty == Type::Moment, "a date");
                Type::Number
            }
            Function::Round => {
                each(|ty| *ty == Type::Number, "a number");
                Type::Number
            }
            Function::Get => {
                each(|ty| matches!(ty, Type::Text(_)), "an id");
                if let [Checked { node, .. }] = arguments
                    && let Kind::Text(text) = &node.kind
                {
                    self.refer(node, text, vec!["*".to_owned()]);
                }
                Type::Any
            }
            Function::Size => {
                each(
                    |ty| matches!(ty, Type::Text(_) | Type::List(_) | Type::Object(_)),
                    "a list or text",
                );
                Type::Number
            }
            Function::StartsWith | Function::EndsWith | Function::Contains => {
                each(|ty| matches!(ty, Type::Text(_)), "text");
                Type::Boolean
            }
            Function::Abs => {
                each(|ty| matches!(ty, Type::Number | Type::Duration), "a number");
                arguments.first().map_or(Type::Any, |only| only.ty.clone())
            }
            Function::Min | Function::Max => self.extreme(name, arguments),
        }
    }

    /// `min` and `max`: numbers, dates or durations, all of one type.
    fn extreme(&mut self, name: &str, arguments: &[Checked]) -> Type {
        let mut common: Option<Type> = None;
        for argument in arguments {
            let orderable = argument.ty.ordered() && !matches!(argument.ty, Type::Text(_));
            let needed = "numbers, dates or durations";
            if !self.argument(name, argument, orderable, needed) {
                return Type::Any;
            }
            let known = common.take().unwrap_or_else(|| argument.ty.clone());
            let Some(joined) = join(known.clone(), argument.ty.clone()) else {
                let needed = format!("{known} here as before");
                self.argument(name, argument, false, &needed);
                return Type::Any;
            };
            common = Some(joined);
        }
        common.unwrap_or(Type::Any)
    }

    /// Reports an argument of the wrong type; true when it may do.
    fn argument(&mut self, name: &str, argument: &Checked, fits: bool, needed: &str) -> bool {
        let fits = fits || argument.ty == Type::Any;
        if !fits {
            let shown = self.shown(&argument.node);
            let message = format!("`{name}` needs {needed}, `{shown}` is {}", argument.ty);
            let problem = self.problem(ProblemKind::Type, &argument.node.range, message);
            self.report(problem, None);
        }
        fits
    }

    /// `has(r.field)` and `has(r["field"])`.
    fn has(&mut self, call: &CallExpr, range: Range<usize>) -> Checked {
        let argument = call.args.first().map(|argument| self.expression(argument));
        let Some(Checked { node, ty }) = argument else {
            return any(range);
        };
        match node.kind {
            Kind::Select { object, field, .. } => {
                checked(Kind::Present { object, field }, range, Type::Boolean)
            }
            // A part with a problem stands there as null.
            Kind::Null if ty == Type::Any => any(range),
            _ => {
                let shown = self.shown(&node);
                let message = format!("`has` needs a field, `{shown}` is not one");
                let problem = self.problem(ProblemKind::Type, &node.range, message);
                self.report(problem, Some("write has(r.closed)".to_owned()));
                any(range)
            }
        }
    }

    fn timestamp(&mut self, call: &CallExpr, range: Range<usize>) -> Checked {
        let argument = call.args.first().map(|argument| self.expression(argument));
        let Some(Checked { node, ty }) = argument else {
            return any(range);
        };
        let Kind::Text(text) = &node.kind else {
            // Dates of records are dates already.
            if ty != Type::Any {
                let message = "`timestamp` needs a date in quotes";
                let problem = self.problem(ProblemKind::Type, &node.range, message);
                self.report(problem, Some("write timestamp(\"2026-03-31\")".to_owned()));
            }
            return any(range);
        };
        match text.parse::<Moment>() {
            Ok(moment) => checked(Kind::Moment(moment), range, Type::Moment),
            Err(error) => {
                let problem = self.problem(ProblemKind::Type, &node.range, error.message);
                self.report(problem, Some(error.help));
                any(range)
            }
        }
    }
}
