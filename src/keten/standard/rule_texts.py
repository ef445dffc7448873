"""The text of a rule, for the person who must act when it is broken: what to do, in one sentence."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def texts() -> dict[str, str]:
    """The text of each rule, by its code."""
    text = (files("keten.standard") / "rule_texts.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def text_of(code: str) -> str:
    """The text of a rule.

    >>> text_of("CD009")
    'Leave out Periode, or use Soort 04: only a temporary address has a period.'
    """
    return texts()[code]
