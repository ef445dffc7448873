"""The rules of release 1.2 that an AW33 or ZK33 can break, as a test would ask: who breaks which?

Written from the sector's published rules, not from how populations are made; the structure is judged elsewhere.
"""

from collections.abc import Callable, Mapping

import polars as pl
from stdnum.nl import bsn

from tests.unit.population.telling import Told

Breach = Callable[[Told], pl.DataFrame]

HIGHEST = {"21": "K8", "31": "K8", "41": "K7", "64": "KD09", "71": "KE7", "81": "K8", "82": "KD09"}
KLASSEN = {
    **{code: [f"K{n}" for n in range(1, 9)] for code in ("21", "31", "81")},
    "41": [f"K{n}" for n in range(8)],
    **{code: ["99"] for code in ("61", "62", "63", "91")},
    **{code: [f"KD0{n}" for n in range(1, 10)] for code in ("64", "82")},
    "71": [f"KE{n}" for n in range(1, 8)],
}
SUBLISTS = {"014": ["04", "05", "06"], "019": ["07", "08", "09", "10", "11"], "021": ["01", "02", "03"], "023": ["12"]}
FOR_EVER = "9999-12-31"


def breaches(told: Told) -> dict[str, set[str]]:
    """The BSNs of those who break each rule; rules that nobody breaks are left out."""
    found = {rule: set(breach(told)["Bsn"]) for rule, breach in RULES.items()}
    return {rule: people for rule, people in found.items() if people}


def _contacts(told: Told) -> pl.DataFrame:
    """The contacts of clients and of their relations, with the Soort of the relation."""
    relation = told.tables["Relatie"].select("file", parent="row", relation="Soort")
    of_relation = told.of("Relatie/Contact").join(relation, on=["file", "parent"], how="left")
    return pl.concat([told.of("Client/Contact"), of_relation], how="diagonal_relaxed")


def _births(told: Told) -> pl.DataFrame:
    """The birth dates of clients and relations."""
    head = told.clients.select("record", "day")
    columns = ["record", "Bsn", "Geboortedatum/Datum", "Geboortedatum/DatumGebruik"]
    return (
        pl.concat([part.select(columns) for part in (told.clients, told.of("Relatie"))])
        .drop_nulls("Geboortedatum/Datum")
        .join(head, on="record")
    )


def _names(told: Told) -> pl.DataFrame:
    """The names of clients and relations."""
    columns = ["Bsn", "Naam/Partnernaam/Naam", "Naam/NaamGebruik"]
    return pl.concat([told.clients.select(columns), told.of("Relatie").select(columns)])


def _units(told: Told) -> pl.DataFrame:
    """All that is indicated, with the dates of its indication."""
    indication = told.tables["Indicatie"].select(
        "record", "Afgiftedatum", ind_start="Ingangsdatum", ind_end="Einddatum", ground="Grondslagen/Grondslag01"
    )
    parts = [
        told.of("GeindiceerdeFunctie").with_columns(kind=pl.lit("functie"), code="FunctieCode"),
        told.of("GeindiceerdZorgzwaartepakket").with_columns(kind=pl.lit("zzp"), code="ZzpCode"),
    ]
    return pl.concat(parts, how="diagonal_relaxed").join(indication, on="record")


def _functies(told: Told) -> pl.DataFrame:
    """Functies, indicated and assigned."""
    columns = ["Bsn", "code", "Klasse", "Opslag", "Vervoer"]
    indicated = _units(told).filter(pl.col("kind") == "functie").select(columns)
    return pl.concat([indicated, told.items.filter(pl.col("kind") == "functie").select(columns)])


def _pairs(rows: pl.DataFrame, same: list[str]) -> pl.DataFrame:
    """Pairs of rows of one record that share a day and are the same in some columns."""
    numbered = rows.with_columns(until=pl.col("Einddatum").fill_null(FOR_EVER)).with_row_index("at")
    both = numbered.join(numbered, on=["record", *same], suffix="_b").filter(pl.col("at") < pl.col("at_b"))
    return both.filter((pl.col("Ingangsdatum") <= pl.col("until_b")) & (pl.col("Ingangsdatum_b") <= pl.col("until")))


