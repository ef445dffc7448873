"""What a release consists of: simple types, elements, classes, messages. Values only; `loading` fills them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

Base = Literal["string", "integer", "date", "time"]
Party = Literal["ciz", "zorgkantoor", "zorgaanbieder", "zorginstituut", "cak"]


@dataclass(frozen=True, slots=True)
class SimpleType:
    """A simple type: a base type of XML Schema and what narrows it.

    Lengths are in characters; `minimum` and `maximum` bound an integer; every pattern must match the whole value;
    a type with `codes` takes only those values.
    """

    name: str
    base: Base
    min_length: int | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    patterns: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a class: `type` names a simple type, a structure or a class; `patterns` narrow it in place."""

    name: str
    type: str
    optional: bool = False
    repeats: bool = False
    patterns: tuple[str, ...] = ()

    @property
    def cardinality(self) -> str:
        """How often it stands there: 1, 0..1, 1..* or 0..*."""
        if self.repeats:
            return "0..*" if self.optional else "1..*"
        return "0..1" if self.optional else "1"


Classes = Mapping[str, tuple[Element, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """A message of a release: its place in the chain and its classes; `Root` is the class of the root element."""

    name: str
    code: str
    namespace: str
    purpose: str
    sender: Party
    receiver: Party
    classes: Classes
    answers: str | None = None
    answered_by: str | None = None
    answer_within_workdays: int | None = None

    @property
    def is_reply(self) -> bool:
        """Whether this message answers another."""
        return self.answers is not None

    @property
    def classes_in_use(self) -> frozenset[str]:
        """The classes that a message can hold: the published schemas of 1.2 list some that no element is of."""
        used, waiting = set[str](), ["Root"]
        while waiting:
            name = waiting.pop()
            if name in self.classes and name not in used:
                used.add(name)
                waiting += (element.type for element in self.classes[name])
        return frozenset(used)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to and including `end`; none at all when it ends before it starts; no end is for ever."""

    start: date
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    @property
    def days(self) -> int | None:
        """The number of days, None for an open end."""
        return None if self.end is None else max(0, (self.end - self.start).days + 1)

    def __str__(self) -> str:
        return f"from {self.start}" if self.end is None else f"from {self.start} until {self.end}"


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A release in one of its schema versions, complete in itself; `remarks` say what is inferred or not known."""

    id: str
    schema_version: str
    schemas: Mapping[str, date]
    follows: str | None
    in_use: Period
    namespace: str
    message_version: Mapping[str, str]
    types: Mapping[str, SimpleType]
    structures: Classes
    messages: Mapping[str, Message] = field(repr=False)
    remarks: tuple[str, ...] = ()

    root_element = "Bericht"

    @property
    def reference(self) -> str:
        """The release with its schema version, as `load` takes it: `2.0@1.3`."""
        return f"{self.id}@{self.schema_version}"

    @property
    def in_force(self) -> Period:
        """The days on which this schema version counts: from its publication, or the release's start, to the next."""
        versions = list(self.schemas)
        later = versions[versions.index(self.schema_version) + 1 :]
        start = max(self.in_use.start, self.schemas[self.schema_version])
        return Period(start, self.schemas[later[0]] - timedelta(days=1) if later else self.in_use.end)

    def type_of(self, element: Element) -> SimpleType:
        """The simple type of an element, with what narrows it in place; KeyError for a structure or class."""
        known = self.types[element.type]
        if not element.patterns:
            return known
        return replace(known, patterns=known.patterns + element.patterns)
