"""Faces and clothes of guests as light and colour on their relief: eyes, brows, a mouth that waits or laughs; collars,
shawls, pearls, glasses. Only as much as can be seen from the stage."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.relief import Single

EYE_APART, EYE_UP, MOUTH_DOWN = 0.125, 0.10, 0.215  # from the middle of the nose, heads
LIPS = (0.50, 0.13, 0.11)
CLOTHES = (  # linear RGB: what is worn to the theatre
    (0.030, 0.032, 0.042), (0.045, 0.050, 0.095), (0.20, 0.030, 0.045), (0.050, 0.110, 0.095), (0.30, 0.20, 0.075),
    (0.42, 0.37, 0.29), (0.15, 0.045, 0.16), (0.10, 0.13, 0.22), (0.26, 0.09, 0.06), (0.055, 0.085, 0.045),
    (0.33, 0.17, 0.19), (0.09, 0.07, 0.06),
)  # fmt: skip
LINEN = (0.40, 0.37, 0.31)
SUIT, DRESS, SHAWL, OPEN, COAT = range(5)


def _bump(value: NDArray[Any], width: float) -> Single:
    """1 where a value is 0, gone `width` away."""
    return np.asarray(np.exp(-np.square(value / np.float32(width))), np.float32)


def shading(dx: Single, dy: Single, joy: float, old: float) -> Single:
    """How dark or bright a face is, 1 on the whole, places from the middle of the nose. joy: 0 waits, 0.5 smiles,
    1 laughs; old: 0..1."""
    aside = np.abs(dx)
    ex, ey = aside - EYE_APART, dy + EYE_UP
    lid = ey + joy * 0.55 * (0.030 - 9.0 * ex * ex)  # joy lifts the lower lid into a bow
    out = 1.0 - 0.18 * np.exp(-((ex / 0.078) ** 2) - (ey / 0.055) ** 2)
    out -= (0.66 - 0.10 * joy) * np.exp(-((ex / 0.048) ** 2) - (lid / (0.024 - 0.005 * joy)) ** 2)
    lift = ey + 0.092 + 0.03 * joy - 1.6 * (ex - 0.012) ** 2 * 4
    out -= 0.17 * np.exp(-((ex / 0.070) ** 2) - (lift / 0.016) ** 2)
    out += 0.10 * np.exp(-((ex / 0.05) ** 2) - ((ey + 0.055) / 0.02) ** 2)
    out -= 0.20 * np.exp(-(((aside - 0.035) / 0.02) ** 2) - ((dy - 0.085) / 0.022) ** 2)
    out += 0.16 * _bump(dx, 0.030) * np.exp(-(((dy + 0.01) / 0.11) ** 2))
    out += (0.10 + 0.16 * joy) * np.exp(-(((aside - 0.165) / 0.06) ** 2) - ((dy - 0.075) / 0.055) ** 2)
    fold = aside - 0.115 - 0.35 * (dy - 0.15)
    out -= (0.05 + 0.16 * old + 0.10 * joy) * _bump(fold, 0.014) * np.exp(-(((dy - 0.165) / 0.06) ** 2))
    out -= 0.10 * old * _bump(np.sin(ey * 95), 0.45) * np.exp(-(((ey + 0.19) / 0.05) ** 2))
    line, wide = _mouth(dx, dy, joy)
    out -= 0.52 * wide * _bump(line, 0.019)
    if joy > 0.7:
        opened = np.clip(wide * 1.4, 0, 1) * np.clip(1.2 - np.abs(line - 0.030) / 0.030, 0, 1)
        out += opened * (np.where(line < 0.026, 1.15, 0.35) - out)
    out -= 0.14 * np.exp(-((dx / 0.06) ** 2) - ((dy - MOUTH_DOWN - 0.055) / 0.020) ** 2)
    return np.asarray(np.clip(out, 0.12, 1.5), np.float32)


def _mouth(dx: Single, dy: Single, joy: float) -> tuple[Single, Single]:
    """Distance under the line between the lips, and how much one is on it."""
    half = 0.082 + 0.030 * joy
    bow = (dx / np.float32(half)) ** 2
    return dy - MOUTH_DOWN - 0.010 * joy + (0.010 + 0.042 * joy) * (bow - 0.5), np.exp(-bow * bow * bow)


def lips(dx: Single, dy: Single, joy: float, red: float) -> Single:
    """How much of the lips' colour is on a place."""
    line, wide = _mouth(dx, dy, joy)
    return np.asarray((0.25 + 0.65 * red) * wide * _bump(line - 0.008, 0.026), np.float32)


