"""Rows keep what hangs on them, however tables are joined, cut, filtered and put in another order."""

from random import Random

import polars as pl
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from keten.messages import Layout, Tables, clients_xml
from keten.messages.joining import join_tables, keep_rows, slice_clients, take_clients
from keten.standard import load
from tests.generating import any_style, document, written
from tests.unit.messages.harness import read_out, seeds, tiny


def some_clients(random: Random) -> tuple[Layout, list[Tables], list[str]]:
    """A layout, the tables of its clients in several batches, and the XML of each client."""
    release = load("2.0")
    text = written(release, document(release, "AW33", random, clients=6), any_style(random), random)
    outcome = read_out(text, limits=tiny(text, random))
    assert outcome.reading.layout is not None
    layout, batches = outcome.reading.layout, [batch.tables for batch in outcome.batches]
    return layout, batches, [xml for tables in batches for xml in clients_xml(layout, tables)]


@given(seed=seeds)
@settings(max_examples=25)
def test_joined_tables_say_what_the_batches_said(seed: int) -> None:
    """Every row hangs on the row it hung on."""
    layout, batches, expected = some_clients(Random(seed))
    assert clients_xml(layout, join_tables(layout.client_tables, batches)).to_list() == expected


@given(seed=seeds)
@settings(max_examples=25)
def test_clients_can_be_taken_in_any_order_and_more_than_once(seed: int) -> None:
    """Each with all that is its own."""
    random = Random(seed)
    layout, batches, expected = some_clients(random)
    tables = join_tables(layout.client_tables, batches)
    rows = [random.randrange(6) for _ in range(random.randint(0, 9))]
    taken = take_clients(layout.client_tables, tables, pl.Series(rows, dtype=pl.UInt32))
    assert clients_xml(layout, taken).to_list() == [expected[row] for row in rows]


@given(seed=seeds)
@settings(max_examples=25)
def test_a_slice_of_clients_is_what_taking_them_gives(seed: int) -> None:
    """The cheaper way to the same."""
    random = Random(seed)
    layout, batches, _ = some_clients(random)
    tables = join_tables(layout.client_tables, batches)
    first, count = random.randint(0, 6), random.randint(0, 6)
    rows = pl.Series(range(first, min(first + count, 6)), dtype=pl.UInt32)
    taken = take_clients(layout.client_tables, tables, rows)
    for name, frame in slice_clients(layout.client_tables, tables, first, count).items():
        assert_frame_equal(frame, taken[name])


@given(seed=seeds)
@settings(max_examples=25)
def test_rows_that_are_not_kept_take_with_them_what_hangs_on_them(seed: int) -> None:
    """Of Client: the others stay as they were. Of another table: nothing points to a row that is gone."""
    random = Random(seed)
    layout, batches, expected = some_clients(random)
    tables = join_tables(layout.client_tables, batches)
    keep = [random.random() < 0.5 for _ in range(6)]
    kept = keep_rows(layout.client_tables, tables, "Client", pl.Series(keep))
    assert clients_xml(layout, kept).to_list() == [xml for xml, stays in zip(expected, keep, strict=True) if stays]
    name = random.choice([name for name, table in layout.client_tables.items() if table.parent])
    flags = pl.Series([random.random() < 0.5 for _ in range(tables[name].height)], dtype=pl.Boolean)
    kept = keep_rows(layout.client_tables, tables, name, flags)
    assert kept[name].height == flags.sum()
    for child, table in layout.client_tables.items():
        if table.parent and kept[child].height:
            assert kept[child]["parent"].max() < kept[table.parent].height  # type: ignore[operator]
