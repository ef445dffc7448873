"""Direction: trial conversions of one or many zorgkantoren, held against criteria: a computed Go or No-go."""

from keten.rehearsal.campaign import Campaign, Delivery, read_campaign
from keten.rehearsal.criteria import standard_criteria
from keten.rehearsal.judging import Judged, judge
from keten.rehearsal.rehearsed import Rehearsal
from keten.rehearsal.rehearsing import PAGE, rehearse
from keten.rehearsal.scenarios import scenarios
from keten.rehearsal.verifying import Verified, verify

__all__ = [
    "PAGE",
    "Campaign",
    "Delivery",
    "Judged",
    "Rehearsal",
    "Verified",
    "judge",
    "read_campaign",
    "rehearse",
    "scenarios",
    "standard_criteria",
    "verify",
]
