//! Which records a measure counts, and which dates put them into periods.

use super::{Compiler, expression};
use crate::assess::kpi::definition::{Clock, Selection, Source};
use crate::assess::kpi::fields;
use crate::assess::kpi::item::duty_shape;
use crate::diagnostics::did_you_mean;
use crate::records::field::Shape;
use crate::records::{Kind, Unit};
use crate::workspace::Collection;
use std::sync::Arc;

impl Compiler<'_> {
    /// What `over` names, and the fields of its records.
    pub(super) fn source(&mut self) -> Option<(Source, Arc<Shape>)> {
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
                let help = did_you_mean(over, known).unwrap_or_else(|| {
                    "write the plural of a kind, such as `incidents`, or the name of a register"
                        .to_owned()
                });
                self.problems.push(problem.help(help));
                return None;
            }
        };
        let shape = Arc::clone(self.shapes.collection(&collection));
        Some((Source::Records(collection), shape))
    }

    pub(super) fn selection(&mut self, source: &Source, shape: &Shape) -> Selection {
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

    pub(super) fn clock(&mut self, source: &Source, shape: &Shape) -> Option<Clock> {
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
