//! Types the tree and lowers it, in one walk. Every problem is collected: a part that is wrong
//! becomes [`Type::Any`], which goes with everything, so that one mistake is told once.

mod calls;
mod literals;
mod loops;
mod operators;
mod signature;

use std::ops::Range;
use std::sync::Arc;

use cel::IdedExpr;
use cel::common::ast::{Expr, ListExpr, LiteralValue, SelectExpr};

use super::env::{Env, Expect};
use super::ir::{Absent, Kind, Node};
use super::lex::{TokenKind, Tokens};
use super::parse::{Tree, token_range};
use super::problem::{LiteralUse, Problem, ProblemKind, snippet};
use super::suggest;
use super::types::{Type, join};
use crate::records::field::Shape;

/// A tree without problems.
pub(super) struct Outcome {
    pub root: Node,
    pub ty: Type,
    pub literals: Vec<LiteralUse>,
}

/// Checks a parsed expression.
///
/// # Errors
/// All problems, in the order of their place.
pub(super) fn check(
    env: &Env,
    expect: Expect,
    tokens: &Tokens<'_>,
    tree: &Tree,
) -> Result<Outcome, Vec<Problem>> {
    let mut checker = Checker {
        env,
        tokens,
        tree,
        locals: Vec::new(),
        problems: Vec::new(),
        literals: Vec::new(),
    };
    let Checked { node, ty } = checker.expression(&tree.root);
    if checker.problems.is_empty() && !expect.accepts(&ty) {
        let wanted = expect.describe();
        let problem = checker.problem(
            ProblemKind::Type,
            &node.range,
            format!("the expression gives {ty}, but {wanted} is needed"),
        );
        match (expect, &ty) {
            (Expect::Number, Type::Duration) => checker.problems.push(
                problem.help("divide it (`/ days(1)`), or give the KPI a duration as its unit"),
            ),
            (Expect::Duration, Type::Number) => checker
                .problems
                .push(problem.help("turn a number of days into a duration with days(n)")),
            _ => checker.problems.push(problem),
        }
    }
    if checker.problems.is_empty() {
        return Ok(Outcome {
            root: node,
            ty,
            literals: checker.literals,
        });
    }
    checker
        .problems
        .sort_by_key(|problem| (problem.range.start, problem.range.end));
    Err(checker.problems)
}

/// A lowered part and its type.
struct Checked {
    node: Node,
    ty: Type,
}

struct Checker<'c> {
    env: &'c Env,
    tokens: &'c Tokens<'c>,
    tree: &'c Tree,
    /// Variables of the comprehensions around the part being checked, outermost first.
    locals: Vec<(String, Type)>,
    problems: Vec<Problem>,
    literals: Vec<LiteralUse>,
}

