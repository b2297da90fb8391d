"""Writes kpis.csv: value and verdict of every KPI of the examples, computed from product.md alone.

    python3 kpis.py > kpis.csv

Knows nothing of ismsctl but the JSON Schemas of its records. See README.md.
"""

import csv
import datetime as dt
import math
import statistics
import sys
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository

import judging
from asof import Records
from duties import PLURAL, Duties, days, results_by_period
from expressions import Days, Now, python_of
from records import NOTHING, Row, Workspace, follow
from schedule import MINUTES, Calendar, duration

ROOT = Path(__file__).resolve().parents[2]
AS_OF = dt.date(2026, 6, 30)
SHOWN = 12
CADENCE_OF = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly"}
COLUMNS = ["workspace", "kpi", "period", "value", "numerator", "denominator", "count", "verdict",
           "trend", "signal", "provisional"]


class Figure:
    """A value with what it was made of."""

    def __init__(self, value=None, count=None, numerator=None, denominator=None):
        self.value, self.count = value, count
        self.numerator, self.denominator = numerator, denominator
        if value is not None and not math.isfinite(value):
            self.value = None


def fraction(kpi, numerator, denominator):
    """Numerator by denominator in the unit of a KPI; nothing of nothing is no data."""
    if denominator == 0:
        return None
    return numerator * (100 if kpi.unit == "percent" else 1) / denominator


def in_unit(kpi, value):
    """What an expression gave, in the unit of the KPI."""
    if isinstance(value, dt.timedelta):
        if isinstance(value, Days) and kpi.unit in ("min", "h"):
            raise ValueError("a plain date has no hours")
        seconds = value.days * 86400 + value.seconds + value.microseconds / 1e6
        return seconds / (MINUTES[kpi.unit] * 60)
    if value is NOTHING or value is None or isinstance(value, bool):
        raise ValueError("no number")
    return float(value)


