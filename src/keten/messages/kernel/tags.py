"""Tags, attributes and texts of any XML that is written plainly, or that libxml2 read and wrote again.

Plain is here what needs no knowledge of XML's corners to be known for well-formed: simple names with prefixes that are
declared around, at most one attribute without a prefix, no comments, instructions or CDATA.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from keten.messages.kernel.alphabet import (
    AMPERSAND,
    APOSTROPHE,
    BRACKET,
    COLON,
    DASH,
    EQUALS,
    GREATER,
    LESS,
    NINE,
    POINT,
    QUOTE,
    SEMICOLON,
    SLASH,
    SMALL_A,
    SMALL_Z,
    SPACE,
    UNDERSCORE,
    ZERO,
    Bytes,
    compiled,
    inlined,
    is_space,
)
from keten.messages.kernel.values import char, entity, is_char

MESSAGE_SPACE, COMMON_SPACE, OTHER_SPACE = 0, 1, 2
"""The namespace of an element: that of the message, that of the common types, or any other or none."""

ITEM = np.dtype(
    [
        ("parent", np.int32),
        ("behind", np.int32),
        ("name_at", np.int32),
        ("name_size", np.int32),
        ("text_at", np.int32),
        ("text_size", np.int32),
        ("text_before", np.int32),
        ("end", np.int32),
        ("space", np.int8),
        ("attributes", np.bool_),
        ("prefixed", np.bool_),
        ("state", np.int8),
        ("node", np.int32),
        ("place", np.int32),
        ("longest", np.int32),
    ],
    align=True,
)
"""An element of a text, in document order.

`parent`: the number of the element it stands in; `behind`: of the first one behind all that is within it; its local name;
the text before its first child; `text_before`: the number of the element before which it first holds text that is not
blank (-1: none); `end`: where it ends; its namespace; whether it has attributes, and one with a prefix. The rest is for
comparing: `state`, what becomes of it; `node`, which element of the tree it is; `place`, which child of its parent there;
`longest`, how many siblings stay from it on, if it does.
"""

LONGEST_REFERENCE = 12
"""More bytes than from the `&` of a reference that is plain to its `;`."""

LONG_NAME = 200
"""Bytes of a name that is not plain any more."""

XMLNS = 6
"""Bytes of `xmlns:`."""

MOST_DECLARED = 4096
"""Namespaces declared one within another; the elements of a text with more are not found."""


class Spaces(NamedTuple):
    """The two namespaces of a message, as they are written, and room for those declared: prefix, its size, its kind."""

    message: Bytes
    common: Bytes
    declared: npt.NDArray[np.int32]


@inlined
def _same(text, at, size, other):
    """Whether these bytes stand here."""
    if size != len(other):
        return False
    for index in range(size):
        if text[at + index] != other[index]:
            return False
    return True


@inlined
def _declares(text, at, size):
    """Whether an attribute's name begins with `xmlns` and ends there or at a colon."""
    return (
        size >= 5
        and text[at] == 0x78
        and text[at + 1] == 0x6D
        and text[at + 2] == 0x6C
        and text[at + 3] == 0x6E
        and text[at + 4] == 0x73
        and (size == 5 or text[at + 5] == COLON)
    )


@inlined
def _space_of(text, at, size, spaces, declared):
    """The namespace that a prefix stands for, by the declaration that was made last; -1: none was."""
    for index in range(declared - 1, -1, -1):
        if spaces.declared[index, 1] == size:
            start, same = spaces.declared[index, 0], True
            for offset in range(size):
                same = same and text[start + offset] == text[at + offset]
            if same:
                return spaces.declared[index, 2]
    return -1


@inlined
def _goes_in_name(byte):
    """Whether the byte may stand in a plain name."""
    lower = byte | 0x20
    return (
        (lower >= SMALL_A and lower <= SMALL_Z)
        or (byte >= ZERO and byte <= NINE)
        or byte == UNDERSCORE
        or byte == DASH
        or byte == POINT
    )


@inlined
def _begins_name(byte):
    """Whether a plain name may begin with the byte."""
    lower = byte | 0x20
    return (lower >= SMALL_A and lower <= SMALL_Z) or byte == UNDERSCORE


