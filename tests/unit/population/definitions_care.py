"""Traits of care, as the messages show them: who has each?"""

from collections.abc import Mapping

import polars as pl

from keten.standard import load
from tests.unit.population.telling import Definition, Told

DAY = "2018-04-01"
FORM, CODE, SOORT = pl.col("Leveringsvorm"), pl.col("code"), pl.col("Soort")
FUNCTIE = pl.col("kind") == "functie"
START, END = pl.col("Ingangsdatum"), pl.col("Einddatum")


def facts(told: Told) -> pl.DataFrame:
    """A row per client: what is indicated for and assigned to it, over all its indications."""
    indicated = pl.concat(
        [
            told.of("GeindiceerdeFunctie").with_columns(code="FunctieCode", profile=pl.lit(value=False)),
            told.of("GeindiceerdZorgzwaartepakket").with_columns(code="ZzpCode", profile=pl.lit(value=True)),
        ],
        how="diagonal_relaxed",
    ).unique(["Bsn", "code", "Ingangsdatum", "Financiering"])
    wanted = indicated.group_by("Bsn").agg(
        profiles=pl.col("profile").sum(),
        financing=pl.col("Financiering").unique(),
        profile_start=START.filter("profile").min(),
        of_functies=pl.col("Financiering").filter(~pl.col("profile")).unique(),
        subsidised=CODE.filter(pl.col("Financiering") == "3").unique(),
        otherwise=CODE.filter(pl.col("Financiering") == "4").unique(),
        handover=(
            START.filter("profile").max().str.to_date() - END.filter("profile").min().str.to_date()
        ).dt.total_days(),
    )
    assigned = told.books.group_by("Bsn").agg(
        indications=pl.col("Besluitnummer").n_unique(),
        forms=FORM.filter(~FUNCTIE).unique(),
        codes=CODE.unique(),
        functies=CODE.filter(FUNCTIE).unique(),
        functie_soorten=SOORT.filter(FUNCTIE).unique(),
        form_soorten=SOORT.filter(~FUNCTIE).unique(),
        stays_at=pl.col("Instelling").filter(~FUNCTIE & (FORM != "2")).unique(),
        functies_at=pl.col("Instelling").filter(FUNCTIE).unique(),
        stay_starts=START.filter(FORM == "4").max(),
        adl_ends=END.filter(FUNCTIE & (CODE == "91")).max(),
        adl_in=pl.col("Besluitnummer").filter(FUNCTIE & (CODE == "91")).first(),
        rest_in=pl.col("Besluitnummer").filter(FUNCTIE & (CODE != "91")).first(),
    )
    return assigned.join(wanted, on="Bsn", how="left")


def has(column: str, value: str) -> pl.Expr:
    """A list holds a value."""
    return pl.col(column).list.contains(value)


def count(column: str) -> pl.Expr:
    """How many values a list has."""
    return pl.col(column).list.len()


STAY, VPT, PGB = has("forms", "4"), has("forms", "5"), has("forms", "2")
SHARED = pl.col("stays_at").list.set_intersection("functies_at").list.len() > 0
WITH_FUNCTIES, PROFILED = count("functies") > 0, pl.col("profiles") > 0
IN_KIND_ONLY = ~STAY & ~VPT & ~PGB
ADL, INDICEERBAAR = has("functies", "91"), has("financing", "2")
ALL_SUBSIDISED = count("of_functies") == 1
MODULAR = (
    IN_KIND_ONLY & (pl.col("profiles") == 1) & (count("of_functies").fill_null(0) == 0) & ~has("functie_soorten", "5")
)
MODULAR_AND_NOW = MODULAR & (pl.col("profile_start") <= DAY)
BRIDGED = STAY & has("functie_soorten", "3")


def plan(condition: pl.Expr) -> Definition:
    """Clients of whose care as a whole this is true."""
    return lambda told: facts(told).filter(condition.fill_null(value=False))


def _clashing(told: Told) -> pl.DataFrame:
    """The same functie, running on at the same time, of Soort 1 and of Soort 2."""
    running = told.books.filter(FUNCTIE & END.is_null() & (START < DAY))
    both = running.group_by("Bsn", "code").agg(SOORT.unique())
    return both.filter(has("Soort", "1") & has("Soort", "2"))


def _treatment(told: Told) -> pl.DataFrame:
    only = facts(told).filter(IN_KIND_ONLY & ~PROFILED & has("of_functies", "3") & ALL_SUBSIDISED & ~ADL)
    return only.join(_clashing(told), on="Bsn", how="anti")


