"""What replies and reports of the sector say, as the file replies.toml has it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def says() -> Mapping[str, Any]:
    """The codes of replies, and the rule set of each release."""
    return tomllib.loads((files("keten.validation") / "replies.toml").read_text(encoding="utf-8"))
