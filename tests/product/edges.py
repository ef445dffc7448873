"""A call of every command that works, in a folder that has what it names, so that one word of it can be made odd."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.product.running import run
from tests.product.test_compare import ZORGAANBIEDER, ZORGKANTOOR
from tests.unit.calculation.building import assignments, claim_cells, claims_text, contracts_text, table_text, written
from tests.unit.calculation.planning import EXAMPLE

CAMPAIGN = """
[campaign]
name = "Proefconversie"
trial = 1
date = 2018-02-26

[[zorgkantoor]]
code = "5501"
before = "in/5501"
after = "after/5501"
account = "after/conversion.json"
"""

PARTY = ["--key", "key.json", "--as", "zorgkantoor,zorgaanbieder"]
OTHER = ["--key", "key.json", "--as", "zorgaanbieder,zorgkantoor"]

CALLS: Mapping[str, list[str]] = {
    "validate": ["<paths>=in", "--no-rules", "--format", "json", "--jobs", "1"],
    "reply": ["<paths>=AW33.xml", "--out", "reply.xml", "--jobs", "1"],
    "convert": ["<source>=AW33.xml", "--out", "converted", "--jobs", "1"],
    "accept": ["--before", "in", "--after", "after", "--jobs", "1"],
    "calculate": ["<source>=plan.json"],
    "couple": ["<claims>=claims.csv", "--assignments", "AW33.xml", "--table", "table.csv"],
    "population": ["--clients", "2", "--out", "made", "--jobs", "1"],
    "compare": ["<left>=zk.csv", "<right>=za.csv", "--out", "compared"],
    "blind key": ["--campaign", "proef-2", "--out", "other.json"],
    "blind offer": ["<book>=zk.csv", *PARTY, "--out", "offer.json"],
    "blind answer": ["<book>=za.csv", "<message>=1.json", *OTHER, "--out", "answer.json"],
    "blind report": ["<book>=za.csv", "<message>=5.json", *OTHER, "--out", "reported"],
    "rehearse": ["--clients", "20", "--regions", "1", "--scenario", "clean", "--out", "rehearsed", "--jobs", "1"],
    "campaign judge": ["<campaign>=campaign.toml", "--out", "judged", "--jobs", "1"],
    "campaign verify": ["<folder>=verdict", "--jobs", "1"],
    "campaign criteria": [],
    "standard list": [],
    "standard show": ["<release>=2.0", "<name>=AW33"],
    "standard diff": ["<old>=1.2", "<new>=2.0", "<message>=AW33"],
    "standard xsd": ["<release>=2.0", "--out", "schemas"],
    "standard docs": ["<release>=2.0", "--out", "pages"],
}
"""What stands behind the words of a command: options with their values, and arguments as <name>=value."""


def prepare(folder: Path) -> None:
    """Make what the calls name in a folder, which must be the one that the program works in."""
    written(folder / "AW33.xml", assignments(["A 755/7 2018-04-01.."]))
    written(folder / "contracts.csv", contracts_text(["A mpt 2018-01-01.."]))
    written(folder / "table.csv", table_text(["755/7 FX310 2018-04-01.. mpt"], valid="2018-04-01..", version="2018-1"))
    written(folder / "claims.csv", claims_text([claim_cells("A 755 FX310 2018-04-02..2018-04-08")]))
    written(folder / "plan.json", json.dumps(EXAMPLE))
    written(folder / "zk.csv", ZORGKANTOOR)
    written(folder / "za.csv", ZORGAANBIEDER)
    written(folder / "campaign.toml", CAMPAIGN)
    (folder / "empty").mkdir()
    (folder / "loop").symlink_to("loop")
    assert run("population", "--clients", "12", "--no-exceptions", "--out", "in", "--jobs", "1") == 0
    assert run("convert", "in", "--out", "after", "--jobs", "1") == 0
    assert run("campaign", "judge", "campaign.toml", "--out", "verdict", "--jobs", "1") in (0, 1)
    _exchange()


def _exchange() -> None:
    """The five turns of a blind comparison."""
    assert run("blind", "key", "--campaign", "proef-1", "--out", "key.json") == 0
    assert run("blind", "offer", "zk.csv", *PARTY, "--out", "1.json") == 0
    for turn in range(2, 6):
        book, side = (("zk.csv", PARTY), ("za.csv", OTHER))[turn % 2 == 0]
        assert run("blind", "answer", book, f"{turn - 1}.json", *side, "--out", f"{turn}.json") == 0
