"""The examples in the docstrings of the population are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import keten.population

MODULES = sorted(found.name for found in pkgutil.walk_packages(keten.population.__path__, "keten.population."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    """Every example of a module gives what it says."""
    assert doctest.testmod(import_module(name)).failed == 0
