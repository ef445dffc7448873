"""The closed list of repairs, value by value; whole clients are in tests/cases/conversion/K3.yaml."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.conversion.content.carry_over import Content
from keten.conversion.content.repairs import HOUSE_ADDITION, convert_content
from keten.messages import Layout, layout_of
from keten.messages.values import fits
from keten.standard import load
from tests.unit.conversion.building import DEFAULTS, client_tables

SOURCE = layout_of(load("1.2"), "AW33")
STRICT, LENIENT = layout_of(load("2.0@1.3"), "AW33"), layout_of(load("2.0@1.4"), "AW33")
INITIALS = "Naam/Voorletters"


def converted(target: Layout = STRICT, **tables: list[dict[str, Any]]) -> Content:
    """The content of one client; `contact` and `relatie` are its rows, `client` what differs from the usual one."""
    rows: dict[str, list[dict[str, Any]]] = {
        "Client": [{**DEFAULTS["Client"], "Bsn": "999990019", **one} for one in tables.get("client", [{}])],
        "Indicatie": [{"Besluitnummer": "1", "Soort": "1", "Afgiftedatum": "2016-01-01", "parent": 0}],
        "Client/Contact": [{**DEFAULTS["Client/Contact"], **one, "parent": 0} for one in tables.get("contact", [{}])],
        "Relatie": [{**DEFAULTS["Relatie"], **one, "parent": 0} for one in tables.get("relatie", [])],
    }
    rows["Relatie/Contact"] = [{**DEFAULTS["Relatie/Contact"], "parent": nr} for nr in range(len(rows["Relatie"]))]
    return convert_content(SOURCE, target, client_tables(SOURCE, rows))


def repairs(content: Content) -> list[tuple[str, str | None, str | None, bool]]:
    """What was recorded: column, before, after, lossy."""
    return [row for frame in content.repairs for row in frame.select("column", "before", "after", "lossy").rows()]


def failures(content: Content) -> list[str]:
    """The columns of what no rule repairs."""
    return [column for frame in content.failures for column in frame["column"]]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=4))
def test_a_house_addition_fits_afterwards_or_is_gone(text: str) -> None:
    """What is left is allowed, keeps every letter and digit of ASCII in order, and is recorded when it differs."""
    content = converted(contact=[{HOUSE_ADDITION: text}])
    after = content.tables["Client/Contact"][HOUSE_ADDITION][0]
    kept = "".join(sign for sign in text if sign.isascii() and sign.isalnum()).upper()
    kind = next(column.type for column in STRICT.tables["Client/Contact"].columns if column.name == HOUSE_ADDITION)
    assert kind is not None
    assert after == (kept or None)
    assert pl.select(fits(pl.lit(after or "A", pl.String), kind)).item()
    assert [one[:3] for one in repairs(content)] == ([] if after == text else [(HOUSE_ADDITION, text, after)])
    assert failures(content) == []


@pytest.mark.parametrize(
    ("text", "lossy"), [("1-3", True), ("a b", True), ("-a", False), ("a-", False), ("bis", False)]
)
def test_lossy_means_that_signs_stood_between(text: str, lossy: bool) -> None:  # noqa: FBT001 a parameter of the test
    """Letters or digits stood on both sides of what was removed."""
    assert [one[3] for one in repairs(converted(contact=[{HOUSE_ADDITION: text}]))] == [lossy]


def test_a_schema_without_the_pattern_leaves_a_house_addition_alone() -> None:
    """From schema version 1.4 on."""
    content = converted(LENIENT, contact=[{HOUSE_ADDITION: "1-a"}])
    assert content.tables["Client/Contact"][HOUSE_ADDITION].to_list() == ["1-a"]
    assert repairs(content) == []


@given(st.text("abcÉé. -1", min_size=1, max_size=6))
def test_initials_keep_their_letters(text: str) -> None:
    """And nothing else; nothing left, they are gone."""
    content = converted(client=[{INITIALS: text}])
    after = content.tables["Client"][INITIALS][0]
    assert after == ("".join(sign for sign in text if sign.isalpha()) or None)
    assert failures(content) == []


@given(st.lists(st.sampled_from(["", " ", "1", "2", "3", "7"]), min_size=1, max_size=6))
def test_blank_numbers_get_the_first_free_ones(numbers: list[str]) -> None:
    """The others stay; those given are new, and in order."""
    after = converted(relatie=[{"Nummer": number} for number in numbers]).tables["Relatie"]["Nummer"].to_list()
    given_anew = [new for old, new in zip(numbers, after, strict=True) if not old.strip()]
    taken = {old for old in numbers if old.strip()}
    free = [str(number) for number in range(1, 20) if str(number) not in taken]
    assert [new for old, new in zip(numbers, after, strict=True) if old.strip()] == [
        one for one in numbers if one.strip()
    ]
    assert given_anew == free[: len(given_anew)]


def test_what_is_right_is_not_touched() -> None:
    """No repair, no failure, and every value as it was."""
    content = converted(relatie=[{}, {"Nummer": "2"}])
    assert (repairs(content), failures(content)) == ([], [])
    assert content.tables["Client"]["Naam/Geslachtsnaam/Achternaam"].to_list() == ["Jansen"]


def test_what_no_rule_repairs_is_a_failure() -> None:
    """A blank name of the client, or of a partner."""
    assert set(failures(converted(client=[{"Naam/Geslachtsnaam/Naam": " "}]))) == {"Naam/Geslachtsnaam/Achternaam"}
    partner = {"Soort": "12", "Naam/Geslachtsnaam/Naam": ""}
    assert "Naam/Geslachtsnaam/Achternaam" in failures(converted(relatie=[partner]))
