"""The expressions of the examples, each written again by hand in Python.

The key is the CEL text of the record, so an expression that is changed there is unknown here
and stops the script. `r` is the record; `now` knows the period, the day evaluated and the other
records.
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

    def get(self, name):
        """The record with an id."""
        for kind in self.workspace.rows:
            for row in self.records.of(kind, self.day):
                if self.workspace.reference(kind, row) == name:
                    return row
        return NOTHING

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
    # audit-directive
    "r.inventoried != null":
        lambda r, now: bool(r.inventoried),
    'r.classified != null && r.risk_class == "high"':
        lambda r, now: bool(r.classified) and r.risk_class == "high",
    "r.documented != null":
        lambda r, now: bool(r.documented),
    "r.classified != null":
        lambda r, now: bool(r.classified),
    'r.activity == "ACTV-BIAS-TEST"':
        lambda r, now: r.activity == "ACTV-BIAS-TEST",
    '"ai" in r.tags':
        lambda r, now: "ai" in r.tags,
    "r.missing_patches == 0":
        lambda r, now: r.missing_patches == 0,
    'r.severity == "critical"':
        lambda r, now: r.severity == "critical",
    "r.answered != null && r.answered <= r.due":
        lambda r, now: bool(r.answered) and not now.before(r.due, r.answered),
    "r.accurate":
        lambda r, now: r.accurate,
    "r.dpa_signed != null":
        lambda r, now: bool(r.dpa_signed),
    "r.left == null":
        lambda r, now: not r.left,
    "r.privacy_trained != null && age(r.privacy_trained) <= 365":
        lambda r, now: bool(r.privacy_trained) and now.age(r.privacy_trained) <= 365,
    "r.fixed != null && r.fixed <= r.due":
        lambda r, now: bool(r.fixed) and not now.before(r.due, r.fixed),
    'r.severity == "high"':
        lambda r, now: r.severity == "high",
    "r.mfa_enrolled != null":
        lambda r, now: bool(r.mfa_enrolled),
    "r.occurred != null":
        lambda r, now: bool(r.occurred),
    "r.detected - r.occurred":
        lambda r, now: now.minus(r.detected, r.occurred),
    'r.severity in ["critical", "high"]':
        lambda r, now: r.severity == "critical" or r.severity == "high",
    'r.type == "external"':
        lambda r, now: r.type == "external",
    # monitoring-framework
    'r.kind == "unauthorised-access"':
        lambda r, now: r.kind == "unauthorised-access",
    "r.retired == null":
        lambda r, now: not r.retired,
    "r.classified != null && age(r.classified) <= 365":
        lambda r, now: bool(r.classified) and now.age(r.classified) <= 365,
    'r.subject in ["ACTV-ONBOARDING", "ACTV-OFFBOARDING"] && r.judged':
        lambda r, now: r.judged and r.subject in ("ACTV-ONBOARDING", "ACTV-OFFBOARDING"),
    "r.recurrence_of != null":
        lambda r, now: bool(r.recurrence_of),
    'r.kind == "audit" && r.subject == "internal" && r.judged':
        lambda r, now: r.judged and r.kind == "audit" and r.subject == "internal",
    'r.kind == "finding" && r.judged && get(r.subject).type in ["major", "minor"]':
        lambda r, now: r.judged and r.kind == "finding"
        and now.get(r.subject).type in ("major", "minor"),
    "r.in_scope && r.decommissioned == null":
        lambda r, now: r.in_scope and not r.decommissioned,
    'r.logging == "active"':
        lambda r, now: r.logging == "active",
    "r.security_review != null && r.security_review <= r.released":
        lambda r, now: bool(r.security_review) and not now.before(r.released, r.security_review),
    '"code-review" in r.tags':
        lambda r, now: "code-review" in r.tags,
    'r.tier == "critical" && r.offboarded == null':
        lambda r, now: r.tier == "critical" and not r.offboarded,
    "r.assessed != null && age(r.assessed) <= 365":
        lambda r, now: bool(r.assessed) and now.age(r.assessed) <= 365,
    "r.fixed != null && r.fixed <= r.sla":
        lambda r, now: bool(r.fixed) and not now.before(r.sla, r.fixed),
    # control-monitoring
    "r.approved != null && r.approved <= r.deployed":
        lambda r, now: bool(r.approved) and not now.before(r.deployed, r.approved),
    "r.removed != null && r.removed - r.left <= days(1)":
        lambda r, now: bool(r.removed) and now.minus(r.removed, r.left) <= dt.timedelta(days=1),
    "r.control != null":
        lambda r, now: bool(r.control),
    'r.outcome == "pass"':
        lambda r, now: r.outcome == "pass",
    'r.kind == "control" && r.period != null && r.judged':
        lambda r, now: r.judged and r.kind == "control" and bool(r.period),
    # monitoring-phase
    'r.activity in ["ACTV-CHECK-ACCESS", "ACTV-CHECK-BACKUP", "ACTV-CHECK-DOORS",'
    ' "ACTV-CHECK-MACHINES", "ACTV-CHECK-MALWARE"]':
        lambda r, now: r.activity in (
            "ACTV-CHECK-ACCESS", "ACTV-CHECK-BACKUP", "ACTV-CHECK-DOORS", "ACTV-CHECK-MACHINES",
            "ACTV-CHECK-MALWARE"),
    "r.score":
        lambda r, now: r.score,
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


USED = set()


def python_of(text):
    """The Python of an expression; stops where there is none."""
    if text not in WRITTEN_AGAIN:
        raise SystemExit(f"expressions.py does not know this expression:\n  {text}")
    USED.add(text)
    return WRITTEN_AGAIN[text]
