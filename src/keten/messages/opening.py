"""The beginning of a document: what it claims to be, and where its clients begin."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import numpy as np
from lxml import etree

from keten.messages.defects import Defect
from keten.messages.exact import NotWellFormed, parse
from keten.messages.grammar import Prefixes
from keten.messages.kernel import FORBIDDEN, PADDING, client_start
from keten.messages.layout import CLIENT, Layout, layout_of
from keten.messages.paths import local_name
from keten.standard import Release, load, release_of_namespace

UTF8_MARK = b"\xef\xbb\xbf"
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00\x00<")
DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")
SAME_AS_UTF8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
NO_PREFIX = b":"
"""Stands for a prefix that is not declared: no name can begin with it."""

Pick = Callable[[str], Release]
"""Chooses the schema version in which to judge a document of a release."""


class Refused(ValueError):
    """The document cannot be read as a message at all: what the defect says."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.detail)
        self.defect = defect


@dataclass(frozen=True, slots=True)
class Opening:
    """What the beginning of a document tells: the message it is, how its names are written, and the head itself.

    `head` is everything before the first client, `root` the element read from it; `open` and `close` are start and end
    tags of the elements that hold the clients. `tag` is the client's name as written, empty when there is no client.
    `usual` says whether the clients stand where the message has them.
    """

    layout: Layout
    prefixes: Prefixes
    root: etree._Element
    head: bytes
    open: bytes
    close: bytes
    tag: bytes
    usual: bool

    @property
    def has_clients(self) -> bool:
        """Whether there is any client."""
        return bool(self.tag)


def look(text: bytes, *, complete: bool, pick: Pick = load) -> Opening:
    """Look at the first bytes of a document (`complete`: they are all of it). Raises Refused."""
    _refuse_encoding(text)
    padded = np.frombuffer(text + bytes(PADDING), np.uint8)
    start, size = client_start(padded, 0, len(text), np.frombuffer(CLIENT.encode(), np.uint8))
    if start == FORBIDDEN:
        raise _forbidden("It declares a document type (<!DOCTYPE ...>), which no message may hold.")
    if start < 0 and not complete:
        raise _forbidden("It shows no client in its first MiB.")
    head = text if start < 0 else text[:start]
    opened = _open_elements(head, complete=start < 0)
    layout = _layout(opened[0], pick)
    tag = text[start + 1 : start + 1 + size] if start >= 0 else b""
    path = tuple(local_name(element) for element in opened)
    return Opening(
        layout=layout,
        prefixes=_prefixes(layout, opened[-1], tag),
        root=opened[0],
        head=head,
        open=_start_tags(opened),
        close="".join(f"</{_written(element)}>" for element in reversed(opened)).encode(),
        tag=tag,
        usual=path == layout.client_path[:-1],
    )


def _refuse_encoding(text: bytes) -> None:
    """Raises Refused for what is not UTF-8, or no text at all (OP192)."""
    if not text.strip():
        raise Refused(Defect("not xml", detail="It is empty."))
    declared = DECLARED.match(text.lstrip()[:400])
    if text.startswith(OTHER_ENCODINGS) or (declared and declared[1].lower() not in SAME_AS_UTF8):
        raise _forbidden("It is not written in UTF-8, the only encoding for messages (OP192).")


def _open_elements(head: bytes, *, complete: bool) -> list[etree._Element]:
    """The elements that are open at the end of the head, outermost first; for a whole document, its root element."""
    if complete:
        try:
            return [parse(head)]
        except NotWellFormed as error:
            raise Refused(Defect("not xml", detail=f"Line {error.line}: {error}.")) from None
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    opened: list[etree._Element] = []
    try:
        parser.feed(head)
        for event, element in parser.read_events():
            opened.append(element) if event == "start" else opened.pop()
    except etree.XMLSyntaxError as error:
        raise Refused(Defect("not xml", detail=f"Line {error.position[0]}: {error.msg}.")) from None
    return opened


def _layout(root: etree._Element, pick: Pick) -> Layout:
    """The layout of the message whose root element this is."""
    qualified = etree.QName(root)
    known = release_of_namespace(qualified.namespace or "")
    if known is None:
        where = f"the namespace {qualified.namespace}" if qualified.namespace else "no namespace"
        raise Refused(
            Defect(
                "release",
                detail=f"Its root element {qualified.localname} stands in {where}, which belongs to no known message.",
            )
        )
    release_id, message = known
    release = pick(release_id)
    if release.id != release_id:
        raise Refused(Defect("release", detail=f"It is a message of release {release_id}, not of {release.id}."))
    if qualified.localname != release.root_element:
        raise Refused(
            Defect("unexpected", f"/{qualified.localname}", name=qualified.localname, expected=(release.root_element,))
        )
    return layout_of(release, message)


def _prefixes(layout: Layout, element: etree._Element, tag: bytes) -> Prefixes:
    """How names are written among the clients, as declared around them."""
    common = [prefix for prefix, uri in element.nsmap.items() if uri == layout.release.namespace]
    message = tag[: tag.rfind(b":") + 1]
    declared = element.nsmap.get(message.decode().rstrip(":") or None)
    return Prefixes(
        message if declared == layout.message.namespace else NO_PREFIX,
        (f"{common[0]}:" if common[0] else "").encode() if common else NO_PREFIX,
    )


def _start_tags(opened: list[etree._Element]) -> bytes:
    """Start tags of the open elements, the first with every namespace that holds at the last."""
    spaces = "".join(
        f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}" for prefix, uri in opened[-1].nsmap.items()
    )
    names = [_written(element) for element in opened]
    return f"<{names[0]}{spaces}>{''.join(f'<{name}>' for name in names[1:])}".encode()


def _written(element: etree._Element) -> str:
    return f"{element.prefix}:{local_name(element)}" if element.prefix else local_name(element)


def _forbidden(detail: str) -> Refused:
    return Refused(Defect("forbidden", detail=detail))
