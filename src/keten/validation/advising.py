"""What to do about a finding, for who must act on it; the sentences stand in advice.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from keten.validation.findings import Finding


def advice(code: str) -> str:
    """What to do about findings with a code.

    >>> advice("CS003")
    'Give the element a value that is allowed here.'
    """
    return _about(code)["advice"]


def to_do(code: str, findings: Iterable[Finding]) -> str:
    """What to do about these findings with a code: the words of a rule say it, for a rule says the same each time."""
    texts = {finding.text for finding in findings if finding.layer == "rule"}
    return texts.pop() if len(texts) == 1 else advice(code)


def kind_of(code: str) -> str:
    """What kind of problem a code stands for.

    >>> kind_of("TR016")
    'technical rule'
    """
    return _about(code)["name"]


@cache
def _about(code: str) -> Mapping[str, str]:
    about: dict[str, dict[str, str]] = tomllib.loads(
        (files("keten.validation") / "advice.toml").read_text(encoding="utf-8")
    )
    return about[max((begin for begin in about if code.startswith(begin)), key=len)]
