"""The rules (TR, CD, CS): what the data of a release demands of a message, and the modules for what no line can say."""

from keten.validation.rules.clients import ClientKeys
from keten.validation.rules.offences import Offence, Offences, Place
from keten.validation.rules.plan import Plan, plan
from keten.validation.rules.register import Register, read_register

__all__ = ["ClientKeys", "Offence", "Offences", "Place", "Plan", "Register", "plan", "read_register"]
