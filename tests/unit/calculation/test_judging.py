"""Cases of the coupling table: each reason for which a declaration is refused, and what is accepted."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from keten.calculation.coupling.assignments import read_assignments, read_contracts
from keten.calculation.coupling.claims import read_claims
from keten.calculation.coupling.judging import Grounds, judge
from keten.calculation.coupling.reporting import reasons
from keten.calculation.coupling.table import load_table
from tests.unit.calculation.building import (
    assignments,
    claim_cells,
    claims_text,
    contracts_text,
    table_text,
    written,
)

FOLDER = Path(__file__).parents[2] / "cases" / "calculation" / "coupling"
CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}: {name}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for name, case in yaml.safe_load(file.read_text(encoding="utf-8")).items()
]


def test_every_reason_has_cases() -> None:
    """The reasons that are told and those of which there are cases are the same."""
    assert {file.stem for file in FOLDER.glob("*.yaml")} == {"accepted", *reasons()}


@pytest.mark.parametrize(("expected", "case"), CASES)
def test_case(expected: str, case: dict[str, Any], tmp_path: Path) -> None:
    """One declaration, one verdict."""
    table = load_table(
        written(tmp_path / "table.csv", table_text(case["rows"], valid=case.get("valid", "2018-04-01..")))
    )
    held = read_assignments(str(written(tmp_path / "AW33.xml", assignments(case["assigned"]))))
    contracts = None
    if "contracts" in case:
        contracts = read_contracts(written(tmp_path / "contracts.csv", contracts_text(case["contracts"])))
    cells = claim_cells(case["claim"], case.get("cells"))
    claims = read_claims(written(tmp_path / "claims.csv", claims_text([cells])))
    verdict = judge(claims, Grounds(table, held, contracts)).row(0, named=True)
    assert verdict["reason"] == (None if expected == "accepted" else expected)
    assert claims.rows["cents"][0] == {"-12,50": -1250, "1.2.3": 0}.get(cells["bedrag"], 10_000)


def test_a_client_with_very_many_assignments_and_declarations_is_judged_at_once(tmp_path: Path) -> None:
    """20,000 of each for one client: what could carry a declaration is searched, not joined."""
    table = load_table(written(tmp_path / "table.csv", table_text(["755/7 FX310 2018-04-01.."])))
    held = read_assignments(str(written(tmp_path / "AW33.xml", assignments(["A 755/7 2018-04-01.."]))))
    periods = pl.concat([held.periods] * 20_000).with_columns(
        start=held.periods["start"][0] + pl.int_range(20_000, dtype=pl.Int32) * 2,
        end=held.periods["start"][0] + pl.int_range(20_000, dtype=pl.Int32) * 2,
    )
    claims = read_claims(
        written(tmp_path / "claims.csv", claims_text([claim_cells("A 755 FX310 2018-04-01..2018-04-01")] * 20_000))
    )
    many = type(held)(periods, 1, 0, 0, 20_000, 20_000)
    assert judge(claims, Grounds(table, many))["reason"].is_null().all()
