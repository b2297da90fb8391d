"""The expressions of the examples, each written again by hand in Python.

The key is the CEL text of the record, so an expression that is changed there is unknown here and
stops the script. `r` is the record; `now` knows the period, the day evaluated and the other records.
A date of which there is none is false, and subtracting or comparing it fails.
"""

import datetime as dt

from records import NOTHING


class Days(dt.timedelta):
    """A difference with a plain date in it: good for days, not for hours."""


class Now:
    """What an expression may ask besides the record."""

    def __init__(self, workspace, records, period, day):
        self.workspace, self.records = workspace, records
        self.period, self.day = period, day

    def age(self, date):
        """Whole days from a date to the day evaluated."""
        return (self.day - self.workspace.day(date)).days

    def minus(self, later, earlier):
        """The time between two dates or instants."""
        if NOTHING in (later, earlier):
            raise ValueError("a date is absent")
        plain = [not isinstance(each, dt.datetime) for each in (later, earlier)]
        if all(plain):
            return Days(days=(later - earlier).days)
        difference = self.workspace.instant(later) - self.workspace.instant(earlier)
        return Days(seconds=difference.total_seconds()) if any(plain) else difference

    def before(self, one, other):
        """Whether a date or instant lies before another."""
        return self.workspace.instant(one) < self.workspace.instant(other)


def business_days(start, end):
    """Monday to Friday, a < d <= b."""
    days = (end - start).days
    return sum((start + dt.timedelta(each)).weekday() < 5 for each in range(1, days + 1))


WRITTEN_AGAIN = {
    # management-review
    'r.subject in ["ACTV-ACCESS-PROD", "ACTV-ACCESS-CODE", "ACTV-ACCESS-BUSINESS"] && r.judged':
        lambda r, now: r.judged and r.subject in (
            "ACTV-ACCESS-PROD", "ACTV-ACCESS-CODE", "ACTV-ACCESS-BUSINESS"),
    "r.on_time":
        lambda r, now: r.on_time,
    'r.type in ["major", "minor"] && "internal-audit" in r.tags && age(r.raised) > 90':
        lambda r, now: (r.type == "major" or r.type == "minor") and "internal-audit" in r.tags
        and now.age(r.raised) > 90,
    "r.personal_data && has(r.notification.required) && r.notification.required"
    " && size(r.notification.sent) > 0":
        lambda r, now: r.personal_data and r.notification.required
        and len(r.notification.sent) > 0,
    "r.notification.sent[0].at - r.notification.aware":
        lambda r, now: now.minus(r.notification.sent[0]["at"], r.notification.aware),
    'r.band == "critical"':
        lambda r, now: r.band == "critical",
    '"customer-reported" in r.tags':
        lambda r, now: "customer-reported" in r.tags,
    'r.severity == "sev1"':
        lambda r, now: r.severity == "sev1",
    'r.severity in ["high", "critical"]':
        lambda r, now: r.severity == "high" or r.severity == "critical",
    # starter
    'r.subject == "ACTV-ACCESS-REVIEW"':
        lambda r, now: r.subject == "ACTV-ACCESS-REVIEW",
    'r.severity in ["sev1", "sev2"]':
        lambda r, now: r.severity == "sev1" or r.severity == "sev2",
    "r.resolved - r.detected":
        lambda r, now: now.minus(r.resolved, r.detected),
    "r.due < period.end":
        lambda r, now: now.before(r.due, now.period.end),
}


def python_of(text):
    if text not in WRITTEN_AGAIN:
        raise SystemExit(f"expressions.py does not know this expression:\n  {text}")
    return WRITTEN_AGAIN[text]
