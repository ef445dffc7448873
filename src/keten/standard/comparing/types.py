"""What changed in the simple types: their base, bounds and patterns, and their codes."""

from collections.abc import Iterator, Mapping

from keten.standard.changes import Appeared, Change, CodeAdded, CodeRemoved, CodeRenamed, Disappeared
from keten.standard.comparing.facts import Facts, altered, altered_patterns, merged
from keten.standard.model import Release, SimpleType


def type_changes(old: Release, new: Release) -> Iterator[tuple[str, Change]]:
    """Each simple type with what changed about it."""
    for name in merged(old.types, new.types):
        if name not in old.types:
            yield name, Appeared()
        elif name not in new.types:
            yield name, Disappeared()
        else:
            yield from ((name, change) for change in _changes(old.types[name], new.types[name]))


def _changes(old: SimpleType, new: SimpleType) -> Iterator[Change]:
    yield from altered(_facts(old), _facts(new))
    yield from altered_patterns("", old.patterns, new.patterns)
    yield from _code_changes(old.codes, new.codes)


def _facts(kind: SimpleType) -> Facts:
    """The facts of a type, its bounds as the notation writes them."""
    return {
        "base": kind.base,
        "length": _bounds(kind.min_length, kind.max_length),
        "range": _bounds(kind.minimum, kind.maximum),
    }


def _bounds(low: int | None, high: int | None) -> str | None:
    if low is None and high is None:
        return None
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _code_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for code in merged(old, new):
        if code not in old:
            yield CodeAdded(code, new[code])
        elif code not in new:
            yield CodeRemoved(code, old[code])
        elif old[code] != new[code]:
            yield CodeRenamed(code, old[code], new[code])
