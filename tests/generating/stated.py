"""A document with what a case states, and no more than must stand beside it.

Stated is a mapping of element names to a text, a mapping, or a list of those for an element that repeats. A name with
slashes leads through structures (`Adres/LandCode`); an element of a class further down may be stated where its only
possible parent is (`ToegewezenFunctie` with the client). What is required and not stated gets an ordinary value.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from keten.standard import Element, Message, Release
from tests.generating.documents import Part
from tests.generating.values import ordinary_values

Stated = dict[str, Any]
USUAL = {"date": "2019-06-01", "time": "12:00:00"}


def stated(release: Release, message: str, header: Stated, clients: list[Stated]) -> Part:
    """The document with a stated header and clients. Raises ValueError for what has no place in it."""
    content = {"Header": header, "Client": clients if len(clients) != 1 else clients[0]}
    return _part(release, release.messages[message], Element(release.root_element, "Root"), content, common=False)


def _part(release: Release, message: Message, element: Element, content: Any, *, common: bool) -> Part:  # noqa: ANN401 as stated
    space = release.namespace if common else message.namespace
    inner = release.structures.get(element.type, message.classes.get(element.type))
    if inner is None:
        return Part(space, element.name, _value(release, element) if content in (None, {}) else str(content))
    left = _nested(content or {})
    within = element.type in release.structures
    parts: list[Part] = []
    for child in inner:
        contents = list(_contents(message, child, left))
        parts += (_part(release, message, child, one, common=within) for one in contents)
    if left:
        raise ValueError(f"{element.name} has no place for {', '.join(left)}")
    return Part(space, element.name, parts=parts)


def _contents(message: Message, child: Element, left: Stated) -> Iterator[Any]:
    """What stands in each of the elements of one name; takes it out of what is left."""
    if child.name in left:
        content = left.pop(child.name)
        yield from content if isinstance(content, list) else [content]
        return
    below = {name: left.pop(name) for name in list(left) if _reaches(message, child.type, name)}
    if below or not child.optional:
        yield below


def _reaches(message: Message, kind: str, name: str) -> bool:
    """Whether elements of a class are found by their name in another: in its lists, or in what must be there."""
    elements = message.classes.get(kind, ())
    if any(element.name == name and element.type in message.classes for element in elements):
        return True
    inner = (one for one in elements if not one.repeats)
    return any(_reaches(message, one.type, name) for one in inner)


def _nested(content: Mapping[str, Any]) -> Stated:
    """The content with names that lead through structures taken apart."""
    nested: Stated = {}
    for name, value in content.items():
        first, _, rest = name.partition("/")
        if rest:
            nested[first] = {**(nested.get(first) or {}), rest: value}
        else:
            nested[name] = value
    return nested


def _value(release: Release, element: Element) -> str:
    kind = release.types[element.type]
    if kind.base in USUAL:
        return USUAL[kind.base]
    return ordinary_values(release, element.type, element.patterns)[0]
