"""The exact path: what is not plain or not right, judged by libxml2 against the generated schemas.

libxml2 says whether an element is valid and which values are wrong, but after one unexpected element it skips the rest
of its siblings. So where elements are missing or unexpected, `content` tells which, takes the unexpected ones out, and
libxml2 judges the values of what remains against a schema in which nothing is required.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from lxml import etree

from keten.messages.content import settle
from keten.messages.defects import Defect, Kind, Refused
from keten.messages.layout import CLIENT, Layout, Node, client_node
from keten.messages.limits import MOST_ATTRIBUTES, MOST_ELEMENTS
from keten.messages.paths import Paths, local_name
from keten.standard.xsd import common_schema, message_schema

Steps = dict[etree._Element, dict[str, list[etree._Element]]]
"""The elements in an element by their names, for elements that were looked at before."""

STEP = re.compile(r"(?P<name>[^\[\]]+)(\[(?P<index>\d+)\])?")
CONTENT_ERROR = "SCHEMAV_ELEMENT_CONTENT"
KINDS: dict[str, Kind] = {
    "SCHEMAV_CVC_ELT_3_1": "attribute",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "text",
    "SCHEMAV_CVC_TYPE_3_1_2": "other",
    "SCHEMAV_CVC_ELT_1": "other",
}
"""What libxml2's errors mean; all others are about an attribute, if they say so, or else about the value of an element."""

ATTRIBUTE = re.compile(r"Element '[^']*', attribute '")
"""How libxml2 begins to speak of an attribute, `xsi:type` among them; of `xsi:nil` it says that it is not allowed."""

POSITION = re.compile(r"\s*,? line \d+(, column \d+)?|\n.*", re.DOTALL)
"""What libxml2 says of places (they would count from where a piece of the document begins) and of bytes."""

DEEP = "Excessive depth"
"""How libxml2 begins to say that elements lie deeper than it will follow."""

ELEMENTS, ATTRIBUTES = etree.XPath("count(//*)"), etree.XPath("count(//@*)")


