r"""XML Schema patterns as automata, so that a value is matched in one pass whatever the pattern.

A pattern is read into an expression, and an expression is walked by its derivatives (Brzozowski 1964): what must still
follow once a character has been read. Schema patterns such as `([.\s]*\S+[.\s]*)+` that explode in a backtracking
engine become automata of two or three states.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LAST = 0x10FFFF

Ranges = tuple[tuple[int, int], ...]
"""A set of characters: code points from .. up to and including .., ascending, not touching."""


@dataclass(frozen=True, slots=True)
class Chars:
    """Exactly one character out of a set."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    """The parts one after the other; none at all is the empty text."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the choices; no choices is what nothing matches."""

    choices: frozenset["Expression"]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the demands at once."""

    demands: frozenset["Expression"]


@dataclass(frozen=True, slots=True)
class Star:
    """Any number of times, also none."""

    body: "Expression"


Expression = Chars | Sequence | AnyOf | AllOf | Star

EMPTY = Sequence(())
NOTHING = AnyOf(frozenset())


class UnsupportedPattern(ValueError):
    """The pattern uses a form that this reader does not know; the value must be judged by the exact path."""


def all_of(demands: Iterable[Expression]) -> Expression:
    """The expression that all demands make together."""
    found = frozenset(demands)
    if NOTHING in found:
        return NOTHING
    return next(iter(found)) if len(found) == 1 else AllOf(found)


def any_of(choices: Iterable[Expression]) -> Expression:
    """The expression of which one choice suffices."""
    flat: set[Expression] = set()
    for choice in choices:
        flat |= choice.choices if isinstance(choice, AnyOf) else {choice}
    return next(iter(flat)) if len(flat) == 1 else AnyOf(frozenset(flat))


def sequence(parts: Iterable[Expression]) -> Expression:
    """The expression of which the parts follow each other."""
    flat: list[Expression] = []
    for part in parts:
        if part == NOTHING:
            return NOTHING
        flat += part.parts if isinstance(part, Sequence) else (part,)
    return flat[0] if len(flat) == 1 else Sequence(tuple(flat))


def accepts_empty(expression: Expression) -> bool:
    """Whether the empty text matches."""
    match expression:
        case Chars():
            return False
        case Star():
            return True
        case Sequence(parts):
            return all(accepts_empty(part) for part in parts)
        case AnyOf(choices):
            return any(accepts_empty(choice) for choice in choices)
        case AllOf(demands):
            return all(accepts_empty(demand) for demand in demands)


def after(expression: Expression, char: int) -> Expression:
    """What must still follow once this character (a code point) has been read."""
    match expression:
        case Chars(ranges):
            return EMPTY if any(low <= char <= high for low, high in ranges) else NOTHING
        case Star(body):
            return sequence((after(body, char), expression))
        case AnyOf(choices):
            return any_of(after(choice, char) for choice in choices)
        case AllOf(demands):
            return all_of(after(demand, char) for demand in demands)
        case Sequence(()):
            return NOTHING
        case Sequence(parts):
            tail = sequence(parts[1:])
            taken = sequence((after(parts[0], char), tail))
            return any_of((taken, after(tail, char))) if accepts_empty(parts[0]) else taken


def boundaries(expression: Expression) -> frozenset[int]:
    """Code points at which a character may behave unlike the one before it."""
    match expression:
        case Chars(ranges):
            return frozenset(low for low, _ in ranges) | frozenset(high + 1 for _, high in ranges)
        case Star(body):
            return boundaries(body)
        case Sequence(parts) | AnyOf(parts) | AllOf(parts):
            return frozenset().union(*(boundaries(part) for part in parts))


def union(sets: Iterable[Ranges]) -> Ranges:
    """The characters of any of the sets."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(pair for ranges in sets for pair in ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(ranges: Ranges) -> Ranges:
    """All characters outside the set."""
    edges = [-1, *(edge for low, high in ranges for edge in (low, high)), LAST + 1]
    gaps = ((edges[i] + 1, edges[i + 1] - 1) for i in range(0, len(edges), 2))
    return tuple((low, high) for low, high in gaps if low <= high)


