"""Spans, periods and cadences (product.md, "Quantities, periods, schedules")."""

import calendar
import datetime as dt
import re
from typing import NamedTuple

DAY = dt.timedelta(days=1)
MONTHS = {"monthly": 1, "quarterly": 3, "semi-annual": 6, "annual": 12}
GRACE = {"daily": "1d", "weekly": "3d", "monthly": "10d", "quarterly": "15d",
         "semi-annual": "20d", "annual": "30d"}
MINUTES = {"min": 1, "h": 60, "d": 1440, "w": 10080}


class Period(NamedTuple):
    """A period by its spelling, with its first and last day."""

    name: str
    first: dt.date
    last: dt.date

    @property
    def end(self):
        """The first day after."""
        return self.last + DAY


def duration(text):
    """`72h`, `-14d`, `30 days`, as a length of time."""
    count, unit = re.fullmatch(r"\s*(-?[\d.]+)\s*([a-z]+)\s*", text).groups()
    unit = unit if unit in MINUTES else unit[0]  # days, hours, weeks
    return dt.timedelta(minutes=float(count) * MINUTES[unit])


def months_after(day, count):
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add(day, span, times=1):
    """A day plus `times` a calendar span such as 6w or 1mo, counted in one step."""
    count, unit = re.fullmatch(r"(-?\d+)\s*([a-z]+)", span).groups()
    count = int(count) * times
    if unit in ("mo", "y"):
        return months_after(day, count * (12 if unit == "y" else 1))
    return day + count * {"d": 1, "w": 7}[unit] * DAY


class Calendar:
    """Periods of a workspace, fiscal where isms.toml says so."""

    def __init__(self, isms):
        self.start = int(isms.get("fiscal_year_start", "01-01")[:2])
        self.by_end = isms.get("fiscal_year_named_by", "start") == "end"
        self.grace_table = {**GRACE, **isms.get("grace", {})}

    def containing(self, cadence, day):
        """The period of a cadence that contains a day."""
        if isinstance(cadence, dict):
            return every(cadence["every"], moment_day(cadence["anchor"]), day)
        if cadence == "daily":
            return Period(day.isoformat(), day, day)
        if cadence == "weekly":
            year, week, weekday = day.isocalendar()
            monday = day - (weekday - 1) * DAY
            return Period(f"{year:04}-W{week:02}", monday, monday + 6 * DAY)
        if cadence == "monthly":
            first = day.replace(day=1)
            return Period(day.strftime("%Y-%m"), first, months_after(first, 1) - DAY)
        length = MONTHS[cadence]
        into_year = (day.month - self.start) % 12
        year_start = months_after(day.replace(day=1), -into_year)
        part = into_year // length
        first = months_after(year_start, part * length)
        year = year_start.year + (1 if self.by_end and self.start != 1 else 0)
        name = f"{'FY' if self.start != 1 else ''}{year:04}"
        name += {3: f"-Q{part + 1}", 6: f"-H{part + 1}", 12: ""}[length]
        return Period(name, first, months_after(first, length) - DAY)

    def sequence(self, cadence, since, until):
        """Every period from the one that contains `since` to the one that contains `until`."""
        found = [self.containing(cadence, since)]
        while found[-1].last < until:
            found.append(self.containing(cadence, found[-1].end))
        return found

    def named(self, name):
        """A period by its spelling."""
        if "/" in name:
            first, end = (dt.date.fromisoformat(each) for each in name.split("/"))
            return Period(name, first, end - DAY)
        if "W" in name:
            year, week = name.split("-W")
            return self.containing("weekly", dt.date.fromisocalendar(int(year), int(week), 1))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", name):
            return self.containing("daily", dt.date.fromisoformat(name))
        if re.fullmatch(r"\d{4}-\d\d", name):
            return self.containing("monthly", dt.date.fromisoformat(name + "-01"))
        year, part = re.fullmatch(r"(?:FY)?(\d{4})(?:-([HQ]\d))?", name).groups()
        shift = 1 if self.by_end and self.start != 1 else 0
        first = dt.date(int(year) - shift, self.start, 1)
        if part is None:
            return self.containing("annual", first)
        length = 3 if part[0] == "Q" else 6
        cadence = "quarterly" if length == 3 else "semi-annual"
        return self.containing(cadence, months_after(first, (int(part[1]) - 1) * length))

    def grace(self, cadence):
        """The grace of a cadence; none for `every` and what is no period."""
        return duration(self.grace_table[cadence]) if isinstance(cadence, str) else dt.timedelta()


def every(span, anchor, day):
    """The interval counted from the anchor that contains a day."""
    count = 0
    while add(anchor, span, count) > day:
        count -= 1
    while add(anchor, span, count + 1) <= day:
        count += 1
    first, end = add(anchor, span, count), add(anchor, span, count + 1)
    return Period(f"{first}/{end}", first, end - DAY)


def moment_day(value):
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
