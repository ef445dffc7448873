"""Where clients begin and end in a text, exactly: nothing within comments, CDATA or instructions is taken for a tag."""

from keten.messages.kernel.alphabet import (
    BANG,
    BRACKET,
    COLON,
    DASH,
    GREATER,
    LESS,
    OPEN_BRACKET,
    QUESTION,
    SLASH,
    compiled,
    goes_on,
    inlined,
)

NONE, FORBIDDEN = -1, -2
"""No such tag; or a document type or marked section, which no message may hold, stood in the way."""

SECTION = 9
"""Bytes of `<![CDATA[`, the longest beginning of a section."""


@inlined
def _is_name(text, at, end, name):
    """Whether exactly this name stands here."""
    size = len(name)
    if at + size > end or goes_on(text[at + size]):
        return False
    for index in range(size):
        if text[at + index] != name[index]:
            return False
    return True


@inlined
def _behind_tag(text, at, end):
    """Behind the `>` of the end tag that stands here; beyond the end if it is not there yet."""
    while at < end and text[at] != GREATER:
        at += 1
    return at + 1


@compiled
def _behind_section(text, at, end):
    """Behind the comment, CDATA section or instruction that stands here; the end if it goes on; -1 for others."""
    if text[at + 1] == QUESTION:
        return _behind(text, at + 2, end, QUESTION, 1)
    if text[at + 2] == DASH and text[at + 3] == DASH:
        return _behind(text, at + 4, end, DASH, 2)
    if text[at + 2] == OPEN_BRACKET:
        return _behind(text, at + SECTION, end, BRACKET, 2)
    return end if at + SECTION > end else -1


@compiled
def _behind(text, at, end, byte, times):
    """Behind the next `>` before which the byte stands so many times; the end if there is none."""
    run = 0
    while at < end:
        if text[at] == GREATER and run >= times:
            return at + 1
        run = run + 1 if text[at] == byte else 0
        at += 1
    return end


@compiled
def client_end(text, begin, end, name, last):
    """Behind the first or the `last` `</NAME>` that is truly an end tag; NONE, or FORBIDDEN before a document type.

    Comments, CDATA sections and processing instructions are stepped over: what looks like a tag in them is none.
    """
    found, at = NONE, begin
    while at < end:
        if text[at] != LESS:
            at += 1
        elif text[at + 1] == BANG or text[at + 1] == QUESTION:
            at = _behind_section(text, at, end)
            if at < 0:
                return FORBIDDEN
        elif text[at + 1] == SLASH and _is_name(text, at + 2, end, name):
            at = _behind_tag(text, at, end)
            if at > end:
                break
            found = at
            if not last:
                break
        else:
            at += 2
    return found


@compiled
def client_start(text, begin, end, local_name):
    """Where the first start tag `<NAME` or `<PREFIX:NAME` stands, and the size of its full name; NONE, FORBIDDEN."""
    at = begin
    while at < end:
        if text[at] != LESS:
            at += 1
        elif text[at + 1] == BANG or text[at + 1] == QUESTION:
            at = _behind_section(text, at, end)
            if at < 0:
                return FORBIDDEN, 0
        elif text[at + 1] == SLASH:
            at += 2
        else:
            colon = at
            size = 0
            while goes_on(text[at + 1 + size]):
                if text[at + 1 + size] == COLON:
                    colon = at + 1 + size
                size += 1
            if at + size < end and at + 1 + size - (colon + 1) == len(local_name):
                if _is_name(text, colon + 1, end, local_name):
                    return at, size
            at += 1 + size
    return NONE, 0
