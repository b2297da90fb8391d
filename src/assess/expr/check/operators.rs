//! Operators: what their operands may be and what they give.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, operators as op};

use super::super::ir::{Arithmetic, Kind, Node, Order};
use super::super::problem::ProblemKind;
use super::super::types::{Type, comparable, join};
use super::{Checked, Checker, checked};

impl Checker<'_> {
    /// Lowers an operator call, or says that it is none.
    pub(super) fn operator(&mut self, part: &IdedExpr, call: &CallExpr) -> Option<Checked> {
        let lowered = match (call.func_name.as_str(), call.args.as_slice()) {
            (op::LOGICAL_NOT, [operand]) => self.not(part, operand),
            (op::NEGATE, [operand]) => self.negate(part, operand),
            (op::LOGICAL_AND, [a, b]) => self.logical(a, b, "`&&`", Kind::And),
            (op::LOGICAL_OR, [a, b]) => self.logical(a, b, "`||`", Kind::Or),
            (op::EQUALS, [a, b]) => self.equality(a, b, false),
            (op::NOT_EQUALS, [a, b]) => self.equality(a, b, true),
            (op::LESS, [a, b]) => self.order(a, b, Order::Less, "<"),
            (op::LESS_EQUALS, [a, b]) => self.order(a, b, Order::LessOrEqual, "<="),
            (op::GREATER, [a, b]) => self.order(a, b, Order::Greater, ">"),
            (op::GREATER_EQUALS, [a, b]) => self.order(a, b, Order::GreaterOrEqual, ">="),
            (op::ADD, [a, b]) => self.arithmetic(a, b, Arithmetic::Add),
            (op::SUBSTRACT, [a, b]) => self.arithmetic(a, b, Arithmetic::Subtract),
            (op::MULTIPLY, [a, b]) => self.arithmetic(a, b, Arithmetic::Multiply),
            (op::DIVIDE, [a, b]) => self.arithmetic(a, b, Arithmetic::Divide),
            (op::MODULO, [a, b]) => self.arithmetic(a, b, Arithmetic::Remainder),
            (op::IN, [a, b]) => self.membership(a, b),
            (op::CONDITIONAL, [a, b, c]) => self.choice(a, b, c),
            (op::INDEX, [a, b]) => self.index(part, a, b),
            _ => return None,
        };
        Some(lowered)
    }

    /// Reports an operand unless its type is accepted; `null` only where it is asked for.
    fn operand(&mut self, operand: &Checked, accepted: bool, message: String) {
        if !accepted && operand.ty != Type::Any {
            let problem = self.problem(ProblemKind::Type, &operand.node.range, message);
            self.report(problem, None);
        }
    }

    fn condition(&mut self, operand: &Checked, place: &str) {
        let shown = self.shown(&operand.node);
        let message = format!("{place} needs true or false, `{shown}` is {}", operand.ty);
        self.operand(operand, operand.ty == Type::Boolean, message);
    }

    fn not(&mut self, part: &IdedExpr, operand: &IdedExpr) -> Checked {
        let sign = self.token(part);
        let operand = self.expression(operand);
        self.condition(&operand, "`!`");
        let range = sign.start..self.tokens.grouped(operand.node.range.clone()).end;
        checked(Kind::Not(Box::new(operand.node)), range, Type::Boolean)
    }

    fn negate(&mut self, part: &IdedExpr, operand: &IdedExpr) -> Checked {
        let sign = self.token(part);
        let operand = self.expression(operand);
        let accepted = matches!(operand.ty, Type::Number | Type::Duration);
        let shown = self.shown(&operand.node);
        let message = format!("`-` needs a number, `{shown}` is {}", operand.ty);
        self.operand(&operand, accepted, message);
        let range = sign.start..self.tokens.grouped(operand.node.range.clone()).end;
        let ty = if accepted { operand.ty } else { Type::Any };
        checked(Kind::Negate(Box::new(operand.node)), range, ty)
    }

    fn pair(&mut self, a: &IdedExpr, b: &IdedExpr) -> (Checked, Checked, std::ops::Range<usize>) {
        let left = self.expression(a);
        let right = self.expression(b);
        let start = self.tokens.grouped(left.node.range.clone()).start;
        let end = self.tokens.grouped(right.node.range.clone()).end;
        (left, right, start..end.max(start))
    }

    fn logical(
        &mut self,
        a: &IdedExpr,
        b: &IdedExpr,
        sign: &str,
        kind: fn(Box<[Node; 2]>) -> Kind,
    ) -> Checked {
        let (left, right, range) = self.pair(a, b);
        self.condition(&left, sign);
        self.condition(&right, sign);
        let kind = kind(Box::new([left.node, right.node]));
        checked(kind, range, Type::Boolean)
    }

    fn equality(&mut self, a: &IdedExpr, b: &IdedExpr, negated: bool) -> Checked {
        let (left, right, range) = self.pair(a, b);
        if comparable(&left.ty, &right.ty) {
            self.compare_literals(&right.node, &left.node, &left.ty);
            self.compare_literals(&left.node, &right.node, &right.ty);
        } else {
            self.not_comparable(&left, &right, &left.ty, &right.ty);
        }
        let operands = Box::new([left.node, right.node]);
        checked(Kind::Equal { operands, negated }, range, Type::Boolean)
    }

    fn order(&mut self, a: &IdedExpr, b: &IdedExpr, order: Order, sign: &str) -> Checked {
        let (left, right, range) = self.pair(a, b);
        let mut fine = true;
        for side in [&left, &right] {
            let shown = self.shown(&side.node);
            let message = format!("`{sign}` cannot order `{shown}`, which is {}", side.ty);
            self.operand(side, side.ty.ordered(), message);
            fine &= side.ty.ordered();
        }
        if fine && !comparable(&left.ty, &right.ty) {
            self.not_comparable(&left, &right, &left.ty, &right.ty);
        } else if fine {
            self.compare_literals(&right.node, &left.node, &left.ty);
            self.compare_literals(&left.node, &right.node, &right.ty);
        }
        let kind = Kind::Order(order, Box::new([left.node, right.node]));
        checked(kind, range, Type::Boolean)
    }

    /// Points at the literal of the two, else at the right one.
    fn not_comparable(&mut self, left: &Checked, right: &Checked, a: &Type, b: &Type) {
        let literal = |side: &Checked| {
            matches!(
                side.node.kind,
                Kind::Text(_) | Kind::Number(_) | Kind::Boolean(_)
            )
        };
        let offender = if literal(left) && !literal(right) {
            left
        } else {
            right
        };
        let (shown, other) = (self.shown(&left.node), self.shown(&right.node));
        let message = format!("`{shown}` is {a} and `{other}` is {b}: they cannot be compared");
        let problem = self.problem(ProblemKind::Type, &offender.node.range, message);
        let help = comparison_help(offender, a, b);
        self.report(problem, help);
    }

    fn arithmetic(&mut self, a: &IdedExpr, b: &IdedExpr, arithmetic: Arithmetic) -> Checked {
        let (left, right, range) = self.pair(a, b);
        let ty = result(arithmetic, &left.ty, &right.ty);
        if ty.is_none() {
            let sign = arithmetic.symbol();
            let alone = |ty: &Type| result(arithmetic, ty, &Type::Any).is_none();
            let (offender, message) = if alone(&left.ty) {
                let shown = self.shown(&left.node);
                (
                    &left,
                    format!("`{sign}` cannot take `{shown}`, which is {}", left.ty),
                )
            } else {
                let shown = self.shown(&right.node);
                let message = format!(
                    "`{sign}` cannot take {} and `{shown}`, which is {}",
                    left.ty, right.ty
                );
                (&right, message)
            };
            let problem = self.problem(ProblemKind::Type, &offender.node.range, message);
            let help = match (&left.ty, &right.ty) {
                (Type::Moment | Type::Duration, Type::Number) => {
                    let shown = self.shown(&right.node);
                    Some(format!("write a number of days as days({shown})"))
                }
                (Type::Moment, Type::Moment) => {
                    Some("only their difference means something".into())
                }
                _ => None,
            };
            self.report(problem, help);
        }
        let kind = Kind::Arithmetic(arithmetic, Box::new([left.node, right.node]));
        checked(kind, range, ty.unwrap_or(Type::Any))
    }

    fn membership(&mut self, a: &IdedExpr, b: &IdedExpr) -> Checked {
        let (left, right, range) = self.pair(a, b);
        match &right.ty {
            Type::List(items) if comparable(&left.ty, items) => {
                self.compare_literals(&left.node, &right.node, items);
                self.compare_literals(&right.node, &left.node, &left.ty);
            }
            Type::List(items) => {
                let (shown, list) = (self.shown(&left.node), self.shown(&right.node));
                let message = format!(
                    "`{shown}` is {} and `{list}` is a list of {}: they cannot be compared",
                    left.ty,
                    plural(items)
                );
                let offender = match right.node.kind {
                    Kind::List(_) => &right.node.range,
                    _ => &left.node.range,
                };
                let problem = self.problem(ProblemKind::Type, offender, message);
                self.report(problem, None);
            }
            Type::Object(_) => {
                let shown = self.shown(&left.node);
                let message = format!("the key `{shown}` must be text, it is {}", left.ty);
                let accepted = matches!(left.ty, Type::Text(_));
                self.operand(&left, accepted, message);
            }
            other => {
                let shown = self.shown(&right.node);
                let message = format!("`in` needs a list, `{shown}` is {other}");
                self.operand(&right, false, message);
            }
        }
        let kind = Kind::In(Box::new([left.node, right.node]));
        checked(kind, range, Type::Boolean)
    }

    fn choice(&mut self, a: &IdedExpr, b: &IdedExpr, c: &IdedExpr) -> Checked {
        let condition = self.expression(a);
        self.condition(&condition, "`?`");
        let then = self.expression(b);
        let otherwise = self.expression(c);
        let start = self.tokens.grouped(condition.node.range.clone()).start;
        let end = self.tokens.grouped(otherwise.node.range.clone()).end;
        let ty = join(then.ty.clone(), otherwise.ty.clone()).unwrap_or_else(|| {
            let message = format!(
                "the choice gives {} or {}; both must be of one type",
                then.ty, otherwise.ty
            );
            self.operand(&otherwise, false, message);
            Type::Any
        });
        let parts = Box::new([condition.node, then.node, otherwise.node]);
        checked(Kind::Choose(parts), start..end.max(start), ty)
    }

    /// `list[0]` and `object["name"]`.
    fn index(&mut self, part: &IdedExpr, a: &IdedExpr, b: &IdedExpr) -> Checked {
        let target = self.expression(a);
        let index = self.expression(b);
        let start = self.tokens.grouped(target.node.range.clone()).start;
        let range = start..self.bracketed(part).end.max(start);
        let named = matches!(index.ty, Type::Text(_));
        if let (Kind::Text(name), Type::Object(_) | Type::Any) = (&index.node.kind, &target.ty) {
            let (ty, absent) = self.field(&target, name, &index.node.range);
            let kind = Kind::Select {
                object: Box::new(target.node),
                field: name.clone(),
                absent,
            };
            return checked(kind, range, ty);
        }
        let ty = match &target.ty {
            Type::List(items) => {
                let message = format!("a position in a list is a number, this is {}", index.ty);
                self.operand(&index, index.ty == Type::Number, message);
                items.as_ref().clone()
            }
            Type::Object(_) => {
                let message = format!("the name of a field is text, this is {}", index.ty);
                self.operand(&index, named, message);
                Type::Any
            }
            Type::Any => Type::Any,
            other => {
                let shown = self.shown(&target.node);
                let message = format!("`{shown}` is {other} and has no items");
                self.operand(&target, false, message);
                Type::Any
            }
        };
        let kind = Kind::Index(Box::new([target.node, index.node]));
        checked(kind, range, ty)
    }
}