@compiled
def _name(text, at, plain):
    """Behind the name here, and where its local part begins; -1 for one that is not plain, if it must be."""
    local, start = at, at
    if plain:
        if not _begins_name(text[at]):
            return -1, at
        while _goes_in_name(text[at]):
            at += 1
        if text[at] == COLON:
            at += 1
            local = at
            if not _begins_name(text[at]):
                return -1, at
            while _goes_in_name(text[at]):
                at += 1
        return (at if at - start < LONG_NAME else -1), local
    while not (is_space(text[at]) or text[at] == GREATER or text[at] == SLASH or text[at] == EQUALS):
        at += 1
        if text[at - 1] == COLON:
            local = at
    return at, local


@compiled
def _attribute(text, at, item, spaces, declared, plain):
    """Read the attribute here: behind it (-1: it must be plain and is not), and the namespaces declared by then."""
    start = at
    at, local = _name(text, start, plain)
    if at < 0 or text[at] != EQUALS or (text[at + 1] != QUOTE and text[at + 1] != APOSTROPHE):
        return -1, declared
    size, quote, value = at - start, text[at + 1], at + 2
    at = value
    while text[at] != quote:
        if plain and (text[at] < SPACE or text[at] >= 0x80 or text[at] == LESS or text[at] == AMPERSAND):
            return -1, declared
        at += 1
    if not _declares(text, start, size):
        if plain and (item.attributes or local > start):
            return -1, declared
        item.attributes = True
        item.prefixed = item.prefixed or local > start
    elif plain:
        return -1, declared
    elif declared < MOST_DECLARED:
        prefix = min(size, XMLNS)
        spaces.declared[declared, 0], spaces.declared[declared, 1] = start + prefix, size - prefix
        known = MESSAGE_SPACE if _same(text, value, at - value, spaces.message) else OTHER_SPACE
        known = COMMON_SPACE if _same(text, value, at - value, spaces.common) else known
        spaces.declared[declared, 2] = known
        declared += 1
    return at + 1, declared


@compiled
def _attributes(text, at, item, spaces, declared, plain):
    """Read the attributes of an element up to the `>` or `/>`: where that stands, and the namespaces declared by then."""
    item.attributes, item.prefixed = False, False
    while text[at] != GREATER and not (text[at] == SLASH and text[at + 1] == GREATER):
        if is_space(text[at]):
            at += 1
        elif plain and not is_space(text[at - 1]):
            return -1, declared
        else:
            at, declared = _attribute(text, at, item, spaces, declared, plain)
            if at < 0:
                break
    return at, declared


@compiled
def text_end(text, at, end, plain):
    """Behind the text here, and whether it is blank; -1 for text that is not plain, if it must be."""
    blank = True
    while at < end and text[at] != LESS:
        byte = text[at]
        if byte == AMPERSAND:
            stop = at + 1
            while stop < at + LONGEST_REFERENCE and text[stop] != SEMICOLON:
                stop += 1
            point = entity(text, at + 1, stop) if text[stop] == SEMICOLON else -1
            if plain and not is_char(point):
                return -1, False
            blank = blank and is_space(point)
            at = stop
        elif plain and byte >= 0x80:
            _, size = char(text, at)
            if size == 0:
                return -1, False
            blank = False
            at += size - 1
        elif not is_space(byte):
            if plain and (byte < SPACE or (byte == GREATER and text[at - 1] == BRACKET and text[at - 2] == BRACKET)):
                return -1, False
            blank = False
        at += 1
    return at, blank


@compiled
def end_tag(text, at, start):
    """Behind the end tag here, or -1 if it is not that of the element whose name begins at `start`."""
    at += 2
    while not (is_space(text[at]) or text[at] == GREATER):
        if text[at] != text[start]:
            return -1
        at += 1
        start += 1
    if _goes_in_name(text[start]) or text[start] == COLON:
        return -1
    while is_space(text[at]):
        at += 1
    return at + 1 if text[at] == GREATER else -1


@compiled
def start_tag(text, at, item, spaces, declared, plain):
    """Read the start tag here: where its `>` or `/>` stands, and the namespaces declared by then; -1 if it is not plain."""
    start = at + 1
    at, local = _name(text, start, plain)
    if at < 0:
        return -1, declared
    item.name_at, item.name_size = local, at - local
    at, declared = _attributes(text, at, item, spaces, declared, plain)
    if at < 0 or declared == MOST_DECLARED:
        return -1, declared
    space = _space_of(text, start, max(local - start - 1, 0), spaces, declared)
    item.space = OTHER_SPACE if space < 0 else space
    item.text_at, item.text_size, item.text_before = 0, 0, -1
    return (-1 if space < 0 and local > start else at), declared
