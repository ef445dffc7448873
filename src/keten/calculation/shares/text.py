"""The figures of a calculation, and a practice case, as text for people at a screen."""

from collections.abc import Iterator, Sequence

from keten.calculation.shares.practice import Case, Mark
from keten.calculation.shares.reporting import Figures
from keten.calculation.shares.terms import terms


def render(figures: Figures) -> str:
    """The text for the figures of a calculation."""
    return "\n".join(_text(figures))


def render_case(case: Case) -> str:
    """A practice case: what it asks, and the input to calculate with."""
    return f"{case.name}: {case.title}\n\n{case.story.strip()}\n\n{case.input}"


def render_marks(case: Case, marks: Sequence[Mark]) -> str:
    """The answer beside what is right, and how it comes about."""
    lines = [f"{case.name}: {case.title}"]
    for one in marks:
        outcome = "right" if one.good else f"wrong, it is {one.right}"
        lines.append(f"  {one.question:<24}{one.answered or 'no answer':>12}  {outcome}")
    if not all(one.good for one in marks):
        lines += [f"  {line.what}: {line.how}" for line in case.solve().lines]
    return "\n".join(lines)


def _text(figures: Figures) -> Iterator[str]:
    plan = figures["plan"]
    sector = f" ({plan['sector']})" if plan["sector"] else ""
    until = f" until {plan['to']}" if plan["to"] else ""
    profile = f"ZZP {plan['zzp']}{sector} as {terms().senders[plan['leveringsvorm']].form}"
    yield f"{profile}, from {plan['from']}{until}: {figures['verdict']}"
    for result in figures["results"]:
        yield from _result(result)
    if len(figures["results"]) > 1:
        yield "\nDifferences, line by line"
        names = [f"{one['tariffs']['id']} {one['tariffs']['version']}" for one in figures["results"]]
        yield f"  {'':<52}" + "".join(f"{name:>20}" for name in names)
        for row in figures["differences"]:
            yield f"  {row['what']:<52}" + "".join(f"{amount:>20}" for amount in row["amounts"]) + f" {row['unit']}"


def _result(result: Figures) -> Iterator[str]:
    table = result["tariffs"]
    made_up = ", fictitious" if table["fictitious"] else ""
    yield f"\nBy {table['id']} {table['version']}{made_up} ({table['valid']}): {result['verdict']}"
    for line in result["lines"]:
        yield f"  {line['what']:<60}{line['amount']:>12} {line['unit']}"
        yield f"      {line['how']}"
    for text in (*result["remedies"], *result["notes"]):
        yield f"  {text}"
