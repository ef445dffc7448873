"""The inner loop of reading: plain XML in, the place and size of every value out.

"Plain" is how the software of the sector writes: among the clients no attributes, comments, CDATA or processing
instructions, and values without odd spacing. What is not plain is not refused here but handed back, for the exact path.
"""

from typing import NamedTuple

import numpy as np

from keten.messages.kernel.alphabet import (
    AMPERSAND,
    BRACKET,
    GREATER,
    LESS,
    LINE_FEED,
    RETURN,
    SLASH,
    SPACE,
    TAB,
    compiled,
    inlined,
    is_space,
)
from keten.messages.kernel.values import conforms, unescape

MAX_DEPTH = 64
"""Deeper than any message of the standard; nothing is read deeper than its grammar goes."""

MAX_ELEMENTS = 20_000 - MAX_DEPTH
"""Elements in one client; the exact path, whose limit is higher by what may stand around a client, refuses more."""

TOKEN = np.dtype([("element", np.int32), ("start", np.int32), ("size", np.int32)])
"""An element that goes into a table: its number in the grammar, and the start and size of its text in what was read.
Text that had to be unescaped stands among the unescaped bytes instead, at -1 - start."""


class Stop(NamedTuple):
    """Where a scan stopped: behind the last child of the context that was read whole, and what was found up to there.

    `position` in the text; `tokens` and `unescaped` in use; `children` of the context read; `complete`: whether that
    was all there is.
    """

    position: int
    tokens: int
    unescaped: int
    children: int
    complete: bool


@inlined
def _reads(text, at, names, element):
    """Whether the element's name stands here."""
    for index in range(element.name_size):
        if text[at + index] != names[element.name_at + index]:
            return False
    return True


@inlined
def _next_child(text, at, names, nodes, element, last):
    """The child of `element` whose start tag `NAME>` stands here and may follow the child `last`, or -1."""
    child = nodes[element].child_from
    end = child + nodes[element].child_count
    if last >= 0:
        child = last if nodes[last].repeats else last + 1
    while child < end:
        candidate = nodes[child]
        if text[at + candidate.name_size] == GREATER and _reads(text, at, names, candidate):
            return child
        if child != last and not candidate.optional:
            return -1
        child += 1
    return -1


@inlined
def _end_tag(text, at, names, element):
    """Behind the end tag of the element that stands here, or -1 if another or none does."""
    behind = at + 2 + element.name_size
    if text[at + 1] == SLASH and text[behind] == GREATER and _reads(text, at + 2, names, element):
        return behind + 1
    return -1


@inlined
def _text_end(text, at):
    """Where the text here ends (at the `<`), and whether it must be unescaped.

    A control character ends it too: what then follows is no end tag, so the element is not plain.
    """
    special = False
    byte = text[at]
    while byte != LESS:
        if byte == AMPERSAND or byte == RETURN:
            special = True
        elif byte < SPACE and byte != LINE_FEED and byte != TAB:
            break
        elif byte == GREATER and at > 1 and text[at - 1] == BRACKET and text[at - 2] == BRACKET:
            break  # "]]>" is not allowed in text
        at += 1
        byte = text[at]
    return at, special


@compiled
def scan(text, position, end, grammar, context, trusting, tokens, token, unescaped, place, stack):
    """Read children of `context` from `position` until the end, or until one of them is not plain and right.

    `stack` (MAX_DEPTH x 2) is for the elements that are open and the last child of each.
    `trusting` leaves out the judgement of values and of size, for text that was judged before. What is found goes into
    `tokens` from `token` on, text that had to be unescaped into `unescaped` from `place` on. Returns a Stop. The text
    must be followed by PADDING zero bytes.
    """
    names, nodes = grammar.names, grammar.elements
    types = grammar.types
    kinds, edges, classes, moves, accepting = types.kinds, types.edges, types.classes, types.moves, types.accepting
    depth = 0
    stack[0, 0], stack[0, 1] = context, -1
    done = Stop(position, token, place, 0, False)
    children, elements = 0, 0
    while position < end:
        if is_space(text[position]):
            position += 1
            continue
        if text[position] != LESS:
            break
        element, last = stack[depth, 0], stack[depth, 1]
        if text[position + 1] == SLASH:
            position = _end_tag(text, position, names, nodes[element])
            complete = nodes[element].may_be_empty if last < 0 else nodes[last].may_end
            if depth == 0 or position < 0 or not complete:
                break
            depth -= 1
        else:
            child = _next_child(text, position + 1, names, nodes, element, last)
            if child < 0 or token == len(tokens) or (elements == MAX_ELEMENTS and not trusting):
                break
            elements += 1
            node = nodes[child]
            stack[depth, 1] = child
            position += node.name_size + 2
            found = tokens[token]
            found.element, found.start, found.size = child, position, 0
            if node.table >= 0:
                token += 1
            if node.child_count > 0:
                depth += 1
                stack[depth, 0], stack[depth, 1] = child, -1
                continue
            stop, special = _text_end(text, position)
            if special:
                behind = unescape(text, position, stop, unescaped, place)
                if behind < 0:
                    break
                if not trusting and not conforms(
                    unescaped, place, behind, kinds[node.kind], edges, classes, moves, accepting
                ):
                    break
                found.start, found.size = -1 - place, behind - place
                place = behind
            else:
                if not trusting and not conforms(
                    text, position, stop, kinds[node.kind], edges, classes, moves, accepting
                ):
                    break
                found.size = stop - position
            position = _end_tag(text, stop, names, node)
            if position < 0:
                break
        if depth == 0:
            children += 1
            elements = 0
            done = Stop(position, token, place, children, False)
    complete = depth == 0 and position >= end
    return Stop(done.position, done.tokens, done.unescaped, done.children, complete)
