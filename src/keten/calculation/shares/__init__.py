"""The rekenmodule: what planned care costs against its budget, the share of each provider, and the AAT that asks for it."""

from keten.calculation.shares.asking import Asked, Refusal, ask
from keten.calculation.shares.calculating import Calculation, calculate
from keten.calculation.shares.given import WrongInput, read_json
from keten.calculation.shares.plan import Plan, plan_of
from keten.calculation.shares.practice import cases, find_case, mark
from keten.calculation.shares.reporting import DOELMATIG, ONDOELMATIG, report

__all__ = [
    "DOELMATIG",
    "ONDOELMATIG",
    "Asked",
    "Calculation",
    "Plan",
    "Refusal",
    "WrongInput",
    "ask",
    "calculate",
    "cases",
    "find_case",
    "mark",
    "plan_of",
    "read_json",
    "report",
]
