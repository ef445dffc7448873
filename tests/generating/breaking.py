"""Ways to damage a document. Some leave it valid by chance: whether it still is, libxml2 says."""

from collections.abc import Callable
from copy import deepcopy
from random import Random

from tests.generating.documents import Part

FOREIGN = "http://example.org/foreign"
ATTRIBUTES = (
    ' x="1"',
    ' x="1" x="2"',
    ' x="a > b"',
    ' x="</m:Client>"',
    ' y:z="1"',
    " xmlns=''",
    " xmlns:y='urn:y'",
    ' xmlns:m="urn:other"',
    ' xml:space="preserve"',
    ' xsi:nil="true"',
    ' xsi:nil="false"',
    ' xsi:type="m:Client"',
    ' xsi:schemaLocation="urn:a b"',
)
LOOSE = (
    "x",
    "7",
    "&#160;",
    "&unknown;",
    "<![CDATA[x]]>",
    "<![CDATA[ ]]>",
    "&#32;",
    "]]>",
    "\x01",
    "<",
    "&",
    "<!-- -- -->",
)
VALUES = ("", " ", "x", "0", "999999999999", "2018-02-30", "éé", "\n", "a" * 300, "-1", "1.5", " 1 ", "12345678", "Z")


def break_document(root: Part, random: Random, *, times: int = 1) -> None:
    """Damage a document, in so many ways at random."""
    for _ in range(times):
        if root.parts:
            random.choice(WAYS)(root, random)


def break_bytes(text: bytes, random: Random) -> bytes:
    """A document cut off, or with some of its bytes changed, doubled or taken out."""
    if random.random() < 0.3:
        return text[: random.randrange(len(text))]
    changed = bytearray(text)
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(changed))
        size = random.choice((0, 1, 1, 4, 40))
        changed[at : at + size] = random.choice(
            (b"", random.randbytes(1), b"<", b">", b"&", b"/", b"\x00", changed[at : at + 2 * size])
        )
    return bytes(changed)


def _parent(root: Part, random: Random) -> Part:
    """An element with elements in it: any, or one of the outermost."""
    if random.random() < 0.2:
        return random.choice([part for part in (root, *root.parts) if part.parts])
    return random.choice([part for part in root.all() if part.parts])


def _drop(root: Part, random: Random) -> None:
    parent = _parent(root, random)
    del parent.parts[random.randrange(len(parent.parts))]


def _double(root: Part, random: Random) -> None:
    parent = _parent(root, random)
    at = random.randrange(len(parent.parts))
    parent.parts.insert(random.randint(0, len(parent.parts)), deepcopy(parent.parts[at]))


def _swap(root: Part, random: Random) -> None:
    parts = _parent(root, random).parts
    first, second = random.randrange(len(parts)), random.randrange(len(parts))
    parts[first], parts[second] = parts[second], parts[first]


def _move(root: Part, random: Random) -> None:
    """Take an element to another parent."""
    giver, taker = _parent(root, random), _parent(root, random)
    part = giver.parts[random.randrange(len(giver.parts))]
    if taker not in part.all():
        giver.parts.remove(part)
        taker.parts.insert(random.randint(0, len(taker.parts)), part)


def _rename(root: Part, random: Random) -> None:
    part = random.choice(root.all())
    part.name = random.choice(("Onbekend", part.name.lower(), part.name + "s", part.name[:-1] or "X", "Client", "Bsn"))


def _estrange(root: Part, random: Random) -> None:
    """Put an element into another namespace."""
    part = random.choice(root.all())
    spaces = {other.namespace for other in root.all()} - {part.namespace}
    part.namespace = random.choice([FOREIGN, *sorted(spaces)])


def _attribute(root: Part, random: Random) -> None:
    random.choice(root.all()).attributes += random.choice(ATTRIBUTES)


def _value(root: Part, random: Random) -> None:
    part = random.choice([part for part in root.all() if part.text is not None] or [root])
    part.text = random.choice(VALUES)


def _text_among_elements(root: Part, random: Random) -> None:
    _parent(root, random).loose = random.choice(LOOSE)


def _empty(root: Part, random: Random) -> None:
    part = random.choice(root.all())
    part.parts, part.text = [], ""


def _nest(root: Part, random: Random) -> None:
    """Put a copy of an element, or of its parent, into it."""
    parent = _parent(root, random)
    inner = deepcopy(random.choice([parent, *parent.parts]))
    random.choice(parent.parts).parts.append(inner)


WAYS: tuple[Callable[[Part, Random], None], ...] = (
    _drop, _double, _swap, _move, _rename, _estrange, _attribute, _value, _value, _text_among_elements, _empty, _nest,
)  # fmt: skip
