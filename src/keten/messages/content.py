"""Compares the elements that are there with those that should be: missing, unexpected, misplaced."""

from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

from keten.messages.defects import Defect
from keten.messages.layout import Layout, Node
from keten.messages.paths import Paths, local_name


def settle(layout: Layout, element: etree._Element, node: Node, paths: Paths) -> Iterator[Defect]:
    """Report and take out of `element` (and all within it) what does not belong there; report what is missing.

    What remains has its elements in the order of the message's tree, so that its values can be judged.
    """
    places = _places(layout, node)
    last, missing = -1, dict[str, None]()
    for child in list(element):
        place = places.get(str(child.tag))
        if place is None or place < last or (place == last and not node.children[place].repeats):
            yield _unexpected(child, node, last, missing if place is not None else {}, paths)
            take_out(child)
            continue
        if place > last + 1:
            missing |= dict.fromkeys(_required(node, last + 1, place))
        last = place
        if len(child) or node.children[place].children:
            yield from settle(layout, child, node.children[place], paths)
    missing |= dict.fromkeys(_required(node, last + 1, len(node.children)))
    for name in missing:
        yield Defect("missing", paths[element], name=name)


@cache
def _places(layout: Layout, node: Node) -> Mapping[str, int]:
    """The place of each element that may stand in an element, by its qualified name."""
    spaces = {True: layout.release.namespace, False: layout.message.namespace}
    return {f"{{{spaces[child.common]}}}{child.name}": place for place, child in enumerate(node.children)}


def _required(node: Node, first: int, end: int) -> Iterator[str]:
    return (child.name for child in node.children[first:end] if not child.optional)


def _unexpected(child: etree._Element, node: Node, last: int, missing: dict[str, None], paths: Paths) -> Defect:
    """An element that may not stand here; when it was missed before, it merely stands in the wrong place."""
    name = local_name(child)
    if name in missing:
        del missing[name]
        return Defect("misplaced", paths[child], name=name)
    return Defect("unexpected", paths[child], name=name, expected=tuple(_next(node, last)))


def _next(node: Node, last: int) -> Iterator[str]:
    """The elements that may follow the last one: up to and including the first that is required."""
    for place in range(max(last, 0), len(node.children)):
        child = node.children[place]
        if place > last or child.repeats:
            yield child.name
        if place > last and not child.optional:
            return


def take_out(child: etree._Element) -> None:
    """Remove an element, but not the text behind it."""
    parent, before = child.getparent(), child.getprevious()
    assert parent is not None
    if child.tail and before is not None:
        before.tail = (before.tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)
