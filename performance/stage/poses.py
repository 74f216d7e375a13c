"""What the dancer can do, as poses written by eye, and the words of a score as phrases of poses.

A direction is (x, y, z) seen by the dancer: x to her `A` side (picture right when she faces the audience), y up,
z ahead. Only what differs from standing is said. A word is a list of poses passed through in turn, over and over
on the clock of the performance, so that it looks the same however it was reached.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.stage.skeleton import CHANNEL, CHANNELS, unit

Array = NDArray[np.float64]
Direction = tuple[float, float, float]

SCALARS = ("yaw", "lift", "curlA", "curlB", "planted")
WIDTH = len(CHANNELS) * 3 + len(SCALARS)
PLAIN: dict[str, Direction] = {
    "spine": (0, 1, 0.02), "chest": (0, 1, -0.03), "head": (0, 1, 0.04), "face": (0, 0, 1), "hips": (1, 0, 0),
    "shoulders": (1, 0, 0),
    "armA": (0.26, -1, -0.06), "foreA": (0.10, -1, 0.24), "handA": (0.04, -1, 0.30), "palmA": (-1, 0, 0.25),
    "armB": (-0.26, -1, -0.06), "foreB": (-0.10, -1, 0.24), "handB": (-0.04, -1, 0.30), "palmB": (1, 0, 0.25),
    "thighA": (0.06, -1, 0.05), "shinA": (0.03, -1, -0.07), "footA": (0.34, -0.36, 1),
    "thighB": (-0.06, -1, 0.05), "shinB": (-0.03, -1, -0.07), "footB": (-0.34, -0.36, 1),
}  # fmt: skip


def pose(
    yaw: float = 0.0, lift: float = 0.0, curls: tuple[float, float] = (0.22, 0.22), planted: float = 1.0,
    **directions: Direction,
) -> Array:  # fmt: skip
    """A pose as one row of WIDTH numbers: unit directions, then the scalars."""
    said = PLAIN | directions
    for s in "AB":
        if "hand" + s not in directions and "fore" + s in directions:
            said["hand" + s] = directions["fore" + s]
    rows = unit(np.array([said[name] for name in CHANNELS], np.float64))
    return np.concatenate([rows.ravel(), [yaw, lift, *curls, planted]])


def mirrored(row: Array) -> Array:
    """The same pose with the sides exchanged."""
    out = row.copy()
    d = out[: len(CHANNELS) * 3].reshape(-1, 3)
    source = row[: len(CHANNELS) * 3].reshape(-1, 3)
    for name, i in CHANNEL.items():
        if name in ("hips", "shoulders"):  # these point from B to A, before and after
            d[i] = source[i] * np.array([1.0, -1.0, -1.0])
        else:
            other = name[:-1] + {"A": "B", "B": "A"}[name[-1]] if name[-1] in "AB" else name
            d[i] = source[CHANNEL[other]] * np.array([-1.0, 1.0, 1.0])
    out[-5], out[-3], out[-2] = -row[-5], row[-2], row[-3]
    return out


POSES: dict[str, Array] = {
    "stand": pose(
        yaw=-0.42, spine=(0.03, 1, 0.02), chest=(-0.05, 1, -0.04), head=(0.07, 1, 0.03), hips=(1, 0.09, 0),
        shoulders=(1, -0.05, 0), face=(0.18, 0, 1),
        armA=(0.30, -1, -0.10), foreA=(0.07, -1, 0.22), armB=(-0.27, -1, -0.04), foreB=(-0.13, -1, 0.28),
        thighA=(0.12, -1, 0.17), shinA=(0.05, -1, -0.16), thighB=(-0.03, -1, 0.01), shinB=(-0.01, -1, -0.03),
        footA=(0.5, -0.36, 1)),
    "poised": pose(  # the other hip: what standing shifts to
        yaw=-0.22, spine=(-0.03, 1, 0.02), chest=(0.05, 1, -0.05), head=(-0.05, 1, 0.02), hips=(1, -0.07, 0),
        shoulders=(1, 0.04, 0), face=(-0.14, 0.02, 1),
        armA=(0.27, -1, 0.02), foreA=(0.14, -1, 0.34), armB=(-0.30, -1, -0.12), foreB=(-0.06, -1, 0.20),
        thighA=(0.03, -1, 0.01), shinA=(0.01, -1, -0.03), thighB=(-0.11, -1, 0.15), shinB=(-0.05, -1, -0.15)),
    "raised": pose(
        yaw=-0.25, spine=(0, 1, -0.02), chest=(0, 1, -0.10), head=(0.03, 1, -0.14), face=(0.05, 0.25, 1),
        armA=(0.80, 0.62, 0.34), foreA=(0.16, 1, 0.26), handA=(-0.20, 1, 0.06), palmA=(-1, -0.1, 0.35),
        armB=(-0.84, 0.50, 0.36), foreB=(-0.26, 1, 0.20), handB=(0.10, 1, 0.10), palmB=(1, -0.1, 0.35),
        thighA=(0.10, -1, 0.10), shinA=(0.05, -1, -0.09), thighB=(-0.05, -1, 0), shinB=(-0.02, -1, -0.05),
        curls=(0.10, 0.14)),
    "crowned": pose(  # arms curved overhead, one higher
        yaw=0.15, spine=(0.02, 1, 0), chest=(-0.06, 1, -0.08), head=(0.14, 1, -0.02), face=(0.3, 0.12, 1),
        shoulders=(1, 0.08, 0), armA=(0.52, 0.95, 0.26), foreA=(-0.34, 1, 0.26), handA=(-0.80, 0.62, 0.16),
        palmA=(-0.45, -1, 0.1), armB=(-0.72, 0.66, 0.30), foreB=(0.04, 1, 0.32), handB=(0.50, 0.85, 0.22),
        palmB=(0.6, -0.75, 0.1), thighA=(0.04, -1, 0.02), shinA=(0, -1, -0.03), thighB=(-0.12, -1, -0.10),
        shinB=(-0.02, -1, -0.24), footB=(-0.3, -0.8, 0.8), curls=(0.12, 0.16)),
    "reach": pose(
        yaw=0.62, spine=(0.02, 1, 0.08), chest=(0.06, 1, 0.06), head=(0.06, 1, 0.0), face=(0.10, 0.16, 1),
        shoulders=(1, 0.10, 0.26), armA=(0.34, 0.26, 0.95), foreA=(0.10, 0.32, 1), handA=(0.04, 0.10, 1),
        palmA=(-0.55, -1, 0.2), armB=(-0.50, -0.80, -0.36), foreB=(-0.42, -0.85, 0.02), handB=(-0.55, -0.75, -0.1),
        thighA=(0.06, -1, 0.34), shinA=(0.03, -1, -0.06), thighB=(-0.05, -1, -0.16), shinB=(-0.03, -1, -0.30),
        footB=(-0.3, -0.8, 0.9), curls=(0.10, 0.30)),
    "aloft": pose(  # reaching up with one hand, as to a light
        yaw=-0.35, spine=(0.03, 1, 0), chest=(0.09, 1, -0.12), head=(0.10, 1, -0.20), face=(0.30, 0.50, 0.85),
        shoulders=(1, 0.22, 0.05), armA=(0.42, 0.92, 0.30), foreA=(0.20, 1, 0.26), handA=(0.14, 1, 0.06),
        palmA=(-0.7, 0.1, 0.8), armB=(-0.42, -0.92, -0.10), foreB=(-0.40, -0.80, 0.30), handB=(-0.55, -0.70, 0.25),
        palmB=(0.6, -0.2, 0.8), thighA=(0.06, -1, 0.03), thighB=(-0.10, -1, -0.14), shinB=(-0.02, -1, -0.26),
        footB=(-0.3, -0.85, 0.7), curls=(0.08, 0.2)),
    "open": pose(  # arms wide and low, palms to the house
        yaw=-0.12, spine=(0, 1, -0.01), chest=(0, 1, -0.12), head=(-0.02, 1, -0.08), face=(-0.06, 0.18, 1),
        armA=(0.92, -0.34, 0.30), foreA=(0.86, -0.12, 0.50), handA=(0.92, 0.04, 0.40), palmA=(-0.25, 0.65, 0.72),
        armB=(-0.90, -0.40, 0.28), foreB=(-0.88, -0.20, 0.46), handB=(-0.95, -0.08, 0.36), palmB=(0.25, 0.65, 0.72),
        thighA=(0.10, -1, 0.14), shinA=(0.05, -1, -0.12), thighB=(-0.04, -1, 0), shinB=(-0.01, -1, -0.05),
        curls=(0.10, 0.14)),
    "gather": pose(  # hands drawn to the breast
        yaw=-0.30, spine=(0, 1, 0.04), chest=(0, 1, 0.06), head=(0.06, 1, 0.22), face=(0.1, -0.30, 1),
        armA=(0.42, -0.85, 0.36), foreA=(-0.66, 0.42, 0.62), handA=(-0.85, 0.50, 0.10), palmA=(-0.1, -0.2, -1),
        armB=(-0.42, -0.88, 0.34), foreB=(0.62, 0.36, 0.68), handB=(0.85, 0.42, 0.16), palmB=(0.1, -0.2, -1),
        curls=(0.2, 0.24)),
    "balance": pose(  # boards tip: arms out to keep the feet
        yaw=-0.35, spine=(0.16, 1, 0.05), chest=(-0.20, 1, 0.02), head=(-0.18, 1, 0.06), face=(-0.35, -0.14, 1),
        hips=(1, -0.08, 0.1), shoulders=(1, 0.24, 0.05), armA=(0.90, 0.40, 0.20), foreA=(0.80, 0.55, 0.35),
        handA=(0.92, 0.15, 0.30), palmA=(0, -1, 0.3), armB=(-0.88, -0.34, 0.26), foreB=(-0.85, -0.20, 0.50),
        handB=(-0.95, 0.10, 0.30), palmB=(0, -1, 0.4), thighA=(0.26, -1, 0.34), shinA=(0.06, -1, -0.30),
        thighB=(-0.26, -1, 0.30), shinB=(-0.14, -1, -0.32), curls=(0.04, 0.06)),
    "twirl": pose(
        yaw=0.3, spine=(0, 1, 0), chest=(0.04, 1, -0.07), head=(-0.08, 1, -0.02), face=(-0.2, 0.1, 1),
        hips=(1, 0.06, 0), armA=(0.40, 0.95, 0.20), foreA=(-0.30, 1, 0.20), handA=(-0.72, 0.72, 0.12),
        palmA=(-0.5, -0.9, 0), armB=(-1, 0.05, 0.30), foreB=(-0.88, 0.16, 0.55), handB=(-1, -0.06, 0.34),
        palmB=(0.2, -0.5, 0.8), thighA=(0.70, -0.62, 0.36), shinA=(-0.62, -0.86, -0.14), footA=(-0.4, -0.95, 0.1),
        thighB=(0.02, -1, 0.02), shinB=(0.02, -1, 0.01), footB=(0, -1, 0.30), planted=0.0, curls=(0.10, 0.10)),
    "wound": pose(  # before a twirl: knees give, arms close across
        yaw=-0.5, spine=(0, 1, 0.05), chest=(0.02, 1, -0.02), head=(0.02, 1, 0.03), shoulders=(1, 0, -0.28),
        armA=(0.48, -0.45, 0.80), foreA=(-0.55, -0.05, 0.85), handA=(-0.95, 0.0, 0.35), palmA=(0, -0.5, -1),
        armB=(-0.90, -0.38, 0.20), foreB=(-0.85, -0.22, 0.45), handB=(-0.95, -0.2, 0.3), palmB=(0, -0.6, 0.8),
        thighA=(0.22, -1, 0.42), shinA=(0.10, -1, -0.40), thighB=(-0.20, -1, 0.34), shinB=(-0.10, -1, -0.40)),
    "crouch": pose(
        yaw=1.0, spine=(0, 1, 0.34), chest=(0, 1, 0.16), head=(0, 1, -0.02), armA=(0.35, -0.85, -0.55),
        foreA=(0.25, -0.9, -0.30), armB=(-0.35, -0.90, -0.45), foreB=(-0.25, -0.95, -0.20),
        thighA=(0.06, -0.80, 0.72), shinA=(0.03, -1, -0.45), thighB=(-0.06, -0.95, 0.30), shinB=(-0.03, -0.85, -0.75),
        footB=(-0.2, -0.8, 0.8)),
    "leap": pose(
        yaw=1.12, lift=0.26, spine=(0, 1, 0.10), chest=(0, 1, -0.18), head=(0, 1, -0.16), face=(-0.2, 0.22, 1),
        armA=(0.40, 0.62, 0.72), foreA=(0.10, 0.55, 1), handA=(0, 0.25, 1), palmA=(-0.6, -1, 0.2),
        armB=(-0.66, 0.36, -0.50), foreB=(-0.55, 0.24, -0.75), handB=(-0.45, 0.05, -1), palmB=(0, -1, -0.2),
        thighA=(0.06, -0.14, 1), shinA=(0.02, -0.10, 1), footA=(0, -0.40, 1), thighB=(-0.08, -0.42, -1),
        shinB=(0, 0.05, -1), footB=(0, 0.10, -1), planted=0.0, curls=(0.06, 0.06)),
    "bow": pose(  # to the side, so that who stands behind sees a head bowed, too
        yaw=-1.05, spine=(0.04, 0.86, 0.50), chest=(0.02, 0.50, 0.86), head=(0.05, 0.22, 0.98),
        face=(0.05, -0.85, 0.45), hips=(1, 0.03, 0), armA=(0.80, -0.55, -0.25), foreA=(0.74, -0.62, 0.12),
        handA=(0.85, -0.35, 0.20), palmA=(-0.1, -0.6, 0.8), armB=(-0.42, -0.72, 0.46), foreB=(0.45, -0.50, 0.62),
        handB=(0.75, -0.30, 0.40), palmB=(0, -0.3, -1), thighA=(0.07, -1, 0.22), shinA=(0.02, -1, -0.08),
        thighB=(-0.06, -1, -0.14),
        shinB=(-0.02, -1, -0.36), footB=(-0.3, -0.75, 0.8)),
    "kneel": pose(  # both knees on the boards, back on the heels, hands open before her
        yaw=-0.62, spine=(0.02, 1, 0.06), chest=(0, 1, -0.02), head=(0.05, 1, 0.08), face=(0.15, -0.10, 1),
        armA=(0.42, -0.90, 0.26), foreA=(-0.02, -0.42, 0.90), handA=(-0.1, -0.25, 0.95), palmA=(-0.3, 0.9, 0.2),
        armB=(-0.42, -0.92, 0.20), foreB=(0.06, -0.52, 0.84), handB=(0.1, -0.35, 0.9), palmB=(0.3, 0.9, 0.2),
        thighA=(0.20, -0.82, 0.62), shinA=(-0.06, -0.06, -1), footA=(0, -0.22, -1), thighB=(-0.14, -0.95, 0.34),
        shinB=(0.04, -0.06, -1), footB=(0, -0.25, -1), planted=0.0, curls=(0.12, 0.18)),
    "curl": pose(  # fear: rounded, arms over the head
        yaw=-0.55, spine=(0, 1, 0.42), chest=(0, 0.72, 0.62), head=(0.05, 0.35, 0.95), face=(0, -0.9, 0.4),
        hips=(1, 0.03, 0), armA=(0.46, -0.20, 0.85), foreA=(-0.38, 0.95, -0.10), handA=(-0.72, 0.42, -0.6),
        palmA=(-0.5, -0.6, -0.5), armB=(-0.44, -0.30, 0.84), foreB=(0.46, 0.88, 0.0), handB=(0.75, 0.40, -0.5),
        palmB=(0.5, -0.6, -0.5), thighA=(0.14, -0.88, 0.62), shinA=(-0.02, -0.86, -0.58),
        thighB=(-0.12, -0.92, 0.50), shinB=(0.04, -0.86, -0.56), curls=(0.5, 0.5)),
    "look-up": pose(
        yaw=-0.30, spine=(0, 1, -0.02), chest=(0, 1, -0.20), head=(0.02, 1, -0.34), face=(0.05, 0.75, 0.75),
        armA=(0.48, -0.92, -0.14), foreA=(0.42, -0.86, 0.28), handA=(0.50, -0.80, 0.28), palmA=(-0.4, 0.0, 1),
        armB=(-0.46, -0.92, -0.14), foreB=(-0.40, -0.88, 0.26), handB=(-0.5, -0.80, 0.26), palmB=(0.4, 0.0, 1),
        thighA=(0.10, -1, 0.12), shinA=(0.05, -1, -0.11), curls=(0.12, 0.14)),
    "hold": pose(  # an instrument before the breast, cradled
        yaw=-0.32, spine=(0, 1, 0.01), chest=(0, 1, -0.02), head=(0.10, 1, 0.16), face=(0.20, -0.30, 1),
        armA=(0.52, -0.82, 0.36), foreA=(-0.28, 0.20, 0.95), handA=(-0.45, 0.45, 0.78), palmA=(-0.85, 0.25, -0.4),
        armB=(-0.50, -0.86, 0.22), foreB=(0.42, -0.20, 0.92), handB=(0.62, -0.02, 0.75), palmB=(0.35, 0.85, -0.3),
        thighA=(0.08, -1, 0.10), shinA=(0.04, -1, -0.10), curls=(0.42, 0.36)),
    "draw": pose(  # the same, the free hand away with the stroke
        yaw=-0.22, spine=(0.02, 1, 0.01), chest=(0.03, 1, -0.05), head=(0.16, 1, 0.10), face=(0.28, -0.22, 1),
        shoulders=(1, 0.03, 0.08), armA=(0.52, -0.80, 0.38), foreA=(-0.26, 0.24, 0.95), handA=(-0.45, 0.45, 0.78),
        palmA=(-0.85, 0.25, -0.4), armB=(-0.86, -0.46, 0.30), foreB=(-0.62, -0.04, 0.80), handB=(-0.72, 0.25, 0.62),
        palmB=(0.5, 0.3, -0.6), thighA=(0.08, -1, 0.10), shinA=(0.04, -1, -0.10), curls=(0.42, 0.26)),
    "listen": pose(
        yaw=-0.20, spine=(0.02, 1, 0.02), chest=(0.06, 1, -0.02), head=(0.22, 1, 0.04), face=(-0.45, -0.02, 0.9),
        shoulders=(1, 0.06, 0), armA=(0.62, -0.46, 0.62), foreA=(-0.02, 1, 0.22), handA=(-0.30, 1, -0.10),
        palmA=(-0.9, -0.1, 0.3), armB=(-0.32, -1, -0.05), foreB=(-0.16, -0.95, 0.34), thighA=(0.12, -1, 0.14),
        shinA=(0.05, -1, -0.13), curls=(0.26, 0.24)),
    "brief": pose(  # five minutes: one hand up with its fingers spread, a board on the other arm
        yaw=-0.10, spine=(0.02, 1, 0.05), chest=(0.03, 1, 0.04), head=(0.10, 1, 0.10), face=(0.10, -0.08, 1),
        shoulders=(1, 0.05, 0), armA=(0.48, -0.80, 0.30), foreA=(0.30, 0.92, 0.34), handA=(0.10, 1, 0.10),
        palmA=(-0.1, 0.1, 1), armB=(-0.34, -0.95, 0.05), foreB=(0.08, 0.10, 0.98), handB=(0.24, 0.10, 0.94),
        palmB=(0.3, 0.8, 0.2), thighA=(0.10, -1, 0.10), shinA=(0.04, -1, -0.12), curls=(0.02, 0.40)),
    "carry": pose(  # both arms round a case, leaning into the way
        yaw=0.0, spine=(0, 1, 0.16), chest=(0, 1, 0.10), head=(0, 1, 0.14), face=(0, -0.06, 1),
        armA=(0.22, -0.92, 0.36), foreA=(-0.10, -0.10, 0.98), handA=(-0.2, 0.0, 0.98), palmA=(-0.9, 0.3, 0),
        armB=(-0.22, -0.92, 0.36), foreB=(0.10, -0.10, 0.98), handB=(0.2, 0.0, 0.98), palmB=(0.9, 0.3, 0),
        curls=(0.35, 0.35)),
    "watch": pose(  # upright, one hand over the other before her
        yaw=0.0, spine=(0.02, 1, -0.01), chest=(-0.02, 1, -0.08), head=(0.05, 1, -0.04), face=(0.06, 0.06, 1),
        hips=(1, 0.06, 0), armA=(0.30, -0.95, 0.20), foreA=(-0.62, -0.30, 0.72), handA=(-0.85, -0.25, 0.4),
        palmA=(-0.2, -0.4, -0.9), armB=(-0.30, -0.95, 0.20), foreB=(0.60, -0.34, 0.72), handB=(0.85, -0.3, 0.4),
        palmB=(0.2, -0.4, -0.9), thighB=(-0.10, -1, 0.12), shinB=(-0.04, -1, -0.12), curls=(0.22, 0.26)),
    "palms": pose(  # both hands held up before one's own eyes; who stands behind her sees the palms
        yaw=0.0, head=(0, 0.75, -0.66), face=(0, 0.66, 0.75),
        armA=(0.06, 1, 0.16), foreA=(-0.12, 1, 0.10), handA=(-0.02, 1, -0.10), palmA=(-0.15, 0.05, -1),
        armB=(-0.06, 1, 0.16), foreB=(0.12, 1, 0.10), handB=(0.02, 1, -0.10), palmB=(0.15, 0.05, -1),
        curls=(0.0, 0.03)),
}  # fmt: skip
POSES["palms-half"] = POSES["palms"].copy()
POSES["palms-half"][-3:-1] = 0.30, 0.22
POSES["nod"] = POSES["watch"].copy()
for _name, _bent in (("head", (0.05, 1.0, 0.34)), ("face", (0.06, -0.50, 1.0))):
    POSES["nod"][3 * CHANNEL[_name] : 3 * CHANNEL[_name] + 3] = unit(np.array(_bent, np.float64))
POSES["reach-other"] = mirrored(POSES["reach"])
POSES["twirl-low"] = POSES["twirl"].copy()
_LOW = {
    "armA": (0.95, 0.22, 0.30), "foreA": (0.75, 0.30, 0.62), "handA": (0.9, 0.1, 0.42), "palmA": (-0.2, -0.5, 0.8),
    "armB": (-0.70, 0.60, 0.42), "foreB": (-0.20, 0.95, 0.34),
}  # fmt: skip
for _name, _way in _LOW.items():
    POSES["twirl-low"][3 * CHANNEL[_name] : 3 * CHANNEL[_name] + 3] = unit(np.array(_way, np.float64))
POSE_NAMES = tuple(POSES)
POSE_ROWS = np.array([POSES[name] for name in POSE_NAMES])
_INDEX = {name: i for i, name in enumerate(POSE_NAMES)}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word of movement: poses at seconds of a `period`, and whole turns made by then (0 at both ends or a count)."""

    seconds: tuple[float, ...]
    poses: tuple[str, ...]
    period: float
    turns: tuple[float, ...] = ()


