"""The rules that have a module of their own, by code."""

from collections.abc import Mapping

from keten.validation.rules import (
    cd029,
    cs002,
    cs057,
    tr002,
    tr004,
    tr005,
    tr014,
    tr015,
    tr016,
    tr021,
    tr035,
    tr041,
    tr042,
    tr057,
    tr061,
    tr077,
    tr079,
    tr082,
    tr091,
    tr100,
    tr101,
    tr106,
    tr120,
    tr127,
)
from keten.validation.rules.offences import Judge

JUDGES: Mapping[str, Judge] = {
    "CD029": cd029.offences,
    "CS002": cs002.offences,
    "CS057": cs057.offences,
    "TR002": tr002.offences,
    "TR004": tr004.offences,
    "TR005": tr005.offences,
    "TR014": tr014.offences,
    "TR015": tr015.offences,
    "TR016": tr016.offences,
    "TR021": tr021.offences,
    "TR035": tr035.offences,
    "TR041": tr041.offences,
    "TR042": tr042.offences,
    "TR057": tr057.offences,
    "TR061": tr061.offences,
    "TR077": tr077.offences,
    "TR079": tr079.offences,
    "TR082": tr082.offences,
    "TR091": tr091.offences,
    "TR100": tr100.offences,
    "TR101": tr101.offences,
    "TR106": tr106.offences,
    "TR120": tr120.offences,
    "TR127": tr127.offences,
}
OF_HEADER = frozenset({"TR091", "TR100"})
"""Those that look at the envelope only."""
NEED_REGISTER = frozenset({"TR042", "TR100"})
"""Those that need the register of AGB codes."""
NEED_HEADER = frozenset({"TR002", "TR021", "TR042", "TR091", "TR100"})
"""Those that compare with the header."""
