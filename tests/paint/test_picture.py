"""A picture is a function of time: the same by any way there, on any number of threads, at any size."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from performance.gestures import GestureLog, Move, Sweep
from performance.guard import Lenient
from performance.house import scores
from performance.paint.picture import Picture
from performance.paint.threads import Threads
from performance.score.reader import read_score
from performance.timeline import Timeline

SMALL = (320, 180)


@lru_cache
def timeline(name: str = "ice-instrument", seed: int | None = None) -> Timeline:
    (path,) = [path for path in scores() if path.stem == name]
    return Timeline(read_score(path), seed)


def painted(
    moments: list[float],
    size: tuple[int, int] = SMALL,
    threads: int = 2,
    seed: int | None = None,
    density: float = 1.0,
) -> list[np.ndarray]:
    picture = Picture(timeline(seed=seed), *size, density=density, threads=Threads(threads))
    frames = []
    for t in moments:
        pixels = np.zeros((size[1], size[0], 4), np.uint8)
        picture.paint(t, pixels)
        frames.append(pixels[..., :3].copy())
    return frames


def middles() -> list[float]:
    return [span.start + span.length / 2 for span in timeline().beats]


@pytest.mark.parametrize("index", range(12))
def test_jumping_there_equals_playing_there(index: int) -> None:
    t = middles()[index]
    before = [t + offset for offset in (-9.3, -0.1, -1 / 30)]
    assert np.array_equal(painted([*before, t])[-1], painted([t])[0])


@pytest.mark.parametrize("density", [0.75, 1.0])
def test_frames_do_not_depend_on_the_number_of_threads(density: float) -> None:
    moments = middles()[::3]
    one, three = (painted(moments, threads=threads, density=density) for threads in (1, 3))
    assert np.array_equal(one, three)


def test_a_picture_of_any_density_is_the_same_picture() -> None:
    """What is painted smaller and enlarged stays where it was: moved by a pixel, it would be less alike."""
    moments = middles()[1::6]
    whole = np.array(painted(moments, (480, 270))).astype(float)
    for density in (0.6, 2.0):
        other = np.array(painted(moments, (480, 270), density=density)).astype(float)
        apart = np.abs(other - whole).mean()
        assert apart < 3.5
        for axis in (1, 2):
            for step in (-1, 1):
                assert np.abs(np.roll(other, step, axis) - whole).mean() > apart


def test_another_seed_is_another_performance() -> None:
    moments = [middles()[k] for k in (4, 7, 8)]
    for one, other in zip(painted(moments, seed=1), painted(moments, seed=2), strict=True):
        assert np.abs(one.astype(int) - other.astype(int)).mean() > 0.5


@pytest.mark.parametrize("size", [(180, 320), (333, 251), (640, 180), (320, 320)])
def test_any_shape_of_frame_is_filled(size: tuple[int, int]) -> None:
    """Whatever the shape, the subject is there and no edge of the frame is left raw (exactly zero) as if cut off."""
    for frame in painted([middles()[k] for k in (0, 6, 8)], size):
        centre = frame[size[1] // 3 : 2 * size[1] // 3, size[0] // 3 : 2 * size[0] // 3]
        assert centre.mean() > 4
        for edge in (frame[0], frame[-1], frame[:, 0], frame[:, -1]):
            assert edge.max() > 0


def test_a_visitor_is_answered_on_the_next_frame() -> None:
    score = timeline().score
    t = timeline().beat("chorus-of-colour").start + 20.0
    pictures = []
    for gestures in ([], [Sweep(t - 1 / 60, -0.3, 0.5, 1.0, 1.5, 0.0)]):
        log = GestureLog(gestures)
        pixels = np.zeros((SMALL[1], SMALL[0], 4), np.uint8)
        Picture(Timeline(score, gestures=log), *SMALL).paint(t, pixels)
        pictures.append(pixels.astype(int))
    assert np.abs(pictures[0] - pictures[1]).max() > 20


def test_the_figure_follows_the_pointer() -> None:
    score = timeline().score
    t = timeline().beat("starlit-silence").start + 14.0
    places = []
    for u in (-0.4, 0.4):
        log = GestureLog([Move(t - 3.0 + k / 20, u, 0.7) for k in range(60)])
        stage = Picture(Timeline(score, gestures=log), *SMALL).paint(t, np.zeros((180, 320, 4), np.uint8))
        assert stage.performer is not None
        places.append(stage.performer.x)
    assert places[0] < -0.2 < 0.2 < places[1]


def test_one_failing_thing_is_left_out_and_the_rest_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fuse has blown")

    monkeypatch.setattr("performance.paint.layers.paint_floor", broken)
    guard = Lenient()
    pixels = np.zeros((180, 320, 4), np.uint8)
    Picture(timeline(), *SMALL, guard=guard).paint(middles()[0], pixels)
    assert list(guard.dropped) == ["floor"]
    assert pixels[:90, :, :3].max() > 60
    with pytest.raises(RuntimeError, match="fuse"):
        Picture(timeline(), *SMALL).paint(middles()[0], pixels)