PLANS: Mapping[str, Definition] = {
    "verblijf_two_providers": plan(STAY & (count("stays_at") == 2) & ~WITH_FUNCTIES),
    "verblijf_two_and_functies": plan(STAY & (count("stays_at") == 2) & WITH_FUNCTIES & ~SHARED),
    "verblijf_and_functies": plan(STAY & (count("stays_at") == 1) & WITH_FUNCTIES & ~BRIDGED & ~SHARED),
    "verblijf_and_own_functies": plan(STAY & WITH_FUNCTIES & SHARED),
    "verblijf_waiting": plan(BRIDGED & (pl.col("stay_starts") > DAY) & ~has("form_soorten", "5")),
    "verblijf_administrative": plan(BRIDGED & has("form_soorten", "5") & ~SHARED),
    "partner_stay": plan(STAY & has("codes", "999")),
    "vpt": plan(VPT & ~WITH_FUNCTIES & ~PGB),
    "vpt_and_functies": plan(VPT & WITH_FUNCTIES),
    "mpt_one": plan(MODULAR_AND_NOW & (count("functies_at") == 1)),
    "mpt_two": plan(MODULAR_AND_NOW & (count("functies_at") == 2)),
    "mpt_three": plan(MODULAR_AND_NOW & (count("functies_at") == 3)),
    "mpt_and_treatment": plan(PROFILED & has("subsidised", "63") & has("functies", "63") & (count("functies") > 1)),
    "mpt_profile_changes": plan((pl.col("profiles") == 2) & (pl.col("handover") == 1)),
    "mpt_profile_gap": plan((pl.col("profiles") == 2) & (pl.col("handover") > 1)),
    "mpt_and_pgb": plan(PGB & WITH_FUNCTIES & PROFILED),
    "vpt_and_pgb": plan(PGB & VPT),
    "pgb": plan(PGB & ~WITH_FUNCTIES & ~VPT & ~has("codes", "997")),
    "indiceerbaar": plan(INDICEERBAAR & WITH_FUNCTIES & ~ADL & ~PROFILED),
    "indiceerbaar_pgb": plan(INDICEERBAAR & PGB & has("codes", "997") & ~WITH_FUNCTIES),
    "indiceerbaar_adl": plan(
        INDICEERBAAR & ADL & (pl.col("adl_in") == pl.col("rest_in")) & pl.col("adl_ends").is_null()
    ),
    "indiceerbaar_adl_elsewhere": plan(INDICEERBAAR & ADL & (pl.col("adl_in") != pl.col("rest_in"))),
    "indiceerbaar_adl_past": plan(INDICEERBAAR & ADL & (pl.col("adl_ends") < DAY)),
    "adl": plan(ADL & ~INDICEERBAAR & (count("functies") == 1)),
    "treatment": _treatment,
    "ex02_no_profile": plan(IN_KIND_ONLY & ~PROFILED & has("of_functies", "1")),
    "ex02_other_financing": plan(PROFILED & (pl.col("otherwise").list.set_intersection("functies").list.len() > 0)),
    "ex02_administrative": plan(has("functie_soorten", "5")),
    "ex05_profile_later": plan(WITH_FUNCTIES & (pl.col("profile_start") > DAY)),
    "ex08_staying": _clashing,
}
"""Who has care of each kind, but for a plain stay."""


def item(condition: pl.Expr) -> Definition:
    """Clients with an assignment, in its newest version, of which this is true."""
    return lambda told: told.books.filter(condition.fill_null(value=False))


CARE: Mapping[str, Definition] = {
    "alternatief": item(SOORT == "2"),
    "overbrugging": item(SOORT == "3"),
    "transfer": item(SOORT == "4"),
    "home_preference": item((FORM == "4") & pl.col("VoorkeurClient").is_in(["3", "6", "7"])),
    "functie_preference": lambda told: told.of("GeindiceerdZorgzwaartepakket").filter(pl.col("VoorkeurClient") == "1"),
    "low_klasse": item(FORM.is_in(["4", "5"]) & pl.col("Klasse").is_in(["KE4", "KE5", "KE6"])),
    "opslag": item(FUNCTIE & pl.col("Opslag").is_not_null()),
    "indication_ends": lambda told: told.of("Indicatie").filter(END >= "2019-01-01"),
    "experiment": lambda told: told.of("Indicatie").filter(SOORT == "4"),
    "second_ground": lambda told: told.of("Indicatie").filter(pl.col("Grondslagen/Grondslag02").is_not_null()),
    "application_number": lambda told: told.of("Indicatie").filter(pl.col("Aanvraagnummer").is_not_null()),
    "indication_comment": lambda told: told.of("Indicatie").filter(pl.col("Commentaar").is_not_null()),
    "stoornissen": lambda told: told.of("Stoornis"),
    "beperkingen": lambda told: told.of("BeperkingScore"),
    "stoornis_scores": lambda told: told.of("StoornisScore"),
    "stoornis_code_empty": lambda told: told.of("Stoornis").filter(pl.col("ZiektebeeldStoornis") == ""),
}
"""Who has each trait of an assignment or an indication."""


def profile(code: str) -> Definition:
    """Clients for whom this ZZP is indicated."""
    return lambda told: told.of("GeindiceerdZorgzwaartepakket").filter(pl.col("ZzpCode") == code)


PROFILES: Mapping[str, Definition] = {
    f"zzp_{code}": profile(code) for code in load("1.2").types["LDT_ZzpCode"].codes if code not in ("997", "999")
}
"""Who is indicated for each ZZP of the standard, but for those that come with a plan."""
