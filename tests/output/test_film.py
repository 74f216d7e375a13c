"""A film of a part has the very frames and samples that a film of the whole has there."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from performance.output import film as filming
from performance.output.film import Passage, cut, film
from performance.output.recorder import RATE
from performance.score.reader import read_score
from performance.timeline import Timeline

SIZE = (320, 180)


@pytest.fixture
def timeline(score: Path) -> Timeline:
    return Timeline(read_score(score))


@pytest.mark.parametrize("fps", [Fraction(60), Fraction(30), Fraction(24), Fraction(30000, 1001)])
def test_parts_of_a_piece_join_without_gap_or_overlap(timeline: Timeline, fps: Fraction) -> None:
    cuts = [0.0, 0.5, 1.7, 3.0, 4.123456, 6.0]
    parts = [Passage(timeline, a, b).frames(fps) for a, b in itertools.pairwise(cuts)]
    assert [n for part in parts for n in part] == list(Passage(timeline, 0.0, 6.0).frames(fps))
    assert len(Passage(timeline, 0.0, 6.0).frames(Fraction(30))) == 180


@pytest.mark.parametrize("fps", [Fraction(60), Fraction(30000, 1001), Fraction(24)])
def test_every_frame_owns_its_samples(
    monkeypatch: pytest.MonkeyPatch, timeline: Timeline, fps: Fraction
) -> None:
    def ruler(_: Timeline, a: float, b: float, gain: float) -> Iterator[np.ndarray]:  # type: ignore[type-arg]
        numbers = np.arange(round(a * RATE), round(b * RATE), dtype=np.float64)
        for start in range(0, len(numbers), 7000):
            yield np.stack([numbers[start : start + 7000]] * 2, axis=1)

    monkeypatch.setattr(filming, "pieces", ruler)
    monkeypatch.setattr(filming, "gain_of", lambda _: 1.0)
    frames = Passage(timeline, 1.3, 4.0).frames(fps)
    for n, block in zip(frames, cut(timeline, frames, fps), strict=True):
        assert block[0, 0] == round(n * RATE / fps)
        assert block[-1, 0] == round((n + 1) * RATE / fps) - 1


def decoded(path: Path) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    with av.open(str(path)) as one:
        frames = np.stack([frame.to_ndarray() for frame in one.decode(video=0)])
    with av.open(str(path)) as one:
        sound = np.concatenate([frame.to_ndarray() for frame in one.decode(audio=0)], axis=1)
    return frames, sound


def test_a_short_film_is_made_and_repeats_exactly(timeline: Timeline, tmp_path: Path) -> None:
    told: list[tuple[int, str]] = []
    made = film(
        tmp_path / "one.mp4",
        [Passage(timeline, 2.5, 3.5)],
        SIZE,
        Fraction(30),
        lambda n, beat: told.append((n, beat)),
    )
    assert (made.seconds, made.stopped) == (1.0, False)
    assert told == [(n, "first" if n <= 15 else "second") for n in range(1, 31)]
    film(tmp_path / "two.mp4", [Passage(timeline, 2.5, 3.5)], SIZE, Fraction(30))
    one, two = decoded(tmp_path / "one.mp4"), decoded(tmp_path / "two.mp4")
    np.testing.assert_array_equal(one[0], two[0])
    np.testing.assert_array_equal(one[1], two[1])
    assert one[0].max() > 60  # there is light
    assert np.abs(one[1]).max() > 0.001  # and sound


def test_fades_begin_and_end_in_the_dark(timeline: Timeline, tmp_path: Path) -> None:
    film(tmp_path / "one.mp4", [Passage(timeline, 1.0, 2.0, fade=0.3)], SIZE, Fraction(30))
    frames, _ = decoded(tmp_path / "one.mp4")
    luma = frames[:, : SIZE[1]].reshape(30, -1).max(axis=1)
    assert max(luma[0], luma[-1]) <= 24 < luma[15]


def test_ctrl_c_keeps_what_there_is(timeline: Timeline, tmp_path: Path) -> None:
    def told(done: int, _: str) -> None:
        if done == 20:
            raise KeyboardInterrupt

    path = tmp_path / "one.mp4"
    made = film(path, [Passage(timeline, 0.0, 6.0)], SIZE, Fraction(30), told)
    assert made.stopped
    assert len(decoded(path)[0]) == 20
    assert [one for one in tmp_path.iterdir() if one.suffix == ".mp4"] == [path]


def test_a_fault_leaves_nothing_behind(timeline: Timeline, tmp_path: Path) -> None:
    def told(done: int, _: str) -> None:
        if done == 5:
            raise RuntimeError("the roof fell in")

    with pytest.raises(RuntimeError, match="roof"):
        film(tmp_path / "one.mp4", [Passage(timeline, 0.0, 6.0)], SIZE, Fraction(30), told)
    assert not list(tmp_path.glob("*.mp4"))
    assert not list(tmp_path.glob(".*"))
