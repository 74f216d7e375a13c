"""How like two stills are, to somebody who glances at them: 0 the same, 1 nothing in common.

Three things are compared, each relative to how much of it there is, so that two dim pictures are told apart as well as
two bright ones (Bray and Curtis, "An ordination of the upland forest communities", 1957): where which colour is, how
rough it is where, and which hues there are. Where colours are counts for half.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

COLUMNS, ROWS = 24, 14
HUES = 12


@dataclass(frozen=True, slots=True)
class Glance:
    """What stays of a still: colours (ROWS, COLUMNS, 3), roughness (ROWS, COLUMNS), hues (HUES + grey)."""

    colours: Array
    roughness: Array
    hues: Array


def glance(still: NDArray[np.uint8]) -> Glance:
    """What stays of a still (h, w, 3) BGR."""
    light = still.astype(float) / 255.0
    colours = _cells(light)
    most = light.max(-1)[..., None]
    varied = np.maximum(_cells(most**2) - _cells(most) ** 2, 0.0)
    roughness = np.sqrt(varied[..., 0])
    return Glance(colours, roughness, _hues(light))


def _cells(light: Array) -> Array:
    """Means (ROWS, COLUMNS, n) of a picture (h, w, n)."""
    rows = np.linspace(0, light.shape[0], ROWS + 1).astype(int)
    columns = np.linspace(0, light.shape[1], COLUMNS + 1).astype(int)
    total = np.add.reduceat(np.add.reduceat(light, rows[:-1], 0), columns[:-1], 1)
    return np.asarray(total / (np.diff(rows)[:, None, None] * np.diff(columns)[:, None]))


def _hues(light: Array) -> Array:
    """Shares of HUES hues and of grey in all the light there is."""
    most, least = light.max(-1), light.min(-1)
    colour = most - least
    blue, green, red = np.moveaxis(light, -1, 0)
    way = np.where(
        most == red, (green - blue) % (6 * colour + 1e-9), np.where(most == green, blue - red, red - green)
    )
    sector = np.where(most == red, 0.0, np.where(most == green, 2.0, 4.0))
    hue = (sector + way / (colour + 1e-9)) % 6.0
    shares = np.append(np.histogram(hue, HUES, (0.0, 6.0), weights=colour)[0], least.sum())
    return np.asarray(shares / max(shares.sum(), 1e-9))


def apart(one: Glance, other: Glance) -> float:
    """0 (the same) .. 1 (nothing in common)."""
    return (
        0.5 * _unlike(one.colours, other.colours)
        + 0.25 * _unlike(one.roughness, other.roughness)
        + 0.25 * _unlike(one.hues, other.hues)
    )


def _unlike(one: Array, other: Array) -> float:
    return float(np.abs(one - other).sum() / max(float((one + other).sum()), 1e-9))
