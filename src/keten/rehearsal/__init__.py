"""Direction: trial conversions of one or many zorgkantoren, held against criteria: a computed Go or No-go."""

from keten.rehearsal.campaign import Campaign, Delivery, read_campaign
from keten.rehearsal.criteria import standard_criteria
from keten.rehearsal.evidence import seal
from keten.rehearsal.judging import Judged, judge
from keten.rehearsal.rehearsed import rehearsal_page
from keten.rehearsal.rehearsing import Rehearsal, rehearse
from keten.rehearsal.scenarios import scenarios
from keten.rehearsal.verifying import verify

__all__ = [
    "Campaign",
    "Delivery",
    "Judged",
    "Rehearsal",
    "judge",
    "read_campaign",
    "rehearsal_page",
    "rehearse",
    "scenarios",
    "seal",
    "standard_criteria",
    "verify",
]
