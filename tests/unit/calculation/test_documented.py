"""What the documentation says of the calculator and the coupling table is so."""

import json
import re
from pathlib import Path

from keten.calculation.coupling.reporting import reasons
from keten.calculation.coupling.testing import kinds
from keten.calculation.shares.asking import Asked, ask
from keten.calculation.shares.calculating import calculate
from keten.calculation.shares.given import parse_json
from keten.calculation.shares.plan import plan_of
from keten.standard.tariffs import tariffs_on

DOCS = Path(__file__).parents[3] / "docs"


def test_the_input_that_is_shown_can_be_calculated_and_asked_for() -> None:
    """Its two pieces together."""
    plan, request = re.findall(r"```json\n(.*?)```", (DOCS / "calculation.md").read_text(encoding="utf-8"), re.DOTALL)
    whole = plan_of(parse_json(json.dumps({**json.loads(plan), **json.loads(f"{{{request}}}")}), "calculation.md"))
    assert isinstance(ask(whole, calculate(whole, tariffs_on(whole.period.start))), Asked)


def test_all_reasons_and_faults_are_documented() -> None:
    """Each has its line in a table, in the order of the data."""
    rows = re.findall(r"^\| ([a-z, ]+?) \|", (DOCS / "coupling.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = [name for row in rows for name in row.split(", ")]
    assert [name for name in named if name in {*reasons(), *kinds()}] == [*reasons(), *kinds()]
