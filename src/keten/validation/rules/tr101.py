"""TR101: no two of a kind, in one parent, have the same key. Clients are compared over the whole message."""

from collections.abc import Iterator, Mapping
from typing import Any

from keten.messages import CLIENT
from keten.validation.rules.offences import Offences
from keten.validation.rules.pairs import alike, all_pairs
from keten.validation.rules.view import View


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """Rows with the same key, two by two, of every class but the client."""
    for element, key in settings["keys"].items():
        for name in view.named(element):
            if name != CLIENT and set(key) & set(view.tables[name].columns):
                yield all_pairs(view, name, alike(view, name, view.parents(name), key))
