"""TR021: a client is sent to those who provide the care."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np

from keten.messages import CLIENT
from keten.validation.rules.offences import Offences, Place, each, places
from keten.validation.rules.tr016 import ASSIGNED
from keten.validation.rules.view import View, any_below

RECEIVER, PROVIDER = "/Header/Ontvanger", "Instelling"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """Clients without any allocation to the receiver; where membership cannot be told, without any provider at all."""
    equal = view.layout.message.name in settings["equal"]
    served = np.zeros(view.client_rows, np.bool_)
    for name in view.named(*ASSIGNED):
        receiver = " ".join((view.of_header(RECEIVER) or "").split())
        fits = view.among(name, PROVIDER, [receiver]) if equal else view.has(name, PROVIDER)
        served |= any_below(view.clients(name), fits, view.client_rows)

    def point(row: int) -> Iterator[Place]:
        providers = (
            places(view, name, below, PROVIDER)
            for name in view.named(*ASSIGNED)
            for below in np.flatnonzero(view.clients(name) == row).tolist()
        )
        return chain(places(view, CLIENT, row, RECEIVER), chain.from_iterable(providers))

    yield each(view, CLIENT, np.flatnonzero(~served), point)
