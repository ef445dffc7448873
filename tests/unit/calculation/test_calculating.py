"""What planned care costs against its budget."""

from decimal import Decimal

import pytest

from keten.calculation.shares.amounts import euros
from keten.calculation.shares.calculating import Calculation, calculate
from keten.calculation.shares.given import WrongInput
from keten.calculation.shares.plan import Plan
from keten.calculation.shares.reporting import report
from keten.standard import Period
from keten.standard.tariffs import Extra, Functie, Prestatie, Tariffs
from tests.unit.calculation.planning import ZA1, ZA2, ZA3, example

D = Decimal


def table(version: str = "1", budget: int = 900, price: str = "50") -> Tariffs:
    """A small tariff table."""
    return Tariffs(
        id="test",
        version=version,
        fictitious=True,
        source="a test",
        valid=Period(example().period.start),
        budgets={"755": D(budget)},
        functies={"31": Functie("uur", D(50), {"K3": D("5.5")}, D(1))},
        prestaties={
            "FX310": Prestatie("verzorging", "uur", D(price) / 2),
            "FX810": Prestatie("begeleiding", "uur", D(25)),
            "FX820": Prestatie("groep", "dagdeel", D(20)),
        },
        extras={
            "ExtraKostenThuis": {"1": Extra("kind", percent=D(20))},
            "ToeslagOverig": {"3": Extra("meerzorg", amount=D(50)), "2": Extra("ptz", amount=D(500))},
        },
    )


def solved(plan: Plan) -> Calculation:
    """By the small table."""
    return calculate(plan, table())


def test_the_worked_example_of_the_runbook() -> None:
    """Client X, ZZP VV6 as MPT: 450, 270 and 180 euro of a budget of 900 are 50, 30 and 20 percent."""
    found = solved(example())
    assert [(one.instelling, one.cost, one.percentage) for one in found.shares] == [
        (ZA1, D(450), 50),
        (ZA2, D(270), 30),
        (ZA3, D(180), 20),
    ]
    assert (found.budget, found.cost, found.doelmatig, found.covered, found.remedies) == (
        D(900),
        D(900),
        True,
        True,
        (),
    )


def test_every_line_has_its_amount_and_source() -> None:
    """Budget, each kind of care, the sum, the shares: and the lines of the care add up to the cost."""
    lines = solved(example()).lines
    assert [line.what for line in lines] == [
        "Budget of ZZP 755",
        f"{ZA1}: FX310 verzorging",
        f"{ZA2}: FX810 begeleiding",
        f"{ZA3}: FX820 groep",
        "All care together",
        f"Share of {ZA1}",
        f"Share of {ZA2}",
        f"Share of {ZA3}",
    ]
    assert lines[1].how == "18 uur x 25.00"
    assert sum(line.amount for line in lines[1:4]) == lines[4].amount
    assert all(line.source for line in lines)


def test_over_the_budget() -> None:
    """Percentages of the budget, over a hundred together; what would bring it back; which reason would cover it."""
    found = solved(example({"providers/0/care/0/volume": 20.5}))
    assert [one.percentage for one in found.shares] == [57, 30, 20]
    assert (found.doelmatig, found.covered) == (False, False)
    assert found.remedies == (
        "Doelmatig if the care costs 62.50 euro per week less.",
        f"Doelmatig if {ZA1} gives 2.50 uur per week less of FX310 verzorging.",
        f"Doelmatig if {ZA2} gives 2.50 uur per week less of FX810 begeleiding.",
        f"Doelmatig if {ZA3} gives 3.13 dagdeel per week less of FX820 groep.",
        "Covered, in euro per week beside the budget, if ExtraKostenThuis is one of: 1 kind (180.00).",
        "Covered, in euro per week beside the budget, if ToeslagOverig is one of: 2 ptz (500.00).",
    )


def test_a_reason_for_more_budget_covers_what_is_over() -> None:
    """The care stays ondoelmatig and the percentages show by how much."""
    extras = [{"element": "ExtraKostenThuis", "code": "1"}]
    found = solved(example({"providers/0/care/0/volume": 20.5, "extras": extras}))
    assert (found.extra, found.doelmatig, found.covered) == (D(180), False, True)
    assert [one.percentage for one in found.shares] == [57, 30, 20]
    assert (
        found.remedies[-1]
        == "The reasons for more budget that were given cover it: 180.00 euro per week beside the budget."
    )


def test_care_as_functie_and_klasse() -> None:
    """As 1.2 assigned it: the volume of the class and the opslag, at the price of the functie."""
    care = [{"functie": "31", "klasse": "K3", "opslag": 2}]
    line = solved(example({"providers/0/care": care})).lines[1]
    assert (line.what, line.how, line.amount) == (f"{ZA1}: functie 31 in K3 with opslag 2", "7.5 uur x 50.00", D(375))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"zzp": "754"}, "zzp: test .* has no budget for ZZP 754"),
        ({"providers/1/care/0/prestatie": "FX999"}, "no prestatie 'FX999' .00000102."),
        ({"providers/1/care": [{"functie": "41", "klasse": "K3"}]}, "does not price functie 41 in K3"),
        ({"extras": [{"element": "ExtraKostenThuis", "code": "9"}]}, "has no ExtraKostenThuis '9'"),
    ],
)
def test_what_the_table_does_not_price(changes: dict[str, object], says: str) -> None:
    """The error names it, and the table."""
    with pytest.raises(WrongInput, match=says):
        solved(example(changes))


def test_nothing_to_share() -> None:
    """A budget or prices of nothing."""
    with pytest.raises(WrongInput, match="nothing to share"):
        calculate(example(), table(budget=0))
    free = example({"providers": [{"instelling": ZA1, "care": [{"prestatie": "FX310", "volume": 1}]}]})
    with pytest.raises(WrongInput, match="nothing to share"):
        calculate(free, table(price="0"))


def test_versions_beside_each_other() -> None:
    """The lines on which they do not agree, with what each says; the verdict is that of the first."""
    figures = report(example(), [table(), table("2", price="60")])
    assert [one["verdict"] for one in figures["results"]] == ["doelmatig", "ondoelmatig"]
    assert figures["verdict"] == "doelmatig"
    assert [(row["what"], row["amounts"]) for row in figures["differences"]] == [
        (f"{ZA1}: FX310 verzorging", ["450.00", "540.00"]),
        ("All care together", ["900.00", "990.00"]),
        (f"Share of {ZA1}", ["50", "60"]),
    ]


def test_a_plan_outside_the_validity_of_its_table() -> None:
    """It is calculated, and said."""
    found = solved(example({"from": "2018-03-31"}))
    assert found.notes[-1] == "test is valid from 2018-04-01; the plan is from 2018-03-31."


def test_amounts_are_shown_in_cents() -> None:
    """Half up."""
    assert [euros(D(text)) for text in ("0.005", "0.0049", "12")] == ["0.01", "0.00", "12.00"]
