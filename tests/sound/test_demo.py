"""The demonstration names everything that is heard, by the time at which it is."""

from __future__ import annotations

import numpy as np

from performance.sound.demo import GAP, demonstration
from performance.sound.drips import Drips
from performance.sound.heart import Heart
from performance.sound.instrument import RATE
from performance.sound.loudness import Meter


def test_one_follows_the_other_equally_loud_and_ends_in_silence() -> None:
    shown = list(demonstration((Heart, Drips)))
    assert [one.name for one in shown] == ["drips", "heart"]
    assert shown[1].at == len(shown[0].sound) / RATE
    for one in shown:
        meter = Meter()
        meter.hear(one.sound)
        assert -30 < meter.integrated < -22.5
        assert np.abs(one.sound).max() < 0.85
        assert not one.sound[-round(0.9 * GAP * RATE) :].any()
        assert one.what.endswith(".") or len(one.what) > 20
