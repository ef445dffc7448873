"""The forms in which a report is handed out: one module per form, each with `render(reports) -> str`."""

from collections.abc import Callable, Mapping, Sequence

from keten.validation.forms import json, text
from keten.validation.report import Report

FORMS: Mapping[str, Callable[[Sequence[Report]], str]] = {"text": text.render, "json": json.render}
"""Form by its name on the command line."""

__all__ = ["FORMS"]
