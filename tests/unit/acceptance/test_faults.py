"""Every fault of the cases (tests/cases/acceptance) is found, by its code and at its client, and nothing else is."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from keten.acceptance import Judgement, codes
from tests.unit.acceptance.faults import CASES, Fault, faults, plant
from tests.unit.acceptance.judging import judged
from tests.unit.conversion.outcome import run
from tests.unit.conversion.outcome import settings_of as conversion_settings

FAULTS = [pytest.param(fault, id=f"{fault.case.rule}-{fault.case.name}") for fault in faults()]
ROOT = Path(__file__).parents[3]
PAGE, LAW = ROOT / "docs" / "acceptance.md", ROOT / "docs" / "conversion-rules.md"
PROVIDER = re.compile(r"AW33_4(\d{6})\d_")


@pytest.fixture(scope="module")
def judgement(tmp_path_factory: pytest.TempPathFactory) -> Judgement:
    """The judgement of all cases together; each has a client and providers of its own."""
    folder = tmp_path_factory.mktemp("faults")
    cases = [fault.case for fault in faults()]
    run(cases, conversion_settings(cases[0]), folder)
    for fault in faults():
        plant(fault, folder / "out")
    return judged(folder / "in", folder / "out")


@pytest.fixture(scope="module")
def found(judgement: Judgement) -> Mapping[int, list[str]]:
    """The codes found, by the number of the case whose client or message they are about."""
    result: dict[int, list[str]] = {}
    for row in judgement.findings.iter_rows(named=True):
        match = PROVIDER.search(" ".join(row["after_files"]))
        number = int(Path(row["before_file"]).name[:4]) if row["before_file"] else int(match[1]) if match else -1
        result.setdefault(number, []).append(row["code"])
    return result


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_nothing_else(fault: Fault, found: Mapping[int, list[str]]) -> None:
    """The codes that a case names, as often as it names them."""
    assert tuple(sorted(found.get(fault.case.number, []))) == fault.found


def test_every_finding_belongs_to_a_case(found: Mapping[int, list[str]]) -> None:
    """No finding is about anything but the client or the message of a case."""
    assert set(found) == {fault.case.number for fault in faults()}


def test_codes_cases_and_documentation_are_the_same_set() -> None:
    """Each code has a line in docs and cases; too many clients have a test of their own."""
    documented = re.findall(r"^\| (AC\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert list(codes()) == documented
    assert {path.stem for path in CASES.glob("*.yaml")} | {"AC103"} == set(codes())


def test_a_code_comes_from_rules_of_the_law() -> None:
    """The rules that a code names stand in docs/conversion-rules.md."""
    law = set(re.findall(r"^- ([A-Z]\d)\b", LAW.read_text(encoding="utf-8"), re.MULTILINE))
    assert {rule for code in codes().values() for rule in code.rules} <= law
