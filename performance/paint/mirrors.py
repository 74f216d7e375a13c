"""The constellation: its light in the air and on the boards first, then its lines and its true mirrors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.frame import Frame
from performance.paint.ice import IceKit
from performance.paint.plates import paint_plates
from performance.paint.sparks import paint_glints, paint_glows
from performance.paint.strokes import paint_lines
from performance.stage.mirrors import Mirrors

Array = NDArray[np.float64]
LINE_WIDTH = 0.00070  # picture heights
HALO = 0.014  # light round a mirror at rest, linear


def paint_mirrors_light(frame: Frame, stars: Mirrors) -> None:
    """Before the bloom: flares, the light they throw on the air and the boards, faint haloes."""
    canvas, camera = frame.canvas, frame.camera
    place = stars.plates.places[stars.mirrors]
    u, v, scale = camera.project(*place.T)
    white = stars.colours * 0.75 + 0.25
    size = stars.sizes * stars.plates.scale[stars.mirrors] * scale
    height = np.maximum(place[:, 1], 0.0)
    shown = stars.plates.shown[stars.mirrors] * np.clip(height * 8, 0.0, 1.0)
    rest = (HALO * shown)[:, None] * stars.colours
    hot = np.flatnonzero(stars.flare > 0.02)
    bright = (stars.flare * shown)[hot][:, None]
    struck = (stars.struck * shown)[hot][:, None]
    colour, wide, height = stars.colours[hot], size[hot], height[hot]
    core = 0.05 * wide + 0.003
    radius = np.concatenate([size * 0.9, core, wide * 2.2])
    light = [rest, white[hot] * (bright * 1.2 + struck * 7.0), colour * (bright * 0.07 + struck * 0.10)]
    u, v = np.concatenate([u, u[hot], u[hot]]), np.concatenate([v, v[hot], v[hot]])
    paint_glows(canvas, canvas.air, u, v, radius, radius, np.concatenate(light))
    fu, fv, fscale = camera.project(place[hot, 0], np.zeros(len(hot)), place[hot, 2])
    pool = (0.06 + 0.25 * height) * fscale
    fall = 1.0 / (0.35 + height * 1.6)
    thrown = colour * (bright * 0.05 + struck * 0.16) * fall[:, None]
    ru, rv, _ = camera.project(place[hot, 0], -place[hot, 1], place[hot, 2])
    u, v = np.concatenate([fu, ru]), np.concatenate([fv, rv])
    across, down = np.concatenate([pool, wide * 0.5]), np.concatenate([pool * 0.22, wide * 1.6])
    paint_glows(canvas, canvas.field, u, v, across, down, np.concatenate([thrown, thrown * 1.6]))


def paint_mirrors(frame: Frame, stars: Mirrors, kit: IceKit) -> None:
    """After the bloom: lines, mirrors and the stars of light on those that are struck."""
    canvas, camera = frame.canvas, frame.camera
    if stars.line_light.max(initial=0.0) > 0.003:
        u, v, _ = camera.project(stars.lines[..., 0], stars.lines[..., 1], stars.lines[..., 2])
        paint_lines(canvas, u, v, LINE_WIDTH, stars.line_light)
    shining = paint_plates(frame, stars.plates, kit.rime())[stars.mirrors]
    place = stars.plates.places[stars.mirrors]
    u, v, scale = camera.project(*place.T)
    hot, wink = np.flatnonzero(stars.struck > 0.03), np.flatnonzero(shining > 0.5)
    light, gleam = stars.struck[hot], shining[wink]
    stars_of_light = (
        (0.0010 + 0.0022 * light, np.full(len(wink), 0.0009)),
        (0.105 * light, 0.016 * gleam),
        ((stars.colours[hot] * 0.6 + 0.4) * light[:, None] * 3.0,
         (stars.colours[wink] * 0.5 + 0.5) * (gleam[:, None] - 0.5) * 1.6),
    )  # fmt: skip
    who = np.concatenate([hot, wink])
    core, rays, colour = (np.concatenate(both) for both in stars_of_light)
    paint_glints(canvas, u[who], v[who], core * scale[who], rays * scale[who], colour)
