"""What is spoiled: for every command that reads files a folder with a few of them, all in order, and the arguments."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml

from keten.cli.app import run
from keten.standard import load
from tests.generating.documents import document
from tests.generating.styles import Style, written
from tests.product.test_campaign import TEXT as CAMPAIGN
from tests.product.test_compare import ZORGAANBIEDER, ZORGKANTOOR
from tests.unit.calculation.building import assignments, claim_cells, claims_text, contracts_text, table_text
from tests.unit.calculation.planning import EXAMPLE
from tests.unit.calculation.test_claims import other, record

SHIPPED = Path(__file__).parents[2] / "src" / "keten"
TARIFFS = SHIPPED / "standard" / "tariffs" / "2018-fictief.yaml"
LEFT, RIGHT = ("--as", "zorgkantoor,zorgaanbieder"), ("--as", "zorgaanbieder,zorgkantoor")


@dataclass(frozen=True, slots=True)
class Case:
    """A command that is tried: the name of its files, its arguments, and how often compared with others (cases.yaml)."""

    files: str
    command: str
    weight: int


CASES = [Case(**one) for one in yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))]


def write_seeds(folder: Path) -> None:
    """Write the files of every case, each in a folder of its name."""
    for write in (_messages, _register, _books, _blind, _claims, _plan, _conversion, _campaign, _proportions):
        write(folder)


def _made(*arguments: str | Path) -> None:
    """Let keten make a seed."""
    code = run([str(one) for one in arguments])
    if code not in (0, 1):
        raise RuntimeError(f"no seed: keten {' '.join(map(str, arguments))} ended with {code}")


def _put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _documents() -> Iterator[tuple[str, bytes]]:
    """A document of every message of every release."""
    random = Random(1)
    for name in ("1.2", "2.0", "2.1", "2.2"):
        release = load(name)
        for message in release.messages:
            made = document(release, message, random, clients=2, fullness=0.6, ordinary=True)
            yield f"{name}-{message}.xml", written(release, made, Style(), random)


def _messages(folder: Path) -> None:
    """Messages, each in a folder of its own; and some with side files in a zip file."""
    documents = dict(_documents())
    for name, text in documents.items():
        _put(folder / "message" / name, text)
    with zipfile.ZipFile(_put(folder / "zipped" / "messages.zip", b""), "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("2.0-AW33.xml", "1.2-AW33.xml"):
            archive.writestr(f"5501/{name}", documents[name])
        archive.writestr("__MACOSX/._2.0-AW33.xml", b"\0\5\26\7")
        archive.writestr("readme.txt", "made with keten")


def _register(folder: Path) -> None:
    rows = ["agb,from,until,zorgkantoor", "00000101,2010-01-01,,5501", "00000102,2010-01-01,2019-12-31,5501"]
    _put(folder / "register" / "agb.csv", "\n".join(rows) + "\n")
    _put(folder / "register" / "AW33.xml", assignments(["A 755/7 2018-04-01.."]))


def _books(folder: Path) -> None:
    for place in ("zk", "za"):
        text = ZORGKANTOOR if place == "zk" else ZORGAANBIEDER
        _put(folder / "books" / f"{place}.csv", text)
        _put(folder / "books" / place / "part.csv", text)


def _blind(folder: Path) -> None:
    place = folder / "blind"
    books = {LEFT: _put(place / "zk.csv", ZORGKANTOOR), RIGHT: _put(place / "za.csv", ZORGAANBIEDER)}
    key = place / "key.json"
    _made("blind", "key", "--campaign", "fuzz", "--out", key)
    _made("blind", "offer", books[LEFT], "--key", key, *LEFT, "--out", place / "1.json")
    for turn in range(2, 6):
        side = RIGHT if turn % 2 == 0 else LEFT
        told = place / f"{turn - 1}.json"
        _made("blind", "answer", books[side], told, "--key", key, *side, "--out", place / f"{turn}.json")


def _claims(folder: Path) -> None:
    place = folder / "claims"
    _put(place / "AW33.xml", assignments(["A 755/7 2018-04-01.."]))
    _put(place / "claims.csv", claims_text([claim_cells("A 755 FX310 2018-04-02..2018-04-08")] * 3))
    _put(place / "contracts.csv", contracts_text(["A mpt 2018-01-01.."]))
    _put(place / "table.csv", table_text(["755/7 FX310 2018-04-01.. mpt"], valid="2018-04-01..2018-04-30", version="1"))
    _put(place / "former.csv", table_text(["755/7 FX410 2018-03-01.. mpt"], valid="2018-03-01..2018-03-31"))
    _put(place / "aw319.asc", "\r\n".join([other("01"), record(), record(-1250), other("99"), ""]))


def _plan(folder: Path) -> None:
    _put(folder / "plan" / "plan.json", json.dumps(EXAMPLE, indent=1))
    shutil.copy(TARIFFS, folder / "plan" / "tariffs.yaml")


def _conversion(folder: Path) -> None:
    place = folder / "conversion"
    _made("population", "--clients", "6", "--seed", "5", "--out", place / "before", "--jobs", "1")
    _made("convert", place / "before", "--out", place / "after", "--jobs", "1")
    shutil.copy(TARIFFS, place / "tariffs.yaml")
    _put(place / "settings.toml", 'home_preference = "list"\npartners = ["999990019"]\n')


def _campaign(folder: Path) -> None:
    place = folder / "campaign"
    made = ("--clients", "12", "--regions", "2", "--no-exceptions", "--share", "cross_regional=0", "--jobs", "1")
    _made("population", "--out", place / "before", *made)
    _made("convert", place / "before", "--out", place / "after", "--jobs", "1")
    _put(place / "campaign.toml", CAMPAIGN.format(trial=1, former="", after="after/5502"))
    shutil.copy(next(SHIPPED.rglob("criteria.yaml")), place / "criteria.yaml")
    _made("campaign", "judge", place / "campaign.toml", "--out", folder / "record" / "judged", "--jobs", "1")


def _proportions(folder: Path) -> None:
    _put(folder / "proportions" / "proportions.yaml", (SHIPPED / "population" / "proportions.yaml").read_bytes())
