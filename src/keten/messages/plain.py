"""Writes an element that was read exactly in plain form: as the kernel reads it."""

from lxml import etree

from keten.messages.grammar import Prefixes
from keten.messages.layout import Layout

ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
"""A return that was written as a reference must not be lost as a line end."""


def plain(layout: Layout, prefixes: Prefixes, element: etree._Element) -> bytes:
    """An element and all within it, without comments, attributes, CDATA or space between elements."""
    common = f"{{{layout.release.namespace}}}", prefixes.common.decode()
    message = f"{{{layout.message.namespace}}}", prefixes.message.decode()
    parts: list[str] = []
    _write(element, (common, message), parts)
    return "".join(parts).encode()


def _write(element: etree._Element, spaces: tuple[tuple[str, str], ...], parts: list[str]) -> None:
    name = str(element.tag)
    for space, prefix in spaces:
        name = name.replace(space, prefix)
    parts.append(f"<{name}>")
    if len(element):
        for child in element:
            _write(child, spaces, parts)
    elif element.text:
        parts.append(element.text.translate(ESCAPES))
    parts.append(f"</{name}>")
