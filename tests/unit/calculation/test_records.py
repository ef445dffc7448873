"""An AW319 line by line: each is a record of a known type or is named, and the closing record closes the account."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.calculation.coupling.claims import Claims, read_claims
from tests.unit.calculation.building import written
from tests.unit.calculation.test_claims import other, record

CENTS = 1_250


def closing(prestaties: int, cents: int, **changes: str) -> str:
    """A closing record (99) of an AW319, by its places in the record."""
    cells = {
        0: "99", 2: "000001", 8: "000000", 14: f"{prestaties:06}", 20: "000000", 26: f"{prestaties + 1:07}",
        33: f"{abs(cents):011}", 44: "C" if cents < 0 else "D",
    }  # fmt: skip
    cells |= {int(place.removeprefix("at")): text for place, text in changes.items()}
    line = list(" " * 310)
    for place, text in cells.items():
        line[place : place + len(text)] = text
    return "".join(line)


def message(*middle: str, end: str | None = None) -> str:
    """An AW319 of one insured with three declarations, of which `middle` takes the place of the second."""
    lines = [other("01"), other("02"), record(CENTS), *(middle or (record(CENTS),)), record(CENTS)]
    return "\r\n".join([*lines, closing(3, 3 * CENTS) if end is None else end, ""])


def claims_in(text: str | bytes) -> Claims:
    """What is read in a file with this text; a character is a byte."""
    with TemporaryDirectory() as folder:
        path = written(Path(folder) / "aw319.asc", text if isinstance(text, bytes) else text.encode("latin-1"))
        return read_claims(path)


def test_a_whole_message() -> None:
    """Nothing is told."""
    claims = claims_in(message())
    assert (claims.rows.height, claims.aside) == (3, 3)
    assert (claims.closing.told, claims.closing.gaps) == ((), ())


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("\xef\xbb\xbf" + record(), "it begins with a byte order mark (BOM)"),
        (" " + record(), "it begins with no type of record"),
        ("\t" + record(), "it begins with no type of record"),
        ("\0" + record()[1:], "it begins with no type of record"),
        ("\f" + record(), "it begins with no type of record"),
        (record()[1:], "it begins with no type of record"),
        ("07" + record()[2:], "it begins with no type of record"),
        ("\xb24" + record()[2:], "it begins with no type of record"),
        (" " * 310, "it begins with no type of record"),
        ("\x1a", "it begins with no type of record"),
        (other("02")[:-1], "it has not 310 characters"),
        (other("98") + " ", "it has not 310 characters"),
        (record() + "\r" + record(), "it holds a control character"),
        (record(at62="\x01"), "it holds a control character"),
        (record(at62="\x00"), "it holds a control character"),
        (other("98")[:-1] + "\x7f", "it holds a control character"),
        (record()[:100], "it has not 310 characters"),
    ],
)
def test_a_line_that_is_no_record(line: str, fault: str) -> None:
    """It is refused by its line, and the closing record misses what stood there."""
    claims = claims_in(message(line))
    (refused,) = claims.rows.filter(pl.col("fault").is_not_null()).iter_rows(named=True)
    assert refused["row"] == 4
    assert refused["fault"].startswith(fault)
    assert claims.rows.height == 3
    assert claims.closing.gaps


@pytest.mark.parametrize(
    ("end", "gap"),
    [
        (closing(4, 3 * CENTS), "The closing record says 4 prestaties; 3 were read."),
        (closing(3, 4 * CENTS), "The closing record says 50.00 euro; 37.50 were read."),
        (closing(3, -3 * CENTS), "The closing record says -37.50 euro; 37.50 were read."),
        (closing(3, 3 * CENTS, at2="000002"), "The closing record says 2 verzekerden; 1 were read."),
        (closing(3, 3 * CENTS, at20="000001"), "The closing record says 1 commentaren; 0 were read."),
        (closing(3, 3 * CENTS, at26="0000009"), "The closing record says 9 details; 4 were read."),
        (closing(3, 3 * CENTS, at14="0000x3"), "The closing record says no number of prestaties."),
        (closing(3, 3 * CENTS, at44=" "), "The closing record says no amount with D (debit) or C (credit)."),
        ("", "There is no closing record (99): the file was cut off."),
        (closing(3, 3 * CENTS) + "\r\n" + other("98"), "Behind the closing record, in line 6, there is more"),
    ],
)
def test_a_closing_record_that_does_not_close(end: str, gap: str) -> None:
    """What it says is held against what was read."""
    gaps = claims_in(message(end=end)).closing.gaps
    assert any(one.startswith(gap) for one in gaps), gaps


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (message(end=other("99")), "The closing record, in line 6, says no totals."),
        (record(), "There is no closing record (99) that says how many there should be."),
    ],
)
def test_nothing_to_hold_it_against(text: str, told: str) -> None:
    """It is told; nothing is known to be missing."""
    closing_of = claims_in(text).closing
    assert (closing_of.told, closing_of.gaps) == ((told,), ())


@given(amounts=st.lists(st.integers(-99_999_999, 99_999_999), min_size=1, max_size=8), data=st.data())
def test_no_declaration_gets_lost(amounts: list[int], data: st.DataObject) -> None:
    """Whatever one byte of a file becomes: a line is refused, or the account does not close, or all is as it was."""
    lines = [other("01"), other("02"), *map(record, amounts), closing(len(amounts), sum(amounts)), ""]
    content = bytearray("\n".join(lines), "latin-1")
    place = data.draw(st.integers(622, len(content) - 312))
    content[place] = data.draw(st.integers(0, 255))
    claims = claims_in(bytes(content))
    whole = claims.rows.height == len(amounts) and claims.rows["cents"].sum() == sum(amounts)
    assert whole or claims.closing.gaps or claims.rows["fault"].is_not_null().any()
