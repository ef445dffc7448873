"""Traits of people, as the messages show them: who has each?"""

from collections.abc import Mapping

import polars as pl

from tests.unit.population.telling import Definition, Told

SURNAME, PREFIX = pl.col("Naam/Geslachtsnaam/Naam"), pl.col("Naam/Geslachtsnaam/Voorvoegsel")
PARTNER, FIRST, INITIALS = pl.col("Naam/Partnernaam/Naam"), pl.col("Naam/Voornamen"), pl.col("Naam/Voorletters")
BIRTH, USE, REMARK = pl.col("Geboortedatum/Datum"), pl.col("Naam/NaamGebruik"), pl.col("Commentaar")
USAGE = pl.col("Geboortedatum/DatumGebruik").fill_null("")
ADDITION = pl.col("Adres/Huis/HuisnummerToevoeging")
LAND_1, LAND_2 = pl.col("Telefoon/Telefoon01/Landnummer"), pl.col("Telefoon/Telefoon02/Landnummer")
NUMBER_1, NUMBER_2 = pl.col("Telefoon/Telefoon01/Telefoonnummer"), pl.col("Telefoon/Telefoon02/Telefoonnummer")
SOORT = pl.col("Soort")
UNKNOWN = USAGE != ""


def blank(text: pl.Expr) -> pl.Expr:
    """There, but without anything but blanks."""
    return text.str.strip_chars() == ""


def client(condition: pl.Expr) -> Definition:
    """Clients of whose own cells this is true."""
    return lambda told: told.clients.filter(condition)


def home(condition: pl.Expr) -> Definition:
    """Clients of whose registered address this is true."""
    return lambda told: told.of("Client/Contact").filter(SOORT == "01").filter(condition)


def contact(soort: str, condition: pl.Expr | None = None) -> Definition:
    """Clients with a contact of this Soort, of which the condition is true."""
    true = pl.lit(value=True) if condition is None else condition
    return lambda told: told.of("Client/Contact").filter(pl.col("Soort").eq(soort) & true)


def relation(condition: pl.Expr) -> Definition:
    """Clients with a relation of which this is true."""
    return lambda told: told.of("Relatie").filter(condition)


def _unreachable(told: Told) -> pl.DataFrame:
    only_phone = pl.col("Adres").is_null() & NUMBER_1.is_not_null()
    return told.of("Relatie/Contact").filter(only_phone & blank(LAND_1))


def _phone_only(told: Told) -> pl.DataFrame:
    return told.of("Relatie/Contact").filter(pl.col("Adres").is_null() & ~blank(LAND_1))


def _organisation(told: Told) -> pl.DataFrame:
    offices = told.tables["Relatie/Contact"].filter(pl.col("Organisatie").is_not_null()).select("file", row="parent")
    return told.of("Relatie").filter(SOORT == "14").join(offices, on=["file", "row"])


