"""The codes of the judge, from their data."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Severity = Literal["error", "differs"]


@dataclass(frozen=True, slots=True)
class Code:
    """A code: what it is called, how grave it is, the rules of the law it comes from, its words, and what to do."""

    code: str
    title: str
    severity: Severity
    rules: tuple[str, ...]
    text: str
    action: str


@cache
def codes() -> dict[str, Code]:
    """All codes, by their name, in the order of their numbers."""
    raw = yaml.safe_load((files("keten.acceptance") / "codes.yaml").read_text(encoding="utf-8"))
    return {code: Code(code, **facts | {"rules": tuple(facts["rules"])}) for code, facts in raw.items()}
