"""Guests from the front, made ready to be lit: busts turned round, in every pose, with their clothes and faces.

What is made is how each place answers light from the stage, and from the left and right behind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.paint import features, relief
from performance.paint.relief import Relief, Single
from performance.stage import bust, hair, seating
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
        if len(found) == seating.POOL:
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
    hair_ *= min(1.0, 0.27 / float(hair_.max()))  # white hair would outshine every face
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


def modelled(guest: Guest, head: float) -> list[Model]:
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
