"""HTML: the form for reading and handing on; one file, charts inline, without scripts or network."""

import polars as pl

from keten.acceptance.codes import codes
from keten.acceptance.judgement import Judgement
from keten.core.pages import render as render_page

SHOWN = 20
"""Findings shown per code; `--format csv` lists them all."""


def render(judgement: Judgement) -> str:
    """The page."""
    findings = judgement.findings
    groups = [
        (codes()[code], number, findings.filter(pl.col("code") == code).head(SHOWN).to_dicts())
        for code, number in judgement.figures["codes"].items()
    ]
    most = sorted(judgement.figures["codes"].items(), key=lambda one: (-one[1], one[0]))
    return render_page(
        "keten.acceptance",
        "judgement.html",
        judgement=judgement,
        figures=judgement.figures,
        rows=[(f"{code} {codes()[code].title}", number) for code, number in most],
        resent=[one for one in judgement.figures["receivers"] if one.keys() - {"sender", "receiver", "counts"}],
        groups=groups,
    )