/// What an arithmetic operator gives; `None` when it cannot take the operands.
fn result(op: Arithmetic, left: &Type, right: &Type) -> Option<Type> {
    use Arithmetic::{Add, Divide, Multiply, Subtract};
    use Type::{Any, Duration, Moment, Number, Text};
    let ty = match (left, op, right) {
        (Number, _, Number) => Number,
        (Moment, Subtract, Moment) => Duration,
        (Moment, Add | Subtract, Duration) | (Duration, Add, Moment) => Moment,
        (Duration, Add | Subtract, Duration) => Duration,
        (Duration, Divide, Duration) => Number,
        (Duration, Multiply | Divide, Number) | (Number, Multiply, Duration) => Duration,
        (Text(_), Add, Text(_)) => Type::text(),
        (Any, _, Any) => Any,
        (Any, _, Number | Duration) | (Number | Duration, _, Any) => Any,
        (Any, Add | Subtract, Moment) | (Moment, Add | Subtract, Any) => Any,
        (Any, Add, Text(_)) | (Text(_), Add, Any) => Type::text(),
        _ => return None,
    };
    Some(ty)
}

fn comparison_help(offender: &Checked, a: &Type, b: &Type) -> Option<String> {
    match (a, b) {
        (Type::Duration, Type::Number) | (Type::Number, Type::Duration) => {
            Some("compare a duration with days(n); four hours are days(4 / 24)".to_owned())
        }
        (Type::Moment, Type::Text(_)) | (Type::Text(_), Type::Moment) => {
            match &offender.node.kind {
                Kind::Text(text) => Some(format!("write the date as timestamp(\"{text}\")")),
                _ => None,
            }
        }
        (Type::Number, Type::Text(_)) | (Type::Text(_), Type::Number) => {
            match &offender.node.kind {
                Kind::Text(text) if text.parse::<f64>().is_ok() => {
                    Some(format!("write {text} without quotes"))
                }
                Kind::Number(_) => Some("put it in quotes".to_owned()),
                _ => None,
            }
        }
        (Type::Boolean, Type::Text(_)) | (Type::Text(_), Type::Boolean) => {
            match &offender.node.kind {
                Kind::Text(text) if matches!(&**text, "true" | "false") => {
                    Some(format!("write {text} without quotes"))
                }
                _ => None,
            }
        }
        (Type::List(_), _) | (_, Type::List(_)) => {
            Some("look for a value in a list with `value in list`".to_owned())
        }
        (Type::Object(_), _) | (_, Type::Object(_)) => {
            Some("compare a field of it, such as its `id`".to_owned())
        }
        _ => None,
    }
}

fn plural(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean => "booleans",
        Type::Number => "numbers",
        Type::Text(_) => "texts",
        Type::Moment => "dates",
        Type::Duration => "durations",
        Type::List(_) => "lists",
        Type::Object(_) => "records",
        Type::Null | Type::Any => "values",
    }
}
