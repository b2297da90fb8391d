//! Checks a KPI's measure and compiles its expressions.

mod operands;

pub(super) use operands::word;

use super::definition::{
    Basis, Clock, Computed, Definition, Formula, Operand, Recorded, Selection, Source,
};
use super::item::duty_shape;
use super::literals;
use super::problem::{Problem, ProblemRule};
use super::{fields, targets};
use crate::assess::expr::{Env, Expect, Expression, Shapes, Type};
use crate::diagnostics::did_you_mean;
use crate::records::field::{Field, FieldType, Shape};
use crate::records::kpi::{Aggregate, Combination, Kpi, Measure, MeasureParts};
use crate::records::quantity::CalendarUnit;
use crate::records::{Cadence, Kind, Unit};
use crate::workspace::{Collection, Snapshot};
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

    /// What `over` names, and the fields of its records.
    fn source(&mut self) -> Option<(Source, Arc<Shape>)> {
        let Some(over) = self.parts.over.as_deref() else {
            self.problems.push(
                expression("/measure", "`over` is missing")
                    .help("name the kind or register whose records are counted, `obligations`, or write `measure: recorded`"),
            );
            return None;
        };
        if over == "obligations" {
            return Some((Source::Obligations, Arc::new(duty_shape())));
        }
        let registers = self.snapshot.registers();
        let collection = match Kind::from_plural(over) {
            Some(kind) => Collection::Kind(kind),
            None if registers.contains(&over) => Collection::Register(over.into()),
            None => {
                let kinds = Kind::ALL.iter().map(|kind| kind.plural());
                let known = kinds.chain(registers).chain(["obligations"]);
                let problem = expression(
                    "/measure/over",
                    format!("`{over}` is no kind and no register"),
                );
                self.problems
                    .push(problem.maybe_help(did_you_mean(over, known)));
                return None;
            }
        };
        let shape = Arc::clone(self.shapes.collection(&collection));
        Some((Source::Records(collection), shape))
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

    fn selection(&mut self, source: &Source, shape: &Shape) -> Selection {
        let parts = self.parts;
        let state = parts.state == Some(true);
        match (&parts.at, state) {
            (Some(_), true) => {
                let problem = expression("/measure/at", "`at` and `state` exclude each other");
                self.problems.push(problem.help(
                    "`at` counts what has its date in the period, `state` what is open at its end",
                ));
                Selection::Snapshot
            }
            (Some(at), false) if source.is_results() && matches!(&**at, "date" | "period") => {
                Selection::ResultPeriod
            }
            (Some(at), false) => {
                self.check_date("at", at, source, shape);
                Selection::Dated(at.clone())
            }
            (None, true) => self.state(source),
            (None, false) if source.is_results() => Selection::ResultPeriod,
            (None, false) => Selection::Snapshot,
        }
    }

    fn state(&mut self, source: &Source) -> Selection {
        let owned = |fields: &[&str]| fields.iter().map(|field| (*field).into()).collect();
        match source {
            // Not done by the end of the day: overdue, since only those that can be judged are counted.
            Source::Obligations => Selection::State {
                opened: None,
                closed: vec!["done".into()],
            },
            Source::Records(Collection::Kind(kind)) => {
                let row = kind.row();
                Selection::State {
                    opened: (!row.opened.is_empty()).then(|| row.opened.into()),
                    closed: owned(row.closed),
                }
            }
            Source::Records(Collection::Register(name)) => {
                let declared = self.snapshot.config().registers.get(&**name);
                let opened = declared.and_then(|register| register.opened.clone());
                let closed = declared.and_then(|register| register.closed.clone());
                if opened.is_none() {
                    let problem = expression(
                        "/measure/state",
                        format!("register `{name}` does not say since when a row exists"),
                    );
                    let help = format!("add `opened` to [registers.{name}] in isms.toml");
                    self.problems.push(problem.help(help));
                }
                Selection::State {
                    opened,
                    closed: closed.into_iter().collect(),
                }
            }
        }
    }

    fn clock(&mut self, source: &Source, shape: &Shape) -> Option<Clock> {
        let parts = self.parts;
        let (from, until) = match (&parts.from, &parts.until) {
            (Some(from), Some(until)) => (from, until),
            (None, None) => return None,
            (Some(_), None) => {
                let problem = expression("/measure/from", "`from` stands without `until`");
                self.problems
                    .push(problem.help("name the date field at which the clock stops"));
                return None;
            }
            (None, Some(_)) => {
                let problem = expression("/measure/until", "`until` stands without `from`");
                self.problems
                    .push(problem.help("name the date field at which the clock starts"));
                return None;
            }
        };
        self.check_date("from", from, source, shape);
        self.check_date("until", until, source, shape);
        if !matches!(self.kpi.unit, Unit::Time(_)) {
            let unit = self.kpi.unit;
            let problem = expression(
                "/measure/from",
                format!("`from` and `until` give a length of time, but the KPI is in {unit}"),
            );
            self.problems
                .push(problem.help("write the unit as min, h, d or w"));
        }
        Some(Clock {
            from: from.clone(),
            until: until.clone(),
        })
    }

    fn check_date(&mut self, name: &str, path: &str, source: &Source, shape: &Shape) {
        if let Err(problem) = fields::check_date(name, path, source, shape, self.snapshot) {
            self.problems.push(problem);
        }
    }
}
