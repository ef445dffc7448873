"""TR042: an AGB code is valid when it is used."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offences, at_rows
from keten.validation.rules.view import View


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """AGB codes that the register does not know as valid on a day, or in the whole of a period."""
    register = view.register
    assert register is not None
    for messages, tables in settings["codes"].items():
        if view.layout.message.name in messages.split():
            for name, elements in tables.items():
                for path, days in elements.items():
                    if name in view.tables and path in view.tables[name].columns:
                        first = view.dates(name, days[0])
                        last = view.ends(name, days[1]) if len(days) > 1 else first
                        valid = register.valid(view.value(name, path), first, last)
                        yield at_rows(view, name, np.flatnonzero(view.has(name, path) & ~valid), path)
