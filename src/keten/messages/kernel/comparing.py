"""Compares the elements of clients with those that should be: what `content` says of one client, for many at once.

`content` is the model: the two must find the same, in the same order (tests hold them against each other).
"""

from keten.messages.kernel.alphabet import compiled, inlined
from keten.messages.kernel.findings import MISPLACED, MISSING, NAMESPACE, STAYS, UNEXPECTED, put
from keten.messages.kernel.tags import COMMON_SPACE, MESSAGE_SPACE


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
                    count = put(found, count, parent, MISSING, place)
        if at == end:
            break
        item = items[at]
        if item.state != STAYS:
            count = put(found, count, at, item.state, item.place)
            at = item.behind
            continue
        if nodes[item.node].child_count > 0 or item.behind > at + 1:
            _classify(text, items, at, names, nodes, item.node, best, taken[depth])
            opened[depth] = at
            depth += 1
        at += 1
    return count