def _touching(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs that overlap by more than the one day on which one ends and the other starts."""
    touch = (pl.col("until") == pl.col("Ingangsdatum_b")) | (pl.col("until_b") == pl.col("Ingangsdatum"))
    return pairs.filter(~touch)


def _doubles(rows: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    return rows.filter(rows.select("record", *key).is_duplicated())


def _empty(column: str) -> pl.Expr:
    return pl.col(column).is_null() | (pl.col(column).str.strip_chars() == "")


def _nl(contacts: pl.DataFrame) -> pl.DataFrame:
    return contacts.filter(pl.col("Adres/LandCode") == "NL")


def _tr014(told: Told) -> pl.DataFrame:
    """The latest end of what is indicated is that of the indication."""
    ends = _units(told).group_by("record", "Bsn", "ind_end").agg(pl.col("Einddatum").fill_null(FOR_EVER).max())
    return ends.filter(pl.col("Einddatum") != pl.col("ind_end").fill_null(FOR_EVER))


def _tr016(told: Told) -> pl.DataFrame:
    late = pl.col("Einddatum").fill_null(FOR_EVER) > pl.col("ind_end").fill_null(FOR_EVER)
    backwards = pl.col("Einddatum") < pl.col("Ingangsdatum")
    return told.items.filter(late | backwards | (pl.col("Ingangsdatum") < pl.col("ind_start")))


def _tr021(told: Told) -> pl.DataFrame:
    to_provider = told.clients.filter(pl.col("message") == "AW33")
    own = told.items.filter(pl.col("Instelling") == pl.col("receiver"))
    return to_provider.join(own, on="record", how="anti")


def _tr082(told: Told) -> pl.DataFrame:
    indicated = _units(told).filter(pl.col("code") == "91").select("record").unique()
    adl = told.items.filter((pl.col("kind") == "functie") & (pl.col("code") == "91"))
    return pl.concat([adl.filter(pl.col("Soort") != "1"), adl.join(indicated, on="record", how="anti")])


def _tr097(told: Told) -> pl.DataFrame:
    usage, day = pl.col("Geboortedatum/DatumGebruik"), pl.col("Geboortedatum/Datum")
    wrong = (
        ((usage == "3") & (day != "1900-01-01"))
        | ((usage == "2") & ~day.str.ends_with("-01-01"))
        | ((usage == "1") & ~day.str.ends_with("-01"))
    )
    return _births(told).filter(wrong)


RULES: Mapping[str, Breach] = {
    "CD005": lambda t: _contacts(t).filter(_empty("Adres/Postcode") != _empty("Adres/LandCode")),
    "CD007": lambda t: t.clients.filter(
        (pl.col("Communicatie/Vorm").fill_null("") == "1") == _empty("Communicatie/Taal")
    ),
    "CD009": lambda t: _contacts(t).filter((pl.col("Soort") != "04") & pl.col("Periode").is_not_null()),
    "CD016": lambda t: t.of("Relatie").filter((pl.col("Soort") != "12") & pl.col("Volgorde").is_null()),
    "CD017": lambda t: t.of("Relatie").filter((pl.col("Soort") == "12") & _empty("Geboortedatum/Datum")),
    "CD022": lambda t: _functies(t).filter(pl.col("code").is_in(["64", "82"]) == pl.col("Vervoer").is_null()),
    "CD023": lambda t: t.clients.filter(
        (pl.col("Bopz/Verklaring").fill_null("") == "1") == pl.col("Bopz/DatumAfgifte").is_null()
    ),
    "CD025": lambda t: _nl(_contacts(t)).filter(pl.col("Adres/Huis/Huisnummer").is_null()),
    "CD029": lambda t: _units(t).filter((pl.col("code") != "999") & pl.col("ground").is_null()),
    "CD034": lambda t: _contacts(t).filter(
        pl.col("Soort").is_in(["01", "03"]) & pl.col("Adres").is_not_null() & _empty("Adres/Postcode")
    ),
    "CS002": lambda t: t.clients.filter(~pl.col("Bsn").is_in([one for one in t.everyone if bsn.is_valid(one)])),
    "CS003": lambda t: pl.concat(
        [part.filter(pl.col("Ingangsdatum") > pl.col("Einddatum")).select("Bsn") for part in (t.items, _units(t))]
    ),
    "CS012": lambda t: t.of("Stoornis").filter(_empty("ZiektebeeldStoornis")),
    "CS014": lambda t: t.of("Stoornis").filter(
        ~pl.any_horizontal(
            (pl.col("DiagnoseCodelijst") == "022") & pl.col("DiagnoseSubcodelijst").is_null(),
            *(
                (pl.col("DiagnoseCodelijst") == one) & pl.col("DiagnoseSubcodelijst").is_in(subs)
                for one, subs in SUBLISTS.items()
            ),
        )
    ),
    "CS023": lambda t: pl.concat(
        [
            _births(t).filter(pl.col("Geboortedatum/Datum") > pl.col("day")).select("Bsn"),
            t.items.filter(pl.col("Toewijzingsdatum") > pl.col("day")).select("Bsn"),
            t.of("Indicatie")
            .join(t.clients.select("record", "day"), on="record")
            .filter(pl.col("Afgiftedatum") > pl.col("day"))
            .select("Bsn"),
        ]
    ),
    "CS035": lambda t: t.clients.filter(pl.col("BurgerlijkeStaat").is_in(["3", "6"])),
    "CS050": lambda t: _names(t).filter(
        pl.when(pl.col("Naam/Partnernaam/Naam").is_null())
        .then(pl.col("Naam/NaamGebruik") != "1")
        .otherwise(~pl.col("Naam/NaamGebruik").is_in(["1", "2", "3", "4"]))
    ),
    "CS069": lambda t: t.clients.filter(~pl.col("Huisarts").str.contains("^01[0-9]{6}$")),
    "CS072": lambda t: t.items.filter((pl.col("kind") == "functie") & (pl.col("Soort") == "5")),
    "CS074": lambda t: pl.concat(
        [t.items.select("Bsn", "kind", "Klasse"), _units(t).select("Bsn", "kind", "Klasse")]
    ).filter((pl.col("kind") == "zzp") & ~pl.col("Klasse").is_in(["KE4", "KE5", "KE6", "KE7"])),
    "CS089": lambda t: _nl(_contacts(t)).filter(~pl.col("Adres/Postcode").str.contains("^[1-9][0-9]{3}[A-Za-z]{2}$")),
    "CS107": lambda t: _functies(t).filter(~pl.col("Vervoer").is_in(["1", "2"])),
    "CS123": lambda t: t.of("Relatie").filter(pl.col("Soort") == "25"),
    "TR002": lambda t: _births(t).filter(
        (pl.col("Geboortedatum/DatumGebruik").fill_null("") != "3")
        & (pl.col("Geboortedatum/Datum").str.to_date().dt.offset_by("120y") < pl.col("day").str.to_date())
    ),
    "TR004": lambda t: t.clients.filter(pl.col("Leefeenheid").is_in(["3", "4"])).join(
        t.tables["Relatie"].filter(pl.col("Soort") == "12"), on="record", how="anti"
    ),
    "TR005": lambda t: _contacts(t).filter(
        (pl.col("relation") == "12") & (pl.col("Adres/Huis/Huisnummer").is_null() | _empty("Adres/Postcode"))
    ),
    "TR006": lambda t: _contacts(t).filter(
        pl.col("Telefoon/Telefoon01/Telefoonnummer").is_null()
        & (pl.col("Adres/Huis/Huisnummer").is_null() | pl.col("Adres/Postcode").is_null())
    ),
    "TR008": lambda t: _functies(t).filter(
        ~pl.any_horizontal((pl.col("code") == code) & pl.col("Klasse").is_in(some) for code, some in KLASSEN.items())
    ),
    "TR010": lambda t: _functies(t).filter(
        pl.col("Opslag").is_not_null() & (pl.col("Klasse") != pl.col("code").replace_strict(HIGHEST, default=""))
    ),
    "TR014": _tr014,
    "TR015": lambda t: (
        _units(t)
        .group_by("record", "Bsn", "ind_start")
        .agg(pl.col("Ingangsdatum").min())
        .filter(pl.col("Ingangsdatum") != pl.col("ind_start"))
    ),
    "TR016": _tr016,
    "TR021": _tr021,
    "TR034": lambda t: _functies(t).filter((pl.col("code") == "71") & pl.col("Opslag").is_not_null()),
    "TR035": lambda t: _pairs(_units(t), ["kind", "code"]),
    "TR037": lambda t: t.clients.join(_units(t), on="record", how="anti"),
    "TR057": lambda t: _pairs(_units(t).filter(pl.col("kind") == "zzp"), []),
    "TR061": lambda t: t.clients.join(
        t.tables["Client/Contact"].filter(pl.col("Soort").is_in(["01", "03"])), on="record", how="anti"
    ),
    "TR065": lambda t: t.items.filter((pl.col("message") == "ZK33") & (pl.col("Zorgkantoor") != pl.col("sender"))),
    "TR077": lambda t: _touching(_pairs(t.items.filter(pl.col("kind") == "functie"), ["code", "Soort"])),
    "TR082": _tr082,
    "TR097": _tr097,
    "TR101": lambda t: pl.concat(
        rows.select("Bsn")
        for rows in (
            t.clients.filter(t.clients.select("file", "Bsn").is_duplicated()),
            _doubles(t.of("Client/Contact"), ["Soort"]),
            _doubles(t.of("Relatie"), ["Nummer"]),
            _doubles(t.of("Stoornis"), ["Grondslag", "DiagnoseCodelijst", "ZiektebeeldStoornis"]),
            _doubles(t.of("StoornisScore"), ["Vraag"]),
            _doubles(t.of("Beperking"), ["Beperking"]),
            _doubles(t.of("BeperkingScore"), ["parent", "Vraag"]),
            _doubles(_units(t), ["kind", "code", "Ingangsdatum"]),
            _doubles(t.items, ["kind", "code", "Instelling", "Leveringsvorm", "Ingangsdatum"]),
        )
    ),
}
"""What breaks each rule, by the number of the rule."""
