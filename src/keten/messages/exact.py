"""The exact path: what is not plain or not right, judged by libxml2 against the generated schemas.

libxml2 says whether an element is valid and which values are wrong, but after one unexpected element it skips the rest
of its siblings. So where elements are missing or unexpected, `content` tells which, takes the unexpected ones out, and
libxml2 judges the values of what remains against a schema in which nothing is required.
"""

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from keten.messages.content import Paths, settle
from keten.messages.defects import Defect, Kind
from keten.messages.layout import CLIENT, Layout, Node
from keten.messages.paths import local_name, paths_within
from keten.standard.xsd import common_schema, message_schema

STEP = re.compile(r"(?P<name>[^\[\]]+)(\[(?P<index>\d+)\])?")
CONTENT_ERROR = "SCHEMAV_ELEMENT_CONTENT"
KINDS: dict[str, Kind] = {
    "SCHEMAV_CVC_TYPE_3_1_1": "attribute",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "attribute",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "text",
    "SCHEMAV_CVC_TYPE_3_1_2": "other",
    "SCHEMAV_CVC_ELT_1": "other",
}
"""What libxml2's errors mean; all others are about the value of an element."""


class NotWellFormed(ValueError):
    """The text is no XML. `line` counts from 1 in the text that was parsed."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def parse(text: bytes) -> etree._Element:
    """The root element of an XML text, read without anything that reaches outside it. Raises NotWellFormed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise NotWellFormed(error.msg or "not well-formed", error.position[0]) from None


def judge_client(layout: Layout, client: etree._Element) -> list[Defect]:
    """What is wrong within a client, with paths from the client. The element may lose what does not belong in it."""
    return _judge(layout, client, client_node(layout), CLIENT, _nothing)


def judge_document(layout: Layout, root: etree._Element, *, clients_apart: bool) -> list[Defect]:
    """What is wrong in a document, with paths from its root; `clients_apart`: its clients were taken out before."""
    return _judge(layout, root, layout.root, "Root", _the_client if clients_apart else _nothing)


def client_node(layout: Layout) -> Node:
    """The tree of a client's elements."""
    node = layout.root
    for name in layout.client_path[1:]:
        node = next(child for child in node.children if child.name == name)
    return node


def _judge(
    layout: Layout, element: etree._Element, node: Node, root_class: str, may_lack: Callable[[str], bool]
) -> list[Defect]:
    schema = _schema(layout, root_class, may_lack)
    if schema.validate(element):
        return []
    paths = paths_within(element)
    if not any(entry.type_name == CONTENT_ERROR for entry in schema.error_log):
        return list(_logged(schema, element, node, paths))
    wrong = [one for one in settle(layout, element, node, paths) if not (one.kind == "missing" and may_lack(one.name))]
    lenient = _schema(layout, root_class, _everything)
    return wrong if lenient.validate(element) else [*wrong, *_logged(lenient, element, node, paths)]


def _logged(schema: etree.XMLSchema, top: etree._Element, node: Node, paths: Paths) -> Iterator[Defect]:
    """One defect per element and kind in libxml2's log."""
    seen: set[tuple[str, Kind]] = set()
    for entry in schema.error_log:
        kind = KINDS.get(entry.type_name, "value")
        if entry.path is None or (entry.path, kind) in seen:
            continue
        seen.add((entry.path, kind))
        element, found = _resolve(top, node, entry.path)
        yield Defect(kind, paths[element], name=local_name(element), type=found.type if found else None)


def _resolve(top: etree._Element, node: Node, path: str) -> tuple[etree._Element, Node | None]:
    """The element at a path of libxml2's log (its first step is `top`), and its place in the message's tree."""
    here: Node | None = node
    for step in path.split("/")[2:]:
        match = STEP.fullmatch(step)
        if match is None:
            break
        name, index = match["name"], int(match["index"] or 1)
        same = [child for child in top.iterchildren(etree.Element) if name in ("*", _written_name(child))]
        top = same[index - 1]
        here = next((child for child in here.children if child.name == local_name(top)), None) if here else None
    return top, here


def _written_name(element: etree._Element) -> str:
    return f"{element.prefix}:{local_name(element)}" if element.prefix else local_name(element)


_compiled = threading.local()


def _schema(layout: Layout, root_class: str, may_lack: Callable[[str], bool]) -> etree.XMLSchema:
    """The compiled schema. One per thread: libxml2 keeps the errors of a validation with the schema."""
    known: dict[object, etree.XMLSchema] = _compiled.__dict__.setdefault("schemas", {})
    key = (layout, root_class, may_lack)
    if key not in known:
        parser = etree.XMLParser()
        parser.resolvers.add(_CommonTypes(layout))
        text = message_schema(layout.release, layout.message, root_class=root_class, may_lack=may_lack)
        known[key] = etree.XMLSchema(etree.fromstring(text, parser))
    return known[key]


class _CommonTypes(etree.Resolver):
    """Hands libxml2 the schema of the common types, so that nothing is read from disk or network."""

    def __init__(self, layout: Layout) -> None:
        self.release = layout.release

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ANN401, ARG002 as lxml has it
        return self.resolve_string(common_schema(self.release, stepwise=True), context)


def _nothing(_: str) -> bool:
    return False


def _everything(_: str) -> bool:
    return True


def _the_client(name: str) -> bool:
    return name == CLIENT
