"""Every exception of ours can be sent to another process, as a worker does with what stopped its task."""

import importlib
import pickle
import pkgutil
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

import keten
from keten.core import KetenError
from keten.messages.defects import Defect, Refused
from keten.standard import load
from keten.validation import Interrupted, validate
from tests.product.test_validate import TEXT
from tests.product.test_validate_answers import Stopped


def ours() -> list[type[BaseException]]:
    """The exceptions that are defined in any module, by name."""
    for module in pkgutil.walk_packages(keten.__path__, "keten."):
        importlib.import_module(module.name)
    found, waiting = set[type[BaseException]](), [BaseException]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            found |= {one} if one.__module__.startswith("keten.") else set()
    return sorted(found, key=lambda one: f"{one.__module__}.{one.__qualname__}")


def refused() -> Refused:
    """As the exact reader raises it, about a value of a type with codes."""
    kind = load("2.0").types["LDT_JaNee"]
    return Refused(Defect("value", "/Naam", client=2, name="JaNee", type=kind, detail="It is something else."))


def interrupted() -> Interrupted:
    """As a judgement that is stopped raises it."""
    begin, end = TEXT.index(b"<m:Client>"), TEXT.rindex(b"</m:Clienten>")
    with pytest.raises(Interrupted) as stopped:
        validate(Stopped(TEXT[:begin] + TEXT[begin:end] * 1000))
    return stopped.value


MADE: Mapping[type[BaseException], Callable[[], BaseException]] = {Refused: refused, Interrupted: interrupted}
"""How those are made that are not made of a text; one that is added with arguments of its own must be named here."""


def instances(kind: type[BaseException]) -> list[BaseException]:
    """An exception as it is raised: with a text, and where it is possible with a hint of its own."""
    if kind in MADE:
        return [MADE[kind]()]
    hinted = [kind("It broke.", hint="Mend it.")] if issubclass(kind, KetenError) else []
    return [kind("It broke."), *hinted]


def sent(error: BaseException) -> BaseException:
    """What comes out of another process; without what dask teaches pickle of exceptions, which our workers do not load."""
    stream = BytesIO()
    pickler = pickle.Pickler(stream)
    pickler.dispatch_table = {}
    pickler.dump(error)
    came = pickle.loads(stream.getvalue())
    assert isinstance(came, BaseException)
    return came


@pytest.mark.parametrize("kind", ours(), ids=lambda kind: kind.__qualname__)
def test_an_exception_comes_out_of_another_process_as_it_went_in(kind: type[BaseException]) -> None:
    """Its kind, its text, and all that it bears, such as the hint, the defect or the report."""
    for error in instances(kind):
        came = sent(error)
        assert (type(came), str(came), came.args, vars(came)) == (type(error), str(error), error.args, vars(error))


def test_the_exceptions_are_found_in_all_rooms() -> None:
    """Those of the ground, of rooms with a worker, and those that are no KetenError."""
    assert {KetenError, Refused, Interrupted} < set(ours())
