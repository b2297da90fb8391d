"""Obligations: who had to do what by when, and when it was done (product.md §3 and §5).

Only the kinds that KPIs of the examples select are worked out.
"""

import datetime as dt

from records import NOTHING, Row
from schedule import Calendar, duration


def days(span):
    return dt.timedelta(days=span.days)


def results_by_period(calendar, cadence, grace, periods, results):
    """Which results belong to which period: {name of the period: [results, by date]}."""
    found = {period.name: [] for period in periods}
    for result in results:
        if "period" in result:
            found.setdefault(result.period, []).append(result)
    for result in sorted((each for each in results if "period" not in each),
                         key=lambda each: each.date):
        windows = [period for period in periods if not found[period.name]
                   and period.first <= result.date <= period.last + days(grace)]
        period = windows[0] if windows else calendar.containing(cadence, result.date)
        found.setdefault(period.name, []).append(result)
    return {name: sorted(each, key=lambda one: one.date) for name, each in found.items()}


class Duties:
    """The obligations of a workspace as of a day."""

    def __init__(self, workspace, records, as_of):
        self.workspace, self.records, self.as_of = workspace, records, as_of
        self.calendar = Calendar(workspace.isms)
        self.all = list(self.activities())

    def results(self, **wanted):
        """Results up to the day that no other result corrects."""
        results = self.records.of("result", self.as_of)
        corrected = {result.supersedes for result in results if "supersedes" in result}
        return [each for each in results if each.id not in corrected
                and all(each.get(name) == value for name, value in wanted.items())]

    def since(self, row, results):
        """The first day of a duty: its own, the workspace's, or that of the earliest result."""
        if "since" in row:
            return row.since
        if "since" in self.workspace.isms:
            return self.workspace.isms["since"]
        return min((result.date for result in results), default=None)

    def activities(self):
        for activity in self.workspace.rows["activity"]:
            results = self.results(activity=activity.id)
            if "cadence" in activity and "trigger" not in activity:
                yield from self.periodic(activity, "activity", results)

    def periodic(self, row, kind, results):
        """One obligation for each period from `since` to the one after the as-of day's."""
        since = self.since(row, results)
        if since is None:
            return
        cadence = row.cadence
        grace = duration(row.grace) if "grace" in row else self.calendar.grace(cadence)
        periods = self.calendar.sequence(cadence, since, self.as_of)
        periods.append(self.calendar.containing(cadence, periods[-1].end))
        belonging = results_by_period(self.calendar, cadence, grace, periods, results)
        for period in periods:
            if "until" in row and period.last > row.until:
                break
            done = [result.date for result in belonging[period.name]]
            yield self.obligation(row, kind, period.last, period.last + days(grace),
                                  min(done, default=NOTHING), period.name)

    def obligation(self, row, kind, due, deadline, done, period=NOTHING):
        on_time = done is not NOTHING and done <= deadline
        return Row(subject=row.id, kind=kind, owner=row.get("owner", NOTHING), due=due,
                   deadline=deadline, done=done, period=period, on_time=on_time,
                   judged=done is not NOTHING or deadline < self.as_of)
