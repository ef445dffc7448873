"""Every fault changes exactly what the answer sheet says of it, and nothing else."""

import json
from pathlib import Path

import polars as pl
import pytest

from keten.conversion import FIGURES
from keten.faults import ANSWERS, NotClean, catalogue, plant
from keten.validation import validate
from tests.unit.faults.conftest import EVERY, Planted, plant_copy
from tests.unit.faults.undoing import tree, undone
from tests.unit.threads import threads

NOT_2_0 = {"AC101", "AC102"}
"""Expected of faults that no reader of 2.0 takes for a valid message."""


def messages(folder: Path) -> dict[str, bytes]:
    """The messages in a folder by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.xml"))}


@pytest.mark.parametrize("fault", catalogue())
def test_a_fault_is_planted_as_the_sheet_says(planted: Planted, fault: str) -> None:
    """Its files, with what the sheet says of them undone, are those of the clean conversion."""
    answers = planted.of(fault)
    assert len({one["planting"] for one in answers}) == planted.counts[fault] > 0
    assert all(one["expects"] == " ".join(catalogue()[fault].expects) for one in answers)
    sheet = planted.answers.to_dicts()
    for name in {one["file"] or one["clean_file"] for one in answers}:
        if (planted.folder / name).exists():
            before, after = undone(planted.clean, planted.folder, name, sheet)
            assert after == before, name
        else:
            assert {one["change"] for one in sheet if one["clean_file"] == name} <= {"remove", "drop", "take"}


def test_nothing_else_is_changed(planted: Planted) -> None:
    """A message that the sheet does not name is the same to the last byte; one that is new or gone is named."""
    before, after = messages(planted.clean), messages(planted.folder)
    named = set(planted.answers["file"]) | set(planted.answers["clean_file"])
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} <= named
    twice = planted.of("file_twice")[0]
    assert after[twice["file"]] == before[twice["clean_file"]]


def test_only_faults_of_form_make_a_message_invalid(planted: Planted) -> None:
    """All messages can be read; those that do not have the structure of 2.0 have a fault that says so."""
    formal = planted.answers.filter(pl.col("expects").str.split(" ").list.first().is_in(list(NOT_2_0)))
    reports = {name: validate(planted.folder / name, release="2.0@1.3") for name in messages(planted.folder)}
    layers = {name: {finding.layer for finding in one.findings} for name, one in reports.items()}
    assert {name for name, found in layers.items() if found - {"rule"}} == set(formal["file"])
    assert not any("xml" in found for found in layers.values())


def test_no_client_has_two(planted: Planted) -> None:
    """Each client is touched by one planting, so that whoever finds something at it can be told right or wrong."""
    touched: dict[str, set[int]] = {}
    for one in planted.answers.filter(pl.col("clean_file") != "").to_dicts():
        for client in tree(planted.clean / one["clean_file"]).iter("Client"):
            bsn = client.findtext("Bsn") or ""
            number = client.getparent().index(client) + 1  # type: ignore[union-attr]
            if one["clean_client"] in (None, number):
                touched.setdefault(bsn, set()).add(one["planting"])
    assert {bsn for bsn, plantings in touched.items() if len(plantings) > 1} == set()
    assert not any(bsn in (planted.folder / ANSWERS).read_text(encoding="utf-8") for bsn in touched)


def test_the_same_seed_the_same_faults(planted: Planted, tmp_path: Path) -> None:
    """Whichever order they are asked in; another seed plants elsewhere."""
    again = plant_copy(planted.clean, tmp_path / "again", dict(reversed(EVERY.items())))
    other = plant_copy(planted.clean, tmp_path / "other", {"end_date_wrong": 0.01}, seed=1)
    plain = plant_copy(planted.clean, tmp_path / "plain", {"end_date_wrong": 0.01})
    assert messages(again.folder) == messages(planted.folder)
    assert again.answers.equals(planted.answers)
    assert not other.answers.equals(plain.answers)
    assert other.counts == plain.counts


def test_a_rate_is_of_those_it_can_happen_to(planted: Planted, tmp_path: Path) -> None:
    """Of all, of a part, of none."""
    rates = {"birth_date_changed": 0.25, "name_changed": 1.0, "partneropname_yes": 0.0}
    counts = plant_copy(planted.clean, tmp_path / "out", rates).counts
    assert counts["birth_date_changed"] == pytest.approx(counts["name_changed"] / 3, abs=2)
    assert counts["partneropname_yes"] == 0


def test_the_figures_tell_that_faults_were_planted(planted: Planted) -> None:
    """With the seed, how many of each, and the files that are not of the conversion; planting in it again is refused."""
    told = json.loads((planted.folder / FIGURES).read_text(encoding="utf-8"))["planted"]
    new = messages(planted.folder).keys() - messages(planted.clean).keys()
    assert (told["seed"], told["faults"], told["files"]) == (0, planted.counts, [*sorted(new), ANSWERS])
    with threads(1) as pool, pytest.raises(NotClean, match=r"Faults were planted in .* before"):
        plant(planted.folder, EVERY, pool, lambda *_: None)


def test_a_folder_without_a_finished_conversion(tmp_path: Path) -> None:
    """Wrong usage."""
    with threads(1) as pool, pytest.raises(NotClean, match=r"conversion\.json cannot be read"):
        plant(tmp_path, EVERY, pool, lambda *_: None)


SETTINGS = '"settings": {"cutover": "2018-04-01", "to": "2.0@1.3"}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"unfinished": true, "messages": []}', "settings is missing"),
        ("[" * 100_000, "deep within each other"),
        ("[]", "should be an object, and is a list"),
        (
            f'{{{SETTINGS}, "messages": [{{"name": "../a.xml"}}]}}',
            "messages.0.name should be the name of a file within",
        ),
        (f'{{{SETTINGS}, "messages": [{{"name": "/a.xml"}}]}}', "messages.0.name should be the name of a file within"),
        (f'{{{SETTINGS}, "messages": [{{"name": 1}}]}}', "messages.0.name should be a valid string"),
        (f'{{{SETTINGS.replace("-04-", "-13-")}, "messages": []}}', "settings.cutover"),
        (f'{{{SETTINGS}, "messages": [{{"name": "a.xml"}}]}}', "has no file assignments.csv"),
    ],
)
def test_a_damaged_account(tmp_path: Path, text: str, said: str) -> None:
    """Wrong usage, with the place; nothing outside the folder is looked at."""
    (tmp_path / FIGURES).write_text(text, encoding="utf-8")
    with threads(1) as pool, pytest.raises(NotClean, match=said):
        plant(tmp_path, EVERY, pool, lambda *_: None)
