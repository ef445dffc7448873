"""The AAT of a calculation: from who may send it, while it may be sent, and what the message says."""

from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from keten.calculation.shares.asking import Asked, Refusal, ask
from keten.calculation.shares.calculating import calculate
from keten.messages import Tables, read
from keten.standard import load
from keten.standard.tariffs import tariffs_on
from keten.validation import validate
from tests.unit.calculation.planning import ZA1, ZA2, ZA3, example

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "calculation" / "requests.yaml").read_text(encoding="utf-8")
)
ABSENT = "absent"


def asked(changes: dict[str, Any]) -> Asked | Refusal:
    """The AAT for the worked example, changed."""
    plan = example({path: ... if value == ABSENT else value for path, value in changes.items()})
    return ask(plan, calculate(plan, tariffs_on(plan.period.start)))


def tables_of(message: Asked) -> Tables:
    """What stands in a message."""
    reading = read(BytesIO(message.message), pick=lambda _: load(message.release))
    (batch,) = reading.batches()
    assert not batch.defects
    assert not reading.defects
    return batch.tables


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    """Refused for exactly these reasons; or sent, valid, with these values in the Aanvraag."""
    outcome = asked(case.get("changes", {}))
    if "refused" in case:
        assert isinstance(outcome, Refusal)
        assert len(outcome.reasons) == len(case["refused"])
        assert all(words in reason for words, reason in zip(case["refused"], outcome.reasons, strict=True))
        return
    assert isinstance(outcome, Asked)
    (tmp_path / "AAT.xml").write_bytes(outcome.message)
    assert validate(tmp_path / "AAT.xml", release=outcome.release).findings == ()
    application = tables_of(outcome)["Aanvraag"].row(0, named=True)
    assert {name: application[name] for name in case.get("holds", {})} == case.get("holds", {})


def test_the_worked_example_as_a_message() -> None:
    """On 10 April ZA1, the coordinator, asks for 50, 30 and 20 percent from 1 April on, in the schema of that day."""
    message = asked({})
    assert isinstance(message, Asked)
    assert message.release == "2.0@1.3"
    institutions = tables_of(message)["AanvraagInstelling"]
    assert institutions.select("Instelling", "ToewijzingIngangsdatum", "ToewijzingPercentage").rows() == [
        (ZA1, "2018-04-01", "5000"),
        (ZA2, "2018-04-01", "3000"),
        (ZA3, "2018-04-01", "2000"),
    ]


def test_the_same_plan_gives_the_same_message() -> None:
    """To the byte; another plan has another Identificatie."""
    one, same, other = asked({}), asked({}), asked({"providers/0/care/0/volume": 17})
    assert one == same
    assert isinstance(one, Asked)
    assert isinstance(other, Asked)
    marks = [pl.Series([message.message.decode()]).str.extract("Identificatie>(.{12})<")[0] for message in (one, other)]
    assert marks[0] != marks[1]


def test_a_plan_without_a_request() -> None:
    """It says which key is missing."""
    plan = example({"request": ...})
    outcome = ask(plan, calculate(plan, tariffs_on(plan.period.start)))
    assert isinstance(outcome, Refusal)
    assert "no key 'request'" in outcome.reasons[0]
