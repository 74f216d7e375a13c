"""What a beat is said to need is all that painting it uses, and not everything there is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

from performance.compiled import KERNELS
from performance.house import scores
from performance.paint.needs import files_shown, kernels_of, length
from performance.paint.picture import REHEARSED, Picture
from performance.score.reader import read_score
from performance.timeline import Timeline

SIZE = (320, 180)
SCORES = [path.stem for path in scores()]


@cache
def timeline(score: str) -> Timeline:
    return Timeline(read_score(next(path for path in scores() if path.stem == score)))


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The kernels that are asked whether they are ready, as each is before it is called; emptied by the test."""
    found: set[str] = set()
    kind: Any = type(next(iter(KERNELS.values())))
    compiles, names = kind.ready, {id(kernel): name for name, kernel in KERNELS.items()}

    def ready(kernel: Any) -> None:
        found.add(names[id(kernel)])
        if not kernel.dispatcher.overloads:
            compiles(kernel)
        kernel.compiled = False  # so that the next call asks again

    monkeypatch.setattr(kind, "ready", ready)
    before = {name: kernel.compiled for name, kernel in KERNELS.items()}
    for kernel in KERNELS.values():
        kernel.compiled = False
    yield found
    for name, kernel in KERNELS.items():
        kernel.compiled = before[name] or bool(kernel.dispatcher.overloads)


@pytest.mark.parametrize("score", SCORES)
def test_painting_a_beat_uses_what_it_is_said_to_need(score: str, used: set[str]) -> None:
    piece = timeline(score)
    picture, pixels = Picture(piece, *SIZE), np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    for beat in piece.beats:
        used.clear()
        for share in REHEARSED:
            picture.paint(beat.start + share * beat.length, pixels)
        assert used <= set(kernels_of(piece, beat.start, beat.end)), beat.id


def test_a_beat_does_not_need_everything() -> None:
    piece = timeline("ice-instrument")
    first = piece.beats[0]
    needed = kernels_of(piece, first.start, first.end)
    assert sum(map(length, needed)) < 0.6 * sum(map(length, KERNELS))
    assert "performance.paint.finish.finish_rows" in needed
    assert "performance.stage.swarm.fly" not in needed  # although what every picture imports imports it
    assert "orchids" in files_shown(piece, *span(piece, "orchid-forest"))
    assert "orchids" not in files_shown(piece, first.start, first.end)


def test_what_takes_long_is_named_first() -> None:
    piece = timeline("ice-instrument")
    lengths = [length(name) for name in kernels_of(piece, *span(piece, "shatter"))]
    assert lengths == sorted(lengths, reverse=True)


def span(piece: Timeline, name: str) -> tuple[float, float]:
    beat = piece.beat(name)
    return beat.start, beat.end
