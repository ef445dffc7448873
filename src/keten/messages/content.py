"""Compares the elements that are there with those that should be: missing, unexpected, misplaced, of another namespace."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from lxml import etree

from keten.messages.defects import Defect
from keten.messages.layout import Layout, Node
from keten.messages.paths import Paths, local_name


def settle(layout: Layout, element: etree._Element, node: Node, paths: Paths) -> Iterator[Defect]:
    """Report and take out of `element` (and all within it) what does not belong there; report what is missing.

    What remains has its elements in the order of the message's tree, so that its values can be judged.
    """
    known = _places(layout, node)
    children = [(child, known.get(str(child.tag))) for child in element]
    stays = _in_order(node, [place for _, place in children])
    last, taken = -1, {place for index, (_, place) in enumerate(children) if index in stays and place is not None}
    for index, (child, place) in enumerate(children):
        if place is not None and index in stays:
            last = place
            if len(child) or node.children[place].children:
                yield from settle(layout, child, node.children[place], paths)
            continue
        named = _named(node).get(local_name(child))
        if named is None or (named in taken and not node.children[named].repeats):
            yield Defect("unexpected", paths[child], name=local_name(child), expected=tuple(may_follow(node, last)))
        elif place is None:
            yield Defect(
                "namespace", paths[child], name=local_name(child), detail=space_of(layout, node.children[named])
            )
            taken.add(named)
        else:
            yield Defect("misplaced", paths[child], name=local_name(child), detail=_whither(node, place, last, taken))
            taken.add(named)
        take_out(child)
    for place, wanted in enumerate(node.children):
        if place not in taken and not wanted.optional:
            yield Defect("missing", paths[element], name=wanted.name)


@cache
def _places(layout: Layout, node: Node) -> Mapping[str, int]:
    """The place of each element that may stand in an element, by its qualified name."""
    return {f"{{{space_of(layout, child)}}}{child.name}": place for place, child in enumerate(node.children)}


def space_of(layout: Layout, node: Node) -> str:
    """The namespace of an element."""
    return layout.release.namespace if node.common else layout.message.namespace


@cache
def _named(node: Node) -> Mapping[str, int]:
    """The place of each element that may stand in an element, by its name alone."""
    return {child.name: place for place, child in enumerate(node.children)}


def _in_order(node: Node, places: Sequence[int | None]) -> set[int]:
    """The elements that stay, by number: as many as can in the order of the tree, and of those the first.

    So an element that was moved is the only one in the wrong place, wherever it went. `places`: None for an element that
    the tree does not have here.
    """
    longest, on_from = [0] * len(places), [0] * (len(node.children) + 1)
    for index in range(len(places) - 1, -1, -1):
        place = places[index]
        if place is not None:
            longest[index] = 1 + on_from[_next_place(node, place)]
            on_from[: place + 1] = [max(length, longest[index]) for length in on_from[: place + 1]]
    stays, left, least = set[int](), on_from[0], 0
    for index, place in enumerate(places):
        if place is not None and place >= least and longest[index] == left:
            stays.add(index)
            left, least = left - 1, _next_place(node, place)
    return stays


def _next_place(node: Node, place: int) -> int:
    """The first place that may follow a place."""
    return place if node.children[place].repeats else place + 1


def _whither(node: Node, place: int, last: int, taken: Collection[int]) -> str:
    """Where an element belongs that stands behind the place `last`: next to one of those that are there."""
    if place < last:
        return f"before {node.children[min(other for other in taken if other > place)].name}"
    return f"behind {node.children[max(other for other in taken if other < place)].name}"


def may_follow(node: Node, last: int) -> Iterator[str]:
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
