"""How motes move and shine: one slow current that draws them into veils, the choir's turning tiers, fireflies'
blinking, and what calls do to them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.compiled import called, inline, kernel

Single = NDArray[np.float32]
f4: Any = np.float32
TAU = f4(2 * np.pi)
FLASH = 0.010  # of the whole dissolve: how long it glows up as it lets go
SHARPEST = 0.00105  # radius of a mote in focus, picture heights
WHITE_HOT = 0.28  # how much white the brightest have
WIDTH = 0.062  # of the front of a call, picture heights
WAKE = 0.30  # how far behind the front its colour stays, picture heights
DAZZLE = 0.30  # how soon many calls at once add no more brightness
TIERS = 6  # of the choir
TRAVEL = 0.42  # of the whole dissolve: how long a mote takes from its seat to its place in the air
CHOIR_V = 0.53  # below its lowest tier: it stands over the performer's head
_WAVES = (  # wave numbers across and down (per picture height), rate (Hz), how far towards the crest motes are drawn
    (9.7, 6.1, 0.021, 0.052),
    (-7.3, 12.4, 0.027, 0.046),
    (18.9, -11.0, 0.034, 0.026),
    (13.0, 24.5, -0.041, 0.020),
    (-33.0, 9.0, 0.055, 0.013),
)
SWELLS = tuple((x, y, rate, pull / math.hypot(x, y)) for x, y, rate, pull in _WAVES)


@dataclass(frozen=True, slots=True)
class Temper:
    """(n,) float32 each: what is a mote's own and never changes."""

    hover: Single  # how far it strays from its place, picture heights
    bob_rate: Single  # radians a second
    bob_phase: Single
    dart_rate: Single
    dart_phase: Single
    blink_rate: Single  # a second
    blink_phase: Single
    bright: Single
    small: Single  # radius, of the usual
    cool: Single  # 0..1 how far it cools
    late: Single  # 0..1 how late it follows its fellows
    tier: Single  # 0..1 of the choir
    angle: Single
    turning: Single  # radians a second
    radius: Single
    lift: Single
    rows: Single  # (16, n): all of these, in this order


@lru_cache(maxsize=4)
def temper(seed: int, count: int) -> Temper:
    """Every mote's own nature."""
    c = chances(seed, "motes", "own", count=14 * count).reshape(count, 14).T
    tier = (np.floor(c[0] * TIERS) + 0.5) / TIERS
    cluster = c[1] + 0.055 * np.sin(2 * np.pi * (c[1] * 5 + tier * 3))
    parts = (
        0.010 + 0.016 * c[2],
        2 * np.pi * (0.08 + 0.2 * c[3]),
        2 * np.pi * c[4],
        0.9 + 0.8 * c[5],
        2 * np.pi * c[6],
        0.19 + 0.20 * c[7],
        c[8],
        0.13 + 1.7 * c[9] ** 5 + 0.30 * c[10],
        0.70 + 0.85 * c[9] ** 4,
        c[1],
        c[11],
        tier,
        2 * np.pi * cluster,
        0.14 - 0.07 * tier,
        0.26 + 0.62 * tier + 0.045 * (c[12] + c[13] - 1),
        0.10 + 0.36 * tier * tier + 0.05 * (c[10] + c[11] - 1),
    )
    rows = np.array(np.broadcast_arrays(*parts), np.float32)
    return Temper(*(*rows, rows))


(
    HOVER,
    BOB_RATE,
    BOB_PHASE,
    DART_RATE,
    DART_PHASE,
    BLINK_RATE,
    BLINK_PHASE,
    BRIGHT,
    SMALL,
    COOL,
    LATE,
    TIER,
    ANGLE,
    TURNING,
    RADIUS,
    LIFT,
) = range(16)  # rows of a temper
HOUR, HOME_U, HOME_V, HOME_SCALE, AIR_U, AIR_V, AIR_SCALE = range(7)  # rows of a leaving


@inline
def sine(x: Any) -> Any:
    """Sine to about 5e-6: folded to a quarter turn, then its series. Vectorisable, as the library's is not here."""
    r = x * f4(0.15915494)
    r = r - np.floor(r + f4(0.5))
    r = r if abs(r) <= f4(0.25) else np.copysign(f4(0.5), r) - r
    y = r * TAU
    q = y * y
    return y * (f4(1) - q * (f4(1 / 6) - q * (f4(1 / 120) - q * (f4(1 / 5040) - q * f4(1 / 362880)))))


