"""A drop that strikes when it is heard, and crystals that are lit by the pulses that are heard."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.lineage import rings
from performance.causes.pulses import lit
from performance.score.reader import read_text
from performance.stage.crests import WIDE
from performance.stage.drawing import Drawing
from performance.stage.silver import FAINT, SPEED
from performance.stage.stage import stage_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "dark"
length = "30s"
fade = "0s"
stage.silver = { metal = 0, rings = 1 }
stage.drop = { size = 1 }
sound.drop = { at = "6s" }

[[beat]]
id = "wakes"
length = "20s"
fade = "0s"
stage.drop = { level = 0 }
stage.crystals = { rest = 0 }
sound.pulses = { rate = 2, count = 12 }
"""
TIMELINE = Timeline(read_text(SCORE))


def drawing(t: float) -> Drawing:
    (found,) = stage_at(TIMELINE, t).drawings
    return found


def height(t: float) -> float:
    return float(np.mean([lines.place[..., 1].mean() for lines in drawing(t).lines[:2]]))


def test_the_drop_hangs_falls_and_strikes_as_it_is_heard() -> None:
    assert height(4.5) > 0.4
    assert height(4.5) - height(4.7) < 0.05 < height(5.7) - height(5.95)
    assert height(5.99) < 0.05
    assert not drawing(1.0).lines


def test_the_plain_answers_every_echo_with_a_ring() -> None:
    silver = stage_at(TIMELINE, 12.0).silver
    assert silver is not None
    echoes = [ring for ring in rings(TIMELINE, 12.0 - 5.5, 12.0 + 1e-9) if ring.heft > FAINT]
    assert len(silver.rings) == len(echoes) > 0


def test_a_ring_widens_as_fast_as_the_plains_own_and_goes_out() -> None:
    def rings_seen(t: float) -> list[np.ndarray]:
        return [one.place for one in drawing(t).lines if one.place.shape[1] == WIDE]

    (first, second), (later, _) = rings_seen(6.4), rings_seen(6.8)
    assert np.ptp(first[0, :, 0]) == pytest.approx(2 * SPEED * 0.4, rel=0.01)
    assert np.ptp(later[0, :, 0]) > np.ptp(first[0, :, 0]) > np.ptp(second[0, :, 0])
    assert not first[..., 1].any()
    lone = Timeline(read_text(SCORE.replace('at = "6s"', 'at = "6s", most = 1')))
    assert stage_at(lone, 9.0).drawings[0].lines and not stage_at(lone, 12.0).drawings[0].lines


def test_crystals_flash_when_they_are_heard() -> None:
    pulses = [pulse for pulse in lit(TIMELINE, 35.0, 45.0) if pulse.level > 0.2]
    assert len(pulses) > 5
    for pulse in pulses[:6]:
        before, after = (drawing(pulse.t + d).glints for d in (-0.02, 0.02))
        assert before is not None and after is not None
        assert after.colour[pulse.crystal].sum() > before.colour[pulse.crystal].sum()
