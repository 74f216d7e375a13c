"""People of the audience from the front, made ready to be lit: the same busts as from behind, turned round.

Kept is how each place answers light from the stage, and from the left and right behind; features are only as deep as
they can be seen from far: sockets, nose, mouth.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.paint import relief
from performance.paint.cache import kept
from performance.paint.canvas import Bytes
from performance.paint.crowd import Crowd, joined, spans_of
from performance.paint.relief import ONE, Single
from performance.stage import bust, hair, house
from performance.stage.bust import HALF_WIDTH, TOP, Bust
from performance.stage.hair import CLOTH, HAIR, SEAT, SKIN

LOW = 1.12  # heads under its middle at which a person is cut off: the next row hides the rest
KEY = (0.10, -0.42, 0.90)  # light from the stage: x right, y down, z towards us
EYE_APART, EYE_UP, MOUTH_DOWN = 0.125, 0.10, 0.215  # from the middle of the nose, heads
MADE_BY = mark_of(__file__, *(module.__file__ for module in (bust, hair, relief, house)))


def turned_round(b: Bust) -> Bust:
    """The same person seen from the front, without the seat."""
    flip = np.diag([-1.0, 1.0, -1.0])
    keep = b.matter != SEAT
    return replace(
        b,
        centre=(b.centre @ flip)[keep],
        form=(flip @ b.form @ flip)[keep],
        blend=b.blend[keep],
        matter=b.matter[keep],
        rough=b.rough[keep],
        cut=b.cut[keep],
    )


def nose(b: Bust) -> tuple[float, float]:
    """Where the middle of the nose is: the skin nearest to us."""
    skin = np.flatnonzero(b.matter == SKIN)
    x, y, _ = b.centre[skin[b.centre[skin, 2].argmax()]]
    return float(x), float(y)


def front_answers(b: Bust, x: Single, y: Single, pixel: float) -> tuple[Single, Single]:
    """(h, w, 4) answers to the stage, to light from behind left and right, and alpha; (h, w, 3) the matter's colour."""
    z, inside, matter, strand = relief.relief(b, x, y)
    bare = replace(
        b,
        **{k: getattr(b, k)[b.matter == SKIN] for k in ("centre", "form", "blend", "matter", "rough", "cut")},
    )
    skin, _, _, _ = relief.relief(bare, x, y)
    nx0, ny0 = nose(b)
    dx, dy = x - np.float32(nx0), y - np.float32(ny0)
    face = np.clip((1.0 - np.hypot(dx / 0.255, (dy - 0.02) / 0.345)) * 9.0, 0.0, 1.0)
    z = np.where(face > 0.02, z + (np.maximum(skin, -1.0) - z) * face, z).astype(np.float32)
    matter = np.where(face > 0.5, np.uint8(SKIN), matter)
    gy, gx = np.gradient(z, pixel)
    length = np.sqrt(gx * gx + gy * gy + 1)
    lit = np.maximum((-gx * KEY[0] - gy * KEY[1] + KEY[2]) / length, 0.0)
    features = _features(dx, dy)
    is_hair, is_cloth = matter == HAIR, matter == CLOTH
    fibre = np.clip(0.80 + np.where(is_hair, 0.36, 0.08) * strand, 0.2, 1.6)
    shade = np.where(is_cloth, 0.42, np.where(is_hair, 0.75, 1.0)) * fibre
    fall = np.clip((LOW - y) / 0.5, 0, 1) * np.clip(1.4 - 0.6 * np.maximum(y - 0.3, 0), 0.15, 1)
    under = np.clip(1.0 - 1.1 * (relief._box_blur(z.clip(-0.5, 2), 0.10 / pixel) - z), 0.25, 1.1)
    out = np.empty((*x.shape, 4), np.float32)
    out[..., 0] = (0.12 + 0.88 * lit**1.3) * features * shade * under * fall
    grazing = 1 - 1 / length
    rim = 0.10 * grazing**2 + 0.5 * grazing**6 + 0.7 * np.exp(-np.maximum(inside, 0) / 0.022)
    for k, side in ((1, -1.0), (2, 1.0)):
        across = np.clip(
            (side * gx * -1.0 - 0.6 * gy * -1.0) / np.sqrt(gx * gx + gy * gy + 0.05) + 0.2, 0, 1.2
        )
        out[..., k] = rim * across * np.where(is_cloth, 0.6, 1.0) * fall
    soft = 0.6 * pixel + np.where(is_hair, 0.012, 0)
    out[..., 3] = np.clip(0.5 + 0.5 * inside / soft, 0, 1) * np.clip((LOW - 0.02 - y) / 0.25, 0, 1)
    palette = np.array([b.cloth, b.skin, b.hair, (0.0, 0.0, 0.0)], np.float32)
    colour = palette[matter] * np.array([1.4, 1.3, 1.6, 1.0], np.float32)[matter][..., None] + 0.03
    return out, colour.astype(np.float32)


