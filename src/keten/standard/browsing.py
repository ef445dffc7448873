"""A message, structure or type looked at from above and from below: what it consists of, and where it is used."""

from collections.abc import Iterator
from dataclasses import dataclass

from keten.standard.model import Classes, Element, Message, Release, SimpleType


@dataclass(frozen=True, slots=True)
class Branch:
    """An element with all that stands in it; `type` is its simple type, if it has one."""

    element: Element
    type: SimpleType | None
    branches: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a type or structure is used: an element of a class, in some messages; of a structure, in none."""

    name: str
    element: str
    messages: tuple[str, ...]


def message_tree(release: Release, message: Message) -> Branch:
    """The root element of a message with all that stands in it."""
    return _branch(release, Element(release.root_element, "Root"), message.classes)


def structure_trees(release: Release, name: str) -> tuple[Branch, ...]:
    """The elements of a structure with all that stands in them."""
    return tuple(_branch(release, element, release.structures) for element in release.structures[name])


def _branch(release: Release, element: Element, classes: Classes) -> Branch:
    if element.type in release.types:
        return Branch(element, release.type_of(element))
    if element.type not in classes:
        classes = release.structures
    return Branch(element, None, tuple(_branch(release, inner, classes) for inner in classes[element.type]))


def types_within(release: Release, name: str) -> set[str]:
    """The names of the types and structures that a message uses; none when the release does not have it."""
    if name not in release.messages:
        return set()
    return {branch.element.type for _, branch in walk(message_tree(release, release.messages[name]))}


def walk(branch: Branch, depth: int = 0) -> Iterator[tuple[int, Branch]]:
    """An element and all that stands in it, in document order, each with how deep it stands."""
    yield depth, branch
    for inner in branch.branches:
        yield from walk(inner, depth + 1)


def uses(release: Release, type_name: str) -> tuple[Use, ...]:
    """Where a type, structure or class is used: in structures first, then in the classes of messages."""
    found: dict[tuple[str, str], list[str]] = {}
    for message, name, elements in _all_classes(release):
        for element in elements:
            if element.type == type_name:
                found.setdefault((name, element.name), []).extend(message)
    return tuple(Use(*place, tuple(messages)) for place, messages in found.items())


def types_of_elements(release: Release, name: str) -> dict[str, tuple[str, ...]]:
    """The types of the elements of a name, in capitals or not, each with its messages; none for those of structures."""
    found: dict[str, dict[str, None]] = {}
    for message, _, elements in _all_classes(release):
        for element in elements:
            if element.name.casefold() == name.casefold():
                found.setdefault(element.type, {}).update(dict.fromkeys(message))
    return {kind: tuple(messages) for kind, messages in found.items()}


def _all_classes(release: Release) -> Iterator[tuple[list[str], str, tuple[Element, ...]]]:
    """Message (none for a structure), name and elements of every structure and class."""
    yield from (([], name, elements) for name, elements in release.structures.items())
    for message in release.messages.values():
        yield from (([message.name], name, elements) for name, elements in message.classes.items())
