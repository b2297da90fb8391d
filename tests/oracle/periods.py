"""Writes periods.csv: cases about dates, periods and cadences with the answers of python-dateutil
and the Python standard library. Imports nothing of ismsctl and reads nothing it made.

    python3 periods.py > periods.csv

Columns: operation, a, b, c, expected. See README.md for the operations.
"""

import calendar
import csv
import datetime as dt
import sys
from zoneinfo import ZoneInfo

from dateutil.relativedelta import MO, relativedelta
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule

ONE_DAY = dt.timedelta(days=1)
ROWS = []


def row(operation, a="", b="", c="", expected=""):
    ROWS.append([operation, str(a), str(b), str(c), str(expected)])


def date(text):
    return dt.date.fromisoformat(text)


def step(span, count):
    """`count` times a span such as 6w, as a relativedelta from an anchor."""
    for suffix, field in (("mo", "months"), ("d", "days"), ("w", "weeks"), ("y", "years")):
        if span.endswith(suffix):
            return relativedelta(**{field: int(span[: -len(suffix)]) * count})
    raise ValueError(span)


# --- adding spans -------------------------------------------------------------------------------

STARTS = [
    "2024-01-31", "2024-02-29", "2025-01-29", "2025-01-30", "2025-01-31", "2025-02-28",
    "2025-12-31", "2026-03-30", "2026-08-31", "2000-02-29", "1900-02-28", "2100-02-28",
]
ADDED = [("1mo", 1), ("1mo", 2), ("1mo", -1), ("3mo", 1), ("6mo", -3), ("1y", 1), ("1y", -4),
         ("5y", 1), ("2w", 5), ("45d", -2), ("400mo", 1)]
for start in STARTS:
    for span, count in ADDED:
        row("add", start, span, count, date(start) + step(span, count))


# --- first and last day of periods ----------------------------------------------------------------

def bounds(kind, year, number):
    first = dt.date(year, 1, 1)
    if kind == "year":
        start, after = first, first + relativedelta(years=1)
    elif kind == "half":
        start = first + relativedelta(months=6 * (number - 1))
        after = start + relativedelta(months=6)
    elif kind == "quarter":
        start = first + relativedelta(months=3 * (number - 1))
        after = start + relativedelta(months=3)
    elif kind == "month":
        start = first + relativedelta(month=number)
        after = start + relativedelta(months=1)
        assert (after - ONE_DAY).day == calendar.monthrange(year, number)[1]
    else:
        # ISO 8601: week 1 is the week of 4 January.
        start = dt.date(year, 1, 4) + relativedelta(weekday=MO(-1)) + dt.timedelta(weeks=number - 1)
        after = start + dt.timedelta(weeks=1)
        assert start == dt.date.fromisocalendar(year, number, 1)
    return start, after - ONE_DAY


def period_row(kind, year, number, spelling):
    first, last = bounds(kind, year, number)
    row("bounds", spelling, expected=f"{first} {last}")


def weeks_in(year):
    return dt.date(year, 12, 28).isocalendar()[1]


for year in (1, 1600, 1900, 1999, 2000, 2024, 2026, 2100, 9998):
    period_row("year", year, 1, f"{year:04}")
for year in (1900, 2024, 2026):
    for half in (1, 2):
        period_row("half", year, half, f"{year:04}-H{half}")
    for quarter in (1, 2, 3, 4):
        period_row("quarter", year, quarter, f"{year:04}-Q{quarter}")
for year in (1900, 2000, 2023, 2024):
    for month in range(1, 13):
        period_row("month", year, month, f"{year:04}-{month:02}")
for year in (1998, 2004, 2008, 2009, 2010, 2015, 2018, 2020, 2021, 2024, 2025, 2026, 2027, 2032):
    for week in (1, 2, 9, 52):
        period_row("week", year, week, f"{year:04}-W{week:02}")
    if weeks_in(year) == 53:
        period_row("week", year, 53, f"{year:04}-W53")
    else:
        row("invalid", f"{year:04}-W53")
for year in (1900, 2023, 2024, 2100, 2000):
    for month, day in ((2, 29), (2, 30), (4, 31), (6, 31), (11, 31), (12, 31)):
        spelling = f"{year:04}-{month:02}-{day:02}"
        try:
            parsed = date(spelling)
            row("bounds", spelling, expected=f"{parsed} {parsed}")
        except ValueError:
            row("invalid", spelling)


# --- the period that contains a day ---------------------------------------------------------------

def spelled(cadence, day):
    if cadence == "daily":
        return day.isoformat()
    if cadence == "weekly":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if cadence == "monthly":
        return day.strftime("%Y-%m")
    if cadence == "quarterly":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if cadence == "semi-annual":
        return f"{day.year:04}-H{1 if day.month < 7 else 2}"
    return f"{day.year:04}"


CADENCES = ["daily", "weekly", "monthly", "quarterly", "semi-annual", "annual"]
for text in ["2024-02-29", "2024-12-29", "2024-12-30", "2024-12-31", "2025-01-01", "2026-01-01",
             "2027-01-03", "2027-01-04", "2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01",
             "2010-01-03", "2008-12-29", "2020-12-31", "2021-01-03"]:
    for cadence in CADENCES:
        row("containing", cadence, text, expected=spelled(cadence, date(text)))


