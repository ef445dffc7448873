"""Values at which rules turn (turning.yaml)."""

from pathlib import Path

import yaml

TURNING: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("turning.yaml").read_text(encoding="utf-8"))

AROUND = " ", "\n", "\t", "  ", "\r", "\xa0", "\u2003", "\x85"
"""White space, and what some take for it."""
