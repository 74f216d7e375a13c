"""A strobe keeps to the heart, and never to more of it than eyes can bear."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.heart import heart_beats
from performance.causes.strobe import REST, flashes, lit
from performance.score.reader import read_text
from performance.timeline import Timeline

TEXT = '[[beat]]\nid = "a"\nlength = "12s"\nfade = "0s"\nsound.heart = { rate = %d }\n'


@pytest.mark.parametrize("rate", [50, 96, 130, 200])
def test_no_second_holds_more_than_two_flashes(rate: int) -> None:
    timeline = Timeline(read_text(TEXT % rate))
    found = np.array(flashes(timeline, 11.9))
    assert (np.diff(found) >= REST).all()
    assert all(((found >= t) & (found < t + 1.0)).sum() <= 2 for t in np.arange(0.0, 11.0, 0.05))
    assert set(found) <= {beat.first for beat in heart_beats(timeline, 0.0, 12.0)}


def test_it_is_lit_as_the_heart_beats_and_dark_between() -> None:
    timeline = Timeline(read_text(TEXT % 60))
    beat = flashes(timeline, 6.0)[-1]
    assert lit(timeline, beat + 0.02) == 1.0
    assert lit(timeline, beat + 0.6) < 0.02


def test_without_a_heart_the_lamp_stays_lit() -> None:
    assert lit(Timeline(read_text('[[beat]]\nid = "a"\nlength = "4s"\n')), 2.0) == 1.0
