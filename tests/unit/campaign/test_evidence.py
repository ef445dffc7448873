"""Manifests that nobody wrote: whatever stands in them, the answer is a clear no, or that it is none."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from keten.campaign import verify
from keten.campaign.evidence import MANIFEST, NoEvidence
from keten.core.tasks import Pool
from tests.unit.campaign.small_round import noticed, quiet

DIGEST = {"bytes": 1, "sha256": "0" * 64}


def spoilt(whole: Path, tmp_path: Path, content: bytes) -> Path:
    """The round with another manifest; the folder of its record."""
    record = shutil.copytree(whole, tmp_path / "place") / "record"
    (record / MANIFEST).write_bytes(content)
    return Path(record)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b"1",
        b'"x"',
        b"\xff\xfe",
        b"\x00" * 100,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"campaign": NaN}',
        b'{"campaign": 1' + b"0" * 10_000 + b"}",
    ],
)
def test_no_manifest(whole: Path, tmp_path: Path, pool: Pool, content: bytes) -> None:
    """What is no manifest at all is told so."""
    with pytest.raises(NoEvidence, match=MANIFEST):
        verify(spoilt(whole, tmp_path, content), pool, quiet)


@pytest.mark.parametrize(
    "change",
    [
        {"campaign": None},
        {"campaign": 1},
        {"campaign": ""},
        {"campaign": "/dev/zero"},
        {"campaign": "../../../../../../../../dev/zero"},
        {"campaign": "../nowhere.toml"},
        {"campaign": "../in"},
        {"campaign": "../in/5502.xml"},
        {"campaign": "a\0b"},
        {"campaign": "x" * 900},
        {"campaign": "../x" * 200_000},
        {"campaign": "../\x1b[31m.toml"},
        {"criteria": "/dev/zero"},
        {"criteria": "../../../../../../../../dev/zero"},
        {"criteria": "../settings.toml"},
        {"criteria": []},
        {"inputs": ["/"]},
        {"inputs": "/"},
        {"inputs": [1]},
        {"given": {}},
        {"given": {"/dev/zero": DIGEST}},
        {"given": {"../x": DIGEST, "/etc/passwd": DIGEST, "a\0b": DIGEST, "": DIGEST, "x" * 5000: DIGEST}},
        {"given": {"../round.toml": {"bytes": -1, "sha256": "0" * 64}}},
        {"given": {"../round.toml": {"bytes": 1, "sha256": "0"}}},
        {"given": {"../round.toml": None}},
        {"given": ["../round.toml"]},
        {"aside": ["/dev/zero"]},
        {"aside": {}},
        {"record": {}},
        {"record": {"/dev/zero": DIGEST}},
        {"record": {"../in/5502.xml": DIGEST}},
        {"record": {"campaign.json": 10**30}},
        {"record": {"campaign.json": {"bytes": 10**30, "sha256": "0" * 64}}},
        {"record": None},
        {"more": 1},
    ],
)
def test_a_malformed_manifest(whole: Path, tmp_path: Path, pool: Pool, change: dict[str, Any]) -> None:
    """A value of a wrong kind makes it none; a name that is not of what was handed in is opened by nobody, and told."""
    good = json.loads((whole / "record" / MANIFEST).read_text(encoding="utf-8"))
    record = spoilt(whole, tmp_path, (json.dumps({**good, **change}, indent=1) + "\n").encode())
    assert noticed(record, pool)


def test_a_name_twice(whole: Path, tmp_path: Path, pool: Pool) -> None:
    """Of two entries of one name none counts."""
    good = (whole / "record" / MANIFEST).read_bytes()
    twice = good.replace(b' "aside": [', b' "aside": [],\n "aside": [')
    with pytest.raises(NoEvidence, match="the key 'aside' stands twice"):
        verify(spoilt(whole, tmp_path, twice), pool, quiet)


def test_no_evidence(tmp_path: Path, pool: Pool) -> None:
    """A folder without a manifest is told so."""
    with pytest.raises(NoEvidence, match="holds no evidence of a campaign"):
        verify(tmp_path, pool, quiet)
