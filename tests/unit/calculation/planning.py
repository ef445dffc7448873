"""Plans for tests: the worked example of the runbook, and changes to it."""

import json
from copy import deepcopy
from typing import Any

from keten.calculation.shares.given import parse_json
from keten.calculation.shares.plan import Plan, plan_of

ZA1, ZA2, ZA3 = "00000101", "00000102", "00000103"

EXAMPLE: dict[str, Any] = {
    "zzp": "755",
    "sector": "VV",
    "leveringsvorm": "7",
    "from": "2018-04-01",
    "providers": [
        {"instelling": ZA1, "care": [{"prestatie": "FX310", "volume": 18}]},
        {"instelling": ZA2, "care": [{"prestatie": "FX810", "volume": 10.8}]},
        {"instelling": ZA3, "care": [{"prestatie": "FX820", "volume": "9"}]},
    ],
    "request": {
        "sender": ZA1,
        "zorgkantoor": "5515",
        "dagtekening": "2018-04-10",
        "besluitnummer": 123456,
        "converted": "2018-04-01",
        "coordinatorZorgThuis": ZA1,
        "verantwoord": True,
        "client": {"bsn": "999990019", "geboortedatum": "1940-05-01", "geslacht": "2", "achternaam": "Proefpersoon"},
    },
}
"""Client X of the runbook: ZZP VV6 as MPT from 1 April; ZA1 is coordinator; on 10 April it asks for 50, 30 and 20."""


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    """The example with other values, by the path of their keys; `...` takes a key away."""
    data = deepcopy(EXAMPLE)
    for path, value in changes.items():
        *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        place: Any = data
        for step in way:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value
    return data


def example(changes: dict[str, Any] | None = None) -> Plan:
    """The plan of the example, changed."""
    return plan_of(parse_json(json.dumps(changed(changes or {})), "example"))
