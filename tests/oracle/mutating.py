"""Documents changed at random, with values and shapes at which rules turn, valid as before or not."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from random import Random
from typing import NamedTuple

from lxml import etree

from keten.standard import Element, Message, Release
from tests.generating import accepts_value, good_values
from tests.oracle.turning import AROUND, TURNING

Node = etree._Element


class Spot(NamedTuple):
    """An element of a document, what it is, and the element around it with all that may stand there."""

    node: Node
    kind: Element
    parent: Node
    siblings: tuple[Element, ...]


@dataclass(slots=True)
class _Changing:
    """A document while it is changed: its elements, those of another of its message, and what its dates become."""

    release: Release
    message: Message
    random: Random
    root: Node
    spots: list[Spot]
    lent: tuple[Spot, ...]
    dates: tuple[str, ...]

    def leaves(self) -> list[Spot]:
        """The elements that hold a text."""
        return [spot for spot in self.spots if spot.kind.type in self.release.types]

    def lists(self) -> list[Spot]:
        """The elements of which there may be several."""
        return [spot for spot in self.spots if spot.kind.repeats]


def mutated(release: Release, message: str, text: bytes, donor: bytes, random: Random) -> bytes:
    """A document changed at one to thirty places."""
    root, definition = etree.fromstring(text), release.messages[message]
    spots = list(_spots(release, definition, root, "Root"))
    changing = _Changing(release, definition, random, root, spots, _lent(release, message, donor), _dates(random))
    for _ in range(random.choice((1, 2, 4, 8, 15, 30))):
        change = random.choice((*TEXTS, *TEXTS, *SHAPES))
        change(changing)
        if change in SHAPES:
            changing.spots = list(_spots(release, definition, root, "Root"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@lru_cache(100)
def _lent(release: Release, message: str, donor: bytes) -> tuple[Spot, ...]:
    """The elements of a document that lends them."""
    return tuple(_spots(release, release.messages[message], etree.fromstring(donor), "Root"))


def _dates(random: Random) -> tuple[str, ...]:
    """Some days around one another, and with luck those at which a rule turns."""
    first = date(random.choice((1899, 2007, 2018, 2019, 2020)), random.randint(1, 12), random.randint(1, 28))
    near = [(first + timedelta(days=days)).isoformat() for days in (0, 1, 2, 6, 7, random.randint(-400, 400))]
    return tuple(random.sample(near, 4) + random.sample(TURNING["date"], 2))


def _spots(release: Release, message: Message, node: Node, kind: str) -> Iterator[Spot]:
    siblings = _within(release, message, kind)
    kinds = {element.name: element for element in siblings}
    for child in node:
        element = kinds[_name(child)]
        yield Spot(child, element, node, siblings)
        yield from _spots(release, message, child, element.type)


def _within(release: Release, message: Message, kind: str) -> tuple[Element, ...]:
    """What may stand in an element of a kind."""
    return release.structures.get(kind, message.classes.get(kind, ()))


def _name(node: Node) -> str:
    return str(node.tag).rpartition("}")[2]


@cache
def _values(release: Release, name: str, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """What an element may hold that is of interest to a rule; all that it may hold where nothing is more than the rest."""
    kind = release.types[name]
    turning = TURNING.get(name, () if kind.codes else TURNING.get(kind.base, ()))
    return tuple(value for value in turning if accepts_value(kind, value)) or good_values(release, name, patterns)


def _value(changing: _Changing) -> None:
    """Another value."""
    random, spot = changing.random, changing.random.choice(changing.leaves())
    if changing.release.types[spot.kind.type].base == "date" and random.random() < 0.8:
        spot.node.text = random.choice(changing.dates)
    elif random.random() < 0.3:
        spot.node.text = random.choice(good_values(changing.release, spot.kind.type, spot.kind.patterns))
    else:
        spot.node.text = random.choice(_values(changing.release, spot.kind.type, spot.kind.patterns))


def _same(changing: _Changing) -> None:
    """The value of another element of the same type."""
    leaves = changing.leaves()
    spot = changing.random.choice(leaves)
    spot.node.text = changing.random.choice([one for one in leaves if one.kind.type == spot.kind.type]).node.text


def _agree(changing: _Changing) -> None:
    """One value for all elements of a name."""
    leaves = changing.leaves()
    spot = changing.random.choice(leaves)
    for one in leaves:
        if one.node.tag == spot.node.tag and changing.random.random() < 0.8:
            one.node.text = spot.node.text


def _around(changing: _Changing) -> None:
    """White space around a value, or within it."""
    spot, random = changing.random.choice(changing.leaves()), changing.random
    value = spot.node.text or ""
    cut = random.choice((0, len(value), random.randint(0, len(value))))
    changed = value[:cut] + random.choice(AROUND) + value[cut:]
    if accepts_value(changing.release.types[spot.kind.type], changed):
        spot.node.text = changed


def _drop(changing: _Changing) -> None:
    """An element that may be absent, or one of several, taken out."""
    spots = [spot for spot in changing.spots if spot.kind.optional or len(spot.parent.findall(str(spot.node.tag))) > 1]
    if spots:
        spot = changing.random.choice(spots)
        spot.parent.remove(spot.node)


def _double(changing: _Changing) -> None:
    """One of a list put there again, next to it or elsewhere in a list of its kind."""
    spots = changing.lists()
    if spots:
        spot = changing.random.choice(spots)
        places = [one for one in spots if one.node.tag == spot.node.tag] if changing.random.random() < 0.5 else [spot]
        changing.random.choice(places).node.addnext(deepcopy(spot.node))


def _move(changing: _Changing) -> None:
    """One of a list in another place of it."""
    spots = [spot for spot in changing.lists() if len(spot.parent) > 1]
    if spots:
        spot = changing.random.choice(spots)
        spot.parent.insert(changing.random.randrange(len(spot.parent)), spot.node)


def _borrow(changing: _Changing) -> None:
    """An element of another document, put where its kind may stand: in place of what is there, or beside it."""
    lent = changing.random.choice(changing.lent)
    release, message = changing.release, changing.message
    hosts = [spot for spot in changing.spots if _within(release, message, spot.kind.type) is lent.siblings]
    if not hosts:
        return
    host = changing.random.choice(hosts).node
    names = [element.name for element in lent.siblings]
    rank = names.index(lent.kind.name)
    before = [child for child in host if names.index(_name(child)) < rank]
    if not lent.kind.repeats:
        for child in host.findall(str(lent.node.tag)):
            host.remove(child)
    host.insert(len(before), deepcopy(lent.node))


TEXTS = _value, _value, _same, _agree, _around
SHAPES = _drop, _double, _move, _borrow, _borrow
