"""The audience from behind as sprites: who was baked, row by row, ready for the kernel that lays them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.paint import relief
from performance.paint.cache import kept
from performance.paint.canvas import Bytes
from performance.paint.people import LANES
from performance.paint.relief import sprite
from performance.stage import bust, hair, seats
from performance.stage.seats import row_people, row_size

NEAR_BLUR = 0.011  # of a head in the nearest rows: the stage is in focus, they are not
MADE_BY = mark_of(__file__, *(module.__file__ for module in (bust, hair, relief, seats)))
SOLID = 253  # alpha that hides what is behind


@dataclass(frozen=True, slots=True)
class Crowd:
    """All the people of some rows, one after the other in flat arrays.

    table: (people, 4) where pixels and spans begin, width and height; answers and colours: four bytes of a pixel in
    one number; spans: see spans_of. `first` is where a row begins.
    """

    table: NDArray[np.int64]
    answers: NDArray[np.uint32]
    colours: NDArray[np.uint32]
    release: Bytes
    spans: NDArray[np.int16]
    first: NDArray[np.int64]


def bake_row(row: int, head: float) -> dict[str, NDArray[Any]]:
    """Everybody of one row, with heads of `head` pixels."""
    softness = NEAR_BLUR * head * max(row - 2, 0) / 5
    with ThreadPoolExecutor(2) as pool:
        people = list(pool.map(lambda person: sprite(row, person, head, softness), range(row_people(row))))
    answers, colours, release = (np.stack([p[k] for p in people]) for k in range(3))
    spans = spans_of(answers[..., 3])
    return {"answers": answers, "colours": colours, "release": release, "spans": spans}


def spans_of(alpha: NDArray[Any]) -> NDArray[np.int16]:
    """(..., h, 4) of sprites' alpha (..., h, w): where a row begins and ends, and where the longest piece of it does
    that hides what is behind."""
    w = alpha.shape[-1]
    column = np.arange(w)
    there, open_ = alpha > 1, alpha < SOLID
    left, right = np.where(there, column, w).min(-1), np.where(there, column + 1, 0).max(-1)
    run = column - np.maximum.accumulate(np.where(open_, column, -1), -1)
    end = run.argmax(-1) + 1
    return np.stack([left, right, end - run.max(-1), end], -1).astype(np.int16)


def joined(arrays: list[NDArray[Any]]) -> NDArray[Any]:
    """All of them, flat, pixels of four bytes as one number, and room for a few more to be read at the end."""
    flat = np.concatenate([*(a.ravel() for a in arrays), np.zeros(4 * LANES, arrays[0].dtype)])
    return flat.view(np.uint32) if arrays[0].ndim == 4 else flat


@lru_cache(maxsize=2)
def crowd(unit: int, rows: int) -> Crowd:
    """The people of the first `rows` rows for a picture of `unit` pixels a picture height."""
    baked: list[dict[str, NDArray[Any]]] = []
    table: list[tuple[int, ...]] = []
    first: list[int] = []
    pixels = lines = 0
    for row in range(rows):

        def make(row: int = row) -> dict[str, NDArray[Any]]:
            return bake_row(row, row_size(row) * unit)

        arrays = kept("audience", (row, unit), make, MADE_BY)
        baked.append(arrays)
        first.append(len(table))
        people, h, w = arrays["release"].shape
        for _ in range(people):
            table.append((pixels, 4 * lines, w, h))
            pixels, lines = pixels + h * w, lines + h
    flat = {name: joined([a[name] for a in baked]) for name in baked[0]}
    return Crowd(np.array(table, np.int64), **flat, first=np.array(first, np.int64))
