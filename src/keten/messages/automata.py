"""The simple types of a release as one table-driven automaton, for the kernel that reads messages.

The automaton accepts only what is written plainly: no spaces around numbers and dates, no signs, four-digit years. All
else is left to the exact path, so plain reading can be strict without ever being wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from keten.messages import patterns
from keten.messages.patterns import LAST, Expression, UnsupportedPattern
from keten.standard import SimpleType

LEAP = "([0-9][0-9](0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
DAYS = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
PLAIN = {
    "string": (),
    "integer": ("[0-9]+",),
    "date": ("[1-9][0-9]{3}-[^Z]*", f"[0-9]{{4}}-({DAYS})|{LEAP}-02-29"),
    "time": ("([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",),
}
"""What a value of each base type looks like when it is written plainly (XML Schema part 2)."""

NO_LIMIT = 2**31 - 1
LARGEST = 10**18


@dataclass(frozen=True, slots=True)
class Automaton:
    """The automaton of one type: per state the next state by class of character, and whether a value may end there.

    `edges` are the code points at which a new class begins (the first is 0); state 0 refuses for good, 1 is the start.
    """

    edges: tuple[int, ...]
    moves: tuple[tuple[int, ...], ...]
    accepting: tuple[bool, ...]

    def matches(self, text: str) -> bool:
        """Whether the text is in the language."""
        state = 1
        for char in text:
            state = self.moves[state][int(np.searchsorted(self.edges, ord(char), side="right")) - 1]
        return self.accepting[state]


REFUSES_ALL = Automaton((0,), ((0,), (0,)), (False, False))


def automaton(kind: SimpleType) -> Automaton:
    """The automaton of a simple type: its base, patterns and codes (lengths and ranges are left to the kernel)."""
    try:
        demands = [patterns.parse(pattern) for pattern in (*PLAIN[kind.base], *kind.patterns)]
    except UnsupportedPattern:
        return REFUSES_ALL
    if not kind.codes:
        return of_expression(patterns.all_of(demands or [patterns.parse(r"[\s\S]*")]))
    checks = [of_expression(demand) for demand in demands]
    return of_words(code for code in kind.codes if all(check.matches(code) for check in checks))


@cache
def of_expression(expression: Expression) -> Automaton:
    """Walk an expression by its derivatives until no new one appears. Most types share theirs with others."""
    edges = tuple(sorted({0, *patterns.boundaries(expression)} - {LAST + 1}))
    states: dict[Expression, int] = {patterns.NOTHING: 0, expression: 1}
    moves: list[tuple[int, ...]] = []
    queue = list(states)
    for state in queue:
        row = []
        for char in edges:
            found = patterns.after(state, char)
            if found not in states:
                states[found] = len(states)
                queue.append(found)
            row.append(states[found])
        moves.append(tuple(row))
    return Automaton(edges, tuple(moves), tuple(patterns.accepts_empty(state) for state in queue))


def of_words(words: Iterable[str]) -> Automaton:
    """The automaton of a code list: a tree of its words."""
    listed = sorted(words)
    chars = sorted({ord(char) for word in listed for char in word})
    edges = tuple(sorted({0, *chars, *(char + 1 for char in chars)}))
    at = {edge: index for index, edge in enumerate(edges)}
    moves: list[list[int]] = [[0] * len(edges), [0] * len(edges)]
    ends = set()
    for word in listed:
        state = 1
        for char in word:
            row, column = moves[state], at[ord(char)]
            if not row[column]:
                row[column] = len(moves)
                moves.append([0] * len(edges))
            state = row[column]
        ends.add(state)
    return Automaton(edges, tuple(map(tuple, moves)), tuple(state in ends for state in range(len(moves))))


KIND = np.dtype(
    [
        ("start", np.int32),
        ("least", np.int32),
        ("most", np.int32),
        ("counts", np.bool_),
        ("minimum", np.int64),
        ("maximum", np.int64),
    ],
    align=True,
)
"""A type for the kernel: its start state, least and most characters, whether it is an integer, and its bounds."""


class TypeTables(NamedTuple):
    """The automata of several types side by side, as arrays for the kernel.

    `kinds`: a KIND per type; `edges`: code points at which a new class of characters begins; `classes` (128): the class
    of an ASCII character; `moves` (states x classes): the next state; `accepting` (states): whether a value may end.
    """

    kinds: npt.NDArray[np.void]
    edges: npt.NDArray[np.int32]
    classes: npt.NDArray[np.int32]
    moves: npt.NDArray[np.int32]
    accepting: npt.NDArray[np.bool_]


def tabulate(types: Sequence[SimpleType]) -> TypeTables:
    """Lay the automata of the types, in their order, into one set of tables. State 0 is shared and refuses for good."""
    automata = [automaton(one) for one in types]
    edges = np.array(sorted({0, 128, *(edge for one in automata for edge in one.edges)}), np.int32)
    moves, accepting, kinds = [np.zeros((1, len(edges)), np.int32)], [False], []
    for one, simple in zip(automata, types, strict=True):
        offset = len(accepting) - 1
        kinds.append((offset + 1, *_limits(simple)))
        columns = np.searchsorted(np.array(one.edges), edges, side="right") - 1
        rows = np.array(one.moves, np.int32)[1:, columns]
        moves.append(np.where(rows == 0, 0, rows + np.int32(offset)))
        accepting += one.accepting[1:]
    return TypeTables(
        kinds=np.array(kinds, KIND),
        edges=edges,
        classes=(np.searchsorted(edges, np.arange(128), side="right") - 1).astype(np.int32),
        moves=np.ascontiguousarray(np.concatenate(moves)),
        accepting=np.array(accepting),
    )


def _limits(simple: SimpleType) -> tuple[int, int, bool, int, int]:
    return (
        simple.min_length or 0,
        NO_LIMIT if simple.max_length is None else simple.max_length,
        simple.base == "integer",
        -LARGEST if simple.minimum is None else simple.minimum,
        LARGEST if simple.maximum is None else simple.maximum,
    )
