"""Targets, verdicts, trends and signals (product.md §4)."""

import operator
import re
from fractions import Fraction

from records import NOTHING
from schedule import MINUTES, MONTHS

COMPARE = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
           "=": operator.eq}
HIGHER, LOWER = "higher-is-better", "lower-is-better"


def quantity(text, unit):
    """`95%`, `4h`, `1 / quarter` or a bare number, in a unit."""
    number, own = re.fullmatch(r"\s*(-?[\d.]+)\s*(.*?)\s*", str(text)).groups()
    number = float(number)
    if own in MINUTES:
        return number * MINUTES[own] / MINUTES[unit]
    if own == "%" and unit == "ratio":
        return number / 100
    return number


class Target:
    """One target: a comparison, possibly over periods, a tendency, or `every month`."""

    def __init__(self, text, unit):
        text = str(text).strip().replace("≤", "<=").replace("≥", ">=")
        self.periods, self.tendency, self.every = 1, None, None
        self.all = {"percent": 100, "ratio": 1}.get(unit)  # 100 %
        if over := re.fullmatch(r"((?:not )?(?:in|de)creasing) over (\d+) periods", text):
            self.tendency, self.periods = over[1], int(over[2])
            return
        if each := re.fullmatch(r"every (\w+)", text):
            self.every = each[1]
            self.sign, self.limit = ">=", 100.0
            return
        if held := re.fullmatch(r"(.*) for (\d+) periods", text):
            text, self.periods = held[1], int(held[2])
        sign, rest = re.fullmatch(r"(>=|<=|>|<|=)?\s*(.*)", text).groups()
        self.limit = quantity(rest, unit)
        if sign is None:
            if re.fullmatch(r"100\s*%", rest):
                sign = ">="
            else:
                sign = "<=" if self.limit == 0 else "="
        self.sign = sign

    def holds(self, values):
        """Whether the last `periods` values, oldest first, meet the target."""
        if self.tendency is None:
            return all(COMPARE[self.sign](value, self.limit) for value in values)
        steps = list(zip(values, values[1:]))
        if self.tendency.removeprefix("not ") == "decreasing":
            worse, better, end = operator.gt, operator.lt, 0
        else:
            worse, better, end = operator.lt, operator.gt, self.all
        if self.tendency.startswith("not "):
            return not any(better(later, earlier) for earlier, later in steps)
        if all(value == end for value in values):
            return True
        return not any(worse(later, earlier) for earlier, later in steps) \
            and better(values[-1], values[0])

    def direction(self):
        if self.tendency:
            return {"decreasing": LOWER, "not increasing": LOWER}.get(self.tendency, HIGHER)
        return {">": HIGHER, "<": LOWER}.get(self.sign[0])


def target_on(kpi, day):
    """The target in force on a day, or None."""
    if "target" not in kpi:
        return None
    if not isinstance(kpi.target, list):
        return Target(kpi.target, kpi.unit)
    begun = [each for each in kpi.target if each["from"] <= day] if all(
        "from" in each for each in kpi.target) else [
        each for each in kpi.target if "from" not in each or each["from"] <= day]
    if not begun:
        return None
    latest = max(begun, key=lambda each: str(each.get("from", "")))
    return Target(latest.target, kpi.unit)


def direction(kpi, day):
    target = target_on(kpi, day)
    own = target.direction() if target else None
    return own or (kpi.direction if kpi.direction is not NOTHING else None)


def verdict(kpi, day, values, pending, waivable):
    """The verdict on the last of `values`, oldest first, of a period whose last day is `day`.

    `pending`: the period is open, or has no value and its deadline is not past.
    `waivable`: the deviations approved by somebody else than the owner.
    """
    target = target_on(kpi, day)
    if target is None:
        return None
    if pending:
        return "pending"
    looked_at = values[-target.periods:]
    if len(looked_at) < target.periods:
        return "pending"
    if None in looked_at:
        return "no-data"
    if target.holds(looked_at):
        return "met"
    if "near" in kpi and Target(kpi.near, kpi.unit).holds(values[-1:]):
        return "near"
    for deviation in waivable:
        if deviation.on <= day <= deviation.until:
            instead = Target(deviation.target, kpi.unit)
            if instead.holds(values[-instead.periods:]):
                return "waived"
    return "missed"


def trend(kpi, day, values):
    """The last value against the latest earlier one."""
    earlier = [value for value in values[:-1] if value is not None]
    way = direction(kpi, day)
    if values[-1] is None or not earlier or way is None:
        return None
    if f"{values[-1]:.2f}" == f"{earlier[-1]:.2f}":
        return "steady"
    return "improving" if (values[-1] > earlier[-1]) == (way == HIGHER) else "worsening"


def signal(values):
    """The chart of individual values and moving ranges, read at its last point; exact.

    A period without a value is no point of the chart.
    """
    exact = [Fraction(value) for value in values if value is not None]
    if len(exact) < 6 or values[-1] is None:
        return None
    mean = sum(exact) / len(exact)
    ranges = [abs(later - earlier) for earlier, later in zip(exact, exact[1:])]
    reach = Fraction(266, 100) * sum(ranges) / len(ranges)
    if abs(exact[-1] - mean) > reach:
        return "outside-limits"
    sides = [(value > mean) - (value < mean) for value in exact[-8:]]
    if len(sides) == 8 and abs(sum(sides)) == 8:
        return "run-of-8"
    return "none"


def years(unit):
    """The length of a calendar unit in years."""
    length = {"month": 1, "quarter": 3, "year": 12}
    if unit in length:
        return Fraction(length[unit], 12)
    return Fraction({"day": 1, "week": 7}[unit] * 100, 36525)


def length_in_years(cadence, period):
    """A period's full length: months are 1/12 year, days 1/365.25 year."""
    if isinstance(cadence, str) and cadence in MONTHS:
        return Fraction(MONTHS[cadence], 12)
    if isinstance(cadence, dict):
        count, unit = re.fullmatch(r"(\d+)\s*(mo|y|d|w)", cadence["every"]).groups()
        if unit in ("mo", "y"):
            return Fraction(int(count) * (12 if unit == "y" else 1), 12)
    days = (period.last - period.first).days + 1
    return Fraction(days * 100, 36525)