def glasses(dx: Single, dy: Single) -> tuple[Single, Single]:
    """Rims (0..1) and the gleam on the glass."""
    ex, ey = np.abs(dx) - EYE_APART - 0.005, dy + EYE_UP - 0.005
    ring = np.hypot(ex / 0.092, ey / 0.075)
    rim = _bump(ring - 1.0, 0.16) + _bump(ey + 0.02, 0.012) * (np.abs(dx) < 0.05)
    gleam = _bump(ex - dx * 0.2 - ey * 0.8 + 0.03, 0.018) * (ring < 0.9)
    return np.asarray(np.clip(rim, 0, 1), np.float32), np.asarray(gleam, np.float32)


def beard(dx: Single, dy: Single) -> Single:
    """How much of a beard is on a place: cheeks, chin and over the lip, the mouth left free."""
    low = np.clip((dy - 0.10) / 0.10, 0, 1) * np.clip(
        (np.abs(dx) - 0.10) / 0.06 + np.clip((dy - 0.14) * 12, 0, 2), 0, 1
    )
    flat = np.square(np.square(dx * 10))
    lip = np.exp(-flat - ((dy - 0.165) / 0.028) ** 2)
    free = 1 - 0.9 * np.exp(-3.2 * flat - ((dy - MOUTH_DOWN - 0.018) / 0.024) ** 2)
    return np.asarray(np.clip(low + lip, 0, 1) * free, np.float32)


def clothes(
    style: int,
    x: Single,
    y: Single,
    first: NDArray[np.float32],
    second: NDArray[np.float32],
    skin: NDArray[np.float32],
) -> tuple[NDArray[np.float32], Single]:
    """Colour (h, w, 3) of what is worn, and how bright its parts are, over places from the middle of the head."""
    shape = (*x.shape, 3)
    colour = np.broadcast_to(first, shape).copy()
    light = np.ones(x.shape, np.float32)
    aside, down = np.abs(x), y - 0.55

    def on(where: NDArray[np.bool_], what: NDArray[np.float32]) -> None:
        colour[where] = what

    linen = np.array(LINEN, np.float32)
    if style == SUIT:
        vee = aside < 0.215 * (1 - down / 0.95)
        on(vee & (down < 0.95), linen)
        tie = (
            (aside < 0.045 + 0.02 * down) & (down > 0.02)
            if second[0] > second[2]
            else (aside < 0.10) & (np.abs(down - 0.10) < 0.02 + 0.35 * aside)
        )
        on(tie & vee, second)
        light += 0.5 * _bump(aside - 0.235 * (1 - down / 0.95), 0.03) * (down < 0.95)
    elif style == DRESS:
        on((aside / 0.46) ** 2 + ((down - 0.02) / 0.36) ** 2 < 1, skin)
        pearls = _bump(np.hypot(x / 0.30, (down - 0.02) / 0.20) - 1, 0.09) * (down > 0.03)
        light += 2.2 * pearls * (np.sin(np.arctan2(x, down) * 26) > 0)
    elif style == SHAWL:
        edge = 0.10 + 0.36 * np.maximum(down, 0)
        wrap = aside > edge
        on(wrap, second)
        light += np.where(wrap, 0.25 * np.sin((aside - edge) * 46), 0) + 0.6 * _bump(aside - edge, 0.025)
    elif style == OPEN:
        on(aside < 0.13 * (1 - down / 0.40), skin)
        light += 0.7 * _bump(aside - 0.15 * (1 - down / 0.45), 0.035) * (down < 0.45)
    else:
        on((aside < 0.30) & (down < 0.10) & (down > -0.1), second)
        light += 0.4 * _bump(aside, 0.02) + 0.5 * _bump(aside - 0.30, 0.03) * (down < 0.5)
    return colour, light
