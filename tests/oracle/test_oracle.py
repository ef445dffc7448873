"""The oracle finds what the reference finds, and keten finds what the oracle finds."""

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from lxml import etree

from keten.standard import Release, load
from keten.validation import validate
from tests.generating import PLAIN, accepts, document, written
from tests.oracle import judge, mutated

SAMPLES = ZipFile(Path(__file__).parents[1] / "cases" / "reference" / "rules.zip")
FOUND = {release: json.loads(SAMPLES.read(f"{release}/findings.json")) for release in ("2.1", "2.2")}
MESSAGES = sorted({(release, row["file"].split("/")[0]) for release, rows in FOUND.items() for row in rows})
SINGLE = "ZK31"
"""The message of one client."""


def ketens(release: str, text: bytes) -> Counter[tuple[str, tuple[str, ...]]]:
    """What keten finds: code and places, and how often."""
    findings = validate(BytesIO(text), release=release, max_findings=0).findings
    return Counter((one.code, tuple(sorted(set(one.locations)))) for one in findings)


def changed(release: Release, message: str, random: Random) -> bytes:
    """A valid document: a sample or one made up, changed at random."""
    samples = [name for name in SAMPLES.namelist() if name.startswith(f"{release.id}/{message}/")]
    base, donor = (SAMPLES.read(name) for name in random.sample(samples, 2))
    if random.random() < 0.3:
        base = written(release, document(release, message, random), PLAIN, random)
    tries = (mutated(release, message, base, donor, random) for _ in range(8))
    return next((text for text in tries if accepts(release, message, text)), base)


def together(texts: list[bytes]) -> bytes:
    """The clients of all documents in the first."""
    root, *others = (etree.fromstring(text) for text in texts)
    for other in others:
        root[-1].extend(list(other[-1]))
    return etree.tostring(root)


@pytest.mark.parametrize("release", FOUND)
def test_the_oracle_finds_what_the_reference_finds(release: str) -> None:
    """In every sample: the same codes at the same places, as often."""
    for row in FOUND[release]:
        expected = Counter((code, tuple(sorted(set(places)))) for code, places in row["findings"])
        message = row["file"].split("/")[0]
        assert judge(release, message, SAMPLES.read(f"{release}/{row['file']}")) == expected, row["file"]


@pytest.mark.slow
@pytest.mark.parametrize(("release", "message"), MESSAGES)
def test_keten_finds_what_the_oracle_finds(release: str, message: str) -> None:
    """In documents changed at random, with values at which the rules turn."""
    random, standard = Random(f"{release} {message}"), load(release)
    texts = [changed(standard, message, random) for _ in range(20)]
    for text in texts if message == SINGLE else [together(texts[:10]), together(texts[10:])]:
        assert ketens(release, text) == judge(release, message, text)
