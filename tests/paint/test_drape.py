"""The house curtain: down it hides the house or lets it shine through, risen it leaves it free, in every picture."""

from __future__ import annotations

import numpy as np
import pytest

from performance.paint.drape import paint_drape
from performance.paint.frame import Frame
from performance.score.reader import read_text
from performance.stage.drape import Drape, drape_at
from performance.timeline import Timeline
from tests.paint.scenery import DARK, frame_of, sane

LINE = '[[beat]]\nid = "a"\nlength = "10s"\nfade = "0s"\nstage.drape = {{ {} }}'


def drape(said: str, t: float = 3.0) -> Drape | None:
    return drape_at(Timeline(read_text(LINE.format(said))).cue("stage.drape", t), t, 11)


def hung(said: str, width: int = 640, height: int = 360, behind: float = 0.5) -> Frame:
    frame = frame_of(width, height, DARK)
    frame.canvas.touch(0, 0, width, height)
    frame.canvas.crisp[...] = behind, behind, behind, 1.0
    found = drape(said)
    assert found is not None
    paint_drape(frame, found)
    return frame


def middle(frame: Frame) -> tuple[float, np.ndarray]:
    """How much of what was sharp is left in the middle, and the light of the cloth there."""
    c = frame.canvas
    crisp = c.crisp[c.height // 4 : c.height // 2, c.width * 2 // 5 : c.width * 3 // 5]
    field = c.field[
        c.field_height // 4 : c.field_height // 2, c.field_width * 2 // 5 : c.field_width * 3 // 5
    ]
    return float(crisp.mean()), field[..., :3].mean((0, 1))


def test_it_is_cloth_of_its_colour_and_hides_what_is_sharp() -> None:
    left, light = middle(hung("thin = 0, glow = 0"))
    seen, through = middle(hung("thin = 1, glow = 0"))
    assert left == pytest.approx(0.0, abs=1e-6) and seen == pytest.approx(0.0, abs=1e-6)
    assert through[2] > 4 * through[1] and through[2] > 10 * light[2]


def test_folds_darken_what_shines_through() -> None:
    c = hung("thin = 1, glow = 0").canvas
    row = c.field[c.field_height // 3, :, 2]
    assert row.max() > 4 * row.min()


def test_it_rises_out_of_sight_and_its_hem_hangs_between_the_lines() -> None:
    half = hung("rise = 0.5").canvas
    covered = half.crisp[: half.height - 1, :, 1].mean(1)
    assert covered[0] < 0.1 and covered[-2] == pytest.approx(0.5)
    found = drape("rise = 0.5")
    assert found is not None and found.lag > 0.1
    assert drape("rise = 1") is None


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (640, 200)])
@pytest.mark.parametrize("said", ["", "rise = 0.05", "rise = 0.6, level = 0.5"])
def test_it_fits_every_picture(size: tuple[int, int], said: str) -> None:
    frame = hung(said, *size)
    assert sane(frame)
    assert frame.canvas.crisp[0, [0, -1], 1].max() < 0.45


def test_the_same_on_any_number_of_threads() -> None:
    found = drape("rise = 0.3")
    assert found is not None
    one, two = frame_of(threads=1), frame_of(threads=2)
    for frame in (one, two):
        paint_drape(frame, found)
    assert np.array_equal(one.canvas.field, two.canvas.field)
    assert np.array_equal(one.canvas.crisp, two.canvas.crisp)
