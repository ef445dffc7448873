"""Judges clients: what stands where it should not, and the attributes, texts and values of what may stay."""

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
    compiled,
    inlined,
    is_space,
)
from keten.messages.kernel.comparing import compare
from keten.messages.kernel.findings import (
    ATTRIBUTE,
    DATE,
    DOUBTFUL,
    INTEGER,
    MISSING,
    OTHER,
    STAYS,
    STRING,
    TEXT,
    TIME,
    UNSURE,
    VALUE,
    put,
)
from keten.messages.kernel.tags import MESSAGE_SPACE
from keten.messages.kernel.values import MAX_DIGITS, conforms, unescape


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
                count = put(found, count, opened[depth], TEXT, 0)
        if depth > 0 and items[opened[depth - 1]].text_before == at:
            count = put(found, count, opened[depth - 1], TEXT, 0)
        if at == end:
            break
        item = items[at]
        if item.state != STAYS:
            at = item.behind
            continue
        if item.attributes:
            count = put(found, count, at, ATTRIBUTE, 0)
        if nodes[item.node].child_count > 0:
            opened[depth] = at
            depth += 1
            at += 1
            continue
        inner = item.behind > at + 1
        if inner and not settled:
            count = put(found, count, at, OTHER, 0)
        number = nodes[item.node].kind
        right = -1 if inner and settled else _value(text, item, number, types, bases, room.unescaped)
        if right < 1:
            count = put(found, count, at, VALUE if right == 0 else DOUBTFUL, 0)
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
