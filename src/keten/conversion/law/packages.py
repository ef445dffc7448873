"""What becomes of assigned ZZPs (rules Z1-Z3)."""

import polars as pl

from keten.conversion.before.books import PGB
from keten.conversion.settings import Settings

VERBLIJF, VPT, MPT = "4", "5", "7"
AT_HOME = ("3", "6", "7")
"""VoorkeurClient of clients who prefer care at home."""

ALLOWED_KLASSEN = ("KE4", "KE5", "KE6", "KE7")
CAK_ONLY, WLZ_INDICEERBAAR, PARTNER_STAY = "997", "996", "999"

NEW = [
    "dossier", "sender", "bsn", "besluit", "zorgkantoor", "zzp", "origin", "code", "instelling", "leveringsvorm", "soort",
    "start", "end", "klasse", "opslag", "vervoer", "bestemming", "old_start", "old_regular", "items",
]  # fmt: skip
"""Columns of new items: whose they are, what they say, and `origin` (zzp: by Z1; stay: by F3; mpt: by F4; functie: by F1),
the earliest old Ingangsdatum, whether any old Soort was Regulier, and the `items` they were made of."""


def judge_packages(items: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """The items with EX03 where a stay or VPT has a Klasse that 2.0 does not allow (Z2)."""
    keeps_klasse = pl.col("leveringsvorm").is_in([VERBLIJF, VPT]) & ~_goes_home(settings)
    wrong = (
        pl.col("zzp") & pl.col("own") & pl.col("outcome").is_null()
        & keeps_klasse & ~pl.col("klasse").is_in(ALLOWED_KLASSEN)
    )  # fmt: skip
    return items.with_columns(outcome=pl.when(wrong).then(pl.lit("EX03")).otherwise("outcome"))


def convert_packages(items: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """The new items (NEW) for the ZZPs that are sent again."""
    delivery, pgb = pl.col("leveringsvorm"), pl.col("leveringsvorm") == PGB
    home = _goes_home(settings)
    chosen = items.filter(pl.col("zzp") & pl.col("own") & pl.col("outcome").is_null())
    new = chosen.with_columns(
        origin=pl.lit("zzp"),
        code=pl.when(pl.col("code") == CAK_ONLY).then(pl.lit(WLZ_INDICEERBAAR)).otherwise("code"),
        leveringsvorm=pl.when(home).then(pl.lit(MPT)).otherwise(delivery),
        instelling=pl.when(~pgb).then("instelling"),
        klasse=pl.when(~home & ~pgb).then("klasse"),
    )
    return renewed(new)


def _goes_home(settings: Settings) -> pl.Expr:
    """Whether a stay becomes MPT because the client prefers care at home (Z1, a setting)."""
    prefers = (pl.col("leveringsvorm") == VERBLIJF) & pl.col("voorkeur").is_in(AT_HOME)
    return prefers.fill_null(value=False) & (settings.home_preference == "mpt")


def renewed(items: pl.DataFrame) -> pl.DataFrame:
    """Items as new items (NEW) that were each made of one, with its new period and Soort."""
    return items.with_columns(
        start="new_start",
        end="new_end",
        soort="new_soort",
        old_regular=pl.col("old_soort") == 1,
        items=pl.concat_list("item"),
    ).select(NEW)
