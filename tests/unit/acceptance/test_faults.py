"""Every fault of the cases (tests/cases/acceptance) is found, by its code and at its client, and nothing else is."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from keten.acceptance import Judgement, Settings, accept
from keten.messages import find_sources
from tests.unit.acceptance.faults import Fault, faults, plant
from tests.unit.conversion.outcome import run
from tests.unit.conversion.outcome import settings_of as conversion_settings

FAULTS = [pytest.param(fault, id=f"{fault.case.rule}-{fault.case.name}") for fault in faults()]
PROVIDER = re.compile(r"AW33_4(\d{6})\d_")


def judged(before: Path, after: Path, settings: Settings | None = None) -> Judgement:
    """A judgement of two folders."""
    with ThreadPoolExecutor(1) as pool:
        sources = (list(find_sources([str(folder)])) for folder in (before, after))
        return accept(*sources, settings or Settings(), pool, lambda *_: None)


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
