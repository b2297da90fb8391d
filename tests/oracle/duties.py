"""Obligations: who had to do what by when, and when it was done (product.md §3 and §5).

Only the kinds that KPIs of the examples select are worked out.
"""

import datetime as dt

from expressions import Now, python_of
from records import KINDS, NOTHING, Row, follow
from schedule import Calendar, add, duration


PLURAL = {folder: kind for kind, folder in KINDS.items()}


def days(span):
    return dt.timedelta(days=span.days)


def results_by_period(calendar, cadence, grace, periods, results):
    """Which results belong to which period: {name of the period: [results, by date]}.

    One that names no period goes, on its day, to the earliest period without a result of the same
    activity whose window holds the day. One of a shorter period, such as a week of a monthly
    figure, belongs where it ends.
    """
    found = {period.name: [] for period in periods}
    for result in sorted(results, key=lambda each: (each.done, "period" not in each)):
        if "period" in result:
            own = calendar.named(result.period)
            period = calendar.containing(cadence, own.last)
            if own.last - own.first > period.last - period.first:
                continue
        else:
            windows = [period for period in periods
                       if not any(each.activity == result.activity for each in found[period.name])
                       and period.first <= result.done <= period.last + days(grace)]
            period = windows[0] if windows else calendar.containing(cadence, result.done)
        found.setdefault(period.name, []).append(result)
    return found


class Duties:
    """The obligations of a workspace as of a day."""

    def __init__(self, workspace, records, as_of):
        self.workspace, self.records, self.as_of = workspace, records, as_of
        self.calendar = Calendar(workspace.isms)
        self.all = [*self.activities(), *self.controls(), *self.audits(), *self.findings()]

    def results(self, **wanted):
        """Results up to the day that no other result corrects.

        A correction stands for the first result: done on its day, and in its period.
        """
        results = {each.id: each for each in self.records.of("result", self.as_of)}
        corrected = {result.supersedes for result in results.values() if "supersedes" in result}
        found = []
        for result in results.values():
            if result.id in corrected or any(
                    result.get(name) != value for name, value in wanted.items()):
                continue
            first = result
            while first.supersedes in results:
                first = results[first.supersedes]
            found.append(Row({"period": first.period} if "period" in first else {},
                             **{**result, "done": first.date}))
        return found

    def since(self, row, results):
        """The first day of a duty: its own, the workspace's, or that of the earliest result."""
        if "since" in row:
            return row.since
        if "since" in self.workspace.isms:
            return self.workspace.isms["since"]
        return min((result.done for result in results), default=None)

    def activities(self):
        for activity in self.workspace.rows["activity"]:
            results = self.results(activity=activity.id)
            if "trigger" in activity and "cadence" in activity:
                raise SystemExit(f"{activity.id}: which comes first is not worked out here")
            if "trigger" in activity:
                yield from self.triggered(activity, results)
            elif isinstance(activity.cadence, str) or "every" in activity.cadence:
                yield from self.periodic(activity, "activity", results)

    def triggered(self, activity, results):
        """One obligation for each record that calls for it."""
        trigger = activity.trigger
        since = self.since(activity, results)
        now = Now(self.workspace, self.records, None, self.as_of)
        where = python_of(trigger.where) if "where" in trigger else lambda row, now: True
        kind = PLURAL.get(trigger.over, trigger.over)
        for row in self.records.of(kind, self.as_of):
            start = follow(row, trigger["from"])
            if start is NOTHING or not where(row, now):
                continue
            due = self.workspace.day(start) + days(duration(trigger.within))
            if since is not None and due < since:
                continue
            name = self.workspace.reference(kind, row)
            done = [result.done for result in results if name in result["for"]]
            if "done" in trigger and row.get(trigger.done):
                done.append(self.workspace.day(row[trigger.done]))
            grace = duration(activity.grace) if "grace" in activity else dt.timedelta()
            yield self.obligation(activity, "activity", due, due + days(grace),
                                  min(done, default=NOTHING))

    def controls(self):
        """Controls with a `monitor` of their own; those watched without periods are left out."""
        for control in self.workspace.rows["control"]:
            monitor = control.monitor
            if monitor and (isinstance(monitor.cadence, str) or "every" in monitor.cadence):
                row = Row(monitor, id=control.id, owner=control.owner)
                if "until" in control:
                    row["until"] = control.until
                yield from self.periodic(row, "control", self.results(control=control.id))

    def audits(self):
        """The audits of the programme that have a cadence: done when performed."""
        performed = [Row(audit, done=audit.performed) for audit
                     in self.records.of("audit", self.as_of) if "performed" in audit]
        for name, entry in self.workspace.config.get("audits", {}).items():
            if "cadence" in entry:
                own = [audit for audit in performed if audit.type == name]
                yield from self.periodic(Row(entry, id=name), "audit", own)

    def findings(self):
        """`close_within`: met when the actions are completed, without actions when it is closed."""
        within = self.workspace.config.get("finding", {}).get("close_within", {})
        actions = {action.id: action for action in self.records.of("action", self.as_of)}
        for finding in self.records.of("finding", self.as_of):
            if finding.type not in within:
                continue
            due = add(finding.raised, within[finding.type])
            own = [actions.get(name, NOTHING) for name in finding.actions]
            own = [action for action in own if not action or "cancelled" not in action]
            if own and all("completed" in action for action in own):
                done = max(action.completed for action in own)
            else:
                done = finding.closed
            since = self.workspace.isms.get("since")
            if since is None or due >= since:
                yield self.obligation(finding, "finding", due, due, done)

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
            done = [result.done for result in belonging[period.name]]
            yield self.obligation(row, kind, period.last, period.last + days(grace),
                                  min(done, default=NOTHING), period.name)

    def obligation(self, row, kind, due, deadline, done, period=NOTHING):
        on_time = done is not NOTHING and done <= deadline
        return Row(subject=row.id, kind=kind, owner=row.get("owner", NOTHING), due=due,
                   deadline=deadline, done=done, period=period, on_time=on_time,
                   judged=done is not NOTHING or deadline < self.as_of)