@inline
def fade(x: Any) -> Any:
    """exp(-x) for x >= 0, close to it while there is anything to see, and never negative."""
    y = x * f4(1 / 16)
    r = f4(1) / (f4(1) + y * (f4(1) + y * (f4(0.5) + y * (f4(1 / 6) + y * f4(1 / 24)))))
    r = r * r
    r = r * r
    r = r * r
    return r * r


@inline
def ease(x: Any) -> Any:
    """0..1, slow to begin and slower yet to leave, and it settles."""
    x = min(max(x, f4(0)), f4(1))
    x = x * x * (f4(3) - f4(2) * x)
    return x * (f4(0.35) + f4(0.65) * x)


@inline
def current(u: Any, v: Any, t: float) -> Any:
    """Displacements: eddies that carry, and swells that draw everything near into veils and knots.

    Drawing towards the crests of a few waves makes filaments that meet in knots, as in the first structures of
    the universe (Zel'dovich, Astronomy and Astrophysics 5, 1970).
    """
    a = sine(f4(3.1) * u + f4(4.3) * v - f4(0.23 * t))
    du = f4(0.075) * sine(f4(4.7) * u - f4(3.4) * v + f4(0.19 * t) + f4(1.3) * a)
    dv = f4(0.050) * a
    for across, down, rate, pull in SWELLS:
        swell = sine(f4(across) * u + f4(down) * v + f4(2 * np.pi * rate * t + 0.5 * np.pi) + f4(1.1) * a)
        du += f4(pull * across) * swell
        dv += f4(pull * down) * swell
    return du, dv


@inline
def blinking(x: Any, depth: Any) -> Any:
    """Fireflies: a quick glow and a slow fading, `x` blinks after the first."""
    x = x - np.floor(x)
    pulse = (f4(1) - fade(f4(26) * x)) * fade(f4(4.2) * x) * f4(1.55)
    return f4(1) - depth + depth * (f4(0.10) + f4(1.25) * pulse)


@called
def _gather(own: Any, t: float, swarm: float, out: Any) -> None:
    """Motes become a choir: tiers that turn slowly round the performer, rising and falling like breath."""
    now, slow, breath = f4(t), f4(0.5 * t), f4(2 * np.pi * 0.12 * t)
    for i in range(out.shape[1]):
        angle = own[ANGLE, i] + now * own[TURNING, i]
        wave = f4(0.030) * sine(f4(3) * angle - slow + f4(4) * own[TIER, i])
        wave += f4(0.020) * sine(breath + f4(3) * own[TIER, i])
        scale = f4(1) / max(f4(1) + f4(0.80) * own[RADIUS, i] * sine(angle), f4(0.33))
        u = own[RADIUS, i] * sine(angle + f4(0.5 * np.pi)) * scale
        v = f4(CHOIR_V) - (own[LIFT, i] + wave) * scale
        du, dv = current(u, v, t)
        gather = ease(f4(1.6 * swarm) - f4(0.6) * own[LATE, i])
        out[0, i] += (u + f4(0.4) * du - out[0, i]) * gather
        out[1, i] += (v + f4(0.4) * dv - out[1, i]) * gather
        out[2, i] += (scale - out[2, i]) * gather


@kernel("void(f4[:,::1], f4[:,::1], f8, f8, f8, f8, f8, f4[:,::1])")
def fly(
    own: Single, way: Single, t: float, dissolve: float, rise: float, swarm: float, blink: float, out: Single
) -> None:
    """Where n motes of a temper (16, m) and a leaving (7, m) are, and how bright by themselves. `out` (5, n): u, v,
    scale, light, and how far up each has come 0..1.

    Between the seat and the place in the air, where people stay loosely together; or in the choir.
    """
    now, far = f4(t), f4(1.7 * rise)
    for i in range(out.shape[1]):
        since, lifted = f4(dissolve) - way[HOUR, i], ease(far - f4(0.7) * own[LATE, i])
        up = max(ease(since * f4(1 / TRAVEL)), lifted)
        across = way[HOME_U, i] + (way[AIR_U, i] - way[HOME_U, i]) * up
        high = way[HOME_V, i] + (way[AIR_V, i] - way[HOME_V, i]) * up
        du, dv = current(across, high, t)
        bob = sine(now * own[BOB_RATE, i] + own[BOB_PHASE, i])
        dart = sine(now * own[DART_RATE, i] + own[DART_PHASE, i] + f4(2.2) * bob)
        hover = max(up, min(max(f4(2.5) * since, f4(0)), f4(0.25))) * own[HOVER, i]
        out[0, i] = across + up * du + hover * dart
        out[1, i] = high + up * dv + hover * bob
        out[2, i] = way[HOME_SCALE, i] + (way[AIR_SCALE, i] - way[HOME_SCALE, i]) * up
        out[4, i] = up
    if swarm > 0.0:
        _gather(own, t, swarm, out)
    wave, turn = f4(swarm * 0.75 / (2 * np.pi)), f4(0.24 * t)
    for i in range(out.shape[1]):
        since, lifted = f4(dissolve) - way[HOUR, i], ease(far - f4(0.7) * own[LATE, i])
        x = now * own[BLINK_RATE, i] + own[BLINK_PHASE, i]
        x += wave * sine(TAU * (turn - f4(0.8) * out[0, i] - x))  # a choir's blinks run through it
        steady = blinking(x, f4(blink)) * own[BRIGHT, i] * (f4(0.75) + f4(0.25) * out[4, i])
        ago = since * f4(1 / FLASH)
        flash = fade(ago * ago) + f4(0.5) * fade(f4(20) * max(since, f4(0)))
        free = f4(1) if since > f4(0) or lifted > f4(0) else f4(0)
        out[3, i] = (steady + (f4(1) - lifted) * flash) * free


