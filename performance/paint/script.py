"""Pages in a script that nobody reads: an invented alphabet, written with a broad nib, and music in neumes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.causes import violin
from performance.paint.cache import kept

Single = NDArray[np.float32]
Array = NDArray[np.float64]
Stamp = tuple[Single, int, int]  # ink and the place of its origin

PAGES = 4
TALL = 1.414
NIB = 0.70  # radians: how the pen is held
WIDTHS = (96, 136, 192, 272, 384, 544)  # pixels of a page that are written
SYSTEMS = 3  # staves to a page
MARGIN = 0.085
MADE_BY = mark_of(__file__, violin.__file__)


def width_for(pixels: float) -> int:
    """The page width to use for a sheet seen so many pixels wide."""
    return next((width for width in WIDTHS if width >= pixels), WIDTHS[-1])


def _arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Array:
    """Degrees, anticlockwise from the right."""
    q = np.radians(np.linspace(start, end, 16))
    return np.stack([x + rx * np.cos(q), y + ry * np.sin(q)], 1)


def _flow(*points: tuple[float, float]) -> Array:
    return violin.smooth_line(points, 6)


def _whorl(x: float, y: float, start: float, turns: float, inner: float, outer: float) -> Array:
    q = np.linspace(0, 1, int(18 * abs(turns)) + 6)
    r, angle = inner + (outer - inner) * q, start + turns * 2 * np.pi * q
    return np.stack([x + r * np.cos(angle), y + r * np.sin(angle)], 1)


def _bases() -> list[list[Array]]:
    """The stems of the letters; x from 0 to about 1, y 0 on the line, 1 the height of a small letter."""
    return [
        [
            _flow((0.05, 1.55), (0.30, 1.75), (0.34, 1.1), (0.22, 0.2), (0.30, -0.55)),
            _arc(0.62, 0.42, 0.30, 0.34, 120, -150),
        ],
        [_whorl(0.42, 0.45, 0.4, 1.45, 0.07, 0.46), _flow((0.86, 0.62), (1.0, 1.2), (0.78, 1.62))],
        [
            _flow((0.0, 0.95), (0.40, 1.12), (0.86, 0.92)),
            _flow((0.42, 1.05), (0.36, 0.4), (0.12, 0.06), (0.50, -0.12), (0.88, 0.10)),
        ],
        [_arc(0.42, 0.20, 0.40, 0.80, 8, 172), _whorl(0.42, 0.28, 1.6, 0.9, 0.05, 0.17)],
        [
            _flow((0.10, -0.60), (0.14, 0.5), (0.40, 1.15), (0.62, 0.6), (0.58, -0.1), (0.86, -0.35)),
            _flow((0.02, 0.42), (0.72, 0.50)),
        ],
        [_flow((0.8, 1.7), (0.3, 1.2), (0.06, 0.5), (0.36, 0.02), (0.78, 0.22), (0.7, 0.66), (0.34, 0.6))],
        [_arc(0.30, 0.72, 0.26, 0.28, 0, 360), _arc(0.62, 0.24, 0.26, 0.28, 0, 360)],
        [
            _flow((0.04, 0.62), (0.22, 1.0), (0.44, 0.62), (0.22, 0.24), (0.04, 0.62)),
            _flow((0.44, 0.62), (0.86, 0.95), (0.98, 0.30), (0.70, -0.50)),
        ],
        [
            _flow((0.46, 1.75), (0.44, 0.9), (0.42, 0.0)),
            _arc(0.44, 1.05, 0.40, 0.42, 200, 340),
            _arc(0.44, 0.50, 0.28, 0.32, 200, 340),
        ],
        [
            _flow((0.0, 0.10), (0.20, 0.95), (0.42, 0.35), (0.60, 1.0), (0.84, 0.08)),
            _flow((0.20, -0.25), (0.62, -0.32)),
        ],
        [_whorl(0.30, 0.60, 3.3, -1.2, 0.06, 0.34), _whorl(0.74, 0.40, 0.2, -1.2, 0.05, 0.28)],
        [
            _flow((0.08, 1.0), (0.14, 0.36), (0.46, 0.04), (0.80, 0.40), (0.84, 1.02)),
            _flow((0.46, 0.70), (0.46, -0.58)),
        ],
    ]


def alphabet() -> list[list[Array]]:
    """Some thirty letters: every stem bare, and with a bar, a ring, a tail or dots, never twice the same."""
    extra: list[list[Array]] = [
        [],
        [_flow((0.02, 1.34), (0.30, 1.52), (0.58, 1.30), (0.90, 1.48))],
        [_arc(0.42, 1.42, 0.13, 0.14, 0, 360)],
        [_flow((0.70, 0.02), (0.62, -0.46), (0.20, -0.70), (-0.10, -0.44))],
        [np.array([(0.28, 1.40), (0.32, 1.44)]), np.array([(0.56, 1.40), (0.60, 1.44)])],
    ]
    letters = []
    for k, base in enumerate(_bases()):
        high = max(float(stroke[:, 1].max()) for stroke in base) > 1.2
        for add in (0, (k % 2) + 3, 1 + k % 2):
            if not (high and add in (1, 2, 4)):
                letters.append(base + extra[add])
    return letters


def _stamp(strokes: list[Array], em: float, weight: float) -> tuple[Single, int, int]:
    """A letter as ink (h, w) with the place of its origin (column, row); em pixels to a small letter's height."""
    pad, fine = 2, 3
    points = np.vstack(strokes)
    left, top = points[:, 0].min(), points[:, 1].max()
    w = int(np.ceil((points[:, 0].max() - left) * em)) + 2 * pad
    h = int(np.ceil((top - points[:, 1].min()) * em)) + 2 * pad
    x, y = np.meshgrid((np.arange(w * fine) + 0.5) / fine - pad, (np.arange(h * fine) + 0.5) / fine - pad)
    best = np.full(x.shape, -9.0)
    for stroke in strokes:
        q = np.stack([(stroke[:, 0] - left) * em, (top - stroke[:, 1]) * em], 1)
        for a, b in pairwise(q):
            e = b - a
            lean = abs(np.sin(np.arctan2(-e[1], e[0]) - NIB))
            half = weight * em * (0.30 + 0.70 * lean) * 0.5
            s = np.clip(((x - a[0]) * e[0] + (y - a[1]) * e[1]) / (e @ e + 1e-9), 0, 1)
            best = np.maximum(best, half - np.hypot(x - a[0] - s * e[0], y - a[1] - s * e[1]))
    ink = np.clip(best * fine + 0.5, 0, 1).reshape(h, fine, w, fine).mean((1, 3))
    return ink.astype(np.float32), int(round(left * em)) - pad, int(round(-top * em)) - pad


