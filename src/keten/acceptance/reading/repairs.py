"""K1, K3, Z4: the data of a client as they must stand in 2.0: without what is gone, with the repairs of the closed list."""

from collections.abc import Iterator, Mapping
from string import ascii_lowercase, ascii_uppercase

import polars as pl

from keten.messages import CLIENT, Layout, Tables
from keten.messages.joining import keep_rows
from keten.messages.values import fits, is_blank
from keten.standard import SimpleType

PARENT = "parent"
RENAMED: Mapping[str, Mapping[str, str]] = {
    CLIENT: {
        "Naam/Geslachtsnaam/Naam": "Naam/Geslachtsnaam/Achternaam",
        "Naam/Partnernaam/Naam": "Naam/Partnernaam/Achternaam",
    },
    "Relatie": {
        "Naam/Geslachtsnaam/Naam": "Naam/Geslachtsnaam/Achternaam",
        "Naam/Partnernaam/Naam": "Naam/Partnernaam/Achternaam",
    },
    "Beperking": {"Beperking": "Categorie"},
}
"""K1: names of 2.0 by those of 1.2."""

SURNAME, PARTNER_NAME = "Naam/Geslachtsnaam/Achternaam", "Naam/Partnernaam/"
CONTACTS = ("Client/Contact", "Relatie/Contact")
MUST_HAVE_NAME = "12"
"""K3: the Soort of a Relatie that is not dropped."""


def as_target(before: Layout, target: Layout, tables: Tables) -> tuple[Tables, pl.Series]:
    """The tables of client and indication as they must stand in the target, and which clients cannot (EX04)."""
    moved = {name: _moved(target, name, frame) for name, frame in tables.items() if name in target.client_tables}
    unfit = pl.repeat(value=False, n=tables[CLIENT].height, eager=True)
    mended = moved | {name: _named(target, name, moved[name]) for name in (CLIENT, "Relatie")}
    mended["GeindiceerdZorgzwaartepakket"] = moved["GeindiceerdZorgzwaartepakket"].with_columns(
        pl.col("VoorkeurClient").replace({"1": "7"})
    )
    for name in CONTACTS:
        mended[name], without_phone = _reached(target, name, moved[name])
        if name == CONTACTS[0]:
            unfit |= _any_below(target, mended, name, without_phone)
        else:
            mended[name] = mended[name].with_columns(without_phone.alias("without"))
    mended = keep_rows(target.client_tables, mended, "Stoornis", mended["Stoornis"]["ZiektebeeldStoornis"] != "")
    nameless = (
        mended["Relatie"]
        .select(is_blank(pl.col(SURNAME)) & (pl.col("Soort") != MUST_HAVE_NAME))[SURNAME]
        .fill_null(value=False)
    )
    mended = keep_rows(target.client_tables, mended, "Relatie", ~nameless)
    unfit |= _any_below(target, mended, CONTACTS[1], mended[CONTACTS[1]]["without"])
    mended[CONTACTS[1]] = mended[CONTACTS[1]].drop("without")
    mended["Relatie"] = _numbered(mended["Relatie"])
    for name, column, kind in _narrowed(before, target):
        wrong = mended[name].select((~fits(pl.col(column), kind)).fill_null(value=False))[:, 0]
        if wrong.any():
            unfit |= _any_below(target, mended, name, wrong)
    return mended, unfit


