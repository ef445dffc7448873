"""Faults in what is told of a client and its indication."""

from collections.abc import Iterator

import polars as pl

from keten.faults.plans import Edit, Plan, Row, choosing, of_clients
from keten.faults.world import ADDRESS, INDICATION, RELATIE, World
from keten.messages import CLIENT

NUMBER = pl.col(f"{ADDRESS}:Adres/Huis/Huisnummer")
END = pl.col(f"{INDICATION}:Einddatum")
ALL = pl.lit(value=True)


def _lost(table: str, counted: str) -> Plan:
    """The first of the rows of a table is gone, of a client that has two or more."""

    def edits(_: World, row: Row) -> Iterator[Edit]:
        yield Edit("drop", row["file"], row["client"], table, 1)

    return choosing(lambda world: world.clients.filter(pl.col(counted) > 1), edits)


PLANS: dict[str, Plan] = {
    "secrecy_lost": of_clients(pl.col(f"{CLIENT}:GeheimeClient") == "1", CLIENT, "GeheimeClient", "2"),
    "birth_date_changed": of_clients(ALL, CLIENT, "Geboortedatum/Datum", "1900-01-01"),
    "name_changed": of_clients(ALL, CLIENT, "Naam/Geslachtsnaam/Achternaam", "Onbekend"),
    "partneropname_yes": of_clients(pl.col("message") == "AW33", CLIENT, "Partneropname", "1"),
    "address_changed": of_clients(
        NUMBER.is_not_null(), ADDRESS, "Adres/Huis/Huisnummer", (NUMBER.cast(pl.Int64) + 1).cast(pl.String)
    ),
    "toevoeging_of_1_2": of_clients(NUMBER.is_not_null(), ADDRESS, "Adres/Huis/HuisnummerToevoeging", "a-1"),
    "relatie_lost": _lost(RELATIE, "relaties"),
    "stoornis_lost": _lost("Stoornis", "stoornissen"),
    "indication_end_changed": of_clients(END.is_null(), INDICATION, "Einddatum", "2030-12-31"),
}
