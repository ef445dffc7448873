"""To whom a trait can happen: conditions on the plan, the course, and the traits that were settled before."""

from collections.abc import Iterator
from functools import cache

import polars as pl

from keten.population.drawing.catalogue import FIRST, Catalogue, catalogue

ZZP = "zzp_"
"""How the names of the traits for ZZP codes begin."""

ADL = "91"
"""The functie of who lives on his own."""


def with_facts(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with what the conditions ask of each client's plan, course and ZZP."""
    known = catalogue()
    return (
        frame.with_columns(code=pl.col("zzp").str.strip_prefix(ZZP))
        .join(known.codes, on="code", how="left", maintain_order="left")
        .join(_plan_facts(), on="plan", how="left", maintain_order="left")
        .with_columns(people=pl.col("plan").replace_strict(known.people, default=pl.col("sector")))
    )


@cache
def _plan_facts() -> pl.DataFrame:
    """Per plan: the sorts of its certain assignments, the slots of its providers, and what may vary it."""
    known = catalogue()
    certain = known.items.filter((pl.col("chance") == 1) & (pl.col("nr") == FIRST))
    in_kind = pl.col("slot") != "desk"
    facts = certain.group_by("plan", maintain_order=True).agg(
        sorts=pl.col("sort"),
        slots=pl.col("slot").filter(in_kind).n_unique(),
        can_have_opslag=pl.col("code").is_in(known.with_opslag).any(),
    )
    profiles = known.units.filter(pl.col("kind") == "zzp")["plan"].unique()
    own = known.units.filter(pl.col("code") == "own")["plan"].unique()
    allowed = [known.allows[plan] for plan in facts["plan"]]
    return facts.with_columns(
        pl.Series("allows", allowed, dtype=pl.List(pl.String)),
        has_profile=pl.col("plan").is_in(profiles.implode()),
        has_own_profile=pl.col("plan").is_in(own.implode()),
        resident=pl.col("sorts").list.contains("4"),
    )


def conditions() -> Iterator[tuple[str, pl.Expr]]:
    """When a trait can happen, for those that cannot happen to everyone; the later build on the earlier."""
    yield from _care_conditions(catalogue())
    yield from _message_conditions(catalogue())
    yield from _people_conditions(catalogue())


def _care_conditions(known: Catalogue) -> Iterator[tuple[str, pl.Expr]]:
    for code in known.codes["code"]:
        yield ZZP + code, pl.col("has_own_profile")
    varied = pl.col("allows").list.contains("course")
    for course, sorts in known.courses.select("course", "sorts").iter_rows():
        if course != "running":
            yield course, varied & pl.any_horizontal(pl.col("sorts").list.contains(sort) for sort in sorts)
    for soort in ("alternatief", "overbrugging", "transfer"):
        yield soort, pl.col("allows").list.contains("soort")
    away = known.courses.filter("away_zk")["course"].to_list()
    routed = pl.col("allows").list.contains("route") & (pl.col("slots") > 0) & ~pl.col("course").is_in(away)
    yield "cross_regional", routed
    yield "cross_regional_both", routed & (pl.col("slots") > 1)
    yield "ex10_no_zk33", routed & (pl.col("course") == "running")
    stays = pl.col("sorts").list.contains("4")
    yield "home_preference", stays
    yield "functie_preference", pl.col("sorts").list.contains("F") & pl.col("has_profile")
    with_klasse = stays | pl.col("sorts").list.contains("5")
    yield "low_klasse", with_klasse & ~pl.col("course").is_in(["raised", "ex03_klasse"])
    yield "opslag", pl.col("can_have_opslag") & (pl.col("course") != "touches")
    decides_itself = pl.col("indication_end_from").is_not_null() | pl.col("earlier")
    without_end = pl.col("reden").is_not_null() & pl.col("end_from").is_null()
    unbounded = known.courses.filter(decides_itself | without_end)["course"].to_list()
    yield "indication_ends", ~pl.col("course").is_in([*unbounded, "ex09_ends_before_start"])
    for trait in ("second_ground", "stoornissen", "beperkingen", "stoornis_scores"):
        yield trait, pl.col("plan") != "partner_stay"
    yield "stoornis_code_empty", pl.col("stoornissen")


def _message_conditions(known: Catalogue) -> Iterator[tuple[str, pl.Expr]]:
    told_later = known.courses.filter("later")["course"].to_list()
    running = pl.col("course") == "running"
    yield "one_round", ~pl.col("course").is_in(told_later)
    bound = known.courses.filter("earlier")["course"].to_list()
    for rounds in ("two_rounds", "three_rounds"):
        yield rounds, ~pl.col("course").is_in(bound)
    yield "added_later", running & (pl.col("slots") > 1) & (pl.col("rounds") != "one_round")
    yield "address_changed", pl.col("rounds") != "one_round"
    yield "narrow_view", running & (pl.col("slots") > 1) & (pl.col("route") == "home")
    yield "ex01_contradiction", running & ~pl.col("repeated")


def _people_conditions(known: Catalogue) -> Iterator[tuple[str, pl.Expr]]:
    living_alone = known.items.filter(code=ADL)["plan"]
    of_adults = pl.col("plan").is_in([*known.with_partner, *living_alone])
    yield "child", ~pl.col("sector").is_in(["VV", "GGZ"]) & ~of_adults
    yield "centenarian", pl.col("people") == "VV"
    adult, alone = pl.col("age") != "child", ~pl.col("plan").is_in(known.with_partner)
    for trait in ("birth_day_unknown", "birth_month_unknown", "birth_unknown"):
        yield trait, pl.col("age") == "adult"
    yield "partner", adult & alone
    partner = pl.col("partner") | ~alone
    yield "partner_name_blank", partner
    yield "partner_name", partner & ~pl.col("partner_name_blank")
    yield "ex04_partner_blank", partner
    named = pl.col("partner_name") | pl.col("partner_name_blank")
    for trait in ("name_use_own", "name_use_partner", "name_use_partner_first", "name_use_own_first"):
        yield trait, named
    home = adult & ~pl.col("resident")
    yield "household_children", home & partner
    yield "household_other", home & ~partner
    yield "household_unknown", home
    for trait in ("child_relation", "mentor", "curator", "bewindvoerder"):
        yield trait, adult
    yield "parent_relation", ~adult
    for trait in ("house_letter", "house_designation", "addition_valid", "addition_lower", "addition_lossy"):
        yield trait, ~pl.col("foreign")
    yield "addition_nothing_left", ~pl.col("foreign")
    yield "bopz_other", ~pl.col("bopz_admitted")
    yield "sign_language", ~pl.col("interpreter")
    yield "comment", ~pl.col("comment_markup")
