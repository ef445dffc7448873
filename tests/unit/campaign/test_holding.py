"""What is handed in is held as it was read: plain files only, each once, and its own record never among them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from keten.campaign import judge, read_campaign, verify
from keten.campaign.copying import Digest, copied
from keten.campaign.holding import NotHeld
from keten.core import FolderInUse, UsageError
from keten.core.marks import MARK
from keten.core.tasks import Pool
from tests.unit.campaign.small_round import hand_in, judged, quiet
from tests.unit.threads import threads


@pytest.fixture
def pool() -> Iterator[Pool]:
    """Threads, for nothing here is heavy."""
    with threads(2) as workers:
        yield workers


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A round that was handed in."""
    return hand_in(tmp_path).parent


def test_copying(tmp_path: Path, pool: Pool) -> None:
    """Plain files are copied for the owner alone; what is a link, has no end or is no file is told in words."""
    every = [tmp_path / name for name in ("plain", "link", "pipe", "folder", "none")]
    every[0].write_bytes(b"x" * (3 << 20))
    every[1].symlink_to("plain")
    os.mkfifo(every[2])
    every[3].mkdir()
    done = copied([(one, tmp_path / f"{one.name}.copy") for one in every], pool, quiet, "hold")
    assert isinstance(done[0], Digest)
    assert done[0].bytes == (tmp_path / "plain.copy").stat().st_size == 3 << 20
    assert (tmp_path / "plain.copy").stat().st_mode & 0o777 == 0o600
    assert done[1:] == ["it is a link", "it is no plain file", "it is no plain file", "No such file or directory"]


@pytest.mark.parametrize("name", ["in/5501/a.xml", "agreed.yaml"])
def test_what_has_no_end_is_no_evidence(place: Path, pool: Pool, name: str) -> None:
    """A link that leads out of a delivery, or to a device, stops the judge at once, and names what."""
    (place / name).rename(place / "elsewhere")
    (place / name).symlink_to(place / "elsewhere" if name.endswith(".xml") else "/dev/zero")
    with pytest.raises(NotHeld, match=name):
        judged(place, pool)
    assert not (place / "record").exists()


def test_a_delivery_beside_a_record(place: Path, pool: Pool) -> None:
    """Deliveries may stand in the folder of a record, and stay there; the record is no part of them."""
    judged(place, pool)
    shutil.copytree(place / "in", place / "record/in")
    for name in ("round.toml", "agreed.yaml", "settings.toml", "tariffs.yaml"):
        shutil.copyfile(place / name, place / "record" / name)
    judge(read_campaign(place / "record/round.toml"), place / "record", pool, quiet)
    assert (place / "record/in/5501/a.xml").is_file()
    assert verify(place / "record", pool, quiet).differences == []


def test_a_record_that_is_an_input_is_not_replaced(place: Path, pool: Pool) -> None:
    """The criteria of an earlier record, given for the next one in the same folder: refused, and the record stays."""
    judged(place, pool)
    campaign = read_campaign(place / "round.toml", criteria=place / "record" / "criteria.yaml")
    with pytest.raises(FolderInUse, match="is to be read, and would be replaced"):
        judge(campaign, place / "record", pool, quiet)
    assert verify(place / "record", pool, quiet).differences == []


@pytest.mark.parametrize(
    "name", [b"in/5501/\xff\xfe.xml", b"in/5501/a\x1b[31m.xml", b"in/5501/[/b]=1.xml", b"in/5501/\\.xml"]
)
def test_names_of_any_kind(place: Path, pool: Pool, name: bytes) -> None:
    """A file of whatever name is judged, named harmlessly, and found again."""
    path = Path(os.fsdecode(os.fsencode(place) + b"/" + name))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"<x/>")
    assert judged(place, pool).figures["national"]["before.messages"] == 4
    assert verify(place / "record", pool, quiet).differences == []
    manifest = (place / "record" / "manifest.json").read_text(encoding="utf-8")
    assert "\x1b" not in manifest
    path.write_bytes(b"<y/>")
    assert len(verify(place / "record", pool, quiet).differences) == 1


def test_the_earlier_record_stays_until_the_new_one_is_made(place: Path, pool: Pool) -> None:
    """A round that cannot be judged, however late that shows, leaves the record of before whole."""
    judged(place, pool)
    before = {path.name: path.read_bytes() for path in (place / "record").iterdir()}
    (place / "5501.json").write_text("{}", encoding="utf-8")
    text = (place / "round.toml").read_text(encoding="utf-8")
    bad = text.replace('before = "in/5501"', 'before = "in/5501"\nafter = "in/5501"\naccount = "5501.json"')
    (place / "bad.toml").write_text(bad, encoding="utf-8")
    with pytest.raises(UsageError):
        judge(read_campaign(place / "bad.toml"), place / "record", pool, quiet)
    (place / "exceptions.csv").write_text("code\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"5501\.json"):
        judge(read_campaign(place / "bad.toml"), place / "record", pool, quiet)
    assert {path.name: path.read_bytes() for path in (place / "record").iterdir()} == before
    assert {path.stat().st_mode & 0o777 for path in (place / "record").iterdir() if path.name != MARK} == {0o600}
