"""Guests from the front, made ready to be lit: busts turned round, in every pose, with their clothes and faces.

Kept is how each place answers light from the stage, and from the left and right behind. Everybody is modelled once, as
large as the nearest row needs them, and made small for the rows behind.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.chance import chances
from performance.paint import features, relief
from performance.paint.cache import kept
from performance.paint.crowd import Crowd, joined, spans_of
from performance.paint.relief import ONE, Relief, Single
from performance.stage import arms, bust, hair, house
from performance.stage.arms import (
    APART,
    CHEERING,
    HALFWAY,
    LIFTING,
    MOVED,
    POSES,
    REACHING,
    TOGETHER,
    WAITING,
    with_arms,
)
from performance.stage.bust import HALF_WIDTH, Bust
from performance.stage.hair import CLOTH, HAIR, SEAT, SKIN

HIGH, LOW = -1.30, 2.20  # heads: how far anybody reaches over and under the middle of the head
KEY = (0.10, -0.42, 0.90)  # light from the stage: x right, y down, z towards us
JOY = {WAITING: 0.25, MOVED: 0.55, LIFTING: 0.65, APART: 0.75, TOGETHER: 0.75}
JOY |= {HALFWAY: 0.82, REACHING: 0.92, CHEERING: 1.0}
HIDDEN = 1.80  # heads under the middle of the head: where their clothes are lost in the dark
FINEST = 100  # pixels of a head: what is larger is enlarged
SMALL = (
    0.27  # of a model: who is so small is made from a model of half the size, with fewer arms on their way
)
FEWER = {LIFTING: APART, REACHING: HALFWAY}
MADE_BY = mark_of(__file__, *(module.__file__ for module in (arms, bust, features, hair, relief)))


@dataclass(frozen=True, slots=True)
class Guest:
    """One of them, turned to us; lots are even numbers 0..1."""

    bust: Bust
    lots: NDArray[np.float64]  # (8,)

    @property
    def style(self) -> int:
        if self.bust.cutting in ("bob", "long", "bun", "updo", "ponytail", "wavy", "braid"):
            return int((features.DRESS, features.DRESS, features.SHAWL, features.OPEN)[int(self.lots[0] * 4)])
        return int((features.SUIT, features.SUIT, features.OPEN, features.COAT)[int(self.lots[0] * 4)])

    @property
    def old(self) -> float:
        return float(np.clip((min(self.bust.hair) - 0.10) * 6, 0, 1))


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


@lru_cache(maxsize=1)
def guests() -> tuple[Guest, ...]:
    """Who may come: people that look towards the stage, no haircut more than three times."""
    found: list[Guest] = []
    for person in range(400):
        b = turned_round(bust.bust(100, person))
        alike = sum(g.bust.cutting == b.cutting for g in found)
        most = 1 if b.cutting in ("veil", "scarf", "hat", "bald") else 2
        if abs(nose(b)[0]) < 0.13 and alike < most:
            found.append(Guest(b, chances(1, "guest", person, count=8)))
        if len(found) == house.POOL:
            break
    return tuple(found)


def _faced(guest: Guest, x: Single, y: Single) -> tuple[Relief, Single]:
    """The relief of somebody whose face hair does not cover, and how much (0..1) of each place is face."""
    b = guest.bust
    begun = relief.relief(b, x, y)
    nx, ny = nose(b)
    dx, dy = x - np.float32(nx), y - np.float32(ny)
    over = np.clip(-0.08 - dy, 0, 0.3)  # the hairline is parted, and no clean line
    part = dx + over * np.float32(1.1 * (guest.lots[7] - 0.5))
    face = 1.0 - np.hypot(part / 0.255, (dy - 0.02) / 0.345) + 0.55 * over * begun[3]
    face = np.clip(face * 9.0, 0.0, 1.0).astype(np.float32)
    rows = slice(*np.flatnonzero(face.any(1))[[0, -1]] + (0, 1))
    bare = {k: getattr(b, k)[b.matter == SKIN] for k in ("centre", "form", "blend", "matter", "rough", "cut")}
    skin = relief.relief(replace(b, **bare), x[rows], y[rows])[0]
    skin = relief._box_blur(np.maximum(skin, -1.0), 0.030 / float(x[0, 1] - x[0, 0]))  # nobody looks stern
    z, inside, matter, strand = begun
    z[rows] += (skin - z[rows]) * face[rows]
    matter[face > 0.5] = SKIN
    return (z, inside, matter, strand), face


def front_answers(
    guest: Guest, pose: int, x: Single, y: Single, pixel: float, faced: tuple[Relief, Single]
) -> tuple[Single, Single]:
    """(h, w, 4) answers to the stage, to light from behind left and right, and alpha; (h, w, 3) the matter's colour."""
    begun, face = faced
    limbs = with_arms(guest.bust, pose, guest.style == features.DRESS)
    z, inside, matter, strand = begun if limbs is None else relief.relief(limbs, x, y, begun)
    before = z > begun[0] + 1e-4  # arms
    gy, gx = np.gradient(z, pixel)
    length = np.sqrt(gx * gx + gy * gy + 1)
    lit = np.maximum((-gx * KEY[0] - gy * KEY[1] + KEY[2]) / length, 0.0)
    is_hair, is_cloth = matter == HAIR, matter == CLOTH
    colour, light = _colours(guest, pose, x, y, matter, np.where(before, 0, face), before)
    fibre = np.clip(0.82 + np.where(is_hair, 0.34, 0.05) * strand, 0.2, 1.6)
    shade = np.where(is_cloth, 0.72, np.where(is_hair, 0.80, 1.0)) * fibre * light
    fall = np.exp(-2.2 * np.maximum(y - 0.60, 0)) * np.where(before, 1.5, 1.0)
    fall *= np.clip((HIDDEN - y) / 0.7, 0.0, 1.0)
    under = np.clip(1.0 - 1.1 * (_around(z.clip(-0.5, 2), 0.10 / pixel) - z), 0.25, 1.1)
    out = np.empty((*x.shape, 4), np.float32)
    out[..., 0] = (0.14 + 0.86 * lit**1.2) * shade * under * fall
    grazing = 1 - 1 / length
    rim = 0.12 * grazing**2 + 0.6 * grazing**6 + 0.9 * np.exp(-np.maximum(inside, 0) / 0.024)
    for k, side in ((1, -1.0), (2, 1.0)):
        across = np.clip((0.6 * gy - side * gx) / np.sqrt(gx * gx + gy * gy + 0.05) + 0.2, 0, 1.2)
        out[..., k] = rim * across * np.where(is_cloth, 0.8, np.where(is_hair, 0.75, 1.0)) * fall
    soft = 0.6 * pixel + np.where(is_hair, 0.012, 0)
    out[..., 3] = np.clip(0.5 + 0.5 * inside / soft, 0, 1) * np.clip((LOW - 0.02 - y) / 0.3, 0, 1)
    return out, colour


