"""Messages made for the tests of this room: random and right, with a header of one's own."""

from random import Random

from keten.standard import load
from tests.generating import PLAIN, Part, document, written


def message(
    reference: str, name: str, *, dagtekening: str = "2018-04-05", retour: str = "", clients: int = 2, seed: int = 0
) -> bytes:
    """A valid message of a release, with its Dagtekening (and a reply's own)."""
    release, random = load(reference), Random(seed)
    made = document(release, name, random, clients=clients, ordinary=True)
    header = made.parts[0]
    _inner(_inner(header, "BerichtIdentificatie"), "Dagtekening").text = dagtekening
    _inner(_inner(header, "BerichtIdentificatie"), "Identificatie").text = "VRAAG1"
    if retour:
        _inner(header, "DagtekeningRetour").text = retour
    return written(release, made, PLAIN, random)


def _inner(part: Part, name: str) -> Part:
    return next(inner for inner in part.parts if inner.name == name)
