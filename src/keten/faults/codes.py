"""Faults in the codes of an assignment: ZZP, Soort, leveringsvorm, klasse, opname, zorgkantoor."""

import polars as pl

from keten.faults.plans import Plan, of_items, of_packages, own
from keten.faults.world import FUNCTIE

FORM = pl.col("Leveringsvorm")
STAY, VPT, MPT = FORM == "4", FORM == "5", FORM == "7"
WAS_ZZP = STAY & (pl.col("Opname") == "1")
OTHER_ZZP = pl.when(pl.col("ZzpCode") == "751").then(pl.lit("753")).otherwise(pl.lit("751"))
OTHER_SOORT = pl.when(pl.col("Soort") == "1").then(pl.lit("3")).otherwise(pl.lit("1"))
OTHER_KLASSE = pl.when(pl.col("Klasse") == "KE7").then(pl.lit("KE6")).otherwise(pl.lit("KE7"))
OTHER_OPNAME = pl.when(pl.col("Opname") == "1").then(pl.lit("2")).otherwise(pl.lit("1"))
OTHER_ZORGKANTOOR = pl.when(pl.col("Zorgkantoor") == "5532").then(pl.lit("5531")).otherwise(pl.lit("5532"))
OTHER_HOURS = pl.when(pl.col("Klasse") == "K2").then(pl.lit("K4")).otherwise(pl.lit("K2"))

PLANS: dict[str, Plan] = {
    "zzp_code_wrong": of_packages(WAS_ZZP, ZzpCode=OTHER_ZZP),
    "zzp_code_of_the_cak": of_packages(MPT, ZzpCode="997"),
    "soort_of_1_2": of_packages(pl.col("Soort") == "3", Soort="4"),
    "soort_wrong": of_packages(pl.lit(value=True), Soort=OTHER_SOORT),
    "vpt_as_stay": of_packages(VPT, Leveringsvorm="4", Opname="1"),
    "mpt_as_stay": of_packages(
        MPT,
        Leveringsvorm="4",
        Klasse="KE7",
        Opname="1",
        Dossierhouder=pl.col("CoordinatorZorgThuis"),
        CoordinatorZorgThuis=None,
    ),
    "klasse_dropped": of_packages(STAY | VPT, Klasse=None),
    "klasse_changed": of_packages(STAY | VPT, Klasse=OTHER_KLASSE),
    "klasse_on_mpt": of_packages(MPT, Klasse="KE7"),
    "klasse_of_functie_changed": of_items(
        own() & (pl.col("table") == FUNCTIE) & pl.col("Klasse").str.contains(r"^K\d$"),
        Klasse=OTHER_HOURS,
    ),
    "opname_dropped": of_packages(STAY, Opname=None),
    "opname_changed": of_packages(STAY, Opname=OTHER_OPNAME),
    "opname_on_mpt": of_packages(MPT, Opname="2"),
    "bestemming_wrong": of_packages(
        pl.col("Instelling").is_not_null(),
        InstellingBestemming=pl.when(pl.col("InstellingBestemming").is_null()).then("Instelling"),
    ),
    "zorgkantoor_wrong": of_packages(pl.lit(value=True), Zorgkantoor=OTHER_ZORGKANTOOR),
    "withdrawn": of_items(own(), RedenIntrekking="1"),
}
