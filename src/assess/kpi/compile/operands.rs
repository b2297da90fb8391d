//! What an aggregate takes of every record, and whether that suits the unit of the KPI.

use super::{Compiler, expression, given};
use crate::assess::expr::{Env, Expect};
use crate::assess::kpi::definition::{Operand, Selection};
use crate::records::Unit;
use crate::records::kpi::Aggregate;
use crate::records::quantity::CalendarUnit;

impl Compiler<'_> {
    pub(super) fn operand(
        &mut self,
        aggregate: Aggregate,
        clocked: bool,
        env: &Env,
    ) -> Option<Operand> {
        let parts = self.parts;
        match aggregate {
            Aggregate::Count | Aggregate::Rate => {
                self.refuse_unused(aggregate, &["value", "from", "until", "pass"]);
                Some(Operand::Presence)
            }
            Aggregate::Share => {
                self.refuse_unused(aggregate, &["value", "from", "until"]);
                if parts.pass.is_none() {
                    let problem = expression("/measure/pass", "`share` needs `pass`");
                    self.problems.push(problem.help(
                        "write the condition under which a record passes, for example `pass: r.outcome == \"pass\"`",
                    ));
                }
                let pass = parts.pass.as_deref();
                self.formula("/measure/pass", pass, env, Expect::Boolean)
                    .map(Operand::Pass)
            }
            _ => {
                self.refuse_unused(aggregate, &["pass"]);
                if clocked && parts.value.is_some() {
                    let problem = expression(
                        "/measure/value",
                        "`value` stands beside `from` and `until`, which say the same",
                    );
                    self.problems.push(problem.help("keep one of the two"));
                }
                if clocked {
                    return Some(Operand::Clock);
                }
                self.value(aggregate, env)
            }
        }
    }

    fn value(&mut self, aggregate: Aggregate, env: &Env) -> Option<Operand> {
        let parts = self.parts;
        if parts.value.is_none() && parts.from.is_none() && parts.until.is_none() {
            let problem = expression(
                "/measure/value",
                format!("`{}` needs a value of every record", word(aggregate)),
            );
            self.problems.push(problem.help(
                "write `value:` with an expression, or `from:` and `until:` with two date fields",
            ));
        }
        let expect = match self.kpi.unit {
            Unit::Time(_) => Expect::Duration,
            _ => Expect::Number,
        };
        self.formula("/measure/value", parts.value.as_deref(), env, expect)
            .map(Operand::Value)
    }

    fn refuse_unused(&mut self, aggregate: Aggregate, names: &[&str]) {
        let given = given(self.parts);
        for name in names.iter().filter(|name| given.contains(name)) {
            let problem = expression(
                &format!("/measure/{name}"),
                format!("`{name}` is not used by `{}`", word(aggregate)),
            );
            self.problems.push(problem.help(match *name {
                "pass" => "use `aggregate: share`, or put the condition into `where`",
                _ => "use an aggregate of values (sum, mean, median, min, max, p90, p95), or leave it out",
            }));
        }
    }

    pub(super) fn per(&mut self, aggregate: Aggregate) -> Option<CalendarUnit> {
        let per = self.parts.per;
        if aggregate != Aggregate::Rate {
            if per.is_some() {
                let problem = expression("/measure/per", "`per` goes with `rate` only");
                self.problems
                    .push(problem.help("write `aggregate: rate`, or leave `per` out"));
            }
            return None;
        }
        match (per, self.kpi.unit) {
            (Some(per), Unit::Rate(unit)) if per != unit => {
                let problem = expression(
                    "/measure/per",
                    format!(
                        "the rate is per {}, but the KPI is in {}",
                        per.word(),
                        self.kpi.unit
                    ),
                );
                let help = format!(
                    "write `per: {}` or `unit: count / {}`",
                    unit.word(),
                    per.word()
                );
                self.problems.push(problem.help(help));
            }
            (None, Unit::Rate(unit)) => return Some(unit),
            (None, _) => {
                let problem = expression("/measure/per", "`rate` needs `per`");
                self.problems
                    .push(problem.help("say per what: day, week, month, quarter or year"));
            }
            _ => {}
        }
        per
    }

    /// Whether the figure of the aggregate can be told in the unit.
    pub(super) fn check_unit(&mut self, aggregate: Aggregate) {
        let unit = self.kpi.unit;
        let help = match (aggregate, unit) {
            (Aggregate::Count, Unit::Percent) if self.every.is_some() => return,
            (Aggregate::Count, Unit::Count | Unit::Score | Unit::Currency) => return,
            (Aggregate::Count, Unit::Rate(_)) => "write `aggregate: rate`, or `unit: count`",
            (Aggregate::Count, _) => "write `unit: count`",
            (Aggregate::Share, Unit::Percent | Unit::Ratio) => return,
            (Aggregate::Share, _) => "write `unit: percent`",
            (Aggregate::Rate, Unit::Rate(_)) => return,
            (Aggregate::Rate, _) => {
                let per = self.parts.per.unwrap_or(CalendarUnit::Quarter).word();
                let problem = expression("/unit", format!("`rate` cannot be told in {unit}"));
                let help = format!("write `unit: count / {per}`");
                self.problems.push(problem.help(help));
                return;
            }
            _ => return,
        };
        let word = word(aggregate);
        let problem = expression("/unit", format!("`{word}` cannot be told in {unit}"));
        self.problems.push(problem.help(help));
    }

    pub(super) fn check_every(&mut self, aggregate: Aggregate, selection: &Selection) {
        let Some(unit) = self.every else { return };
        let unit = unit.word();
        if aggregate != Aggregate::Count {
            let problem = expression(
                "/measure/aggregate",
                format!(
                    "`every {unit}` asks for at least one, which `{}` cannot tell",
                    word(aggregate)
                ),
            );
            self.problems
                .push(problem.help("write `aggregate: count`; the figure is a percentage"));
        }
        if !matches!(selection, Selection::Dated(_) | Selection::ResultPeriod) {
            let problem = expression(
                "/measure",
                format!("`every {unit}` needs to know when each record happened"),
            );
            self.problems
                .push(problem.help("name a date field in `at`"));
        }
    }

    /// What `cadence: each` needs, and what it has no use for.
    pub(super) fn check_each(&mut self, clocked: bool) {
        let half = self.parts.from.is_some() || self.parts.until.is_some();
        if !clocked && !half {
            let problem = expression("/measure", "`cadence: each` needs `from` and `until`");
            self.problems.push(
                problem
                    .help("name the date fields at which the clock of a record starts and stops"),
            );
        }
        for name in given(self.parts) {
            if !matches!(name, "from" | "until") {
                let problem = expression(
                    &format!("/measure/{name}"),
                    format!("`{name}` is not used by `cadence: each`"),
                );
                self.problems
                    .push(problem.help(
                        "every record is a point of its own, with the time it took as value",
                    ));
            }
        }
        if let Some(unit) = self.every {
            let unit = unit.word();
            let problem = expression(
                "/target",
                format!("`every {unit}` does not go with `cadence: each`"),
            );
            self.problems
                .push(problem.help("judge the records of a period together, with a cadence"));
        }
    }
}

/// The word for an aggregate, as records write it.
pub(in crate::assess::kpi) fn word(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::Count => "count",
        Aggregate::Sum => "sum",
        Aggregate::Mean => "mean",
        Aggregate::Median => "median",
        Aggregate::Min => "min",
        Aggregate::Max => "max",
        Aggregate::P90 => "p90",
        Aggregate::P95 => "p95",
        Aggregate::Share => "share",
        Aggregate::Rate => "rate",
    }
}