def _features(dx: Single, dy: Single) -> Single:
    """How much darker a face is in its sockets, under the nose and at the mouth."""
    ex = np.abs(dx) - EYE_APART
    socket = np.exp(-((ex / 0.070) ** 2) - ((dy + EYE_UP) / 0.050) ** 2)
    brow = np.exp(-((ex / 0.085) ** 2) - ((dy + EYE_UP + 0.085) / 0.020) ** 2)
    mouth = np.exp(-((dx / 0.095) ** 4) - ((dy - MOUTH_DOWN) / 0.020) ** 2)
    lip = np.exp(-((dx / 0.07) ** 2) - ((dy - MOUTH_DOWN - 0.055) / 0.025) ** 2)
    nostril = np.exp(-((dx / 0.06) ** 2) - ((dy - 0.115) / 0.022) ** 2)
    return np.asarray(
        1.0 - 0.62 * socket - 0.30 * brow - 0.50 * mouth - 0.16 * lip - 0.32 * nostril, np.float32
    )


def sprite(row: int, person: int, head: float) -> tuple[Bytes, Bytes, NDArray[np.float32]]:
    """(h, w, 4) answers and alpha, (h, w, 4) colour BGR0 as bytes, (2,) the middle between the eyes, heads."""
    fine = 2
    w, h = int(np.ceil(2 * HALF_WIDTH * head)), int(np.ceil((LOW - TOP) * head))
    xs = ((np.arange(w * fine) + 0.5) / fine - w / 2) / head
    ys = ((np.arange(h * fine) + 0.5) / fine) / head + TOP
    x, y = (g.astype(np.float32) for g in np.meshgrid(xs, ys))
    b = turned_round(bust.bust(row + 100, person))
    values, colour = front_answers(b, x, y, 1 / (head * fine))
    values[..., :3] *= values[..., 3:4]
    values = values.reshape(h, fine, w, fine, -1).mean((1, 3))
    colour = colour.reshape(h, fine, w, fine, -1).mean((1, 3))
    values[..., :3] = np.sqrt(np.clip(values[..., :3] / ONE, 0, 1))
    bytes_ = (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)
    bgr = np.zeros((h, w, 4), np.uint8)
    bgr[..., :3] = np.clip(colour[..., ::-1], 0, 1) * 255 + 0.5
    nx0, ny0 = nose(b)
    return np.ascontiguousarray(bytes_), bgr, np.array([nx0, ny0 - EYE_UP], np.float32)


def bake_row(row: int, head: float) -> dict[str, NDArray[Any]]:
    """The pool of one row, with heads of `head` pixels."""
    with ThreadPoolExecutor(2) as pool:
        people = list(pool.map(lambda person: sprite(row, person, head), range(house.POOL)))
    answers, colours, eyes = (np.stack([p[k] for p in people]) for k in range(3))
    return {"answers": answers, "colours": colours, "eyes": eyes, "spans": spans_of(answers[..., 3])}


@lru_cache(maxsize=2)
def faces(unit: int) -> tuple[Crowd, NDArray[np.float32]]:
    """All the people of the house for a picture of `unit` pixels a picture height, and (people, 2) their eyes."""
    baked: list[dict[str, NDArray[Any]]] = []
    table: list[tuple[int, ...]] = []
    first: list[int] = []
    pixels = lines = 0
    for row in range(house.ROWS):

        def make(row: int = row) -> dict[str, NDArray[Any]]:
            return bake_row(row, house.row_size(row) * unit)

        arrays = kept("house", (row, unit), make, MADE_BY)
        baked.append(arrays)
        first.append(len(table))
        people, h, w = arrays["answers"].shape[:3]
        for _ in range(people):
            table.append((pixels, 4 * lines, w, h))
            pixels, lines = pixels + h * w, lines + h
    flat = {name: joined([a[name] for a in baked]) for name in ("answers", "colours", "spans")}
    nobody_leaves = np.zeros(pixels, np.uint8)
    crowd = Crowd(np.array(table, np.int64), release=nobody_leaves, first=np.array(first, np.int64), **flat)
    return crowd, np.concatenate([a["eyes"] for a in baked])
