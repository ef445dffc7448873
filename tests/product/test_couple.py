"""keten couple, as a user runs it."""

from functools import partial
from pathlib import Path

import pytest

from tests.product.running import Keten
from tests.unit.calculation.building import (
    BSN,
    assignments,
    claim_cells,
    claims_text,
    contracts_text,
    table_text,
    written,
)

ROWS = ["755/7 FX310 2018-04-01.. mpt", "755/7 FX410 2018-04-01.. mpt"]


@pytest.fixture
def couple(keten: Keten) -> Keten:
    """Runs the command with arguments."""
    return partial(keten, "couple")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Assignments, contracts, two versions of the table (the second lacks a row), and declarations of April."""
    written(tmp_path / "AW33.xml", assignments(["A 755/7 2018-04-01.."]))
    written(tmp_path / "contracts.csv", contracts_text(["A mpt 2018-01-01.."]))
    written(tmp_path / "april.csv", table_text(ROWS, valid="2018-04-01..2018-04-30", version="2018-1"))
    written(tmp_path / "may.csv", table_text(ROWS[1:], valid="2018-05-01..", version="2018-2"))
    written(
        tmp_path / "claims.csv", claims_text([claim_cells(f"A 755 {code} 2018-04-02..2018-04-08") for code in CODES])
    )
    return tmp_path


CODES = ("FX310", "FX310", "FX410")


def judged_by(folder: Path, *more: str | Path) -> list[str | Path]:
    """The arguments that every judgement has."""
    return [folder / "claims.csv", "--assignments", folder, "--contracts", folder / "contracts.csv", *more]


def test_all_accepted(couple: Keten, folder: Path) -> None:
    """Exit code 0, and the account on screen."""
    code, out, err = couple(*judged_by(folder, "--table", folder / "april.csv"))
    assert (code, err) == (0, "")
    assert "  accepted                         3           300.00 euro" in out


def test_refused_with_the_reason_and_the_version_that_would_accept(couple: Keten, folder: Path) -> None:
    """Exit code 1; rows of the file name the declarations."""
    written(folder / "claims.csv", claims_text([claim_cells(f"A 755 {code} 2018-05-02..2018-05-08") for code in CODES]))
    arguments = judged_by(folder, "--table", folder / "may.csv", "--former", folder / "april.csv", "--format", "json")
    ran = couple(*arguments)
    assert ran.code == 1
    assert ran.data["account"]["refused"] == {"number": 2, "amount": "200.00"}
    assert ran.data["reasons"] == {"unknown prestatie": {"number": 2, "amount": "200.00"}}
    assert "\n  row 2: unknown prestatie (FX310 on ZZP 755, 2018-05-02 - 2018-05-08)" in couple(*arguments[:-2]).out
    assert ran.data["acceptedWith"] == {"2018-1": {"number": 2, "amount": "200.00"}}
    assert [(row["row"], row["from"]) for row in ran.data["refusals"]] == [(1, "2018-05-02"), (2, "2018-05-02")]


def test_a_table_is_tested_and_its_effect_shown_before_it_counts(couple: Keten, folder: Path) -> None:
    """A lost row, with the number and sum of last month's declarations that would bounce for it."""
    versions: list[str | Path] = ["--table", folder / "may.csv", "--former", folder / "april.csv", "--check"]
    code, out, _ = couple(*versions)
    assert code == 1
    assert "error: row lost (1)" in out
    assert "FX310 on ZZP 755, leveringsvorm 7, contract mpt" in out
    code, out, _ = couple(*judged_by(folder, *versions))
    assert code == 1
    assert "  NEWLY REFUSED                    2           200.00 euro" in out
    assert "2           200.00  FX310 on ZZP 755, leveringsvorm 7, contract mpt (row lost)" in out


def test_a_sound_table(couple: Keten, folder: Path) -> None:
    """Exit code 0: what it lacks are warnings."""
    ran = couple("--table", folder / "april.csv", "--check", "--format", "json")
    assert (ran.code, ran.data["verdict"], set(ran.data["counts"])) == (0, "usable", {"code without rows"})


def test_pages(couple: Keten, folder: Path) -> None:
    """Both reports as a page that asks nothing of the network."""
    versions: list[str | Path] = ["--table", folder / "may.csv", "--former", folder / "april.csv", "--format", "html"]
    for more in ([], ["--check"]):
        out = folder / "report.html"
        assert couple(*judged_by(folder, *versions, *more, "--out", out)) == (1, "", "")
        page = out.read_text(encoding="utf-8")
        assert page.startswith("<!doctype html>")
        assert "http" not in page


def test_nobody_is_named(couple: Keten, folder: Path) -> None:
    """No Bsn in any form of any report."""
    versions: list[str | Path] = ["--table", folder / "may.csv", "--former", folder / "april.csv"]
    for form in ("text", "json", "html"):
        for more in ([], ["--check"]):
            assert BSN not in couple(*judged_by(folder, *versions, *more, "--format", form)).out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--table", "april.csv"], "Give a file of declarations to judge, or --check"),
        (["claims.csv", "--table", "april.csv"], "give --assignments too"),
        (["--table", "april.csv", "--check", "--assignments", "."], "Without a file of declarations"),
        (["claims.csv", "--assignments", ".", "--table", "may.csv", "--check"], "--former version"),
        (["claims.csv", "--assignments", ".", "--table", "none.csv"], "none.csv cannot be read"),
        (["none.csv", "--assignments", ".", "--table", "april.csv"], "none.csv cannot be read"),
        (["claims.csv", "--assignments", "nowhere", "--table", "april.csv"], "no file or folder 'nowhere'"),
        (["april.csv", "--assignments", ".", "--table", "april.csv"], "has no column bsn"),
    ],
)
def test_wrong_usage(
    arguments: list[str], says: str, couple: Keten, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, and what to do."""
    monkeypatch.chdir(folder)
    code, _, err = couple(*arguments)
    assert code == 2
    assert says in err
