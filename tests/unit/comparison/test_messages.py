"""What messages tell of assignments: real messages, read into books."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from keten.comparison import Between, open_book, pair_of
from keten.comparison.terms import fields
from tests.unit.comparison.building import note, write_message

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "comparison" / "messages.yaml").read_text(encoding="utf-8")
)
PARTNERS = {"cak": "zorgkantoor", "zorgkantoor": "zorgaanbieder", "zorgkantoor of cak": "cak"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_what_messages_tell(case: Mapping[str, Any], tmp_path: Path) -> None:
    """The records, what became of the rest, and what these messages cannot tell."""
    for number, message in enumerate(case["messages"]):
        ((name, items),) = message.items()
        kind, _, release = name.partition("@")
        write_message(tmp_path / f"{number}.xml", kind, items, release or "2.0")
    role = case.get("as", "zorgkantoor")
    party = role.split()[0]
    book = open_book([str(tmp_path)], party, pair_of(party, PARTNERS[role]), Between())
    assert book.rejected.rows() == []
    assert [file.refused for file in book.files if file.refused] == []
    told = [{name: row[name] for name in fields() if row[name] is not None} for row in sorted_rows(book.records)]
    assert told == [
        {name: value for name, value in note(text).items() if value is not None} for text in case["records"]
    ]
    assert {name: count for name, count in book.account.items() if count} == case["account"]
    assert not set(book.fields) & set(case.get("not_told", ()))


def sorted_rows(records: pl.DataFrame) -> list[dict[str, Any]]:
    """The records in the order of their key and percentage."""
    return records.sort("bsn", "instelling", "percentage").to_dicts()
