"""Direction: a round of trial conversions, measured, held against criteria and put on record: a computed Go or No-go."""

from keten.campaign.campaign_file import ACCOUNT, Campaign, Delivery, read_campaign
from keten.campaign.criteria import standard_criteria
from keten.campaign.deciding import Verdict
from keten.campaign.measuring import named_sources
from keten.campaign.round import FIGURES, Judged, judge
from keten.campaign.verifying import Verified, verify

__all__ = [
    "ACCOUNT",
    "FIGURES",
    "Campaign",
    "Delivery",
    "Judged",
    "Verdict",
    "Verified",
    "judge",
    "named_sources",
    "read_campaign",
    "standard_criteria",
    "verify",
]