def _neumes() -> list[list[Array]]:
    """Notes of no known notation: lozenges, linked steps, flagged stems."""
    lozenge = np.array([(0, 0.3), (0.3, 0.6), (0.6, 0.3), (0.3, 0.0), (0, 0.3)])
    bar = np.array([(0.02, 0.3), (0.58, 0.3)])
    stem = np.array([(0.57, 0.35), (0.57, 1.9)])
    return [
        [lozenge, bar, np.array([(0.1, 0.2), (0.4, 0.5)])],
        [lozenge, bar, stem],
        [lozenge, bar, stem, violin.smooth_line([(0.57, 1.9), (0.85, 1.5), (0.9, 1.1)], 5)],
        [lozenge, lozenge + (0.75, 0.5), np.array([(0.57, 0.3), (0.78, 0.8)]), bar, bar + (0.75, 0.5)],
        [_arc(0.35, 0.3, 0.32, 0.26, 0, 360), np.array([(0.66, 0.3), (0.70, -1.2)])],
    ]


def _stamped(page: Single, stamp: tuple[Single, int, int], x: float, y: float, dark: float) -> None:
    """Ink a letter with its origin at (x, y) pixels."""
    ink, dx, dy = stamp
    column, row = int(round(x)) + dx, int(round(y)) + dy
    h, w = ink.shape
    if column < 0 or row < 0 or column + w > page.shape[1] or row + h > page.shape[0]:
        return
    place = page[row : row + h, column : column + w]
    np.maximum(place, ink * np.float32(dark), out=place)


def pages(width: int) -> NDArray[np.float32]:
    """Ink and paper of PAGES pages `width` pixels wide, (PAGES, h, width, 2), from the cache if they are there."""
    return kept("pages", width, lambda: write_pages(width), MADE_BY)["pages"]


def write_pages(width: int) -> dict[str, NDArray[np.float32]]:
    """Ink and paper of PAGES pages, (PAGES, h, width, 2): ink 0..1, paper's own brightness about 1."""
    written = []
    for number in range(PAGES):
        rng = np.random.default_rng(40 + number)  # a texture, not chance
        written.append(np.stack([_page(rng, width), _paper(rng, width)], -1))
    return {"pages": np.ascontiguousarray(np.array(written), np.float32)}


