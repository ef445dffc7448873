"""What changed in the classes of a message and in the structures that all messages share.

An element moved to another class when its name and type went from exactly one class of the message and came in exactly
one other, and one of the two is a class of both releases. Classes that no element uses take no part in this.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from keten.standard.changes import Added, Appeared, Change, Disappeared, Removed
from keten.standard.comparing.elements import Scope, element_changes
from keten.standard.comparing.facts import merged
from keten.standard.model import Classes, Message, Release

Found = tuple[str, Change]
"""A class or structure, and what changed in it."""


def structure_changes(old: Release, new: Release) -> Iterator[Found]:
    """Each structure with what changed in it."""
    return _changes(old.structures, new.structures, Scope(old, {}), Scope(new, {}))


def class_changes(old: Release, new: Release, name: str) -> Iterator[Found]:
    """Each class of a message that both releases have, with what changed in it."""
    was, now = old.messages[name], new.messages[name]
    used = was.classes_in_use | now.classes_in_use
    olds, news = _of_interest(was, used), _of_interest(now, used)
    found = list(_changes(olds, news, Scope(old, was.classes), Scope(new, now.classes), used))
    moves = _moves([(kind, change) for kind, change in found if kind in used], olds.keys() & news.keys())
    return ((kind, _with_move(kind, change, moves)) for kind, change in found)


def _of_interest(message: Message, used: Collection[str]) -> Classes:
    """The classes that the message uses, and those that neither the old nor the new message uses."""
    return {
        name: elements
        for name, elements in message.classes.items()
        if name in message.classes_in_use or name not in used
    }


def _changes(
    old: Classes, new: Classes, was: Scope, now: Scope, used: Collection[str] | None = None
) -> Iterator[Found]:
    for name in merged(old, new):
        is_used = used is None or name in used
        if name not in old:
            yield name, Appeared(is_used)
        elif name not in new:
            yield name, Disappeared(is_used)
        yield from ((name, change) for change in element_changes(old.get(name, ()), new.get(name, ()), was, now))


def _moves(found: Iterable[Found], lasting: Collection[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """Name and type of the elements that moved, and the classes from and to which."""
    went: dict[tuple[str, str], list[str]] = {}
    came: dict[tuple[str, str], list[str]] = {}
    for kind, change in found:
        if isinstance(change, Removed | Added):
            sides = went if isinstance(change, Removed) else came
            sides.setdefault((change.element.name, change.element.type), []).append(kind)
    return {
        key: (origins[0], came[key][0])
        for key, origins in went.items()
        if len(origins) == 1 == len(came.get(key, ())) and {origins[0], came[key][0]} & {*lasting}
    }


def _with_move(kind: str, change: Change, moves: dict[tuple[str, str], tuple[str, str]]) -> Change:
    if not isinstance(change, Removed | Added):
        return change
    origin, target = moves.get((change.element.name, change.element.type), ("", ""))
    if isinstance(change, Removed):
        return replace(change, target=target) if kind == origin else change
    return replace(change, origin=origin) if kind == target else change
