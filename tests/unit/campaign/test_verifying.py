"""Verifying: whatever is changed afterwards is named, and whatever does not follow from what was handed in."""

import json
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keten.campaign import judge, read_campaign, verify
from keten.campaign.evidence import MANIFEST
from keten.core.tasks import Pool
from tests.unit.campaign.small_round import noticed, quiet

RECORD = ("campaign.json", "criteria.yaml", "index.html", "repair-5501.csv", "repair-5502.csv", MANIFEST)


@pytest.fixture
def place(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return Path(shutil.copytree(whole, tmp_path / "place"))


def said(place: Path, pool: Pool) -> list[tuple[str, str]]:
    """What verifying says."""
    return [(one.what, one.path) for one in verify(place / "record", pool, quiet).differences]


def test_nothing_changed(place: Path, pool: Pool) -> None:
    """Record and deliveries may be moved together; all that shaped the verdict is in the manifest."""
    assert said(place, pool) == []
    manifest = json.loads((place / "record" / MANIFEST).read_text(encoding="utf-8"))
    papers = {f"../{name}" for name in ("round.toml", "agreed.yaml", "settings.toml", "tariffs.yaml")}
    messages = {"../in/5501/a.xml", "../in/5501/sub/b.xml", "../in/5502.xml"}
    assert manifest["given"].keys() == papers | messages
    assert manifest["given"]["../in/5502.xml"] == {"bytes": 18, "sha256": sha256(b"<x>in/5502.xml</x>").hexdigest()}
    assert manifest["aside"] == ["../in/5501/notes.txt"]
    assert manifest["record"].keys() == set(RECORD) - {MANIFEST}


def write(name: str, text: str = "<y/>") -> Callable[[Path], object]:
    return lambda place: (place / name).write_text(text, encoding="utf-8")


def link(name: str, target: str) -> Callable[[Path], object]:
    def spoil(place: Path) -> None:
        (place / name).unlink(missing_ok=True)
        (place / name).symlink_to(target)

    return spoil


def pipe(name: str) -> Callable[[Path], object]:
    def spoil(place: Path) -> None:
        (place / name).unlink()
        os.mkfifo(place / name)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (write("in/5501/a.xml"), ("changed", "../in/5501/a.xml")),
        (write("in/5501/new.xml"), ("added", "../in/5501/new.xml")),
        (write("in/5501/more.txt"), ("added", "../in/5501/more.txt")),
        (lambda place: (place / "in/5501/notes.txt").unlink(), ("gone", "../in/5501/notes.txt")),
        (lambda place: (place / "in/5501/a.xml").unlink(), ("gone", "../in/5501/a.xml")),
        (lambda place: (place / "in/5502.xml").unlink(), ("gone", "../in/5502.xml")),
        (lambda place: shutil.rmtree(place / "in"), ("gone", "../in/5501/sub/b.xml")),
        (write("agreed.yaml", "x: 1"), ("changed", "../agreed.yaml")),
        (write("settings.toml", "repeat = 2\n"), ("changed", "../settings.toml")),
        (write("tariffs.yaml", "x: 1"), ("unreadable", "../round.toml")),
        (write("round.toml", "x = 1"), ("unreadable", "../round.toml")),
        (lambda place: (place / "round.toml").unlink(), ("gone", "../round.toml")),
        (link("in/5501/a.xml", "/dev/zero"), ("gone", "../in/5501/a.xml")),
        (link("in/5501/a.xml", "sub/b.xml"), ("gone", "../in/5501/a.xml")),
        (link("in/5502.xml", "/dev/zero"), ("unreadable", "../in/5502.xml")),
        (pipe("in/5502.xml"), ("unreadable", "../in/5502.xml")),
        (pipe("round.toml"), ("unreadable", "../round.toml")),
        (link("round.toml", "/dev/zero"), ("unreadable", "../round.toml")),
        (link("settings.toml", "/dev/zero"), ("unreadable", "../round.toml")),
        (pipe("tariffs.yaml"), ("unreadable", "../round.toml")),
        (link("agreed.yaml", "/dev/zero"), ("unreadable", "../agreed.yaml")),
        (write("record/criteria.yaml", "x: 1"), ("changed", "criteria.yaml")),
        (link("record/campaign.json", "/dev/zero"), ("unreadable", "campaign.json")),
        (pipe("record/campaign.json"), ("unreadable", "campaign.json")),
        (write("record/campaign.json", "[" * 100_000), ("changed", "campaign.json")),
        (write("record/repair-5503.csv", "x"), ("added", "repair-5503.csv")),
        (lambda place: (place / "record/repair-5501.csv").unlink(), ("gone", "repair-5501.csv")),
    ],
)
def test_a_change_is_named(place: Path, pool: Pool, spoil: Callable[[Path], object], found: tuple[str, str]) -> None:
    """What was done to which file; and nothing is read that has no end, or lies behind a link."""
    spoil(place)
    assert found in said(place, pool)


