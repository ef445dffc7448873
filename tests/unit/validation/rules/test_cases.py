"""Every rule on the cases of tests/cases/rules: what breaks it, with the places of each finding, and what does not."""

from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from keten.standard import load
from keten.validation import Finding, validate
from keten.validation.rules import read_register
from tests.generating import PLAIN, written
from tests.generating.stated import stated

FOLDER = Path(__file__).parents[3] / "cases" / "rules"
REGISTER = read_register(FOLDER / "register.csv")
Case = dict[str, Any]


def cases() -> list[Any]:
    """All cases, by the rule they are about."""
    return [
        pytest.param(path.stem, case, id=f"{path.stem}-{number}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for number, case in enumerate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader), 1)
    ]


def findings(case: Case) -> tuple[Finding, ...]:
    """What is found in the document that a case states."""
    release = load(case.get("release", "2.2"))
    content = case["wrong"] if "wrong" in case else case["right"]
    clients = content if isinstance(content, list) else [content]
    document = stated(release, case["in"], case.get("header", {}), clients)
    text = written(release, document, PLAIN, Random(1))
    register = REGISTER if "register" in case else None
    return validate(BytesIO(text), release=release.reference, register=register).findings


@pytest.mark.parametrize(("code", "case"), cases())
def test_the_rule_finds_what_breaks_it(code: str, case: Case) -> None:
    """The document is valid by its schema, and the rule finds in it exactly what the case says."""
    found = findings(case)
    assert [one for one in found if one.layer != "rule"] == []
    mine = [one.locations for one in found if one.code == code]
    expected = case.get("at", [])
    if expected and isinstance(expected[0], str):
        expected = [expected]
    assert [len(places) for places in mine] == [len(places) for places in expected]
    for places, ends in zip(mine, expected, strict=True):
        for place, end in zip(places, ends, strict=True):
            assert f"/{place}".endswith(f"/{end}")


def test_every_rule_has_cases_that_break_it_and_cases_that_keep_it() -> None:
    """At least one of each."""
    for path in FOLDER.glob("*.yaml"):
        kinds = {kind for case in yaml.safe_load(path.read_text(encoding="utf-8")) for kind in case}
        assert kinds >= {"wrong", "right"}, path.name
