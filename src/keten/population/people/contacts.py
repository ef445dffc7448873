"""How clients are reached: their registered address, and the others that some have."""

import polars as pl

from keten.core.columns import stacked
from keten.population.drawing.chance import Draw
from keten.population.drawing.moments import date_text
from keten.population.drawing.words import words
from keten.population.people.addresses import LAND_1, LAND_2, PHONE_1, PHONE_2, addresses, client_addresses, phones
from keten.population.people.clients import CUTOVER
from keten.population.teams import Region

EARLIER, LATEST = "earlier", "latest"
"""Values of `era`: a contact that only stood in all messages but the latest, or only in the latest."""

REGISTERED = "01"
OTHERS = {"address_changed": REGISTERED, "correspondence": "02", "residence": "03", "temporary": "04"}
"""The Soort of the other addresses, by the trait that brings them; a changed address brings the former one."""

TEMPORARY_FROM, TEMPORARY_DAYS, OPEN = (CUTOVER - 300, CUTOVER), (14, 180), 1 / 3
"""Days on which a temporary address began, for how many days it is, and the share without an end."""

OF_SOME = ("era", PHONE_1, LAND_1, PHONE_2, LAND_2, "Emailadres", "Periode", "Periode/Begindatum", "Periode/Einddatum")
"""Cells that not every kind of contact has."""


def contacts(draw: Draw, region: Region, traits: pl.DataFrame) -> pl.DataFrame:
    """The contacts of the clients, in their order: a row each with its `client`, its `era` and its cells."""
    everyone = traits.with_row_index("client")
    others = [
        _another(draw, region, everyone.filter(trait), trait).with_columns(Soort=pl.lit(soort))
        for trait, soort in OTHERS.items()
    ]
    return stacked([_registered(draw, region, everyone), *others], may_lack=OF_SOME, what="the contacts").sort(
        "client", maintain_order=True
    )


def _registered(draw: Draw, region: Region, everyone: pl.DataFrame) -> pl.DataFrame:
    """The registered address of each client, with telephone and e-mail."""
    kind, blank = pl.col("phone"), draw.one_of("blank land", words()["blanks"], everyone.height)
    two = kind.is_in(["two_phones", "phone_country_blank"])
    blanked = kind.is_in(["phone_country_blank", "phone_country_blank_only"])
    numbers = phones(draw, "client", everyone.height)
    frame = pl.concat([everyone, client_addresses(draw, "client", region, everyone), numbers], how="horizontal")
    return frame.with_columns(
        pl.lit(REGISTERED).alias("Soort"),
        pl.when("address_changed").then(pl.lit(LATEST)).alias("era"),
        pl.when(kind != "no_phone").then(PHONE_1).alias(PHONE_1),
        pl.when(blanked).then(blank).when(kind != "no_phone").then(LAND_1).alias(LAND_1),
        pl.when(two).then(PHONE_2).alias(PHONE_2),
        pl.when(two).then(LAND_2).alias(LAND_2),
        pl.when("email").then(pl.format("client{}@example.org", "client")).alias("Emailadres"),
    ).drop(everyone.drop("client").columns)


def _another(draw: Draw, region: Region, clients: pl.DataFrame, trait: str) -> pl.DataFrame:
    """One more address for each of the clients; a temporary one with its period."""
    count = clients.height
    found = pl.concat([clients.select("client"), addresses(draw, trait, region, count)], how="horizontal")
    if trait == "address_changed":
        return found.with_columns(era=pl.lit(EARLIER))
    if trait != "temporary":
        return found
    start = draw.whole("temporary from", *TEMPORARY_FROM, count)
    end = start + draw.whole("temporary days", *TEMPORARY_DAYS, count)
    ends = draw.unit("temporary has an end", count) >= OPEN
    return (
        found.with_columns(start=start, end=end)
        .with_columns(
            pl.lit(value=True).alias("Periode"),
            date_text("start").alias("Periode/Begindatum"),
            pl.when(ends).then(date_text("end")).alias("Periode/Einddatum"),
        )
        .drop("start", "end")
    )
