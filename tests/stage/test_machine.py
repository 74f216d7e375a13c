"""The violin machine: its wheels are the ones that are heard, in mesh; its crystals are lit by their notes."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes import gears
from performance.score.reader import read_text
from performance.stage.drawing import Drawing
from performance.stage.stage import stage_at
from performance.stage.wheels import outline, shape, turned
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "machine"
length = "30s"
fade = "0s"
stage.machine = { built = "0 -> 1", far = 0.5 }
sound.gears = { teeth = "12 18+30 24", speed = 0.5 }
sound.pulses = { rate = 4 }
"""
TIMELINE = Timeline(read_text(SCORE))


def machine(t: float) -> Drawing:
    (drawing,) = stage_at(TIMELINE, t).drawings
    return drawing


@pytest.mark.parametrize("teeth", [12, 30, 48])
def test_a_wheel_has_its_teeth_between_root_and_tip(teeth: int) -> None:
    radius = np.hypot(*outline(teeth, 1.0, 0.3, (0.0, 0.0)).T)
    assert radius.max() < 1.0 + 2.0 / teeth and radius.min() > 1.0 - 2.2 / teeth
    assert (np.diff(np.sign(radius - 1.0)) > 0).sum() == teeth
    plates, faces = shape(teeth)
    assert len(plates) == len(faces) and np.isfinite(plates).all()


def test_a_turned_wheel_comes_round_to_itself() -> None:
    whole, _ = turned(20, 0.5, 0.1, (0.2, 0.3))
    again, _ = turned(20, 0.5, 0.1 + 2 * np.pi, (0.2, 0.3))
    np.testing.assert_allclose(whole, again, atol=1e-9)


def test_wheels_in_mesh_never_lie_over_one_another() -> None:
    wheels, angles = gears.wheels_at(TIMELINE, 7.3), gears.angles(TIMELINE, 7.3)
    first, second = (
        outline(w.teeth, w.radius, float(a), (w.x, w.y)) for w, a in zip(wheels[:2], angles[:2], strict=True)
    )
    gap = np.hypot(*(first[:, None] - second[None]).transpose(2, 0, 1)).min()
    assert gap > 0.02


def test_it_is_put_together_piece_by_piece() -> None:
    counts = [len(p.alpha) for t in (2.0, 15.0, 29.9) if (p := machine(t).panes) is not None]
    assert counts == sorted(counts) and counts[-1] > 1.5 * counts[0]


def test_its_crystals_flash_with_the_pulses() -> None:
    light = []
    for n in range(90):
        glints = machine(20.0 + n / 30).glints
        assert glints is not None
        light.append(float(glints.rays.sum()))
    assert max(light) > 1.5 * min(light)
