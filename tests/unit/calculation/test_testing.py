"""What a test of a coupling table finds."""

from pathlib import Path

import pytest

from keten.calculation.coupling.table import CouplingTable, WrongTable, load_table
from keten.calculation.coupling.testing import find_faults, kinds
from tests.unit.calculation.building import table_text, written

SHIPPED = Path(__file__).parents[3] / "src" / "keten" / "calculation" / "coupling" / "tables"
NO_ROWS = "code without rows"

CASES = {
    "unreadable": ["755/7 FX310 2018-02-30..", "755/7 FX310 2018-04-02..2018-04-01", "755 FX310 2018-04-01.."],
    "unknown code": ["123/7 FX310 2018-04-01..", "f99 FX310 2018-04-01..", "755/8 FX310 2018-04-01.."],
    "contradiction": ["755/7 FX310 2018-04-01..", "755/7 FX310 2018-05-01..2018-05-31 mpt"],
    "duplicate": ["755/7 FX310 2018-04-01..", "755/7 FX310 2018-04-01.."],
    "overlap": ["755/7 FX310 2018-04-01..2018-04-30", "755/7 FX310 2018-04-30.."],
    "gap": ["755/7 FX310 2018-04-01..2018-04-30", "755/7 FX310 2018-05-02.."],
    "never in force": ["755/7 FX310 2018-01-01..2018-03-31"],
}
"""Rows by the fault that each of them has: all rows of the first two, the last row of the others."""

BETWEEN_VERSIONS = {"version gap", "row lost"}


def table_of(folder: Path, rows: list[str], name: str = "table.csv", valid: str = "2018-04-01..") -> CouplingTable:
    """A table with these rows."""
    return load_table(written(folder / name, table_text(rows, valid=valid, version=name)))


def found(table: CouplingTable, former: CouplingTable | None = None) -> list[tuple[str, int | None]]:
    """Kind and row of the faults, but for the codes without rows that every small table has."""
    return [(kind, row) for kind, row, _ in find_faults(table, former).iter_rows() if kind != NO_ROWS]


def test_every_kind_of_fault_has_a_case() -> None:
    """The kinds in the data, and those that are tested here."""
    assert set(kinds()) == {*CASES, *BETWEEN_VERSIONS, NO_ROWS}


@pytest.mark.parametrize("kind", CASES)
def test_rows_with_a_fault(kind: str, tmp_path: Path) -> None:
    """It is found in the rows that have it and nothing else is."""
    rows = CASES[kind]
    whose = range(1, len(rows) + 1) if kind in ("unreadable", "unknown code") else [len(rows)]
    assert found(table_of(tmp_path, rows)) == [(kind, row) for row in whose]


def test_what_is_no_fault(tmp_path: Path) -> None:
    """Rows that touch, alternatives of contract, demands for a contract on other days, a row that starts later."""
    rows = [
        "755/7 FX310 2018-04-01..2018-04-30",
        "755/7 FX310 2018-05-01..2018-05-31",
        "755/7 FX310 2018-06-01.. mpt",
        "755/7 FX310 2018-06-01.. los",
        "755/5 FX310 2018-08-01..",
        "f31 FX310 2018-04-01..",
    ]
    assert found(table_of(tmp_path, rows)) == []


def test_codes_of_the_release_without_rows(tmp_path: Path) -> None:
    """A table of one package lacks all others."""
    lacking = find_faults(table_of(tmp_path, ["755/7 FX310 2018-04-01.."])).filter(kind=NO_ROWS)
    assert "ZZP 754" in lacking["what"].to_list()
    assert "ZZP 755" not in lacking["what"].to_list()


