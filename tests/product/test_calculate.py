"""keten calculate, as a user runs it."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.product.running import Keten, run
from tests.unit.calculation.planning import EXAMPLE, ZA1, ZA2, ZA3, changed

SHIPPED = Path(__file__).parents[2] / "src" / "keten" / "standard" / "tariffs" / "2018-fictief.yaml"
CLIENT = EXAMPLE["request"]["client"]


@pytest.fixture
def calculate(keten: Keten) -> Keten:
    """Runs the command with arguments."""
    return partial(keten, "calculate")


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Path]:
    """Writes the worked example, changed."""

    def written(changes: dict[str, Any] | None = None) -> Path:
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(changed(changes or {})), encoding="utf-8")
        return path

    return written


def test_the_worked_example(calculate: Keten, plan: Callable[..., Path]) -> None:
    """Exit code 0: doelmatig, 50, 30 and 20 percent."""
    ran = calculate(plan(), "--format", "json")
    assert (ran.code, ran.err, ran.data["verdict"]) == (0, "", "doelmatig")
    (result,) = ran.data["results"]
    assert {one["instelling"]: one["percentage"] for one in result["shares"]} == {ZA1: 50, ZA2: 30, ZA3: 20}
    assert (result["budget"], result["cost"]) == ("1800.00", "1800.00")
    assert all({"what", "how", "amount", "unit", "source"} == set(line) for line in result["lines"])


def test_over_the_budget(calculate: Keten, plan: Callable[..., Path]) -> None:
    """Exit code 1, and what would make it doelmatig."""
    code, out, _ = calculate(plan({"providers/0/care/0/volume": 20}))
    assert code == 1
    assert f"Doelmatig if {ZA1} gives 2.00 uur per week less of FX310" in out
    assert "are made up" in out
    extras = [{"element": "ExtraKostenThuis", "code": "1"}]
    code, out, _ = calculate(plan({"providers/0/care/0/volume": 20, "extras": extras}))
    assert code == 0
    assert "covered by the extra budget" in out


def test_tables_beside_each_other(calculate: Keten, plan: Callable[..., Path], tmp_path: Path) -> None:
    """The lines on which two versions differ."""
    other = tmp_path / "other.yaml"
    other.write_text(
        SHIPPED.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"').replace("price: 50", "price: 40")
    )
    ran = calculate(plan(), "--tariffs", SHIPPED, "--tariffs", other, "--format", "json")
    assert [one["tariffs"]["version"] for one in ran.data["results"]] == ["1", "2"]
    assert {"what": "All care together", "unit": "euro per week", "amounts": ["1800.00", "1512.00"]} in ran.data[
        "differences"
    ]
    assert "Differences, line by line" in calculate(plan(), "--tariffs", SHIPPED, "--tariffs", other).out


def test_the_aat(calculate: Keten, plan: Callable[..., Path], tmp_path: Path) -> None:
    """A message that validates; no report says whose it is."""
    aat = tmp_path / "aat.xml"
    for form in ("text", "json", "html"):
        code, out, err = calculate(plan(), "--aat", aat, "--format", form)
        assert (code, err) == (0, "")
        assert CLIENT["bsn"] not in out
        assert CLIENT["achternaam"] not in out
    assert run("validate", aat, "--release", "2.0@1.3") == 0
    assert b"<ToewijzingPercentage>5000<" in aat.read_bytes()


def test_an_aat_that_may_not_be_sent(calculate: Keten, plan: Callable[..., Path], tmp_path: Path) -> None:
    """Exit code 1, nothing written, and who may, until when."""
    aat = tmp_path / "aat.xml"
    code, _, err = calculate(plan({"request/sender": ZA2, "request/dagtekening": "2018-06-01"}), "--aat", aat)
    assert code == 1
    assert f"No AAT: Only {ZA1}, the coordinator zorg thuis, may send this AAT; {ZA2} may not." in err
    assert "may be sent until 2018-05-31." in err
    assert not aat.exists()


def test_the_page(calculate: Keten, plan: Callable[..., Path], tmp_path: Path) -> None:
    """It asks nothing of the network."""
    out = tmp_path / "page.html"
    assert calculate(plan(), "--format", "html", "--out", out) == (0, "", "")
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "http" not in page


def test_practice(calculate: Keten, tmp_path: Path) -> None:
    """A case is shown, and answers are marked."""
    assert "three-providers" in calculate("--practice", "list").out
    shown = calculate("--practice", "three-providers")
    assert shown.code == 0
    given = tmp_path / "case.json"
    given.write_text(shown.out[shown.out.rindex("\n\n{") :], encoding="utf-8")
    result = calculate(given, "--format", "json").data["results"][0]
    answer = tmp_path / "answer.json"
    shares = {one["instelling"]: one["percentage"] for one in result["shares"]}
    right = {"budget": result["budget"], "cost": result["cost"], "doelmatig": True, "shares": shares}
    answer.write_text(json.dumps(right), encoding="utf-8")
    assert calculate("--practice", "three-providers", answer).code == 0
    answer.write_text(json.dumps({**right, "doelmatig": False}), encoding="utf-8")
    code, out, _ = calculate("--practice", "three-providers", answer)
    assert code == 1
    assert "wrong, it is yes" in out


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"zzp": "7VV"}, 'zzp: expected a ZzpCode of 2.0; found "7VV".'),
        ({"providers/2/care/0/volume": "veel"}, "providers[2].care[0].volume: expected a number above 0"),
        ({"providers/2/care/0/prestatie": "H126"}, "no prestatie 'H126' (00000103)"),
        ({"from": "2015-01-01"}, "valid on 2015-01-01"),
    ],
)
def test_wrong_input(changes: dict[str, Any], says: str, calculate: Keten, plan: Callable[..., Path]) -> None:
    """Exit code 2, the path of the key, and what was expected."""
    code, _, err = calculate(plan(changes))
    assert code == 2
    assert says in err


def test_wrong_usage(calculate: Keten, plan: Callable[..., Path], tmp_path: Path) -> None:
    """No input, no such file, no such case, a place that cannot be written."""
    assert calculate().code == 2
    assert "cannot be read" in calculate(tmp_path / "none.json").err
    assert "there are three-providers" in calculate("--practice", "none").err
    assert "cannot be written" in calculate(plan(), "--out", tmp_path / "no" / "such").err
    assert "cannot be written" in calculate(plan(), "--aat", tmp_path / "no" / "such").err
