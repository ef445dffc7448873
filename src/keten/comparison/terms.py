"""The terms of a comparison: what is compared, by which keys, from which messages, and whose turn a difference is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from keten.core import UsageError
from keten.core.tables import Columns, bare

MISSING, DOUBLE = "missing", "double"


class UnknownParties(UsageError):
    """Two parties whose books we do not know how to bring in line."""

    hint = "Give two of these, the party of LEFT first: --as zorgkantoor,zorgaanbieder."


@dataclass(frozen=True, slots=True)
class Field:
    """What a record may tell: how its values are written, what a difference in it is called, other names of its column."""

    name: str
    form: str
    kind: str
    about: str
    key: bool = False
    also: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Who should do what about a difference."""

    who: str
    do: str


@dataclass(frozen=True, slots=True)
class View:
    """The part of a book that may be compared, where that is not all of it (turns/zorgkantoor-cak.yaml)."""

    fields: tuple[str, ...]
    packages: str
    without_instelling: tuple[str, ...]
    together: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties with the messages that make their books, what may be compared of them, and whose turn it is."""

    left: str
    right: str
    reads: Mapping[str, tuple[str, ...]]
    view: View | None
    turns: Mapping[str, Turn]

    def turn(self, kind: str, lacks: str) -> Turn:
        """Whose turn a difference of a kind is; `lacks` is the party that misses the record or has it twice, if any."""
        return self.turns[f"{kind} at {lacks}" if lacks else kind]


@dataclass(frozen=True, slots=True)
class Part:
    """What an element of a message tells of a record: fields by element, and of the row above it; the stamp's elements."""

    part: str
    fields: Mapping[str, str]
    above: Mapping[str, str]
    stamp: tuple[str, ...]


@cache
def fields() -> Mapping[str, Field]:
    """All that a record may tell, by name, in the order of files."""
    return {name: Field(name, **told) for name, told in _data("fields.yaml").items()}


@cache
def logical_key() -> tuple[str, ...]:
    """The fields that make an assignment the same one."""
    return tuple(field.name for field in fields().values() if field.key)


@cache
def columns() -> Columns:
    """The columns of a book in CSV."""
    return Columns({name: field.also for name, field in fields().items()}, logical_key())


@cache
def own_lists() -> frozenset[tuple[str, ...]]:
    """The headings of lists that commands of keten write and that are no books."""
    return frozenset(tuple(map(bare, heading)) for heading in _data("lists.yaml").values())


@cache
def keys() -> Mapping[str, tuple[str, ...]]:
    """The keys by which records are paired, by name, in their order."""
    return {name: tuple(some) for name, some in _data("keys.yaml").items()}


@cache
def parts() -> Mapping[str, Mapping[str, Part]]:
    """What the elements of messages tell, by message and table."""
    return {
        message: {
            table: Part(one["part"], one["fields"], one.get("above", {}), tuple(one.get("stamp", ())))
            for table, one in tables.items()
        }
        for message, tables in _data("messages.yaml").items()
    }


def pair_of(left: str, right: str) -> Pair:
    """The terms between two parties, in either order. Raises UnknownParties."""
    known = {frozenset(name.split("-")): name for name in _pair_names()}
    name = known.get(frozenset((left, right)))
    if name is None or left == right:
        listed = ", ".join(" with ".join(one.split("-")) for one in known.values())
        raise UnknownParties(f"There are no terms for {left} with {right}; there are those for {listed}.")
    told = _data(f"turns/{name}.yaml")
    return Pair(
        left,
        right,
        {role: tuple(messages) for role, messages in told["reads"].items()},
        _view(told["view"]) if "view" in told else None,
        {kind: Turn(**turn) for kind, turn in told["turns"].items()},
    )


def _view(told: Mapping[str, Any]) -> View:
    return View(
        fields=tuple(told["fields"]),
        packages=told["packages"],
        without_instelling=tuple(told["without_instelling"]),
        together=tuple(told["together"]),
    )


def _pair_names() -> list[str]:
    return sorted(
        path.name.removesuffix(".yaml")
        for path in (files("keten.comparison") / "turns").iterdir()
        if path.name.endswith(".yaml")
    )


@cache
def _data(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((files("keten.comparison") / name).read_text(encoding="utf-8"))
    return loaded