PEOPLE: Mapping[str, Definition] = {
    "man": client(pl.col("Geslacht") == "1"),
    "sex_unknown": client(pl.col("Geslacht") == "0"),
    "child": client(~UNKNOWN & (BIRTH > "2000-04-01")),
    "centenarian": client(~UNKNOWN & (BIRTH <= "1918-04-01")),
    "household_children": client(pl.col("Leefeenheid") == "4"),
    "household_other": client(pl.col("Leefeenheid") == "6"),
    "household_unknown": client(pl.col("Leefeenheid") == "9"),
    "birth_day_unknown": client(USAGE == "1"),
    "birth_month_unknown": client(USAGE == "2"),
    "birth_unknown": client((USAGE == "3") & (BIRTH == "1900-01-01")),
    "surname_prefixed": client(PREFIX.is_not_null()),
    "surname_apostrophe": client(SURNAME.str.contains("'")),
    "surname_double": client(SURNAME.str.contains("^[^-]+-[^-]+$")),
    "surname_diacritics": client((SURNAME.str.len_chars() > 1) & SURNAME.str.contains("[^ -~]")),
    "surname_long": client(SURNAME.str.len_chars() > 60),
    "surname_letter": client((SURNAME.str.len_chars() == 1) & ~blank(SURNAME)),
    "ex04_surname_blank": client(blank(SURNAME)),
    "first_names_absent": client(FIRST.is_null()),
    "first_names_blank": client(blank(FIRST)),
    "initials_absent": client(INITIALS.is_null()),
    "initials_refused": client(INITIALS.str.contains("^[^a-zA-ZÀ-ỳ][a-zA-Z]+$")),
    "initials_nothing_left": client(~INITIALS.str.contains("[a-zA-ZÀ-ỳ]")),
    "name_use_own": client(PARTNER.is_not_null() & (USE == "1")),
    "name_use_partner": client(USE == "2"),
    "name_use_partner_first": client(USE == "3"),
    "name_use_own_first": client(USE == "4"),
    "house_letter": home(pl.col("Adres/Huis/Huisletter").is_not_null()),
    "house_designation": home(pl.col("Adres/Huis/AanduidingWoonadres").is_not_null()),
    "addition_valid": home(ADDITION.str.contains("^[A-Z0-9]+$")),
    "addition_lower": home(ADDITION.str.contains("^[A-Z0-9]*[a-z][A-Za-z0-9]*[^A-Za-z0-9]*$")),
    "addition_lossy": home(ADDITION.str.contains("[A-Za-z0-9][^A-Za-z0-9]+[A-Za-z0-9]")),
    "addition_nothing_left": home(~ADDITION.str.contains("[A-Za-z0-9]")),
    "no_phone": home(NUMBER_1.is_null()),
    "two_phones": home(NUMBER_2.is_not_null() & ~blank(LAND_1) & ~blank(LAND_2)),
    "phone_country_blank": home(NUMBER_2.is_not_null() & blank(LAND_1) & ~blank(LAND_2)),
    "phone_country_blank_only": home(NUMBER_2.is_null() & blank(LAND_1)),
    "secret": client(pl.col("GeheimeClient") == "1"),
    "partner": relation(SOORT == "12"),
    "partner_name": client(~blank(PARTNER)),
    "partner_name_blank": client(blank(PARTNER)),
    "ex04_partner_blank": relation((SOORT == "12") & blank(SURNAME)),
    "child_relation": relation(SOORT == "16"),
    "parent_relation": relation(SOORT == "10"),
    "mentor": relation(SOORT == "15"),
    "curator": relation(SOORT == "03"),
    "bewindvoerder": _organisation,
    "relation_phone_only": _phone_only,
    "relation_name_blank": relation((SOORT != "12") & blank(SURNAME)),
    "relation_number_blank": relation(blank(pl.col("Nummer"))),
    "ex04_unreachable": _unreachable,
    "email": home(pl.col("Emailadres").str.ends_with("@example.org")),
    "correspondence": contact("02"),
    "residence": contact("03"),
    "temporary": contact("04", pl.col("Periode/Begindatum").is_not_null()),
    "foreign": home(pl.col("Adres/LandCode") != "NL"),
    "civil_status": client(pl.col("BurgerlijkeStaat").is_not_null()),
    "huisarts": client(pl.col("Huisarts").is_not_null()),
    "ciz_code": client(pl.col("CizCode").is_not_null()),
    "bopz_admitted": client(pl.col("Bopz/Verklaring") == "1"),
    "bopz_other": client(pl.col("Bopz/Verklaring") != "1"),
    "juridical": client(pl.col("JuridischeStatus").is_not_null()),
    "interpreter": client(pl.col("Communicatie/Vorm") == "1"),
    "sign_language": client(pl.col("Communicatie/Vorm").is_in(["2", "3"])),
    "comment": client(REMARK.is_not_null() & ~REMARK.str.contains("[&<]")),
    "comment_markup": client(REMARK.str.contains("[&<]")),
}
"""Who has each trait, but for those of an ordinary person."""
