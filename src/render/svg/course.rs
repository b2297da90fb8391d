//! The course of a KPI: values on a line, target, near band and limits of ordinary variation.

use super::canvas::{Anchor, Area, Canvas, EDGE, WIDTH};
use super::legend::{Key, Legend};
use super::marks::{self, Mark};
use super::scale::{Scale, short, tick_words};
use super::words::{SMALL, fit, width};
use crate::records::Unit;
use crate::report::document::{Course, CoursePoint};
use crate::report::kpi::{Verdict, verdict_word};

/// Height of the plot.
const HEIGHT: f64 = 150.0;
/// Space between marks below which ordinary values have none.
const CLOSE: f64 = 9.0;

/// Where things are.
struct Plot<'c> {
    course: &'c Course,
    scale: Scale,
    left: f64,
    right: f64,
    bottom: f64,
}

impl Plot<'_> {
    /// The middle of the room of a point.
    fn x(&self, index: usize) -> f64 {
        self.left + (index as f64 + 0.5) * self.pitch()
    }

    fn pitch(&self) -> f64 {
        (self.right - self.left) / self.course.points.len().max(1) as f64
    }

    fn spot(&self, index: usize) -> Option<(f64, f64)> {
        let value = self.course.points.get(index)?.value?;
        Some((self.x(index), self.scale.place(value)))
    }
}

/// Draws it; returns the height where it ends.
pub fn draw(canvas: &mut Canvas, course: &Course, top: f64) -> f64 {
    let (top, bottom) = (top + 6.0, top + 6.0 + HEIGHT);
    let Some((low, high)) = domain(course) else {
        return empty(canvas, top);
    };
    let scale = Scale::new(low, high, bottom - 22.0, top + 20.0);
    let ticks = scale.ticks(4.0);
    let words: Vec<String> = ticks.iter().map(|tick| tick_words(*tick, &ticks)).collect();
    let widest = words.iter().map(|it| width(it, SMALL)).fold(0.0, f64::max);
    let plot = Plot {
        course,
        scale,
        left: EDGE + widest.min(70.0) + 6.0,
        right: WIDTH - EDGE,
        bottom,
    };
    let mut legend = Legend::default();
    if !runs(course).is_empty() {
        let words = course.target.as_deref().unwrap_or_default();
        legend.add(Key::Line("target"), format!("target {words}"));
    }
    near(canvas, &plot, &mut legend);
    for (tick, words) in ticks.iter().zip(&words) {
        let y = plot.scale.place(*tick);
        canvas.line((plot.left, y), (plot.right, y), "grid");
        canvas.text((plot.left - 6.0, y + 4.0), Anchor::End, "soft", words);
    }
    canvas.line((plot.left, bottom), (plot.right, bottom), "axis");
    limits(canvas, &plot, &mut legend);
    target(canvas, &plot);
    values(canvas, &plot);
    points(canvas, &plot, &mut legend);
    current(canvas, &plot);
    let names: Vec<&str> = course.points.iter().map(|it| it.period.as_str()).collect();
    periods(
        canvas,
        &names,
        |index| plot.x(index),
        (plot.left, bottom + 14.0),
    );
    legend.draw(canvas, bottom + 20.0)
}

fn empty(canvas: &mut Canvas, top: f64) -> f64 {
    let middle = WIDTH / 2.0;
    canvas.text((middle, top + 24.0), Anchor::Middle, "soft", "no data");
    top + 40.0
}

/// The least and the greatest value to show: all values, target and near, and limits that leave the line room to move.
fn domain(course: &Course) -> Option<(f64, f64)> {
    let values = || course.points.iter().filter_map(|point| point.value);
    values().next()?;
    let targets = course.points.iter().filter_map(|point| point.target);
    let near = course.near.as_ref().map(|(bound, _)| *bound);
    let shown: Vec<f64> = values()
        .chain(targets)
        .chain(near)
        .filter(|it| it.is_finite())
        .collect();
    let mut low = shown.iter().copied().fold(f64::INFINITY, f64::min);
    let mut high = shown.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (floor, ceiling) = (low, high);
    let reach = 1.5 * (high - low);
    if let Some(limits) = course.limits {
        low = low.min(limits.lower.max(low - reach));
        high = high.max(limits.upper.min(high + reach));
    }
    // What no figure of its kind can reach is not shown.
    if floor >= 0.0 {
        low = low.max(0.0);
    }
    if course.unit == Unit::Percent && ceiling <= 100.0 {
        high = high.min(100.0);
    }
    (low.is_finite() && high.is_finite()).then_some((low, high))
}

/// Runs of neighbours with the same target: first, last, bound.
fn runs(course: &Course) -> Vec<(usize, usize, f64)> {
    let mut runs: Vec<(usize, usize, f64)> = Vec::new();
    for (index, point) in course.points.iter().enumerate() {
        let Some(bound) = point.target else {
            continue;
        };
        match runs.last_mut() {
            Some((_, last, known)) if *last + 1 == index && *known == bound => *last = index,
            _ => runs.push((index, index, bound)),
        }
    }
    runs
}

