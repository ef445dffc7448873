"""TR061: of a client with addresses, the registered address or the residence is known."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.messages import CLIENT
from keten.validation.rules.offences import Offences, Place, each, rows_below
from keten.validation.rules.view import View, any_below

CONTACT, HOME = "Client/Contact", ["01", "03"]


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Clients with contacts of whom none is a registered address or a residence; it points at all of them."""
    owners = view.parents(CONTACT)
    home = view.text(CONTACT, "Soort").is_in(HOME).fill_null(value=False).to_numpy()
    some = any_below(owners, np.ones(len(owners), np.bool_), view.client_rows)
    wrong = some & ~any_below(owners, home, view.client_rows)
    yield each(
        view, CLIENT, np.flatnonzero(wrong), lambda row: (Place(CONTACT, one) for one in rows_below(view, CONTACT, row))
    )