# --- every N from an anchor -----------------------------------------------------------------------

def interval(span, anchor, day):
    """Walks from the anchor, one boundary at a time, each computed from the anchor itself."""
    count = 0
    while anchor + step(span, count) > day:
        count -= 1
    while anchor + step(span, count + 1) <= day:
        count += 1
    return f"{anchor + step(span, count)}/{anchor + step(span, count + 1)}"


EVERY = [("1mo", "2025-01-31"), ("1mo", "2024-01-30"), ("1mo", "2024-01-29"), ("2mo", "2025-12-31"),
         ("3mo", "2025-11-30"), ("5mo", "2024-08-31"), ("1y", "2024-02-29"), ("18mo", "2024-02-29"),
         ("6w", "2026-01-05"), ("10d", "2026-01-01"), ("2w", "2024-12-30"), ("100d", "2025-06-15")]
DAYS = ["2019-02-28", "2023-12-31", "2024-02-28", "2024-02-29", "2024-03-01", "2025-02-27",
        "2025-02-28", "2025-11-30", "2026-01-04", "2026-01-05", "2026-03-30", "2026-03-31",
        "2031-05-31"]
for span, anchor in EVERY:
    for text in DAYS:
        row("every", span, anchor, text, interval(span, date(anchor), date(text)))


# --- sequences ------------------------------------------------------------------------------------

RULES = {
    "daily": (DAILY, {}),
    "weekly": (WEEKLY, {"byweekday": MO}),
    "monthly": (MONTHLY, {"bymonthday": 1}),
    "quarterly": (YEARLY, {"bymonth": (1, 4, 7, 10), "bymonthday": 1}),
    "semi-annual": (YEARLY, {"bymonth": (1, 7), "bymonthday": 1}),
    "annual": (YEARLY, {"bymonth": 1, "bymonthday": 1}),
}


def sequence(cadence, since, until):
    """The first days up to `until` by recurrence rule, from the last one not after `since`."""
    freq, options = RULES[cadence]
    origin = dt.datetime(since.year - 2, 1, 1)
    starts = [each.date() for each in rrule(freq, dtstart=origin, until=dt.datetime(
        until.year, until.month, until.day), **options)]
    begin = max(start for start in starts if start <= since)
    return " ".join(spelled(cadence, start) for start in starts if start >= begin)


for cadence, since, until in [
    ("daily", "2024-02-27", "2024-03-02"), ("daily", "2025-12-30", "2026-01-02"),
    ("weekly", "2020-12-20", "2021-01-11"), ("weekly", "2024-12-29", "2025-01-06"),
    ("weekly", "2026-12-27", "2027-01-18"), ("monthly", "2023-11-30", "2024-03-01"),
    ("monthly", "2025-12-31", "2026-01-01"), ("quarterly", "2023-12-31", "2025-01-01"),
    ("quarterly", "2026-03-31", "2026-03-31"), ("semi-annual", "2023-07-01", "2025-06-30"),
    ("annual", "2019-12-31", "2024-01-01"), ("annual", "2024-06-30", "2026-06-30"),
]:
    row("sequence", cadence, since, until, sequence(cadence, date(since), date(until)))


# --- midnights and elapsed time in zones ------------------------------------------------------------

def midnight(zone, day):
    """The first minute in UTC whose clock in the zone shows midnight of `day` or later."""
    zone = ZoneInfo(zone)
    minute = dt.datetime(day.year, day.month, day.day, tzinfo=dt.timezone.utc)
    minute -= dt.timedelta(hours=30)
    local = dt.datetime(day.year, day.month, day.day)
    while minute.astimezone(zone).replace(tzinfo=None) < local:
        minute += dt.timedelta(minutes=1)
    return minute


ZONED = [("Europe/Zurich", "2025-03-30"), ("Europe/Zurich", "2025-10-26"),
         ("Europe/Zurich", "2026-01-01"), ("America/New_York", "2024-11-03"),
         ("America/Sao_Paulo", "2018-11-04"), ("America/Sao_Paulo", "2017-10-15"),
         ("Asia/Beirut", "2022-03-27"), ("America/Havana", "2023-11-05"),
         ("America/Havana", "2023-03-12"), ("Pacific/Apia", "2011-12-30"),
         ("Pacific/Apia", "2011-12-31"), ("Pacific/Kiritimati", "2026-06-30"),
         ("Asia/Kathmandu", "2026-06-30"), ("Australia/Lord_Howe", "2024-04-07"),
         ("Africa/Cairo", "2024-04-26"), ("UTC", "2024-02-29")]
for zone, text in ZONED:
    start = midnight(zone, date(text))
    row("midnight", zone, text, expected=start.strftime("%Y-%m-%dT%H:%M:%SZ"))
    # Noon UTC of the next day, as an instant, minus the day.
    noon = dt.datetime.fromisoformat(text + "T12:00:00+00:00") + ONE_DAY
    elapsed = int((noon - start).total_seconds() * 1000)
    row("elapsed", zone, noon.strftime("%Y-%m-%dT%H:%M:%SZ"), text, elapsed)
    week = date(text) + dt.timedelta(days=7)
    row("elapsed", zone, week, text, 7 * 24 * 3600 * 1000)

writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["operation", "a", "b", "c", "expected"])
writer.writerows(ROWS)
