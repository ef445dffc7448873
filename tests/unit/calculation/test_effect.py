"""What a new version of the table would do to last month's declarations."""

from pathlib import Path

import pytest

from keten.calculation.coupling import Grounds, judgement
from keten.calculation.coupling.assignments import read_assignments
from keten.calculation.coupling.claims import read_claims
from keten.calculation.coupling.effect import effect_of
from keten.calculation.coupling.table import WrongTable, load_table
from tests.unit.calculation.building import assignments, claim_cells, claims_text, table_text, written

ROWS = [f"{zzp}/7 {prestatie} 2018-04-01.." for zzp in ("754", "755") for prestatie in ("FX310", "FX410")]
APRIL, MAY = "2018-04-01..2018-04-30", "2018-05-01.."


def files(folder: Path, after: list[str]) -> None:
    """A former version, a new one, what is assigned, and the declarations of April."""
    written(folder / "former.csv", table_text(ROWS, valid=APRIL, version="2018-1"))
    written(folder / "new.csv", table_text(after, valid=MAY, version="2018-2"))
    written(folder / "AW33.xml", assignments(["A 755/7 2018-04-01..", "A 754/7 2018-04-01.. 999990020"]))
    claims = [claim_cells(f"A 755 FX310 2018-04-{day:02}..2018-04-{day:02} 50.10") for day in range(1, 11)]
    claims += [claim_cells("A 754 FX410 2018-04-03..2018-04-03 80", {"bsn": "999990020"}) for _ in range(3)]
    claims += [
        claim_cells("A 755 FX410 2018-04-03..2018-04-03 1.00"),
        claim_cells("A 753 FX310 2018-04-03..2018-04-03 2"),
    ]
    written(folder / "claims.csv", claims_text(claims))


def test_a_mistake_like_that_of_2018(tmp_path: Path) -> None:
    """Rows that are missing in the new version: the number and sum of what would bounce, by lost row, before it counts."""
    files(tmp_path, [row for row in ROWS if row not in ("755/7 FX310 2018-04-01..", "754/7 FX410 2018-04-01..")])
    effect = effect_of(
        load_table(tmp_path / "new.csv"),
        load_table(tmp_path / "former.csv"),
        read_claims(tmp_path / "claims.csv"),
        read_assignments(str(tmp_path)),
        None,
    )
    assert effect.bounces.rows() == [
        ("ZZP 755", "7", "", "FX310", 10, 501_00, True),
        ("ZZP 754", "7", "", "FX410", 3, 240_00, True),
    ]
    assert (effect.kept, effect.refused, effect.gains) == ((1, 100), (1, 200), (0, 0))


def test_a_new_version_that_only_adds(tmp_path: Path) -> None:
    """Nothing bounces; what was refused for want of a row is accepted."""
    files(tmp_path, [*ROWS, "753/7 FX310 2018-05-01.."])
    written(tmp_path / "more.xml", assignments(["A 753/7 2018-04-01.."]))
    effect = effect_of(
        load_table(tmp_path / "new.csv"),
        load_table(tmp_path / "former.csv"),
        read_claims(tmp_path / "claims.csv"),
        read_assignments(str(tmp_path)),
        None,
    )
    assert effect.bounces.is_empty()
    assert effect.gains == (1, 200)


def test_a_refused_declaration_says_which_version_would_accept_it(tmp_path: Path) -> None:
    """Judged by the faulty version, the former one is named."""
    files(tmp_path, ROWS)
    written(tmp_path / "faulty.csv", table_text(ROWS[1:], valid=APRIL, version="faulty"))
    claims, held = read_claims(tmp_path / "claims.csv"), read_assignments(str(tmp_path))
    formers = [load_table(tmp_path / "former.csv")]
    figures = judgement(claims, Grounds(load_table(tmp_path / "faulty.csv"), held), formers)
    assert figures["account"]["refused"] == {"number": 1, "amount": "2.00"}
    written(tmp_path / "faulty.csv", table_text([ROWS[3]], valid=APRIL, version="faulty"))
    figures = judgement(claims, Grounds(load_table(tmp_path / "faulty.csv"), held), formers)
    assert figures["account"] == {
        "read": {"number": 15, "amount": "744.00"},
        "accepted": {"number": 1, "amount": "1.00"},
        "refused": {"number": 14, "amount": "743.00"},
    }
    assert figures["acceptedWith"] == {"2018-1": {"number": 13, "amount": "741.00"}}
    assert {row["acceptedWith"] for row in figures["refusals"]} == {"2018-1", None}


def test_a_table_with_errors_judges_nothing(tmp_path: Path) -> None:
    """It is tested before it is used."""
    files(tmp_path, ["123/7 FX310 2018-04-01.."])
    grounds = Grounds(load_table(tmp_path / "new.csv"), read_assignments(str(tmp_path)))
    with pytest.raises(WrongTable, match="1 errors, the first in row 1: unknown code, ZZP 123"):
        judgement(read_claims(tmp_path / "claims.csv"), grounds)
