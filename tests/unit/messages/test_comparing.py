"""What compiled code finds wrong with many clients at once is what libxml2 and `content` find, client by client."""

from contextlib import suppress
from itertools import islice
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from lxml import etree

from keten.messages import Defect, Layout, exact, layout_of
from keten.messages.chunks import judge_clients
from keten.messages.comparing import Text, compare
from keten.messages.defects import Refused
from keten.messages.kernel import PADDING, client_end
from keten.messages.layout import CLIENT_NAME
from keten.messages.opening import look
from keten.messages.telling import Defects, Piece
from keten.standard import Release, load
from tests.generating import PLAIN, break_document, document, message_definitions, written
from tests.unit.messages.harness import AW35, read_out, seeds

MESSAGES: list[Any] = [*message_definitions()]
FIRST = AW35[AW35.index(b"<m:Client>") : AW35.index(b"</m:Client>")]
END = b"</m:Client>"


def of_clients(*clients: bytes) -> bytes:
    """The small message with other clients."""
    return AW35[: AW35.index(b"<m:Client>")] + b"".join(clients) + AW35[AW35.rindex(END) + len(END) :]


def told(layout: Layout, text: bytes, right: tuple[int, int] | None) -> list[Defect] | None:
    """What compiled code finds wrong with the clients of a document; None if it leaves anything to libxml2.

    `right`: the document is read as it stands, of which so many bytes are known to be right.
    """
    compared = compare(layout, Text(text, right) if right else Text.of(exact.parse(text)))
    if compared is None or not compared.whole or compared.beyond:
        return None
    return list(Piece(layout, compared.read.text, compared.found, compared.ends))


@pytest.mark.parametrize("plainly", [True, False])
@given(seed=seeds)
@settings(max_examples=150)
def test_many_at_once_are_judged_as_one_by_one(seed: int, *, plainly: bool) -> None:
    """The same defects in the same order, whether the document is read as it stands or as libxml2 wrote it."""
    random = Random(seed)
    release, message = random.choice([getattr(one, "values", one) for one in MESSAGES])
    root = document(release, message, random, clients=3)
    break_document(root, random, times=random.choice((1, 2, 5, 20)))
    text = written(release, root, PLAIN, random)
    layout = layout_of(release, message)
    with suppress(Refused):
        opening = look(text, complete=True, pick=lambda _: release)
        end = client_end(np.frombuffer(text + bytes(PADDING), np.uint8), 0, len(text), CLIENT_NAME, len(text))
        piece = opening.open + text[len(opening.head) : end] + opening.close
        holder = exact.parse(piece)
        for _ in layout.client_path[1:-1]:
            (holder,) = holder if len(holder) == 1 else [holder]
        found = told(layout, piece, (len(opening.open), len(opening.close)) if plainly else None)
        if found is not None and opening.usual:
            model = judge_clients(opening, holder.iterchildren(etree.Element), tables=False)
            assert found == list(Defects(model.defects))


def test_what_is_wrong_is_counted_before_it_is_told() -> None:
    """And of each client the first can be had alone."""
    wrong = FIRST.replace(b"<m:Bsn>", b"<m:Bsn a='1'>").replace(b"<m:Client>", b"<m:Client>x") + b"<m:Z/><m:Z/>" + END
    batches = read_out(of_clients(wrong, FIRST + END, wrong)).batches
    defects = batches[0].defects
    assert len(defects) == len(list(defects)) == 8
    assert defects.clients == [1, 3]
    assert [(one.client, one.path) for one in defects.firsts()] == [(1, "/Z[1]"), (3, "/Z[1]")]
    assert [one.kind for one in islice(defects, 4)] == ["unexpected", "unexpected", "text", "attribute"]


@pytest.mark.parametrize("inner", [b"<m:Z%d/>", b"<m:Z>%d</m:Z>", b"<m:Bsn>%d</m:Bsn>", b"<Bsn xmlns=''>%d</Bsn>"])
def test_every_wrong_element_of_a_large_client_has_its_place(inner: bytes) -> None:
    """However many siblings it has."""
    many = 15_000
    client = FIRST + b"".join(inner % number if b"%d" in inner else inner for number in range(many)) + END
    defects = read_out(of_clients(client, client)).defects
    assert len(defects) == 2 * many
    assert len({(one.client, one.path) for one in defects}) == 2 * many


SETTLED_ELSEWHERE = {
    "a date before the year 1000": (b"<b:Datum>0999-01-01</b:Datum>", []),
    "a date with space": (b"<b:Datum> 1950-01-01\r\n</b:Datum>", []),
    "a date as a reference": (b"<b:Datum>1950-01-0&#x31;</b:Datum>", []),
    "a date the Dutch way": (b"<b:Datum>01-01-1950</b:Datum>", ["value"]),
    "a date that is none": (b"<b:Datum>1950-02-30</b:Datum>", ["value"]),
    "a date in pieces": (b"<b:Datum>1950-<b:X/>01-01</b:Datum>", ["other", "value"]),
    "a date beside an element of nobody": (b"<b:Datum>1950-<b:X/>01-01</b:Datum><b:X/>", ["unexpected", "unexpected"]),
    "nothing": (b"<b:Datum/>", ["value"]),
    "an attribute of XML Schema": (
        b"<b:Datum xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='false'>1950-01-01</b:Datum>",
        ["attribute"],
    ),
}


@pytest.mark.parametrize("name", SETTLED_ELSEWHERE)
def test_what_is_not_plainly_wrong_is_looked_at_closely(name: str) -> None:
    """A value in another form than usual, or split by elements that do not belong there."""
    datum, kinds = SETTLED_ELSEWHERE[name]
    begin, end = FIRST.index(b"<b:Datum>"), FIRST.index(b"</b:Datum>") + len(b"</b:Datum>")
    client = FIRST[:begin] + datum + FIRST[end:] + END
    assert [one.kind for one in read_out(of_clients(client + b"<!-- -->", FIRST + END)).defects] == kinds
    assert [one.kind for one in read_out(of_clients(client, FIRST + b"<m:Z/>" + END)).defects] == [*kinds, "unexpected"]


def test_right_clients_among_wrong_ones_keep_their_values() -> None:
    """Written with references, other line ends and blanks around."""
    release: Release = load("2.0")
    odd = (FIRST + END).replace(b"<m:Client>", b"<m:Client\r\n>").replace(b"</m:Bsn>", b"</m:Bsn\t>")
    outcome = read_out(of_clients(odd, FIRST + b"<m:Z/>" + END, odd), release)
    plain = read_out(of_clients(FIRST + END, FIRST + END), release)
    assert {name: table.to_dicts() for name, table in outcome.tables.items()} == {
        name: table.to_dicts() for name, table in plain.tables.items()
    }
    assert [batch.numbers.tolist() for batch in outcome.batches] == [[1, 3]]
