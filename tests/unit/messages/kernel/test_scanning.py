"""What the sector's software writes is read by the kernel to the end; all else is handed back at its client."""

from random import Random

import numpy as np
import pytest

from keten.messages.grammar import client_grammar
from keten.messages.kernel import MAX_DEPTH, PADDING, TOKEN, Stop, scan
from keten.messages.kernel.scanning import MAX_ELEMENTS
from keten.messages.opening import look
from keten.standard import Release, load
from tests.generating import PLAIN, Style, document, message_definitions, written
from tests.unit.messages.harness import AW35

DEFINITIONS = [pytest.param(release, name, id=f"{release.id}-{name}") for release, name in message_definitions()]


def scanned(text: bytes) -> Stop:
    """How far the kernel reads the clients of a document."""
    opening = look(text, complete=True)
    begin, end = len(opening.head), text.rindex(b"Client>") + len("Client>")
    clients = text[begin:end]
    buffers = np.empty(len(clients), TOKEN), 0, np.empty(len(clients), np.uint8), 0, np.empty((MAX_DEPTH, 2), np.int32)
    padded = np.frombuffer(bytearray(clients) + bytes(PADDING), np.uint8)
    entry = client_grammar(opening.layout, opening.prefixes)
    stop: Stop = scan(padded, 0, len(clients), *entry, False, *buffers)
    return stop


@pytest.mark.parametrize(("release", "message"), DEFINITIONS)
def test_an_ordinary_document_is_read_to_its_end(release: Release, message: str) -> None:
    """Every message of every release, with references and line ends of any kind."""
    random = Random(message)
    whole = document(release, message, random, clients=4, fullness=1.0, ordinary=True)
    text = written(release, whole, Style(line_end="\r\n", references=0.1), random)
    stop = scanned(text)
    assert stop.complete
    assert stop.children == sum(part.name == "Client" for part in whole.all())


ODD = {
    "a comment": (b"<m:Geslacht>", b"<!-- --><m:Geslacht>"),
    "a comment in a text": (b"<m:Geslacht>", b"<m:Geslacht><!-- -->"),
    "CDATA": (b"<m:Geslacht>1", b"<m:Geslacht><![CDATA[1]]>"),
    "an attribute": (b"<m:Geslacht>", b"<m:Geslacht x='1'>"),
    "space in a start tag": (b"<m:Geslacht>", b"<m:Geslacht >"),
    "space in an end tag": (b"</m:Geslacht>", b"</m:Geslacht >"),
    "space around a date": (b"<b:Datum>", b"<b:Datum> "),
    "another prefix": (b"m:Geslacht>", b"b:Geslacht>"),
    "text between elements": (b"<m:Geslacht>", b"x<m:Geslacht>"),
    "an unknown element": (b"<m:Geslacht>", b"<m:X></m:X><m:Geslacht>"),
    "a wrong value": (b"<m:Geslacht>", b"<m:Geslacht>8"),
    "an unknown reference": (b"<b:Achternaam>", b"<b:Achternaam>&x;"),
    "a control character": (b"<b:Achternaam>", b"<b:Achternaam>\x01"),
    "no character": (b"<b:Achternaam>", b"<b:Achternaam>\xff"),
    "the end of CDATA": (b"<b:Achternaam>", b"<b:Achternaam>]]>"),
}


@pytest.mark.parametrize(("plain", "odd"), ODD.values(), ids=ODD.keys())
def test_what_is_not_plain_is_handed_back_at_its_client(plain: bytes, odd: bytes) -> None:
    """The clients before it are read; it and the rest are for the exact path."""
    whole = AW35
    second = whole.index(b"<m:Client>", whole.index(b"</m:Client>"))
    assert plain in whole[second:]
    stop = scanned(whole[:second] + whole[second:].replace(plain, odd, 1))
    assert (stop.complete, stop.children) == (False, 1)


def test_a_client_beyond_all_measure_is_handed_back() -> None:
    """So that the limit is stated in one place, by the exact path."""
    release, random = load("2.0"), Random(2)
    whole = document(release, "AW35", random, clients=1, fullness=1.0, ordinary=True)
    packages = next(part for part in whole.all() if part.name == "GeleverdeZorgzwaartepakketten")
    packages.parts = packages.parts[:1] * (MAX_ELEMENTS // 11)
    assert not scanned(written(release, whole, PLAIN, random)).complete
    del packages.parts[1000:]
    assert scanned(written(release, whole, PLAIN, random)).complete
