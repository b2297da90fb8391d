"""Writes kpis.csv: value and verdict of every KPI of the examples, computed from product.md alone.

    python3 kpis.py > kpis.csv

Knows nothing of ismsctl but the JSON Schemas of its records. See README.md.
"""

import csv
import datetime as dt
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository

import judging
from asof import Records
from duties import PLURAL, Duties, days
from expressions import USED, WRITTEN_AGAIN, Now
from figures import Figure, Figures, in_unit
from records import NOTHING, Workspace, follow
from schedule import Calendar, duration

ROOT = Path(__file__).resolve().parents[2]
AS_OF = dt.date(2026, 6, 30)
SHOWN = 12
COLUMNS = ["workspace", "kpi", "period", "value", "numerator", "denominator", "count",
           "open_late", "verdict", "trend", "signal", "provisional"]


def is_recorded(kpi):
    """Whether somebody brings its figures."""
    return isinstance(kpi.measure, str) or "recorded" in kpi.measure


class Evaluation:
    """The KPIs of one workspace as of one day."""

    def __init__(self, workspace, as_of):
        self.workspace, self.as_of = workspace, as_of
        self.records = Records(workspace)
        self.calendar = Calendar(workspace.isms)
        self.duties = Duties(workspace, self.records, as_of)
        self.figures = Figures(workspace, self.records, self.calendar, self.duties, as_of)

    def points(self, kpi):
        """(period, figure, verdict, trend, signal, provisional) of each period shown."""
        if kpi.cadence == "each":
            return self.each(kpi)
        results = self.figures.feeding(kpi)
        since = self.duties.since(kpi, results)
        if since is None or since > self.as_of:
            return []
        periods = self.calendar.sequence(kpi.cadence, since, self.as_of)
        if "until" in kpi:
            periods = [period for period in periods if period.last <= kpi.until]
        grace = self.grace(kpi)
        figures = [self.figures.figure(kpi, period, periods, results, grace) for period in periods]
        values = [figure.value for figure in figures]
        over = sum(period.last <= self.as_of for period in periods)
        found = []
        for place, (period, figure) in enumerate(zip(periods, figures)):
            is_open = period.last > self.as_of
            # Nobody delivers a computed figure: what its period does not hold by then is missing.
            late = period.last + days(grace) < self.as_of or not (is_open or grace or is_recorded(kpi))
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
        rows = self.figures.rows(measure.over, self.as_of)
        rows = [row for row in self.figures.selected(measure, rows, now)
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
        try:
            took = self.figures.running(start, now) if running else now.minus(end, start)
            return Figure(in_unit(kpi, took), 1), running
        except ValueError as error:
            print(f"{kpi.id} {row.id}: {error}", file=sys.stderr)
            return Figure(), running

    def grace(self, kpi):
        """How long a figure may come after its period; a computed one needs nobody to bring it."""
        if "grace" in kpi:
            return duration(kpi.grace)
        if is_recorded(kpi):
            return self.calendar.grace(kpi.cadence)
        return dt.timedelta()

    def waivable(self, kpi):
        """The deviations that somebody else than the owner approved."""
        return [each for each in kpi.deviations if each.on <= self.as_of
                and not self.workspace.holders(each.approved_by, each.on)
                & self.workspace.holders(kpi.owner, each.on)]


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
                figure.value, figure.numerator, figure.denominator, figure.count,
                figure.open_late, *judged))]


def main():
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    every = sorted(path.parent.name for path in ROOT.glob("examples/*/isms.toml"))
    for name in sys.argv[1:] or every:
        writer.writerows(table(ROOT / "examples" / name))
    if not sys.argv[1:] and (unused := set(WRITTEN_AGAIN) - USED):
        raise SystemExit("expressions.py holds what no record asks for:\n  " + "\n  ".join(unused))


if __name__ == "__main__":
    main()
