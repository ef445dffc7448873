"""Tariff tables: what care costs and may cost, as dated data (docs/tariffs.md). Amounts are exact decimals of euros."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from keten.core import UsageError
from keten.standard.marked import Marked, read_marked
from keten.standard.model import Period

SHIPPED = Path(__file__).parent / "tariffs"
UNITS = ("uur", "dagdeel", "etmaal", "dag", "week", "maand", "stuk")
"""What a price may be per."""

HUNDRED = Decimal(100)

ZZP = (r"\d{3}", "a ZzpCode of three digits")
FUNCTIE = (r"\d{2}", "a FunctieCode of two digits")
KLASSE = (r"99|K\d|KD\d\d|KE\d", "a Klasse (K0-K9, KD01-KD99, KE1-KE9 or 99)")
PRESTATIE = (r"[A-Z0-9]{1,5}", "a code of at most five capitals and digits")
ELEMENT = ("ExtraKostenThuis|ToeslagBeademing|ToeslagOverig", "ExtraKostenThuis, ToeslagBeademing or ToeslagOverig")
REASON = (r"\d", "a code of one digit")
"""The forms of keys: a pattern, and the same in words."""


class WrongTariffs(UsageError):
    """A tariff table that cannot be used: no such table, or one that does not have the form."""

    hint = "docs/tariffs.md describes the form of a tariff table; src/keten/standard/tariffs/ has a whole one."


@dataclass(frozen=True, slots=True)
class Functie:
    """What care of a functie costs: `price` per unit, `volumes` in units per week by Klasse.

    `per_opslag`: the units per week that each Opslag adds; None where the table does not say.
    """

    unit: str
    price: Decimal
    volumes: Mapping[str, Decimal]
    per_opslag: Decimal | None = None

    def cost(self, klasse: str, opslag: int = 0) -> Decimal | None:
        """Euros per week, exact; None where the table has no volume for it."""
        volume = self.volumes.get(klasse)
        if volume is None or (opslag and self.per_opslag is None):
            return None
        return (volume + opslag * (self.per_opslag or 0)) * self.price


@dataclass(frozen=True, slots=True)
class Prestatie:
    """What can be planned and declared, at a price per unit."""

    name: str
    unit: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Extra:
    """A reason for more budget: a percentage of the budget of the ZZP, or an amount per week on top of it."""

    name: str
    percent: Decimal | None = None
    amount: Decimal | None = None

    def on(self, budget: Decimal) -> Decimal:
        """What it adds to a budget, in euros per week."""
        return budget * self.percent / HUNDRED if self.percent is not None else self.amount or Decimal(0)


@dataclass(frozen=True, slots=True, eq=False)
class Tariffs:
    """A tariff table.

    `fictitious` tells made-up amounts from real ones. `budgets`: euros per week by ZzpCode. `functies` by FunctieCode,
    `prestaties` by their code. `extras` by the element that names the reason (ExtraKostenThuis, ToeslagBeademing,
    ToeslagOverig) and its code.
    """

    id: str
    version: str
    fictitious: bool
    source: str
    valid: Period
    budgets: Mapping[str, Decimal]
    functies: Mapping[str, Functie]
    prestaties: Mapping[str, Prestatie]
    extras: Mapping[str, Mapping[str, Extra]]

    def cost(self, functie: str, klasse: str, opslag: int = 0) -> Decimal | None:
        """What an assigned functie costs, in euros per week; None where the table does not price it."""
        found = self.functies.get(functie)
        return found.cost(klasse, opslag) if found else None

    def __str__(self) -> str:
        return f"{self.id} (version {self.version}{', fictitious' if self.fictitious else ''}, valid {self.valid})"


@cache
def load_tariffs(path: Path) -> Tariffs:
    """The tariff table in a file. Raises WrongTariffs, with file, line, key and what was expected there."""
    top = read_marked(path, WrongTariffs).fields(
        ("id", "version", "fictitious", "source", "valid", "budgets", "functies"), ("prestaties", "extras")
    )
    return Tariffs(
        id=top["id"].text(),
        version=top["version"].text(),
        fictitious=top["fictitious"].one_of(("true", "false")) == "true",
        source=top["source"].text(),
        valid=_valid(top["valid"]),
        budgets={code: value.number() for code, value in top["budgets"].entries(*ZZP).items()},
        functies={code: _functie(value) for code, value in top["functies"].entries(*FUNCTIE).items()},
        prestaties={code: _prestatie(value) for code, value in _optional(top, "prestaties", PRESTATIE).items()},
        extras={
            element: {code: _extra(value) for code, value in reasons.entries(*REASON).items()}
            for element, reasons in _optional(top, "extras", ELEMENT).items()
        },
    )


@cache
def shipped_tariffs() -> tuple[Tariffs, ...]:
    """The tables that come with keten, oldest first."""
    tables = [load_tariffs(path) for path in sorted(SHIPPED.glob("*.yaml"))]
    return tuple(sorted(tables, key=lambda table: (table.valid.start, table.id)))


def tariffs_on(day: date) -> Tariffs:
    """The latest of the tables that come with keten that is valid on a day. Raises WrongTariffs."""
    found = [table for table in shipped_tariffs() if day in table.valid]
    if not found:
        known = "; ".join(str(table) for table in shipped_tariffs())
        raise WrongTariffs(f"No tariff table that comes with keten is valid on {day}. There is: {known}.")
    return found[-1]


def _optional(fields: Mapping[str, Marked], name: str, form: tuple[str, str]) -> Mapping[str, Marked]:
    return fields[name].entries(*form) if name in fields else {}


def _valid(value: Marked) -> Period:
    fields = value.fields(("from",), ("to",))
    period = Period(fields["from"].day(), fields["to"].day() if "to" in fields else None)
    if period.days == 0:
        raise fields["to"].wrong(f"a day not before {period.start}")
    return period


def _functie(value: Marked) -> Functie:
    fields = value.fields(("unit", "price", "volumes"), ("per_opslag",))
    return Functie(
        unit=fields["unit"].one_of(UNITS),
        price=fields["price"].number(),
        volumes={klasse: volume.number() for klasse, volume in fields["volumes"].entries(*KLASSE).items()},
        per_opslag=fields["per_opslag"].number() if "per_opslag" in fields else None,
    )


def _prestatie(value: Marked) -> Prestatie:
    fields = value.fields(("name", "unit", "price"))
    return Prestatie(fields["name"].text(), fields["unit"].one_of(UNITS), fields["price"].number())


def _extra(value: Marked) -> Extra:
    fields = value.fields(("name",), ("percent", "amount"))
    if ("percent" in fields) == ("amount" in fields):
        raise value.wrong("either a percent or an amount")
    given = {name: fields[name].number() for name in ("percent", "amount") if name in fields}
    return Extra(fields["name"].text(), **given)