impl Checker<'_> {
    fn expression(&mut self, part: &IdedExpr) -> Checked {
        match &part.expr {
            Expr::Literal(value) => self.literal(part, value),
            Expr::Ident(name) => self.identifier(part, name),
            Expr::Select(select) => self.select(part, select),
            Expr::List(list) => self.list(part, list),
            Expr::Call(call) => self.call(part, call),
            Expr::Map(_) | Expr::Struct(_) => {
                let range = self.bracketed(part);
                self.refuse(ProblemKind::Type, range, "maps cannot be written here")
            }
            Expr::Comprehension(_) | Expr::Unspecified => {
                let range = self.token(part);
                self.refuse(ProblemKind::Syntax, range, "this is not an expression")
            }
        }
    }

    fn literal(&mut self, part: &IdedExpr, value: &LiteralValue) -> Checked {
        let mut range = self.token(part);
        let mut signed = |negative: bool| {
            // The sign is a token of its own before the number's.
            let sign = self.tokens.at(range.start).and_then(|at| at.checked_sub(1));
            if let Some(sign) = sign.filter(|&sign| negative && self.tokens.text(sign) == "-") {
                range.start = self.tokens.list[sign].range.start;
            }
        };
        let (kind, ty) = match value {
            LiteralValue::Null => (Kind::Null, Type::Null),
            LiteralValue::Boolean(value) => (Kind::Boolean(*value.inner()), Type::Boolean),
            LiteralValue::Int(value) => {
                signed(*value.inner() < 0);
                (Kind::Number(*value.inner() as f64), Type::Number)
            }
            LiteralValue::UInt(value) => (Kind::Number(*value.inner() as f64), Type::Number),
            LiteralValue::Double(value) => {
                signed(value.inner().is_sign_negative());
                (Kind::Number(*value.inner()), Type::Number)
            }
            LiteralValue::String(value) => (Kind::Text(value.inner().into()), Type::text()),
            LiteralValue::Bytes(_) => {
                return self.refuse(ProblemKind::Type, range, "bytes are not supported");
            }
        };
        checked(kind, range, ty)
    }

    fn identifier(&mut self, part: &IdedExpr, name: &str) -> Checked {
        let range = self.token(part);
        let name = name.trim_start_matches('.');
        if let Some(local) = self.locals.iter().rposition(|(known, _)| known == name) {
            let ty = self.locals[local].1.clone();
            return checked(Kind::Local(local), range, ty);
        }
        if let Some(slot) = self.env.position(name) {
            let ty = self.env.variables()[slot].1.clone();
            return checked(Kind::Variable(slot), range, ty);
        }
        let message = format!("unknown variable `{name}`");
        let problem = self.problem(ProblemKind::Unknown, &range, message);
        let help = self.help_for_variable(name);
        self.report(problem, help);
        any(range)
    }

    fn help_for_variable(&self, name: &str) -> Option<String> {
        let locals = self.locals.iter().map(|(name, _)| name.as_str());
        let variables = self.env.variables().iter().map(|(name, _)| name.as_str());
        let known: Vec<&str> = locals.chain(variables).collect();
        if matches!(name, "now" | "today") && known.contains(&"as_of") {
            return Some("the day evaluated is `as_of`".to_owned());
        }
        if suggest::nearest(name, known.iter().copied()).is_none() {
            for (variable, ty) in self.env.variables() {
                if matches!(ty, Type::Object(shape) if shape.field(name).is_some()) {
                    return Some(format!("did you mean `{variable}.{name}`?"));
                }
            }
        }
        if signature::find(name).is_some() {
            return Some(format!(
                "`{name}` is a function: {}",
                signature::usage(name)
            ));
        }
        suggest::help(name, &known, "the variables are")
    }

    fn select(&mut self, part: &IdedExpr, select: &SelectExpr) -> Checked {
        let object = self.expression(&select.operand);
        let name = self.name_after(part);
        let start = self.tokens.grouped(object.node.range.clone()).start;
        let range = start..name.end.max(start);
        let (ty, absent) = self.field(&object, &select.field, &name);
        let kind = Kind::Select {
            object: Box::new(object.node),
            field: select.field.as_str().into(),
            absent,
        };
        checked(kind, range, ty)
    }

    /// The type of a field of `object`, named at `range`, and what it is when absent.
    fn field(&mut self, object: &Checked, name: &str, range: &Range<usize>) -> (Type, Absent) {
        match &object.ty {
            Type::Any => {}
            Type::Object(shape) => match shape.field(name) {
                Some(field) => {
                    let ty = Type::from(&field.ty);
                    let absent = match ty {
                        Type::Boolean => Absent::False,
                        Type::List(_) => Absent::EmptyList,
                        _ => Absent::Null,
                    };
                    return (ty, absent);
                }
                None if shape.open => {}
                None => self.unknown_field(object, shape, name, range),
            },
            other => self.no_fields(object, other, name, range),
        }
        (Type::Any, Absent::Null)
    }

    fn unknown_field(
        &mut self,
        object: &Checked,
        shape: &Arc<Shape>,
        name: &str,
        range: &Range<usize>,
    ) {
        let owner = self.shown(&object.node);
        let message = format!("`{owner}` has no field `{name}`");
        let problem = self.problem(ProblemKind::Unknown, range, message);
        let known: Vec<&str> = shape.fields.iter().map(|f| f.name.as_str()).collect();
        let help = suggest::help(name, &known, "its fields are");
        self.report(problem, help);
    }

    fn no_fields(&mut self, object: &Checked, ty: &Type, name: &str, range: &Range<usize>) {
        let owner = self.shown(&object.node);
        let message = format!("`{owner}` is {ty} and has no field `{name}`");
        let problem = self.problem(ProblemKind::Type, range, message);
        let help = match ty {
            Type::Text(text) if !text.refers.is_empty() => {
                Some(format!("it is an id; the record is get({owner})"))
            }
            Type::List(_) => Some(format!("look at each item: {owner}.exists(x, x.{name} …)")),
            _ => None,
        };
        self.report(problem, help);
    }

    fn list(&mut self, part: &IdedExpr, list: &ListExpr) -> Checked {
        let range = self.bracketed(part);
        let mut nodes = Vec::with_capacity(list.elements.len());
        let mut items: Option<Type> = None;
        for element in &list.elements {
            let Checked { node, ty } = self.expression(element);
            items = Some(match items {
                None => ty,
                Some(items) => match join(items.clone(), ty.clone()) {
                    Some(joined) => joined,
                    None => {
                        let message = format!("the list mixes {items} and {ty}");
                        let problem = self.problem(ProblemKind::Type, &node.range, message);
                        self.report(problem, None);
                        Type::Any
                    }
                },
            });
            nodes.push(node);
        }
        let items = match items {
            None | Some(Type::Null) => Type::Any,
            Some(items) => items,
        };
        checked(Kind::List(nodes), range, Type::List(Box::new(items)))
    }

    /// The bytes of the token the parser made `part` at.
    fn token(&self, part: &IdedExpr) -> Range<usize> {
        token_range(&self.tree.info, part.id).unwrap_or(0..self.tokens.source.len())
    }

    /// From the bracket `part` was made at to its partner.
    fn bracketed(&self, part: &IdedExpr) -> Range<usize> {
        let open = self.token(part);
        let partner = self
            .tokens
            .at(open.start)
            .map(|at| self.tokens.list[at].partner);
        let close = partner.and_then(|partner| self.tokens.list.get(partner));
        open.start..close.map_or(open.end, |close| close.range.end)
    }

    /// The name that follows the point `part` was made at.
    fn name_after(&self, part: &IdedExpr) -> Range<usize> {
        let point = self.token(part);
        let next = self.tokens.at(point.start).map_or(0, |at| at + 1);
        match self.tokens.list.get(next) {
            Some(token) if token.kind == TokenKind::Name => token.range.clone(),
            _ => point,
        }
    }

    /// The name that stands before the bracket `part` was made at.
    fn name_before(&self, part: &IdedExpr) -> Range<usize> {
        let open = self.token(part);
        let before = self.tokens.at(open.start).and_then(|at| at.checked_sub(1));
        match before.and_then(|before| self.tokens.list.get(before)) {
            Some(token) if token.kind == TokenKind::Name => token.range.clone(),
            _ => open,
        }
    }

    /// The text of a part, for a message.
    fn shown(&self, node: &Node) -> String {
        snippet(self.tokens.source, &node.range)
    }

    fn problem(
        &self,
        kind: ProblemKind,
        range: &Range<usize>,
        message: impl Into<String>,
    ) -> Problem {
        Problem::new(kind, range.clone(), message)
    }

    fn report(&mut self, mut problem: Problem, help: Option<String>) {
        problem.help = problem.help.or(help);
        self.problems.push(problem);
    }

    fn refuse(&mut self, kind: ProblemKind, range: Range<usize>, message: &str) -> Checked {
        self.problems
            .push(Problem::new(kind, range.clone(), message));
        any(range)
    }
}

fn checked(kind: Kind, range: Range<usize>, ty: Type) -> Checked {
    Checked {
        node: Node { kind, range },
        ty,
    }
}

/// What stands for a part with a problem. Never evaluated.
fn any(range: Range<usize>) -> Checked {
    checked(Kind::Null, range, Type::Any)
}
