"""Writes an element that was read exactly in plain form: as the kernel reads it."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from lxml import etree

from keten.messages.grammar import Prefixes
from keten.messages.layout import Layout

RETURN = {"\r": "&#13;"}
"""A line end that was written as a reference must not be lost as a line end."""


def plain(layout: Layout, prefixes: Prefixes, element: etree._Element) -> bytes:
    """An element and all within it, without comments, attributes, CDATA or space between elements."""
    return "".join(_parts(layout, prefixes, element)).encode()


def _parts(layout: Layout, prefixes: Prefixes, element: etree._Element) -> Iterator[str]:
    qualified = etree.QName(element)
    prefix = prefixes.common if qualified.namespace == layout.release.namespace else prefixes.message
    name = prefix.decode() + qualified.localname
    children = list(element.iterchildren(etree.Element))
    yield f"<{name}>"
    if not children:
        yield escape("".join(element.itertext()), RETURN)
    for child in children:
        yield from _parts(layout, prefixes, child)
    yield f"</{name}>"
