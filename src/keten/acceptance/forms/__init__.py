"""The forms in which a judgement is handed out: one module per form, each with `render(judgement) -> str`."""

from collections.abc import Callable, Mapping

from keten.acceptance.forms import csv, html, json, text
from keten.acceptance.judgement import Judgement

FORMS: Mapping[str, Callable[[Judgement], str]] = {
    "text": text.render,
    "json": json.render,
    "html": html.render,
    "csv": csv.render,
}
"""Form by its name on the command line."""

__all__ = ["FORMS"]
