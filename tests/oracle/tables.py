"""The tables of the standard that its rules refer to, typed in."""


def _codes(written: str) -> frozenset[str]:
    return frozenset(written.split())


CLASSES_OF_FUNCTION = {
    "21 31 81": _codes("K1 K2 K3 K4 K5 K6 K7 K8"),
    "41": _codes("K0 K1 K2 K3 K4 K5 K6 K7"),
    "61 62 63 91": _codes("99"),
    "64 82": _codes("KD01 KD02 KD03 KD04 KD05 KD06 KD07 KD08 KD09"),
    "71": _codes("KE1 KE2 KE3 KE4 KE5 KE6 KE7"),
}
"""TR008: the classes that go with the codes of functies."""

HIGHEST_CLASS = {"21": "K8", "31": "K8", "41": "K7", "64": "KD09", "71": "KE7", "81": "K8", "82": "KD09"}
"""TR010: the class that may have an Opslag."""

STATUS_AFTER = {
    "2.1": {"12": "3 5", "17": "5", "19": "5", "21": "5", "18": "1 2", "20": "1 2 3"},
    "2.2": {"12": "3 5", "17": "5", "19": "5", "21": "5", "18": "2 6 7", "20": "2 3 6 7"},
}
"""TR046: the Leveringsstatus that go with a Mutatiecode."""

CLASSIFICATIONS = {
    "6": _codes("01 02 03 04 05 06 07 08"),
    "7": _codes("09 10 11 12"),
    "2": _codes("13 14 15 16 17 18 19"),
    "3": _codes("13 14 15 17 18 19"),
}
"""CS131: the classifications that go with a Leveringsstatus."""

SUBLISTS = {
    "014": _codes("04 05 06"),
    "019": _codes("07 08 09 10 11"),
    "021": _codes("01 02 03"),
    "023": _codes("12"),
    "024": _codes("13"),
}
"""CS014: the lists within a list of diagnoses."""

DISORDERS = frozenset(f"{code:02}" for code in range(1, 22))
DISORDERS_OF_SUBLIST = {
    "01": _codes("b110 b114 b117 b122 b126 b130 b134 b139 b140 b144 b147 b152 b156 b160 b164 b199"),
    "02": _codes("b210 b215 b220 b229 b230 b235 b270"),
    "03": _codes(
        "b310 b320 b340 b410 b415 b420 b430 b435 b440 b455 b469 b510 b515 b525 b535 b539 b540 b545 b550 b555 b559"
        " b610 b620 b639 b679 b710 b715 b729 b749 b750 b755 b760 b765 b789 b849 b869"
    ),
}
DISORDERS_OF_LIST = {
    "022": _codes("b117.0 b117.1 b117.2 b117.3 b117.4 b117.9"),
    "023": _codes("b210.1 b210.2 b210.3 b210.4 b210.9"),
    "024": _codes("b230.1 b230.2 b230.3 b230.4 b230.9"),
}
"""CS012: the disorders of a list."""

KEYS = {
    "Client": "Bsn",
    "Contact": "Soort",
    "Relatie": "Nummer",
    "Stoornis": "Grondslag DiagnoseCodelijst ZiektebeeldStoornis",
    "StoornisScore": "Vraag",
    "Beperking": "Categorie",
    "BeperkingScore": "Vraag",
    "GeindiceerdeFunctie": "FunctieCode Ingangsdatum",
    "GeindiceerdZorgzwaartepakket": "ZzpCode Ingangsdatum",
    "ToegewezenFunctie": "FunctieCode Instelling Ingangsdatum",
    "ToegewezenZorgzwaartepakket": "ZzpCode Instelling Ingangsdatum Leveringsvorm",
    "WachtlijstZorgzwaartepakket": "ZzpCode Instelling Ingangsdatum Leveringsvorm",
    "GeleverdeFunctie": "Besluitnummer FunctieCode ToewijzingIngangsdatum Begindatum Instelling",
    "GeleverdZorgzwaartepakket": "Besluitnummer ZzpCode ToewijzingIngangsdatum Begindatum Instelling Leveringsvorm",
    "MutatieFunctie": "Besluitnummer FunctieCode ToewijzingIngangsdatum Instelling Mutatiedatum",
    "MutatieZorgzwaartepakket": "Besluitnummer ZzpCode ToewijzingIngangsdatum Instelling Mutatiedatum Leveringsvorm",
    "AanvraagInstelling": "Instelling ToewijzingIngangsdatum",
    "GeleverdeZorg": "GeleverdeZorgID",
    "MutatieZorg": "MutatieZorgID",
}
"""TR101: the elements that together name a class among its siblings, as far as they are the same in 2.1 and 2.2."""

KEY_OF_AANVRAAG = {
    "2.1": "Besluitnummer ZzpCode Afgiftedatum",
    "2.2": "Besluitnummer ZzpCode Afgiftedatum Instelling",
}
KEY_ON_WAITING_LIST = "VolgnummerIndicatie"
KEY_OF_INDICATIE = "Afgiftedatum Besluitnummer"
