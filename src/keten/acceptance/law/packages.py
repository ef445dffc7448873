"""Z1-Z4: what becomes of an assigned ZZP."""

from keten.acceptance.law.items import MPT, PGB, STAYS, VERBLIJF, Excepted, New, Part

KLASSEN = ("KE4", "KE5", "KE6", "KE7")
"""Z2: the klassen that a stay or a VPT may have."""

AT_HOME = ("3", "6", "7")
"""Z1: the preferences of a client for home."""

INDICEERBAAR_BEFORE, INDICEERBAAR = "997", "996"


def renewed_package(part: Part, *, home_is_mpt: bool) -> New | Excepted:
    """The new item for an assigned ZZP, or the exception that it is."""
    old = part.old
    vorm = MPT if home_is_mpt and old.vorm == VERBLIJF and old.voorkeur in AT_HOME else old.vorm
    if vorm in STAYS and old.klasse not in KLASSEN:
        return Excepted("EX03", old, part.start, part.end, part.soort)
    return New(
        sender=old.sender,
        owner=old.owner,
        besluit=old.besluit,
        functie=False,
        code=INDICEERBAAR if old.code == INDICEERBAAR_BEFORE else old.code,
        provider="" if vorm == PGB else old.provider,
        vorm=vorm,
        start=part.start,
        end=part.end,
        soort=part.soort,
        rule="Z1",
        sources=(old,),
        klasse=old.klasse if vorm in STAYS else None,
        bestemming=old.bestemming,
        opname="1" if vorm == VERBLIJF else None,
    )
