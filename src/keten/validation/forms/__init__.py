"""The forms in which reports are handed out: one module per form, each with `render(reports)`, which yields text.

Reports are taken one by one and let go, so that a folder of any size can be told about.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from keten.validation.forms import html, json, junit, rapport, sarif, text
from keten.validation.report import Report

Form = Callable[[Iterable[Report]], Iterator[str]]

FORMS: Mapping[str, Form] = {
    "text": text.render,
    "json": json.render,
    "rapport": rapport.render,
    "junit": junit.render,
    "sarif": sarif.render,
    "html": html.render,
}
"""Form by its name on the command line."""

ENDINGS = {"text": "txt", "json": "json", "rapport": "xml", "junit": "xml", "sarif": "sarif", "html": "html"}
"""How the name of a file in a form ends."""

ONE_EACH = frozenset({"rapport"})
"""The forms in which a file tells about one message only."""

__all__ = ["ENDINGS", "FORMS", "ONE_EACH", "Form"]
