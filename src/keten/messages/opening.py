"""The beginning of a document: what it claims to be, and where its clients begin."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import numpy as np
from lxml import etree

from keten.messages.defects import Defect, Refused
from keten.messages.exact import not_well_formed, parse
from keten.messages.grammar import Prefixes
from keten.messages.kernel import FORBIDDEN, PADDING, client_start
from keten.messages.layout import CLIENT, CLIENT_NAME, Layout, Path, layout_of
from keten.messages.limits import MOST_DECLARATIONS
from keten.messages.packing import packing_of
from keten.messages.paths import local_name
from keten.standard import Release, load, release_ids, release_of_namespace

UTF8_MARK = b"\xef\xbb\xbf"
OTHER_ENCODINGS = (
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00\x00\xfe\xff",
    b"<\x00",
    b"\x00<",
    b"\x00\x00\x00<",
    b"\x4c\x6f\xa7\x94",
)
DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")
SAME_AS_UTF8 = (b"utf-8", b"utf8")
NO_PREFIX = b":"
"""Stands for a prefix that is not declared, or too long for the kernel: then no client is read by it."""
MOST_PREFIX = 64

Pick = Callable[[str], Release]
"""Chooses the schema version in which to judge a document of a release."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the beginning of a document tells: the message it is, how its names are written, and the head itself.

    `head` is everything before the first client, `root` the element read from it; `open` and `close` are start and end
    tags of the elements that hold the clients. `client_path` leads from the root to the first client, and is empty when
    there is none.
    """

    layout: Layout
    prefixes: Prefixes
    root: etree._Element
    head: bytes
    open: bytes
    close: bytes
    client_path: Path

    @property
    def usual(self) -> bool:
        """Whether there are clients, and where the message has them."""
        return self.client_path == self.layout.client_path

    @property
    def plain(self) -> bool:
        """Whether clients may be written as the kernel reads them."""
        return NO_PREFIX not in self.prefixes


def look(text: bytes, *, complete: bool, pick: Pick = load) -> Opening:
    """Look at the first bytes of a document (`complete`: they are all of it). Raises Refused."""
    _refuse_other_forms(text)
    padded = np.frombuffer(text + bytes(PADDING), np.uint8)
    start, size = client_start(padded, 0, len(text), CLIENT_NAME)
    if start == FORBIDDEN:
        raise _forbidden("It declares a document type (<!DOCTYPE ...>), which no message may hold.")
    if start < 0 and not complete:
        raise _forbidden("It shows no client in its first MiB.")
    if start < 0:
        root = parse(text)
        return _opening(root, [root], text, None, pick)
    head, tag = text[:start], text[start + 1 : start + 1 + size]
    opened = _open_elements(head)
    return _opening(parse(head + _end_tags(opened)), opened, head, tag, pick)


def _opening(root: etree._Element, opened: list[etree._Element], head: bytes, tag: bytes | None, pick: Pick) -> Opening:
    """The opening of a document; `tag` is the name of its first client as it is written."""
    layout = _layout(root, pick)
    start_tags = _start_tags(opened)
    if len(start_tags) > MOST_DECLARATIONS:
        raise _forbidden(f"The elements around its clients declare more than {MOST_DECLARATIONS} bytes of namespaces.")
    return Opening(
        layout=layout,
        prefixes=_prefixes(layout, opened[-1], tag or b""),
        root=root,
        head=head,
        open=start_tags,
        close=_end_tags(opened),
        client_path=() if tag is None else (*(local_name(element) for element in opened), CLIENT),
    )


def _refuse_other_forms(text: bytes) -> None:
    """Raises Refused for what is no text at all, is not in UTF-8 (OP192), or cannot be XML by its first letter."""
    if not text.strip():
        raise Refused(Defect("not xml", detail="It is empty."))
    declared = DECLARED.match(text.lstrip())
    if text.startswith(OTHER_ENCODINGS) or (declared and declared[1].lower() not in SAME_AS_UTF8):
        raise _forbidden("It is not written in UTF-8, the only encoding for messages (OP192).")
    if not text.lstrip().startswith(b"<"):
        packing = packing_of(text)
        raise Refused(Defect("not xml", detail=_packed(packing) if packing else "It does not begin with a tag."))


def _packed(packing: str) -> str:
    if packing == "zip":
        return "It is a zip file; one within another, or on standard input, is not opened."
    return f"It is packed ({packing}), in a way that is not opened here. Unpack it first; a zip file is opened."


def _open_elements(head: bytes) -> list[etree._Element]:
    """The elements that are open at the end of the head, outermost first, as far as it is well-formed."""
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding="UTF-8",
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
        raise not_well_formed(error) from None
    if not opened:
        raise Refused(Defect("unexpected", f"/{CLIENT}", name=CLIENT, expected=(Release.root_element,)))
    return opened


def _layout(root: etree._Element, pick: Pick) -> Layout:
    """The layout of the message whose root element this is."""
    qualified = etree.QName(root)
    path = f"/{qualified.localname}"
    known = release_of_namespace(qualified.namespace or "")
    if known is None:
        where = f"the namespace {qualified.namespace}" if qualified.namespace else "no namespace"
        raise Refused(Defect("release", path, detail=f"Its root element stands in {where}. Expected: {_namespaces()}."))
    release_id, message = known
    release = pick(release_id)
    if release.id != release_id:
        detail = f"It is a message of release {release_id}. Expected: one of release {release.id}."
        raise Refused(Defect("release", path, detail=detail))
    if qualified.localname != release.root_element:
        raise Refused(Defect("unexpected", path, name=qualified.localname, expected=(release.root_element,)))
    return layout_of(release, message)


def _namespaces() -> str:
    """The namespaces of messages in words: one as example, and the releases."""
    latest = load(release_ids()[-1])
    example = next(iter(latest.messages.values()))
    return f"that of a message of release {', '.join(release_ids())}, such as {example.namespace}"


def _prefixes(layout: Layout, element: etree._Element, tag: bytes) -> Prefixes:
    """How names are written among the clients, as declared around them."""
    spaces = {(f"{prefix}:" if prefix else "").encode(): uri for prefix, uri in element.nsmap.items()}
    message = tag[: tag.rfind(b":") + 1]
    common = [prefix for prefix, uri in spaces.items() if uri == layout.release.namespace]
    return Prefixes(
        _short(message if spaces.get(message) == layout.message.namespace else NO_PREFIX),
        _short(common[0] if common else NO_PREFIX),
    )


def _short(prefix: bytes) -> bytes:
    return prefix if len(prefix) <= MOST_PREFIX else NO_PREFIX


def _start_tags(opened: list[etree._Element]) -> bytes:
    """Start tags of the open elements, the first with every namespace that holds at the last."""
    spaces = "".join(
        f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}" for prefix, uri in opened[-1].nsmap.items()
    )
    names = [_written(element) for element in opened]
    return f"<{names[0]}{spaces}>{''.join(f'<{name}>' for name in names[1:])}".encode()


def _end_tags(opened: list[etree._Element]) -> bytes:
    return "".join(f"</{_written(element)}>" for element in reversed(opened)).encode()


def _written(element: etree._Element) -> str:
    return f"{element.prefix}:{local_name(element)}" if element.prefix else local_name(element)


def _forbidden(detail: str) -> Refused:
    return Refused(Defect("forbidden", detail=detail))
