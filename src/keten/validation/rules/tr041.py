"""TR041: who applies for other care does not end the care in the same message."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np

from keten.messages import CLIENT
from keten.validation.rules.offences import Offences, Place, each, places
from keten.validation.rules.view import View, any_below

MUTATION = "MutatieZorgzwaartepakket"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """Mutations with another code than is allowed beside the applications of the client (1.2: of the mutation itself)."""
    (application,) = view.named(settings["application"])
    scope = MUTATION if MUTATION in view.layout.ancestors(application) else CLIENT
    owners = view.above(application, scope)
    applies = any_below(owners, np.ones(len(owners), np.bool_), view.height(scope))
    mine = view.above(MUTATION, scope)
    wrong = (
        applies[mine] & view.has(MUTATION, "Mutatiecode") & ~view.among(MUTATION, "Mutatiecode", settings["allowed"])
    )

    def point(row: int) -> Iterator[Place]:
        applications = (Place(application, other) for other in np.flatnonzero(owners == mine[row]).tolist())
        code = places(view, MUTATION, row, "Mutatiecode")
        return chain(code, applications)

    yield each(view, MUTATION, np.flatnonzero(wrong), point)
