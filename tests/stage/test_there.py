"""Whoever is lit at any moment of a beat is asked for in it, and who is dark all through is not."""

from __future__ import annotations

import numpy as np

from performance.score.reader import read_text
from performance.stage.stage import stage_at
from performance.stage.there import there
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "first"
length = "6s"
fade = "2s"
stage.sky = { level = "0 -> 1 over 1s after 4s" }
stage.motes = { level = 1 }


[[beat]]
id = "second"
length = "6s"
fade = "2s"
stage.sky = { level = 0 }
stage.motes = { level = 0 }
"""
TIMELINE = Timeline(read_text(SCORE))


def test_who_is_lit_is_there() -> None:
    for t in np.linspace(0.0, 11.99, 97):
        lit = {name for name in ("sky", "motes") if TIMELINE.cue(f"stage.{name}", t).number("level") > 0.0}
        assert lit <= there(TIMELINE, t)
        assert (stage_at(TIMELINE, t).sky is not None) == ("sky" in lit)


def test_who_is_dark_all_through_is_not_asked() -> None:
    for t in (0.0, 3.0, 9.0):
        assert not {"house", "machine"} & there(TIMELINE, t)
