"""What may become of assigned functies: stay one, or become part of a package (rules F1, F2, F5, F6)."""

import polars as pl

from keten.conversion.before.books import Books
from keten.conversion.law.packages import CAK_ONLY, PARTNER_STAY, WLZ_INDICEERBAAR, renewed
from keten.conversion.settings import Settings
from keten.core.days import day
from keten.core.periods import in_force

ADL = "91"
TREATMENT = ("61", "62", "63", "64")
WLZ_INDICEERBARE, SUBSIDY, OTHER = "2", "3", "4"
"""Codes of Financiering."""

ADMINISTRATIVE = 5


def judge_functies(items: pl.DataFrame, books: Books, settings: Settings) -> pl.DataFrame:
    """The items with `stays` (F1) and `become`, the ZZP that the others become (F2, F5); EX02, EX05, EX08 where neither.

    `wlz` marks dossiers of Wlz-indiceerbaren.
    """
    functies = ~pl.col("zzp") & pl.col("own") & pl.col("outcome").is_null()
    judged = _staying(items.filter(functies), items, books, settings)
    judged = _becoming(judged, books.indicated)
    judged = judged.with_columns(
        outcome=pl.when("stays").then(pl.when(_clashing(judged)).then(pl.lit("EX08")))
        .when((pl.col("old_soort") == ADMINISTRATIVE) | pl.col("elsewhere")).then(pl.lit("EX02"))
        .when(pl.col("become").is_null()).then(pl.when("later").then(pl.lit("EX05")).otherwise(pl.lit("EX02")))
    )  # fmt: skip
    decided = judged.select("item", "stays", "become", "wlz", functie_outcome="outcome")
    joined = items.join(decided, on="item", how="left", maintain_order="left")
    return joined.with_columns(outcome=pl.coalesce("outcome", "functie_outcome")).drop("functie_outcome")


def stay_functies(items: pl.DataFrame) -> pl.DataFrame:
    """The new items (NEW) for the functies that stay one."""
    staying = items.filter(pl.col("stays") & pl.col("outcome").is_null())
    return renewed(staying.with_columns(origin=pl.lit("functie")))


def _staying(functies: pl.DataFrame, items: pl.DataFrame, books: Books, settings: Settings) -> pl.DataFrame:
    """With `stays` and `wlz`: the ADL subsidy, extramural treatment, and Wlz-indiceerbaren with ADL (F1)."""
    indicated = books.indicated
    treated = _overlapping(functies, indicated.filter(pl.col("code").is_in(TREATMENT)), (SUBSIDY,))
    wlz = indicated.filter(~pl.col("zzp") & (pl.col("financiering") == WLZ_INDICEERBARE)).select("dossier").unique()
    helped = _with_adl(items, books, settings)
    marked = (
        functies.join(treated.with_columns(treated=True), on="item", how="left", maintain_order="left")
        .join(wlz.with_columns(wlz=True), on="dossier", how="left", maintain_order="left")
        .join(helped.with_columns(helped=True), on=["sender", "bsn"], how="left", maintain_order="left")
        .with_columns(pl.col("treated", "wlz", "helped").fill_null(value=False))
    )
    stays = (
        (pl.col("code") == ADL)
        | (pl.col("code").is_in(TREATMENT) & pl.col("treated"))
        | (pl.col("wlz") & pl.col("helped"))
    )
    return marked.with_columns(stays=stays).drop("treated", "helped")


def _with_adl(items: pl.DataFrame, books: Books, settings: Settings) -> pl.DataFrame:
    """Clients (sender, bsn) with a functie ADL, indicated or assigned by anybody, valid on or after the cut-over."""
    valid = ~pl.col("zzp") & (pl.col("code") == ADL) & (pl.col("end") >= day(settings.cutover))
    assigned = items.filter(valid & pl.col("outcome").ne_missing("withdrawn")).select("sender", "bsn")
    indicated = books.indicated.filter(valid).join(books.dossiers, on="dossier").select("sender", "bsn")
    return pl.concat([assigned, indicated]).unique()


def _becoming(functies: pl.DataFrame, indicated: pl.DataFrame) -> pl.DataFrame:
    """With `become` (F2, F5), `later`: an indicated ZZP starts later (F6), and `elsewhere`: paid otherwise (F2)."""
    packages = countable(indicated)
    found = in_force(
        functies.with_columns(start="new_start"), packages, "dossier", ["from_day", "become"], [True, True]
    )
    last = packages.group_by("dossier").agg(last_start=pl.col("start").max())
    elsewhere = _overlapping(functies, indicated, (SUBSIDY, OTHER), same_code=True).with_columns(elsewhere=True)
    joined = found.join(last, on="dossier", how="left", maintain_order="left")
    joined = joined.join(elsewhere, on="item", how="left", maintain_order="left")
    return joined.with_columns(
        become=pl.coalesce("become", pl.when("wlz").then(pl.lit(WLZ_INDICEERBAAR))),
        later=(pl.col("last_start") > pl.col("new_start")).fill_null(value=False),
        elsewhere=pl.col("elsewhere").fill_null(value=False),
    ).drop("last_start")


def countable(indicated: pl.DataFrame) -> pl.DataFrame:
    """The indicated ZZPs that a functie can become: dossier, become (the code), start, end."""
    counts = pl.col("zzp") & ~pl.col("code").is_in([CAK_ONLY, PARTNER_STAY])
    return indicated.filter(counts).select("dossier", "start", "end", become="code")


def _overlapping(
    functies: pl.DataFrame, indicated: pl.DataFrame, paid_by: tuple[str, ...], *, same_code: bool = False
) -> pl.DataFrame:
    """The items whose new period overlaps an indicated functie, in their dossier, that is paid in one of these ways."""
    paid = indicated.filter(~pl.col("zzp") & pl.col("financiering").is_in(paid_by))
    joined = functies.select("item", "dossier", "code", "new_start", "new_end").join(
        paid, on=["dossier", "code"] if same_code else "dossier"
    )
    return (
        joined.filter((pl.col("start") <= pl.col("new_end")) & (pl.col("end") >= pl.col("new_start")))
        .select("item")
        .unique()
    )


def _clashing(functies: pl.DataFrame) -> pl.Series:
    """Whether a functie that stays overlaps another, more than end on start, and N4 gives both the same Soort (TR077).

    Where they had the same Soort before, the breach is inherited (K4).
    """
    periods = functies.filter("stays").select(
        "item", "dossier", "code", "old_soort", "new_soort", "new_start", "new_end"
    )
    pairs = periods.join(periods, on=["dossier", "code", "new_soort"], suffix="_other").filter(
        (pl.col("old_soort") != pl.col("old_soort_other"))
        & (pl.col("new_start") <= pl.col("new_end_other"))
        & (pl.col("new_end") >= pl.col("new_start_other"))
        & (pl.col("new_end") != pl.col("new_start_other"))
        & (pl.col("new_start") != pl.col("new_end_other"))
    )
    return functies["item"].is_in(pairs["item"].implode())
