"""Calculates what planned care costs against its budget, and the share of each provider, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from keten.calculation.shares.amounts import euros
from keten.calculation.shares.given import WrongInput
from keten.calculation.shares.percentages import HUNDRED, shares
from keten.calculation.shares.plan import Care, Plan, Provider
from keten.calculation.shares.remedies import remedies
from keten.calculation.shares.terms import terms
from keten.standard.tariffs import Tariffs

EURO, PERCENT = "euro per week", "%"
P2 = "rule P2 of docs/conversion-rules.md"


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what it is, how it comes about, how much, in which unit, and where the figures come from."""

    what: str
    how: str
    amount: Decimal
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Share:
    """What one provider costs per week, and its share in whole percents."""

    instelling: str
    cost: Decimal
    percentage: int


@dataclass(frozen=True, slots=True)
class Calculation:
    """What came of a plan by one tariff table.

    `budget` is that of the package, `extra` what the reasons for more add to it; `remedies` say what would bring the cost
    within the budget, if it is not; `notes` what the reader must know of the table.
    """

    tariffs: Tariffs
    lines: tuple[Line, ...]
    budget: Decimal
    extra: Decimal
    cost: Decimal
    shares: tuple[Share, ...]
    remedies: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def doelmatig(self) -> bool:
        """Whether the cost stays within the budget of the package."""
        return self.cost <= self.budget

    @property
    def covered(self) -> bool:
        """Whether it stays within that and what is asked for beside."""
        return self.cost <= self.budget + self.extra


def calculate(plan: Plan, tariffs: Tariffs) -> Calculation:
    """Calculate a plan by a tariff table. Raises WrongInput for what the table does not price."""
    if plan.zzp not in tariffs.budgets:
        raise WrongInput(f"zzp: {tariffs} has no budget for ZZP {plan.zzp}.")
    source = str(tariffs)
    budget = tariffs.budgets[plan.zzp]
    if not budget:
        raise WrongInput(f"zzp: the budget of ZZP {plan.zzp} in {tariffs} is nothing; there is nothing to share.")
    extras = [_extra_line(plan, tariffs, element, code) for element, code in plan.extras]
    costs = [(provider, _care_lines(provider, tariffs)) for provider in plan.providers]
    by_provider = {one.instelling: sum((line.amount for line in lines), Decimal(0)) for one, lines in costs}
    cost = sum(by_provider.values(), Decimal(0))
    if not cost:
        raise WrongInput(f"providers: all that is planned costs nothing by {tariffs}; there is nothing to share.")
    percents = shares(by_provider, budget, least=terms().least, most=terms().most)
    extra = sum((line.amount for line in extras), Decimal(0))
    lines = [Line(f"Budget of ZZP {plan.zzp}", "the budget of the package", budget, EURO, source), *extras]
    lines += [line for _, care in costs for line in care]
    lines.append(Line("All care together", "the sum of the care above", cost, EURO, "the lines above"))
    lines += _share_lines(by_provider, percents, budget, cost)
    return Calculation(
        tariffs=tariffs,
        lines=tuple(lines),
        budget=budget,
        extra=extra,
        cost=cost,
        shares=tuple(Share(code, amount, percents[code]) for code, amount in by_provider.items()),
        remedies=tuple(remedies(plan, tariffs, cost, extra)) if cost > budget else (),
        notes=tuple(_notes(plan, tariffs)),
    )


def _extra_line(plan: Plan, tariffs: Tariffs, element: str, code: str) -> Line:
    extra = tariffs.extras.get(element, {}).get(code)
    if extra is None:
        raise WrongInput(f"extras: {tariffs} has no {element} {code!r}.")
    budget = tariffs.budgets[plan.zzp]
    how = f"{extra.percent}% of {euros(budget)}" if extra.percent is not None else "an amount per week"
    return Line(f"{element} {code}: {extra.name}", how, extra.on(budget), EURO, str(tariffs))


def _care_lines(provider: Provider, tariffs: Tariffs) -> list[Line]:
    return [_care_line(provider.instelling, care, tariffs) for care in provider.care]


def _care_line(instelling: str, care: Care, tariffs: Tariffs) -> Line:
    if care.functie is not None:
        cost = tariffs.cost(care.functie, care.klasse, care.opslag)
        what = f"functie {care.functie} in {care.klasse}{f' with opslag {care.opslag}' if care.opslag else ''}"
        if cost is None:
            raise WrongInput(f"providers: {tariffs} does not price {what} ({instelling}).")
        functie = tariffs.functies[care.functie]
        how = f"{cost / functie.price if functie.price else 0} {functie.unit} x {euros(functie.price)}"
        return Line(f"{instelling}: {what}", how, cost, EURO, str(tariffs))
    prestatie = tariffs.prestaties.get(str(care.prestatie))
    if prestatie is None:
        raise WrongInput(f"providers: {tariffs} has no prestatie {care.prestatie!r} ({instelling}).")
    how = f"{care.volume} {prestatie.unit} x {euros(prestatie.price)}"
    amount = care.volume * prestatie.price
    return Line(f"{instelling}: {care.prestatie} {prestatie.name}", how, amount, EURO, str(tariffs))


def _share_lines(costs: dict[str, Decimal], percents: dict[str, int], budget: Decimal, cost: Decimal) -> Iterator[Line]:
    """How each share comes about. The other reading is shown beside it where the two differ."""
    within = cost <= budget
    whole, name, way = (cost, "all care", "largest remainder") if within else (budget, "the budget", "half up")
    for code, own in costs.items():
        how = f"100 x {euros(own)} / {euros(whole)} ({name}) = {euros(HUNDRED * own / whole)}%, {way}"
        if within and cost != budget:
            how += f"; of the budget it is {euros(HUNDRED * own / budget)}%"
        yield Line(f"Share of {code}", how, Decimal(percents[code]), PERCENT, P2)


def _notes(plan: Plan, tariffs: Tariffs) -> Iterator[str]:
    if tariffs.fictitious:
        yield f"The amounts of {tariffs.id} are made up: nothing follows from them for a real client."
    end = plan.period.end
    if plan.period.start not in tariffs.valid or (end is not None and end not in tariffs.valid):
        yield f"{tariffs.id} is valid {tariffs.valid}; the plan is {plan.period}."
