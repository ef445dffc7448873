"""Content: makes 2.0 from 1.2, by the conversion rules (docs/conversion-rules.md), and accounts for everything."""

from keten.conversion.converting import Conversion, convert
from keten.conversion.folder import FIGURES
from keten.conversion.reporting import ASSIGNMENTS, hand_over
from keten.conversion.settings import Settings, with_file

__all__ = ["ASSIGNMENTS", "FIGURES", "Conversion", "Settings", "convert", "hand_over", "with_file"]