def _page(rng: np.random.Generator, width: int) -> Single:
    height = round(width * TALL)
    ink = np.zeros((height, width), np.float32)
    gap = height * 0.0215
    words = [_stamp(letter, gap * 1.42, 0.21) for letter in alphabet()]
    notes = [_stamp(note, gap * 1.35, 0.26) for note in _neumes()]
    left, right = MARGIN * width, (1 - MARGIN) * width
    for system in range(SYSTEMS):
        top = height * (0.095 + 0.298 * system)
        for line in range(5):
            _rule(ink, top + line * gap, left, right, max(0.07 * gap, 0.55), 0.42)
        indent = left + (0.05 * width if system == 0 else 0.0)
        _clef(ink, indent, top, gap, rng)
        _melody(ink, rng, notes, indent + 3.2 * gap, right, top, gap)
        _text(ink, rng, words, indent + 1.5 * gap, right - gap * rng.uniform(0, 6), top + 8.2 * gap, gap)
    return ink


def _rule(ink: Single, y: float, left: float, right: float, thick: float, dark: float) -> None:
    rows = np.arange(ink.shape[0]) + 0.5
    cover = np.clip(thick * 0.5 + 0.5 - np.abs(rows - y), 0, 1) * min(thick, 1.0)
    columns = slice(int(left), int(right))
    ink[:, columns] = np.maximum(ink[:, columns], (cover * dark)[:, None])


def _clef(ink: Single, x: float, top: float, gap: float, rng: np.random.Generator) -> None:
    turn = np.linspace(0, 2.1 * 2 * np.pi, 50)
    coil = np.stack(
        [0.9 + (0.1 + 0.06 * turn) * np.cos(turn + 1), 1.2 + (0.1 + 0.09 * turn) * np.sin(turn + 1)], 1
    )
    tail = violin.smooth_line(
        [coil[-1], (1.5, 3.2), (1.1, 4.3), (0.8, 3.2), (1.1, -0.8), (0.5, -1.5), (0.2, -1.0)], 6
    )
    _stamped(ink, _stamp([coil, tail], gap, 0.26), x, top + 3.4 * gap, 1.0)


def _melody(
    ink: Single, rng: np.random.Generator, notes: list[Stamp], x: float, right: float, top: float, gap: float
) -> None:  # fmt: skip
    """Neumes that wander over the stave, with rests and bar lines."""
    step = 4.0
    while x < right - 2 * gap:
        step = float(np.clip(step + rng.integers(-2, 3), -1, 9))
        if rng.random() < 0.14:
            for row in range(int(top), int(top + 4 * gap)):
                ink[row, int(x)] = max(ink[row, int(x)], 0.5)
            x += 1.2 * gap
        _stamped(
            ink, notes[int(rng.integers(len(notes)))], x, top + 4 * gap - step * 0.5 * gap + 0.3 * gap, 1.0
        )
        x += gap * rng.choice([1.7, 2.1, 3.0])


def _text(
    ink: Single, rng: np.random.Generator, words: list[Stamp], x: float, right: float, y: float, gap: float
) -> None:  # fmt: skip
    """A line of words of two to five letters."""
    while x < right - 4 * gap:
        for _ in range(int(rng.integers(2, 6))):
            stamp = words[int(rng.integers(len(words)))]
            _stamped(ink, stamp, x, y + rng.normal(0, 0.05) * gap, 0.95)
            x += stamp[0].shape[1] - 4 + 0.34 * gap
            if x > right:
                break
        x += 0.95 * gap


def _paper(rng: np.random.Generator, width: int) -> Single:
    """Laid paper: fibres, faint lines of the mould, a little darker towards the edges."""
    height = round(width * TALL)
    fy, fx = np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None] * width
    f = np.hypot(fy, fx) + 1e-3
    wave = np.fft.rfft2(rng.standard_normal((height, width))) * (f > 1) * (f**-1.1)
    cloud = np.fft.irfft2(wave, (height, width))
    cloud = cloud / cloud.std() * 0.030
    y, x = np.mgrid[0:height, 0:width]
    laid = 0.012 * np.sin(y * 2 * np.pi / max(width / 60, 3.0))
    edge = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y)) / width
    return np.asarray(1 + cloud + laid - 0.16 * np.exp(-edge / 0.03), np.float32)