def _around(z: Single, radius: float) -> Single:
    """What is about every place, over `radius` pixels; so soft that every other place is enough."""
    soft = relief._box_blur(z[::2, ::2], radius / 2)
    return np.repeat(np.repeat(soft, 2, 0)[: z.shape[0]], 2, 1)[:, : z.shape[1]]


def _colours(
    guest: Guest, pose: int, x: Single, y: Single, matter: Any, face: Single, before: NDArray[np.bool_]
) -> tuple[Single, Single]:
    """What everything is made of, linear RGB, and how much brighter than its relief has it."""
    b, lots, joy = guest.bust, guest.lots, JOY[pose]
    nx, ny = nose(b)
    dx, dy = x - np.float32(nx), y - np.float32(ny)
    skin = np.array(b.skin, np.float32) * 1.35 + 0.02
    hair_ = np.array(b.hair, np.float32) * 1.5 + 0.02
    hair_ *= min(1.0, 0.42 / float(hair_.max()))  # white hair would outshine every face
    first, second = (np.array(features.CLOTHES[int(lots[k] * 12)], np.float32) * 0.85 + 0.010 for k in (1, 2))
    worn, light = features.clothes(guest.style, x, y, first, second, skin)
    sleeve = first if guest.style != features.SHAWL else second
    worn[before] = sleeve
    light = np.where((matter == CLOTH) & ~before, light, 1.0)
    colour = np.where((matter == CLOTH)[..., None], worn, np.where((matter == HAIR)[..., None], hair_, skin))
    if b.cutting in hair.COVERED:
        colour[(matter == CLOTH) & (y < 0.5) & ~before] = second
    light = light * (1 + (features.shading(dx, dy, joy, guest.old) - 1) * face)
    red = lots[3] if guest.style in (features.DRESS, features.SHAWL) else 0.0
    mouth = (features.lips(dx, dy, joy, red) * face)[..., None]
    colour = colour + (np.array(features.LIPS, np.float32) * (0.4 + skin) - colour) * mouth
    blush = np.exp(-(((np.abs(dx) - 0.17) / 0.07) ** 2) - ((dy - 0.07) / 0.07) ** 2) * face
    colour = colour * (1 + blush[..., None] * np.array((0.10, -0.10, -0.08), np.float32) * (0.6 + joy))
    if (
        guest.style in (features.SUIT, features.COAT, features.OPEN)
        and lots[4] < 0.42
        and b.cutting != "veil"
    ):
        hairy = (features.beard(dx, dy) * face)[..., None]
        colour = colour + (hair_ * 1.1 - colour) * 0.85 * hairy
    if lots[5] < 0.16 + 0.4 * guest.old:
        rim, gleam = features.glasses(dx, dy)
        light = light * (1 - 0.75 * rim * face) + 0.9 * gleam * face
    if lots[6] < 0.5 and pose in (MOVED, REACHING, CHEERING):  # tears of joy
        light = light + 1.6 * face * _tear(dx, dy)
    return colour.astype(np.float32), np.asarray(light, np.float32)


