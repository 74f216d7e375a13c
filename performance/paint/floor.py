"""The boards in their light: the pool with its soft edge, the glare towards us, counter-light, and how far one sees."""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import Light
from performance.paint.deck import paint_deck
from performance.paint.frame import Frame, bgr_rows
from performance.paint.ground import first_row, ground
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, int32, kernel, lay_soft, smooth_step
from performance.stage.floor import Floor

ALBEDO, PALE = 1.5, 0.085  # of the palette's wood, and of the wax on it, which whitens what it reflects
GLARE = 0.34  # of the beam mirrored towards us by rough varnish
SPILL = 0.075  # light the pool's own haze throws round it


@kernel("void(i8, i8, f4[:,:,::1], f4[::1], f4[::1], f4[:,::1], i8)")
def floor_rows(y0: int, y1: int, field: Light, g: Light, p: Light, colours: Light, first: int) -> None:
    """Lay lit boards over the field below the horizon; the span is counted from the first row with boards in it.

    p: level, far, pool X, Z, radius, edge, gloss, sheen u. colours (B, G, R): wood, beam, counter-light, ambient.
    """
    w = field.shape[1]
    level, far, px, pz, radius, edge, gloss, sheen_u = p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]
    cover = np.empty(w, np.float32)
    warm = np.empty(w, np.float32)
    cool = np.empty(w, np.float32)
    glare = np.empty(w, np.float32)
    tints = np.zeros((5, 3), np.float32)
    for k in range(3):
        tints[0, k], tints[4, k] = colours[0, k] * colours[1, k], colours[0, k] * colours[3, k]
        tints[1, k] = (f4(0.10) * colours[0, k] + f4(0.055)) * colours[2, k]
        tints[2, k] = f4(GLARE) * colours[1, k]
    inner, outer = f4(1) - f4(0.55) * edge, f4(1.03) + f4(0.75) * edge
    for y in range(first + y0, first + y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        left, right = (f4(0.5) - g[1]) * g[0], (f4(w) - f4(0.5) - g[1]) * g[0]
        if max(dv * g[3] - left * g[4], dv * g[3] - right * g[4]) + g[5] < f4(0.0):
            continue
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            below = dv * g[3] - du * g[4] + g[5]
            u = du * g[3] + dv * g[4]
            depth = g[6] / max(below, f4(0.002))
            ax, az = u * depth * g[7] + g[8] - px, depth + g[9] - pz
            r2 = (ax * ax + az * az) / (radius * radius)
            r = np.sqrt(r2)
            lit = smooth_step(outer, inner, r) * (f4(0.86) + f4(0.14) * fast_exp_neg(r2 * f4(1.4)))
            lit += f4(SPILL) * (fast_exp_neg(r2 * f4(0.16)) + f4(0.30) * fast_exp_neg(r2 * f4(0.012)))
            graze = max(f4(1) - g[6] / np.sqrt(g[6] * g[6] + depth * depth), f4(0))
            graze *= graze
            ahead = max(-az, f4(0)) / radius
            side = ax / (radius * (f4(0.72) + f4(0.10) * ahead))
            path = (
                fast_exp_neg(side * side * f4(1.1))
                * fast_exp_neg(ahead * f4(0.42))
                * smooth_step(f4(0.35), f4(-0.8), az / radius)
            )
            worn = f4(0.75) + f4(0.25) * fast_sin(
                ax * f4(5.1) + f4(1.7) * fast_sin(az * f4(7.3) + f4(0.6)) + f4(2.0)
            )
            glare[x] = path * graze * gloss * worn
            su = u - sheen_u
            cool[x] = (
                graze
                * graze
                * (f4(0.35) + f4(0.65) * fast_exp_neg(su * su * f4(5)))
                * gloss
                * worn
                * fast_exp_neg(depth * f4(0.34))
            )
            warm[x] = lit
            cover[x] = (
                level * smooth_step(far, far * f4(0.45), depth) * smooth_step(f4(0.0), f4(0.006), below)
            )
        lay_soft(field[y].reshape(4 * w), cover, tints, warm, cool, glare, glare)


def wood_of(floor: Floor) -> tuple[float, float, float]:
    """What the boards reflect of white light, linear RGB."""
    red, green, blue = floor.colour
    return (red * ALBEDO + PALE, green * ALBEDO + PALE, blue * ALBEDO + PALE)


def paint_floor(frame: Frame, floor: Floor) -> None:
    """Draw the boards into the field and their grain into the detail; once they heave, `FloorMirror` draws them."""
    if floor.level <= 0.0 or floor.morph > 0.0:
        return
    canvas, beam, lights = frame.canvas, frame.lights.beam, frame.lights
    shone = (beam.colour[0] * beam.level, beam.colour[1] * beam.level, beam.colour[2] * beam.level)
    sheen_u = 0.5 * lights.counter_from[0]
    numbers = [floor.level, floor.far, beam.x, beam.z, beam.width, beam.edge, floor.gloss, sheen_u]
    colours = bgr_rows(wood_of(floor), shone, lights.counter, lights.ambient)
    g = ground(frame, canvas.scale)
    first = first_row(g, canvas.field_width, canvas.field_height)
    canvas.threads.bands(
        canvas.field_height - first,
        floor_rows,
        canvas.field,
        g,
        np.array(numbers, np.float32),
        colours,
        first,
    )
    paint_deck(frame, far=2.0 * floor.far)