SPACE: Ranges = ((0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x20))
DIGIT: Ranges = ((0x30, 0x39),)
ANY_BUT_LINE_END = complement(((0x0A, 0x0A), (0x0D, 0x0D)))
ESCAPES = {"s": SPACE, "S": complement(SPACE), "n": ((0x0A, 0x0A),), "r": ((0x0D, 0x0D),), "t": ((0x09, 0x09),)}
QUANTIFIER = re.compile(r"[*+?]|\{(\d+)(,(\d*))?\}")


def parse(pattern: str) -> Expression:
    """Read a pattern of XML Schema (part 2, appendix F); raises UnsupportedPattern for forms it does not know.

    >>> accepts_empty(parse("[0-9]*")), accepts_empty(parse("[0-9]+"))
    (True, False)
    """
    reader = _Reader(pattern)
    expression = reader.choices()
    if reader.rest:
        raise UnsupportedPattern(f"{pattern!r} at {reader.rest!r}")
    return expression


class _Reader:
    """Reads a pattern from left to right; `rest` is what is still to be read."""

    def __init__(self, pattern: str) -> None:
        self.rest = pattern

    def take(self) -> str:
        if not self.rest:
            raise UnsupportedPattern("the pattern ends too early")
        char, self.rest = self.rest[0], self.rest[1:]
        return char

    def choices(self) -> Expression:
        found = [self.branch()]
        while self.rest.startswith("|"):
            self.take()
            found.append(self.branch())
        return any_of(found)

    def branch(self) -> Expression:
        parts: list[Expression] = []
        while self.rest and self.rest[0] not in "|)":
            parts.append(self.quantified(self.atom()))
        return sequence(parts)

    def quantified(self, atom: Expression) -> Expression:
        match = QUANTIFIER.match(self.rest)
        if match is None:
            return atom
        self.rest = self.rest[match.end() :]
        low, high = _bounds(match)
        tail: list[Expression] = [Star(atom)] if high is None else [any_of((atom, EMPTY))] * (high - low)
        return sequence([atom] * low + tail)

    def atom(self) -> Expression:
        char = self.take()
        if char == "(":
            inner = self.choices()
            if self.take() != ")":
                raise UnsupportedPattern("a group is not closed")
            return inner
        if char == "[":
            return Chars(self.char_class())
        if char == ".":
            return Chars(ANY_BUT_LINE_END)
        if char in "*+?{}":
            raise UnsupportedPattern(f"{char!r} has nothing before it")
        return Chars(self.char_set(char))

    def char_class(self) -> Ranges:
        negated = self.rest.startswith("^")
        if negated:
            self.take()
        sets: list[Ranges] = []
        while (char := self.take()) != "]":
            if char == "[":
                raise UnsupportedPattern("subtraction of character classes")
            sets.append(self.class_part(char))
        found = union(sets)
        return complement(found) if negated else found

    def class_part(self, char: str) -> Ranges:
        low = self.char_set(char)
        if not self.rest.startswith("-") or self.rest[1:2] in ("]", ""):
            return low
        self.take()
        high = self.char_set(self.take())
        return ((low[0][0], high[0][1]),)

    def char_set(self, char: str) -> Ranges:
        if char != "\\":
            return ((ord(char), ord(char)),)
        escaped = self.take()
        if escaped in ESCAPES:
            return ESCAPES[escaped]
        if escaped.isalnum():
            raise UnsupportedPattern(f"\\{escaped}")
        return ((ord(escaped), ord(escaped)),)


def _bounds(match: re.Match[str]) -> tuple[int, int | None]:
    """How often at least and at most; None is without end."""
    simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}
    if match[0] in simple:
        return simple[match[0]]
    low = int(match[1])
    if match[2] is None:
        return low, low
    return low, int(match[3]) if match[3] else None