class Evaluation:
    """The KPIs of one workspace as of one day."""

    def __init__(self, workspace, as_of):
        self.workspace, self.as_of = workspace, as_of
        self.records = Records(workspace)
        self.calendar = Calendar(workspace.isms)
        self.duties = Duties(workspace, self.records, as_of)

    # --- periods and verdicts -----------------------------------------------------------------

    def points(self, kpi):
        """(period, figure, verdict, trend, signal, provisional) of each period shown."""
        if kpi.cadence == "each":
            return self.each(kpi)
        results = self.feeding(kpi)
        since = self.duties.since(kpi, results)
        if since is None or since > self.as_of:
            return []
        periods = self.calendar.sequence(kpi.cadence, since, self.as_of)
        if "until" in kpi:
            periods = [period for period in periods if period.last <= kpi.until]
        grace = self.grace(kpi)
        figures = [self.figure(kpi, period, periods, results, grace) for period in periods]
        values = [figure.value for figure in figures]
        over = sum(period.last <= self.as_of for period in periods)
        found = []
        for place, (period, figure) in enumerate(zip(periods, figures)):
            is_open = period.last > self.as_of
            late = period.last + days(grace) < self.as_of
            so_far = values[:place + 1]
            found.append((
                period.name, figure,
                judging.verdict(kpi, period.last, so_far,
                                is_open or (figure.value is None and not late),
                                self.waivable(kpi)),
                judging.trend(kpi, period.last, so_far),
                None if is_open else judging.signal(so_far),
                is_open))
        return found[max(0, over - SHOWN):]

    def each(self, kpi):
        """A point for each record, by the time at which its clock starts."""
        measure = kpi.measure
        kind = PLURAL.get(measure.over, measure.over)
        now = Now(self.workspace, self.records, None, self.as_of)
        rows = [row for row in self.selected(measure, self.rows(measure.over, self.as_of), now)
                if follow(row, measure["from"]) is not NOTHING]
        since = self.duties.since(kpi, [])
        first, last = since or dt.date.min, kpi.until or dt.date.max
        rows = [row for row in rows
                if first <= self.workspace.day(follow(row, measure["from"])) <= last]
        rows.sort(key=lambda row: (self.workspace.instant(follow(row, measure["from"])), row.id))
        found, over = [], []
        for row in rows:
            figure, running = self.clock(kpi, row, now)
            values = [*over, figure.value]
            day = self.as_of if running else self.workspace.day(follow(row, measure.until))
            verdict = judging.verdict(kpi, day, values, False, self.waivable(kpi))
            if running and verdict is not None:  # nothing softens a clock that runs too long
                verdict = {"met": "pending", "no-data": "no-data"}.get(verdict, "missed")
            if not running:
                over = values
            found.append((
                self.workspace.reference(kind, row), figure, verdict,
                judging.trend(kpi, day, values),
                None if running else judging.signal(over),
                running))
        finished = [point for point in found if not point[-1]][-SHOWN:]
        return [point for point in found if point[-1] or point in finished]

    def clock(self, kpi, row, now):
        """The time a record took, or has taken by the end of the as-of day; and whether it runs."""
        start, end = (follow(row, kpi.measure[each]) for each in ("from", "until"))
        running = end is NOTHING
        if running:
            end = self.as_of
            if isinstance(start, dt.datetime):
                end = self.workspace.instant(self.as_of + dt.timedelta(days=1))
        try:
            return Figure(in_unit(kpi, now.minus(end, start)), 1), running
        except ValueError as error:
            print(f"{kpi.id} {row.id}: {error}", file=sys.stderr)
            return Figure(), running

    def grace(self, kpi):
        """How long a figure may come after its period; a computed one needs nobody to bring it."""
        if "grace" in kpi:
            return duration(kpi.grace)
        if isinstance(kpi.measure, str) or "recorded" in kpi.measure:
            return self.calendar.grace(kpi.cadence)
        return dt.timedelta()

    def waivable(self, kpi):
        """The deviations that somebody else than the owner approved."""
        return [each for each in kpi.deviations if each.on <= self.as_of
                and not self.workspace.holders(each.approved_by, each.on)
                & self.workspace.holders(kpi.owner, each.on)]

    # --- figures ------------------------------------------------------------------------------

    def figure(self, kpi, period, periods, results, grace):
        measure = kpi.measure
        if isinstance(measure, str) or "recorded" in measure:
            how = measure.recorded if isinstance(measure, Row) else None
            return self.recorded(kpi, period, periods, results, grace, how)
        day = min(period.last, self.as_of)
        now = Now(self.workspace, self.records, period, self.as_of)
        if measure.state:
            now.day = day
            rows = [row for row in self.rows(measure.over, day)
                    if self.records.open_at(PLURAL.get(measure.over, measure.over), row, day)]
        elif "at" in measure:
            rows = [row for row in self.rows(measure.over, self.as_of)
                    if self.within(row, measure, period)]
        elif period.last >= self.as_of:
            rows = self.rows(measure.over, self.as_of)
        else:  # how it was then only a recorded result can say
            written_down = self.recorded(kpi, period, periods, results, grace, None)
            return written_down if written_down.count else Figure()
        try:
            return self.aggregate(kpi, period, self.selected(measure, rows, now), now)
        except (ValueError, TypeError) as error:
            print(f"{kpi.id} {period.name}: {error}", file=sys.stderr)
            return Figure()

    def rows(self, over, day):
        """The records a measure looks at, as of a day."""
        if over == "obligations":
            return [row for row in self.duties.all if row.judged]
        return self.records.of(PLURAL.get(over, over), day)

    def within(self, row, measure, period):
        """Whether a record belongs to a period: by its date, a result by the period it is for.

        A week counts in the month in which it ends; a quarter is in no month.
        """
        if measure.over == "results" and "period" in row:
            own = self.calendar.named(row.period)
            return period.first <= own.last <= period.last \
                and own.last - own.first <= period.last - period.first
        date = follow(row, measure.at)
        return date is not NOTHING and period.first <= self.workspace.day(date) <= period.last

    def selected(self, measure, rows, now):
        if "where" not in measure:
            return list(rows)
        where = python_of(measure.where)
        return [row for row in rows if where(row, now)]

    def values(self, kpi, rows, now):
        """What each record brings; a clock that still runs brings nothing."""
        measure = kpi.measure
        if "value" in measure:
            value = python_of(measure.value)
            return [in_unit(kpi, value(row, now)) for row in rows]
        finished = [row for row in rows if follow(row, measure.until) is not NOTHING
                    and follow(row, measure["from"]) is not NOTHING]
        return [in_unit(kpi, now.minus(follow(row, measure.until), follow(row, measure["from"])))
                for row in finished]

    def aggregate(self, kpi, period, rows, now):
        measure, how = kpi.measure, kpi.measure.aggregate
        if how == "share":
            passes = python_of(measure["pass"])
            passed = sum(bool(passes(row, now)) for row in rows)
            value = fraction(kpi, passed, len(rows))
            return Figure(self.empty(measure, rows, value), len(rows), float(passed),
                          float(len(rows)))
        target = judging.target_on(kpi, period.last)
        if target is not None and target.every:
            return self.regularity(measure, period, rows, target)
        if how == "rate":
            length = judging.length_in_years(kpi.cadence, period) / judging.years(measure.per)
            value = float(Fraction(len(rows)) / length)
            return Figure(self.empty(measure, rows, value), len(rows))
        if how == "count":
            return Figure(self.empty(measure, rows, float(len(rows))), len(rows))
        values = self.values(kpi, rows, now)
        if not values:
            return Figure(self.empty(measure, values, 0.0 if how == "sum" else None), 0)
        return Figure(AGGREGATES[how](values), len(values))

    def regularity(self, measure, period, rows, target):
        """The percentage of the months, weeks … in the period with at least one record."""
        parts = self.calendar.sequence(CADENCE_OF[target.every], period.first, period.last)
        filled = sum(any(self.within(row, measure, part) for row in rows)
                     for part in parts)
        return Figure(100 * filled / len(parts), len(rows), float(filled), float(len(parts)))

    def empty(self, measure, rows, otherwise):
        return measure.empty if not rows and "empty" in measure else otherwise

    # --- recorded figures ---------------------------------------------------------------------

    def feeding(self, kpi):
        """The results that bring figures of a KPI: they name it, or an activity that feeds it."""
        self.feeders = [each.id for each in self.workspace.rows["activity"]
                        if kpi.id in each.kpis]
        return [each for each in self.duties.results()
                if each.kpi == kpi.id or each.kpi is NOTHING and each.activity in self.feeders]

    def recorded(self, kpi, period, periods, results, grace, how):
        belonging = results_by_period(self.calendar, kpi.cadence, grace, periods, results)
        found = [each for each in belonging[period.name] if "value" in each
                 or "numerator" in each and "denominator" in each]
        feeders = [each.id for each in self.workspace.rows["activity"] if kpi.id in each.kpis]
        if not found:
            return Figure(count=0)
        if len(feeders) > 1 and {each.activity for each in found} < set(feeders):
            return Figure(count=len(found))
        if how is None and len(found) > 1:
            return Figure(count=len(found))
        if how in (None, "last"):
            latest = max(each.date for each in found)
            last = [each for each in found if each.date == latest]
            if len(last) > 1:
                return Figure(count=len(found))
            figure = self.combine(kpi, last, how)
            figure.count = len(found)
            return figure
        return self.combine(kpi, found, how)

    def combine(self, kpi, found, how):
        if all("denominator" in each for each in found) and how in (None, "last", "sum"):
            above = sum(each.numerator for each in found)
            below = sum(each.denominator for each in found)
            return Figure(fraction(kpi, above, below), len(found), above, below)
        if any("denominator" in each for each in found) and how == "mean":
            return Figure(count=len(found))
        values = [judging.quantity(each.value, kpi.unit) if "value" in each
                  else fraction(kpi, each.numerator, each.denominator) for each in found]
        return Figure(AGGREGATES[how or "last"](values), len(found))


def percentile(share):
    """Linear interpolation between the closest ranks."""
    def of(values):
        ordered = sorted(values)
        place = Fraction(share, 100) * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + float(place - below) * (ordered[above] - ordered[below])
    return of


AGGREGATES = {"sum": math.fsum, "mean": lambda values: math.fsum(values) / len(values),
              "median": statistics.median, "min": min, "max": max, "p90": percentile(90),
              "p95": percentile(95), "last": lambda values: values[-1]}


# --- the table ------------------------------------------------------------------------------------

def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float) else str(value)


def table(folder):
    evaluation = Evaluation(Workspace(folder, ROOT / "schemas"), AS_OF)
    for kpi in sorted(evaluation.workspace.rows["kpi"], key=lambda each: each.id):
        for period, figure, *judged in evaluation.points(kpi):
            yield [folder.name, kpi.id, period, *map(cell, (
                figure.value, figure.numerator, figure.denominator, figure.count, *judged))]


def main():
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    names = sys.argv[1:] or sorted(path.parent.name for path in ROOT.glob("examples/*/isms.toml"))
    for name in names:
        writer.writerows(table(ROOT / "examples" / name))


if __name__ == "__main__":
    main()
