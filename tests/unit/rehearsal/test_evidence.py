"""Evidence: what was frozen is found again, and whatever changed is named."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from keten.core.tasks import Pool
from keten.rehearsal.evidence import MANIFEST, Basis, NoEvidence, check, digest_of, freeze, seal
from tests.unit.threads import threads

FIGURES = {"5501": {"figures": {"after.refused": 0}}}


@pytest.fixture
def pool() -> Iterator[Pool]:
    """Threads, for nothing here is heavy."""
    with threads(2) as workers:
        yield workers


def quiet(step: str, done: int, count: int) -> None:
    """Tells nobody."""


@pytest.fixture
def record(tmp_path: Path, pool: Pool) -> Path:
    """The folder of a record, frozen: beside it deliveries and a paper."""
    for name in ("in/5501/one.xml", "in/5501/two.xml", "criteria.yaml", "record/campaign.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    basis = Basis([tmp_path / "criteria.yaml"], [tmp_path / "in" / "5501"], FIGURES)
    freeze(tmp_path / "record", basis, pool, quiet)
    return tmp_path / "record"


def test_nothing_changed(record: Path, pool: Pool) -> None:
    """Every file is named from the record's own folder, and is as it was."""
    named = json.loads((record / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert list(named) == ["../criteria.yaml", "../in/5501/one.xml", "../in/5501/two.xml", "campaign.json"]
    assert check(record, pool, quiet) == []


@pytest.mark.usefixtures("record")
def test_moved_together(tmp_path: Path, pool: Pool) -> None:
    """Evidence and record may move, as long as they stay together."""
    moved = tmp_path.with_name("elsewhere")
    tmp_path.rename(moved)
    try:
        assert check(moved / "record", pool, quiet) == []
    finally:
        moved.rename(tmp_path)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda at: (at / "in/5501/one.xml").write_text("x", encoding="utf-8"), ("../in/5501/one.xml", "changed")),
        (lambda at: (at / "in/5501/two.xml").unlink(), ("../in/5501/two.xml", "gone")),
        (lambda at: (at / "in/5501/new.xml").write_text("x", encoding="utf-8"), ("../in/5501/new.xml", "added")),
        (lambda at: (at / "criteria.yaml").write_text("x", encoding="utf-8"), ("../criteria.yaml", "changed")),
        (lambda at: (at / "record/campaign.json").write_text("x", encoding="utf-8"), ("campaign.json", "changed")),
    ],
)
def test_a_change_is_named(
    record: Path, tmp_path: Path, pool: Pool, change: Callable[[Path], object], found: tuple[str, str]
) -> None:
    """What was done to which file; and the seal does not move by it, for the manifest did not."""
    before = seal(record)
    change(tmp_path)
    assert [(one.path, one.what) for one in check(record, pool, quiet)] == [found]
    assert seal(record) == before


def test_a_forged_manifest_has_another_seal(record: Path, tmp_path: Path, pool: Pool) -> None:
    """Who freezes changed evidence anew gets a manifest that is whole, and a seal that nobody wrote down."""
    before = seal(record)
    (tmp_path / "in/5501/one.xml").write_text("x", encoding="utf-8")
    again = freeze(record, Basis([tmp_path / "criteria.yaml"], [tmp_path / "in" / "5501"], FIGURES), pool, quiet)
    assert check(record, pool, quiet) == []
    assert again != before


def test_figures_are_hashed_by_what_they_say() -> None:
    """Not by how they are written."""
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1}) != digest_of({"a": 1, "b": 3})


@pytest.mark.parametrize("manifest", [None, "{", "[]", "{}"])
def test_no_evidence(tmp_path: Path, pool: Pool, manifest: str | None) -> None:
    """A folder without a manifest, or with a damaged one, is told so."""
    if manifest is not None:
        (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(NoEvidence):
        check(tmp_path, pool, quiet)
