"""Functies that become part of a package: they join a stay (F3) or become an MPT (F4), over time and per provider (F7)."""

import polars as pl

from keten.conversion.law.functies import countable
from keten.conversion.law.packages import MPT, NEW, PARTNER_STAY, VERBLIJF, VPT
from keten.core.days import FOREVER, LAST
from keten.core.periods import cut, edges, in_force, islands, meeting

REGULAR, BRIDGING = 1, 3
DOWN = [True, True]
PROVIDER = pl.format("{} {}", "dossier", "instelling")
HOST = ["host_leveringsvorm", "host_code", "host_klasse"]


def merge_functies(items: pl.DataFrame, packages: pl.DataFrame, indicated: pl.DataFrame) -> pl.DataFrame:
    """The new items (NEW) that functies become; `packages` are the new items made of ZZPs."""
    functies = items.filter(~pl.col("zzp") & pl.col("own") & pl.col("outcome").is_null() & ~pl.col("stays"))
    pieces = _beside_stays(functies.with_columns(start="new_start", end="new_end"), packages)
    joins = pl.col("host_code").is_not_null()
    return pl.concat([_joined(pieces.filter(joins)), _home_packages(pieces.filter(~joins), countable(indicated))])


def _beside_stays(functies: pl.DataFrame, packages: pl.DataFrame) -> pl.DataFrame:
    """The functies, cut into pieces, with the stay that each piece joins (HOST), if any (F3).

    A piece joins a regular stay in force when it is Regulier itself and its provider has no stay of its own that day.
    """
    stays = packages.filter(pl.col("leveringsvorm").is_in([VERBLIJF, VPT]))
    hosts = stays.filter((pl.col("soort") == REGULAR) & (pl.col("code") != PARTNER_STAY)).select(
        "dossier",
        "start",
        "end",
        host_leveringsvorm="leveringsvorm",
        host_code="code",
        host_klasse="klasse",
        host_instelling="instelling",
        host_start="old_start",
        host_end="end",
    )
    points = edges(stays, "dossier").filter(pl.col("point") <= LAST)
    pieces = cut(functies, points, "dossier")
    prefer = ["host_start", "host_leveringsvorm", "host_instelling", "host_code", "host_klasse"]
    pieces = in_force(pieces, hosts, "dossier", prefer, [True, False, False, False, False])
    has_stay = in_force(
        pieces.select("start", key=PROVIDER), stays.select("start", "end", key=PROVIDER, has_stay=True), "key", [], []
    )["has_stay"]
    joins = (pl.col("new_soort") == REGULAR) & has_stay.is_null()
    end = pl.when(joins).then(pl.min_horizontal("end", "host_end")).otherwise("end")
    return pieces.with_columns(*(pl.when(joins).then(pl.col(name)).alias(name) for name in HOST), end=end)


def _joined(pieces: pl.DataFrame) -> pl.DataFrame:
    """What joins a stay, as items of its leveringsvorm, ZzpCode and Klasse."""
    keys = ["dossier", "instelling", *HOST]
    merged = islands(pieces, keys, gap=1).group_by("island", maintain_order=True)
    named = merged.agg(pl.col(keys).first(), pl.col("start").min(), pl.col("end").max(), *MERGED)
    return named.select(
        *_columns(origin=pl.lit("stay"), code="host_code", leveringsvorm="host_leveringsvorm", klasse="host_klasse")
    )


def _home_packages(pieces: pl.DataFrame, packages: pl.DataFrame) -> pl.DataFrame:
    """MPT items: per provider what touches is one, cut where the indicated ZZP becomes another (F4)."""
    spans = islands(pieces, ["dossier", "instelling"], gap=1).group_by("island", maintain_order=True)
    first = pl.col("start") == pl.col("start").min()
    whole = spans.agg(
        pl.col("dossier", "instelling").first(),
        pl.col("start").min(),
        pl.col("end").max(),
        begun=pl.col("become").filter(first & (pl.col("start") == pl.col("new_start"))).first(),
        going_on=pl.col("become").first(),
        since=pl.col("new_start").filter(first).min(),
    )
    parts = in_force(
        cut(whole, edges(packages, "dossier"), "dossier"), packages, "dossier", ["from_day", "become"], DOWN
    )
    parts = parts.with_columns(begins=pl.col("island").ne_missing(pl.col("island").shift(1)))
    before = _last_before(parts, packages)
    started = pl.when("begins").then(pl.coalesce("begun", before, "going_on"))
    parts = parts.with_columns(code=pl.coalesce("become", started).forward_fill())
    same = ["dossier", "instelling", "island", "code"]
    numbered = islands(parts.select(*same, "start", "end"), same, gap=1).select(*same, "start", "end", number="island")
    items = numbered.group_by("number", maintain_order=True).agg(
        pl.col("dossier", "instelling", "code").first(), pl.col("start").min(), pl.col("end").max()
    )
    met = meeting(pieces, items, ["dossier", "instelling"])
    parts_of = pieces.drop("dossier", "instelling", "start", "end", "code")[met["row"]]
    made = items[met["other"]].hstack(parts_of).sort("number")
    named = made.group_by("number", maintain_order=True).agg(
        pl.col("dossier", "instelling", "code", "start", "end").first(), *MERGED
    )
    return named.select(*_columns(origin=pl.lit("mpt"), leveringsvorm=pl.lit(MPT), klasse=pl.lit(None, pl.String)))


def _last_before(parts: pl.DataFrame, packages: pl.DataFrame) -> pl.Series:
    """The ZZP that was last in force before each part begins, for functies that were in a stay `since` then."""
    over = packages.select("dossier", "start", ended="end", end=pl.lit(FOREVER, pl.Int32), last="become")
    days = parts.select("dossier", "start", "since")
    found = in_force(days, over, "dossier", ["ended", "from_day", "last"], [True, *DOWN])
    return found.select(last=pl.when(pl.col("ended") >= pl.col("since")).then("last"))["last"]


def _columns(**given: pl.Expr | str) -> list[pl.Expr]:
    """The columns NEW of merged functies; what a package does not have is null."""
    absent = {name: pl.lit(None, pl.String) for name in ("opslag", "vervoer")}
    made = {
        **absent,
        "zzp": pl.lit(value=True),
        **{n: pl.col(e) if isinstance(e, str) else e for n, e in given.items()},
    }
    return [made[name].alias(name) if name in made else pl.col(name) for name in NEW]


MERGED = (
    pl.col("sender", "bsn", "besluit", "zorgkantoor").first(),
    pl.when((pl.col("new_soort") == REGULAR).any()).then(REGULAR).otherwise(BRIDGING).cast(pl.Int8).alias("soort"),
    pl.when(pl.col("bestemming").n_unique() == 1).then(pl.col("bestemming").first()).alias("bestemming"),
    pl.col("old_start").min(),
    (pl.col("old_soort") == REGULAR).any().alias("old_regular"),
    pl.col("item").unique().sort().alias("items"),
)
"""What is common to merged functies, whichever way they go (F4, F7)."""
