"""What runs under the stills over time: the light, how much there is of each thing, the values that move, loudness."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from performance.sheet.gather import Loudness, Seen
from performance.sheet.marks import FAINT, HAIR, INK, Area, Bytes, Line, Mark, Picture, Type
from performance.sheet.moving import Curve
from performance.sheet.presence import Floats, Ribbon
from performance.sheet.strip import Strip, runs

LOUD, QUIET = -14.0, -50.0  # LUFS at the top and the foot of its lane
TARGET = -23.0
NAME = 9.5  # size of type
INDENT = 8.0  # between a name and its lane
THINNEST = 0.04  # of a row: what is barely there can be seen, too


def light_lane(strip: Strip, seen: Seen, top: float, height: float) -> list[Mark]:
    """Every moment's picture as one column of colour, and how light it is as a line over it."""
    level = seen.level / max(float(seen.level.max()), 1e-9)
    line = strip.points(np.sqrt(level), top, height)
    return [
        Picture(strip.left, top, strip.width, height, light_strip(seen.light)),
        Line(line, (INK,), 1.0, 0.85),
        *_title(strip, "light", top + height / 2),
    ]


def light_strip(light: Floats) -> Bytes:
    """(bands, moments, 3) linear light as a picture (4 bands, 4 moments, 3), exposed for the print."""
    light = light / max(float(np.quantile(light.max(axis=-1), 0.97)), 1e-6)
    shown = np.clip(light, 0.0, 1.0) ** (1 / 2.0)
    for axis in (0, 1):
        n = shown.shape[axis]
        at = (np.arange(4 * n) + 0.5) / 4 - 0.5
        low = np.clip(np.floor(at).astype(int), 0, n - 1)
        share = np.clip(at - low, 0.0, 1.0).reshape([-1 if k == axis else 1 for k in range(3)])
        high = np.minimum(low + 1, n - 1)
        shown = np.take(shown, low, axis) * (1.0 - share) + np.take(shown, high, axis) * share
    return np.ascontiguousarray(np.rint(255 * shown).astype(np.uint8))


def rows_of(strip: Strip, ribbons: Sequence[Ribbon]) -> list[list[Ribbon]]:
    """Ribbons that leave room for one another's names share a row."""
    rows: list[list[Ribbon]] = []
    ends: list[float] = []
    for ribbon in ribbons:
        there = np.flatnonzero(ribbon.share > 0.0) * strip.width / len(ribbon.share)
        begins = float(there[0]) - len(ribbon.name) * 0.45 * NAME - 2 * INDENT
        row = next((i for i, end in enumerate(ends) if end <= begins), len(rows))
        if row == len(rows):
            rows.append([])
            ends.append(0.0)
        rows[row].append(ribbon)
        ends[row] = float(there[-1])
    return rows


def ribbon_lane(strip: Strip, ribbons: Sequence[Ribbon], top: float, height: float) -> list[Mark]:
    """As thick as there is of each; its name stands before it."""
    marks: list[Mark] = []
    rows = rows_of(strip, ribbons)
    tall = height / len(rows)
    for i, row in enumerate(rows):
        middle = top + (i + 0.5) * tall
        for ribbon in row:
            marks += _named(strip, ribbon, middle, tall)
    return marks


def _named(strip: Strip, ribbon: Ribbon, middle: float, tall: float) -> list[Mark]:
    """A ribbon with its name, again after every silence that has room for it."""
    marks: list[Mark] = []
    colour = ribbon.colours[0] if len(ribbon.colours) == 1 else INK
    ended = -math.inf
    for part in runs(ribbon.share > 0.0):
        begins, ends = (strip.left + strip.width * at / len(ribbon.share) for at in (part.start, part.stop))
        marks.append(_body(strip, ribbon, part, middle, tall))
        if begins - ended > len(ribbon.name) * 0.45 * NAME + 2 * INDENT:
            marks.append(Type(begins - 4.0, middle + 0.3 * NAME, ribbon.name, NAME, colour, "end"))
        ended = ends
    return marks


def _body(strip: Strip, ribbon: Ribbon, part: slice, middle: float, row: float) -> Area:
    share = np.sqrt(ribbon.share[part]) * 0.36 + THINNEST
    step = strip.width / len(ribbon.share)
    xs = strip.left + step * np.arange(part.start, part.stop + 1)
    thick = row * np.append(share, share[-1])
    above = list(zip(xs.tolist(), (middle - thick).tolist()))
    below = list(zip(xs.tolist(), (middle + thick).tolist()))
    return Area((*above, *below[::-1]), _part(ribbon.colours, part, len(ribbon.share)), 0.82)


def curve_lane(strip: Strip, curves: Sequence[Curve], top: float, height: float) -> list[Mark]:
    """A row for each, from its least to its greatest value, where it can be seen or heard."""
    marks: list[Mark] = []
    row = height / len(curves)
    for i, curve in enumerate(curves):
        low, high = curve.range
        y, tall = top + i * row + 0.14 * row, 0.72 * row
        marks.append(Line(((strip.left, y + tall), (strip.right, y + tall)), (HAIR,), 0.4))
        marks += _title(strip, curve.name, y + tall / 2)
        marks.append(_figure(strip, f"{_short(low)} – {_short(high)} {curve.unit}".strip(), y + tall / 2))
        points = strip.points((curve.values - low) / (high - low), y, tall)
        for part in runs(np.isfinite(curve.values)):
            if part.stop - part.start > 1:
                colours = _part(curve.colours, part, len(points))
                under = (
                    (points[part.start][0], y + tall),
                    *points[part],
                    (points[part.stop - 1][0], y + tall),
                )
                marks += [Area(under, colours, 0.16), Line(points[part], colours, 1.1)]
    return marks


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10.0 else f"{round(value, 2) + 0.0:g}"


def loudness_lane(strip: Strip, loudness: Loudness | None, top: float, height: float) -> list[Mark]:
    """Short-term loudness as a body, momentary as a hair over it, and the level that all pieces have."""
    if loudness is None:
        return []
    marks: list[Mark] = [*_title(strip, "loudness", top + height / 2)]
    for lufs in (TARGET, -41.0):
        y = top + height * (LOUD - lufs) / (LOUD - QUIET)
        marks.append(Line(((strip.left, y), (strip.right, y)), (HAIR,), 0.6))
        marks.append(_figure(strip, f"{lufs:g} LUFS", y))
    short, momentary = ((kind - QUIET) / (LOUD - QUIET) for kind in (loudness.short_term, loudness.momentary))
    if len(short) > 1:
        points = strip.points(short, top, height)
        foot = ((points[-1][0], top + height), (points[0][0], top + height))
        marks += [
            Area((*points, *foot), (FAINT,), 0.45),
            Line(strip.points(momentary, top, height), (INK,), 0.5, 0.7),
        ]
    return marks


def _part(
    colours: tuple[tuple[int, int, int], ...], part: slice, of: int
) -> tuple[tuple[int, int, int], ...]:
    """The colours of a stretch."""
    if len(colours) == 1:
        return colours
    a, b = part.start * len(colours) // of, -(-part.stop * len(colours) // of)
    return colours[a : max(b, a + 1)]


def _title(strip: Strip, text: str, middle: float, size: float = NAME) -> list[Mark]:
    return [Type(strip.left - INDENT, middle + 0.3 * size, text, size, FAINT, "end")]


def _figure(strip: Strip, text: str, middle: float) -> Type:
    return Type(strip.right + 5.0, middle + 2.4, text, 8.0, FAINT)
