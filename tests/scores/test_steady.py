"""A piece may play for days: no frame asks for much memory, none is kept, and threads change no pixel."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from survey import NAMES, picture, stills, survey, timeline

from performance.paint.density import live
from performance.paint.picture import Picture
from performance.paint.threads import Threads
from performance.timeline import BeatSpan

LARGE = (1920, 1080)
MB = 1e6
AT_ONCE = 2.0 * MB  # all that a frame may hold at one time, in hundreds of pieces; a picture is 3.7
KEPT = 0.25 * MB  # that may be left from one time through a piece to the next
WARM, MEASURED = 2, 2  # frames


@contextmanager
def traced() -> Iterator[None]:
    """Memory is watched, numpy's too."""
    gc.collect()
    tracemalloc.start(1)
    try:
        yield
    finally:
        tracemalloc.stop()


def asked_for(name: str, spans: Iterable[BeatSpan]) -> dict[str, float]:
    """The most memory that a frame in the middle of each beat asks for, in bytes, once it is under way."""
    large = Picture(timeline(name), *LARGE, density=live(LARGE))
    pixels = np.zeros((LARGE[1], LARGE[0], 4), np.uint8)
    most = {}
    for span in spans:
        times = [span.start + span.length / 2 + n / 60 for n in range(WARM + MEASURED)]
        for t in times[:WARM]:
            large.paint(t, pixels)
        with traced():
            most[span.id] = max(_growth(large, t, pixels) for t in times[WARM:])
    return most


def _growth(large: Picture, t: float, pixels: np.ndarray) -> int:
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    large.paint(t, pixels)
    return tracemalloc.get_traced_memory()[1] - before


@pytest.mark.parametrize("name", NAMES)
def test_no_frame_asks_for_much(name: str) -> None:
    spans = timeline(name).beats
    much = {beat: asked for beat, asked in asked_for(name, spans[3::6]).items() if asked > AT_ONCE}
    assert not much, much


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_no_frame_of_any_beat_asks_for_much(name: str) -> None:
    asked = asked_for(name, timeline(name).beats)
    much = {beat: some for beat, some in asked.items() if some > AT_ONCE}
    assert not much, much


def left_after(name: str, times: np.ndarray, rounds: int) -> list[int]:
    """Bytes in use after each time through, the first left out."""
    small, left = picture(timeline(name)), []
    stills(small, times)
    with traced():
        for _ in range(rounds):
            stills(small, times)
            gc.collect()
            left.append(tracemalloc.get_traced_memory()[0])
    return left


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_kept_of_what_was_shown(name: str) -> None:
    middles = np.array([span.start + span.length / 2 for span in timeline(name).beats[::3]])
    first, second = left_after(name, middles, 2)
    assert second - first < KEPT


@pytest.mark.soak
@pytest.mark.parametrize("name", NAMES)
def test_memory_is_flat_over_an_hour(name: str) -> None:
    """An hour of the piece, over and over, a frame a second."""
    left = left_after(name, survey(name).times, round(3600 / timeline(name).length))
    assert max(left[1:]) - left[0] < KEPT


def spoilt(make: Callable[..., np.ndarray]) -> Callable[..., np.ndarray]:
    """What makes arrays, with something in each that cannot be overlooked."""

    def made(*given: Any, **named: Any) -> np.ndarray:
        array = make(*given, **named)
        if array.dtype.kind == "f":
            array[...] = np.nan
        return array

    return made


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_read_that_was_not_written(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An array that nobody has filled may hold anything: who reads it paints a black patch one evening."""
    for maker in ("empty", "empty_like"):
        monkeypatch.setattr(np, maker, spoilt(getattr(np, maker)))
    small = Picture(timeline(name), 480, 270, density=live((480, 270)), threads=Threads(1))
    pixels, canvas, wrong = np.zeros((270, 480, 4), np.uint8), small.canvas, []
    for span in timeline(name).beats:
        for share in (0.01, 0.4, 0.9):
            small.paint(span.start + share * span.length, pixels)
            if any(np.isnan(light).any() for light in (canvas.crisp, canvas.field, canvas.air)):
                wrong.append((span.id, share))
                small = Picture(timeline(name), 480, 270, density=live((480, 270)), threads=Threads(1))
                canvas = small.canvas
    assert not wrong, wrong


@pytest.mark.parametrize("name", NAMES)
def test_frames_do_not_depend_on_the_number_of_threads(name: str) -> None:
    """Nor on what was painted before: here there are three threads, and only the middles of beats."""
    looked = survey(name)
    at = [looked.middle(span) for span in looked.timeline.beats]
    again = stills(picture(looked.timeline, threads=3), looked.times[at])
    differing = [
        span.id
        for span, one, other in zip(looked.timeline.beats, looked.frames[at], again)
        if (one != other).any()
    ]
    assert not differing, differing


class Divided(Threads):
    """Paints everything twice, at once and in bands, and notes the kernels of which a number depends on that."""

    def __init__(self) -> None:
        super().__init__(1)
        self.unlike: set[str] = set()

    def bands(self, rows: int, kernel: Any, *arguments: Any, least: int = 1) -> None:
        """All rows at once, then from three places on."""
        held = [one for one in arguments if isinstance(one, np.ndarray)]
        before = [one.copy() for one in held]
        kernel(0, rows, *arguments)
        whole = [one.copy() for one in held]
        for one, was in zip(held, before):
            one[...] = was
        cuts = [0, rows // 5, rows // 2 + 1, rows]
        for first, end in pairwise(cuts):
            if first < end:
                kernel(first, end, *arguments)
        if any(one.tobytes() != was.tobytes() for one, was in zip(held, whole)):
            self.unlike.add(kernel.dispatcher.py_func.__name__)


@pytest.mark.parametrize("name", NAMES)
def test_no_number_depends_on_where_a_band_begins(name: str) -> None:
    threads = Divided()
    small = Picture(timeline(name), 480, 270, density=live((480, 270)), threads=threads)
    pixels = np.zeros((270, 480, 4), np.uint8)
    for span in timeline(name).beats[::2]:
        small.paint(span.start + 0.6 * span.length, pixels)
    assert not threads.unlike, threads.unlike
