"""The mapping table: what becomes of every element of 1.2, as data (mapping.yaml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

import yaml

Way = Literal["same", "renamed", "derived", "repaired", "dropped"]
HOW = re.compile(r"(?P<way>\w+)(?: (?P<rest>[^:]*))?(?:: (?P<reason>.*))?")
ONLY_NEW = "+ "


@dataclass(frozen=True, slots=True)
class How:
    """One thing that happens to an element: `rules` by which, and `reason` why it is dropped."""

    way: Way
    rules: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: the element in 1.2 and in 2.0 (None: there is none), and what happens to it.

    `only` names the message, where only one of AW33 and ZK33 has the element.
    """

    old: str | None
    new: str | None
    hows: tuple[How, ...]
    only: str | None = None

    @property
    def carried(self) -> bool:
        """Whether the value of 1.2 goes over, as it is or repaired."""
        return any(how.way in ("same", "renamed", "repaired") for how in self.hows)


@cache
def mapping() -> Mapping[str, tuple[Line, ...]]:
    """The lines of the table by class."""
    text = (files("keten.conversion.content") / "mapping.yaml").read_text(encoding="utf-8")
    raw: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return {name: tuple(_line(key, hows) for key, hows in lines.items()) for name, lines in raw.items()}


def lines_of(table: str) -> tuple[Line, ...]:
    """The lines for a table: those of the class that its rows have (Client/Contact and Relatie/Contact are Contact)."""
    return mapping()[table.rsplit("/", maxsplit=1)[-1]]


def _line(key: str, text: str) -> Line:
    hows, new = [], key.removeprefix(ONLY_NEW)
    for part in text.split("; "):
        match = HOW.fullmatch(part)
        if match is None or match["way"] not in get_args(Way):
            raise ValueError(f"{key}: {part!r} says nothing that can be done")
        way, rest = cast("Way", match["way"]), (match["rest"] or "").split()
        if way == "renamed":
            new, rest = rest[0], rest[1:]
        hows.append(How(way, tuple(rule for rule in rest if not rule.startswith("(")), match["reason"] or ""))
    only = re.search(r"\((\w+)\)", text)
    dropped = all(how.way == "dropped" for how in hows)
    return Line(
        old=None if key.startswith(ONLY_NEW) else key,
        new=None if dropped else new,
        hows=tuple(hows),
        only=only[1] if only else None,
    )
