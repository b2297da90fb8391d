//! Expressions of KPIs and triggers: CEL (Common Expression Language) syntax, checked against the
//! field types of the records and evaluated by a small typed tree walker.
//!
//! Only the parser of the `cel` crate is used. Its interpreter differs from what product.md
//! promises: here every number is a double, a plain date is a day and not an instant, selecting
//! from null gives null, and every message carries a place in the text.
//!
//! `lex` finds brackets and places, `limits` bounds the text before and the tree after `parse`,
//! `check` types the tree and lowers it to `ir`, `eval` runs that on `value`s.

mod arithmetic;
mod check;
mod compare;
mod env;
mod eval;
mod ir;
mod lex;
mod limits;
mod parse;
mod problem;
mod record;
mod shapes;
mod status;
mod suggest;
mod time;
mod types;
mod value;

pub use env::{Env, Expect};
pub use limits::{MAX_CHARACTERS, MAX_COMPREHENSIONS, MAX_DEPTH, MAX_STEPS};
pub use problem::{Failure, LiteralUse, Problem, ProblemKind};
pub use record::record_value;
pub use shapes::{Shapes, date_paths, path_type};
pub use status::{status as status_on, status_of};
pub use types::Type;
pub use value::{Fields, Object, Scope, Value};

use ir::Node;

/// A checked expression, ready to be evaluated any number of times, from any thread.
#[derive(Debug)]
pub struct Expression {
    text: String,
    root: Node,
    ty: Type,
    expect: Expect,
    literals: Vec<LiteralUse>,
}

impl Expression {
    /// Parses and checks `text` for the variables of `env`.
    ///
    /// # Errors
    /// All problems found, in the order of their place; ranges are bytes of `text`. A text that is
    /// too long, too deep or not CEL is not checked further.
    pub fn compile(text: &str, env: &Env, expect: Expect) -> Result<Expression, Vec<Problem>> {
        limits::length(text)?;
        let tokens = lex::scan(text)?;
        let checked = limits::on_own_stack(text, || {
            let tree = parse::parse(&tokens)?;
            check::check(env, expect, &tokens, &tree)
        })?;
        Ok(Expression {
            text: text.to_owned(),
            root: checked.root,
            ty: checked.ty,
            expect,
            literals: checked.literals,
        })
    }

    /// Evaluates the expression for one record.
    ///
    /// # Errors
    /// What could not be computed, and where in the text: an absent value where one is needed,
    /// values of the wrong type in untyped fields, a date out of range, too many steps. A result
    /// that is absent is an error too unless [`Expect::Any`] was asked for. Numbers may come out
    /// infinite or not a number; the caller refuses those.
    pub fn evaluate<'a>(&'a self, scope: &Scope<'_, 'a>) -> Result<Value<'a>, Failure> {
        eval::evaluate(&self.text, &self.root, self.expect, scope)
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The type of the result; [`Type::Any`] when only the records can tell.
    pub fn result(&self) -> &Type {
        &self.ty
    }

    /// Text literals that stand for ids: the caller, who knows the ids, checks them.
    pub fn literals(&self) -> &[LiteralUse] {
        &self.literals
    }
}

#[cfg(test)]
mod tests;
