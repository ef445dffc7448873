"""The differences between two releases told in order: what changed, where, and in which messages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from keten.standard.changes import Added, Appeared, Disappeared, Removed
from keten.standard.describing import role
from keten.standard.differences import Difference, Differences
from keten.standard.forms.places import Places
from keten.standard.forms.sentences import CAME, WENT, Sentence, tell, tell_without_place
from keten.standard.forms.types import type_sentences

Row = tuple[Sentence, str]
"""A change in words, and the messages in which it is."""

Section = Mapping[str, Sequence[Row]]
"""What changed in each class, structure or type of a kind; under no name, in the messages themselves."""


def sections(found: Differences) -> dict[str, Section]:
    """What changed by kind of thing: messages, structures, classes, simple types; a kind without changes is left out."""
    where = Places(found)
    told: dict[str, Section] = {
        "Messages": {"": list(_message_rows(found, where))},
        "Structures that all messages share": {
            name: list(_rows(group, "structure", where)) for name, group in _by_name(found.structures).items()
        },
        "Classes of the messages": {
            name: list(_rows(group, "class", where)) for name, group in _by_name(found.classes).items()
        },
        "Simple types": {name: list(_type_rows(name, group, found)) for name, group in _by_name(found.types).items()},
    }
    return {kind: section for kind, section in told.items() if any(section.values())}


def releases(found: Differences) -> tuple[str, str]:
    """What was compared, in words: the old and the new."""
    old, new = (f"release {release.id} (schema {release.schema_version})" for release in (found.old, found.new))
    return old, new


def _by_name(differences: Iterable[Difference]) -> dict[str, list[Difference]]:
    """The differences of each class, structure or type."""
    groups: dict[str, list[Difference]] = {}
    for difference in differences:
        groups.setdefault(difference.name, []).append(difference)
    return groups


def _message_rows(found: Differences, where: Places) -> Iterator[Row]:
    for difference in found.messages:
        if isinstance(difference.change, Appeared | Disappeared):
            came = isinstance(difference.change, Appeared)
            messages = (found.new if came else found.old).messages
            for name in difference.messages:
                about = messages[name]
                chain = f"{role(about.sender)} → {role(about.receiver)}"
                yield Sentence(CAME if came else WENT, name, f"{about.purpose}; {chain}"), ""
        else:
            yield tell(difference.change), where(difference.messages)


def _type_rows(name: str, changes: Sequence[Difference], found: Differences) -> Iterator[Row]:
    told = type_sentences([each.change for each in changes], found.old.types.get(name), found.new.types.get(name))
    return ((sentence, "") for sentence in told)


def _rows(changes: Sequence[Difference], kind: str, where: Places) -> Iterator[Row]:
    """What changed in one class or structure; of one that is gone, its elements are told with it."""
    wholes = [change for change in changes if isinstance(change.change, Appeared | Disappeared)]
    for whole in wholes:
        yield _whole(whole, changes, kind), where(whole.messages)
    gone = [whole for whole in wholes if isinstance(whole.change, Disappeared)]
    for change in _by_element([change for change in changes if change not in wholes]):
        rest = _outside(change, gone)
        if isinstance(change.change, Added) and _outside(change, wholes) is None:
            yield tell_without_place(change.change), where(change.messages)
        elif rest is not None:
            yield tell(change.change), where(rest)


def _by_element(changes: Sequence[Difference]) -> list[Difference]:
    """The changes of a class with those of elements of one name together, in the order in which the names come."""
    order = {tell(change.change).name: index for index, change in reversed(list(enumerate(changes)))}
    return sorted(changes, key=lambda change: order[tell(change.change).name])


def _whole(whole: Difference, changes: Iterable[Difference], kind: str) -> Sentence:
    """A class or structure that came or went as a whole."""
    if isinstance(whole.change, Appeared):
        return Sentence(CAME, f"new {kind}", "" if whole.change.used else "that no element uses")
    elements = [
        change.change.element.name
        for change in changes
        if isinstance(change.change, Removed) and _outside(change, [whole]) != change.messages
    ]
    idle = isinstance(whole.change, Disappeared) and not whole.change.used
    return Sentence(WENT, f"{kind} gone", ", ".join(elements) + ("; no element used it" if idle else ""))


def _outside(change: Difference, wholes: Sequence[Difference]) -> tuple[str, ...] | None:
    """The messages of a change that are not those of a whole class that came or went; None when there are none left."""
    if not wholes:
        return change.messages
    covered = {message for whole in wholes for message in whole.messages}
    return tuple(message for message in change.messages if message not in covered) or None
