"""All that is known of a team's clients, whoever is told of it."""

from dataclasses import dataclass

import polars as pl

from keten.messages import Tables
from keten.population.care.care_of_team import Care, care
from keten.population.care.disorders import disorder_scores, disorders, restriction_scores, restrictions
from keten.population.drawing.chance import Draw
from keten.population.people.clients import people
from keten.population.people.contacts import LATEST, REGISTERED, contacts
from keten.population.people.relations import relations
from keten.population.teams import Team


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Tables of what is known: of each `client` (a contact with the `era` in which it counts), of each `indication`."""

    people: pl.DataFrame
    contacts: pl.DataFrame
    relations: pl.DataFrame
    care: Care
    by_indication: Tables
    restriction_scores: pl.DataFrame


def dossiers(draw: Draw, team: Team, traits: pl.DataFrame, bsns: pl.Series) -> Dossiers:
    """Make up the clients of a team, from their traits."""
    them = people(draw, team, traits, bsns)
    reached = contacts(draw, team.region, traits)
    homes = reached.filter(pl.col("Soort") == REGISTERED, pl.col("era").fill_null(LATEST) == LATEST).drop("client")
    cared_for = care(draw, team, traits, them["born"])
    limits = restrictions(draw, cared_for.indications)
    return Dossiers(
        people=them.with_row_index("client"),
        contacts=reached,
        relations=relations(draw, team.region, traits, them["born"], homes),
        care=cared_for,
        by_indication={
            "Indicatie": cared_for.indications,
            "Stoornis": disorders(draw, cared_for.indications),
            "Beperking": limits,
            "StoornisScore": disorder_scores(draw, cared_for.indications),
            "GeindiceerdeFunctie": cared_for.units.filter(pl.col("kind") == "functie"),
            "GeindiceerdZorgzwaartepakket": cared_for.units.filter(pl.col("kind") == "zzp"),
        },
        restriction_scores=restriction_scores(draw, limits),
    )
