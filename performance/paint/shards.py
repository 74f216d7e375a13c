"""Shards of ice: their glitter and their shine on the boards first, then each one with the picture in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.frame import Frame
from performance.paint.ice import IceKit
from performance.paint.plates import paint_plates
from performance.paint.shine import in_beam, key_on
from performance.paint.sparks import paint_glints, paint_glows
from performance.stage.shards import Shards

Array = NDArray[np.float64]
COLD = np.array([0.75, 0.92, 1.1])  # of light that has been through ice
SHEEN = 0.10  # of the light on a shard that the polished boards show under it


def paint_shards_light(frame: Frame, shards: Shards) -> None:
    """Before the bloom: the blow's flash, impacts that glitter, ice dust, and the shards' shine in the boards."""
    canvas, camera = frame.canvas, frame.camera
    bright = np.concatenate([shards.flash[None], shards.sparks])
    u, v, scale = camera.project(*bright[:, :3].T)
    radius = np.full(len(u), 0.0045) * scale
    radius[0] = 0.03 + 0.10 * shards.since
    light = bright[:, 3:] * COLD * _lamp(frame, bright[:, :3])
    light[0] = bright[0, 3] * COLD * 0.5
    paint_glows(canvas, canvas.air, u, v, radius, radius, light)
    spill = radius * 6
    sheen = _sheen(frame, shards)
    spilt = (u, v, spill, spill * 0.3, light * 0.05)
    paint_glows(canvas, canvas.field, *(np.concatenate(both) for both in zip(sheen, spilt, strict=True)))


def paint_shards(frame: Frame, shards: Shards, kit: IceKit) -> None:
    """After the bloom: dust, shards that mirror the picture, and the glints on them."""
    canvas, camera = frame.canvas, frame.camera
    if len(shards.powder):
        u, v, scale = camera.project(*shards.powder[:, :3].T)
        size = (0.0007 + 0.0006 * shards.powder[:, 3].clip(0, 1)) * scale
        light = (
            shards.powder[:, 3:]
            * COLD
            * (0.25 + 0.75 * in_beam(frame.lights.beam, shards.powder[:, :3]))[:, None]
        )
        paint_glints(canvas, u, v, size, size * 2.5, light)
    shining = paint_plates(frame, shards.plates, kit.rime())
    hot = np.flatnonzero(shining > 0.45)  # faces that throw the lamp's light straight at us
    gleam, flash, struck = shining[hot], shards.sparks[:, 3], shards.sparks[:, :3]
    u, v, scale = camera.project(*np.concatenate([shards.plates.places[hot], struck]).T)
    core = np.concatenate([np.full(len(hot), 0.0011), 0.0008 + 0.0006 * flash])
    rays = np.concatenate([0.006 + 0.012 * gleam, 0.006 + 0.010 * flash])
    light = ((gleam - 0.45)[:, None] * 2.6 * COLD, flash[:, None] * COLD * _lamp(frame, struck))
    paint_glints(canvas, u, v, core * scale, rays * scale, np.concatenate(light))


def _lamp(frame: Frame, places: Array) -> Array:
    """The spot's colour at places, never quite dark: the house has other lamps."""
    return np.asarray(0.35 + 0.65 * key_on(frame.lights, places) / max(max(frame.lights.beam.colour), 1e-3))


def _sheen(frame: Frame, shards: Shards) -> tuple[Array, Array, Array, Array, Array]:
    """Places, radii and colours of a soft light under every shard in the boards, as far below as it hangs above."""
    place = shards.plates.places
    below = place * (1, -1, 1)
    u, v, scale = frame.camera.project(*below.T)
    size = shards.spreads * scale * 0.5
    light = (
        key_on(frame.lights, place)
        * COLD
        * (SHEEN * np.exp(-2.5 * place[:, 1]) * shards.plates.shown)[:, None]
    )
    return u, v, size * 0.8, size * 1.1, light
