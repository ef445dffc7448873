"""How one release differs from another: every difference as a value, told once for all messages that share it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from keten.standard.browsing import types_within
from keten.standard.changes import Change
from keten.standard.comparing import class_changes, message_changes, structure_changes, type_changes
from keten.standard.model import Release


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: of which class, structure or type (`name`; empty for a message itself), and in which messages."""

    name: str
    change: Change
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between two releases, or between two schema versions of one; false when nothing does.

    With `message` only what concerns that one.
    """

    old: Release
    new: Release
    message: str | None
    messages: tuple[Difference, ...]
    classes: tuple[Difference, ...]
    structures: tuple[Difference, ...]
    types: tuple[Difference, ...]

    def __bool__(self) -> bool:
        return bool(self.messages or self.classes or self.structures or self.types)


def differences(old: Release, new: Release) -> Differences:
    """How `new` differs from `old`."""
    in_both = [name for name in new.messages if name in old.messages]
    return Differences(
        old=old,
        new=new,
        message=None,
        messages=_shared((message, "", change) for message, change in message_changes(old, new)),
        classes=_shared((message, *found) for message in in_both for found in class_changes(old, new, message)),
        structures=tuple(Difference(*found) for found in structure_changes(old, new)),
        types=tuple(Difference(*found) for found in type_changes(old, new)),
    )


def concerning(found: Differences, message: str) -> Differences:
    """What of the differences concerns one message: its own changes, and those of the types and structures it uses."""
    used = types_within(found.old, message) | types_within(found.new, message)
    return replace(
        found,
        message=message,
        messages=_narrowed(found.messages, message),
        classes=_narrowed(found.classes, message),
        structures=tuple(difference for difference in found.structures if difference.name in used),
        types=tuple(difference for difference in found.types if difference.name in used),
    )


def _narrowed(differences: Iterable[Difference], message: str) -> tuple[Difference, ...]:
    return tuple(
        replace(difference, messages=(message,)) for difference in differences if message in difference.messages
    )


def _shared(found: Iterable[tuple[str, str, Change]]) -> tuple[Difference, ...]:
    """Changes (message, class, change) with those that are the same in several messages told once."""
    messages: dict[tuple[str, Change], list[str]] = {}
    for message, name, change in found:
        messages.setdefault((name, change), []).append(message)
    return tuple(Difference(name, change, tuple(where)) for (name, change), where in messages.items())
