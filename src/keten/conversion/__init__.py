"""Content: makes 2.0 from 1.2, by the conversion rules (docs/conversion-rules.md), and accounts for everything."""

from keten.conversion.account.reporting import ASSIGNMENTS, FIGURES
from keten.conversion.handing_over import convert, converting
from keten.conversion.settings import Settings, with_file

__all__ = ["ASSIGNMENTS", "FIGURES", "Settings", "convert", "converting", "with_file"]
