"""Words for names, addresses and comments: words.yaml, and the plain names of Faker."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from faker.providers.person.nl_NL import Provider

PLAIN = re.compile(r"[A-Z][a-z]+")
SHORTEST_PART = 5
"""Letters of the names that long names are made of."""


@cache
def words() -> dict[str, Any]:
    """The lists of words.yaml."""
    text = (files("keten.population.drawing") / "words.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


@cache
def surnames() -> list[str]:
    """Last names of one word, letters a-z only."""
    return sorted({name for name in Provider.last_names if PLAIN.fullmatch(name)})


@cache
def long_parts() -> list[str]:
    """Last names of which a dozen together is long."""
    return [name for name in surnames() if len(name) >= SHORTEST_PART]


@cache
def first_names(sex: str) -> list[str]:
    """First names of men (1) or women (2) that begin with a letter A-Z."""
    names = Provider.first_names_male if sex == "1" else Provider.first_names_female
    return sorted({name for name in names if name[:1].isascii()})


@cache
def streets() -> list[str]:
    """Street names, of at most 24 characters."""
    return [f"{start}{end}" for start in words()["streets"] for end in words()["street_ends"]]
