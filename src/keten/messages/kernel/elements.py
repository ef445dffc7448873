"""The elements of a text, whatever they are: of one that is written plainly, or that libxml2 read and wrote again."""

from keten.messages.kernel.alphabet import GREATER, LESS, SLASH, compiled
from keten.messages.kernel.tags import end_tag, start_tag, text_end


@compiled
def read_elements(text, end, right, spaces, items, stack):
    """Find the elements of a text; how many there are, or -1 if it is not plain, or there is no room.

    `right`: how many bytes at the beginning and at the end are known to be well-formed; of those between, only what is
    plain is taken. `stack` (x 3) is for the elements that are open, how many namespaces are declared around each, and
    where its name begins.
    """
    at, count, depth, declared = 0, 0, 0, 0
    first, behind = right[0], end - right[1]
    while at < end:
        plain = first <= at and at < behind
        if text[at] != LESS:
            return -1
        if text[at + 1] == SLASH:
            depth -= 1
            at = end_tag(text, at, stack[depth, 2]) if depth >= 0 else -1
            if at < 0:
                return -1
            closed = items[stack[depth, 0]]
            closed.behind, closed.end = count, at
            declared = stack[depth, 1]
        else:
            if count == len(items) or depth == len(stack) or (depth == 0 and count > 0):
                return -1
            item = items[count]
            item.parent = stack[depth - 1, 0] if depth > 0 else -1
            stack[depth, 0], stack[depth, 1], stack[depth, 2] = count, declared, at + 1
            at, declared = start_tag(text, at, item, spaces, declared, plain)
            if at < 0:
                return -1
            count += 1
            if text[at] == GREATER:
                depth += 1
                item.text_at = at + 1
                at, blank = text_end(text, at + 1, end, first <= at + 1 and at + 1 < behind)
                if at < 0:
                    return -1
                item.text_size = at - item.text_at
                item.text_before = -1 if blank else count
                continue
            at += 2
            declared = stack[depth, 1]
            item.behind, item.end = count, at
        at, blank = text_end(text, at, end, first <= at and at < behind)
        if at < 0:
            return -1
        if not blank and depth > 0:
            above = items[stack[depth - 1, 0]]
            above.text_before = count if above.text_before < 0 else above.text_before
    return count if depth == 0 else -1
