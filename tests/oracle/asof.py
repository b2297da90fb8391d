"""The records as they were at the end of a day (product.md, "As of a day")."""

import copy

from records import NOTHING, Row, follow

BIRTH = {"risk": "identified", "incident": "detected", "action": "opened", "finding": "raised",
         "result": "date", "context": "date"}

# Facts. `x` is a field; `x:date` a mapping that is absent when its date lies later;
# `x[]:date` a list whose later entries are absent.
LESSONS = [f"lessons.{step}:date" for step in
           ("document", "analyse", "identify", "implement", "verify")]
FACTS = {
    "policy": ["review_log[]:date"],
    "control": ["review_log[]:date"],
    "kpi": ["deviations[]:on"],
    "result": ["handled:on", "distributed:on"],
    "incident": ["occurred", "responded", "contained", "resolved", "notification.aware",
                 "notification.sent[]:at", *LESSONS],
    "audit": ["performed", "reported:on", *LESSONS],
    "finding": ["closed", "similar:on", "root_cause:date", "disposition:on"],
    "action": ["completed", "progress[]:date", "extensions[]:on", "verification:on",
               "cancelled:on"],
    "risk": ["closed", "assessments[]:date", "review_log[]:date", "acceptance.by[]:on"],
    "review": ["held", "distributed:on", "signed_off:on"],
}

# From which day to which a record is open, for `state: true`.
OPENED = {**BIRTH, "policy": "effective", "kpi": "since", "activity": "since",
          "audit": "planned", "review": "planned"}
CLOSED = {"policy": ["until"], "control": ["until"], "objective": ["until"], "context": ["until"],
          "kpi": ["until"], "activity": ["until"], "incident": ["resolved"],
          "audit": ["performed"], "finding": ["closed"], "action": ["completed", "cancelled.on"],
          "risk": ["closed"], "review": ["held"]}


class Records:
    """What a workspace holds, looked at from the end of any day."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.kept = {}

    def of(self, kind, day):
        """The records of a kind or register at the end of the day, without later facts."""
        if (kind, day) not in self.kept:
            self.kept[kind, day] = self.view(kind, day)
        return self.kept[kind, day]

    def view(self, kind, day):
        register = self.workspace.registers.get(kind)
        if register is None:
            birth, facts = BIRTH.get(kind), FACTS.get(kind, [])
        else:
            birth = register.get("opened")
            facts = [*register.get("facts", []),
                     *([register["closed"]] if "closed" in register else [])]
        found = []
        for row in self.workspace.rows[kind]:
            if birth and birth in row and self.later(row[birth], day):
                continue
            row = copy.deepcopy(row)
            for fact in facts:
                self.hide(row, fact, day)
            if kind == "action":
                rewind(row, self.workspace.rows["action"])
            if kind == "risk":
                self.score(row)
            found.append(row)
        return found

    def later(self, value, day):
        return value is not NOTHING and self.workspace.day(value) > day

    def hide(self, row, fact, day):
        path, _, date = fact.partition(":")
        *above, name = path.removesuffix("[]").split(".")
        for each in above:
            row = row.get(each, Row())
        if name not in row:
            return
        if path.endswith("[]"):
            row[name] = [entry for entry in row[name]
                         if not self.later(entry.get(date, NOTHING), day)]
        elif self.later(row[name].get(date, NOTHING) if date else row[name], day):
            del row[name]

    def score(self, risk):
        """Adds `score` and `band`, computed from the latest assessment."""
        latest = max(risk.assessments, key=lambda entry: entry.date, default=risk)
        if "likelihood" not in latest or "impact" not in latest:
            return
        method = self.workspace.config.get("risk", {})
        likelihood, impact = int(latest.likelihood), int(latest.impact)
        if "matrix" in method:
            risk["score"] = float(method["matrix"][likelihood - 1][impact - 1])
        elif method.get("score", "product") == "sum":
            risk["score"] = float(likelihood + impact)
        else:
            risk["score"] = float(likelihood * impact)
        bands = [(band["name"], band["max"]) for band in method.get("bands", [])] or [
            ("low", 5), ("medium", 12), ("high", 20), ("critical", 25)]
        risk["band"] = next(name for name, most in bands if risk.score <= most)

    def open_at(self, kind, row, day):
        """Whether a record was opened by the end of the day and not closed by then."""
        register = self.workspace.registers.get(kind, {})
        opened = register.get("opened") if register else OPENED.get(kind)
        closed = [register["closed"]] if "closed" in register else CLOSED.get(kind, [])
        start = follow(row, opened) if opened else NOTHING
        if register and start is NOTHING:
            return False
        ends = [follow(row, path) for path in closed]
        return not self.later(start, day) and all(
            end is NOTHING or self.later(end, day) for end in ends)


def rewind(action, originals):
    """`due` as it stood before the extensions that came later."""
    whole = next(row for row in originals if row.id == action.id)
    gone = [entry for entry in whole.extensions if entry not in action.extensions]
    if gone:
        action["due"] = min(gone, key=lambda entry: entry.on)["from"]
