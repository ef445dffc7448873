"""What crosses the wire: digests, names of fields and buckets, and counts; nothing that is about a person."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.comparison.blind import Key, Message, offer
from keten.comparison.blind.campaign import DIGEST_BYTES, message_seal, sealer, written
from keten.comparison.blind.wire import WrongMessage, as_json
from keten.comparison.terms import fields
from tests.unit.comparison.blind.exchanging import KEY, exchange, parties, received, sent
from tests.unit.comparison.building import PARTIES, Row, note
from tests.unit.comparison.test_matching import rows

DIGEST, BUCKET = re.compile(r"[\w-]{16}"), re.compile(r"[\w-]{2,3}")
SEALS = re.compile(r"([0-9a-f]{32}){0,2}")
KNOWN = {"keten-blind-2", "proef-1", *PARTIES, *fields()}
ENVELOPE = {
    "form",
    "campaign",
    "from",
    "to",
    "nonce",
    "unread",
    "after",
    "seal",
    "turn",
    "fields",
    "buckets",
    "clients",
    "records",
    "alone",
}

LEFT = [
    note("999990019 41424344 754 4 2018-04-01 percentage=33.00 dossierhouder=41424344 besluitnummer=123456789"),
    note("999990020 41424344 754 4 2018-04-01 percentage=33.00"),
    note("999990031 41424344 754 4 2018-04-01 percentage=33.00"),
]
RIGHT = [{**LEFT[0], "percentage": "100.00"}, {**LEFT[1], "bsn": "999990043"}, LEFT[2]]


def strings(told: Any) -> Iterator[str]:  # noqa: ANN401 as JSON is
    """All texts in some JSON, names included."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield name
            yield from strings(value)
    elif isinstance(told, list):
        for value in told:
            yield from strings(value)
    elif isinstance(told, str):
        yield told


def digests(wire: list[str]) -> set[str]:
    """All digests that went over the line."""
    return {text for message in wire for text in strings(json.loads(message)) if DIGEST.fullmatch(text)} - KNOWN


@settings(max_examples=15)
@given(left=rows, right=rows)
def test_only_digests_cross_the_wire(left: list[Row], right: list[Row]) -> None:
    """Every text is a digest, the name of a bucket, or a word that both sides know beforehand; every number is small."""
    for message in exchange(*parties(left, right)).wire:
        told = json.loads(message)
        assert set(told) == ENVELOPE
        assert told["turn"] in range(1, 6)
        known = ENVELOPE | KNOWN
        assert all(
            text in known or SEALS.fullmatch(text) or DIGEST.fullmatch(text) or BUCKET.fullmatch(text)
            for text in strings(told)
        )
        assert all(number in range(len(left) + len(right)) for some in told["alone"].values() for number in some)


def test_no_value_of_a_book_crosses_the_wire() -> None:
    """Neither BSN nor provider, date, percentage or decision, written in any of the usual ways."""
    values = {value for row in LEFT + RIGHT for value in row.values() if value is not None and len(value) > 3}
    values |= {value.replace("-", "") for value in values}
    wire = "".join(exchange(*parties(LEFT, RIGHT)).wire)
    assert [value for value in values if value in wire] == []


def test_of_a_client_that_only_one_side_has_no_field_crosses_the_wire() -> None:
    """Only that it is there, and how many records it has."""
    last = received(exchange(*parties(LEFT, RIGHT)).wire[-1])
    assert len(last.records) == 1
    assert list(last.alone.values()) == [[0]]


def test_clients_that_are_equal_on_both_sides_are_not_told_of() -> None:
    """Of a thousand clients one differs: only its bucket is opened."""
    left = [note(f"{number} 10 754 4 2018-04-01 soort=1") for number in range(1000)]
    right = [{**left[0], "soort": "3"}, *left[1:]]
    wire = [received(text) for text in exchange(*parties(left, right)).wire]
    assert [len(message.clients) for message in wire] == [0, 0, 1, 1, 1]
    assert [len(message.records) for message in wire] == [0, 0, 0, 1, 1]


def test_how_many_clients_there_are_stays_vague() -> None:
    """The offer of an empty book looks like any other; a bucket tells of four clients or eight, whoever exists."""
    empty, filled = (offer(parties(some, [])[0]) for some in ([], LEFT))
    assert empty.buckets.keys() == filled.buckets.keys()
    for message in exchange(*parties(LEFT, RIGHT)).wire:
        assert {len(told) % 4 for told in received(message).clients.values()} <= {0}


def test_another_campaign_or_choice_of_fields_gives_other_digests() -> None:
    """Nothing can be linked from one campaign to the next, though books and secret are the same."""
    runs = [
        digests(exchange(*parties(LEFT, RIGHT, key)).wire)
        for key in (KEY, Key("proef-2", KEY.secret), Key("proef-1", bytes(32)))
    ]
    fewer = sealer(KEY, PARTIES, list(fields())[:6]).digest("bucket", "AA")
    assert all(not one & other for one, other in pairwise([*runs, {fewer}]))
    assert len(runs[0]) > 4096


def test_digests_for_different_purposes_have_nothing_in_common() -> None:
    """The same text as client, content, field or bucket; the same value in two fields or of two clients; other cuts."""
    seal = sealer(KEY, PARTIES, tuple(fields()))
    made = [seal.digest(purpose, "1") for purpose in ("client", "content", "field", "bucket", "padding")]
    made += [seal.digest("field", name, bsn, "1.00") for name, bsn in product(("percentage", "soort"), ("1", "2"))]
    made += [seal.digest("content", "1", "23"), seal.digest("content", "12", "3"), seal.digest("content", "123")]
    made += [seal.digest("field", "soort", "1", None), seal.digest("field", "soort", "1", "")]
    assert len(set(made)) == len(made)