def _moved(target: Layout, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with the columns of the target."""
    renamed = frame.rename(RENAMED.get(name, {}))
    columns = target.tables[name].columns
    missing = [
        pl.lit(None, pl.String if column.type else pl.Boolean).alias(column.name)
        for column in columns
        if column.name not in renamed.columns
    ]
    parent = [PARENT] if target.tables[name].parent else []
    return renamed.with_columns(missing).select(*parent, *(column.name for column in columns))


def _named(target: Layout, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Names repaired: Voornamen, Voorletters, Partnernaam."""
    types = _types(target, name)
    partner = pl.col(f"{PARTNER_NAME}Achternaam")
    gone = is_blank(partner).fill_null(value=False)
    initials = pl.col("Naam/Voorletters")
    cleaned = initials.str.replace_all(_outside(types["Naam/Voorletters"]), "")
    mended = pl.when(fits(initials, types["Naam/Voorletters"])).then(initials).when(cleaned != "").then(cleaned)
    return frame.with_columns(
        pl.when(gone).then(None).otherwise(partner).alias(f"{PARTNER_NAME}Achternaam"),
        pl.when(~gone).then(pl.col(f"{PARTNER_NAME}Voorvoegsel")).alias(f"{PARTNER_NAME}Voorvoegsel"),
        pl.when(gone).then(pl.lit("1")).otherwise(pl.col("Naam/NaamGebruik")).alias("Naam/NaamGebruik"),
        pl.when(~is_blank(pl.col("Naam/Voornamen"))).then(pl.col("Naam/Voornamen")).alias("Naam/Voornamen"),
        mended.alias("Naam/Voorletters"),
    )


def _reached(target: Layout, name: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Contacts repaired, and which of them hold no telephone any more and no address either (TR006)."""
    types = _types(target, name)
    addition = pl.col("Adres/Huis/HuisnummerToevoeging")
    kind = types["Adres/Huis/HuisnummerToevoeging"]
    cleaned = addition.str.replace_many(list(ascii_lowercase), list(ascii_uppercase)).str.replace_all("[^A-Z0-9]", "")
    mended = pl.when(fits(addition, kind)).then(addition).when(cleaned != "").then(cleaned)
    phones = [f"Telefoon/Telefoon{number}" for number in ("01", "02")]
    blank = [is_blank(pl.col(f"{phone}/Landnummer")).fill_null(value=False) for phone in phones]
    changed = [mended.alias("Adres/Huis/HuisnummerToevoeging")]
    for part in ("Telefoonnummer", "Landnummer"):
        first, second = (pl.col(f"{phone}/{part}") for phone in phones)
        kept_second = pl.when(~blank[1]).then(second)
        changed.append(pl.when(blank[0]).then(kept_second).otherwise(first).alias(f"{phones[0]}/{part}"))
        changed.append(pl.when(~blank[0] & ~blank[1]).then(second).alias(f"{phones[1]}/{part}"))
    after = frame.with_columns(changed)
    addressed = pl.col("Adres/Huis/Huisnummer").is_not_null() & pl.col("Adres/Postcode").is_not_null()
    unreached = after.select(pl.col(f"{phones[0]}/Landnummer").is_null() & ~addressed)[:, 0]
    return after, unreached & frame.select(blank[0] | blank[1])[:, 0]


def _numbered(relations: pl.DataFrame) -> pl.DataFrame:
    """Relations, blank ones of their numbers replaced by the first free ones of the client."""
    blank = relations.select(is_blank(pl.col("Nummer")))[:, 0]
    if not blank.any():
        return relations
    numbers = relations["Nummer"].to_list()
    used: dict[int, set[str]] = {}
    for parent, number in zip(relations[PARENT], numbers, strict=True):
        used.setdefault(parent, set()).add(number)
    for row in blank.arg_true():
        taken = used[relations[PARENT][row]]
        numbers[row] = next(str(free) for free in range(1, len(taken) + 2) if str(free) not in taken)
        taken.add(numbers[row])
    return relations.with_columns(pl.Series("Nummer", numbers, pl.String))


def _narrowed(before: Layout, target: Layout) -> Iterator[tuple[str, str, SimpleType]]:
    """The cells whose type takes less than it did."""
    for name, table in target.client_tables.items():
        if name.startswith("Toegewezen") or name not in before.tables:
            continue
        types = _types(before, name)
        names = {new: old for old, new in RENAMED.get(name, {}).items()}
        for column in table.columns:
            was = types.get(names.get(column.name, column.name))
            if column.type is not None and was is not None and _less(was, column.type):
                yield name, column.name, column.type


def _less(was: SimpleType, now: SimpleType) -> bool:
    bounds = (was.min_length, was.max_length, was.minimum, was.maximum, was.patterns)
    gone = bool(now.codes) and not set(was.codes) <= set(now.codes)
    return gone or bounds != (now.min_length, now.max_length, now.minimum, now.maximum, now.patterns)


def _any_below(target: Layout, tables: Tables, name: str, rows: pl.Series) -> pl.Series:
    """Which clients have such a row, of a table on whatever level below them."""
    while name != CLIENT:
        parent = target.tables[name].parent
        assert parent is not None
        above = pl.int_range(tables[parent].height, dtype=pl.UInt32, eager=True)
        rows, name = above.is_in(tables[name][PARENT].filter(rows).implode()), parent
    return rows


def _outside(kind: SimpleType) -> str:
    """What the one pattern of a type, `([...])+`, does not take."""
    (pattern,) = kind.patterns
    return pattern.removesuffix(")+").removeprefix("(").replace("[", "[^", 1)


def _types(layout: Layout, name: str) -> Mapping[str, SimpleType]:
    return {column.name: column.type for column in layout.tables[name].columns if column.type is not None}
