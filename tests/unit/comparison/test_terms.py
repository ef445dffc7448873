"""The terms of a comparison hang together."""

import itertools
from pathlib import Path

import pytest

from keten.comparison import Pair, pair_of
from keten.comparison.terms import DOUBLE, MISSING, UnknownParties, fields, keys, logical_key, parts
from keten.messages import layout_of
from keten.standard import load

PAIRS = [pair_of("zorgkantoor", "zorgaanbieder"), pair_of("zorgkantoor", "cak")]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.left}-{pair.right}")
def test_for_every_kind_of_difference_it_is_somebodys_turn(pair: Pair) -> None:
    """And for no kind that cannot be: those of the fields that may be compared, and what one lacks or has twice."""
    compared = pair.view.fields if pair.view else tuple(fields())
    parties = (pair.left, pair.right)
    of_fields = {fields()[name].kind for name in compared if name != "bsn"}
    of_rows = {f"{kind} at {party}" for kind, party in itertools.product((MISSING, DOUBLE), parties)}
    assert set(pair.turns) == of_fields | of_rows
    assert {turn.who for turn in pair.turns.values()} <= set(parties)
    assert all(turn.do.endswith(".") for turn in pair.turns.values())


def test_the_logical_key_comes_first_and_every_key_holds_the_client() -> None:
    """Without the client in it, blind comparison could not go client by client."""
    (first, key), *others = keys().items()
    assert (first, key) == ("logical key", logical_key())
    assert all("bsn" in some and set(some) < set(logical_key()) for _, some in others)


def test_messages_tell_fields_that_there_are() -> None:
    """By elements that at least one of the two releases has."""
    marks = {"intrekking", "mutatie", "status"}
    for message, tables in parts().items():
        layouts = [layout_of(load(release), message) for release in ("1.2", "2.0")]
        for table, part in tables.items():
            found = [layout.tables[table] for layout in layouts if table in layout.tables]
            columns = {column.name for one in found for column in one.columns}
            assert set(part.fields) <= set(fields()) | marks
            assert set(part.fields.values()) - columns <= {"Leveringsvorm", "Klasse", *optional(table)}
            assert found


def optional(table: str) -> set[str]:
    """Elements that packages have and functies do not."""
    return {"ToewijzingPercentage", "Dossierhouder", "CoordinatorZorgThuis", "Opname"} if "Functie" in table else set()


def test_parties_without_terms_are_wrong_usage() -> None:
    """Also a party with itself."""
    for parties in (("zorgkantoor", "ciz"), ("cak", "cak")):
        with pytest.raises(
            UnknownParties, match="there are those for zorgkantoor with cak, zorgkantoor with zorgaanbieder"
        ):
            pair_of(*parties)


def test_the_documentation_names_all_terms() -> None:
    """docs/comparison.md: every field as a column, every key and every kind of difference by its name."""
    text = " ".join((Path(__file__).parents[3] / "docs" / "comparison.md").read_text(encoding="utf-8").split())
    assert [name for name in fields() if f"`{name}`" not in text] == []
    assert [name for name in keys() if name not in text] == []
    assert [field.kind for field in fields().values() if field.name != "bsn" and f"*{field.kind}*" not in text] == []