def _tear(dx: Single, dy: Single) -> Single:
    """A streak of light under an eye."""
    run = np.exp(-(((dx - features.EYE_APART + 0.02 * np.sin(dy * 20)) / 0.012) ** 2))
    return np.asarray(run * np.clip((dy + 0.06) / 0.03, 0, 1) * np.clip((0.16 - dy) / 0.05, 0, 1), np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """Somebody in one pose, cut out as closely as they are: (h, w, 7) answers to three lights, alpha and colour, all
    times alpha; `left` and `top` are where that begins, in heads from the middle of the head of `head` pixels."""

    values: Single
    left: float
    top: float
    head: float


def _model(guest: Guest, head: float) -> list[Model]:
    """Somebody in every pose, heads of `head` pixels."""
    xs = (np.arange(int(2 * HALF_WIDTH * head)) + 0.5) / head - HALF_WIDTH
    ys = (np.arange(int((LOW - HIGH) * head)) + 0.5) / head + HIGH
    x, y = (g.astype(np.float32) for g in np.meshgrid(xs, ys))
    faced = _faced(guest, x, y)
    found = []
    for pose in POSES:
        values, colour = front_answers(guest, pose, x, y, 1 / head, faced)
        there = values[..., 3] > 0.004
        rows, columns = (np.flatnonzero(there.any(k)) for k in (1, 0))
        box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        every = np.concatenate([values[box], colour[box]], -1, dtype=np.float32)
        every[..., (0, 1, 2, 4, 5, 6)] *= every[..., 3:4]
        found.append(Model(every, columns[0] / head - HALF_WIDTH, rows[0] / head + HIGH, head))
    return found


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
    sizes = [house.row_size(row) * unit for row in range(house.ROWS)]
    finest = float(np.clip(2 * sizes[-1], 30, FINEST))
    with ThreadPoolExecutor(2) as pool:
        models = list(pool.map(lambda guest: _model(guest, finest), guests()))
        halves = [[_halved(model) for model in poses] for poses in models]
        rows = list(pool.map(lambda head: _everybody(head, models, halves), sizes))
    sprites = [(sprite, head) for row, head in zip(rows, sizes, strict=True) for sprite in row]
    places: dict[int, tuple[int, ...]] = {}  # a sprite that several share is kept once
    kept_, table, pixels, lines = [], [], 0, 0
    for sprite, _ in sprites:
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
        "corner": np.array([np.array(s[2]) / head for s, head in sprites], np.float32),
    }


@dataclass(frozen=True, slots=True)
class House:
    """Everybody in every pose and row: sprite (row * POOL + person) * poses + pose of the crowd."""

    crowd: Crowd
    corner: Single  # (sprites, 2) x, y of its corner from the middle of the head, heads
    eyes: Single  # (people, 2) between the eyes


@lru_cache(maxsize=3)
def faces(unit: int) -> House:
    """All the people of the house for a picture of `unit` pixels a picture height."""
    arrays = kept("house", unit, lambda: bake(unit), MADE_BY)
    flat = {name: joined([arrays[name]]) for name in ("spans",)}
    answers, colours = (joined([arrays[name][None, None]]) for name in ("answers", "colours"))
    nobody_leaves = np.zeros(1, np.uint8)
    first = np.arange(house.ROWS, dtype=np.int64) * house.POOL * len(POSES)
    crowd = Crowd(arrays["table"], answers, colours, nobody_leaves, flat["spans"], first)
    between = [(x, y - features.EYE_UP) for x, y in (nose(g.bust) for g in guests())]
    return House(crowd, arrays["corner"], np.array(between, np.float32))
