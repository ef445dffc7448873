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
def _name_end(text, at):
    """Behind the name that stands here."""
    while goes_on(text[at]):
        at += 1
    return at


@inlined
def _is_name(text, start, behind, local_name):
    """Whether the name from `start` to `behind` is this one, with or without a prefix."""
    first = behind - len(local_name)
    if first < start or (first > start and text[first - 1] != COLON):
        return False
    for index in range(len(local_name)):
        if text[first + index] != local_name[index]:
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
def client_end(text, begin, end, local_name, enough):
    """Behind the first `</NAME>` or `</PREFIX:NAME>` that ends at or beyond `enough`, or else behind the last one.

    NONE if there is none, FORBIDDEN if a document type stood in the way. Comments, CDATA sections and processing
    instructions are stepped over: what looks like a tag in them is none.
    """
    found, at = NONE, begin
    while at < end:
        if text[at] != LESS:
            at += 1
        elif text[at + 1] == BANG or text[at + 1] == QUESTION:
            at = _behind_section(text, at, end)
            if at < 0:
                return FORBIDDEN
        elif text[at + 1] == SLASH:
            start = at + 2
            at = _name_end(text, start)
            if at < end and _is_name(text, start, at, local_name):
                at = _behind_tag(text, at, end)
                if at > end:
                    break
                found = at
                if found >= enough:
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
            start = at
            at = _name_end(text, start + 1)
            if at < end and _is_name(text, start + 1, at, local_name):
                return start, at - start - 1
    return NONE, 0
