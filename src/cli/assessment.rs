//! What read commands are made of: what is wrong with the records, their duties and their figures.

use crate::assess::View;
use crate::assess::kpi::{KpiSeries, Prepared, Surveyed};
use crate::assess::obligations::{Obligations, survey};
use crate::diagnostics::{Diagnostic, Severity};
use crate::report::Incomplete;
use crate::rules::{self, Scope};
use std::panic::resume_unwind;
use std::thread;

/// Looks for errors in the records while something else is computed from them.
///
/// The check gets a thread of its own instead of one of the pool: it blocks, and a pool of one thread would wait for
/// ever.
pub fn checked<T>(view: &View<'_>, compute: impl FnOnce() -> T) -> (Vec<Diagnostic>, T) {
    thread::scope(|scope| {
        let check = || rules::check_along(view, Scope::Errors);
        let check = scope.spawn(check);
        let computed = compute();
        let found = check.join().unwrap_or_else(|panic| resume_unwind(panic));
        (found, computed)
    })
}

/// How many errors a check found.
pub fn errors(found: &[Diagnostic]) -> usize {
    let is_error = |diagnostic: &&Diagnostic| diagnostic.level == Severity::Error;
    found.iter().filter(is_error).count()
}

/// Why what a read command shows may be incomplete (what could not be read, and errors of any rule on records), told
/// while something else is computed from them.
pub fn with_gaps<T>(view: &View<'_>, compute: impl FnOnce() -> T) -> (Incomplete, T) {
    let (found, computed) = checked(view, compute);
    (Incomplete::of(view.snapshot(), errors(&found)), computed)
}

/// The duties and figures of the day of a view.
pub fn duties_and_figures(view: &View<'_>) -> (Obligations, Vec<KpiSeries>) {
    let all = |_: &str| true;
    let begin = || Prepared::of(view, &all).map(Prepared::begin);
    let (survey, begun) = rayon::join(|| survey(view), begin);
    let known = Surveyed {
        view,
        list: &survey.list,
    };
    let series = begun.map_or_else(Vec::new, |begun| begun.finish(&known));
    (survey, series)
}
