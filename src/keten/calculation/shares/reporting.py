"""What came of a plan, by one tariff table or by several beside each other, as figures: the JSON that is handed out."""

from collections.abc import Sequence
from typing import Any

from keten.calculation.shares.amounts import euros
from keten.calculation.shares.calculating import PERCENT, Calculation, Line, calculate
from keten.calculation.shares.percentages import HUNDRED
from keten.calculation.shares.plan import Plan
from keten.core.plain import plain_within
from keten.standard.tariffs import Tariffs

Figures = dict[str, Any]
DOELMATIG, COVERED, ONDOELMATIG = "doelmatig", "ondoelmatig, covered by the extra budget", "ondoelmatig"


def report(plan: Plan, tables: Sequence[Tariffs]) -> Figures:
    """Calculate a plan by each of the tables; the verdict is that of the first."""
    found = [calculate(plan, table) for table in tables]
    figures: Figures = plain_within(
        {
            "verdict": verdict(found[0]),
            "plan": _plan(plan),
            "results": [_result(one) for one in found],
            "differences": _differences(found) if len(found) > 1 else [],
        }
    )
    return figures


def verdict(calculation: Calculation) -> str:
    """Whether the care stays within the budget, or within the budget and what was asked beside."""
    if calculation.doelmatig:
        return DOELMATIG
    return COVERED if calculation.covered else ONDOELMATIG


def _plan(plan: Plan) -> Figures:
    """The profile; not the client, who stands in the AAT only."""
    end = plan.period.end
    return {
        "zzp": plan.zzp,
        "sector": plan.sector,
        "leveringsvorm": plan.leveringsvorm,
        "from": plan.period.start.isoformat(),
        "to": end.isoformat() if end else None,
        "extras": [{"element": element, "code": code} for element, code in plan.extras],
    }


def _result(one: Calculation) -> Figures:
    table = one.tariffs
    return {
        "tariffs": {
            "id": table.id,
            "version": table.version,
            "fictitious": table.fictitious,
            "source": table.source,
            "valid": str(table.valid),
        },
        "verdict": verdict(one),
        "budget": euros(one.budget),
        "extra": euros(one.extra),
        "cost": euros(one.cost),
        "shares": [
            {
                "instelling": share.instelling,
                "cost": euros(share.cost),
                "ofBudget": euros(HUNDRED * share.cost / one.budget),
                "ofCost": euros(HUNDRED * share.cost / one.cost),
                "percentage": share.percentage,
            }
            for share in one.shares
        ],
        "lines": [_line(line) for line in one.lines],
        "remedies": list(one.remedies),
        "notes": list(one.notes),
    }


def _line(line: Line) -> Figures:
    return {"what": line.what, "how": line.how, "amount": amount_of(line), "unit": line.unit, "source": line.source}


def amount_of(line: Line) -> str:
    """The amount of a line in its unit."""
    return str(line.amount) if line.unit == PERCENT else euros(line.amount)


def _differences(found: Sequence[Calculation]) -> list[Figures]:
    """The lines that the tables do not agree on. All come of one plan, so their lines stand in the same order."""
    rows = zip(*(one.lines for one in found), strict=True)
    return [
        {"what": row[0].what, "unit": row[0].unit, "amounts": [amount_of(line) for line in row]}
        for row in rows
        if len({line.amount for line in row}) > 1
    ]
