"""Random documents of a message: which optional elements are there, how often the others repeat, with which values."""

from dataclasses import dataclass, field
from random import Random

from keten.standard import Element, Message, Release
from tests.generating.values import good_values, ordinary_values

MOST_REPEATS = 4


@dataclass(slots=True, eq=False)
class Part:
    """An element of a document, open to change.

    `text` is None where elements stand within; `attributes` are written as they stand (each with its leading space), and
    so is `loose`, text among the elements within.
    """

    namespace: str
    name: str
    text: str | None = None
    parts: list["Part"] = field(default_factory=list)
    attributes: str = ""
    loose: str = ""

    def all(self) -> list["Part"]:
        """This element and all within it, in document order."""
        return [self, *(inner for part in self.parts for inner in part.all())]


@dataclass(frozen=True, slots=True)
class _Making:
    """What it takes to make the parts of one document."""

    release: Release
    message: Message
    random: Random
    clients: int
    fullness: float
    ordinary: bool


def document(
    release: Release,
    message: str,
    random: Random,
    *,
    clients: int = 2,
    fullness: float | None = None,
    ordinary: bool = False,
) -> Part:
    """A valid document with so many clients (where the message has more than one).

    `fullness` is the chance of an optional element to be there; left out, it is drawn as well. `ordinary`: only values
    as the sector's software writes them, instead of all that is just allowed.
    """
    chance = random.choice((0.1, 0.5, 0.9)) if fullness is None else fullness
    making = _Making(release, release.messages[message], random, clients, chance, ordinary)
    return _part(making, Element(release.root_element, "Root"), making.message.namespace)


def _part(making: _Making, element: Element, namespace: str) -> Part:
    release, random = making.release, making.random
    if element.type in release.types:
        values = (ordinary_values if making.ordinary else good_values)(release, element.type, element.patterns)
        return Part(namespace, element.name, random.choice(values))
    common = element.type in release.structures
    elements = release.structures[element.type] if common else making.message.classes[element.type]
    inner = release.namespace if common else making.message.namespace
    parts = [_part(making, one, inner) for one in elements for _ in range(_times(making, one))]
    return Part(namespace, element.name, parts=parts)


def _times(making: _Making, element: Element) -> int:
    """How often an element stands here."""
    if element.optional and making.random.random() > making.fullness:
        return 0
    if not element.repeats:
        return 1
    return making.clients if element.name == "Client" else making.random.choice((1, 1, 2, MOST_REPEATS))
