"""People of the audience made ready to be lit: how each place of a bust answers light from the left, right and above.

All three lights stand beyond the person, where the stage is, so what is kept is rims, hair that lets light
through, and the tops of shoulders. Lit values are then a weighted sum, whatever the colours of the lights.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Bytes
from performance.stage.bust import BOTTOM, HALF_WIDTH, TOP, Bust, bust, extent, outline, release
from performance.stage.hair import CLOTH, HAIR, SEAT

Single = NDArray[np.float32]
ONE = 1.6  # the answer that is kept as 255; kept as a square root, so that darkness has steps enough
FROM = ((-0.80, -0.34, -0.50), (0.80, -0.34, -0.50), (0.0, -0.80, -0.60))  # x right, y down, z towards us
TILE = 256
FINE_HEAD = 46  # pixels; smaller heads are modelled at twice the size and averaged
SOFT_HAIR = 0.010  # of a head: how softly hair ends


@lru_cache(maxsize=1)
def _tiles() -> Single:
    """(3, TILE, TILE) periodic noise, mean 0 and deviation 1: strands along y, curls, fuzz."""
    rng = np.random.default_rng(4)  # a texture, not chance
    fy, fx = np.fft.fftfreq(TILE)[:, None], np.fft.rfftfreq(TILE)[None, :]
    out = []
    for sx, sy in ((1.1, 9.0), (3.6, 3.6), (0.9, 0.9)):
        wave = np.fft.rfft2(rng.standard_normal((TILE, TILE)))
        noise = np.fft.irfft2(wave * np.exp(-2 * np.pi**2 * ((sx * fx) ** 2 + (sy * fy) ** 2)), (TILE, TILE))
        out.append(noise / noise.std())
    return np.array(out, np.float32)


def _sample(tile: Single, x: Single, y: Single) -> Single:
    """A periodic tile read between its places, coordinates in tile pixels."""
    x0, y0 = np.floor(x), np.floor(y)
    fx, fy = x - x0, y - y0
    i, j = x0.astype(np.int32) & (TILE - 1), y0.astype(np.int32) & (TILE - 1)
    k, m = (i + 1) & (TILE - 1), (j + 1) & (TILE - 1)
    top = tile[j, i] + (tile[j, k] - tile[j, i]) * fx
    low = tile[m, i] + (tile[m, k] - tile[m, i]) * fx
    return np.asarray(top + (low - top) * fy, np.float32)


def _seam(a: Single, b: Single, width: float) -> Single:
    """The greater of two surfaces, joined over `width`."""
    h = np.clip(0.5 + 0.5 * (a - b) / np.float32(width), 0, 1)
    return np.asarray(b + (a - b) * h + np.float32(width) * h * (1 - h))


def _unfold(b: Bust, x: Single, y: Single) -> tuple[Single, Single]:
    """How hair runs over each place: strands that fall from the crown, and curls."""
    tiles = _tiles()
    shift = [200 * float(k) for k in b.phases]  # plain floats keep the arrays single
    cx, cy = np.float32(0.12 * (b.phases[0] - 0.5)), np.float32(-0.30 - 0.08 * b.phases[1])
    angle = np.arctan2(x - cx, y - cy + 0.35 * np.abs(y - cy)).astype(np.float32)
    out = np.hypot(x - cx, y - cy)
    strand = _sample(tiles[0], angle * 95 + shift[2] + 5 * np.sin(out * 5 + shift[4]), out * 70 + shift[3])
    curl = _sample(tiles[1], x * 62 + shift[4], y * 62 + shift[5])
    return strand, curl


def _box(b: Bust, part: int, x: Single, y: Single) -> tuple[slice, slice]:
    """The rows and columns that an ellipsoid and its seam can reach."""
    left, top, right, bottom = extent(b, part)
    reach = 0.06 + b.blend[part] + 2 * b.rough[part]
    rows = np.searchsorted(y, (top - reach, bottom + reach))
    columns = np.searchsorted(x, (left - reach, right + reach))
    return slice(int(rows[0]), int(rows[1])), slice(int(columns[0]), int(columns[1]))


Relief = tuple[Single, Single, Bytes, Single]


def relief(b: Bust, x: Single, y: Single, begun: Relief | None = None) -> Relief:
    """Height towards us, distance inside the outline, what it is made of, and the strands of the hair. `begun` is what
    these parts are joined to."""
    if begun is None:
        strand, curl = _unfold(b, x, y)
        z, inside = np.full(x.shape, -9, np.float32), np.full(x.shape, -9, np.float32)
        matter = np.zeros(x.shape, np.uint8)
    else:
        z, inside, matter, strand = begun[0].copy(), begun[1].copy(), begun[2].copy(), begun[3]
        curl = strand
    curly = 1.0 if b.cutting in ("curls", "afro", "wavy", "updo") else 0.25
    stand = np.float32(curly) * curl + np.float32(1.1 - curly) * 0.32 * strand
    for part in range(len(b.centre)):
        box = _box(b, part, x[0], y[:, 0])
        px, py, zs, ins = x[box], y[box], z[box], inside[box]
        edge, height, _ = outline(b, part, px, py)
        rough, cut, blend = float(b.rough[part]), float(b.cut[part]), float(b.blend[part])
        if rough:
            edge += rough * stand[box]
            height += 0.9 * rough * stand[box]
        if cut < 9:
            below = np.maximum(py - cut - 0.035 * np.cos(9 * px + 6 * float(b.phases[2])) + 0.07, 0)
            edge -= 1.2 * below
            height -= (1.0 + 0.3 * strand[box]) * below
        height = np.where(edge < -0.5 * blend - 0.01, np.float32(-9), height)
        matter[box][height > zs] = b.matter[part]
        z[box] = _seam(zs, height, blend)
        inside[box] = _seam(ins, edge, 0.6 * blend)
    return z, inside, matter, strand


def _box_blur(image: Single, radius: float) -> Single:
    """Softened by about `radius` pixels, both ways."""
    if radius < 0.25:
        return image
    n = max(1, int(np.ceil(2 * radius)))
    weights = np.exp(-0.5 * (np.arange(-n, n + 1) / radius) ** 2)
    weights = (weights / weights.sum()).astype(np.float32)
    for axis in (0, 1):
        pad = [(0, 0)] * image.ndim
        pad[axis] = (n, n)
        wide = np.pad(image, pad, mode="edge")
        size = image.shape[axis]
        image = np.asarray(
            sum(w * wide.take(range(k, k + size), axis) for k, w in enumerate(weights)), np.float32
        )
    return image


def answers(b: Bust, x: Single, y: Single, pixel: float) -> tuple[Single, Single]:
    """(h, w, 5) answers to the three lights, alpha and release, and (h, w, 3) the colour of the matter.

    `pixel` is the size of one in heads.
    """
    z, inside, matter, strand = relief(b, x, y)
    hair, seat, cloth = matter == HAIR, matter == SEAT, matter == CLOTH
    ny, nx = np.gradient(z, pixel)
    length = np.sqrt(nx * nx + ny * ny + 1)
    facing = 1 / length
    grazing = 1 - facing
    rim = 0.20 * grazing**2 + 0.30 * grazing**5 + 0.75 * grazing**12
    fibre = np.clip(0.78 + np.where(hair, 0.34, 0.10) * strand, 0.15, 1.7)  # nothing takes a rim evenly
    thin = np.where(
        hair, 0.80 * np.exp(-np.maximum(inside, 0) / 0.020), 0.34 * np.exp(-np.maximum(inside, 0) / 0.010)
    )
    shade = np.where(seat, 0.30, np.where(cloth, 0.62, 1.0)) * fibre
    under = np.clip(
        1.0 - 1.3 * (_box_blur(z.clip(-0.5, 2), 0.10 / pixel) - z), 0.25, 1.1
    )  # what leans out shades
    low = np.clip((BOTTOM - y) / 0.5, 0, 1) * np.clip(1.35 - 0.5 * np.maximum(y - 0.5, 0), 0.2, 1)
    out = np.empty((*x.shape, 5), np.float32)
    for k, (lx, ly, lz) in enumerate(FROM):
        turned = (-nx * lx - ny * ly + lz) / length
        across = np.clip((-nx * lx - ny * ly) / np.sqrt(nx * nx + ny * ny + 0.05) + 0.25, 0, 1.25)
        out[..., k] = (np.maximum(turned + 0.10, 0) * rim + 0.55 * thin * across**2) * shade * under * low
    soft = 0.5 * pixel + np.where(hair, SOFT_HAIR, 0)
    out[..., 3] = np.clip(0.5 + 0.5 * inside / soft, 0, 1) * np.clip((BOTTOM - 0.02 - y) / 0.2, 0, 1)
    out[..., 4] = release(b, x, y, inside) + 0.016 * _sample(_tiles()[2], x * 150, y * 150)
    palette = np.array([b.cloth, b.skin, b.hair, (0.16, 0.035, 0.030)], np.float32)
    colour = (
        palette[matter] * np.array([1.5, 1.15, 1.7, 1.0], np.float32)[matter][..., None]
        + np.where(seat, 0.02, 0.085)[..., None]
    )
    return out, colour.astype(np.float32)


def sprite(row: int, person: int, head: float, softness: float) -> tuple[Bytes, Bytes, Bytes]:
    """(h, w, 4) answers left, right, above and alpha, (h, w, 4) colour BGR0, (h, w) release, all as bytes.

    `head` is the height of the head in pixels, `softness` how far the person is out of focus, in pixels.
    """
    fine = 2 if head < FINE_HEAD else 1
    w, h = int(np.ceil(2 * HALF_WIDTH * head)), int(np.ceil((BOTTOM - TOP) * head))
    xs = ((np.arange(w * fine) + 0.5) / fine - w / 2) / head
    ys = ((np.arange(h * fine) + 0.5) / fine) / head + TOP
    x, y = (g.astype(np.float32) for g in np.meshgrid(xs, ys))
    values, colour = answers(bust(row, person), x, y, 1 / (head * fine))
    values[..., :3] *= values[..., 3:4]
    if fine > 1:
        values = values.reshape(h, fine, w, fine, -1).mean((1, 3))
        colour = colour.reshape(h, fine, w, fine, -1).mean((1, 3))
    values[..., :4] = _box_blur(values[..., :4], softness)
    values[..., :3] = np.sqrt(np.clip(values[..., :3] / ONE, 0, 1))
    bytes_ = (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)
    bgr = np.zeros((h, w, 4), np.uint8)
    bgr[..., :3] = np.clip(_box_blur(colour, 0.6 + softness)[..., ::-1], 0, 1) * 255 + 0.5
    return np.ascontiguousarray(bytes_[..., :4]), bgr, np.ascontiguousarray(bytes_[..., 4])