@kernel("void(f4[:,::1], f4[::1], f4[::1], f4[:,::1])")
def hear(calls: Single, u: Single, v: Single, out: Single) -> None:
    """What calls (k, 7: place, front, strength, RGB) do to motes at (n,) places. `out` (7, n): displacements, added
    brightness, how much of a colour, and RGB."""
    n = len(u)
    out[:] = f4(0)
    du, dv, bright, told, red, green, blue = out[0], out[1], out[2], out[3], out[4], out[5], out[6]
    for k in range(calls.shape[0]):
        at_u, at_v, front, strength = calls[k, 0], calls[k, 1], calls[k, 2] / f4(WIDTH), calls[k, 3]
        r_k, g_k, b_k = calls[k, 4], calls[k, 5], calls[k, 6]
        for i in range(n):
            x, y = u[i] - at_u, v[i] - at_v
            r = np.sqrt(x * x + y * y) + f4(1e-4)
            behind = front - r * f4(1 / WIDTH)
            crest = fade(behind * behind)
            wake = fade(f4(WIDTH / WAKE) * max(behind, f4(0))) if behind > f4(0) else crest
            push = f4(0.040) * strength * crest / (r * (f4(1) + r))
            du[i] += push * x
            dv[i] += push * y - f4(0.045) * strength * crest * (f4(1) - f4(0.35) * behind)
            bright[i] += strength * (f4(3.2) * crest + f4(0.55) * wake)
            tone = strength * (f4(1.6) * crest + f4(1.1) * wake)
            red[i] += tone * r_k
            green[i] += tone * g_k
            blue[i] += tone * b_k
    for i in range(n):
        total = red[i] + green[i] + blue[i]
        pure = f4(1.2) / max(max(red[i], green[i], blue[i]), f4(0.2))
        red[i], green[i], blue[i] = red[i] * pure, green[i] * pure, blue[i] * pure
        bright[i] /= f4(1) + f4(DAZZLE) * bright[i]
        told[i] = total / (f4(0.35) + total)


@kernel("void(f4[:,::1], f4[:,::1], f4[:,::1], f4[:,::1], f4[::1], f4[:,::1])")
def shine(
    own: Single, flown: Single, heard: Single, warm_cool: Single, radius: Single, light: Single
) -> None:
    """The radius (n,) and the linear light (n, 3) of motes that `fly` and `hear` gave; `heard` has no columns where
    nobody calls. Warm (row 0 of `warm_cool`) when it lets go, cooler later, and the colour of what it has been told.

    Sharp where the performer is, soft discs near the eye, and sharp while still on somebody's outline."""
    calls = heard.shape[1] > 0
    for i in range(len(radius)):
        scale, bright, up = flown[2, i], flown[3, i], flown[4, i]
        near = max(scale - f4(1.2), f4(0))
        off = near * np.sqrt(near) * f4(0.0095) + max(f4(1) - scale, f4(0)) * f4(0.0012)
        radius[i] = f4(SHARPEST) * own[SMALL, i] + off * up * up
        told = f4(0)
        if calls:
            flown[0, i] += heard[0, i]
            flown[1, i] += heard[1, i]
            bright *= f4(1) + heard[2, i]
            told = heard[3, i]
        white = min(bright, f4(3)) * f4(WHITE_HOT / 3) * (f4(1) - told)
        cooler = min(max(up * f4(1.1) - f4(0.25), f4(0)), f4(1)) * own[COOL, i]
        for c in range(3):
            colour = warm_cool[0, c] + cooler * (warm_cool[1, c] - warm_cool[0, c])
            if calls:
                colour += told * (heard[4 + c, i] - colour)
            light[i, c] = bright * (colour + white)
