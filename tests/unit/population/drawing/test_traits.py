"""Every trait of proportions.yaml occurs when it is asked for, and means what it says, in the messages themselves."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from keten.population import Population, Proportions, standard_proportions
from tests.unit.population.definitions_care import CARE, PLANS, PROFILES
from tests.unit.population.definitions_course import COURSES
from tests.unit.population.definitions_messages import MESSAGES
from tests.unit.population.definitions_people import PEOPLE
from tests.unit.population.telling import Definition, Told, make, plain, told

DEFINITIONS: Mapping[str, Definition] = {**PLANS, **COURSES, **CARE, **MESSAGES, **PEOPLE, **PROFILES}
DAMAGED = {"ex06_client", "ex06_message"}
"""Traits of records that cannot be read (test_populating)."""


def evenly(proportions: Proportions, *groups: str) -> Proportions:
    """The same, with all traits of these groups as likely: one of each, or every other client."""
    shares: dict[str, float] = {}
    for name in groups:
        group = standard_proportions().groups[name]
        chosen = set(group.traits) - DAMAGED
        shares |= dict.fromkeys(chosen, 1 / len(chosen) if group.rest else 0.5)
    return proportions.with_shares(shares)


def differences(population: Population, found: Told, *groups: str) -> dict[str, tuple[int, int]]:
    """Traits of which the messages show another number of clients than were asked to have it."""
    names = [name for group in groups for name in standard_proportions().groups[group].traits if name in DEFINITIONS]
    shown = {name: DEFINITIONS[name](found)["Bsn"].n_unique() for name in names}
    drawn = {name: population.traits[name].clients for name in names}
    assert all(drawn.values()), f"too few clients: {[name for name, count in drawn.items() if not count]}"
    return {name: (shown[name], drawn[name]) for name in names if shown[name] != drawn[name]}


def test_every_trait_has_a_definition() -> None:
    """But for the ordinary ones, which are what is left, and those that make messages unreadable."""
    proportions = standard_proportions()
    ordinary = {group.rest for group in proportions.groups.values()}
    assert set(proportions.traits) - set(DEFINITIONS) - DAMAGED <= ordinary
    assert set(DEFINITIONS) <= set(proportions.traits)


@pytest.mark.parametrize(
    ("groups", "besides", "clients"),
    [
        (["plan"], {}, 400),
        (["zzp"], {"verblijf": 0.5, "adl": 0.5}, 900),
        (["course"], {"verblijf": 0.3, "vpt": 0.3, "mpt_two": 0.3, "pgb": 0.1}, 900),
        (["soort"], {"verblijf": 1}, 60),
        (["route"], {"mpt_two": 1}, 60),
        (["care"], {"verblijf_and_functies": 0.5, "mpt_two": 0.5}, 60),
        (["indication"], {"mpt_one": 0.5}, 60),
        (["rounds"], {}, 60),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_traits_of_care_are_what_they_say(
    tmp_path: Path, groups: list[str], besides: dict[str, float], clients: int
) -> None:
    """As many clients have each trait in the messages as were asked to have it."""
    population = make(tmp_path, clients, evenly(plain().with_shares(besides), *groups))
    assert differences(population, told(tmp_path), *groups) == {}


def test_traits_of_people_are_what_they_say(tmp_path: Path) -> None:
    """Names, addresses, relations and all else about a person, in every combination."""
    others = ["first_names", "initials", "name_use", "house", "phone", "people"]
    groups = ["sex", "age", "household", "birth_date", "surname", *others]
    mixed = plain().with_shares({"mpt_one": 0.4, "zzp_806": 0.5, "zzp_754": 0.5})
    population = make(tmp_path, 600, evenly(mixed, *groups))
    assert differences(population, told(tmp_path), *groups) == {}


@pytest.mark.parametrize(
    "shares",
    [
        {"repeated": 0.5, "one_round": 1},
        {"narrow_view": 0.5, "one_round": 1},
        {"ex01_contradiction": 0.5, "one_round": 1},
        {"added_later": 0.5, "address_changed": 0.5, "two_rounds": 0.5, "three_rounds": 0.5},
    ],
    ids=lambda shares: next(iter(shares)),
)
def test_traits_of_messages_are_what_they_say(tmp_path: Path, shares: dict[str, float]) -> None:
    """Repeats, contradictions, and what receivers were or were not told."""
    population = make(tmp_path, 80, plain().with_shares({"mpt_two": 1, **shares}))
    found = told(tmp_path)
    for name in shares:
        if name in DEFINITIONS:
            assert DEFINITIONS[name](found)["Bsn"].n_unique() == population.traits[name].clients > 0


def test_the_newest_messages_show_the_newest_address(tmp_path: Path) -> None:
    """A former address stands in all but the last ones, and is a plain one."""
    make(tmp_path, 30, plain().with_shares({"address_changed": 1, "two_rounds": 1, "addition_lower": 1}))
    found = told(tmp_path)
    homes = (
        found.tables["Client/Contact"]
        .filter(Soort="01")
        .join(found.clients.select("record", "Bsn", "day"), on="record")
    )
    newest = homes.sort("day").unique("Bsn", keep="last")
    assert newest["Adres/Huis/HuisnummerToevoeging"].null_count() == 0
    assert homes.join(newest, on=["Bsn", "day"], how="anti")["Adres/Huis/HuisnummerToevoeging"].null_count() == 30
