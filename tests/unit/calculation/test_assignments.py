"""What is assigned, as the messages say."""

from datetime import date
from pathlib import Path

import pytest

from keten.calculation.coupling.assignments import NoAssignments, read_assignments
from keten.calculation.coupling.periods import day_of
from tests.unit.calculation.building import assignments, written


def periods(folder: Path) -> list[tuple[str, str, date | None, date | None]]:
    """Care, leveringsvorm and days of what is assigned."""
    frame = read_assignments(str(folder)).periods.select("care", "leveringsvorm", "start", "end")
    return [(what, form, day_of(start), day_of(end)) for what, form, start, end in frame.iter_rows()]


@pytest.mark.parametrize("release", ["1.2", "2.0", "2.1", "2.2"])
def test_any_release(release: str, tmp_path: Path) -> None:
    """Packages and functies of every release."""
    written(tmp_path / "a.xml", assignments(["A 755/4 2018-01-01..", "A f31 2018-01-01..2018-06-30"], release=release))
    expected = [
        ("ZZP 755", "4", date(2018, 1, 1), None),
        ("functie 31", "", date(2018, 1, 1), date(2018, 6, 30)),
    ]
    assert periods(tmp_path) == expected


def test_the_latest_version_counts(tmp_path: Path) -> None:
    """Whatever the order of the files: by Toewijzingsdatum."""
    written(tmp_path / "a.xml", assignments(["A 755/7 2018-04-01..2018-05-31"], assigned="2018-04-12"))
    written(tmp_path / "b.xml", assignments(["A 755/7 2018-04-01.."], assigned="2018-04-01"))
    assert periods(tmp_path) == [("ZZP 755", "7", date(2018, 4, 1), date(2018, 5, 31))]
    found = read_assignments(str(tmp_path))
    assert (found.messages, found.versions, found.count) == (2, 2, 1)


def test_what_is_withdrawn(tmp_path: Path) -> None:
    """It is not there; but one withdrawn from a later day on holds until then."""
    lines = ["A 755/7 2018-04-01.. withdrawn", "A 755/5 2018-04-01..2018-04-30 withdrawn", "A 754/7 2018-04-01.."]
    written(tmp_path / "a.xml", assignments(lines))
    assert [what for what, *_ in periods(tmp_path)] == ["ZZP 754", "ZZP 755"]


def test_a_pgb_is_declared_by_nobody(tmp_path: Path) -> None:
    """Also where it names an Instelling, as 1.2 demands."""
    written(tmp_path / "a.xml", assignments(["A 755/2 2018-01-01..", "A 755/5 2018-01-01.."], release="1.2"))
    assert [form for _, form, *_ in periods(tmp_path)] == ["5"]


def test_what_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    """It is counted."""
    whole = assignments(["A 755/7 2018-04-01..", "A 754/7 2018-04-01.. 999990020"])
    written(tmp_path / "a.xml", whole)
    written(tmp_path / "b.xml", whole.replace(b"999990020", b"9999"))
    written(tmp_path / "c.xml", "no XML at all")
    found = read_assignments(str(tmp_path))
    assert (found.messages, found.unreadable, found.clients_refused, found.count) == (2, 1, 1, 2)


def test_nothing_to_judge_against(tmp_path: Path) -> None:
    """A folder without such messages is wrong usage."""
    with pytest.raises(NoAssignments):
        read_assignments(str(tmp_path))
