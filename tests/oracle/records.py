"""Reads a workspace: isms.toml, YAML 1.2 records, registers in YAML or CSV, typed by JSON Schema.

Dates become `datetime.date`, instants aware `datetime`s, numbers floats. What is absent is NOTHING:
false, empty, and whatever is selected from it is NOTHING again.
"""

import csv
import datetime as dt
import json
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, SequenceNode

KINDS = {  # kind: folder
    "policy": "policies", "control": "controls", "objective": "objectives", "context": "context",
    "kpi": "kpis", "activity": "activities", "result": "results", "incident": "incidents",
    "audit": "audits", "finding": "findings", "risk": "risks", "action": "actions",
    "review": "reviews",
}
TAG = "tag:yaml.org,2002:"


class Nothing:
    """An absent value: null, false, an empty list."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __bool__(self):
        return False

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __contains__(self, _):
        return False

    def __repr__(self):
        return "NOTHING"

    def __deepcopy__(self, _):
        return self


NOTHING = Nothing()


class Row(dict):
    """A mapping whose values are read as attributes (`row["items"]` where a dict has its own)."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.get(name, NOTHING)


def follow(row, path):
    """The value at a path such as `notification.aware`."""
    for name in path.split("."):
        row = getattr(row, name)
    return row


# --- values by schema ---------------------------------------------------------------------------

def options(schema, root):
    """The schemas without references and alternatives that a schema stands for."""
    if not isinstance(schema, dict):
        return []
    found = [schema]
    if "$ref" in schema:
        found += options(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    for word in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(word, []):
            found += options(each, root)
    return found


def scalar(text, tag, schemas):
    """A scalar as the schema wants it; without one as YAML 1.2 core reads it."""
    if tag == "null":
        return None
    types = set()
    for schema in schemas:
        wanted = schema.get("type", [])
        types |= {wanted} if isinstance(wanted, str) else set(wanted)
    formats = {schema["format"] for schema in schemas if "format" in schema}
    if formats & {"date", "date-time", "isms-moment"}:
        return moment(text)
    if types & {"number", "integer"} and "string" not in types:
        return number(text)
    if "boolean" in types and tag == "bool":
        return text.lower() == "true"
    if types:
        return text
    return {"bool": lambda: text.lower() == "true", "int": lambda: number(text),
            "float": lambda: number(text)}.get(tag, lambda: text)()


def number(text):
    if text[:2] in ("0o", "0x"):
        return float(int(text, 0))
    return float(text)


def moment(text):
    """A date, or an instant with its offset."""
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    instant = dt.datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"an instant without offset: {text}")
    return instant


def build(node, schemas, root):
    """A composed YAML node as Python values."""
    if isinstance(node, MappingNode):
        row = Row()
        for key, value in node.value:
            if key.value in row:
                raise ValueError(f"{key.value} twice {key.start_mark}")
            below = []
            for schema in schemas:
                named = schema.get("properties", {}).get(key.value)
                other = schema.get("additionalProperties")
                below += options(named if named is not None else other, root)
            built = build(value, below, root)
            if built is not None:
                row[key.value] = built
        return row
    if isinstance(node, SequenceNode):
        below = [deep for schema in schemas for deep in options(schema.get("items"), root)]
        return [build(each, below, root) for each in node.value]
    # a timestamp or a merge key is plain text in the core schema
    plain = str(node.tag).removeprefix(TAG)
    return scalar(node.value, plain, schemas)


def read_yaml(path, root):
    """The records of a file: one, a list, or several documents."""
    schema = root.get("$defs", {}).get("record", root)
    found = []
    for node in YAML(typ="safe", pure=True).compose_all(path.read_text("utf-8")):
        if node is None:
            continue
        for each in node.value if isinstance(node, SequenceNode) else [node]:
            if isinstance(each, MappingNode):
                found.append(build(each, options(schema, root), root))
    return found