def test_rows_lost_since_the_former_version(tmp_path: Path) -> None:
    """What counted on its last day and does not on the first of the new one, however the new one lost it."""
    former = table_of(
        tmp_path,
        [
            "755/7 FX310 2018-04-01..",
            "755/7 FX410 2018-04-01..",
            "755/7 FX810 2018-04-01..2018-04-15",
            "f31 FX310 2018-04-01..",
        ],
        "former.csv",
        "2018-04-01..2018-04-30",
    )
    new = table_of(tmp_path, ["755/7 FX310 2018-04-01..", "755/7 FX410 2018-05-02.."], "new.csv", "2018-05-01..")
    faults = find_faults(new, former).filter(kind="row lost")
    assert faults["what"].to_list() == ["FX310 on functie 31", "FX410 on ZZP 755, leveringsvorm 7"]


def test_a_version_that_takes_the_place_of_one_from_the_same_day(tmp_path: Path) -> None:
    """What the former had on that day is not lost in silence."""
    rows = ["755/7 FX310 2018-04-01..", "755/7 FX410 2018-04-01.."]
    former, new = table_of(tmp_path, rows, "former.csv"), table_of(tmp_path, rows[1:], "new.csv")
    assert found(new, former) == [("row lost", None)]


def test_a_former_version_that_is_none(tmp_path: Path) -> None:
    """The two the wrong way round would seem to lose nothing."""
    rows = ["755/7 FX310 2018-04-01.."]
    april, may = (table_of(tmp_path, rows, f"{day}.csv", f"{day}..") for day in ("2018-04-01", "2018-05-01"))
    with pytest.raises(WrongTable, match="is no former version: it counts from 2018-05-01"):
        find_faults(april, former=may)


def test_days_between_two_versions(tmp_path: Path) -> None:
    """The former ends on 30 April and the new one begins on 2 May."""
    rows = ["755/7 FX310 2018-04-01.."]
    former = table_of(tmp_path, rows, "former.csv", "2018-04-01..2018-04-30")
    assert found(table_of(tmp_path, rows, "new.csv", "2018-05-02.."), former) == [("version gap", None)]
    assert found(table_of(tmp_path, rows, "new.csv", "2018-05-01.."), former) == []


def test_the_tables_that_come_with_keten_are_sound() -> None:
    """Nothing but the two codes on which nobody declares."""
    former, new = (load_table(SHIPPED / f"example-2018-{number}.csv") for number in (1, 2))
    assert former.fictitious
    assert new.fictitious
    lacking = [("code without rows", "ZZP 997"), ("code without rows", "ZZP 998")]
    for faults in (find_faults(former), find_faults(new, former)):
        assert faults.select("kind", "what").rows() == lacking


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("# id: t", "#", "does not say id"),
        ("# fictitious: yes", "# fictitious: perhaps", "is yes or no"),
        ("# from: 2018-04-01", "# from: 1 april", "a date like"),
        ("# from: 2018-04-01", "# from: 2018-04-01\n# to: 2018-03-01", "ends before it starts"),
        ("# from: 2018-04-01", "# from: 2018-04-01\n# from: 2018-05-01", "says from more than once"),
        ("# release: 2.0", "# release: 7.0", "release that is not known"),
        ("prestatie,", "code,", "has no column prestatie"),
    ],
)
def test_a_table_that_is_none(before: str, after: str, says: str, tmp_path: Path) -> None:
    """The error names the file and what was expected."""
    text = table_text(["755/7 FX310 2018-04-01.."]).replace(before, after, 1)
    with pytest.raises(WrongTable, match=says):
        load_table(written(tmp_path / "table.csv", text))


def test_a_table_without_rows(tmp_path: Path) -> None:
    """By it every declaration would bounce; that is no table."""
    with pytest.raises(WrongTable, match="has no rows"):
        table_of(tmp_path, [])


def test_a_table_as_spreadsheets_write_it(tmp_path: Path) -> None:
    """Quotation marks around a heading that holds the separator, and rows without anything in them."""
    text = table_text(["755/7 FX310 2018-04-01.."]).replace("# source: a test", '"# source: a test, ours"')
    table = load_table(written(tmp_path / "table.csv", f"{text}\n,,,,,,\n# source: a remark, as it stands below\n"))
    assert (table.source, table.rows["row"].to_list()) == ("a test, ours", [1])
