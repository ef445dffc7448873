"""No assignment reaches its provider from two zorgkantoren: read plainly from the XML, by no code of those who make it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.unit.conversion.test_account import people, run

ITEMS = ("ToegewezenZorgzwaartepakket", "ToegewezenFunctie")
KEY = ("Instelling", "ZzpCode", "FunctieCode", "Leveringsvorm", "Ingangsdatum")
LEAST = {"cross_regional": 0.2, "cross_regional_both": 0.05, "narrow_view": 0.1, "mpt_and_pgb": 0.02}
Element = etree._Element


def doubles(folder: Path) -> dict[tuple[str, ...], set[str]]:
    """The assignments that reach their own provider by AW33, those of several senders with these."""
    senders: dict[tuple[str, ...], set[str]] = {}
    for path in folder.rglob("AW33/*.xml"):
        for sender, key in _told(path):
            senders.setdefault(key, set()).add(sender)
    assert senders
    return {key: some for key, some in senders.items() if len(some) > 1}


def _told(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sender of a message, with the key of each assignment of its receiver."""
    root = etree.parse(path).getroot()
    sender, receiver = (root.findtext(f".//{{*}}{name}") for name in ("Afzender", "Ontvanger"))
    for client in root.iter("{*}Client"):
        for item in client.iter(*(f"{{*}}{name}" for name in ITEMS)):
            if item.findtext("{*}Instelling") == receiver:
                yield str(sender), (str(client.findtext("{*}Bsn")), *_cells(item))


def _cells(item: Element) -> Iterator[str]:
    return (item.findtext(f"{{*}}{name}") or "" for name in KEY)


def test_the_population_in_which_they_were_found(tmp_path: Path) -> None:
    """A small one of its kind: a part of the providers of a client in another region, which see each other's."""
    people(tmp_path / "in", 300, LEAST, seed=99173, regions=3)
    outcomes = run(tmp_path / "in", tmp_path / "out")["account"]["total"]["outcomes"]
    assert outcomes["sent by another"] > 0 < outcomes["forwarded"]
    assert doubles(tmp_path / "out") == {}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_ten_populations(tmp_path: Path, seed: int) -> None:
    """Of the usual mix, five thousand clients each."""
    people(tmp_path / "in", 5_000, {}, seed=seed, regions=3)
    run(tmp_path / "in", tmp_path / "out")
    assert doubles(tmp_path / "out") == {}
