"""Compares the elements of clients with those that should be: what `content` says of one client, for many at once.

`content` is the model: the two must find the same, in the same order (tests hold them against each other).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from keten.messages.kernel.alphabet import (
    AMPERSAND,
    BIG_Z,
    COLON,
    DASH,
    FOUR,
    NINE,
    PLUS,
    POINT,
    RETURN,
    TWO,
    ZERO,
    Bytes,
    compiled,
    inlined,
    is_space,
)
from keten.messages.kernel.elements import COMMON_SPACE, MESSAGE_SPACE
from keten.messages.kernel.values import MAX_DIGITS, conforms, unescape

STAYS, UNEXPECTED, NAMESPACE, MISPLACED, MISSING, ATTRIBUTE, TEXT, OTHER, VALUE, DOUBTFUL = range(10)
"""What may be wrong with an element. DOUBTFUL: its value is not plainly right, and must be judged elsewhere."""

STRING, INTEGER, DATE, TIME, UNSURE = range(5)
"""The base of a type, or UNSURE for one whose automaton refuses what is right."""

MOST_CHILDREN, MOST_LEVELS = 128, 64
"""More than any element of the standard has, and deeper than any lies."""


class Room(NamedTuple):
    """What comparing needs beside its results.

    Per place the longest row of siblings that could follow, per level the places that are taken, the elements that are
    open, and a text without its references.
    """

    best: npt.NDArray[np.int32]
    taken: npt.NDArray[np.bool_]
    open: npt.NDArray[np.int32]
    unescaped: Bytes


FOUND = np.dtype([("item", np.int32), ("what", np.int32), ("place", np.int32)])
"""Something wrong: the number of the element (of the parent, if one is MISSING), what it is, and a place among the children
of its parent: of the last before it (UNEXPECTED, -1: none), of the one meant (NAMESPACE), of the one that it belongs behind
or, as -1 - place, before (MISPLACED), of the missing one."""


@inlined
def _is_named(text, item, names, node):
    """Whether an element bears the name of one of the tree."""
    if item.name_size != node.name_size:
        return False
    for index in range(node.name_size):
        if text[item.name_at + index] != names[node.name_at + index]:
            return False
    return True


@compiled
def _find_place(text, item, names, nodes, parent):
    """Write into an element its place among the children of a node, by its name alone, or -1; whether its namespace fits."""
    first = nodes[parent].child_from
    fits, item.place = False, -1
    space = COMMON_SPACE if nodes[parent].child_count and nodes[first].common else MESSAGE_SPACE
    for place in range(nodes[parent].child_count - 1, -1, -1):
        if _is_named(text, item, names, nodes[first + place]):
            item.place = place
            fits = item.space == space
            break
    return fits


@compiled
def _choose(items, parent, nodes, node, best):
    """Mark the children that stay: as many as can in the order of the tree, and of those the first.

    Children whose namespace does not fit bear NAMESPACE, those without a place UNEXPECTED, all others MISPLACED until they
    stay. `place` is theirs; `longest` is room; `best` (per place) too.
    """
    first, count = nodes[node].child_from, nodes[node].child_count
    best[: count + 1] = 0
    child = items[parent].longest  # the last child, see _classify
    while child > parent:
        item = items[child]
        before = item.node
        if item.state == MISPLACED:
            place = item.place
            item.longest = 1 + best[place if nodes[first + place].repeats else place + 1]
            at = place
            while at >= 0 and best[at] < item.longest:
                best[at] = item.longest
                at -= 1
        child = before
    left, least, child = best[0], 0, parent + 1
    while child < items[parent].behind:
        item = items[child]
        if item.state == MISPLACED and item.place >= least and item.longest == left:
            item.state = STAYS
            left -= 1
            least = item.place if nodes[first + item.place].repeats else item.place + 1
        child = item.behind


@compiled
def _classify(text, items, parent, names, nodes, node, best, taken):
    """Decide of every child of an element what becomes of it, and which places are `taken` in the end."""
    first, count = nodes[node].child_from, nodes[node].child_count
    taken[:count] = False
    child, before = parent + 1, -1
    while child < items[parent].behind:
        item = items[child]
        fits = _find_place(text, item, names, nodes, node)
        item.state = MISPLACED if fits else NAMESPACE if item.place >= 0 else UNEXPECTED
        item.node = before
        before = child
        child = item.behind
    items[parent].longest = before
    _choose(items, parent, nodes, node, best)
    child = parent + 1
    while child < items[parent].behind:
        if items[child].state == STAYS:
            taken[items[child].place] = True
        child = items[child].behind
    last, child = -1, parent + 1
    while child < items[parent].behind:
        item = items[child]
        place = item.place
        if item.state == STAYS:
            last = place
            item.node = first + place
        elif place < 0 or (taken[place] and not nodes[first + place].repeats):
            item.state = UNEXPECTED
            item.place = last
        else:
            if item.state == MISPLACED:
                item.place = _neighbour(place, last, taken, count)
            taken[place] = True
        child = item.behind


@inlined
def _neighbour(place, last, taken, count):
    """Where a misplaced element belongs: behind the nearest before it that is there, or before (-1 - place) one."""
    if place < last:
        other = place + 1
        while other < count and not taken[other]:
            other += 1
        return -1 - other
    other = place - 1
    while other >= 0 and not taken[other]:
        other -= 1
    return other


@inlined
def _put(found, count, item, what, place):
    """Write down what was found, if there is room."""
    if count < len(found):
        one = found[count]
        one.item, one.what, one.place = item, what, place
    return count + 1


@compiled
def compare(text, items, top, grammar, found, count, room):
    """Compare a client (the element `top`) with its tree; how much is found then, which may be more than there is room for.

    What becomes of each element is written into `items`. `room`: `best`, `taken` per level, and `open` (see Workroom).
    """
    names, nodes = grammar.names, grammar.elements
    best, taken, opened = room.best, room.taken, room.open
    items[top].state, items[top].node = STAYS, 0
    depth, at = 0, top
    end = items[top].behind
    while True:
        while depth > 0 and items[opened[depth - 1]].behind == at:
            depth -= 1
            parent = opened[depth]
            node = nodes[items[parent].node]
            for place in range(node.child_count):
                if not taken[depth, place] and not nodes[node.child_from + place].optional:
                    count = _put(found, count, parent, MISSING, place)
        if at == end:
            break
        item = items[at]
        if item.state != STAYS:
            count = _put(found, count, at, item.state, item.place)
            at = item.behind
            continue
        if nodes[item.node].child_count > 0 or item.behind > at + 1:
            _classify(text, items, at, names, nodes, item.node, best, taken[depth])
            opened[depth] = at
            depth += 1
        at += 1
    return count


@inlined
def _follows(text, start, stop, base):
    """Whether the characters of a value leave open that it is of its base, though it is not written plainly."""
    dashes = 0
    for at in range(start, stop):
        byte = text[at]
        digit = ZERO <= byte and byte <= NINE
        if not (digit or byte == DASH or byte == PLUS or byte == COLON or byte == POINT or byte == BIG_Z):
            return False
        dashes += 0 if digit else 1 if byte == DASH else 3
    size = stop - start
    if base == DATE and dashes < 3:
        return size >= 10 and dashes == 2 and text[stop - 3] == DASH and text[stop - 6] == DASH
    if base == INTEGER and dashes == 0:
        return size > MAX_DIGITS
    return base != TIME or size > 8 or (size == 8 and text[start] == TWO and text[start + 1] == FOUR)


@compiled
def _verdict(text, start, stop, number, types, bases):
    """Whether a value is of its type: 1 if so, 0 if not, -1 if that must be asked elsewhere."""
    base = bases[number]
    if base != STRING:
        while start < stop and is_space(text[start]):
            start += 1
        while start < stop and is_space(text[stop - 1]):
            stop -= 1
    kind = types.kinds[number]
    if conforms(text, start, stop, kind, types.edges, types.classes, types.moves, types.accepting):
        return 1
    if base == UNSURE or (base != STRING and _follows(text, start, stop, base)):
        return -1
    return 0


@compiled
def _value(text, item, number, types, bases, unescaped):
    """The verdict on the text of a simple element."""
    start, stop = item.text_at, item.text_at + item.text_size
    special = False
    for index in range(start, stop):
        special = special or text[index] == AMPERSAND or text[index] == RETURN
    if not special:
        return _verdict(text, start, stop, number, types, bases)
    if item.text_size > len(unescaped):
        return -1
    stop = unescape(text, start, stop, unescaped, 0)
    return -1 if stop < 0 else _verdict(unescaped, 0, stop, number, types, bases)


@compiled
def judge(text, items, top, grammar, bases, settled, found, count, room):
    """Judge attributes, texts and values of the elements of a client that stay; how much is found then.

    `settled`: what does not stay was told of; else libxml2 says of a simple element no more than that it holds elements.
    """
    nodes, types = grammar.elements, grammar.types
    opened = room.open
    depth, at, end = 0, top, items[top].behind
    while True:
        while depth > 0 and items[opened[depth - 1]].behind == at:
            depth -= 1
            if items[opened[depth]].text_before == at:
                count = _put(found, count, opened[depth], TEXT, 0)
        if depth > 0 and items[opened[depth - 1]].text_before == at:
            count = _put(found, count, opened[depth - 1], TEXT, 0)
        if at == end:
            break
        item = items[at]
        if item.state != STAYS:
            at = item.behind
            continue
        if item.attributes:
            count = _put(found, count, at, ATTRIBUTE, 0)
        if nodes[item.node].child_count > 0:
            opened[depth] = at
            depth += 1
            at += 1
            continue
        inner = item.behind > at + 1
        if inner and not settled:
            count = _put(found, count, at, OTHER, 0)
        number = nodes[item.node].kind
        right = -1 if inner and settled else _value(text, item, number, types, bases, room.unescaped)
        if right < 1:
            count = _put(found, count, at, VALUE if right == 0 else DOUBTFUL, 0)
        at = item.behind
    return count


@compiled
def judge_clients(text, items, tops, instance, grammar, bases, found, ends, room):
    """Judge the clients `tops`: how much is found, which may be more than there is room for.

    `ends`: per client where that of the next begins, as -1 - END for a client that holds attributes that may mean something
    to XML Schema (`instance`: its namespace for them is declared), of which the rest is not true.
    """
    nodes = grammar.elements
    count = 0
    for number in range(len(tops)):
        top, begin, meant = tops[number], count, False
        for at in range(top, items[top].behind):
            meant = meant or (instance and items[at].prefixed)
        if meant:
            ends[number] = -1 - count
            continue
        count = compare(text, items, top, grammar, found, count, room)
        settled = count > len(found)
        for index in range(begin, min(count, len(found))):
            one = found[index]
            parent = one.item if one.what == MISSING else items[one.item].parent
            settled = settled or nodes[items[parent].node].child_count > 0
        count = judge(text, items, top, grammar, bases, settled, found, count if settled else begin, room)
        ends[number] = count
    return count


@compiled
def find_clients(text, items, container, local_name, tops, proper):
    """The elements in a container, and of each whether it is a client of the message; how many there are."""
    count, at = 0, container + 1
    while at < items[container].behind:
        item = items[at]
        same = item.name_size == len(local_name) and item.space == MESSAGE_SPACE
        for index in range(min(item.name_size, len(local_name))):
            same = same and text[item.name_at + index] == local_name[index]
        tops[count], proper[count] = at, same
        count += 1
        at = item.behind
    return count
