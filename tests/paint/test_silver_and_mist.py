"""What is painted of the silver plain, its sky and its people: where it lies, and that nothing else is touched."""

from __future__ import annotations

import numpy as np

from performance.paint.picture import Picture
from performance.score.reader import read_text
from performance.timeline import Timeline

SIZE = (320, 180)
HORIZON_ROW = 115


def painted(settings: str, t: float = 8.0) -> np.ndarray:
    score = (
        f'[[beat]]\nid = "b"\nlength = "20s"\nfade = "0s"\nstage.spotlight = {{ level = 0 }}\n{settings}\n'
    )
    pixels = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    Picture(Timeline(read_text(score)), *SIZE).paint(t, pixels)
    return pixels[..., :3].astype(float)


def test_the_washes_lie_over_the_horizon_and_the_silver_mirrors_them() -> None:
    sky = painted("stage.watercolour = { light = 0.8, dawn = 0.8 }")
    both = painted("stage.watercolour = { light = 0.8, dawn = 0.8 }\nstage.silver = { swell = 0 }")
    assert sky[:HORIZON_ROW].mean() > 20 > sky[HORIZON_ROW + 8 :].mean()
    under = both[HORIZON_ROW + 4 : HORIZON_ROW + 24].mean((0, 2))
    over = both[HORIZON_ROW - 24 : HORIZON_ROW - 4].mean((0, 2))
    assert np.corrcoef(under, over)[0, 1] > 0.8


def test_dawn_is_golden_and_twilight_violet() -> None:
    late, early = (painted(f"stage.watercolour = {{ dawn = {dawn} }}")[:HORIZON_ROW] for dawn in (0.0, 1.0))
    assert early[..., 2].mean() > 1.3 * early[..., 0].mean()
    assert late[..., 0].mean() > 1.3 * late[..., 2].mean()


def test_mist_stands_on_the_plain_and_is_mirrored() -> None:
    plain = painted("stage.silver = { swell = 0 }")
    people = painted("stage.silver = { swell = 0 }\nstage.mist = { eyes = 0 }")
    more = (people - plain).mean(-1)
    assert more[HORIZON_ROW - 40 : HORIZON_ROW].max() > 20
    assert more[HORIZON_ROW + 5 : HORIZON_ROW + 40].max() > 10
    assert np.abs(more[:30]).max() < 8


def test_a_drawn_back_plain_is_a_line_of_light() -> None:
    line = painted("stage.watercolour = { light = 0.8, dawn = 0.8 }\nstage.silver = { reach = 0 }")
    assert line[HORIZON_ROW + 1 : HORIZON_ROW + 3].mean() > 4 * line[HORIZON_ROW + 20 :].mean()
