"""What is wrong with the clients of a batch: counted at once, put into words and places when somebody asks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from keten.messages.comparing import elements_of
from keten.messages.content import may_follow, space_of
from keten.messages.defects import Defect, Kind
from keten.messages.grammar import client_tree
from keten.messages.kernel import ATTRIBUTE, MISPLACED, MISSING, NAMESPACE, OTHER, TEXT, UNEXPECTED, VALUE
from keten.messages.layout import Layout, Node

KINDS: Mapping[int, Kind] = {ATTRIBUTE: "attribute", TEXT: "text", OTHER: "other", VALUE: "value"}
"""What is wrong with an element that stays, by the kernel's number for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What the kernel found wrong with clients that follow each other; `text` is what it found it in.

    `ends`: of each client where in `found` that of the next one begins; `begin`: where that of the first does; `first`:
    the number of the first client.
    """

    layout: Layout
    text: bytes
    found: npt.NDArray[np.void]
    ends: npt.NDArray[np.int64]
    begin: int = 0
    first: int = 1

    def __len__(self) -> int:
        return (int(self.ends[-1]) if len(self.ends) else self.begin) - self.begin

    def __iter__(self) -> Iterator[Defect]:
        return self._told(first_only=False)

    def firsts(self) -> Iterator[Defect]:
        """The first of each client."""
        return self._told(first_only=True)

    @property
    def clients(self) -> list[int]:
        """The numbers of the clients with which something is wrong."""
        return (np.flatnonzero(np.diff(self.ends, prepend=self.begin)) + self.first).tolist()

    def among(self, start: int, stop: int) -> "Piece":
        """The part of it about these clients, by their place in it."""
        begin = int(self.ends[start - 1]) if start else self.begin
        return replace(self, ends=self.ends[start:stop], begin=begin, first=self.first + start)

    def shifted(self, clients: int) -> "Piece":
        """The same behind so many clients."""
        return replace(self, first=self.first + clients)

    def _told(self, *, first_only: bool) -> Iterator[Defect]:
        if not len(self):
            return
        words, begin = _Words(self), self.begin
        for client, end in enumerate(self.ends.tolist(), self.first):
            for found in self.found[begin : min(end, begin + 1) if first_only else end].tolist():
                yield words(client, *found)
            begin = end


class _Words:
    """Makes defects of what was found in one piece; the names and places of its elements are found when asked for."""

    def __init__(self, piece: Piece) -> None:
        read = elements_of(piece.layout, piece.text)
        items = read.items
        self._layout, self._text, self._nodes = piece.layout, piece.text, client_tree(piece.layout).nodes
        self._container = read.container
        self._parents, self._behind = items["parent"].tolist(), items["behind"].tolist()
        self._at, self._sizes = items["name_at"].tolist(), items["name_size"].tolist()
        self._places = items["node"].tolist()
        self._steps: dict[int, dict[int, str]] = {}

    def __call__(self, client: int, item: int, what: int, place: int) -> Defect:
        name, path = self._name(item), self._path(item)
        if what in KINDS:
            return Defect(KINDS[what], path, client, name, type=self._nodes[self._places[item]].type)
        if what == MISSING:
            return Defect("missing", path, client, self._nodes[self._places[item]].children[place].name)
        node = self._nodes[self._places[self._parents[item]]]
        if what == UNEXPECTED:
            return Defect("unexpected", path, client, name, expected=_followers(node, place))
        if what == NAMESPACE:
            return Defect("namespace", path, client, name, detail=space_of(self._layout, node.children[place]))
        assert what == MISPLACED
        return Defect("misplaced", path, client, name, detail=_whither(node, place))

    def _name(self, item: int) -> str:
        return self._text[self._at[item] : self._at[item] + self._sizes[item]].decode()

    def _path(self, item: int) -> str:
        """The path of an element from its client."""
        steps: list[str] = []
        while (parent := self._parents[item]) != self._container:
            if parent not in self._steps:
                self._steps[parent] = dict(self._children(parent))
            steps.append(self._steps[parent][item])
            item = parent
        return "".join(reversed(steps))

    def _children(self, parent: int) -> Iterator[tuple[int, str]]:
        """The step to each element in an element: an index stands where there are more of its name."""
        children: list[int] = []
        child = parent + 1
        while child < self._behind[parent]:
            children.append(child)
            child = self._behind[child]
        names = [self._name(one) for one in children]
        total, seen = Counter(names), Counter[str]()
        for child, name in zip(children, names, strict=True):
            seen[name] += 1
            yield child, f"/{name}[{seen[name]}]" if total[name] > 1 else f"/{name}"


@cache
def _followers(node: Node, last: int) -> tuple[str, ...]:
    """The elements that may follow a child."""
    return tuple(may_follow(node, last))


@cache
def _whither(node: Node, place: int) -> str:
    """Where an element belongs: behind a child, or before (-1 - place) one."""
    return f"before {node.children[-1 - place].name}" if place < 0 else f"behind {node.children[place].name}"


@dataclass(frozen=True, slots=True)
class Defects:
    """What is wrong in a batch, in order: that of clients whose structure is wrong is put into words when it is asked for.

    >>> defects = Defects((Defect("text"), Defect("missing", client=2), Defect("value", client=2)))
    >>> len(defects), [defect.kind for defect in defects.firsts()]
    (3, ['missing'])
    """

    parts: tuple[Defect | Piece, ...] = ()

    def __len__(self) -> int:
        return sum(1 if isinstance(part, Defect) else len(part) for part in self.parts)

    def __iter__(self) -> Iterator[Defect]:
        return chain.from_iterable((part,) if isinstance(part, Defect) else part for part in self.parts)

    def firsts(self) -> Iterator[Defect]:
        """Of each client that has some, the first."""
        told = None
        for part in self.parts:
            for defect in (part,) if isinstance(part, Defect) else part.firsts():
                if defect.client and defect.client != told:
                    told = defect.client
                    yield defect

    @property
    def clients(self) -> list[int]:
        """The numbers of the clients with which something is wrong, in order."""
        numbers = ((part.client,) if isinstance(part, Defect) else part.clients for part in self.parts)
        return list(dict.fromkeys(number for number in chain.from_iterable(numbers) if number is not None))

    @property
    def apart(self) -> Iterator[Defect]:
        """Those that are not about the structure of a client that the kernel compared: what is wrong around clients."""
        return (part for part in self.parts if isinstance(part, Defect))

    def shifted(self, clients: int, lines: int) -> "Defects":
        """The same behind so many clients and lines."""
        return Defects(tuple(shifted(self.parts, clients, lines)))


def shifted(parts: Iterable[Defect | Piece], clients: int, lines: int = 0) -> Iterator[Defect | Piece]:
    """The same behind so many clients and lines."""
    for part in parts:
        yield part.shifted(clients, lines) if isinstance(part, Defect) else part.shifted(clients)