def forged(place: Path, name: str, old: str, new: str) -> None:
    """Change a file of the record, and let the manifest say that it was always so."""
    path, manifest = place / "record" / name, place / "record" / MANIFEST
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    content = path.read_bytes()
    told["record"][name] = {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    manifest.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("campaign.json", '"No-go"', '"Go"'),
        ("campaign.json", '"delivery.missing": 1', '"delivery.missing": 0'),
        ("campaign.json", '"needed": 0', '"needed": 1'),
        ("campaign.json", '"cutover": "2018-04-01"', '"cutover": "2018-04-02"'),
        ("campaign.json", '"says": "x"', '"says": "z"'),
        ("campaign.json", '"tariffs": "', '"tariffs": "other '),
        ("criteria.yaml", "most: 0", "most: 9"),
        ("index.html", "No-go", "Go"),
        ("repair-5501.csv", "step", "stap"),
    ],
)
def test_a_record_with_its_manifest_forged(place: Path, pool: Pool, name: str, old: str, new: str) -> None:
    """What was judged says otherwise; and the seal is another one."""
    before = verify(place / "record", pool, quiet).seal
    forged(place, name, old, new)
    assert ("unfounded", name) in said(place, pool)
    assert verify(place / "record", pool, quiet).seal != before


def test_what_follows_from_the_figures_alone(place: Path, pool: Pool) -> None:
    """Where the deliveries are not at hand, verdict, answers, turns and sums still have to follow from the figures."""
    shutil.rmtree(place / "in")
    assert not [path for what, path in said(place, pool) if what == "unfounded"]
    forged(place, "campaign.json", '"needed": 0', '"needed": 1')
    assert ("unfounded", "campaign.json: turns") in said(place, pool)


def test_a_manifest_forged_alone(place: Path, pool: Pool) -> None:
    """Names of what was not handed in, or written otherwise: it is not the manifest of this record."""
    path = place / "record" / MANIFEST
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"inputs": [', '"inputs": [\n  "x",'), encoding="utf-8")
    assert said(place, pool) == [("unfounded", MANIFEST)]
    path.write_text(text + "\n", encoding="utf-8")
    assert said(place, pool) == [("unfounded", MANIFEST)]


@given(name=st.sampled_from(RECORD), where=st.floats(0, 1, exclude_max=True), new=st.binary(max_size=3))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_byte_counts(whole: Path, pool: Pool, name: str, where: float, new: bytes) -> None:
    """A byte of the record that is changed, lost or added is noticed, or makes the record one that cannot be read."""
    path = whole / "record" / name
    content = path.read_bytes()
    at = int(where * len(content))
    spoilt = content[:at] + new + content[at + 1 :]
    path.write_bytes(spoilt)
    try:
        assert spoilt == content or noticed(whole / "record", pool)
    finally:
        path.write_bytes(content)


def test_messages_are_judged_as_they_are_hashed(place: Path, pool: Pool) -> None:
    """Who swaps a message while it is judged, and back again or not, changes nothing that is judged."""
    message = place / "in/5501/a.xml"
    before = (place / "record" / MANIFEST).read_bytes()

    def swapping(step: str, *_: int) -> None:
        if step == "check 1.2":
            message.write_text("<other/>", encoding="utf-8")

    judge(read_campaign(place / "round.toml"), place / "record", pool, swapping)
    assert (place / "record" / MANIFEST).read_bytes() == before
    assert said(place, pool)[0] == ("changed", "../in/5501/a.xml")