def test_who_has_no_key_cannot_test_a_guess() -> None:
    """Who knows the books and the method, and tries all percentages of all clients without the key, meets no digest."""
    crossed = digests(exchange(*parties(LEFT, RIGHT)).wire)
    guessed = set()
    for row, hundredths in product(LEFT + RIGHT, range(0, 10_001, 100)):
        text = "\x1f".join(("field", "percentage", str(row["bsn"]), f"{hundredths // 100}.00"))
        guessed.add(written(hashlib.sha256(text.encode()).digest()[:DIGEST_BYTES]))
        guessed.add(written(hmac.digest(b"", text.encode(), "sha256")[:DIGEST_BYTES]))
        guessed.add(
            sealer(Key("proef-1", bytes(32)), PARTIES, tuple(fields())).digest("field", *text.split("\x1f")[1:])
        )
    assert not guessed & crossed


def test_who_has_the_key_can_and_the_documentation_says_so() -> None:
    """The threat model (docs/blind-comparison.md) rests on this: with the key a guessed BSN can be recognised."""
    wire = exchange(*parties(LEFT, RIGHT)).wire
    assert sealer(KEY, PARTIES, tuple(fields())).digest("client", "999990020") in digests(wire)


@pytest.mark.parametrize(
    "spoil",
    [
        {"form": "keten-blind-1"},
        {"turn": 6},
        {"turn": "1"},
        {"fields": ["bsn", "naam"]},
        {"fields": ["bsn"]},
        {"nonce": "short"},
        {"after": "short"},
        {"turn": 2},
        {"naam": "x"},
        {"buckets": {}},
        {"turn": 2, "after": "a" * 64, "buckets": {"AAAA": "A" * 16}},
        {"turn": 2, "after": "a" * 64, "buckets": {"AA": "999990019"}},
        {"buckets": []},
        {"clients": {"AAA": [["B" * 16, "A" * 16]]}},
        {"clients": {"AAA": [["A" * 16]]}},
        {"clients": {"AAA": [["A" * 16, "A" * 16], ["A" * 16, "B" * 16]]}},
        {"records": {"A" * 16: [["A" * 16]]}},
        {"records": {"A" * 16: []}},
        {"records": {"A" * 16: 3}},
        {"alone": {"A" * 16: [-1]}},
        {"alone": {"A" * 16: [10**9]}},
        {"alone": {"A" * 16: [float("inf")]}},
        {"alone": {"A" * 16: [0.5]}},
        {"alone": None},
    ],
    ids=repr,
)
def test_a_damaged_message_is_refused(spoil: dict[str, Any]) -> None:
    """It comes from elsewhere: nothing of it is taken on trust, even if a holder of the key made it."""
    told = json.dumps(told_of(offer(parties(LEFT, RIGHT)[0])) | spoil).removesuffix("}")
    text = f'{told}, "seal": "{message_seal(KEY, told.encode())}"}}'
    with pytest.raises(WrongMessage, match="no message of a blind comparison of this version"):
        received(text)


def test_a_message_in_order_passes_the_same_way() -> None:
    """Or the test above would say nothing."""
    message = offer(parties(LEFT, RIGHT)[0])
    told = json.dumps(told_of(message)).removesuffix("}")
    assert received(f'{told}, "seal": "{message_seal(KEY, told.encode())}"}}').buckets == message.buckets


def told_of(message: Message) -> dict[str, Any]:
    """What a message says, but for its seal."""
    told: dict[str, Any] = json.loads(sent(message))
    del told["seal"]
    return told


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "[" * 100_000, "\x00", '{"seal": ""}'], ids=len)
def test_what_is_no_message_at_all_is_refused(text: str) -> None:
    """Whatever JSON it is, or none."""
    with pytest.raises(WrongMessage, match="no message"):
        received(text)


def test_a_message_comes_back_as_it_was_sent() -> None:
    """Writing and reading change nothing."""
    for text in exchange(*parties(LEFT, RIGHT)).wire:
        assert as_json(received(text)) == text


WIRE = exchange(*parties(LEFT, RIGHT)).wire


@given(turn=st.integers(0, 4), place=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))
def test_no_byte_can_be_changed_without_the_key(turn: int, place: float, byte: int) -> None:
    """Whichever it is, in whichever turn."""
    text = bytearray(WIRE[turn].encode())
    text[int(place * len(text))] ^= byte
    with pytest.raises(WrongMessage):
        received(text.decode("latin-1"))


@pytest.mark.parametrize("turn", range(5))
@pytest.mark.parametrize("part", ["buckets", "clients", "records", "alone"])
def test_nothing_can_be_left_out_without_the_key(turn: int, part: str) -> None:
    """With the parts emptied, both reports would say equal."""
    told = json.loads(WIRE[turn])
    if told[part]:
        with pytest.raises(WrongMessage, match="changed on its way"):
            received(json.dumps(told | {part: {}}))


@given(st.integers(0, 4), st.floats(0, 1, exclude_max=True))
def test_no_message_can_be_cut(turn: int, place: float) -> None:
    """Nor with a seal of another turn at its end."""
    text = WIRE[turn][: int(place * len(WIRE[turn]))]
    for end in ("", WIRE[(turn + 1) % 5][-76:]):
        with pytest.raises(WrongMessage):
            received(text + end)
