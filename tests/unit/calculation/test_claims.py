"""Declarations as they are read: CSV, and the prestatierecords of an AW319."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.calculation.coupling.claims import WrongClaims, read_claims
from keten.calculation.coupling.reporting import euros
from tests.unit.calculation.building import BSN, claim_cells, claims_text, written

DESCRIBED = "bsn,instelling,zzp,functie,prestatie,begindatum,einddatum,bedrag"
AMOUNTS = st.integers(-99_999_999, 99_999_999)


def record(cents: int = 10_000, **changes: str) -> str:
    """A prestatierecord of an AW319, by its places in the record, counted by hand from the description."""
    cells = {
        0: "04", 2: "000000000001", 14: BSN, 23: "5501", 57: "1", 100: "00", 102: "755", 105: "20180402",
        113: "20180430", 121: "999", 124: "FX310", 129: "0001", 181: "0000", 185: f"{abs(cents):08}",
        193: "C" if cents < 0 else "D",
    }  # fmt: skip
    cells |= {int(place.removeprefix("at")): text for place, text in changes.items()}
    line = list(" " * 310)
    for place, text in cells.items():
        line[place : place + len(text)] = text
    return "".join(line)


def other(kind: str) -> str:
    """A record of another type."""
    return kind + " " * 308


def test_an_aw319(tmp_path: Path) -> None:
    """Its prestatierecords are read, with the provider that was said; what else is in it is counted."""
    lines = [other("01"), record(), record(-1250, at100="31", at102="000"), other("99")]
    claims = read_claims(written(tmp_path / "aw319", "\r\n".join([*lines, ""])), "00000101")
    assert claims.aside == 2
    assert claims.rows.select("row", "instelling", "care", "codelijst", "prestatie", "cents", "fault").rows() == [
        (2, "00000101", "ZZP 755", "999", "FX310", 10_000, None),
        (3, "00000101", "functie 31", "999", "FX310", -1_250, None),
    ]


def test_what_cannot_be_read_in_an_aw319(tmp_path: Path) -> None:
    """It is a declaration all the same, so that the account closes."""
    lines = [
        record(),
        record()[:-1],
        record(at105="20180230"),
        record(at185="1234x678"),
        record(at14="000000000"),
        record(at193=" "),
    ]
    faults = read_claims(written(tmp_path / "aw319", "\n".join(lines))).rows["fault"].to_list()
    assert faults == [
        None, "it has not 310 characters", "begindatum is no date", "the amount is no number", None,
        "it says neither D (debit) nor C (credit)",
    ]  # fmt: skip


def test_a_character_of_an_aw319_is_a_byte(tmp_path: Path) -> None:
    """Letters with accents do not shift what follows."""
    line = record(at62="\xe9\xe8")
    assert read_claims(written(tmp_path / "aw319", line.encode("latin-1"))).rows["cents"][0] == 10_000


@given(cents=AMOUNTS)
def test_amounts(cents: int) -> None:
    """An amount is what it says, in whole cents, with a point or a comma."""
    for text in (euros(cents), euros(cents).replace(".", ",")):
        frame = _read([claim_cells("A 755 FX310 2018-04-02..2018-04-30", {"bedrag": text})])
        assert frame["cents"][0] == cents


def _read(cells: list[dict[str, str]]) -> pl.DataFrame:
    with TemporaryDirectory() as folder:
        return read_claims(written(Path(folder) / "claims.csv", claims_text(cells))).rows


def test_columns_may_be_left_out_and_separated_by_commas(tmp_path: Path) -> None:
    """leveringsvorm, codelijst and referentie need not be there; the rest must, and no others."""
    line = f"{BSN},,755,,FX310,2018-04-02,2018-04-30,100"
    claims = read_claims(written(tmp_path / "claims.csv", f"{DESCRIBED}\n{line}\n"), "00000101")
    assert claims.rows.select("instelling", "leveringsvorm", "cents", "fault").row(0) == ("00000101", "", 10_000, None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (DESCRIBED.replace("bsn,", "") + "\n", "has no column bsn"),
        (DESCRIBED + ",kleur\n", "unknown column 'kleur'"),
        (DESCRIBED + ", BSN\n", "more than one column bsn"),
        (DESCRIBED + ",bsn\n", "more than one column bsn"),
        ("", "has no column bsn"),
        (DESCRIBED + "\rx\r", "no table of values"),
        (f"{DESCRIBED}\n{BSN},00000101,755,,FX310,2018-04-02,2018-04-30,12,50\n", "more values than there are columns"),
        (f'{DESCRIBED}\n{BSN},"00000101,755,,FX310,2018-04-02,2018-04-30,12\n', "a quotation mark is not closed"),
    ],
)
def test_a_file_that_holds_no_declarations(text: str, says: str, tmp_path: Path) -> None:
    """The error says what was expected, and repeats nobody's declaration."""
    with pytest.raises(WrongClaims, match=says) as raised:
        read_claims(written(tmp_path / "claims.csv", text))
    assert BSN not in str(raised.value)


def test_what_stands_in_a_file_without_headings_is_not_repeated(tmp_path: Path) -> None:
    """Its first line is somebody's declaration."""
    with pytest.raises(WrongClaims) as raised:
        read_claims(written(tmp_path / "claims.csv", f"{BSN},00000101,755,,FX310,2018-04-02,2018-04-30,100\n"))
    assert BSN not in str(raised.value)


def test_rows_without_anything_in_them(tmp_path: Path) -> None:
    """They are no declarations, but keep their number; a line that begins with # is no remark here."""
    line = f"{BSN},00000101,755,,FX310,2018-04-02,2018-04-30,1"
    text = f"{DESCRIBED}\n{line}\n\n,,,,,,,\n#N/B{line[9:]}\n"
    rows = read_claims(written(tmp_path / "claims.csv", text)).rows.select("row", "fault").rows()
    assert rows == [(1, None), (4, "bsn is not 9 digits")]


def test_empty_lines_of_an_aw319(tmp_path: Path) -> None:
    """They are no records of another type."""
    claims = read_claims(written(tmp_path / "aw319", f"{record()}\r\n\r\n{record()}\r\n\r\n"))
    assert (claims.rows["row"].to_list(), claims.aside) == ([1, 3], 0)


def test_nothing_declared(tmp_path: Path) -> None:
    """No rows, no faults."""
    assert read_claims(written(tmp_path / "claims.csv", DESCRIBED + "\n")).rows.is_empty()


@pytest.mark.parametrize("day", ["0000-01-01", "-0001-01-01", "12018-04-02", "2018-04-02T00:00"])
def test_days_that_are_none(day: str, tmp_path: Path) -> None:
    """They are unreadable."""
    cells = claim_cells("A 755 FX310 2018-04-02..2018-04-30", {"begindatum": day})
    rows = read_claims(written(tmp_path / "claims.csv", claims_text([cells]))).rows
    assert rows["fault"][0] == "begindatum is no date"


def test_a_row_that_is_too_short_is_unreadable(tmp_path: Path) -> None:
    """The others are read."""
    whole = f"{BSN},00000101,755,,FX310,2018-04-02,2018-04-30,100"
    claims = read_claims(written(tmp_path / "claims.csv", f"{DESCRIBED}\n{BSN},00000101,755\n{whole}\n"))
    assert claims.rows["fault"].to_list() == ["there is no prestatie", None]
