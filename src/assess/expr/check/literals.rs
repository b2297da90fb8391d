//! Text literals beside texts whose values are known: a misspelt one would turn a count into a
//! comfortable 0.

use super::super::ir::{Kind, Node};
use super::super::problem::{LiteralUse, Problem, ProblemKind};
use super::super::suggest;
use super::super::types::Type;
use super::Checker;
use crate::records::field::TextType;
use crate::records::spelling::quoted;

impl Checker<'_> {
    /// Checks the literals in `operand` against the type of what it is compared with.
    pub(super) fn compare_literals(&mut self, operand: &Node, with: &Node, ty: &Type) {
        match ty {
            Type::Text(text) => self.text_literals(operand, with, text),
            // Both sides are lists: element against element.
            Type::List(items) if matches!(operand.kind, Kind::List(_)) => {
                self.compare_literals(operand, with, items);
            }
            _ => {}
        }
    }

    fn text_literals(&mut self, operand: &Node, with: &Node, ty: &TextType) {
        match &operand.kind {
            Kind::Text(text) => self.text_literal(operand, text, with, ty),
            Kind::List(nodes) => {
                for node in nodes {
                    self.text_literals(node, with, ty);
                }
            }
            Kind::Choose(parts) => {
                self.text_literals(&parts[1], with, ty);
                self.text_literals(&parts[2], with, ty);
            }
            _ => {}
        }
    }

    fn text_literal(&mut self, literal: &Node, text: &str, with: &Node, ty: &TextType) {
        if !ty.values.is_empty() && !ty.values.iter().any(|value| value == text) {
            let owner = self.shown(with);
            let message = format!("`{owner}` is never {}", quoted(text));
            let problem = Problem::new(ProblemKind::Literal, literal.range.clone(), message);
            let values: Vec<&str> = ty.values.iter().map(String::as_str).collect();
            let help = suggest::help(text, &values, "its values are");
            self.report(problem, help);
        }
        if !ty.refers.is_empty() {
            self.refer(literal, text, ty.refers.clone());
        }
    }

    /// Notes a literal that must be an existing id.
    pub(super) fn refer(&mut self, literal: &Node, text: &str, refers: Vec<String>) {
        self.literals.push(LiteralUse {
            range: literal.range.clone(),
            text: text.to_owned(),
            refers,
        });
    }
}
