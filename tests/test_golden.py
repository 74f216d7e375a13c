"""Golden stills: the middle of every beat, and every thing by itself, look as they did when somebody last approved.

`pytest tests/test_golden.py --bless` writes them anew: look at them before you commit. Where one differs, the picture,
the golden one and their difference are written side by side into a folder that the failure names.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pygame
import pytest

from performance.house import scores
from performance.paint.picture import Picture
from performance.score.reader import read_score
from performance.score.things import THINGS as NAMES
from performance.timeline import Timeline

SIZE, THING_SIZE = (320, 180), (480, 270)
THINGS = Path(__file__).parent / "things.toml"  # one beat for each thing to see
GOLDEN = Path(__file__).parent / "golden"
TOLERANCE = 1.0  # display steps of 255, in the mean of a channel
WORST = 24.0  # in the mean of any block of 20 x 20 pixels
PIECES = {path.stem: (path, SIZE) for path in scores()} | {"things": (THINGS, THING_SIZE)}
BEATS = [(name, span.id) for name, (path, _) in PIECES.items() for span in Timeline(read_score(path)).beats]


@lru_cache(maxsize=1)
def picture(score: str) -> Picture:
    path, size = PIECES[score]
    return Picture(Timeline(read_score(path)), *size)


def painted(score: str, beat: str) -> np.ndarray:
    span = picture(score).timeline.beat(beat)
    width, height = PIECES[score][1]
    pixels = np.zeros((height, width, 4), np.uint8)
    picture(score).paint(span.start + span.length / 2, pixels)
    return pixels[..., 2::-1].copy()


def write(path: Path, rgb: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = np.ascontiguousarray(rgb.astype(np.uint8))
    pygame.image.save(pygame.image.frombuffer(data, (rgb.shape[1], rgb.shape[0]), "RGB"), path)


@pytest.mark.parametrize(("score", "beat"), BEATS)
def test_the_middle_of_a_beat_looks_as_approved(
    score: str, beat: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = GOLDEN / f"{score}-{beat}.png"
    now = painted(score, beat)
    if request.config.getoption("--bless"):
        write(path, now)
    approved = pygame.surfarray.array3d(pygame.image.load(path)).swapaxes(0, 1)
    apart = np.abs(now.astype(float) - approved)
    rows, columns = apart.shape[0] // 20, apart.shape[1] // 20
    whole = apart[: 20 * rows, : 20 * columns]
    blocks = whole.reshape(rows, 20, columns, 20, 3).mean((1, 3, 4))
    if apart.mean() > TOLERANCE or blocks.max() > WORST:
        shown = tmp_path / f"{score}-{beat}.png"
        write(shown, np.concatenate([now, approved, np.clip(apart * 4, 0, 255)], 1))
        pytest.fail(
            f"{beat} differs by {apart.mean():.2f} in the mean, {blocks.max():.1f} in one block: see {shown}"
        )


def test_every_thing_has_a_still_of_its_own() -> None:
    shown = {path for span in Timeline(read_score(THINGS)).beats for path in span.beat.settings}
    assert {f"stage.{name}" for name in NAMES} <= shown
