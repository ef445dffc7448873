"""Tariff tables say what care costs, exactly, on which days; a file of another form is refused with its place."""

import doctest
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from keten.core import UsageError
from keten.standard import load
from keten.standard.tariffs import (
    UNITS,
    Extra,
    Functie,
    Tariffs,
    WrongTariffs,
    load_tariffs,
    shipped_tariffs,
    tariffs_on,
)

CASES = Path(__file__).parents[2] / "cases" / "standard" / "wrong-tariffs.yaml"
GOOD = """\
id: test
version: "1"
fictitious: true
source: a test
valid: { from: 2018-01-01, to: 2018-12-31 }
budgets:
  "755": 900
functies:
  "31":
    unit: uur
    price: 50
    volumes: { K1: 1, K3: 5 }
    per_opslag: 1
prestaties:
  FX1: { name: Hulp, unit: uur, price: 20 }
extras:
  ToeslagOverig:
    "3": { name: Meerzorg, percent: 50 }
"""


def table(folder: Path, text: str) -> Tariffs:
    """The table of a file with this text."""
    path = folder / "tariffs.yaml"
    path.write_text(text, encoding="utf-8")
    return load_tariffs(path)


def test_what_a_table_says(tmp_path: Path) -> None:
    """Amounts are exact decimals, periods are days."""
    read = table(tmp_path, GOOD)
    assert (read.id, read.version, read.fictitious, read.source) == ("test", "1", True, "a test")
    assert date(2018, 12, 31) in read.valid
    assert date(2019, 1, 1) not in read.valid
    assert read.budgets == {"755": Decimal(900)}
    assert read.functies["31"] == Functie("uur", Decimal(50), {"K1": Decimal(1), "K3": Decimal(5)}, Decimal(1))
    assert read.prestaties["FX1"].price == Decimal(20)
    assert read.extras["ToeslagOverig"]["3"].on(Decimal(900)) == Decimal(450)


@pytest.mark.parametrize(
    ("functie", "klasse", "opslag", "cost"),
    [
        ("31", "K3", 0, "62.50"),
        ("31", "K3", 2, "75.00"),
        ("31", "K1", 0, None),
        ("82", "KD01", 0, "0.01"),
        ("82", "KD01", 1, None),
        ("61", "99", 0, None),
    ],
)
def test_what_a_functie_costs(tmp_path: Path, functie: str, klasse: str, opslag: int, cost: str | None) -> None:
    """(Volume + Opslag) x price, to the cent; None where the table lacks the functie, the class or the Opslag."""
    text = GOOD.replace("price: 50", "price: 12.50").replace("K1: 1, ", "").replace("per_opslag: 1", "per_opslag: 0.5")
    text = text.replace("prestaties:", '  "82": { unit: dagdeel, price: 0.01, volumes: { KD01: 1 } }\nprestaties:')
    found = table(tmp_path, text).cost(functie, klasse, opslag)
    assert found == (None if cost is None else Decimal(cost))


def test_an_amount_on_top_of_the_budget() -> None:
    """The same whatever the budget is."""
    assert Extra("Beademing", amount=Decimal(300)).on(Decimal(900)) == Decimal(300)


def test_what_comes_with_keten_is_marked_as_made_up() -> None:
    """Round amounts, for every ZZP code of 1.2 and 2.0 and every functie with classes, in reasons that 2.0 knows."""
    known, older = load("2.0").types, load("2.0@1.3").types
    for one in shipped_tariffs():
        assert one.fictitious
        assert one.budgets.keys() == known["LDT_ZzpCode"].codes.keys() | load("1.2").types["LDT_ZzpCode"].codes.keys()
        assert one.functies.keys() == known["LDT_FunctieCode"].codes.keys() - {"61", "62", "63", "91"}
        assert {klasse for functie in one.functies.values() for klasse in functie.volumes} <= set(
            known["LDT_Klasse"].codes
        )
        for element, reasons in one.extras.items():
            name = f"LDT_{element}"
            assert reasons.keys() == known[name].codes.keys() | older[name].codes.keys()
        amounts = [*one.budgets.values(), *(f.price for f in one.functies.values())]
        assert all(amount % 10 == 0 for amount in amounts)
        assert {prestatie.unit for prestatie in one.prestaties.values()} <= set(UNITS)


def test_the_table_of_a_day() -> None:
    """Tables count on the days of their validity, the first and the last included."""
    assert tariffs_on(date(2018, 1, 1)).id == tariffs_on(date(2018, 12, 31)).id == "2018-fictief"
    with pytest.raises(WrongTariffs, match="No tariff table that comes with keten is valid on 2017-12-31"):
        tariffs_on(date(2017, 12, 31))


@pytest.mark.parametrize("case", yaml.safe_load(CASES.read_text(encoding="utf-8")), ids=lambda case: case["case"])
def test_a_table_of_another_form(tmp_path: Path, case: dict[str, str]) -> None:
    """The error names the file, the line, the key and what was expected; it is one of wrong usage."""
    text = GOOD.replace(case["instead_of"], case["stands"]) if "instead_of" in case else case["stands"]
    assert text != GOOD
    with pytest.raises(WrongTariffs) as caught:
        table(tmp_path, text)
    assert str(caught.value) == case["message"].format(file=tmp_path / "tariffs.yaml")
    assert isinstance(caught.value, UsageError)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "deep within each other"),
        ("{a: " * 100_000, "deep within each other"),
        ('&a {"": *a}', "at most 10 levels of keys"),
        (
            "a: &a0 {x: 1, y: 2}\n"
            + "".join(f"b{n}: &a{n + 1} {{" + ", ".join(f"k{i}: *a{n}" for i in range(9)) + "}\n" for n in range(8)),
            "more than 100,000 values",
        ),
        ("a: \udcff", "is not written in UTF-8"),
        ("? [a]\n: 1", "expected a plain word as key"),
        ("a: 1\n\x1b[31m: 2", "is no YAML"),
    ],
)
def test_what_would_go_on_for_ever_or_act_on_a_screen(tmp_path: Path, text: str, said: str) -> None:
    """It is refused at once, in words."""
    path = tmp_path / "tariffs.yaml"
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(WrongTariffs, match=said) as caught:
        load_tariffs(path)
    assert str(caught.value).isprintable()


def test_no_file_at_all(tmp_path: Path) -> None:
    """A path without a file, or of a folder, is told as such."""
    with pytest.raises(WrongTariffs, match="cannot be read: No such file"):
        load_tariffs(tmp_path / "none.yaml")
    with pytest.raises(WrongTariffs, match="cannot be read"):
        load_tariffs(tmp_path)


def test_the_page_about_tables() -> None:
    """The examples in docs/tariffs.md are true."""
    page = Path(__file__).parents[3] / "docs" / "tariffs.md"
    assert doctest.testfile(str(page), module_relative=False).failed == 0
