//! Checks a KPI's measure and compiles its expressions.

mod operands;
mod selection;

pub(super) use operands::word;

use super::definition::{Basis, Computed, Definition, Formula, Operand, Recorded, Selection};
use super::literals;
use super::problem::{Problem, ProblemRule};
use super::targets;
use crate::assess::expr::{Env, Expect, Expression, Shapes, Type};
use crate::records::Cadence;
use crate::records::field::{Field, FieldType, Shape};
use crate::records::kpi::{Aggregate, Combination, Kpi, Measure, MeasureParts};
use crate::records::quantity::CalendarUnit;
use crate::workspace::Snapshot;
use std::sync::Arc;

pub(super) fn compile(
    snapshot: &Snapshot,
    kpi: &Kpi,
    shapes: &Shapes,
) -> Result<Definition, Vec<Problem>> {
    let mut problems = Vec::new();
    let every = targets::every(kpi, &mut problems);
    let basis = match &kpi.measure {
        Measure::Recorded => Some(recorded(kpi, None, every, &mut problems)),
        Measure::Parts(parts) => match parts.recorded {
            Some(combination) => {
                refuse_beside_recorded(parts, &mut problems);
                Some(recorded(kpi, Some(combination), every, &mut problems))
            }
            None => {
                let mut compiler = Compiler {
                    snapshot,
                    kpi,
                    parts,
                    shapes,
                    every,
                    problems: &mut problems,
                };
                compiler
                    .computed()
                    .map(|computed| Basis::Computed(Box::new(computed)))
            }
        },
    };
    if !kpi.cadence.has_periods() && kpi.cadence != Cadence::Each {
        problems.push(
            expression(
                "/cadence",
                format!("`{}` gives a KPI no periods", kpi.cadence),
            )
            .help("figures are told by period: use daily, weekly, monthly, quarterly, semi-annual, annual, every … or each"),
        );
    }
    targets::check(kpi, &mut problems);
    match basis {
        Some(basis) if problems.is_empty() => Ok(Definition {
            basis,
            unit: kpi.unit,
        }),
        _ => Err(problems),
    }
}

fn expression(pointer: &str, message: impl Into<String>) -> Problem {
    Problem::new(ProblemRule::Expression, pointer, message)
}

fn recorded(
    kpi: &Kpi,
    combination: Option<Combination>,
    every: Option<CalendarUnit>,
    problems: &mut Vec<Problem>,
) -> Basis {
    if kpi.cadence == Cadence::Each {
        problems.push(
            expression(
                "/cadence",
                "`each` judges record by record, but this KPI is recorded",
            )
            .help("give it a cadence with periods, or say `over`, `from` and `until`"),
        );
    }
    Basis::Recorded(Recorded { combination, every })
}

/// The fields of a measure that are given, besides `over` and `where`.
fn given(parts: &MeasureParts) -> Vec<&'static str> {
    let given = [
        ("at", parts.at.is_some()),
        ("state", parts.state == Some(true)),
        ("value", parts.value.is_some()),
        ("from", parts.from.is_some()),
        ("until", parts.until.is_some()),
        ("pass", parts.pass.is_some()),
        ("aggregate", parts.aggregate.is_some()),
        ("per", parts.per.is_some()),
        ("empty", parts.empty.is_some()),
    ];
    let given = given.into_iter().filter(|(_, given)| *given);
    given.map(|(name, _)| name).collect()
}

fn refuse_beside_recorded(parts: &MeasureParts, problems: &mut Vec<Problem>) {
    let mut others = given(parts);
    others.extend(parts.over.as_ref().map(|_| "over"));
    others.extend(parts.r#where.as_ref().map(|_| "where"));
    for name in others {
        let problem = expression(
            &format!("/measure/{name}"),
            format!("`{name}` has no meaning beside `recorded`"),
        );
        problems.push(problem.help("a figure is either recorded or computed from records"));
    }
}

struct Compiler<'c> {
    snapshot: &'c Snapshot,
    kpi: &'c Kpi,
    parts: &'c MeasureParts,
    shapes: &'c Shapes,
    every: Option<CalendarUnit>,
    problems: &'c mut Vec<Problem>,
}

impl Compiler<'_> {
    fn computed(&mut self) -> Option<Computed> {
        let (source, shape) = self.source()?;
        let parts = self.parts;
        let env = self.env(&shape);
        let filter = self.formula("/measure/where", parts.r#where.as_deref(), &env, {
            Expect::Boolean
        });
        let selection = self.selection(&source, &shape);
        let clock = self.clock(&source, &shape);
        if self.kpi.cadence == Cadence::Each {
            self.check_each(clock.is_some());
            return Some(Computed {
                source,
                selection: Selection::Each,
                filter,
                operand: Operand::Clock,
                clock,
                aggregate: Aggregate::Mean,
                per: None,
                empty: None,
                every: None,
            });
        }
        let Some(aggregate) = parts.aggregate else {
            self.problems.push(
                expression("/measure/aggregate", "`aggregate` is missing").help(
                    "say how the records become one figure: count, sum, mean, median, min, max, p90, p95, share or rate",
                ),
            );
            return None;
        };
        let operand = self.operand(aggregate, clock.is_some(), &env);
        let per = self.per(aggregate);
        self.check_unit(aggregate);
        self.check_every(aggregate, &selection);
        Some(Computed {
            source,
            selection,
            filter,
            operand: operand?,
            clock,
            aggregate,
            per,
            empty: parts.empty,
            every: self.every,
        })
    }

    /// The variables, in the order of `Formula::evaluate`.
    fn env(&self, shape: &Arc<Shape>) -> Env {
        let env = Env::new()
            .variable("r", Type::Object(Arc::clone(shape)))
            .variable("as_of", Type::Moment);
        if self.kpi.cadence == Cadence::Each {
            return env;
        }
        let day = |name: &str| Field {
            name: name.to_owned(),
            ty: FieldType::Moment,
            doc: String::new(),
        };
        let period = Shape {
            fields: ["start", "last", "end"].map(day).into(),
            open: false,
        };
        env.variable("period", Type::Object(Arc::new(period)))
    }

    fn formula(
        &mut self,
        pointer: &'static str,
        text: Option<&str>,
        env: &Env,
        expect: Expect,
    ) -> Option<Formula> {
        match Expression::compile(text?, env, expect) {
            Ok(expression) => {
                let wrong = literals::unknown(&expression, self.snapshot, pointer);
                self.problems.extend(wrong);
                Some(Formula {
                    pointer,
                    expression,
                })
            }
            Err(problems) => {
                let problems = problems
                    .into_iter()
                    .map(|problem| Problem::of_expression(pointer, problem));
                self.problems.extend(problems);
                None
            }
        }
    }
}
