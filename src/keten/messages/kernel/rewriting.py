"""Writes clients that were judged in plain form, for the scan that makes tables."""

from keten.messages.kernel.alphabet import GREATER, LESS, SLASH, compiled, inlined


@inlined
def _put(out, at, source, start, size):
    """Write some bytes, as far as there is room; where the next ones go."""
    for index in range(min(size, len(out) - at)):
        out[at + index] = source[start + index]
    return at + size


@compiled
def _put_tag(out, at, names, node, closing):
    """Write a tag; where the next byte goes."""
    room = len(out) - node.name_size - 3
    if at <= room:
        out[at] = LESS
        out[at + 1] = SLASH
        at += 2 if closing else 1
        at = _put(out, at, names, node.name_at, node.name_size)
        out[at] = GREATER
        return at + 1
    return at + node.name_size + 3


@compiled
def rewrite(text, items, top, grammar, out, at, opened):
    """Write a client that is right, with the names of the grammar; behind it, which may be more than there is room for."""
    names, nodes = grammar.names, grammar.elements
    depth, element, end = 0, top, items[top].behind
    while True:
        while depth > 0 and items[opened[depth - 1]].behind == element:
            depth -= 1
            at = _put_tag(out, at, names, nodes[items[opened[depth]].node], True)
        if element == end:
            return at
        item = items[element]
        at = _put_tag(out, at, names, nodes[item.node], False)
        if nodes[item.node].child_count == 0:
            at = _put(out, at, text, item.text_at, item.text_size)
        opened[depth] = element
        depth += 1
        element += 1