def still(*poses: str, each: float = 6.0) -> Phrase:
    """A phrase that dwells on poses and drifts between them."""
    seconds: list[float] = []
    names: list[str] = []
    for n, name in enumerate(poses):
        seconds += [n * each, (n + 0.55) * each]
        names += [name, name]
    return Phrase(tuple(seconds), tuple(names), len(poses) * each)


PHRASES: dict[str, Phrase] = {
    "stand": still("stand", "poised", each=7.3),
    "walk": still("poised", each=8.0),
    "raise": still("raised", "crowned", each=4.7),
    "reach": still("reach", each=9.0),
    "aloft": still("aloft", each=9.0),
    "open": still("open", each=9.0),
    "gather": still("gather", each=9.0),
    "balance": Phrase((0.0, 1.9, 2.6), ("balance", "wound", "balance"), 4.4),
    "twirl": Phrase((0.0, 0.7, 1.5, 2.6, 3.6, 4.6), ("wound", "wound", "twirl", "twirl-low", "twirl", "open"), 6.2,
                    (0.0, 0.0, 0.75, 2.0, 2.9, 3.0)),
    "leap": Phrase((0.0, 0.9, 1.4, 1.8, 2.3, 2.9), ("poised", "crouch", "leap", "leap", "crouch", "poised"), 4.6),
    "bow": still("bow", each=9.0),
    "kneel": still("kneel", each=9.0),
    "curl": still("curl", each=9.0),
    "look-up": still("look-up", each=9.0),
    "hold": still("hold", each=9.0),
    "play": Phrase((0.0, 1.3, 2.1, 3.4), ("hold", "draw", "hold", "draw"), 4.6),
    "listen": still("listen", each=9.0),
    "palms": still("palms", "palms-half", each=4.6),
    "brief": still("brief", each=9.0),
    "carry": still("carry", each=9.0),
    "watch": still("watch", each=9.0),
    "nod": still("nod", each=9.0),
    "dance": Phrase((0.0, 1.7, 3.1, 4.6, 6.0, 7.5, 8.4, 9.7), ("open", "aloft", "gather", "raised", "reach", "wound",
                    "twirl", "crowned"), 11.2, (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.8, 1.0)),
}  # fmt: skip
WORDS = tuple(PHRASES)


def _knots(phrase: Phrase, count: int) -> Array:
    """(count, 3) second, pose and turns made at each knot; the last ones are the end of the period."""
    turns = phrase.turns or (0.0,) * len(phrase.seconds)
    rows = [(s, _INDEX[name], n) for s, name, n in zip(phrase.seconds, phrase.poses, turns, strict=True)]
    end = (phrase.period, _INDEX[phrase.poses[0]], turns[-1])
    return np.array([*rows, *[end] * (count - len(rows))], np.float64)


# every word as knots in time, for compiled code: (words, knots, 3)
WORD_KNOTS = np.array(
    [_knots(PHRASES[word], max(len(p.seconds) for p in PHRASES.values()) + 1) for word in WORDS]
)
WORD_NUMBER = {word: n for n, word in enumerate(WORDS)}