fn near(canvas: &mut Canvas, plot: &Plot<'_>, legend: &mut Legend) {
    let Some((near, words)) = &plot.course.near else {
        return;
    };
    let half = plot.pitch() / 2.0;
    for (first, last, bound) in runs(plot.course) {
        let (one, other) = (plot.scale.place(*near), plot.scale.place(bound));
        let area = Area {
            x: plot.x(first) - half,
            y: one.min(other),
            width: plot.x(last) - plot.x(first) + 2.0 * half,
            height: (one - other).abs(),
        };
        canvas.rect(area, 0.0, "near");
        legend.add(Key::Area("near"), format!("near: {words}"));
    }
}

fn target(canvas: &mut Canvas, plot: &Plot<'_>) {
    let half = plot.pitch() / 2.0;
    for (first, last, bound) in runs(plot.course) {
        let y = plot.scale.place(bound);
        let (from, to) = (plot.x(first) - half, plot.x(last) + half);
        canvas.line((from, y), (to, y), "target");
    }
}

fn limits(canvas: &mut Canvas, plot: &Plot<'_>, legend: &mut Legend) {
    let Some(limits) = plot.course.limits else {
        return;
    };
    for (value, class, words) in [
        (limits.mean, "mean", "mean"),
        (limits.lower, "limit", "limits of ordinary variation"),
        (limits.upper, "limit", "limits of ordinary variation"),
    ] {
        if plot.scale.holds(value) {
            let y = plot.scale.place(value);
            canvas.line((plot.left, y), (plot.right, y), class);
            legend.add(Key::Line(class), words);
        }
    }
}

/// The line, broken where there is no data and dotted towards what is not over.
fn values(canvas: &mut Canvas, plot: &Plot<'_>) {
    let points = &plot.course.points;
    let mut run: Vec<(f64, f64)> = Vec::new();
    for (index, point) in points.iter().enumerate() {
        let spot = plot.spot(index);
        match spot {
            Some(spot) if !point.provisional => run.push(spot),
            _ => flush(canvas, &mut run),
        }
        let before = index.checked_sub(1).and_then(|before| plot.spot(before));
        if let (true, Some(from), Some(to)) = (point.provisional, before, spot) {
            canvas.line(from, to, "open");
        }
    }
    flush(canvas, &mut run);
}

fn flush(canvas: &mut Canvas, run: &mut Vec<(f64, f64)>) {
    if run.len() > 1 {
        canvas.polyline(run, "line");
    }
    run.clear();
}

fn points(canvas: &mut Canvas, plot: &Plot<'_>, legend: &mut Legend) {
    let is_close = plot.pitch() < CLOSE;
    for (index, point) in plot.course.points.iter().enumerate() {
        let Some(spot) = plot.spot(index) else {
            if !is_close && !point.provisional {
                let place = (plot.x(index), plot.bottom - 4.0);
                canvas.text(place, Anchor::Middle, "soft", "?");
                legend.add(Key::Letter("?"), "no data");
            }
            continue;
        };
        let (mark, meaning) = mark(point);
        let is_current = plot.course.current == Some(index);
        let is_ordinary = mark == Mark::Verdict(Some(Verdict::Met)) || mark == Mark::Verdict(None);
        if !is_close || is_current || !is_ordinary {
            marks::draw(canvas, mark, spot);
            legend.add(Key::Mark(mark), meaning);
        }
        if point.outside {
            marks::draw(canvas, Mark::Ring, spot);
            legend.add(Key::Mark(Mark::Ring), "outside the limits");
        }
    }
}

fn mark(point: &CoursePoint) -> (Mark, &'static str) {
    match point.verdict {
        _ if point.provisional => (Mark::Open, "not over yet"),
        None | Some(Verdict::NoData) => (Mark::Verdict(None), "value"),
        verdict => (Mark::Verdict(verdict), verdict_word(verdict)),
    }
}

/// Labels the current value, on the side from which the line does not come.
fn current(canvas: &mut Canvas, plot: &Plot<'_>) {
    let labelled = plot.course.current.and_then(|index| {
        let point = plot.course.points.get(index)?;
        Some((index, plot.spot(index)?, point))
    });
    let Some((index, (x, y), point)) = labelled else {
        return;
    };
    let words = short(point.words.clone(), point.value.unwrap_or(0.0));
    let room = width(&words, SMALL) + 4.0;
    let neighbours = [index.checked_sub(1), Some(index + 1)];
    let lower = neighbours
        .into_iter()
        .flatten()
        .filter_map(|it| plot.spot(it));
    // Higher neighbours have the smaller y. There is room for the label on both sides of the plot.
    let lean: f64 = lower.map(|(_, other)| (other - y).signum()).sum();
    let y = if lean >= 0.0 { y - 11.0 } else { y + 19.0 };
    let (anchor, x) = match x + room / 2.0 > plot.right {
        true => (Anchor::End, plot.right),
        false => (Anchor::Middle, x),
    };
    canvas.text((x, y), anchor, "strong halo", &words);
}

/// Writes as many names of columns as there is room for, from the last back; returns how many.
pub fn periods(
    canvas: &mut Canvas,
    names: &[&str],
    x: impl Fn(usize) -> f64,
    (left, y): (f64, f64),
) {
    let mut free = WIDTH - 4.0;
    for (index, name) in names.iter().enumerate().rev() {
        let name = fit(name, SMALL, 110.0);
        let half = width(&name, SMALL) / 2.0;
        let middle = x(index).min(WIDTH - 4.0 - half);
        if middle + half > free || middle - half < left - 24.0 {
            continue;
        }
        canvas.text((middle, y), Anchor::Middle, "soft", &name);
        free = middle - half - 8.0;
    }
}
