"""Blind comparison finds what open comparison finds, turn by turn, and goes on only as agreed."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings

from keten.comparison import Comparison, compare, pair_of
from keten.comparison.blind import Key, answer, conclude, offer
from keten.comparison.blind.turns import TooMuch
from keten.comparison.blind.wire import WrongMessage
from keten.comparison.describing import described
from keten.comparison.reporting import figures_of
from tests.unit.comparison.blind.exchanging import ALL, KEY, exchange, parties, party, received, sent
from tests.unit.comparison.building import PARTIES, Row, book, note
from tests.unit.comparison.test_matching import rows

LEFT = [note("1 10 754 4 2018-04-01 percentage=100.00"), note("2 10 754 4 2018-04-01"), note("3 10 754 4 2018-04-01")]
RIGHT = [note("1 10 754 4 2018-04-01 percentage=1.00"), note("2 10 754 4 2018-04-01"), note("4 10 754 4 2018-04-01")]


def own(comparison: Comparison) -> list[tuple[str | None, ...]]:
    """The differences that have a record on the left: kind, field, its value and its place, whose turn it is."""
    listed = described(comparison).filter(pl.col("left_location").is_not_null())
    return sorted(listed.select("kind", "field", "left", "left_location", "matched", "who").iter_rows(), key=repr)


def counts(comparison: Comparison) -> tuple[object, ...]:
    """What is counted, kinds and account."""
    figures = figures_of(comparison, described(comparison))
    return figures["kinds"], figures["turns"], figures["account"], figures["matched"], figures["verdict"]


@settings(max_examples=15)
@given(left=rows, right=rows)
def test_blind_finds_what_open_finds(left: list[Row], right: list[Row]) -> None:
    """For any two books each side counts the same, and knows the same of its own records."""
    found = exchange(*parties(left, right))
    open_here = compare(book(PARTIES[0], left), book(PARTIES[1], right), pair_of(*PARTIES))
    open_there = compare(book(PARTIES[1], right), book(PARTIES[0], left), pair_of(*reversed(PARTIES)))
    for blind, seen in ((found.one, open_here), (found.other, open_there)):
        assert counts(blind) == counts(seen)
        assert own(blind) == own(seen)


def test_what_the_other_side_tells_does_not_come_out() -> None:
    """Of the other's records there is nothing in the lists: no value, no key, no place."""
    found = exchange(*parties(LEFT, RIGHT))
    listed = described(found.one)
    assert listed["right"].to_list() == [None] * listed.height
    assert listed["right_location"].to_list() == [None] * listed.height
    assert listed.filter(pl.col("kind") == "missing at zorgkantoor")["bsn"].to_list() == [None]


def test_who_cannot_tell_all_fields_offers_fewer() -> None:
    """Then the one that began goes on with those; both come to the same."""
    one = party(book(PARTIES[0], LEFT))
    other = party(book(PARTIES[1], RIGHT, ("bsn", "instelling", "zorgeenheid", "leveringsvorm", "ingangsdatum")))
    reply = answer(other, offer(one), ALL)
    assert (reply.turn, reply.fields) == (1, other.book.fields)
    found = exchange(one, other)
    assert found.one.fields == found.other.fields == other.book.fields
    assert counts(found.one)[0] == {"missing at zorgaanbieder": 1, "missing at zorgkantoor": 1}


def test_equal_books_need_no_more_than_the_offer() -> None:
    """Who gets it can report at once, and so can the other of the answer."""
    one, other = parties(LEFT, LEFT)
    first = offer(one)
    second = answer(other, first, ALL)
    assert (len(first.buckets), len(second.buckets)) == (4096, 0)
    assert conclude(other, first).equal
    assert conclude(one, second).equal


def test_books_that_differ_need_all_turns() -> None:
    """A report of an early turn says so; after the last there is nothing to answer."""
    one, other = parties(LEFT, RIGHT)
    messages = [offer(one)]
    for turn in range(1, 5):
        reader = (one, other)[turn % 2]
        if turn < 4:
            with pytest.raises(WrongMessage, match=f"turn {turn} does not tell how"):
                conclude(reader, messages[-1])
        messages.append(answer(reader, messages[-1], ALL))
    with pytest.raises(WrongMessage, match="last turn"):
        answer(other, messages[-1], ALL)


def test_another_key_is_told_at_once() -> None:
    """Also the same key for a campaign by another name."""
    one, _ = parties(LEFT, RIGHT)
    for key in (Key("proef-1", bytes(32)), Key("proef-2", KEY.secret)):
        with pytest.raises(WrongMessage, match="another key"):
            received(sent(offer(one)), key)


def test_a_message_for_others_is_refused() -> None:
    """One's own message, or one between other parties."""
    one, _ = parties(LEFT, RIGHT)
    with pytest.raises(WrongMessage, match="message of a zorgkantoor to a zorgaanbieder"):
        answer(one, offer(one), ALL)


def test_so_is_one_with_fields_that_this_side_cannot_tell() -> None:
    """Who is meant is asked before anything is offered in return."""
    one = party(book(PARTIES[0], LEFT))
    poor = party(book(PARTIES[1], RIGHT, ("bsn", "instelling", "zorgeenheid", "leveringsvorm", "ingangsdatum")))
    with pytest.raises(WrongMessage, match="of a zorgkantoor to a zorgaanbieder; wanted is one of a zorgaanbieder"):
        answer(replace(poor, pair=one.pair), offer(one), ALL)


def test_no_more_clients_are_told_of_than_agreed() -> None:
    """Of 400 clients 150 differ: more than a quarter, not more than half. Of small books any part may be told."""
    left = [note(f"{number} 10 754 4 2018-04-01 soort=1") for number in range(400)]
    right = [note(f"{number} 10 754 4 2018-04-01 soort={3 if number < 150 else 1}") for number in range(400)]
    one, other = parties(left, right)
    second = answer(other, offer(one), ALL)
    with pytest.raises(TooMuch, match="37% of this book; 25% is allowed"):
        answer(one, second, 25)
    assert answer(one, second, 50).turn == 3
    few = parties(LEFT, RIGHT)
    assert answer(few[0], answer(few[1], offer(few[0]), 0), 0).turn == 3


def test_records_that_are_held_back_are_missed() -> None:
    """A message that tells of a client that differs, and not of its records, is no basis for a report."""
    one, other = parties(LEFT, RIGHT)
    message = offer(one)
    for reader in (other, one, other):
        message = answer(reader, message, ALL)
    with pytest.raises(WrongMessage, match="records of all clients"):
        conclude(one, replace(message, records={}))
