"""A change in words: a sign, the name of what changed, and what became of it."""

from collections.abc import Callable, Mapping
from functools import singledispatch
from typing import NamedTuple

from keten.standard.changes import Added, Altered, Change, CodeAdded, CodeRemoved, CodeRenamed, Moved, Removed, Renamed
from keten.standard.describing import is_fixed, phrase, role
from keten.standard.model import Element

CAME, WENT, CHANGED = "+", "-", "~"

TIMES = {"1": "required", "0..1": "optional", "1..*": "one or more", "0..*": "any number"}


class Sentence(NamedTuple):
    """How a change is told."""

    sign: str
    name: str
    what: str


@singledispatch
def tell(change: Change) -> Sentence:
    """A change in words."""
    raise NotImplementedError(type(change).__name__)


@tell.register
def _(change: Added) -> Sentence:
    place = f", after {change.after}" if change.after else ", first"
    return Sentence(CAME, change.element.name, element_in_words(change.element) + place + _origin(change))


def tell_without_place(change: Added) -> Sentence:
    """An element of a class that is new as a whole, in words."""
    return Sentence(CAME, change.element.name, element_in_words(change.element) + _origin(change))


def _origin(change: Added) -> str:
    return f"; moved here from {change.origin}" if change.origin else ""


@tell.register
def _(change: Removed) -> Sentence:
    target = f"; moved to {change.target}" if change.target else ""
    return Sentence(WENT, change.element.name, element_in_words(change.element) + target)


@tell.register
def _(change: Renamed) -> Sentence:
    old, new = element_in_words(change.old), element_in_words(change.new)
    if change.old.type != change.new.type:
        return Sentence(CHANGED, change.old.name, f"{old}, replaced by {change.new.name}, {new}")
    altered = "" if old == new else f", {old} → {new}"
    return Sentence(CHANGED, change.old.name, f"renamed {change.new.name}{altered}")


@tell.register
def _(change: Moved) -> Sentence:
    return Sentence(CHANGED, change.element, f"moved, now {f'after {change.after}' if change.after else 'first'}")


@tell.register
def _(change: Altered) -> Sentence:
    words = WORDS.get(change.aspect, str)
    aspect = f"{change.aspect} " if change.element else ""
    match change.old, change.new:
        case str(old), str(new):
            what = f"{words(old)} → {words(new)}"
        case str(old), _:
            what = f"{aspect}dropped: {words(old)}"
        case _, new:
            what = f"{aspect}new: {words(new or '')}"
    return Sentence(CHANGED, change.element or change.aspect, what)


@tell.register
def _(change: CodeAdded) -> Sentence:
    return Sentence(CAME, change.code, change.name)


@tell.register
def _(change: CodeRemoved) -> Sentence:
    return Sentence(WENT, change.code, change.name)


@tell.register
def _(change: CodeRenamed) -> Sentence:
    return Sentence(CHANGED, change.code, f"{change.old} → {change.new}")


def element_in_words(element: Element) -> str:
    """How often an element stands there, its type, and what narrows it.

    >>> element_in_words(Element("Klasse", "LDT_Klasse", optional=True))
    'optional LDT_Klasse'
    """
    narrowed = f" ({', '.join(phrase(pattern) for pattern in element.patterns)})" if element.patterns else ""
    return f"{TIMES[element.cardinality]} {element.type}{narrowed}"


def _demand(pattern: str) -> str:
    """A pattern in words, and as it stands where that says more."""
    words = phrase(pattern)
    if is_fixed(pattern):
        return f"always {words}"
    return words if pattern in words else f"{words} ({pattern})"


WORDS: Mapping[str, Callable[[str], str]] = {
    "cardinality": TIMES.__getitem__,
    "pattern": _demand,
    "sender": role,
    "receiver": role,
}
"""How the value of an aspect is told, where not as it stands."""