def parse(text: bytes) -> etree._Element:
    """The root element of an XML text in UTF-8, read without anything that reaches outside it.

    Raises Refused for what is not well-formed, its line counted from 1 in this text, and for what is beyond the limits.
    """
    parser = etree.XMLParser(
        encoding="UTF-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise not_well_formed(error) from None
    if ELEMENTS(root) > MOST_ELEMENTS or ATTRIBUTES(root) > MOST_ATTRIBUTES:
        detail = f"A client, or what stands around the clients, has more than {MOST_ELEMENTS} elements"
        raise Refused(Defect("forbidden", detail=f"{detail} or {MOST_ATTRIBUTES} attributes."))
    return root


def not_well_formed(error: etree.XMLSyntaxError) -> Refused:
    """What libxml2 found when it read a text."""
    if DEEP in (error.msg or ""):
        return Refused(Defect("forbidden", detail="Its elements lie too deep within each other: over 256 levels."))
    return Refused(Defect("not xml", detail=f"{POSITION.sub('', error.msg or '')}.", line=error.position[0]))


def judge_client(layout: Layout, client: etree._Element) -> list[Defect]:
    """What is wrong within a client, with paths from the client. The element may lose what does not belong in it."""
    return _judge(layout, client, client_node(layout), CLIENT, _nothing)


def judge_document(layout: Layout, root: etree._Element, *, clients_apart: bool) -> list[Defect]:
    """What is wrong in a document, with paths from its root; `clients_apart`: its clients were taken out before."""
    return _judge(layout, root, layout.root, "Root", _the_client if clients_apart else _nothing)


def _judge(
    layout: Layout, element: etree._Element, node: Node, root_class: str, may_lack: Callable[[str], bool]
) -> list[Defect]:
    with _compiled(layout, root_class, may_lack) as schema:
        if schema.validate(element):
            return []
        paths = Paths(element)
        if not any(entry.type_name == CONTENT_ERROR for entry in schema.error_log):
            return list(_logged(schema, element, node, paths))
    wrong = [one for one in settle(layout, element, node, paths) if not (one.kind == "missing" and may_lack(one.name))]
    with _compiled(layout, root_class, _everything) as lenient:
        return wrong if lenient.validate(element) else [*wrong, *_logged(lenient, element, node, paths)]


def _logged(schema: etree.XMLSchema, top: etree._Element, node: Node, paths: Paths) -> Iterator[Defect]:
    """One defect per element and kind in libxml2's log."""
    seen: set[tuple[str, Kind]] = set()
    steps: Steps = {}
    for entry in schema.error_log:
        kind = KINDS.get(entry.type_name, "attribute" if ATTRIBUTE.match(entry.message) else "value")
        if entry.path is None or (entry.path, kind) in seen:
            continue
        seen.add((entry.path, kind))
        element, found = _resolve(top, node, entry.path, steps)
        yield Defect(kind, paths[element], name=local_name(element), type=found.type if found else None)


def _resolve(top: etree._Element, node: Node, path: str, steps: Steps) -> tuple[etree._Element, Node | None]:
    """The element at a path of libxml2's log (its first step is `top`), and its place in the message's tree."""
    here: Node | None = node
    for step in path.split("/")[2:]:
        match = STEP.fullmatch(step)
        if match is None:
            break
        name, index = match["name"], int(match["index"] or 1)
        top = _children(top, steps)[name][index - 1]
        here = next((child for child in here.children if child.name == local_name(top)), None) if here else None
    return top, here


def _children(element: etree._Element, steps: Steps) -> dict[str, list[etree._Element]]:
    """The elements in an element by name as libxml2 writes it in a path; `*` stands for all of them."""
    if element not in steps:
        named: dict[str, list[etree._Element]] = {"*": []}
        for child in element.iterchildren(etree.Element):
            named["*"].append(child)
            named.setdefault(_written_name(child), []).append(child)
        steps[element] = named
    return steps[element]


def _written_name(element: etree._Element) -> str:
    return f"{element.prefix}:{local_name(element)}" if element.prefix else local_name(element)


MOST_IDLE = 100
"""Compiled schemas that are kept for their next user; each takes one or two MB, and some 20 ms to make."""

_idle: deque[tuple[object, etree.XMLSchema]] = deque(maxlen=MOST_IDLE)
"""Compiled schemas that nobody uses at the moment, with what they are of, the last used behind."""
_choosing = Lock()


@contextmanager
def _compiled(layout: Layout, root_class: str, may_lack: Callable[[str], bool]) -> Iterator[etree.XMLSchema]:
    """A compiled schema for one user at a time: libxml2 keeps the errors of a validation with the schema."""
    kind = layout, root_class, may_lack
    with _choosing:
        idle = next((one for one in reversed(_idle) if one[0] == kind), None)
        if idle:
            _idle.remove(idle)
    schema = idle[1] if idle else _compile(layout, root_class, may_lack)
    yield schema
    with _choosing:
        _idle.append((kind, schema))


def _compile(layout: Layout, root_class: str, may_lack: Callable[[str], bool]) -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_CommonTypes(layout, may_lack))
    text = message_schema(layout.release, layout.message, root_class=root_class, may_lack=may_lack)
    return etree.XMLSchema(etree.fromstring(text, parser))


class _CommonTypes(etree.Resolver):
    """Hands libxml2 the schema of the common types, so that nothing is read from disk or network."""

    def __init__(self, layout: Layout, may_lack: Callable[[str], bool]) -> None:
        self.text = common_schema(layout.release, stepwise=True, may_lack=may_lack)

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ANN401, ARG002 as lxml has it
        return self.resolve_string(self.text, context)


def _nothing(_: str) -> bool:
    return False


def _everything(_: str) -> bool:
    return True


def _the_client(name: str) -> bool:
    return name == CLIENT
