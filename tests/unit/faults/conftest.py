"""A small converted region, once clean and once with every fault planted."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import etree

from keten.conversion import Settings, convert
from keten.faults import ANSWERS, catalogue, plant
from keten.messages import find_sources
from keten.population import populate, standard_proportions
from tests.unit.threads import threads

CLIENTS = 1_500
EVERY = dict.fromkeys(catalogue(), 0.001)
"""So low a rate that every fault happens once."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The folder of a conversion, one in which faults were planted, and its answer sheet."""

    clean: Path
    folder: Path
    answers: pl.DataFrame
    counts: dict[str, int]

    def of(self, fault: str) -> list[dict[str, Any]]:
        """The answers about a fault."""
        return self.answers.filter(fault=fault).to_dicts()


def plant_copy(clean: Path, folder: Path, rates: dict[str, float], seed: int = 0) -> Planted:
    """Plant faults in a copy of a conversion."""
    shutil.copytree(clean, folder)
    with threads(2) as pool:
        counts = plant(folder, rates, pool, lambda *_: None, seed=seed)
    answers = pl.read_csv(folder / ANSWERS, schema_overrides={"before": pl.String, "after": pl.String})
    return Planted(clean, folder, answers.with_columns(pl.col(pl.String).fill_null("")), counts)


def convert_region(folder: Path, clients: int) -> Path:
    """A region without exceptions, converted; what stood before is in the folder `in` beside."""
    shares = {"cross_regional": 0.15, "secret": 0.05, "mpt_and_pgb": 0.03, "narrow_view": 0.1}
    wanted = standard_proportions().without_exceptions().with_shares(shares)
    with threads(1) as pool:
        populate(folder / "in", clients, pool, lambda *_: None, regions=2, proportions=wanted)
        hide_pgbs(folder / "in")
        sources = list(find_sources([str(folder / "in")]))
        convert(sources, folder / "out", Settings(), pool, lambda *_: None)
    return folder / "out"


def hide_pgbs(folder: Path) -> None:
    """Take the pgb of clients, as far as they have more, out of what every second provider saw before (M2)."""
    for path in folder.rglob("AW33/*.xml"):
        root = etree.parse(path).getroot()
        if not (root.findtext(".//{*}Ontvanger") or "").endswith("2"):
            continue
        for client in root.iter("{*}Client"):
            for item in list(client.iter("{*}ToegewezenZorgzwaartepakket")):
                others = sum(1 for _ in client.iter("{*}ToegewezenZorgzwaartepakket", "{*}ToegewezenFunctie")) - 1
                if item.findtext("{*}Leveringsvorm") == "2" and others:
                    _taken_out(item)
        path.write_bytes(etree.tostring(root))


def _taken_out(item: etree._Element) -> None:
    """Without the item, and without what held nothing else."""
    held = item.getparent()
    assert held is not None
    held.remove(item)
    above = held.getparent()
    if not len(held) and above is not None:
        above.remove(held)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small region."""
    return convert_region(tmp_path_factory.mktemp("region"), CLIENTS)


@pytest.fixture(scope="session")
def planted(clean: Path, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The same region with every fault in it."""
    return plant_copy(clean, tmp_path_factory.mktemp("planted") / "out", EVERY)
