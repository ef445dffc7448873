"""Values in the kernel: whether one is of its type, and what one with references in it says."""

import numpy as np

from keten.messages.kernel.alphabet import (
    AMPERSAND,
    GREATER,
    HASH,
    LESS,
    LINE_FEED,
    NINE,
    RETURN,
    SEMICOLON,
    SMALL_X,
    SPACE,
    TAB,
    ZERO,
    compiled,
    inlined,
)

MAX_DIGITS = 18
"""What fits in 64 bits; the exact path judges longer numbers."""


@inlined
def is_char(point):
    """Whether XML allows the character."""
    if point < SPACE:
        return point == TAB or point == LINE_FEED or point == RETURN
    return not (point > 0x10FFFF or (0xD800 <= point and point < 0xE000) or point == 0xFFFE or point == 0xFFFF)


@inlined
def char(text, at):
    """Code point and size of the character beyond ASCII here; size 0 for what is not UTF-8, or no character of XML."""
    byte = np.int32(text[at])
    size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
    point = byte & (0xFF >> (size + 1))
    for index in range(1, size):
        if text[at + index] & 0xC0 != 0x80:
            return 0, 0
        point = (point << 6) | (text[at + index] & 0x3F)
    least = 0x80 if size == 2 else 0x800 if size == 3 else 0x10000
    if byte < 0xC0 or byte > 0xF4 or point < least or not is_char(point):
        return 0, 0
    return point, size


@inlined
def _number(text, start, end):
    value = np.int64(0)
    for at in range(start, end):
        value = value * 10 + (text[at] - ZERO)
    return value


@inlined
def conforms(text, start, end, kind, edges, classes, moves, accepting):
    """Whether a value is a plainly written value of a type (a KIND and the tables of `automata`)."""
    state = kind.start
    at, count = start, 0
    while at < end:
        if text[at] < 0x80:
            state = moves[state, classes[text[at]]]
            at += 1
        else:
            point, size = char(text, at)
            if size == 0:
                return False
            state = moves[state, np.searchsorted(edges, point, side="right") - 1]
            at += size
        if state == 0:
            return False
        count += 1
    if not accepting[state] or count < kind.least or count > kind.most:
        return False
    if not kind.counts:
        return True
    if count > MAX_DIGITS:
        return False
    value = _number(text, start, end)
    return kind.minimum <= value and value <= kind.maximum


@compiled
def _put_char(point, out, at):
    """Write a code point as UTF-8; where the next one goes, or -1 for what XML does not allow."""
    if not is_char(point):
        return -1
    if point < 0x80:
        out[at] = point
        return at + 1
    if point < 0x800:
        out[at] = 0xC0 | (point >> 6)
    elif point < 0x10000:
        out[at] = 0xE0 | (point >> 12)
    else:
        out[at] = 0xF0 | (point >> 18)
        at += 1
        out[at] = 0x80 | ((point >> 12) & 0x3F)
    if point >= 0x800:
        at += 1
        out[at] = 0x80 | ((point >> 6) & 0x3F)
    out[at + 1] = 0x80 | (point & 0x3F)
    return at + 2


@compiled
def _char_reference(text, at, end):
    """The code point of `#...;` or `#x...;` (at the `#`, up to the `;` at `end`), or -1."""
    base, at = (16, at + 2) if text[at + 1] == SMALL_X else (10, at + 1)
    if at == end or end - at > 8:
        return -1
    point = 0
    for place in range(at, end):
        byte = text[place]
        digit = byte - ZERO if byte <= NINE else (byte | 0x20) - 0x57
        if digit < 0 or digit >= base or (byte > NINE and digit < 10):
            return -1
        point = point * base + digit
    return point


@compiled
def entity(text, at, end):
    """The code point that `&...;` stands for (at behind the `&`, up to the `;` at `end`), or -1."""
    if text[at] == HASH:
        return _char_reference(text, at, end)
    size = end - at
    first, second = text[at], text[at + 1]
    if size == 2 and second == 0x74:  # lt, gt
        return LESS if first == 0x6C else GREATER if first == 0x67 else -1
    if size == 3 and first == 0x61 and second == 0x6D and text[at + 2] == 0x70:  # amp
        return AMPERSAND
    if size == 4 and text[at + 3] == 0x74 and text[at + 2] == 0x6F and second == 0x75 and first == 0x71:  # quot
        return 0x22
    if size == 4 and text[at + 3] == 0x73 and text[at + 2] == 0x6F and second == 0x70 and first == 0x61:  # apos
        return 0x27
    return -1


@compiled
def unescape(text, start, end, out, at):
    """Write a text without its references and with LF line ends; where the next goes, or -1 if it cannot be read."""
    while start < end:
        byte = text[start]
        start += 1
        if byte == RETURN:
            if text[start] == LINE_FEED:
                start += 1
            byte = LINE_FEED
        if byte != AMPERSAND:
            out[at] = byte
            at += 1
            continue
        stop = start
        while stop < end and text[stop] != SEMICOLON:
            stop += 1
        if stop == end:
            return -1
        at = _put_char(entity(text, start, stop), out, at)
        if at < 0:
            return -1
        start = stop + 1
    return at
