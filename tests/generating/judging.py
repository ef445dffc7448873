"""The reference: what libxml2 says of a whole document, and what a document says when its writing style is put aside."""

from dataclasses import replace
from functools import cache, lru_cache

from lxml import etree

from keten.standard import Message, Release, SimpleType, load, release_ids
from keten.standard.model import Base
from keten.standard.xsd import XS, common_schema, message_schema

MOST_COMPILED = 60
"""Schemas kept compiled; each takes one or two MB."""

Content = tuple[str, str | tuple["Content", ...]]
"""An element: its qualified name, and its text or the elements within it."""


def schema_versions() -> list[Release]:
    """Every schema version of every release."""
    return [load(f"{release}@{version}") for release in release_ids() for version in load(release).schemas]


def message_definitions() -> list[tuple[Release, str]]:
    """Every message of every release, each in its latest schema version."""
    return [(load(release), name) for release in release_ids() for name in load(release).messages]


def accepts(release: Release, message: str, text: bytes) -> bool:
    """Whether libxml2 takes a document for a valid message."""
    try:
        root = etree.fromstring(text, etree.XMLParser(no_network=True))
    except etree.XMLSyntaxError:
        return False
    return _schema(release, message).validate(root)


def accepts_value(kind: SimpleType, value: str) -> bool:
    """Whether libxml2 takes a value for one of its type."""
    element = etree.Element("value")
    element.text = value
    bounds = kind.min_length, kind.max_length, kind.minimum, kind.maximum
    return _value_schema(kind.base, bounds, kind.patterns, tuple(kind.codes)).validate(element)


def content(release: Release, message: str, text: bytes) -> Content:
    """What a valid document says: writing style and space between elements put aside, text kept to the letter."""
    root = etree.fromstring(text, etree.XMLParser(remove_comments=True, remove_pis=True))
    return _content(release, release.messages[message], root, "Root")


def _content(release: Release, message: Message, element: etree._Element, kind: str) -> Content:
    """The content of an element of a kind: a class, a structure or a simple type."""
    if kind in release.types:
        return str(element.tag), element.text or ""
    kinds = {inner.name: inner.type for inner in message.classes.get(kind) or release.structures[kind]}
    parts = (_content(release, message, child, kinds[etree.QName(child).localname]) for child in element)
    return str(element.tag), tuple(parts)


class _CommonTypes(etree.Resolver):
    """Hands libxml2 the schema of the common types."""

    def __init__(self, release: Release) -> None:
        self.text = common_schema(release, stepwise=True)

    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> object:  # type: ignore[override] # noqa: ARG002
        return self.resolve_string(self.text, context)


@lru_cache(MOST_COMPILED)
def _schema(release: Release, message: str) -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_CommonTypes(release))
    return etree.XMLSchema(etree.fromstring(message_schema(release, release.messages[message]), parser))


@cache
def _value_schema(
    base: Base,
    bounds: tuple[int | None, int | None, int | None, int | None],
    patterns: tuple[str, ...],
    codes: tuple[str, ...],
) -> etree.XMLSchema:
    """The schema of a document that consists of one value."""
    kind = SimpleType("kind", base, *bounds, patterns, dict.fromkeys(codes, ""))
    release = replace(load(release_ids()[0]), types={"kind": kind}, structures={})
    schema = etree.fromstring(common_schema(release, stepwise=True))
    del schema.attrib["targetNamespace"]
    etree.SubElement(schema, f"{{{XS}}}element", name="value", type="kind")
    return etree.XMLSchema(schema)
