"""keten convert and rehearse on a cluster, as a user runs them: a scheduler and workers that stand in another folder."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from tests.product.running import Keten

ON_THIS_MACHINE = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": logging.CRITICAL}
"""No other can reach it; on ports that are free."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster with two workers."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(elsewhere)
        started = LocalCluster(n_workers=2, threads_per_worker=1, local_directory=str(elsewhere), **ON_THIS_MACHINE)
    with started:
        yield started.scheduler_address


def test_a_conversion_is_the_same_on_a_cluster(
    keten: Keten, cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte, also where source and target are named from the folder that the user stands in."""
    monkeypatch.chdir(tmp_path)
    assert keten("population", "--clients", "120", "--out", "in", "--jobs", "1").code == 0
    here = keten("convert", "in", "--out", "here", "--jobs", "1")
    there = keten("convert", "in", "--out", "there", "--cluster", cluster)
    assert (there.code, there.out) == (here.code, here.out.replace("here/", "there/"))
    assert _content(tmp_path / "there") == _content(tmp_path / "here")


def test_a_rehearsal_on_a_cluster_is_a_go(keten: Keten, cluster: str, tmp_path: Path) -> None:
    """Every step of it: the population, the conversion, both judges and the evidence."""
    ran = keten("rehearse", "--clients", "80", "--scenario", "clean", "--out", tmp_path / "out", "--cluster", cluster)
    assert ran.code == 0, ran.err
    told = json.loads((tmp_path / "out" / "trial-1" / "campaign.json").read_text(encoding="utf-8"))
    assert told["verdict"] == "Go"


@pytest.mark.parametrize("address", ["nonsense", "http://127.0.0.1:1", "tcp://127.0.0.1:1"])
def test_a_cluster_that_is_not_there(
    keten: Keten, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong usage, soon, and nothing is written but what was there."""
    monkeypatch.setattr("keten.bootstrap.cluster.TIMEOUT", 0.5)
    ran = keten("rehearse", "--out", tmp_path / "out", "--cluster", address)
    assert ran.code == 2
    assert not (tmp_path / "out").exists()
    assert f"No cluster answers at '{address}'" in ran.err
    assert "dask worker" in ran.err


def test_a_cluster_without_workers(keten: Keten, tmp_path: Path) -> None:
    """It would wait for ever."""
    with LocalCluster(n_workers=0, **ON_THIS_MACHINE) as empty:
        ran = keten("rehearse", "--out", tmp_path / "out", "--cluster", empty.scheduler_address)
    assert ran.code == 2
    assert "has no workers" in ran.err


def _content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
