"""Things of light alone: a spiral that grows from its foot, a burst for every note and none without."""

from __future__ import annotations

import numpy as np
import pytest

from performance.score.reader import read_text
from performance.stage.bursts import LASTS
from performance.stage.drawing import Drawing
from performance.stage.stage import stage_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "plays"
length = "40s"
fade = "0s"
stage.spiral = { grow = "0 -> 1", thrum = 0.5, held = 0, size = 0.5 }
stage.bursts = { of = "struck" }
sound.struck = { play = "<d3 f#4 d6>", every = "10s" }
"""
TIMELINE = Timeline(read_text(SCORE))


def drawings(t: float) -> tuple[Drawing, ...]:
    return stage_at(TIMELINE, t).drawings


def spiral(t: float) -> Drawing:
    return drawings(t)[-1]


def test_the_spiral_grows_from_its_foot() -> None:
    tops = [max(float(lines.place[..., 1].max()) for lines in spiral(t).lines) for t in (4.0, 20.0, 39.9)]
    assert tops == sorted(tops)
    assert tops[-1] == pytest.approx(0.1 + 0.5, abs=0.08)


def test_its_crystals_are_laid_from_the_back_to_the_front() -> None:
    panes = spiral(39.9).panes
    assert panes is not None
    depth = panes.place.reshape(-1, 4, 3, 3)[..., 2].mean((1, 2))
    assert np.corrcoef(np.arange(len(depth)), depth)[0, 1] < -0.9


@pytest.mark.parametrize(("onset", "kind"), [(0.0, "ripples"), (10.0, "fire"), (20.0, "drops")])
def test_each_note_bursts_in_its_own_way_and_is_gone_in_time(onset: float, kind: str) -> None:
    early, late = drawings(onset + 0.4), drawings(onset + LASTS + 0.1)
    assert {9: "ripples", 110: "fire", 34: "drops"}[len(early[0].lines[0].width)] == kind
    assert late[0].lines == () and late[0].glows is None


def test_all_of_it_is_finite_and_in_the_house() -> None:
    for t in np.arange(0.1, 39.0, 0.7):
        for drawing in drawings(float(t)):
            for lines in drawing.lines:
                assert np.isfinite(lines.place).all() and np.isfinite(lines.colour).all()
                assert np.abs(lines.place).max() < 4.0


def test_cracks_run_out_from_the_blow_and_close_again() -> None:
    score = '[[beat]]\nid = "ice"\nlength = "10s"\nfade = "0s"\nstage.fissures = { run = "0 -> 1 -> 0" }\n'
    timeline = Timeline(read_text(score))

    def lit(t: float) -> float:
        return sum(
            float((lines.colour > 0.01).mean()) for d in stage_at(timeline, t).drawings for lines in d.lines
        )

    assert lit(0.8) < lit(2.0) < lit(4.9)
    assert lit(9.5) < 0.2 * lit(4.9)
