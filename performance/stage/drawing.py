"""Light drawn in the air, as plain data: lines, silk, panes, glows, glints, specks, a machine; all in house units.

Things that are nothing but light (a spiral, a burst of colour, a thread to every face) say what they are in these
terms, and one painter draws them all, so that they share bloom, mirrors and edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE, HORIZON
from performance.stage.jigsaw import Jigsaw
from performance.stage.motes import Motes

Array = NDArray[np.float64]
Plane = Literal["behind", "before", "nearest"]  # the performer; nearest: before all, mirrored by nothing


@dataclass(frozen=True, slots=True)
class Lines:
    """Polylines of one kind: `place` (k, n, 3) units, `colour` (k, n, 3) linear RGB, `width` (k,) or (k, n) units."""

    place: Array
    colour: Array
    width: Array


@dataclass(frozen=True, slots=True)
class Panes:
    """Clear convex plates, from back to front.

    `place` (n, corners, 3) units, `colour` (n, 3) linear RGB, `alpha` (n,) 0..1. `rim`: how much brighter they are
    along their edges (n,), or (n, corners, 2) at the side after each corner and how far that reaches, picture heights.
    """

    place: Array
    colour: Array
    alpha: Array
    rim: Array


@dataclass(frozen=True, slots=True)
class Glows:
    """Soft round lights in the air: `place` (n, 3), `radius` (n,) units, `colour` (n, 3) linear RGB."""

    place: Array
    radius: Array
    colour: Array


@dataclass(frozen=True, slots=True)
class Glints:
    """Sharp stars: `place` (n, 3), `radius` of the core and `rays` (n,) units, `colour` (n, 3) linear RGB."""

    place: Array
    radius: Array
    rays: Array
    colour: Array


@dataclass(frozen=True, slots=True)
class Silk:
    """Ribbons woven of threads: `edges` (2, k, n, 3) units of their two sides, `light` (k, n), `colour` (k, 3) linear
    RGB, `width` units of one of their `threads`."""

    edges: Array
    light: Array
    colour: Array
    width: float
    threads: int


@dataclass(frozen=True, slots=True)
class Wheels:
    """Toothed wheels of metal, from back to front.

    `place` (n, 3) units of their middles, `radius` (n,) units of the pitch circle, `teeth` (n,), `angle` (n,) radians
    counter-clockwise, `metal` (n, 3) linear RGB, `cover` (n,) 0..1, `jewel` (n, 3) light of the stone they turn in.
    """

    place: Array
    radius: Array
    teeth: Array
    angle: Array
    metal: Array
    cover: Array
    jewel: Array


@dataclass(frozen=True, slots=True)
class Body:
    """A violin of wood with its side cut open, see causes.opened.

    `place` (3,) of its MIDDLE, `size` units of its body, `angle` radians counter-clockwise, `built` 0..1 of its pieces
    there, `cover` 0..1, `wood` and `inside` (3,) linear RGB of the wood and of the light that falls out.
    """

    place: Array
    size: float
    angle: float
    built: float
    cover: float
    wood: Array
    inside: Array


@dataclass(frozen=True, slots=True)
class Machine:
    """The body, the wheels in it, and great wheels far behind, out of focus."""

    body: Body
    wheels: Wheels
    far: Wheels | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """One thing of light. What is None or empty is not there. `plane` says where it hangs. `veils` are panes of soft
    light in the air, which hide nothing."""

    lines: tuple[Lines, ...] = ()
    panes: Panes | None = None
    glows: Glows | None = None
    glints: Glints | None = None
    motes: Motes | None = None
    veils: Panes | None = None
    jigsaw: Jigsaw | None = None
    machine: Machine | None = None
    silk: Silk | None = None
    plane: Plane = "before"


def specks(place: Array, radius: Array, light: Array) -> Motes:
    """Specks of light as Motes: `place` (n, 3) and `radius` (n,) units, `light` (n, 3) linear RGB."""
    scale = 1.0 / np.maximum(1.0 + place[:, 2], 0.28)
    return Motes(
        (place[:, 0] * scale).astype(np.float32),
        (HORIZON + (EYE - place[:, 1]) * scale).astype(np.float32),
        scale.astype(np.float32),
        (radius * scale).astype(np.float32),
        np.ascontiguousarray(light, np.float32),
    )
