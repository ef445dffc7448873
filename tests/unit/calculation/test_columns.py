"""CSV of people and spreadsheets: whatever its encoding, each row is read whole or is told to be short."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.calculation.coupling.assignments import read_contracts
from keten.calculation.coupling.claims import WrongClaims, read_claims
from keten.calculation.coupling.columns import SHORT, columns_of, text_of
from keten.calculation.coupling.table import WrongTable, load_table
from tests.unit.calculation.building import BSN, table_text, written

HEADING = "bsn,instelling,zzp,functie,prestatie,begindatum,einddatum,bedrag,leveringsvorm"
ROW = f"{BSN},00000101,755,,FX310,2018-04-02,2018-04-30,100,7"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    """Letters are read as they were written."""
    path = written(tmp_path / "claims.csv", f"{HEADING},referentie\n{ROW},é\n".encode(encoding))
    assert read_claims(path).rows.select("cents", "fault").rows() == [(10_000, None)]
    assert text_of("é\n".encode(encoding)) == "é\n"


@pytest.mark.parametrize("mark", ["", '"'])
def test_a_row_that_lacks_its_last_value(mark: str, tmp_path: Path) -> None:
    """It is unreadable, though the column need not be filled: what was cut off is not known."""
    short = ROW.replace("FX310", f"{mark}FX310{mark}").removesuffix(",7")
    rows = read_claims(written(tmp_path / "claims.csv", f"{HEADING}\n{short}\n{ROW}\n")).rows
    assert rows["fault"].to_list() == [SHORT, None]


def test_a_table_and_contracts_with_a_short_row(tmp_path: Path) -> None:
    """The row of a table is unreadable; contracts with one are refused."""
    text = table_text(["755/7 FX310 2018-04-01.."])
    table = load_table(written(tmp_path / "table.csv", text.rstrip("\n").removesuffix(",") + "\n"))
    assert table.rows["fault"].to_list() == [SHORT]
    contracts = "instelling,contract,ingangsdatum,einddatum\n00000101,mpt,2018-01-01\n"
    with pytest.raises(WrongTable, match="row 1: it has not 4 values"):
        read_contracts(written(tmp_path / "contracts.csv", contracts))


VALUES = st.lists(st.text("ab \u20ac'#=\u202e", max_size=3).filter(str.strip), min_size=2, max_size=2)


@given(rows=st.lists(VALUES, max_size=5), marked=st.booleans(), end=st.sampled_from(["\n", "\r\n"]))
def test_quotation_marks_make_no_difference(rows: list[list[str]], end: str, *, marked: bool) -> None:
    """Every row is read, in both ways."""
    sign = '"' if marked else ""
    lines = ["a;b", *(";".join(f"{sign}{value}{sign}" for value in row) for row in rows)]
    found = columns_of(Path("x.csv"), end.join(lines) + end, ("a", "b"), (), WrongClaims)
    assert found.select("a", "b").rows() == [tuple(value.strip() for value in row) for row in rows]
    assert not found["short"].any()
