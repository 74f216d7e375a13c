"""The guests of a house as sprites: modelled once, as large as the nearest row needs them, and made small for the rows
behind; kept between runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.paint import faces, features, relief
from performance.paint.cache import kept
from performance.paint.crowd import Crowd, joined, spans_of
from performance.paint.faces import Model, guests, modelled, nose
from performance.paint.relief import ONE, Single
from performance.stage import arms, bust, hair, seating
from performance.stage.arms import APART, HALFWAY, LIFTING, POSES, REACHING

FINEST = 100  # pixels of a head: what is larger is enlarged
SMALL = 0.27  # of a model: smaller people are made from one of half the size, with fewer arms on their way
FEWER = {LIFTING: APART, REACHING: HALFWAY}
MADE_BY = mark_of(__file__, *(module.__file__ for module in (faces, arms, bust, features, hair, relief)))


def _halved(model: Model) -> Model:
    """The same, half as large."""
    h, w = model.values.shape[:2]
    even = np.zeros((h + h % 2, w + w % 2, 7), np.float32)
    even[:h, :w] = model.values
    quarter = even.reshape(len(even) // 2, 2, -1, 2, 7).sum((1, 3)) * np.float32(0.25)
    return replace(model, values=quarter, head=model.head / 2)


def _shrunk(picture: Single, edges: NDArray[np.float64]) -> Single:
    """Rows of (H, ...) averaged between `edges` (h + 1,), places counted in rows; nothing lies outside."""
    total = np.concatenate([np.zeros_like(picture[:1]), np.cumsum(picture, 0, dtype=np.float32)])
    at = np.clip(edges, 0, len(picture))
    low = np.minimum(at.astype(np.int64), len(picture) - 1)
    part = (at - low).astype(np.float32).reshape(-1, *[1] * (picture.ndim - 1))
    sums = total[low] + (total[low + 1] - total[low]) * part
    return np.asarray(np.diff(sums, axis=0) / np.float32(edges[1] - edges[0]), np.float32)


def _sprite(model: Model, head: float) -> tuple[Any, Any, tuple[int, int]]:
    """A model made small for heads of `head` pixels: (h, w, 4) bytes of answers and alpha, (h, w, 4) of colour, and
    where its corner lies, in pixels from the middle of the head."""
    (high, wide), per = model.values.shape[:2], model.head
    y0, x0 = int(np.floor(model.top * head)) - 1, int(np.floor(model.left * head)) - 1
    h = int(np.ceil((model.top + high / per) * head)) + 1 - y0
    w = int(np.ceil((model.left + wide / per) * head)) + 1 - x0
    small = _shrunk(model.values, ((y0 + np.arange(h + 1)) / head - model.top) * per)
    small = _shrunk(small.swapaxes(0, 1), ((x0 + np.arange(w + 1)) / head - model.left) * per).swapaxes(0, 1)
    answers = small[..., :4].copy()
    answers[..., :3] = np.sqrt(np.clip(answers[..., :3] / ONE, 0, 1))
    bytes_ = (np.clip(answers, 0, 1) * 255 + 0.5).astype(np.uint8)
    bgr = np.zeros((h, w, 4), np.uint8)
    bgr[..., :3] = np.clip((small[..., 4:] / np.maximum(small[..., 3:4], 0.02))[..., ::-1], 0, 1) * 255 + 0.5
    return bytes_, bgr, (x0, y0)


def _everybody(head: float, models: list[list[Model]], halves: list[list[Model]]) -> list[Any]:
    """A row's sprites: everybody's in every pose; of who is small, arms on their way share one."""
    small = head < SMALL * models[0][0].head
    found = []
    for poses in halves if small else models:
        made = {pose: _sprite(poses[pose], head) for pose in POSES if not (small and pose in FEWER)}
        found += [made[FEWER.get(pose, pose) if small else pose] for pose in POSES]
    return found


def bake(unit: int) -> dict[str, NDArray[Any]]:
    """All rows for a picture of `unit` pixels a picture height."""
    sizes = [seating.row_size(row) * unit for row in range(seating.ROWS)]
    finest = float(np.clip(2 * sizes[-1], 30, FINEST))
    with ThreadPoolExecutor(2) as pool:
        models = list(pool.map(lambda guest: modelled(guest, finest), guests()))
        halves = [[_halved(model) for model in poses] for poses in models]
        rows = list(pool.map(lambda head: _everybody(head, models, halves), sizes))
    found = [(sprite, head) for row, head in zip(rows, sizes, strict=True) for sprite in row]
    places: dict[int, tuple[int, ...]] = {}  # a sprite that several share is kept once
    kept_, table, pixels, lines = [], [], 0, 0
    for sprite, _ in found:
        if id(sprite) not in places:
            h, w = sprite[1].shape[:2]
            places[id(sprite)] = (pixels, 4 * lines, w, h)
            pixels, lines = pixels + h * w, lines + h
            kept_.append(sprite)
        table.append(places[id(sprite)])
    return {
        "answers": np.concatenate([s[0].reshape(-1, 4) for s in kept_]),
        "colours": np.concatenate([s[1].reshape(-1, 4) for s in kept_]),
        "spans": np.concatenate([spans_of(s[0][..., 3]) for s in kept_]),
        "table": np.array(table, np.int64),
        "corner": np.array([np.array(s[2]) / head for s, head in found], np.float32),
    }


@dataclass(frozen=True, slots=True)
class House:
    """Everybody in every pose and row: sprite (row * POOL + person) * poses + pose of the crowd."""

    crowd: Crowd
    corner: Single  # (sprites, 2) x, y of its corner from the middle of the head, heads
    eyes: Single  # (people, 2) between the eyes


@lru_cache(maxsize=3)
def sprites(unit: int) -> House:
    """All the people of the house for a picture of `unit` pixels a picture height."""
    arrays = kept("house", unit, lambda: bake(unit), MADE_BY)
    flat = {name: joined([arrays[name]]) for name in ("spans",)}
    answers, colours = (joined([arrays[name][None, None]]) for name in ("answers", "colours"))
    nobody_leaves = np.zeros(1, np.uint8)
    first = np.arange(seating.ROWS, dtype=np.int64) * seating.POOL * len(POSES)
    crowd = Crowd(arrays["table"], answers, colours, nobody_leaves, flat["spans"], first)
    between = [(x, y - features.EYE_UP) for x, y in (nose(g.bust) for g in guests())]
    return House(crowd, arrays["corner"], np.array(between, np.float32))
