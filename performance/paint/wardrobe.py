"""What the crew wears and carries: builds, jackets, rolled sleeves, a skirt, headsets, cases, cable, stands; all dark.

One body in tight blacks is made stouter or leaner, cut and added to. Figure heights, the body as it is modelled, the
pelvis at the origin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth_step
from performance.stage.limbs import rest_bodies
from performance.stage.skeleton import BONE, BONES

Array = NDArray[np.float64]
Baked = dict[str, NDArray[np.generic]]
HAIR_AT = np.array([0.0, 0.060, -0.006])  # the middle of a head of hair from where the head begins
CROPPED = 0.0585  # as far as short hair stands from there
SERGE, WOOL, LINEN, CANVAS, LEATHER, STEEL = 0.90, 1.0, 0.94, 0.97, 0.80, 0.55  # how dark: shares of black
SHIRT = 0.20
NECK, BUTTON = 0.262, 0.150  # heights over the pelvis: where a collar lies, and where its jacket is closed
WAIST, HANGS = (
    0.070,
    0.012,
)  # how high over the pelvis it is, and how far working clothes stand off there: they hang
FLAT = 0.02  # as far inside a dress as all that is not skin


@dataclass(frozen=True, slots=True)
class Wear:
    """One of the crew. Girths say how far clothes stand off the skin."""

    torso: float = 0.009
    hips: float = 0.009
    shoulders: float = 0.009
    cuffs: float = 0.009  # of the trousers
    jacket: float = 0.0  # how far it stands off; 0 none
    hem: float = -0.075  # how far down the jacket goes
    rolled: bool = False  # sleeves
    cropped: bool = False  # hair
    headset: bool = False
    skirt: float = 0.0  # its length
    shade: float = WOOL
    collar: float = 0.0  # how far the jacket is open over a pale shirt; 0 buttoned to the neck
    load: str = ""  # "case", "cable", "stands", "lamp"


WEARS = (
    Wear(
        torso=0.004,
        hips=0.003,
        shoulders=0.005,
        jacket=0.009,
        hem=-0.085,
        rolled=True,
        collar=0.030,
        shade=SERGE,
        headset=True,
    ),  # the stage manager
    Wear(
        torso=0.020,
        hips=0.014,
        shoulders=0.017,
        cuffs=0.014,
        rolled=True,
        cropped=True,
        collar=0.006,
        shade=LINEN,
        load="case",
    ),
    Wear(jacket=0.008, hem=-0.15, headset=True, shade=SERGE, collar=0.018, cuffs=0.018, load="cable"),
    Wear(
        jacket=0.017,
        shoulders=0.014,
        hem=-0.10,
        cuffs=0.012,
        cropped=True,
        headset=True,
        collar=0.012,
        load="stands",
    ),
    Wear(
        torso=0.006,
        hips=0.010,
        shoulders=0.008,
        cuffs=0.016,
        rolled=True,
        collar=0.006,
        shade=CANVAS,
        load="lamp",
    ),
)


def worn(baked: Baked, wear: Wear) -> Baked:
    """The body of somebody dressed so."""
    body = {name: np.array(rows) for name, rows in baked.items()}
    points, part = body["points"].astype(np.float64), _parts(body)
    bare = np.isin(part, ("hand", "fingers", "tips", "thumb", "head", *(("fore",) if wear.rolled else ())))
    if wear.cropped:
        points = _cropped(points, np.asarray(baked["hair"].astype(np.float32) > 0.5))
    off = np.where(bare, 0.0, _girth(points, part, wear))
    body["points"] = (points + body["normals"].astype(np.float64) * off[:, None]).astype(np.float32)
    body["hair"] = np.where(bare, baked["hair"], np.float32(wear.shade)).astype(np.float32)
    body["hair"][np.isin(part, ("foot", "toes"))] = WOOL  # shoes
    if wear.collar:
        _open_collar(body, points, part, off, wear)
    body["cloth"] = np.where(bare, baked["cloth"], np.float32(FLAT)).astype(np.float32)
    if wear.headset:
        _headset(body)
    LOADS.get(wear.load, _nothing)(body)
    return body


def _parts(body: Baked) -> NDArray[np.str_]:
    """(n,) the name of the bone that each point hangs on most, without its side."""
    return np.asarray(np.array([name.rstrip("AB") for name in BONES])[body["bones"][:, 0].astype(np.intp)])


def _girth(points: Array, part: NDArray[np.str_], wear: Wear) -> Array:
    """How far clothes stand off the skin (n,)."""
    y = points[:, 1]
    off = np.full(len(points), wear.torso)
    off[np.isin(part, ("pelvis", "thigh"))] = wear.hips
    off[np.isin(part, ("clavicle", "arm", "fore"))] = wear.shoulders
    legs = np.isin(part, ("shin", "foot", "toes"))
    off[legs] = 0.004 + wear.cuffs * smooth_step(-0.515, -0.495, y[legs])
    trunk = np.isin(part, ("pelvis", "spine", "chest"))
    off += np.where(trunk, HANGS * np.exp(-(((y - WAIST) / 0.055) ** 2)), 0.0)
    if wear.jacket:
        over = np.isin(part, ("pelvis", "thigh", "spine", "chest", "clavicle", "arm", "fore")) & (
            y > wear.hem
        )
        off += np.where(over, wear.jacket * (1.0 + 0.5 * smooth_step(0.08, wear.hem, y)), 0.0)
    return off


def _open_collar(body: Baked, points: Array, part: NDArray[np.str_], off: Array, wear: Wear) -> None:
    """Bare neck, a shirt between lapels that are darker at their edge, a seam down the front, and its hem."""
    x, y, z = np.abs(points[:, 0]), points[:, 1], points[:, 2]
    trunk = np.isin(part, ("pelvis", "thigh", "spine", "chest", "clavicle", "neck"))
    throat = (part == "neck") & (y > NECK) | trunk & (y > NECK + 0.3 * x) & (x < 0.036)
    edge = wear.collar * smooth_step(BUTTON, NECK, y)  # half as wide as it is open
    front = trunk & (z > 0.0) & ~throat
    inner = smooth_step(0.004, -0.004, x - edge) * front * (y > BUTTON)
    lapel = np.exp(-(((x - edge - 0.005) / 0.006) ** 2)) * front * (y > BUTTON)
    seam = np.exp(-((x / 0.004) ** 2)) * front * (y <= BUTTON) * (y > wear.hem)
    ends = np.exp(-(((y - wear.hem) / 0.007) ** 2)) * trunk
    shade = np.asarray(body["hair"], np.float64)
    shade = shade + (SHIRT - shade) * inner
    shade = shade + (WOOL - shade) * np.maximum.reduce([lapel * 0.9, seam, ends])
    body["hair"] = np.where(throat, 0.0, shade).astype(np.float32)
    body["cloth"] = np.where(throat, np.float32(-FLAT), body["cloth"]).astype(np.float32)
    sunk = np.where(throat, off, wear.jacket * inner)
    outside, normals = (np.asarray(body[name], np.float64) for name in ("points", "normals"))
    body["points"] = (outside - normals * sunk[:, None]).astype(np.float32)


def _cropped(points: Array, hair: NDArray[np.bool_]) -> Array:
    """Hair cut short: nothing of it stands off the skull."""
    middle = _at("head") + HAIR_AT
    away = points - middle
    far = np.sqrt((away * away).sum(1))
    near = np.where(hair, np.minimum(far, CROPPED) / np.maximum(far, 1e-9), 1.0)
    return np.asarray(middle + away * near[:, None])


def _at(bone: str) -> Array:
    return np.asarray(rest_bodies().origins[0, BONE[bone]])


def _add(
    body: Baked, points: Array, normals: Array, triangles: NDArray[np.int64], bone: str, shade: float
) -> None:
    """Fasten something stiff to a bone."""
    n, first = len(points), len(body["points"])
    weights = np.zeros((n, 4))
    weights[:, 0] = 1.0
    more = {
        "points": points, "normals": normals, "coat": normals, "weights": weights,
        "bones": np.full((n, 4), BONE[bone]), "hair": np.full(n, shade), "cloth": np.full(n, FLAT),
        "open": np.ones(n), "triangles": triangles + first,
    }  # fmt: skip
    for name, rows in more.items():
        body[name] = np.concatenate([body[name], rows.astype(body[name].dtype)])


def tube(
    path: Array, radius: float, sides: int = 6, closed: bool = False
) -> tuple[Array, Array, NDArray[np.int64]]:
    """Points, normals and outward triangles of a round bar along a path (n, 3)."""
    ahead = np.roll(path, -1, 0) - np.roll(path, 1, 0)
    if not closed:
        ahead[0], ahead[-1] = path[1] - path[0], path[-1] - path[-2]
    ahead /= np.sqrt((ahead * ahead).sum(1, keepdims=True))
    least = np.eye(3)[np.abs(ahead).max(0).argmin()]
    u = np.cross(ahead, least)
    u /= np.sqrt((u * u).sum(1, keepdims=True))
    w = np.cross(ahead, u)
    turn = np.arange(sides) * (2 * np.pi / sides)
    normals = u[:, None] * np.cos(turn)[:, None] + w[:, None] * np.sin(turn)[:, None]
    i, j = np.mgrid[0 : len(path) - (not closed), 0:sides]
    a, b = i * sides + j, i * sides + (j + 1) % sides
    c, d = (a + sides) % (len(path) * sides), (b + sides) % (len(path) * sides)
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])
    return (path[:, None] + radius * normals).reshape(-1, 3), normals.reshape(-1, 3), faces


def box(middle: Array, half: Array, round_: float = 0.35) -> tuple[Array, Array, NDArray[np.int64]]:
    """A case: its sides are flat, their normals lean out a little at the corners, as where corners are worn."""
    points: list[Array] = []
    normals: list[Array] = []
    faces: list[tuple[int, ...]] = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            first, second = (axis + 1) % 3, (axis + 2) % 3
            for p, q in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                corner = np.zeros(3)
                corner[axis], corner[first], corner[second] = sign, p, q
                lean = corner * np.where(np.arange(3) == axis, 1.0, round_)
                points.append(middle + corner * half)
                normals.append(lean / np.sqrt(lean @ lean))
            n = len(points) - 4
            quad = ((n, n + 1, n + 2), (n, n + 2, n + 3))
            faces += quad if sign > 0 else [face[::-1] for face in quad]
    return np.array(points), np.array(normals), np.array(faces)


def _headset(body: Baked) -> None:
    """A band over the hair, a cup on each ear, a microphone before the mouth."""
    head, turn = _at("head"), np.linspace(0.0, np.pi, 10)
    band = np.stack([0.056 * np.cos(turn), 0.056 + 0.072 * np.sin(turn), np.full(10, -0.006)], -1)
    boom = np.array(
        [(0.054, 0.048, 0.006), (0.053, 0.026, 0.040), (0.030, 0.016, 0.068), (0.014, 0.018, 0.074)]
    )
    _add(body, *tube(head + band, 0.0034), "head", STEEL)
    _add(body, *tube(head + boom, 0.0022, 4), "head", STEEL)
    for side in (-1.0, 1.0):
        _add(
            body, *box(head + (side * 0.054, 0.052, 0.0), np.array([0.008, 0.018, 0.015]), 0.8), "head", WOOL
        )


def _case(body: Baked) -> None:
    _add(body, *box(np.array([0.0, 0.075, 0.215]), np.array([0.058, 0.062, 0.112])), "chest", LEATHER)
    grip = np.array([(0.0, 0.134, 0.18), (0.0, 0.152, 0.19), (0.0, 0.152, 0.24), (0.0, 0.134, 0.25)])
    _add(body, *tube(grip, 0.005, 5), "chest", STEEL)


def _cable(body: Baked) -> None:
    """Coils of it, in both hands and over a shoulder."""
    turn = np.linspace(0.0, 2 * np.pi, 22, endpoint=False)
    for n in range(3):
        r, lean = 0.098 + 0.006 * n, 0.16 * (n - 1)
        ring = np.stack([r * np.sin(turn) * lean + 0.014 * (n - 1), r * np.cos(turn), r * np.sin(turn)], -1)
        _add(
            body,
            *tube(np.array([0.0, 0.050, 0.205]) + ring, 0.0085, 6, True),
            "chest",
            WOOL if n == 1 else LINEN,
        )


def _stands(body: Baked) -> None:
    """Folded stands for music, an armful."""
    for x, y, back in ((-0.02, 0.10, 0.0), (0.012, 0.115, 0.03), (0.0, 0.085, -0.03)):
        bar = np.array([(x + 0.05, y + 0.31, 0.10 + back), (x, y, 0.20), (x - 0.04, y - 0.26, 0.27 - back)])
        _add(body, *tube(bar, 0.0075, 5), "chest", LEATHER)


def _lamp(body: Baked) -> None:
    """A lamp with its yoke, and its lens ahead."""
    turn = np.linspace(0.0, 2 * np.pi, 14, endpoint=False)
    rings = ((0.052, 0.13), (0.058, 0.16), (0.058, 0.25), (0.074, 0.285), (0.070, 0.290), (0.0, 0.275))
    path = np.array([(0.0, 0.085, z) for _, z in rings])
    points, normals, faces = tube(path, 1.0, len(turn))
    points = path.repeat(len(turn), 0) + normals * np.repeat([r for r, _ in rings], len(turn))[:, None]
    _add(body, points, normals, faces, "chest", LEATHER)
    yoke = np.stack([0.078 * np.cos(turn[:8]), 0.085 + 0.098 * np.sin(turn[:8]), np.full(8, 0.20)], -1)
    _add(body, *tube(yoke, 0.006, 5), "chest", STEEL)


def _nothing(body: Baked) -> None:
    """Free hands."""


LOADS = {"case": _case, "cable": _cable, "stands": _stands, "lamp": _lamp}
