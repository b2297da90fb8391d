"""What a KPI measures in a period, and how the figures of records become one (product.md §4)."""

import datetime as dt
import math
import statistics
import sys
from fractions import Fraction

import judging
from duties import PLURAL, results_by_period
from expressions import Days, Now, python_of
from records import NOTHING, Row, follow
from schedule import MINUTES

CADENCE_OF = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly"}


class Figure:
    """A value with what it was made of."""

    def __init__(self, value=None, count=None, numerator=None, denominator=None):
        self.value, self.count = value, count
        self.numerator, self.denominator = numerator, denominator
        self.open_late = None
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


class Figures:
    """The figures of one workspace as of one day."""

    def __init__(self, workspace, records, calendar, duties, as_of):
        self.workspace, self.records = workspace, records
        self.calendar, self.duties, self.as_of = calendar, duties, as_of

    def figure(self, kpi, period, periods, results, grace):
        """The figure of a period; `results` and `periods` serve those that somebody recorded."""
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
            figure = self.aggregate(kpi, period, self.selected(measure, rows, now), now)
            figure.open_late = self.open_late(kpi, period, day)
            return figure
        except (ValueError, TypeError) as error:
            print(f"{kpi.id} {period.name}: {error}", file=sys.stderr)
            return Figure()

    def open_late(self, kpi, period, day):
        """How many clocks that started by the end of a period still ran and were beyond the target.

        Only an upper limit can be missed before the clock stops.
        """
        target = judging.target_on(kpi, period.last)
        if "until" not in kpi.measure or target is None or target.direction() != judging.LOWER \
                or target.tendency:
            return None
        now = Now(self.workspace, self.records, period, day)
        late = 0
        for row in self.selected(kpi.measure, self.rows(kpi.measure.over, day), now):
            start = follow(row, kpi.measure["from"])
            if start is not NOTHING and self.workspace.day(start) <= day \
                    and follow(row, kpi.measure.until) is NOTHING:
                late += not target.holds([in_unit(kpi, self.running(start, now))])
        return late

    def running(self, start, now):
        """The time since a date or instant at the end of the day evaluated."""
        if isinstance(start, dt.datetime):
            return now.minus(self.workspace.instant(now.day + dt.timedelta(days=1)), start)
        return now.minus(now.day, start)

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
        feeders = self.feeders(kpi)
        return [each for each in self.duties.results()
                if each.kpi == kpi.id or each.kpi is NOTHING and each.activity in feeders]

    def feeders(self, kpi):
        return [each.id for each in self.workspace.rows["activity"] if kpi.id in each.kpis]

    def recorded(self, kpi, period, periods, results, grace, how):
        belonging = results_by_period(self.calendar, kpi.cadence, grace, periods, results)
        found = [each for each in belonging[period.name] if "value" in each
                 or "numerator" in each and "denominator" in each]
        feeders = self.feeders(kpi)
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