def read_csv(path, root, register):
    """The rows of a register; an empty cell is absent."""
    separator = register.get("separator", ",")
    decimal = register.get("decimal", ".")
    found = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for cells in csv.DictReader(lines, delimiter=separator, strict=True):
            row = Row()
            for name, text in cells.items():
                if text == "":
                    continue
                schemas = options(root.get("properties", {}).get(name), root)
                types = {schema.get("type") for schema in schemas}
                if types & {"number", "integer"}:
                    text = text.replace(decimal, ".")
                row[name] = scalar(text, "bool" if "boolean" in types else "str", schemas)
            found.append(row)
    return found


class Workspace:
    """A folder with isms.toml: `config`, `zone`, and `rows[kind or register]`."""

    def __init__(self, folder, schemas):
        self.folder = folder
        self.config = tomllib.loads((folder / "isms.toml").read_text("utf-8"))
        self.isms = self.config["isms"]
        self.zone = ZoneInfo(self.isms.get("timezone", "UTC"))
        self.registers = self.config.get("registers", {})
        layout = self.config.get("layout", {})
        self.rows = {}
        for kind, usual in KINDS.items():
            root = json.loads((schemas / f"{kind}.schema.json").read_text("utf-8"))
            where = folder / layout.get(usual, layout.get(kind, usual))
            self.rows[kind] = [row for path in yaml_files(where) for row in read_yaml(path, root)]
        for name, register in self.registers.items():
            self.rows[name] = self.register(name, register)
        for result in self.rows["result"]:
            if "id" not in result:
                result["id"] = derived_id(result)
        for name, register in self.registers.items():
            for row in self.rows[name]:
                row["id"] = str(row[register.get("key", "id")])

    def register(self, name, register):
        root = {}
        if "schema" in register:
            root = json.loads((self.folder / register["schema"]).read_text("utf-8"))
        rows = []
        for path in yaml_files(self.folder / "registers" / name):
            rows += read_yaml(path, root)
        table = self.folder / "registers" / f"{name}.csv"
        if table.exists():
            rows += read_csv(table, root, register)
        dates = [register.get("opened"), register.get("closed"), *register.get("facts", [])]
        for row in rows:
            for field in dates:
                if isinstance(row.get(field), str):
                    row[field] = moment(row[field])
        return rows

    def reference(self, kind, row):
        """What other records call it: the id, with its register in front for a row of one."""
        return f"{kind}/{row.id}" if kind in self.registers else row.id

    def day(self, value):
        """The day of a date or instant in the time zone of the workspace."""
        if isinstance(value, dt.datetime):
            return value.astimezone(self.zone).date()
        return value

    def instant(self, value):
        """The instant of a date or instant: a date is its local midnight."""
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.timezone.utc)
        midnight = dt.datetime(value.year, value.month, value.day, tzinfo=self.zone)
        return midnight.astimezone(dt.timezone.utc)

    def holders(self, who, day):
        """The persons an id names on a day; an id that nobody holds stands for itself."""
        people = self.config.get("people", {})
        if who in people:
            return {who}
        found = set()
        for person, entry in people.items():
            for role in entry.get("roles", []):
                term = {"role": role} if isinstance(role, str) else role
                if term["role"] == who and within(day, term) and within(day, entry):
                    found.add(person)
        return found or {who}


def within(day, term):
    return term.get("from", dt.date.min) <= day <= term.get("until", dt.date.max)


def yaml_files(folder):
    if not folder.is_dir():
        return []
    return sorted(path for path in Path(folder).rglob("*") if path.suffix in (".yaml", ".yml"))


def derived_id(result):
    """A result without an id: its subject, its period or what it is for, and its date."""
    subject = "+".join(result[each] for each in ("activity", "kpi", "control", "report")
                       if each in result)
    which = result.period or "+".join(result["for"] if "for" in result else [])
    return "/".join(each for each in (subject, which, str(result.date)) if each)
