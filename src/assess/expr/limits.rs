//! Bounds on expressions, so that no text takes the tool down or makes it slow. Length and
//! brackets are looked at before parsing, depth again on the tree (a chain `1 + 1 + …` nests the
//! tree without brackets), comprehensions while checking, steps while evaluating.

use std::ops::Range;
use std::thread;

use cel::IdedExpr;
use cel::common::ast::Expr;

use super::problem::{Problem, ProblemKind};

/// Longest expression, in characters.
pub const MAX_CHARACTERS: usize = 2_000;
/// Deepest nesting of brackets, and of operators, selections and calls in the tree.
pub const MAX_DEPTH: usize = 64;
/// Comprehensions (`exists`, `all`, `map` …) inside one another.
pub const MAX_COMPREHENSIONS: usize = 2;
/// Parts evaluated and list elements looked at in one evaluation; only comprehensions come near.
pub const MAX_STEPS: u32 = 1_000_000;

/// The parser descends about ten calls per bracket; 64 of them take over 8 MiB of stack in a build
/// without optimisation, more than a worker thread has. Only touched pages cost memory.
const STACK: usize = 64 << 20;

/// Runs `work` on a thread with a stack large enough for everything the limits let through.
///
/// # Errors
/// The thread could not be started, or the parser panicked: one problem for the whole text.
pub(super) fn on_own_stack<T: Send>(
    text: &str,
    work: impl FnOnce() -> Result<T, Vec<Problem>> + Send,
) -> Result<T, Vec<Problem>> {
    let outcome = thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name("expression".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work);
        worker.map(thread::ScopedJoinHandle::join)
    });
    match outcome {
        Ok(Ok(result)) => result,
        Ok(Err(_)) | Err(_) => Err(vec![Problem::new(
            ProblemKind::Syntax,
            0..text.len(),
            "the expression could not be parsed",
        )]),
    }
}

/// Refuses a text of more than [`MAX_CHARACTERS`].
pub(super) fn length(text: &str) -> Result<(), Vec<Problem>> {
    match text.char_indices().nth(MAX_CHARACTERS) {
        None => Ok(()),
        Some((cut, _)) => Err(vec![
            Problem::new(
                ProblemKind::TooComplex,
                cut..text.len(),
                format!("the expression is longer than {MAX_CHARACTERS} characters"),
            )
            .help("keep the data in fields of the records and the expression short"),
        ]),
    }
}

/// The problem of a text that nests deeper than [`MAX_DEPTH`] at `range`.
pub(super) fn too_deep(range: Range<usize>) -> Problem {
    Problem::new(
        ProblemKind::TooComplex,
        range,
        format!("the expression nests deeper than {MAX_DEPTH} levels"),
    )
    .help("a chain of operators counts one level each; use `in [..]` for many alternatives, or split the expression")
}

/// A node beyond [`MAX_DEPTH`], if the tree has one. Iterative: the tree may be too deep to recurse.
pub(super) fn beyond_depth(root: &IdedExpr) -> Option<u64> {
    let mut pending = vec![(root, 1)];
    while let Some((node, depth)) = pending.pop() {
        if depth > MAX_DEPTH {
            return Some(node.id);
        }
        let mut visit = |child| pending.push((child, depth + 1));
        match &node.expr {
            Expr::Call(call) => {
                call.target.as_deref().into_iter().for_each(&mut visit);
                call.args.iter().for_each(visit);
            }
            Expr::Select(select) => visit(&select.operand),
            Expr::List(list) => list.elements.iter().for_each(visit),
            // Refused by the checker, which does not look inside.
            Expr::Map(_) | Expr::Struct(_) | Expr::Comprehension(_) => {}
            Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => {}
        }
    }
    None
}
